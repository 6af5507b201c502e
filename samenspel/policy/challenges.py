"""Wijkopgaven: what must become better in a wijk, the partners that take it on, and whether promises were kept.

A promise stays what it was, with the day that was promised first (`policy.commitments`): who closes it says whether it
was kept and what came of it. A wijkopgave ends with a result once no promise is open. Source: policy text Doorpakken
(wijkregie, brede wijkopgaven with partners).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from django.db.models import QuerySet, prefetch_related_objects

from samenspel.audit.action import Actor, action, record
from samenspel.people.checks import FactRefused, check_row, check_same_municipality
from samenspel.people.facts import differences, lock, names, state, stated
from samenspel.people.models import Organization
from samenspel.places.models import Area
from samenspel.policy.commitments import Earlier, earlier_of, keep_earlier
from samenspel.policy.days import check_coming, check_lately, check_not_far, check_past
from samenspel.policy.models import AreaChallenge, ChallengePartner, PartnerPromise
from samenspel.socialmap.wijk import Wijk, wijken

State = PartnerPromise.State
_KEPT = (State.KEPT, State.PARTLY)


@dataclass(frozen=True, kw_only=True)
class ChallengeFacts:
    """The whole of what is stated about a wijkopgave; `area` is the code of a wijk."""

    area: str
    title: str
    began_on: date
    text: str = ""
    seen_by: str = ""

    @classmethod
    def of(cls, challenge: AreaChallenge) -> Self:
        return cls(**stated(cls, challenge))


@dataclass(frozen=True, kw_only=True)
class PartnerFacts:
    """Who takes part; without a name the organization of the map gives it."""

    kind: str
    name: str = ""
    organization: Organization | None = None

    @classmethod
    def of(cls, partner: ChallengePartner) -> Self:
        return cls(**stated(cls, partner))


@dataclass(frozen=True, kw_only=True)
class PromiseFacts:
    """What is promised, by when, and how it goes."""

    what: str
    due_on: date
    progress: str = ""

    @classmethod
    def of(cls, promise: PartnerPromise) -> Self:
        return cls(**stated(cls, promise))


@dataclass(frozen=True)
class Promised:
    """A promise and how many days it is late, or was when it was closed; 0 when it is not, or was never kept."""

    promise: PartnerPromise
    days_late: int

    @property
    def is_overdue(self) -> bool:
        return self.promise.state == State.OPEN and self.days_late > 0

    @property
    def is_kept_late(self) -> bool:
        """Whether it was kept, wholly or partly, after the day that was promised first."""
        closed_on = self.promise.closed_on
        return self.promise.state in _KEPT and closed_on is not None and closed_on > self.promise.first_due

    @property
    def earlier(self) -> tuple[Earlier, ...]:
        return earlier_of(self.promise)


@dataclass(frozen=True)
class Side:
    """One partner with its promises, the first due first."""

    partner: ChallengePartner
    promises: tuple[Promised, ...]


@dataclass(frozen=True)
class Charter:
    """A wijkopgave as its partners agreed it: who promised what, and what came of it."""

    challenge: AreaChallenge
    sides: tuple[Side, ...]

    def number(self, *states: str) -> int:
        """How many promises are in one of these states."""
        return sum(one.promise.state in states for side in self.sides for one in side.promises)

    @property
    def kept(self) -> int:
        return self.number(State.KEPT)

    @property
    def partly(self) -> int:
        return self.number(State.PARTLY)

    @property
    def broken(self) -> int:
        return self.number(State.BROKEN)

    @property
    def running(self) -> int:
        return self.number(State.OPEN)

    @property
    def overdue(self) -> int:
        return sum(one.is_overdue for side in self.sides for one in side.promises)

    @property
    def kept_late(self) -> int:
        return sum(one.is_kept_late for side in self.sides for one in side.promises)


@action
def set_challenge(
    *, municipality: str, facts: ChallengeFacts, by: Actor, at: datetime, challenge: AreaChallenge | None = None
) -> AreaChallenge:
    """Begin a wijkopgave, or replace what is stated about a running one; raises FactRefused."""
    check_same_municipality(municipality, challenge=challenge)
    check_area(municipality, facts.area, before=challenge.area if challenge else "")
    row = challenge or AreaChallenge(municipality=municipality)
    if challenge:
        _lock_running(challenge)
    _write("set_challenge", row, ChallengeFacts.of(row) if challenge else None, facts, municipality, by, at)
    return row


@action
def end_challenge(*, challenge: AreaChallenge, on: date, result: str, by: Actor, at: datetime) -> AreaChallenge:
    """End a wijkopgave with what came of it, once every promise is closed; raises FactRefused."""
    _lock_running(challenge, field="result")
    check_past("ended_on", on, at)
    if on < challenge.began_on:
        raise FactRefused("ended_on", "toen was de wijkopgave nog niet begonnen")
    if PartnerPromise.objects.filter(partner__challenge=challenge, state=State.OPEN).exists():
        raise FactRefused("result", "er loopt nog een belofte; schrijf eerst op wat ervan kwam")
    challenge.ended_on, challenge.result = on, result.strip()
    check_row(challenge)
    challenge.save(update_fields=["ended_on", "result"])
    record(action="end_challenge", on=challenge, by=by, at=at, municipality=challenge.municipality)
    return challenge


@action
def set_partner(
    *, challenge: AreaChallenge, facts: PartnerFacts, by: Actor, at: datetime, partner: ChallengePartner | None = None
) -> ChallengePartner:
    """Add a partner to a running wijkopgave, or replace what is stated about `partner`; raises FactRefused."""
    _lock_running(challenge, field="name")
    check_same_municipality(challenge.municipality, organization=facts.organization)
    name = facts.name or (facts.organization.name if facts.organization else "")
    if not name:
        raise FactRefused("name", "kies een organisatie van de kaart, of schrijf een naam")
    row = partner or ChallengePartner(challenge=challenge)
    before = PartnerFacts.of(partner) if partner else None
    named = PartnerFacts(kind=facts.kind, name=name, organization=facts.organization)
    _write("set_partner", row, before, named, challenge.municipality, by, at)
    return row


@action
def remove_partner(*, partner: ChallengePartner, by: Actor, at: datetime) -> None:
    """Take away a partner that promised nothing; raises FactRefused."""
    challenge = partner.challenge
    _lock_running(challenge, field="name")
    if partner.promises.exists():
        raise FactRefused("name", "deze partner beloofde iets; dat blijft te lezen")
    record(action="remove_partner", on=partner, by=by, at=at, municipality=challenge.municipality)
    partner.delete()


@action
def set_promise(
    *, partner: ChallengePartner, facts: PromiseFacts, by: Actor, at: datetime, promise: PartnerPromise | None = None
) -> PartnerPromise:
    """Write down a promise, or replace what is stated about an open one, such as how it goes; raises FactRefused.

    A later day needs new words about how it goes, where everyone reads them: a late promise is not quietly in time.
    """
    _lock_running(partner.challenge, field="what")
    if promise:
        _lock_open(promise)
    (check_not_far if promise else check_coming)("due_on", facts.due_on, at)
    row = promise or PartnerPromise(partner=partner, first_due=facts.due_on)
    before = PromiseFacts.of(promise) if promise else None
    if promise:
        keep_earlier(promise, vars(facts), at)
    _write("set_promise", row, before, facts, partner.challenge.municipality, by, at)
    return row


@action
def close_promise(
    *, promise: PartnerPromise, outcome: str, progress: str, on: date, by: Actor, at: datetime
) -> PartnerPromise:
    """Say whether a promise was kept (a `State` but OPEN), what came of it and since when (`check_lately`).

    Raises FactRefused.
    """
    _lock_open(promise)
    check_lately("closed_on", on, at)
    if outcome == State.OPEN:
        raise FactRefused("outcome", "kies of de belofte is nagekomen")
    keep_earlier(promise, {"progress": progress.strip()}, at)
    promise.state, promise.progress, promise.closed_on = outcome, progress.strip(), on
    check_row(promise)
    promise.save(update_fields=["state", "progress", "earlier", "closed_on"])
    home = promise.partner.challenge.municipality
    record(action="close_promise", on=promise, by=by, at=at, municipality=home, state=outcome)
    return promise


def judged(found: Iterable[Wijk]) -> tuple[Wijk, ...]:
    """Those wijken and kernen that are judged: the wijken of the matrix (`policy.blocks.reading.wijken_of`)."""
    return tuple(one for one in found if one.area.kind == Area.Kind.DISTRICT)


def check_area(municipality: str, area: str, *, before: str = "") -> None:
    """Refuse what is no judged wijk of the municipality, but not where it stood `before`; raises FactRefused."""
    if area != before and area not in {one.area.code for one in judged(wijken(municipality))}:
        raise FactRefused("area", "kies een wijk van uw gemeente")


def charters(municipality: str, on: date) -> list[Charter]:
    """Every wijkopgave, the first begun first, as it stands on a day; 3 queries."""
    rows = AreaChallenge.objects.filter(municipality=municipality).prefetch_related("partners__promises")
    return [charter(row, on) for row in rows]


def charter(challenge: AreaChallenge, on: date) -> Charter:
    """One wijkopgave; 2 queries, none when its partners and promises were read with it."""
    prefetch_related_objects([challenge], "partners__promises")
    sides = (Side(one, promised(one.promises.all(), on)) for one in challenge.partners.all())
    return Charter(challenge, tuple(sides))


def promised(promises: Iterable[PartnerPromise], on: date) -> tuple[Promised, ...]:
    """Promises as they stand on a day."""
    return tuple(Promised(one, _days_late(one, on)) for one in promises)


def _days_late(promise: PartnerPromise, on: date) -> int:
    if promise.state == State.BROKEN:
        return 0
    return max(0, ((promise.closed_on or on) - promise.due_on).days)


def promises_due(municipality: str, area: str, *, on: date, until: date) -> tuple[Promised, ...]:
    """Open promises in an area that are late or due until a day, the first due first; one query."""
    rows = PartnerPromise.objects.filter(
        partner__challenge__municipality=municipality, partner__challenge__area=area, state=State.OPEN
    )
    return promised(rows.filter(due_on__lte=until).select_related("partner__challenge"), on)


def late_promises(municipality: str, on: date) -> QuerySet[PartnerPromise]:
    """Open promises that are over their day."""
    return PartnerPromise.objects.filter(partner__challenge__municipality=municipality, state=State.OPEN, due_on__lt=on)


def _lock_running(challenge: AreaChallenge, field: str = "title") -> None:
    lock(challenge)
    if challenge.ended_on:
        raise FactRefused(field, "deze wijkopgave is klaar en verandert niet meer")


def _lock_open(promise: PartnerPromise) -> None:
    lock(promise)
    if promise.state != State.OPEN:
        raise FactRefused("what", "deze belofte is gesloten en verandert niet meer")


def _write(name: str, row: Any, before: Any, facts: Any, municipality: str, by: Actor, at: datetime) -> None:
    state(row, facts)
    check_row(row)
    row.save()
    changed = differences(before, facts) if before else names(facts)
    record(action=name, on=row, by=by, at=at, municipality=municipality, fields=changed)
