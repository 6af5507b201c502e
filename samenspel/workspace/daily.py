"""The day of one person: what to look at first, what one holds, what nobody holds yet, and who asks for an answer.

Every list is a query of its own, so that the page takes as many queries with three questions as with fifty thousand.
First the ids are read, from one index without the rows; then the few rows that are shown. No list holds a word of a
resident.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from samenspel.engine.calendar import ZONE
from samenspel.handover.melding import open_for
from samenspel.handover.models import ContactTry, Hand, Handover, HelpRequest
from samenspel.handover.signs import unread_for
from samenspel.handover.states import OPEN
from samenspel.people.models import OUTSIDE_ROLES, User
from samenspel.socialmap.permissions import may_call_groups
from samenspel.socialmap.reminders import to_call

SHOWN = 20
"""Rows of a group on the daily screen; the rest is one click away."""
MOST_COUNTED = 1000
"""Beyond it the screen says "meer dan": nobody works off a list of that length by its number."""
_CAME_BACK_WITHIN = timedelta(days=30)
_MOST_CAME_BACK = 200

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

    def __init__(self, user: User, *, at: datetime) -> None:
        self.user = user
        self.today = at.astimezone(ZONE).date()
        self.is_outside = user.access_role in OUTSIDE_ROLES
        self._held = HelpRequest.objects.visible_to(user).being_held()
        self._mine = self._held if self.is_outside else self._held.filter(person=user)
        self._nobodys = self._held.none() if self.is_outside else self._held.filter(person=None, organization=None)
        self._back = self._came_back()

    def groups(self) -> list[Group]:
        """Every group that has rows or something kind to say."""
        found = [self._group(kind) for kind in KINDS]
        return [group for group in found if group.lines or group.kind.empty]

    def rows(self, key: str) -> "QuerySet[Any] | None":
        """A group, first what must be done first: ids of questions, or the rows themselves.

        None for a group that this person has not.
        """
        if key == "melding":
            return open_for(self.user, on=self.today)
        if _BY_KEY[key].of == "handover":
            return self._asked(key)
        if key == "niemand" and self.is_outside:
            return None
        if key == "eerst":
            mine, nobodys = (rows.values("pk") for rows in self._late())
            back = HelpRequest.objects.filter(pk__in=list(self._back)).values("pk")
            return ids_of(HelpRequest.objects.filter(pk__in=back.union(mine, nobodys)))
        rows = self._mine if key == "mijn" else self._nobodys
        return ids_of(rows.filter(next_on__gte=self.today).exclude(pk__in=list(self._back)))

    def lines(self, kind: Kind, rows: Iterable[Any]) -> list[Line]:
        """The rows of a group with their marks."""
        if kind.of != "question":
            return [Line(row, []) for row in rows]
        ids = list(rows)
        found = {row.pk: row for row in listed(HelpRequest.objects.filter(pk__in=ids))}
        return [Line(found[pk], self._marks(found[pk])) for pk in ids if pk in found]

    def _group(self, kind: Kind) -> Group:
        rows = self.rows(kind.key)
        if rows is None:
            return Group(replace(kind, empty=""), [], 0)
        if kind.key != "eerst":
            return Group(kind, self.lines(kind, rows[:SHOWN]), _number(rows))
        late = [rows.values_list("next_on", "asked_at", "pk") for rows in self._late()]
        first = [row for rows in late for row in rows.order_by("next_on", "asked_at", "pk")[:SHOWN]]
        first += [(next_on, asked_at, pk) for pk, (next_on, asked_at) in self._back.items()]
        number = min(MOST_COUNTED, len(self._back) + sum(_number(rows) for rows in late))
        return Group(kind, self.lines(kind, [pk for _, _, pk in sorted(first)[:SHOWN]]), number)

    def _late(self) -> list[Requests]:
        """What is late, of one's own and of nobody: apart, so that each comes from the index."""
        both = (self._mine, self._nobodys)
        return [rows.filter(next_on__lt=self.today).exclude(pk__in=list(self._back)) for rows in both]

    def _marks(self, row: HelpRequest) -> list[str]:
        said = ["kwam terug"] if row.pk in self._back else []
        if row.next_on < self.today:
            said.append("te laat" if row.first_contact_at else "te laat: nog geen contact")
        return said + (["vandaag"] if row.next_on == self.today else [])

    def _asked(self, key: str) -> "QuerySet[Handover]":
        asking = Handover.objects.visible_to(self.user).filter(request__state__in=OPEN)
        asking = asking.select_related("request__team", "request__area", "team", "organization")
        asking = asking.defer("sealed", "request__sealed", "request__area__boundary").order_by("answer_by", "pk")
        if key == "antwoord":
            return asking.filter(state=Handover.State.WAITING, answer_by__gte=self.today)
        return asking.filter(state=Handover.State.ACCEPTED, kind=Handover.Kind.PARTNER, until__gte=self.today)

    def _came_back(self) -> dict[UUID, tuple[date, datetime]]:
        """What was given back, refused or left unanswered, with nothing done since: when due and when asked."""
        since = self.today - _CAME_BACK_WITHIN
        returned = _refused(since).values("request").union(_given_back().values("request"))
        found = self._held.filter(pk__in=returned).values_list("pk", "person", "next_on", "asked_at")
        ours = [row for row in found if self.is_outside or row[1] in (None, self.user.pk)]
        return {pk: (next_on, asked_at) for pk, _, next_on, asked_at in ours[:_MOST_CAME_BACK]}


def others(user: User, *, at: datetime) -> list[Other]:
    """What else there is to do today."""
    found = []
    if signs := unread_for(user):
        found.append(Other("workspace:signs", f"Signalen om te lezen: {signs}"))
    if may_call_groups(user).allowed and (number := to_call(municipality=user.municipality, at=at).count()):
        found.append(Other("workspace:phone-round", f"Bellen of het klopt: {number}"))
    return found


def kind_of(key: str) -> Kind | None:
    """The group with this key."""
    return _BY_KEY.get(key)


def listed(rows: Requests) -> Requests:
    """Questions with what a list shows of them, without what is sealed; the most urgent first."""
    rows = rows.select_related("team", "area", "person", "organization").defer("area__boundary", "sealed")
    return rows.order_by("next_on", "asked_at", "pk")


def ids_of(rows: Requests) -> "QuerySet[Any]":
    """The ids of questions, the most urgent first."""
    return rows.order_by("next_on", "asked_at", "pk").values_list("pk", flat=True)


def _number(rows: "QuerySet[Any]") -> int:
    return rows.order_by()[:MOST_COUNTED].count()


def _refused(since: date) -> "QuerySet[Handover]":
    """Handovers that got no yes, after which nobody else was asked and no contact was tried."""
    newer = Handover.objects.filter(request=OuterRef("request"), proposed_at__gte=OuterRef("since"))
    ended = (Handover.State.REFUSED, Handover.State.LAPSED)
    rows: QuerySet[Handover] = Handover.objects.filter(state__in=ended, answer_by__gte=since)
    return (
        rows.annotate(since=Coalesce("answered_at", "ended_at")).exclude(_tried_since("since")).exclude(Exists(newer))
    )


def _given_back() -> "QuerySet[Hand]":
    """Open hands that came back, after which no contact was tried."""
    rows = Hand.objects.filter(cause__in=(Hand.Cause.GIVEN_BACK, Hand.Cause.SILENT), ended_at=None)
    return rows.exclude(_tried_since("began_at"))


def _tried_since(moment: str) -> Exists:
    return Exists(ContactTry.objects.filter(request=OuterRef("request"), at__gte=OuterRef(moment)))
