"""The words of the municipality: which phrases show which need, and writing its own."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from samenspel.engine.matching import Vocabulary
from samenspel.engine.matching.phrases import read
from samenspel.people.checks import FactRefused
from samenspel.people.facts import stated
from samenspel.people.permissions import may_edit_words
from samenspel.socialmap.models import OwnPhrase
from samenspel.socialmap.vocabulary import groups, vocabulary
from samenspel.socialmap.wording import (
    PhraseFacts,
    add_phrase,
    ask_withdrawal,
    change_phrase,
    keep_phrase,
    may_withdraw,
    remove_draft,
    withdraw,
)
from samenspel.staff.access import actor, page, refused, say, show, who
from samenspel.staff.forms import WorkForm, carried_out, sent, summary
from samenspel.workspace.words_forms import PhraseForm, SearchForm, WithdrawalForm

_MOST_FOUND = 50

_EFFECTS = {
    "names": "Noemt deze behoefte",
    "hints": "Wijst op deze behoefte, samen met andere of minder sterk",
    "takes_back": "Neemt deze behoefte terug",
    "alarms": "Laat deze hulp zien",
    "harmless": "Lijkt erop, maar laat deze hulp niet zien",
}

_WITHDRAWN = "“%s” is ingetrokken. Over een paar seconden merkt een inwoner er niets meer van."
_ANSWERS = {"withdraw": (withdraw, _WITHDRAWN), "keep": (keep_phrase, "“%s” blijft staan.")}


class Shipped(NamedTuple):
    """A phrase of Samenspel itself: what it does (a key of `_EFFECTS`), and to which need or urgent help."""

    text: str
    effect: str
    target: str


class Target(NamedTuple):
    """A need or an urgent help as a line of the overview."""

    key: str
    label: str
    shipped: int
    own: int
    drafts: int


@sensitive_post_parameters()
@page(may_edit_words, "GET", "POST")
def overview(request: HttpRequest) -> HttpResponse:
    """All needs and urgent helps with how many phrases they have, and drafts that wait; looking a phrase up by POST."""
    words, own = vocabulary(), of_home(request).exclude(stage=OwnPhrase.Stage.WITHDRAWN)
    form = SearchForm(sent(request))
    found = list(_found(form.cleaned_data["words"], words, own)) if form.is_valid() else None
    targets = _targets(words, own)
    context = {
        "form": form,
        "errors": summary(form),
        "found": found,
        "drafts": list(with_labels(one for one in own if one.stage == OwnPhrase.Stage.DRAFT)),
        "asked_back": list(with_labels(one for one in own if one.withdrawal_asked_by)),
        "needs": sorted((one for one in targets if one.key in words.needs), key=lambda one: one.label.lower()),
        "helps": [one for one in targets if one.key not in words.needs],
    }
    return show(request, "workspace/words.html", context, status=_status(form))


@page(may_edit_words)
def about(request: HttpRequest, key: str) -> HttpResponse:
    """One need or urgent help with all its phrases: the shipped ones to read, the own ones to open."""
    words = vocabulary()
    labels = labels_of(words)
    if key not in labels:
        raise Http404
    shipped = [one for one in _shipped(words) if one.target == key]
    context = {
        "key": key,
        "label": labels[key],
        "is_help": key not in words.needs,
        "own": of_home(request).filter(target=key).order_by("stage", "text"),
        "shipped": [
            (label, sorted({one.text for one in shipped if one.effect == effect}))
            for effect, label in _EFFECTS.items()
            if any(one.effect == effect for one in shipped)
        ],
    }
    return show(request, "workspace/words_about.html", context)


@page(may_edit_words, "GET", "POST")
def add(request: HttpRequest) -> HttpResponse:
    """Write a draft; `over` in the address chooses the need."""
    target = request.GET.get("over", "")
    effect = OwnPhrase.Effect.NAMES if target in vocabulary().needs or not target else OwnPhrase.Effect.ALARMS
    form = PhraseForm(sent(request), initial={"target": target, "effect": effect.value})

    def act() -> None:
        home = who(request).municipality
        add_phrase(municipality=home, facts=form.facts(), by=actor(request), at=timezone.now())

    return _edited(request, form, act, phrase=None)


@page(may_edit_words, "GET", "POST")
def one_phrase(request: HttpRequest, phrase_id: UUID) -> HttpResponse:
    """Change or throw away a draft, withdraw what is published, or read what was withdrawn."""
    phrase = get_object_or_404(of_home(request), pk=phrase_id)
    if phrase.stage == OwnPhrase.Stage.DRAFT:
        return _draft(request, phrase)
    if request.POST.get("do") in _ANSWERS:
        return _answered(request, phrase, request.POST["do"])
    form, by = WithdrawalForm(sent(request)), actor(request)
    needs_two = phrase.effect == OwnPhrase.Effect.ALARMS

    def act() -> None:
        reason, now = form.cleaned_data["withdrawn_because"], timezone.now()
        (ask_withdrawal if needs_two else withdraw)(phrase=phrase, reason=reason, by=by, at=now)

    if request.method == "POST" and form.is_valid() and carried_out(form, act):
        said = f"Een collega moet “{phrase.text}” nu ook intrekken. Tot dan werkt de zin nog."
        say(request, said if needs_two else _WITHDRAWN % phrase.text)
        return redirect("workspace:words")
    context = {
        "phrase": next(with_labels([phrase])),
        "needs_two": needs_two,
        "may_withdraw": may_withdraw(phrase, by),
        "form": form,
        "errors": summary(form),
    }
    return show(request, "workspace/words_phrase.html", context, status=_status(form))


def _answered(request: HttpRequest, phrase: OwnPhrase, answer: str) -> HttpResponse:
    """What is said to somebody who asked to withdraw an alarm: do it, or leave it."""
    verb, said = _ANSWERS[answer]
    try:
        verb(phrase=phrase, by=actor(request), at=timezone.now())
    except FactRefused as refusal:
        return refused(request, f"Dit kan niet: {refusal.reason}.", status=HTTPStatus.CONFLICT)
    say(request, said % phrase.text)
    return redirect("workspace:words")


def of_home(request: HttpRequest) -> QuerySet[OwnPhrase]:
    """The own phrases of the municipality of who works."""
    return OwnPhrase.objects.filter(municipality=who(request).municipality).order_by("text")


def labels_of(words: Vocabulary) -> dict[str, str]:
    """What needs and urgent helps are called, by key."""
    needs = {one.key: one.label for one in words.needs.values()}
    return needs | {one.key: one.title for one in words.urgent}


def with_labels(phrases: Iterable[OwnPhrase]) -> Iterator[dict[str, Any]]:
    """Phrases with the name of their need or urgent help; "" when Samenspel does not have it any more."""
    labels = labels_of(vocabulary())
    return ({"row": one, "label": labels.get(one.target, "")} for one in phrases)


def _draft(request: HttpRequest, phrase: OwnPhrase) -> HttpResponse:
    if request.POST.get("do") == "remove":
        return _removed(request, phrase)
    form = PhraseForm(sent(request), initial=stated(PhraseFacts, phrase))

    def act() -> None:
        change_phrase(phrase=phrase, facts=form.facts(), by=actor(request), at=timezone.now())

    return _edited(request, form, act, phrase=phrase)


def _removed(request: HttpRequest, phrase: OwnPhrase) -> HttpResponse:
    try:
        remove_draft(phrase=phrase, by=actor(request), at=timezone.now())
    except FactRefused as refusal:
        return refused(request, f"Dit kan niet meer: {refusal.reason}.", status=HTTPStatus.CONFLICT)
    say(request, f"Het concept “{phrase.text}” is weg.")
    return redirect("workspace:words")


def _edited(
    request: HttpRequest, form: PhraseForm, act: Callable[[], None], *, phrase: OwnPhrase | None
) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and carried_out(form, act):
        say(request, "Opgeslagen als concept. Een inwoner merkt er nog niets van.")
        return redirect("workspace:words")
    context = {"form": form, "errors": summary(form), "phrase": phrase, "groups": groups().items()}
    return show(request, "workspace/words_edit.html", context, status=_status(form))


def _status(form: WorkForm) -> HTTPStatus:
    return HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK


def _targets(words: Vocabulary, own: Iterable[OwnPhrase]) -> list[Target]:
    shipped = Counter(one.target for one in set(_shipped(words)))
    counts = Counter((one.target, one.stage) for one in own)
    return [
        Target(key, label, shipped[key], counts[key, OwnPhrase.Stage.PUBLISHED], counts[key, OwnPhrase.Stage.DRAFT])
        for key, label in labels_of(words).items()
    ]


def _shipped(words: Vocabulary) -> Iterator[Shipped]:
    for phrase, signs in words.signs.entries:
        for sign in signs:
            yield Shipped(phrase.text, "names" if sign.weight == 1 else "hints", sign.need)
    for effect, book in (("takes_back", words.not_needs), ("alarms", words.alarms), ("harmless", words.not_urgent)):
        for phrase, target in book.entries:
            yield Shipped(phrase.text, effect, target)


def _found(typed: str, words: Vocabulary, own: Iterable[OwnPhrase]) -> Iterator[dict[str, str]]:
    """The phrases that someone's words hold, and those that hold the words; shipped ones first."""
    labels, plain = labels_of(words), typed.strip().lower()
    reading = read(typed)
    books = (words.signs, words.not_needs, words.alarms, words.not_urgent)
    held = {hit.phrase.text for book in books for hit in book.find(reading)}
    lines = [
        *((one.text, one.target, "van Samenspel") for one in dict.fromkeys(_shipped(words))),
        *((one.text, one.target, f"eigen zin, {one.get_stage_display()}") for one in own),
    ]
    matching = [line for line in lines if (line[0] in held or plain in line[0].lower()) and line[1] in labels]
    for text, target, origin in matching[:_MOST_FOUND]:
        yield {"text": text, "target": target, "label": labels[target], "origin": origin}
