"""The municipality's own framework at work: what holds, the draft with its steps, and every change to it."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from samenspel.cockpit.framework_forms import CaseForm, HeadForm, NewPartForm, PartForm, PublishForm, ThresholdForm
from samenspel.cockpit.framework_words import KINDS, ONE_OF, dated, groups, outcome
from samenspel.engine.days import iso_day
from samenspel.engine.frameworks import Framework
from samenspel.engine.roles.shipped import names, with_roles
from samenspel.people.checks import FactRefused
from samenspel.people.permissions import can
from samenspel.policy.council import newest_advice, open_question, settled
from samenspel.policy.drafting import (
    ADDABLE,
    add_case,
    add_part,
    add_threshold,
    discard_draft,
    drop_part,
    drop_threshold,
    is_new_threshold,
    publish,
    remove_case,
    reword_part,
    set_head,
    start_draft,
)
from samenspel.policy.frameworks import (
    below,
    draft_of,
    framework_in_force,
    framework_of_version,
    own_cases,
    published,
)
from samenspel.policy.models import FrameworkVersion
from samenspel.policy.permissions import may_amend_framework, may_see_policy
from samenspel.staff.access import actor, page, refused, say, show, who
from samenspel.staff.forms import carried_out, sent, summary


@page(may_see_policy)
def framework(request: HttpRequest) -> HttpResponse:
    """What holds today, the steps of the draft, and the versions."""
    home = who(request).municipality
    draft = draft_of(home)
    versions = FrameworkVersion.objects.filter(municipality=home, published_at__isnull=False).order_by("-number")
    context = {
        "in_force": framework_in_force(home),
        "published": published(home),
        "draft": draft,
        "title": framework_of_version(draft).title if draft else "",
        "advice": newest_advice(draft) if draft else None,
        "settled": settled(draft) if draft else None,
        "versions": versions,
        "may_amend": _may_amend(request),
    }
    return show(request, "cockpit/framework.html", context)


@page(may_see_policy)
def version(request: HttpRequest, number: int) -> HttpResponse:
    """A version as it was published, with advice and reaction."""
    rows = FrameworkVersion.objects.filter(municipality=who(request).municipality, published_at__isnull=False)
    found = rows.filter(number=number).first()
    if found is None:
        raise Http404
    return show(request, "cockpit/framework_version.html", _parts(found) | {"advice": settled(found)})


@page(may_see_policy)
def draft(request: HttpRequest) -> HttpResponse:
    """All parts of the draft by kind, its thresholds and its examples, each with the way to change it."""
    row = _draft(request)
    may_change = _may_amend(request) and open_question(row) is None
    return show(request, "cockpit/framework_draft.html", _parts(row) | {"may_change": may_change})


@page(may_amend_framework, "GET", "POST")
def start(request: HttpRequest) -> HttpResponse:
    """Begin a draft, or change what the draft is called and builds on."""
    home = who(request).municipality
    row = draft_of(home)
    if row is not None and "weg" in request.POST:
        return _done(request, lambda: discard_draft(version=row, **_by(request)), "Het concept is weg.", "framework")
    form = HeadForm(sent(request), initial=_head(home, row))

    def act() -> None:
        if row is None:
            start_draft(municipality=home, head=form.facts(), **_by(request))
        else:
            set_head(version=row, head=form.facts(), **_by(request))

    return _form(request, form, act, "Opgeslagen.", "cockpit/framework_head.html", {"draft": row})


@page(may_amend_framework, "GET", "POST")
def part(request: HttpRequest, kind: str, part_id: str) -> HttpResponse:
    """Change the words of a part; what holds now stands beside it."""
    row = _draft(request)
    known = framework_of_version(row).parts.get((kind, part_id))
    if known is None:
        raise Http404
    if "weg" in request.POST:
        act = lambda: drop_part(version=row, kind=kind, part_id=part_id, **_by(request))  # noqa: E731
        return _done(request, act, "Uw eigen woorden zijn weg.")
    form = PartForm(sent(request), initial=vars(known), kind=kind)

    def reword() -> None:
        reword_part(version=row, kind=kind, part_id=part_id, words=form.facts(), **_by(request))

    context = {
        "part": known,
        "kind": KINDS[kind],
        "now": framework_in_force(row.municipality).parts.get((kind, part_id)),
        "is_own": part_id in row.content.get(kind, {}),
        "is_added": (kind, part_id) not in below(row.content, row.number).parts,
    }
    return _form(request, form, reword, f"Opgeslagen: {known.name}.", "cockpit/framework_part.html", context)


@page(may_amend_framework, "GET", "POST")
def new_part(request: HttpRequest) -> HttpResponse:
    """Add a part of a kind that can grow."""
    row = _draft(request)
    asked = request.GET.get("soort", "")
    form = NewPartForm(sent(request), initial={"kind": asked if asked in ADDABLE else ADDABLE[0]})

    def act() -> None:
        add_part(version=row, kind=form.cleaned_data["kind"], words=form.facts(), **_by(request))

    return _form(request, form, act, "Toegevoegd.", "cockpit/framework_new_part.html", {})


@page(may_amend_framework, "GET", "POST")
def threshold(request: HttpRequest) -> HttpResponse:
    """Add a threshold, or a new value of a known one; or take back what this draft added."""
    row = _draft(request)
    if "weg" in request.POST:
        return _done(request, lambda: _take_back(request, row), "De drempel is uit het concept.")
    form = ThresholdForm(sent(request), framework=framework_of_version(row))

    def act() -> None:
        add_threshold(version=row, facts=form.facts(), **_by(request))

    return _form(request, form, act, "De drempel staat in het concept.", "cockpit/framework_threshold.html", {})


@page(may_amend_framework, "GET", "POST")
def case(request: HttpRequest) -> HttpResponse:
    """Add an example by choosing answers; or take one out."""
    row = _draft(request)
    if "weg" in request.POST:
        act = lambda: remove_case(version=row, title=request.POST["weg"], **_by(request))  # noqa: E731
        return _done(request, act, "De casus is uit het concept.")
    form = CaseForm(sent(request), framework=framework_of_version(row))

    def add() -> None:
        add_case(version=row, facts=form.facts(), **_by(request))

    return _form(request, form, add, "De casus staat in het concept.", "cockpit/framework_case.html", {})


@page(may_amend_framework, "GET", "POST")
def adopt(request: HttpRequest) -> HttpResponse:
    """Publish the draft for good, with who adopted it."""
    row = _draft(request)
    form = PublishForm(sent(request))
    opened: list[int] = []

    def act() -> None:
        opened.append(publish(version=row, **form.cleaned_data, **_by(request)))

    if form.is_bound and form.is_valid() and carried_out(form, act):
        say(request, _published(opened[0]))
        return redirect("cockpit:framework")
    context = {"form": form, "errors": summary(form), "draft": row, "settled": settled(row)}
    return show(request, "cockpit/framework_publish.html", context, status=_status(form))


def _published(reviews: int) -> str:
    if not reviews:
        return "Het kader is vastgesteld. Voor geen besluit verandert het advies."
    many = "1 zaak krijgt" if reviews == 1 else f"{reviews} zaken krijgen"
    return f"Het kader is vastgesteld. {many} een ander advies. Die staan nu bij Herzien."


def _take_back(request: HttpRequest, row: FrameworkVersion) -> None:
    try:
        since = iso_day(request.POST.get("vanaf", ""))
    except ValueError as error:
        raise FactRefused("since", "deze dag bestaat niet") from error
    drop_threshold(version=row, threshold_id=request.POST["weg"], since=since, **_by(request))


def _parts(row: FrameworkVersion) -> dict[str, Any]:
    """What a page of a version shows."""
    whole = framework_of_version(row)
    own = {(kind, id_) for kind in KINDS for id_ in row.content.get(kind, {})}
    added = own - set(below(row.content, row.number).parts)
    today = timezone.localdate()
    thresholds = [
        (each, not row.published_at and is_new_threshold(row, each.threshold.id, each.threshold.since))
        for each in dated(whole, today)
    ]
    listed = [
        (group, [(each, _mark((group.kind, each.id), own, added)) for each in group.parts], group.kind in ADDABLE)
        for group in groups(whole)
    ]
    cases = [(each, outcome(each.expect, whole) if each.expect else "") for each in own_cases(row.content, whole)]
    return {"version": row, "framework": whole, "groups": listed, "thresholds": thresholds, "cases": cases,
            "can_grow": ONE_OF}  # fmt: skip


def _mark(key: tuple[str, str], own: set[tuple[str, str]], added: set[tuple[str, str]]) -> str:
    return "toegevoegd" if key in added else "eigen woorden" if key in own else ""


def _head(home: str, row: FrameworkVersion | None) -> dict[str, Any]:
    """What the form begins with: the draft, else what holds; a first framework builds on all that ship."""
    if row is None and published(home) is None:
        return {"extends": list(names()), "since": timezone.localdate()}
    known: Framework = framework_of_version(row) if row else framework_in_force(home)
    since = known.since if row else timezone.localdate()
    return {**vars(known), "since": since, "extends": list(known.extends or (with_roles(),))}


def _draft(request: HttpRequest) -> FrameworkVersion:
    row = draft_of(who(request).municipality)
    if row is None:
        raise Http404
    return row


def _may_amend(request: HttpRequest) -> bool:
    return can(who(request), "amend_framework").allowed


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"by": actor(request), "at": timezone.now()}


def _status(form: Form) -> int:
    return HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK


def _form(
    request: HttpRequest, form: Form, act: Callable[[], Any], done: str, template: str, context: dict[str, Any]
) -> HttpResponse:
    """Carry a form out and go back to the draft, or show it with what is wrong."""
    if form.is_bound and form.is_valid() and carried_out(form, act):
        say(request, done)
        return redirect("cockpit:framework-draft")
    return show(request, template, {"form": form, "errors": summary(form), **context}, status=_status(form))


def _done(request: HttpRequest, act: Callable[[], Any], done: str, where: str = "framework-draft") -> HttpResponse:
    """Carry out what a button asks, and say so."""
    try:
        act()
    except FactRefused as error:
        return refused(request, error.reason[0].upper() + error.reason[1:] + ".", status=HTTPStatus.BAD_REQUEST)
    say(request, done)
    return redirect(f"cockpit:{where}")
