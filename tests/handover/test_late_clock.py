"""Who waited for a colleague's step looked at the clock before that step: it is done all the same, in order."""

from datetime import timedelta

import pytest

from samenspel.handover.handing import accept, give_back
from samenspel.handover.holding import say
from samenspel.handover.models import Hand, Handover
from tests.handover.rows import RESIDENT
from tests.handover.test_one_holder import World, a_world, as_person, proposed
from tests.people.rows import GM

pytestmark = pytest.mark.django_db
A_MOMENT = timedelta(seconds=1)


def handed_over() -> tuple[World, Handover]:
    """Omar of another team holds the question."""
    world = a_world()
    lianne, _, omar, _ = (as_person(person) for person in world.people)
    handover = proposed(world, lianne, "holder", "team")
    accept(handover=handover, by=omar, at=world.tick())
    return world, handover


def test_a_yes_with_an_earlier_clock_than_the_hand_before_begins_when_that_one_ends():
    world, first = handed_over()
    omar, coordinator = as_person(world.people[2]), as_person(world.people[3])
    second = proposed(world, omar, "holder", "organization")
    give_back(handover=first, by=omar, at=world.tick())
    before = Hand.objects.get(ended_at=None).began_at

    accept(handover=second, by=coordinator, at=before - A_MOMENT)

    hands = Hand.objects.order_by("number").values_list("began_at", "ended_at")
    assert list(hands)[2:] == [(before, before), (before, None)]


def test_a_question_that_helped_with_an_earlier_clock_ends_when_its_last_hand_began():
    world, _ = handed_over()
    before = Hand.objects.get(ended_at=None).began_at

    say(municipality=GM, code=world.code, verb="say_helped", by=RESIDENT, at=before - A_MOMENT)

    assert Hand.objects.get(number=2).ended_at == before
