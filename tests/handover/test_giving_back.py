"""A stokje goes back to who gave it and to nobody else, and an agreed day ends what was agreed."""

from datetime import timedelta

import pytest

from samenspel.handover.handing import AlreadyAnswered, accept, end_handover, give_back, lapse_due, note_warm
from samenspel.handover.holding import close, note_contact, release_absent
from samenspel.handover.models import Handover, HelpRequest, LegalGround
from samenspel.handover.states import Word
from samenspel.handover.steps import NotAllowed
from samenspel.people.checks import FactRefused
from tests.handover.rows import AT, BY, RESIDENT, a_team
from tests.handover.test_one_holder import World, a_world, as_person, proposed

pytestmark = pytest.mark.django_db


def now_of(world: World) -> HelpRequest:
    return HelpRequest.objects.get(pk=world.request.pk)


def test_after_two_teams_and_a_club_it_goes_back_team_by_team_and_never_to_the_club_again():
    world = a_world()
    lianne, _, omar, coordinator = (as_person(person) for person in world.people)
    to_east = proposed(world, lianne, "holder", "team")
    accept(handover=to_east, by=omar, at=world.tick())
    to_club = proposed(world, omar, "holder", "organization")
    accept(handover=to_club, by=coordinator, at=world.tick())
    give_back(handover=to_club, by=coordinator, at=world.tick())
    assert (now_of(world).team, now_of(world).organization) == (world.town.team_east, None)
    to_east.refresh_from_db()
    assert to_east.state == Handover.State.ENDED  # the stokje went on when the club said yes


def test_the_resident_who_stops_a_team_takes_the_question_from_it():
    world = a_world()
    lianne, _, omar, _ = (as_person(person) for person in world.people)
    handover = proposed(world, lianne, "holder", "team")
    accept(handover=handover, by=omar, at=world.tick())
    end_handover(handover=handover, word=Word.CARD, by=RESIDENT, at=world.tick())
    assert now_of(world).team == world.town.team_west
    assert not HelpRequest.objects.visible_to(world.people[2]).exists()


def test_the_team_keeps_seeing_what_an_organization_holds_and_can_ask_it_back():
    world = a_world()
    lianne, _, _, coordinator = (as_person(person) for person in world.people)
    handover = proposed(world, lianne, "holder", "organization")
    accept(handover=handover, by=coordinator, at=world.tick())
    assert HelpRequest.objects.visible_to(world.people[0]).get() == world.request
    end_handover(handover=handover, word="", by=lianne, at=world.tick())
    assert now_of(world).organization is None
    assert not HelpRequest.objects.visible_to(world.people[3]).exists()


def test_the_agreed_day_ends_what_an_organization_holds():
    world = a_world()
    lianne, _, _, coordinator = (as_person(person) for person in world.people)
    handover = proposed(world, lianne, "holder", "organization")
    accept(handover=handover, by=coordinator, at=world.tick())
    assert lapse_due(by=BY, at=AT + timedelta(days=60)) == 0
    assert lapse_due(by=BY, at=AT + timedelta(days=61)) == 1
    assert now_of(world).organization is None


def test_a_yes_after_the_last_day_is_no_yes():
    world = a_world()
    lianne, _, _, coordinator = (as_person(person) for person in world.people)
    handover = proposed(world, lianne, "holder", "organization")
    with pytest.raises(AlreadyAnswered):
        accept(handover=handover, by=coordinator, at=AT + timedelta(days=30))
    assert now_of(world).organization is None


def test_a_question_of_somebody_who_left_the_team_is_the_teams_again():
    world = a_world()
    lianne = as_person(world.people[0])
    note_contact(request=world.request, way="phone", reached=True, by=lianne, at=world.tick())
    assert release_absent(by=BY, at=world.tick()) == 0
    a_team("West", world.town.west, members=(world.people[1],))
    assert release_absent(by=BY, at=world.tick()) == 1
    assert (now_of(world).person, now_of(world).hands) == (None, 1)
    assert now_of(world).hand_list.get().person is None


def test_conversations_are_no_tries_that_failed():
    world = a_world()
    lianne = as_person(world.people[0])
    for day in range(3):
        note_contact(request=world.request, way="phone", reached=True, by=lianne, at=AT + timedelta(days=day))
    with pytest.raises(NotAllowed):
        close(request=world.request, verb="close_unreachable", by=lianne, at=AT + timedelta(days=3))


def test_a_ground_that_ended_or_is_not_for_sharing_shares_nothing():
    world = a_world()
    lianne = as_person(world.people[0])
    for ground in (
        LegalGround(municipality=world.ground.municipality, key="x", for_keeping=True, fixed_at=AT),
        LegalGround(municipality=world.ground.municipality, key="y", for_sharing=True, fixed_at=AT, ended_at=AT),
    ):
        world.ground = ground
        with pytest.raises(FactRefused):
            proposed(world, lianne, "partner", "team")


def test_warm_is_between_the_asking_and_today():
    world = a_world()
    lianne, _, _, coordinator = (as_person(person) for person in world.people)
    handover = proposed(world, lianne, "partner", "organization")
    accept(handover=handover, by=coordinator, at=world.tick())
    for day in (-1, 1):
        with pytest.raises(FactRefused):
            note_warm(handover=handover, how="call", on=AT.date() + timedelta(days=day), by=lianne, at=world.tick())
    note_warm(handover=handover, how="call", on=AT.date(), by=lianne, at=world.tick())
    assert Handover.objects.get().is_warm
