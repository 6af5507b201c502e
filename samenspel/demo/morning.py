"""A believable morning for the demo's verbinder: questions in every state, invented, the same at every start.

`MORNING` tells of each question where and how long ago it was asked, and what was done with it since; every step is an
action, at its own moment.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from samenspel.audit.action import Actor
from samenspel.demo.load import BY, MARKERWAARD
from samenspel.handover.actions import ask_for_help
from samenspel.handover.grounds import fix_ground, proposal
from samenspel.handover.handing import Proposal, accept, note_warm, propose, refuse
from samenspel.handover.holding import close, note_contact, take_up
from samenspel.handover.melding import mark
from samenspel.handover.models import Handover, HelpRequest, LegalGround
from samenspel.handover.shared import Shared
from samenspel.handover.signs import Worry, tell_sign
from samenspel.handover.states import Word
from samenspel.handover.told import ContactWay, Referrer, Told
from samenspel.people.models import AccessRole, Organization, Team, User
from samenspel.places.models import Area

DAY = timedelta(days=1)
_PHONE, _VISIT = ContactWay.PHONE.value, ContactWay.VISIT.value


@dataclass(frozen=True)
class Cast:
    """Who plays in the morning, and the ground on which they share."""

    verbinder: User
    wijkteam: User
    partner: User
    coordinator: User
    ground: LegalGround

    @classmethod
    def of(cls, users: dict[str, User]) -> "Cast":
        return cls(
            verbinder=users[AccessRole.CONNECTOR],
            wijkteam=users[AccessRole.TEAM_MEMBER],
            partner=users[AccessRole.PARTNER],
            coordinator=users[AccessRole.VOLUNTEER_COORDINATOR],
            ground=LegalGround.objects.get(municipality=MARKERWAARD, key="publieke-taak", ended_at=None),
        )


Story = Callable[[HelpRequest, Cast, datetime], None]


def by(user: User) -> Actor:
    return Actor("person", str(user.pk))


def untouched(row: HelpRequest, cast: Cast, asked_at: datetime) -> None:
    """Nobody did anything yet."""


def tried_twice(row: HelpRequest, cast: Cast, asked_at: datetime) -> None:
    """Two calls on two days, and nobody picked up."""
    for days in (1, 2):
        note_contact(request=row, way="phone", reached=False, by=by(cast.verbinder), at=asked_at + days * DAY)


def spoken(row: HelpRequest, cast: Cast, asked_at: datetime) -> None:
    """The verbinder called the next day and holds it."""
    note_contact(request=row, way="phone", reached=True, by=by(cast.verbinder), at=asked_at + DAY)


def warm(row: HelpRequest, cast: Cast, asked_at: datetime) -> None:
    """A coordinator helps beside her, after a talk with the three of them."""
    spoken(row, cast, asked_at)
    handover = _asked(row, cast, "partner", cast.coordinator.organization, _WALK, asked_at + 2 * DAY)
    accept(handover=handover, by=by(cast.coordinator), at=asked_at + 3 * DAY)
    on = (asked_at + 4 * DAY).date()
    note_warm(handover=handover, how="together", on=on, by=by(cast.verbinder), at=asked_at + 4 * DAY)


def waiting(row: HelpRequest, cast: Cast, asked_at: datetime) -> None:
    """A partner was asked to take the stokje, and has not answered."""
    spoken(row, cast, asked_at)
    _asked(row, cast, "holder", cast.partner.organization, _MONEY, asked_at + 2 * DAY)


def refused(row: HelpRequest, cast: Cast, asked_at: datetime) -> None:
    """A coordinator has no room."""
    spoken(row, cast, asked_at)
    handover = _asked(row, cast, "partner", cast.coordinator.organization, _CHORES, asked_at + 2 * DAY)
    refuse(handover=handover, refusal="full", by=by(cast.coordinator), at=asked_at + 3 * DAY)


def taken(row: HelpRequest, cast: Cast, asked_at: datetime) -> None:
    """A partner took the stokje; not warm yet, so a referral."""
    spoken(row, cast, asked_at)
    handover = _asked(row, cast, "holder", cast.partner.organization, _MONEY, asked_at + 2 * DAY)
    accept(handover=handover, by=by(cast.partner), at=asked_at + 3 * DAY)


def on_the_card(row: HelpRequest, cast: Cast, asked_at: datetime) -> None:
    """The resident has yet to say yes, with the card."""
    spoken(row, cast, asked_at)
    _asked(row, cast, "partner", cast.coordinator.organization, _WALK, asked_at + 2 * DAY, said_yes=False)


def of_a_colleague(row: HelpRequest, cast: Cast, asked_at: datetime) -> None:
    """Somebody of the wijkteam took it up, and asks the verbinder of another team to help."""
    take_up(request=row, by=by(cast.wijkteam), at=asked_at + DAY)
    other = Team.objects.filter(members=cast.verbinder).exclude(pk=row.team_id).order_by("name").first()
    wanted = Proposal(kind="partner", shared=Shared(text=_REST), ground=cast.ground, until=row.ends_on, team=other)
    propose(request=row, proposal=wanted, spoken=True, by=by(cast.wijkteam), at=asked_at + 2 * DAY)


def melding(row: HelpRequest, cast: Cast, asked_at: datetime) -> None:
    """The resident wants the municipality to look into it: the term of the law runs."""
    spoken(row, cast, asked_at)
    mark(request=row, kind="wmo", word=Word.SPOKEN, by=by(cast.verbinder), at=asked_at + DAY)


def helped(row: HelpRequest, cast: Cast, asked_at: datetime) -> None:
    """The resident said that it helped."""
    spoken(row, cast, asked_at)
    close(request=row, verb="say_helped", by=by(cast.verbinder), at=asked_at + 4 * DAY)


_WALK = "Iemand uit uw wijk wil weer vaker naar buiten. Samen lopen op een vaste ochtend helpt al."
_MONEY = "Iemand heeft post over geld en wil daar samen naar kijken. Een rustige plek is fijn."
_REST = "Iemand zorgt voor een ouder en wil één middag in de week vrij zijn. Wie denkt er mee?"
_CHORES = "Iemand kan kleine klussen in huis niet meer zelf doen. Twee keer in de maand is genoeg."

MORNING: tuple[tuple[str, timedelta, Story, Told], ...] = (
    (
        "WK990105", 3 * DAY, untouched,
        Told(
            text="Sinds mijn man er niet meer is, zit ik hele dagen alleen. Ik wil wel eens naar de koffie, "
            "maar alleen durf ik niet.",
            name="Mevrouw Nel", way=_PHONE, reach="0320-55 59 41", when="het liefst 's ochtends na tienen",
        ),
    ),
    (
        "WK990106", timedelta(hours=2), untouched,
        Told(
            text="Ik krijg brieven over geld en maak ze niet meer open.",
            name="Jos", way=_VISIT, when="woensdag, dan is mijn zoon naar school",
        ),
    ),
    (
        "WK990105", 5 * DAY, tried_twice,
        Told(text="Ik slaap slecht en kom nergens meer toe.", name="Meneer Bos", way=_PHONE, reach="0320-55 59 42"),
    ),
    (
        "WK990105", 8 * DAY, warm,
        Told(
            text="Ik wil weer wandelen, maar na mijn val durf ik niet alleen.",
            name="Aaltje Prins", way=_PHONE, reach="0320-55 59 43", may_leave_message=True,
        ),
    ),
    (
        "WK990106", 3 * DAY, waiting,
        Told(text="Ik kan mijn huur niet meer betalen.", name="Sem Visser", way=_PHONE, reach="0320-55 59 44",
             referrer=Referrer.HOUSING),
    ),
    (
        "WK990105", 6 * DAY, refused,
        Told(text="Wie kan mijn lamp ophangen en de tuin doen?", name="Mevrouw De Wit", way=_PHONE,
             reach="0320-55 59 45"),
    ),
    (
        "WK990106", 9 * DAY, taken,
        Told(text="Ik heb schulden en weet niet waar ik moet beginnen.", name="Nadia Kok", way=_PHONE,
             reach="0320-55 59 46"),
    ),
    (
        "WK990105", 3 * DAY, on_the_card,
        Told(text="Ik ken hier niemand en praat nog niet goed Nederlands.", name="Amir", way=_PHONE,
             reach="0320-55 59 47"),
    ),
    (
        "", 4 * DAY, of_a_colleague,
        Told(text="Mijn moeder vergeet steeds meer. Ik red het niet alleen.", name="Ilse Smit", way=_PHONE,
             reach="0320-55 59 48"),
    ),
    (
        "WK990106", 4 * DAY, melding,
        Told(text="Douchen lukt mij niet meer alleen, en de trap ook niet.", name="Mevrouw Vos", way=_PHONE,
             reach="0320-55 59 51"),
    ),
    (
        "WK990105", 7 * DAY, helped,
        Told(text="Ik zoek iemand om mee te schaken.", name="Piet Mulder", way=_PHONE, reach="0320-55 59 49"),
    ),
)  # fmt: skip


def load_morning(users: dict[str, User], at: datetime) -> None:
    """Leave the questions with what was done since; nothing when there are questions already."""
    _fix_grounds(at)
    if HelpRequest.objects.filter(municipality=MARKERWAARD).exists():
        return
    cast = Cast.of(users)
    _worry(at - DAY)
    for number, (code, ago, story, told) in enumerate(MORNING):
        story(_leave(number, code, told, at - ago), cast, at - ago)


def _fix_grounds(at: datetime) -> None:
    if not LegalGround.objects.filter(municipality=MARKERWAARD).exists():
        for facts in proposal():
            fix_ground(municipality=MARKERWAARD, facts=facts, by=BY, at=at)


def _worry(at: datetime) -> None:
    """A neighbour worries about a place: an early sign that nobody read yet."""
    tell_sign(
        municipality=MARKERWAARD,
        area=Area.objects.get(municipality=MARKERWAARD, code="WK990105"),
        about="place",
        person_knows=False,
        worry=Worry(text="In het portiek aan het plein staat al weken oud brood. De post ligt op de grond."),
        token=uuid5(NAMESPACE_URL, f"{MARKERWAARD} worry"),
        by=Actor("resident"),
        at=at,
    )


def _leave(number: int, code: str, told: Told, at: datetime) -> HelpRequest:
    row, _code = ask_for_help(
        municipality=MARKERWAARD,
        area=Area.objects.filter(municipality=MARKERWAARD, code=code).first(),
        about=HelpRequest.About.KNOWS if told.referrer else HelpRequest.About.SELF,
        channel=HelpRequest.Channel.REFERRER if told.referrer else HelpRequest.Channel.WEB,
        told=told,
        days=60,
        token=uuid5(NAMESPACE_URL, f"{MARKERWAARD} morning {number}"),
        by=Actor("resident"),
        at=at,
    )
    return row


def _asked(
    row: HelpRequest,
    cast: Cast,
    kind: str,
    organization: Organization | None,
    text: str,
    at: datetime,
    *,
    said_yes: bool = True,
) -> Handover:
    wanted = Proposal(
        kind=kind, shared=Shared(text=text), ground=cast.ground, until=row.ends_on, organization=organization
    )
    return propose(request=row, proposal=wanted, spoken=said_yes, by=by(cast.verbinder), at=at)
