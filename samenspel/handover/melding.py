"""Meldingen: a question that the municipality must look into by law.

The dates of a melding follow from the day it was made and from nothing else: no search, lighter offer, handover or
end of the question moves them. The team with the mandate takes the text out once, to the zaaksysteem; after its
receipt Samenspel keeps dates and numbers only.
"""

import json
import secrets
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta
from django.db.models import QuerySet

from samenspel.audit.action import Actor, action, record
from samenspel.engine.calendar import ZONE
from samenspel.engine.legal_terms import ends_on
from samenspel.handover import keys
from samenspel.handover.actions import NotDue
from samenspel.handover.models import Melding
from samenspel.handover.models.request import HelpRequest
from samenspel.handover.notices import tell_melding
from samenspel.handover.permissions import may_transfer
from samenspel.handover.processes import Process, process_of
from samenspel.handover.states import WITHOUT_TEXT, StepRefused, Word
from samenspel.handover.steps import NotAllowed, demand, hold, move, person_of
from samenspel.handover.told import Told
from samenspel.people.checks import FactRefused, check_row
from samenspel.people.facts import lock
from samenspel.people.models import Mandate, Recourse, Team, User

AFTER_THE_TERM = timedelta(days=14)
"""How much longer than the legal term a question stays to be read, for the resident and for the transfer."""
SCHEMA = "samenspel-melding/1"
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True)
class Confirmation:
    """What the resident is told of a melding, for page, letter and mail."""

    melding: Melding
    process: Process
    term_is_certain: bool
    personal_plan_until: date | None
    client_support: Recourse | None


@dataclass(frozen=True)
class Package:
    """A melding that was opened, with all that the resident told; `as_json` is for the zaaksysteem (docs/api)."""

    melding: Melding
    told: Told = field(repr=False)

    def as_json(self) -> str:
        one, told = self.melding, asdict(self.told)
        head = {
            "schema": SCHEMA,
            "reference": one.reference,
            "kind": one.kind,
            "municipality": one.municipality,
            "marked_by": one.marked_by,
            "melded_on": one.melded_on.isoformat(),
            "term_ends_on": one.term_ends_on.isoformat(),
            "term_source": one.term_source,
        }
        return json.dumps({**head, "told": told}, ensure_ascii=False, indent=2)


@action
def mark(*, request: HelpRequest, kind: str, word: Word, by: Actor, at: datetime) -> Melding:
    """Make a question a melding from today; the same one when it was one before.

    With Word.CARD the resident does it (the door saw the card), else the holder, who is judged. A question that was
    closed as helped opens again. Raises NotAllowed, StepRefused, FactRefused.
    """
    if word == Word.CARD:
        lock(request)
    else:
        hold(request, by=by)
    known: Melding | None = request.meldingen.filter(kind=kind, closed_on=None).first()
    if known is not None:
        record(action="mark_again", on=known, by=by, at=at, municipality=request.municipality)
        return known
    if request.state in WITHOUT_TEXT:
        raise StepRefused("mark", request.state)
    if not request.is_open:
        move(request, "say_not_helped", at=at, by=by)
    melding = _melding(request, kind, word, at.astimezone(ZONE).date())
    melding.save(force_insert=True)
    request.ends_on = max(request.ends_on, melding.term_ends_on + AFTER_THE_TERM)
    request.save(update_fields=["ends_on"])
    if tell_melding(request, melding, at=at):
        _confirmed(melding, at)
    record(action="mark", on=melding, by=by, at=at, municipality=request.municipality, word=word)
    return melding


@action
def confirm_on_paper(*, melding: Melding, by: Actor, at: datetime) -> Package:
    """Open a melding for the letter that confirms it, which leaves an event; raises NotAllowed, keys.Unreadable.

    For who has the question: a resident without e-mail gets the confirmation by post or by hand.
    """
    request = melding.request
    if request is None or melding.closed_on is not None:
        raise keys.Unreadable(melding.reference)
    if by.kind == "person":
        hold(request, by=by)
    told = Told.from_bytes(keys.unseal(bytes(request.sealed), owner=request.pk))
    _confirmed(melding, at)
    record(action="confirm_on_paper", on=melding, by=by, at=at, municipality=melding.municipality)
    return Package(melding, told)


@action
def take_out(*, melding: Melding, by: Actor, at: datetime) -> Package:
    """Open a melding for the zaaksysteem, which leaves an event; raises NotAllowed, keys.Unreadable."""
    demand(may_transfer(person_of(by), melding, on=at.astimezone(ZONE).date()))
    if melding.request is None or melding.closed_on is not None:
        raise keys.Unreadable(melding.reference)
    told = Told.from_bytes(keys.unseal(bytes(melding.request.sealed), owner=melding.request.pk))
    if melding.taken_out_at is None:
        melding.taken_out_at = at
        melding.save(update_fields=["taken_out_at"])
    record(action="take_out", on=melding, by=by, at=at, municipality=melding.municipality)
    return Package(melding, told)


@action
def transfer(*, melding: Melding, team: Team, receipt: str, by: Actor, at: datetime) -> None:
    """Note the receipt of the zaaksysteem; after the last melding of a question its text is destroyed.

    Raises NotAllowed, FactRefused.
    """
    request = melding.request
    if request is not None:
        lock(request)
    lock(melding)
    person = person_of(by)
    demand(may_transfer(person, melding, on=at.astimezone(ZONE).date()))
    if not team.members.filter(pk=person.pk).exists() or team not in teams_for(melding, at=at):
        raise NotAllowed("Dit team heeft geen mandaat voor deze melding.")
    if melding.transferred_at is not None or melding.closed_on is not None:
        raise NotAllowed("Deze melding is al afgerond.")
    if melding.taken_out_at is None:
        raise NotAllowed("Haal de melding eerst op. Anders is de tekst weg en heeft niemand hem.")
    if not receipt.strip():
        raise FactRefused("receipt", "vul het nummer in dat het zaaksysteem gaf")
    melding.team, melding.transferred_at, melding.receipt = team, at, receipt.strip()
    check_row(melding)
    melding.save(update_fields=["team", "transferred_at", "receipt"])
    if request is not None and not request.meldingen.filter(transferred_at=None, closed_on=None).exists():
        move(request, "transfer", at=at, by=by)
    record(action="transfer", on=melding, by=by, at=at, municipality=melding.municipality)


@action
def set_hold(*, melding: Melding, hold_reason: str, by: Actor, at: datetime) -> None:
    """Keep a receipt beyond its term for one of `Melding.Hold`, or let go with ""; raises NotAllowed."""
    lock(melding)
    demand(may_transfer(person_of(by), melding, on=at.astimezone(ZONE).date()))
    if hold_reason and hold_reason not in Melding.Hold.values:
        raise FactRefused("legal_hold", "kies een reden uit de lijst")
    melding.legal_hold = hold_reason
    melding.save(update_fields=["legal_hold"])
    record(action="set_hold", on=melding, by=by, at=at, municipality=melding.municipality, reason=hold_reason)


@action
def erase_melding(*, melding: Melding, by: Actor, at: datetime) -> None:
    """Destroy the receipt of a melding at the end of its term; raises NotDue when it is held meanwhile."""
    lock(melding)
    if melding.legal_hold:
        raise NotDue(melding.reference)
    record(action="erase_melding", on=melding, by=by, at=at, municipality=melding.municipality)
    melding.delete()


def open_for(user: User, *, on: date) -> "QuerySet[Melding]":
    """The meldingen that still must be transferred: of one's own questions, and those one has the mandate for."""
    rows: QuerySet[Melding] = (
        Melding.objects.visible_to(user, on=on)
        .filter(transferred_at=None, closed_on=None)
        .select_related("request__area", "request__team")
        .defer("request__sealed", "request__area__boundary")
        .order_by("term_ends_on", "pk")
    )
    return rows


def teams_for(melding: Melding, *, at: datetime) -> list[Team]:
    """The teams that work under the article of this melding and hold a mandate today; empty is a problem to show."""
    on = at.astimezone(ZONE).date()
    article = process_of(melding.kind, on=on).article
    teams = Team.objects.filter(municipality=melding.municipality, mandates__in=Mandate.objects.in_force(on))
    return [team for team in teams.distinct().order_by("name") if article in team.law_articles]


def confirmation(melding: Melding) -> Confirmation:
    """What the resident is told of a melding."""
    process = process_of(melding.kind, on=melding.melded_on)
    days = process.personal_plan_days
    return Confirmation(
        melding=melding,
        process=process,
        term_is_certain=ends_on(melding.melded_on, weeks=process.weeks).is_certain,
        personal_plan_until=melding.melded_on + timedelta(days=days) if days else None,
        client_support=Recourse.objects.filter(
            municipality=melding.municipality, kind=Recourse.Kind.CLIENT_SUPPORT
        ).first(),
    )


def _confirmed(melding: Melding, at: datetime) -> None:
    if melding.confirmed_at is None:
        melding.confirmed_at = at
        melding.save(update_fields=["confirmed_at"])


def _melding(request: HelpRequest, kind: str, word: Word, today: date) -> Melding:
    if kind not in Melding.Kind.values:
        raise FactRefused("kind", "kies uit de lijst")
    process = process_of(kind, on=today)
    code = "".join(secrets.choice(_LETTERS) for _ in range(6))
    melding = Melding(
        municipality=request.municipality,
        request=request,
        kind=kind,
        reference=f"M-{today.year}-{code}",
        marked_by=Melding.MarkedBy.RESIDENT if word == Word.CARD else Melding.MarkedBy.HOLDER,
        melded_on=today,
        term_ends_on=ends_on(today, weeks=process.weeks).ends_on,
        term_source=process.source,
        keep_until=today + relativedelta(years=process.keep_years),
    )
    check_row(melding)
    return melding
