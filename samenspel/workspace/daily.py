"""The day of one person: what to look at first, what one holds, what nobody holds yet, and who asks for an answer.

Every list is a query of its own, so that the page takes as many queries with three questions as with fifty thousand.
No list holds a word of a resident.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
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
_CAME_BACK_WITHIN = timedelta(days=60)
_MOST_CAME_BACK = 200


@dataclass(frozen=True)
class Kind:
    """A group of the daily screen: its words, and what is said when it is empty ("" leaves it out)."""

    key: str
    title: str
    about: str
    empty: str
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
    Kind(
        "antwoord", "Wacht op uw antwoord", "Iemand vraagt u om iets over te nemen of mee te helpen.", "", of="handover"
    ),
    Kind("melding", "Melding: nog over te dragen", "De termijn van de wet loopt door.", "", of="melding"),
    Kind("eerst", "Kijk hier het eerst naar", "De dag om te reageren is voorbij, of iets kwam terug.", ""),
    Kind("mijn", "Wat u heeft", "", "U heeft nu geen vragen. Mooi: er is ruimte."),
    Kind("niemand", "Nog van niemand", "Niemand van het team heeft deze vragen opgepakt.", "Alles is opgepakt."),
    Kind("mee", "Waar u bij helpt", "Een ander heeft het stokje. U helpt mee.", "", of="handover"),
)
_BY_KEY = {kind.key: kind for kind in KINDS}


class Day:
    """The lists of one person on one day."""

    def __init__(self, user: User, *, at: datetime) -> None:
        self.user = user
        self.today = at.astimezone(ZONE).date()
        self.is_outside = user.access_role in OUTSIDE_ROLES
        self._back = _came_back(user, self.today)

    def groups(self) -> list[Group]:
        """Every group that has rows or something kind to say."""
        lists = [(kind, self.rows(kind.key)) for kind in KINDS]
        found = [Group(kind, self.lines(kind, rows[:SHOWN]), _number(rows)) for kind, rows in lists if rows is not None]
        return [group for group in found if group.lines or group.kind.empty]

    def lines(self, kind: Kind, rows: Iterable[Any]) -> list[Line]:
        """The rows of a group with their marks."""
        return [Line(row, self._marks(row) if kind.of == "question" else []) for row in rows]

    def rows(self, key: str) -> "QuerySet[Any] | None":
        """The rows of a group, first what must be done first; None for a group that this person has not."""
        if key == "melding":
            return open_for(self.user, on=self.today)
        if _BY_KEY[key].of == "handover":
            return self._asked(key)
        held, soon = held_by(self.user), Q(next_on__gte=self.today) & ~Q(pk__in=self._back)
        if key == "eerst":
            return _ours(held, self.user).filter(Q(next_on__lt=self.today) | Q(pk__in=self._back))
        if self.is_outside:
            return held.filter(soon) if key == "mijn" else None
        return held.filter(soon, person=self.user if key == "mijn" else None)

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


def held_by(user: User) -> "QuerySet[HelpRequest]":
    """The open questions of one's teams or organization, without what is sealed; the most urgent first."""
    return listed(HelpRequest.objects.visible_to(user).being_held())


def listed(rows: "QuerySet[HelpRequest]") -> "QuerySet[HelpRequest]":
    """Questions with what a list shows of them."""
    rows = rows.select_related("team", "area", "person", "organization").defer("area__boundary", "sealed")
    return rows.order_by("next_on", "asked_at", "pk")


def _ours(held: "QuerySet[HelpRequest]", user: User) -> "QuerySet[HelpRequest]":
    """Those that wait for this person: not those that a colleague took up."""
    return held if user.access_role in OUTSIDE_ROLES else held.filter(Q(person=user) | Q(person=None))


def _number(rows: "QuerySet[Any]") -> int:
    return rows[:MOST_COUNTED].count()


def _came_back(user: User, today: date) -> list[Any]:
    """The questions that were given back, refused or left unanswered, and with which nothing was done since."""
    held = _ours(HelpRequest.objects.visible_to(user).being_held(), user)
    ended = Coalesce("answered_at", "ended_at")
    refused = (
        Handover.objects.filter(state__in=(Handover.State.REFUSED, Handover.State.LAPSED), request__in=held)
        .filter(answer_by__gte=today - _CAME_BACK_WITHIN)
        .annotate(since=ended)
        .exclude(_tried_since("since"))
        .exclude(Exists(Handover.objects.filter(request=OuterRef("request"), proposed_at__gte=OuterRef("since"))))
    )
    returned = Hand.objects.filter(
        cause__in=(Hand.Cause.GIVEN_BACK, Hand.Cause.SILENT), ended_at=None, request__in=held
    ).exclude(_tried_since("began_at"))
    found = refused.values_list("request", flat=True).union(returned.values_list("request", flat=True))
    return list(found[:_MOST_CAME_BACK])


def _tried_since(moment: str) -> Exists:
    return Exists(ContactTry.objects.filter(request=OuterRef("request"), at__gte=OuterRef(moment)))
