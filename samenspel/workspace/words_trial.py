"""Seeing what drafts do before residents notice: one question, or all trial questions; then publishing."""

from collections.abc import Sequence
from hashlib import blake2b
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from samenspel.people.permissions import may_edit_words
from samenspel.places.lookup import Near, UnknownPlace, centre_of
from samenspel.socialmap.models import OwnPhrase
from samenspel.socialmap.trials import compare, try_all
from samenspel.socialmap.vocabulary import vocabulary
from samenspel.socialmap.width import widths
from samenspel.socialmap.wording import addition, may_publish, publish
from samenspel.staff.access import actor, page, refused, say, show, who
from samenspel.staff.forms import carried_out, sent, summary
from samenspel.workspace.words import of_home, with_labels
from samenspel.workspace.words_forms import PublicationForm, QuestionForm

_RESULTS_OF_ONE, _RESULTS_OF_MANY = 5, 3


@sensitive_post_parameters()
@page(may_edit_words, "GET", "POST")
def attempt(request: HttpRequest) -> HttpResponse:
    """Type a question: what is understood and found now, and with the drafts. The question is not kept."""
    near = _home(request)
    if near is None:
        return _nowhere(request)
    form, drafts = QuestionForm(sent(request)), _drafts(request)
    context: dict[str, Any] = {"form": form, "drafts": len(drafts)}
    if form.is_valid():
        additions, question = [addition(one) for one in drafts], form.cleaned_data["question"]
        found = compare(question, additions, near=near, at=timezone.now(), limit=_RESULTS_OF_ONE)
        context["sides"] = [("Nu", found.now), ("Met de concepten", found.then)]
        context["is_changed"] = found.is_changed
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return show(request, "workspace/words_attempt.html", {**context, "errors": summary(form)}, status=status)


@page(may_edit_words, "GET", "POST")
def publication(request: HttpRequest) -> HttpResponse:
    """What changes for the trial questions; the only place where drafts are published, and only those that it showed.

    An alarm that someone wrote waits for a colleague; a phrase that is too wide is not published at all.
    """
    near = _home(request)
    if near is None:
        return _nowhere(request)
    by, drafts = actor(request), _drafts(request)
    measured = list(zip(drafts, widths([addition(one) for one in drafts], vocabulary()), strict=True))
    fitting = [one for one, width in measured if not width.is_too_wide]
    ready = [one for one in fitting if may_publish(one, by)]
    form = PublicationForm(sent(request), initial={"drafts": _mark(ready)})
    status = HTTPStatus.BAD_REQUEST
    if request.method != "POST":
        status = HTTPStatus.OK
    elif form.is_valid() and form.cleaned_data["drafts"] != _mark(ready):
        form = PublicationForm(initial={"drafts": _mark(ready), "note": form.cleaned_data["note"]})
        status = HTTPStatus.CONFLICT
    elif form.is_valid() and carried_out(form, lambda: _publish(request, ready, form.cleaned_data["note"])):
        return redirect("workspace:words")
    context = {
        "form": form,
        "errors": summary(form),
        "is_stale": status == HTTPStatus.CONFLICT,
        "ready": list(with_labels(ready)),
        "waiting": list(with_labels(one for one in fitting if one not in ready)),
        "too_wide": [width for _, width in measured if width.is_too_wide],
        "trial": try_all([addition(one) for one in ready], near=near, at=timezone.now(), limit=_RESULTS_OF_MANY),
    }
    return show(request, "workspace/words_publication.html", context, status=status)


def _publish(request: HttpRequest, phrases: Sequence[OwnPhrase], note: str) -> None:
    publish(phrases=phrases, note=note, by=actor(request), at=timezone.now())
    number = "1 zin is" if len(phrases) == 1 else f"{len(phrases)} zinnen zijn"
    say(request, f"{number} gepubliceerd. Over een paar seconden zichtbaar voor inwoners.")


def _drafts(request: HttpRequest) -> list[OwnPhrase]:
    return list(of_home(request).filter(stage=OwnPhrase.Stage.DRAFT))


def _mark(drafts: Sequence[OwnPhrase]) -> str:
    """Changes with every draft that comes, goes or is written anew."""
    content = repr([(str(one.pk), one.text, one.effect, one.target) for one in drafts])
    return blake2b(content.encode(), digest_size=8).hexdigest()


def _home(request: HttpRequest) -> Near | None:
    try:
        return centre_of(who(request).municipality)
    except UnknownPlace:
        return None


def _nowhere(request: HttpRequest) -> HttpResponse:
    reason = "De grenzen van deze gemeente zijn nog niet ingelezen. Zonder grenzen is er niets te vinden."
    return refused(request, reason, status=HTTPStatus.CONFLICT)
