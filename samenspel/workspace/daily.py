"""The day of one person: what to look at first, what one holds, what nobody holds yet, and who asks for an answer.

Every list is a query of its own, so that the page takes as many queries with three questions as with fifty thousand.
First the ids are read, from one index without the rows; then the few rows that are shown, of all lists at once. No list
holds a word of a resident.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Q, QuerySet

from samenspel.engine.calendar import ZONE
from samenspel.handover.melding import open_for
from samenspel.handover.models import Handover, HelpRequest
from samenspel.handover.signs import unread_for
from samenspel.handover.states import OPEN
from samenspel.people.models import OUTSIDE_ROLES, User
from samenspel.policy.permissions import may_keep_areas
from samenspel.socialmap.permissions import may_call_groups
from samenspel.socialmap.reminders import to_call
from samenspel.strength.own import OwnWijk, own_work

SHOWN = 20
"""Rows of a group on the daily screen; the rest is one click away."""
MOST_COUNTED = 1000
"""Beyond it the screen says "meer dan": nobody works off a list of that length by its number."""

Requests = QuerySet[HelpRequest]


@dataclass(frozen=True)
class Kind:
    """A group of the daily screen: its words, and what is said when it is empty ("" leaves it out)."""

    key: str
    title: str
    about: str = ""
    empty: str = ""
    of: str = "question"
    """What its rows are: questions, handovers or meldingen."""


@dataclass(frozen=True)
class Line:
    """One row, and in a few words why it stands out."""

    row: Any
    marks: list[str]


@dataclass(frozen=True)
class Group:
    """A group as it is shown: its first rows, and how many there are (at most MOST_COUNTED)."""

    kind: Kind
    lines: list[Line]
    number: int

    @property
    def has_more(self) -> bool:
        return self.number > len(self.lines)

    @property
    def is_uncounted(self) -> bool:
        return self.number >= MOST_COUNTED


@dataclass(frozen=True)
class Other:
    """A page with something to do, and how much: the name of its address and its words."""

    address: str
    text: str


KINDS = (
    Kind("antwoord", "Wacht op uw antwoord", "Iemand vraagt u om iets over te nemen of mee te helpen.", of="handover"),
    Kind("melding", "Melding: nog over te dragen", "De termijn van de wet loopt door.", of="melding"),
    Kind("eerst", "Kijk hier het eerst naar", "De dag om te reageren is voorbij, of iets kwam terug."),
    Kind("mijn", "Wat u heeft", empty="U heeft nu geen vragen. Mooi: er is ruimte."),
    Kind("niemand", "Nog van niemand", "Niemand van het team heeft deze vragen opgepakt.", "Alles is opgepakt."),
    Kind("mee", "Waar u bij helpt", "Een ander heeft het stokje. U helpt mee.", of="handover"),
)
_BY_KEY = {kind.key: kind for kind in KINDS}


class Day:
    """The lists of one person on one day."""

    wijk_pages: ClassVar = {
        "sheet": "areas:meeting-sheet",
        "network": "areas:network",
        "promises": "areas:challenges",
        "actions": "areas:actions",
    }
    """The names of pages about a wijk: of another door, so the template looks them up."""

    def __init__(self, user: User, *, at: datetime) -> None:
        self.user = user
        self.today = at.astimezone(ZONE).date()
        self.is_outside = user.access_role in OUTSIDE_ROLES
        self._held = HelpRequest.objects.visible_to(user).being_held()
        self._mine = self._held if self.is_outside else self._held.filter(person=user)
        self._nobodys = self._held.none() if self.is_outside else self._held.filter(person=None, organization=None)

    def groups(self) -> list[Group]:
        """Every group that has rows or something kind to say."""
        found = [(kind, *self._first(kind)) for kind in KINDS if self._has(kind)]
        questions = shown([pk for kind, rows, _ in found if kind.of == "question" for pk in rows])
        groups = [Group(kind, self._lines(kind, rows, questions), number) for kind, rows, number in found]
        return [group for group in groups if group.lines or group.kind.empty]

    def own_wijken(self) -> Sequence[OwnWijk]:
        """One's own wijken in which something waits, for who keeps wijken; 6 queries, none for another."""
        return own_work(self.user, on=self.today) if may_keep_areas(self.user).allowed else ()

    def kind(self, key: str) -> Kind | None:
        """The group with this key; None when there is none, or not for this person."""
        kind = _BY_KEY.get(key)
        return kind if kind and self._has(kind) else None

    def rows(self, kind: Kind) -> "QuerySet[Any]":
        """A group, first what must be done first: ids of questions, or the rows themselves."""
        if kind.of == "melding":
            return open_for(self.user, on=self.today)
        if kind.of == "handover":
            return self._asked(kind)
        if kind.key == "eerst":
            parts = [rows.values("pk") for rows in self._pressing()]
            return ids_of(HelpRequest.objects.filter(pk__in=parts[0].union(*parts[1:])))
        rows = self._mine if kind.key == "mijn" else self._nobodys
        return ids_of(rows.filter(next_on__gte=self.today, came_back_at=None))

    def lines(self, kind: Kind, rows: Iterable[Any]) -> list[Line]:
        """The rows of a group with their marks."""
        found = list(rows)
        return self._lines(kind, found, shown(found) if kind.of == "question" else {})

    def _lines(self, kind: Kind, rows: list[Any], questions: dict[UUID, HelpRequest]) -> list[Line]:
        if kind.of != "question":
            return [Line(row, []) for row in rows]
        return [Line(questions[pk], self._marks(questions[pk])) for pk in rows if pk in questions]

    def _first(self, kind: Kind) -> tuple[list[Any], int]:
        """The first rows of a group, and how many it has."""
        if kind.key != "eerst":
            return _counted(self.rows(kind))
        parts = [_counted(ids_of(rows, "next_on", "asked_at", "pk")) for rows in self._pressing()]
        first = sorted(row for rows, _ in parts for row in rows)
        return [pk for _, _, pk in first[:SHOWN]], min(MOST_COUNTED, sum(number for _, number in parts))

    def _pressing(self) -> list[Requests]:
        """What came back, and what is late of one's own and of nobody: apart, so that each comes from an index."""
        ours = Q() if self.is_outside else Q(person=None, organization=None) | Q(person=self.user)
        late = [rows.filter(next_on__lt=self.today, came_back_at=None) for rows in (self._mine, self._nobodys)]
        return [self._held.filter(ours, came_back_at__isnull=False), *late]

    def _has(self, kind: Kind) -> bool:
        return not (self.is_outside and kind.key == "niemand")

    def _marks(self, row: HelpRequest) -> list[str]:
        said = ["kwam terug"] if row.came_back_at else []
        if row.next_on < self.today:
            said.append("te laat" if row.first_contact_at else "te laat: nog geen contact")
        return said + (["vandaag"] if row.next_on == self.today else [])

    def _asked(self, kind: Kind) -> "QuerySet[Handover]":
        asking = Handover.objects.visible_to(self.user).filter(request__state__in=OPEN)
        asking = asking.select_related("request__team", "request__area", "team", "organization")
        asking = asking.defer("sealed", "request__sealed", "request__area__boundary").order_by("answer_by", "pk")
        if kind.key == "antwoord":
            return asking.filter(state=Handover.State.WAITING, answer_by__gte=self.today)
        return asking.filter(state=Handover.State.ACCEPTED, kind=Handover.Kind.PARTNER, until__gte=self.today)


def others(user: User, *, at: datetime) -> list[Other]:
    """What else there is to do today."""
    found = []
    unread, late = unread_for(user)
    if unread:
        too_long = f", waarvan {late} te lang" if late else ""
        found.append(Other("workspace:signs", f"Signalen om te lezen: {unread}{too_long}"))
    if may_call_groups(user).allowed and (number := to_call(municipality=user.municipality, at=at).count()):
        found.append(Other("workspace:phone-round", f"Bellen of het klopt: {number}"))
    return found


def listed(rows: Requests) -> Requests:
    """Questions with what a list shows of them, without what is sealed; the most urgent first."""
    rows = rows.select_related("team", "area", "person", "organization").defer("area__boundary", "sealed")
    return rows.order_by("next_on", "asked_at", "pk")


def shown(ids: list[UUID]) -> dict[UUID, HelpRequest]:
    """The questions with these ids, with no more than a row of the daily screen shows of them."""
    rows = HelpRequest.objects.filter(pk__in=ids).select_related("team", "area")
    facts = ("state", "asked_at", "next_on", "first_contact_at", "came_back_at", "person_id", "organization_id")
    return {row.pk: row for row in rows.only(*facts, "team__name", "area__name")}


def ids_of(rows: Requests, *fields: str) -> "QuerySet[Any]":
    """The ids of questions, or these fields of them; the most urgent first."""
    rows = rows.order_by("next_on", "asked_at", "pk")
    return rows.values_list(*fields) if fields else rows.values_list("pk", flat=True)


def _counted(rows: "QuerySet[Any]") -> tuple[list[Any], int]:
    """The first rows of a list, and how many it has, up to MOST_COUNTED; counted only when not all are shown."""
    first = list(rows[: SHOWN + 1])
    return first[:SHOWN], len(first) if len(first) <= SHOWN else rows.order_by()[:MOST_COUNTED].count()
