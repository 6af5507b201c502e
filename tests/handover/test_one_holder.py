"""Whatever happens in whatever order: one holder, no lost question, every hand counted."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenspel.audit.action import Actor
from samenspel.audit.models import AuditEvent
from samenspel.handover.grounds import fix_ground, proposal
from samenspel.handover.handing import (
    AlreadyAnswered,
    Proposal,
    accept,
    end_handover,
    give_back,
    lapse_due,
    propose,
    read_shared,
    refuse,
)
from samenspel.handover.holding import close, note_contact, say, succeed, take_up, wake_deputies
from samenspel.handover.keys import Unreadable
from samenspel.handover.models import Hand, Handover, HelpRequest, LegalGround
from samenspel.handover.shared import Shared
from samenspel.handover.states import OPEN, WITHOUT_TEXT, StepRefused
from samenspel.handover.steps import NotAllowed, NotThere
from samenspel.handover.watch import WatchFacts, set_watch
from samenspel.mail.models import OutgoingMessage
from samenspel.people.checks import FactRefused
from samenspel.people.models import AccessRole, Organization, User
from tests.handover.rows import AT, BY, RESIDENT, Town, a_person, a_request, a_team, a_town
from tests.people.rows import GM, an_organization

pytestmark = pytest.mark.django_db


@dataclass
class World:
    """A town, its people, one question with its code, and the clock."""

    town: Town
    people: list[User]
    organization: Organization
    ground: LegalGround
    request: HelpRequest
    code: str
    at: datetime = AT

    def tick(self) -> datetime:
        self.at += timedelta(minutes=7)
        return self.at


def a_world() -> World:
    town = a_town()
    lianne, omar = (team.members.get() for team in (town.team_west, town.team_east))
    mieke = a_person("mieke")
    a_team("West", town.west, members=(lianne, mieke))
    organization = an_organization(name="Wandelclub")
    coordinator = User.objects.create(
        email="club@example.nl",
        name="Club",
        municipality=GM,
        access_role=AccessRole.VOLUNTEER_COORDINATOR,
        organization=organization,
    )
    for facts in proposal():
        fix_ground(municipality=GM, facts=facts, by=BY, at=AT)
    request, code = a_request(town.west)
    ground = LegalGround.objects.filter(for_sharing=True).first()
    assert ground is not None
    return World(town, [lianne, mieke, omar, coordinator], organization, ground, request, code)


def as_person(user: User) -> Actor:
    return Actor("person", str(user.pk))


def proposed(world: World, by: Actor, kind: str, to: str) -> Handover:
    receiver = {"team": world.town.team_east} if to == "team" else {"organization": world.organization}
    asked = Proposal(
        kind=kind,
        shared=Shared(text="Zoekt iemand om mee te wandelen."),
        ground=world.ground,
        until=world.request.ends_on,
        **receiver,
    )
    return propose(request=world.request, proposal=asked, spoken=True, by=by, at=world.tick())


def a_handover(world: World, pick: int) -> Handover:
    rows = list(Handover.objects.select_related("request").order_by("proposed_at"))
    return rows[pick % len(rows)]


STEPS: list[Callable[[World, Actor, int], object]] = [
    lambda world, by, pick: take_up(request=world.request, by=by, at=world.tick()),
    lambda world, by, pick: note_contact(
        request=world.request, way="phone", reached=bool(pick % 2), by=by, at=world.tick()
    ),
    lambda world, by, pick: proposed(world, by, "holder", ("team", "organization")[pick % 2]),
    lambda world, by, pick: proposed(world, by, "partner", ("team", "organization")[pick % 2]),
    lambda world, by, pick: accept(handover=a_handover(world, pick), by=by, at=world.tick()),
    lambda world, by, pick: refuse(handover=a_handover(world, pick), refusal="full", by=by, at=world.tick()),
    lambda world, by, pick: give_back(handover=a_handover(world, pick), by=by, at=world.tick()),
    lambda world, by, pick: end_handover(handover=a_handover(world, pick), word="", by=by, at=world.tick()),
    lambda world, by, pick: say(
        municipality=GM,
        code=world.code,
        verb=("say_helped", "say_not_helped", "say_own_circle")[pick % 3],
        by=RESIDENT,
        at=world.tick(),
    ),
    lambda world, by, pick: close(
        request=world.request,
        verb=("say_helped", "say_not_helped", "close_unreachable", "close_moved")[pick % 4],
        by=by,
        at=world.tick(),
    ),
    lambda world, by, pick: succeed(
        team=world.town.team_west, since=world.people[0], to=world.people[1], by=by, at=world.tick()
    ),
]
REFUSALS = (NotAllowed, NotThere, StepRefused, AlreadyAnswered, FactRefused, ZeroDivisionError)
"""ZeroDivisionError: there is no handover yet to do something with."""


def holds_one(world: World) -> None:
    """What must be true after every step."""
    request = HelpRequest.objects.get(pk=world.request.pk)
    hands = list(Hand.objects.filter(request=request).order_by("number"))
    assert [hand.number for hand in hands] == list(range(1, request.hands + 1))
    assert [hand for hand in hands[:-1] if hand.ended_at is None] == []
    assert (hands[-1].ended_at is None) == (request.state in OPEN)
    last = hands[-1]
    assert (last.team_id, last.person_id, last.organization_id) == (
        request.team_id,
        request.person_id,
        request.organization_id,
    )
    if request.organization_id is not None and request.state in OPEN:
        agreed = Handover.objects.filter(request=request, kind="holder", state="accepted")
        assert [one.organization_id for one in agreed] == [request.organization_id]
    assert bool(request.sealed) == (request.state not in WITHOUT_TEXT)
    assert all(before.ended_at == after.began_at for before, after in zip(hands, hands[1:], strict=False))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, len(STEPS) - 1), st.integers(0, 3), st.integers(0, 11)), min_size=1, max_size=14)
)
def test_whatever_the_order_of_events_one_holds_and_hands_are_counted(steps: list[tuple[int, int, int]]):
    with transaction.atomic():
        world = a_world()
        for step, who, pick in steps:
            with suppress(*REFUSALS):
                STEPS[step](world, as_person(world.people[who]), pick)
            holds_one(world)
        transaction.set_rollback(True)


def test_two_say_yes_at_once_one_wins_and_the_other_is_told():
    world = a_world()
    lianne, _, omar, coordinator = (as_person(person) for person in world.people)
    handover = proposed(world, lianne, "holder", "organization")
    stale = Handover.objects.select_related("request").get(pk=handover.pk)
    accept(handover=handover, by=coordinator, at=world.tick())
    with pytest.raises(AlreadyAnswered) as told:
        accept(handover=stale, by=coordinator, at=world.tick())
    assert told.value.handover.state == Handover.State.ACCEPTED
    with pytest.raises(NotAllowed):
        accept(handover=stale, by=omar, at=world.tick())
    world.request.refresh_from_db()
    assert (world.request.hands, world.request.organization) == (2, world.organization)


def test_a_stokje_that_comes_back_goes_to_who_gave_it():
    world = a_world()
    lianne, _, _, coordinator = (as_person(person) for person in world.people)
    take_up(request=world.request, by=lianne, at=world.tick())
    handover = proposed(world, lianne, "holder", "organization")
    accept(handover=handover, by=coordinator, at=world.tick())
    give_back(handover=handover, by=coordinator, at=world.tick())
    world.request.refresh_from_db()
    assert (world.request.person, world.request.organization, world.request.hands) == (world.people[0], None, 3)
    assert world.request.hand_list.get(number=3).cause == Hand.Cause.GIVEN_BACK


def test_a_no_leaves_the_question_where_it_was_and_tells_its_holder():
    world = a_world()
    lianne, _, _, coordinator = (as_person(person) for person in world.people)
    take_up(request=world.request, by=lianne, at=world.tick())
    handover = proposed(world, lianne, "holder", "organization")
    refuse(handover=handover, refusal="full", by=coordinator, at=world.tick())
    world.request.refresh_from_db()
    assert (world.request.person, world.request.hands) == (world.people[0], 1)
    assert OutgoingMessage.objects.get(kind="returned").to == "lianne@example.nl"


def test_silence_gives_the_stokje_back_with_a_mail():
    world = a_world()
    lianne = as_person(world.people[0])
    take_up(request=world.request, by=lianne, at=world.tick())
    handover = proposed(world, lianne, "holder", "team")
    assert lapse_due(by=BY, at=AT + timedelta(days=5)) == 0  # Friday; the third working day is Wednesday
    assert lapse_due(by=BY, at=AT + timedelta(days=6)) == 1
    assert lapse_due(by=BY, at=AT + timedelta(days=6)) == 0
    handover.refresh_from_db()
    assert handover.state == Handover.State.LAPSED
    assert OutgoingMessage.objects.filter(kind="returned", to="lianne@example.nl").count() == 1


def test_a_question_that_stays_silent_goes_to_the_deputy_once():
    world = a_world()
    mieke = world.people[1]
    set_watch(team=world.town.team_west, facts=WatchFacts(deputy=mieke), by=BY, at=AT)
    assert wake_deputies(by=BY, at=AT + timedelta(days=4)) == 0  # two working days: Monday and Tuesday
    assert wake_deputies(by=BY, at=AT + timedelta(days=5)) == 1
    assert wake_deputies(by=BY, at=AT + timedelta(days=9)) == 0
    world.request.refresh_from_db()
    assert (world.request.person, world.request.hands) == (mieke, 2)
    assert OutgoingMessage.objects.get(kind="silent").to == "mieke@example.nl"


def test_nobody_is_unreachable_before_three_tries_on_three_days():
    world = a_world()
    lianne = as_person(world.people[0])
    for day in (0, 0, 1):
        note_contact(request=world.request, way="phone", reached=False, by=lianne, at=AT + timedelta(days=day))
    with pytest.raises(NotAllowed, match="op 2"):
        close(request=world.request, verb="close_unreachable", by=lianne, at=AT + timedelta(days=1))
    note_contact(request=world.request, way="visit", reached=False, by=lianne, at=AT + timedelta(days=2))
    close(request=world.request, verb="close_unreachable", by=lianne, at=AT + timedelta(days=2))
    world.request.refresh_from_db()
    assert (world.request.state, world.request.ends_on) == ("unreachable", AT.date() + timedelta(days=16))
    say(municipality=GM, code=world.code, verb="say_not_helped", by=RESIDENT, at=AT + timedelta(days=3))
    world.request.refresh_from_db()
    assert (world.request.state, world.request.reopened) == ("waiting", 1)


def test_a_text_that_says_who_it_is_about_is_not_shared():
    world = a_world()
    lianne = as_person(world.people[0])
    for text in ("An zoekt iemand.", "Bel 0320 555300.", "", "x" * 401):
        asked = Proposal(
            kind="partner",
            shared=Shared(text=text),
            ground=world.ground,
            until=world.request.ends_on,
            organization=world.organization,
        )
        with pytest.raises(FactRefused):
            propose(request=world.request, proposal=asked, spoken=True, by=lianne, at=world.tick())


def test_a_receiver_sees_a_first_name_only_after_the_yes_and_until_the_agreed_day():
    world = a_world()
    lianne, _, _, coordinator = (as_person(person) for person in world.people)
    asked = Proposal(
        kind="partner",
        shared=Shared(text="Zoekt iemand om mee te wandelen."),
        ground=world.ground,
        until=AT.date() + timedelta(days=10),
        organization=world.organization,
        sees="contact",
    )
    handover = propose(request=world.request, proposal=asked, spoken=True, by=lianne, at=AT)
    assert read_shared(handover=handover, by=coordinator, at=AT).name == ""
    accept(handover=handover, by=coordinator, at=AT)
    seen = read_shared(handover=handover, by=coordinator, at=AT + timedelta(days=10))
    assert (seen.name, seen.reach) == ("An", "0320-555300")
    with pytest.raises(Unreadable):
        read_shared(handover=handover, by=coordinator, at=AT + timedelta(days=11))
    assert AuditEvent.objects.filter(action="read_shared", object_id=str(handover.pk)).count() == 2
