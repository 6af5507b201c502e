"""A group mends its own entry; the municipality decides per part whether it looks, before or after it is shown.

What is looked at afterwards is shown at once and can be put back; what is looked at first waits and is shown as it was.
"""

from collections.abc import Collection, Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from samenspel.audit.action import Actor, action, record
from samenspel.engine.calendar import ZONE
from samenspel.mail.outbox import queue
from samenspel.people.checks import FactRefused, check_row
from samenspel.people.facts import lock
from samenspel.socialmap.actions import change_offering, confirm_offering, set_schedules
from samenspel.socialmap.answers import answer_request, check_function, check_own, confirm_own
from samenspel.socialmap.checks import check_offering, check_schedules
from samenspel.socialmap.confirm import municipality_name
from samenspel.socialmap.facts import OfferingFacts, ScheduleFacts
from samenspel.socialmap.importers.records import schedule_facts, to_data
from samenspel.socialmap.models import ConfirmationRequest, Look, Mending, MendingRule, Offering, Part

_COST = ("cost_kind", "cost_cents", "cost_note")
Parts = dict[str, Any]
"""JSON-ready: {"text": …, "phone": …, "cost": {…}, "times": [{…}]}; only the parts that it is about."""


class LookedAtAlready(ValueError):
    """Somebody decided about it meanwhile, or the group changed it again."""


@dataclass(frozen=True, kw_only=True)
class Mended:
    """What an organization itself may mend; `schedules` are all lines, as they are from now on."""

    summary: str
    phone: str
    cost_kind: str
    cost_cents: int | None
    cost_note: str
    schedules: tuple[ScheduleFacts, ...]


def looks_of(municipality: str) -> dict[str, Look]:
    """How each part is looked at; one query."""
    rules = MendingRule.objects.filter(municipality=municipality).values_list("part", "look")
    return dict.fromkeys(Part.values, Look.AFTER) | {part: Look(look) for part, look in rules}


@action
def set_looks(*, municipality: str, looks: Mapping[str, str], by: Actor, at: datetime) -> None:
    """State for every part how it is looked at; raises FactRefused. What waits already keeps waiting."""
    for part in Part.values:
        known = MendingRule.objects.filter(municipality=municipality, part=part).first()
        rule = known or MendingRule(municipality=municipality, part=part)
        rule.look = looks[part]
        check_row(rule)
        rule.save()
        record(action="set_look", on=rule, by=by, at=at, municipality=municipality, fields=[part])


@action
def mend_entry(
    *,
    request: ConfirmationRequest,
    offering: Offering,
    mended: Mended,
    confirmed_by: str,
    by: Actor,
    at: datetime,
) -> bool:
    """Replace what was wrong, after which the entry is true; whether a part waits to be looked at first.

    An entry of which a part waits is not confirmed yet. Raises LinkEnded, FactRefused.
    """
    answer_request(request, by, at)
    check_own(request, offering)
    check_function(confirmed_by)
    lock(offering)
    before, wanted = _parts(offering), _wanted(mended)
    changed = [part for part in Part.values if wanted[part] != before[part]]
    _check(offering, wanted, at)
    looks = looks_of(request.municipality)
    held = [part for part in changed if looks[part] == Look.BEFORE]
    shown = [part for part in changed if part not in held]
    _state(offering, _only(wanted, shown), by, at)
    made = {"method": request.way, "confirmed_by": confirmed_by, "made_at": at}
    later = [part for part in shown if looks[part] == Look.AFTER]
    _note(offering, Look.AFTER, _only(before, later), _only(wanted, later), by, made)
    _note(offering, Look.BEFORE, _only(before, held), _only(wanted, held), by, made)
    if not held:
        confirm_own(request, offering, request.way, confirmed_by, by, at)
    return bool(held)


def to_look_at(municipality: str) -> "QuerySet[Mending]":
    """What nobody looked at yet, what waits to be shown first; with the entry and its organization."""
    rows = Mending.objects.filter(municipality=municipality, stage=Mending.Stage.WAITING)
    return rows.select_related("offering__organization").order_by("-look", "made_at", "pk")


def own_mendings(request: ConfirmationRequest) -> dict[UUID, list[Mending]]:
    """What of a group's own changes waits to be shown, or was refused since it was asked; by entry; one query."""
    waits = Q(look=Look.BEFORE, stage=Mending.Stage.WAITING)
    refused = Q(stage=Mending.Stage.REFUSED, decided_at__gte=request.asked_at)
    found: dict[UUID, list[Mending]] = {}
    for one in Mending.objects.filter(waits | refused, offering__organization=request.organization).order_by("made_at"):
        found.setdefault(one.offering_id, []).append(one)
    return found


@action
def accept_mending(*, mending: Mending, seen: datetime, by: Actor, at: datetime) -> None:
    """Agree with what was `made_at` the moment `seen`: what waited is shown and counts as confirmed by the group.

    Raises LookedAtAlready, FactRefused.
    """
    _take(mending, seen)
    if mending.look == Look.BEFORE:
        _state(mending.offering, mending.after, by, at)
        confirm_offering(
            offering=mending.offering, method=mending.method, confirmed_by=mending.confirmed_by, by=by, at=at
        )
    _decide(mending, Mending.Stage.ACCEPTED, "", at)
    record(action="accept_mending", on=mending, by=by, at=at, municipality=mending.municipality)


@action
def refuse_mending(*, mending: Mending, reason: str, seen: datetime, by: Actor, at: datetime) -> None:
    """Disagree, and tell the group why: what was shown already goes back to what stood there, unless it moved on.

    Raises LookedAtAlready, FactRefused.
    """
    _take(mending, seen)
    if not reason.strip():
        raise FactRefused("reason", "schrijf waarom, dan weet de groep het ook")
    if mending.look == Look.AFTER:
        now = _parts(mending.offering)
        _state(mending.offering, {p: old for p, old in mending.before.items() if now[p] == mending.after[p]}, by, at)
    _decide(mending, Mending.Stage.REFUSED, reason.strip(), at)
    record(action="refuse_mending", on=mending, by=by, at=at, municipality=mending.municipality)
    _tell(mending, at)


def _parts(offering: Offering) -> Parts:
    lines = sorted(offering.schedules.all(), key=lambda line: (line.starts_on, line.starts, line.pk))
    cost = {name: getattr(offering, name) for name in _COST}
    times = [to_data(ScheduleFacts.of(line)) for line in lines]
    return {Part.TEXT: offering.summary, Part.PHONE: offering.phone, Part.COST: cost, Part.TIMES: times}


def _wanted(mended: Mended) -> Parts:
    cost = {name: getattr(mended, name) for name in _COST}
    lines = sorted(mended.schedules, key=lambda line: (line.starts_on, line.starts))
    return {
        Part.TEXT: mended.summary,
        Part.PHONE: mended.phone,
        Part.COST: cost,
        Part.TIMES: [to_data(line) for line in lines],
    }


def _only(parts: Parts, names: Collection[str]) -> Parts:
    return {str(part): parts[part] for part in names}


def _facts(offering: Offering, parts: Parts) -> OfferingFacts:
    given = {"summary": parts.get(Part.TEXT, offering.summary), "phone": parts.get(Part.PHONE, offering.phone)}
    return replace(OfferingFacts.of(offering), **given, **parts.get(Part.COST, {}))


def _check(offering: Offering, wanted: Parts, at: datetime) -> None:
    """Refuse what could not be written, also of a part that waits; writes nothing."""
    facts, trial = _facts(offering, wanted), copy(offering)
    check_offering(facts, offering.municipality)
    for name in ("summary", "phone", *_COST):
        setattr(trial, name, getattr(facts, name))
    check_row(trial)
    check_schedules(schedule_facts(wanted[Part.TIMES], begin=at.astimezone(ZONE).date()))


def _state(offering: Offering, parts: Parts, by: Actor, at: datetime) -> None:
    """Write these parts of an entry and leave the others as they are."""
    if set(parts) - {Part.TIMES}:
        change_offering(offering=offering, facts=_facts(offering, parts), by=by, at=at)
    if Part.TIMES in parts:
        lines = schedule_facts(parts[Part.TIMES], begin=at.astimezone(ZONE).date())
        set_schedules(offering=offering, schedules=lines, by=by, at=at)


def _note(offering: Offering, look: Look, before: Parts, after: Parts, by: Actor, made: dict[str, Any]) -> None:
    """Keep what is to be looked at; a part that still waited is replaced by what the group says now."""
    if not after:
        return
    waiting = Mending.objects.filter(offering=offering, look=look, stage=Mending.Stage.WAITING)
    earlier = waiting.first() if look == Look.BEFORE else None
    row = earlier or Mending(municipality=offering.municipality, offering=offering, look=look, before={}, after={})
    row.before, row.after = {**row.before, **before}, {**row.after, **after}
    row.method, row.confirmed_by, row.made_at = made["method"], made["confirmed_by"], made["made_at"]
    row.save()
    record(action="mend", on=row, by=by, at=row.made_at, municipality=row.municipality, fields=sorted(after))


def _take(mending: Mending, seen: datetime) -> None:
    lock(mending)
    if mending.stage != Mending.Stage.WAITING or mending.made_at != seen:
        raise LookedAtAlready
    lock(mending.offering)


def _decide(mending: Mending, stage: Mending.Stage, reason: str, at: datetime) -> None:
    mending.stage, mending.reason, mending.decided_at = stage, reason, at
    check_row(mending)
    mending.save(update_fields=["stage", "reason", "decided_at"])


def _tell(mending: Mending, at: datetime) -> None:
    organization = mending.offering.organization
    if to := organization.public_contact["email"]:
        lines = (
            f"Beste mensen van {organization.name},",
            f"U wijzigde iets bij {mending.offering.name}. Dat hebben wij niet overgenomen.",
            f"De reden: {mending.reason}",
            "Klopt dat niet? Beantwoord dan deze mail, of bel ons.",
            f"Met vriendelijke groet,\nGemeente {municipality_name(mending.municipality)}",
        )
        subject = f"Uw wijziging is niet overgenomen: {mending.offering.name}"
        queue(municipality=mending.municipality, to=to, subject=subject, body="\n\n".join(lines) + "\n", at=at)
