"""Wijkopgaven at work: the list per wijk, the charter of one, its partners and their promises."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from samenspel.cockpit.areas.around import FILL_IN, code_of, names_of, today
from samenspel.cockpit.areas.earlier import STAYS, words_taken_out
from samenspel.cockpit.areas.forms import (
    ChallengeForm,
    ClosePromiseForm,
    EndChallengeForm,
    PartnerForm,
    PromiseForm,
    areas_of,
)
from samenspel.cockpit.forms import edited
from samenspel.people.checks import FactRefused
from samenspel.policy.challenges import (
    ChallengeFacts,
    Charter,
    PartnerFacts,
    PromiseFacts,
    charter,
    charters,
    close_promise,
    end_challenge,
    judged,
    remove_partner,
    set_challenge,
    set_partner,
    set_promise,
)
from samenspel.policy.models import AreaChallenge, ChallengePartner, PartnerPromise
from samenspel.policy.permissions import may_keep_areas, may_see_blocks
from samenspel.socialmap.wijk import wijken
from samenspel.staff.access import actor, page, refused, say, show, who
from samenspel.staff.forms import sent


@page(may_see_blocks)
def challenges(request: HttpRequest) -> HttpResponse:
    """Every wijkopgave, those that run per wijk, and those that ended."""
    home = who(request).municipality
    known = charters(home, today())
    names = names_of(wijken(home))
    context = {
        "running": by_wijk((one for one in known if not one.challenge.ended_on), names),
        "ended": by_wijk((one for one in known if one.challenge.ended_on), names),
        "may_keep": may_keep_areas(who(request)).allowed,
    }
    return show(request, "cockpit/areas/challenges.html", context)


@page(may_see_blocks)
def challenge(request: HttpRequest, challenge_id: UUID) -> HttpResponse:
    """The charter of one: who promised what, and what came of it."""
    row = _challenge(request, challenge_id)
    may_keep = may_keep_areas(who(request)).allowed
    context = {
        "charter": charter(row, today()),
        "wijk": names_of(wijken(row.municipality)).get(row.area, row.area),
        "may_keep": may_keep and not row.ended_on,
        "may_take_out": may_keep,
    }
    return show(request, "cockpit/areas/challenge.html", context)


@page(may_keep_areas, "GET", "POST")
def edit(request: HttpRequest, challenge_id: UUID | None = None) -> HttpResponse:
    """Begin a wijkopgave, or change one."""
    row = _challenge(request, challenge_id) if challenge_id else None
    home = who(request).municipality
    begin = {"area": code_of(judged(wijken(home)), request.GET.get("wijk", "")), "began_on": today()}
    initial = vars(ChallengeFacts.of(row)) if row else begin
    form = ChallengeForm(sent(request), initial=initial, areas=areas_of(home, row.area if row else ""))

    def act() -> str:
        facts = ChallengeFacts(**form.cleaned_data)
        saved = set_challenge(municipality=home, facts=facts, challenge=row, by=actor(request), at=timezone.now())
        return f"Opgeslagen: {saved.title}."

    heading = "Wijkopgave wijzigen" if row else "Een wijkopgave beginnen"
    back = _to(row) if row else (reverse("areas:challenges"), "Wijkopgaven")
    context = {"heading": heading, "back": back, "button": "Opslaan"}
    to = ("areas:challenge", row.pk) if row else ("areas:challenges",)
    return edited(request, form, act, FILL_IN, context, *to)


@page(may_keep_areas, "GET", "POST")
def end(request: HttpRequest, challenge_id: UUID) -> HttpResponse:
    """End a wijkopgave with what came of it."""
    row = _challenge(request, challenge_id)
    form = EndChallengeForm(sent(request), initial={"ended_on": today()})

    def act() -> str:
        facts = {"on": form.cleaned_data["ended_on"], "result": form.cleaned_data["result"]}
        end_challenge(challenge=row, by=actor(request), at=timezone.now(), **facts)
        return f"Klaar: {row.title}."

    lead = "De wijkopgave blijft te lezen. Daarna verandert er niets meer aan."
    context = {"heading": "Wijkopgave afronden", "lead": lead, "back": _to(row), "button": "Afronden"}
    return edited(request, form, act, FILL_IN, context, "areas:challenge", row.pk)


@page(may_keep_areas, "GET", "POST")
def new_partner(request: HttpRequest, challenge_id: UUID) -> HttpResponse:
    """Add a partner."""
    return _partner_edited(request, _challenge(request, challenge_id), None, "Een partner toevoegen")


@page(may_keep_areas, "GET", "POST")
def partner(request: HttpRequest, partner_id: UUID) -> HttpResponse:
    """Change a partner."""
    row = _partner(request, partner_id)
    return _partner_edited(request, row.challenge, row, "Partner wijzigen")


@page(may_keep_areas, "POST")
def drop_partner(request: HttpRequest, partner_id: UUID) -> HttpResponse:
    """Take away a partner that promised nothing."""
    row = _partner(request, partner_id)
    try:
        remove_partner(partner=row, by=actor(request), at=timezone.now())
    except FactRefused as problem:
        return refused(request, f"Dit kan niet: {problem.reason}.", status=409)
    say(request, f"Weg: {row.name}.")
    return redirect("areas:challenge", row.challenge_id)


@page(may_keep_areas, "GET", "POST")
def new_promise(request: HttpRequest, partner_id: UUID) -> HttpResponse:
    """Write down what a partner promises."""
    return _promise_edited(request, _partner(request, partner_id), None)


@page(may_keep_areas, "GET", "POST")
def promise(request: HttpRequest, promise_id: UUID) -> HttpResponse:
    """Change an open promise, or write how it goes."""
    row = _promise(request, promise_id)
    return _promise_edited(request, row.partner, row)


@page(may_keep_areas, "GET", "POST")
def close(request: HttpRequest, promise_id: UUID) -> HttpResponse:
    """Say whether a promise was kept, and what came of it."""
    row = _promise(request, promise_id)
    form = ClosePromiseForm(sent(request), initial={"on": today(), "progress": row.progress})

    def act() -> str:
        close_promise(promise=row, by=actor(request), at=timezone.now(), **form.cleaned_data)
        return f"Opgeschreven: {row.what}."

    lead = f"{row.partner.name}: {row.what}"
    owner = row.partner.challenge
    context = {"heading": "Belofte sluiten", "lead": lead, "back": _to(owner), "button": "Sluiten"}
    return edited(request, form, act, FILL_IN, context, "areas:challenge", owner.pk)


@page(may_keep_areas, "GET", "POST")
def take_out(request: HttpRequest, promise_id: UUID, number: int) -> HttpResponse:
    """Take an earlier text of a promise away for good."""
    row = _promise(request, promise_id)
    owner = row.partner.challenge
    return words_taken_out(request, row, number, _to(owner), "areas:challenge", owner.pk)


def by_wijk(rows: Iterable[Charter], names: dict[str, str]) -> list[tuple[str, list[Charter]]]:
    """Wijkopgaven under the name of their wijk, by name."""
    found: dict[str, list[Charter]] = {}
    for one in rows:
        found.setdefault(names.get(one.challenge.area, one.challenge.area), []).append(one)
    return sorted(found.items())


def _partner_edited(
    request: HttpRequest, owner: AreaChallenge, row: ChallengePartner | None, heading: str
) -> HttpResponse:
    initial = vars(PartnerFacts.of(row)) if row else {}
    form = PartnerForm(sent(request), initial=initial, municipality=owner.municipality)

    def act() -> str:
        saved = set_partner(challenge=owner, facts=form.facts(), partner=row, by=actor(request), at=timezone.now())
        return f"Opgeslagen: {saved.name}."

    context: dict[str, Any] = {"heading": heading, "lead": owner.title, "back": _to(owner), "button": "Opslaan"}
    if row and not row.promises.exists():
        context["drop"] = (reverse("areas:drop-partner", args=[row.pk]), "Deze partner doet niet mee")
    return edited(request, form, act, FILL_IN, context, "areas:challenge", owner.pk)


def _promise_edited(request: HttpRequest, owner: ChallengePartner, row: PartnerPromise | None) -> HttpResponse:
    form = PromiseForm(sent(request), initial=vars(PromiseFacts.of(row)) if row else {})

    def act() -> str:
        facts = PromiseFacts(**form.cleaned_data)
        saved = set_promise(partner=owner, facts=facts, promise=row, by=actor(request), at=timezone.now())
        return f"Opgeslagen: {saved.what}."

    heading = "Belofte wijzigen" if row else "Een belofte opschrijven"
    lead = f"Van {owner.name}. {STAYS if row else ''}"
    context: dict[str, Any] = {"heading": heading, "lead": lead, "button": "Opslaan"}
    context["back"] = _to(owner.challenge)
    return edited(request, form, act, FILL_IN, context, "areas:challenge", owner.challenge_id)


def _challenge(request: HttpRequest, challenge_id: UUID) -> AreaChallenge:
    return get_object_or_404(AreaChallenge, municipality=who(request).municipality, pk=challenge_id)


def _partner(request: HttpRequest, partner_id: UUID) -> ChallengePartner:
    rows = ChallengePartner.objects.select_related("challenge", "organization")
    found: ChallengePartner = get_object_or_404(rows, challenge__municipality=who(request).municipality, pk=partner_id)
    return found


def _promise(request: HttpRequest, promise_id: UUID) -> PartnerPromise:
    rows = PartnerPromise.objects.select_related("partner__challenge")
    found: PartnerPromise = get_object_or_404(
        rows, partner__challenge__municipality=who(request).municipality, pk=promise_id
    )
    return found


def _to(row: AreaChallenge) -> tuple[str, str]:
    return reverse("areas:challenge", args=[row.pk]), row.title
