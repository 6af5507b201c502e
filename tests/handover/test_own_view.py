"""What a resident sees around a question: the circle, and who did what, without the name of a worker."""

from datetime import timedelta

import pytest

from samenspel.handover.access_log import Happened, log_of
from samenspel.handover.actions import read_help
from samenspel.handover.circle import circle_of
from samenspel.handover.handing import accept, end_handover, refuse
from samenspel.handover.holding import note_contact, say
from samenspel.handover.melding import mark
from samenspel.handover.models import HelpRequest
from samenspel.handover.states import Word
from samenspel.handover.terms import next_working_day
from tests.handover.rows import AT, RESIDENT, a_request
from tests.handover.test_one_holder import World, a_world, as_person, proposed
from tests.people.rows import GM, an_organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return a_world()


def fresh(world: World) -> HelpRequest:
    return HelpRequest.objects.get(pk=world.request.pk)


def test_the_log_names_team_and_organization_and_counts_what_was_done_again(world: World):
    lianne, _, _, coordinator = world.people
    for _ in range(2):
        read_help(request=fresh(world), by=as_person(lianne), at=world.tick())
    note_contact(request=fresh(world), way="phone", reached=False, by=as_person(lianne), at=world.tick())
    handover = proposed(world, as_person(lianne), "partner", "organization")
    accept(handover=handover, by=as_person(coordinator), at=world.tick())

    log = log_of(fresh(world))
    names = [(one.action, one.who, one.times) for one in log]

    assert names[0] == ("accept", "Wandelclub", 1)
    assert ("read_help", "West", 2) in names
    assert ("note_try", "West", 1) in names
    assert log[-1] == Happened(AT.date(), "ask_for_help", "resident", "", 1)
    assert "Lianne" not in str(log)
    assert "lianne" not in str(log)


def test_who_changed_jobs_does_not_bring_the_new_employer_into_the_log(world: World):
    lianne = world.people[0]
    read_help(request=fresh(world), by=as_person(lianne), at=world.tick())
    world.town.team_west.members.remove(lianne)
    world.town.team_east.members.add(lianne)
    assert log_of(fresh(world))[0] == Happened(AT.date(), "read_help", "person", "", 1)

    lianne.access_role, lianne.organization = "partner", an_organization(name="Elders")
    lianne.save()
    assert log_of(fresh(world))[0].who == ""


def test_the_log_of_one_question_holds_nothing_of_another(world: World):
    other = a_world_question(world)

    assert [one.action for one in log_of(other)] == ["ask_for_help"]


def a_world_question(world: World) -> HelpRequest:
    request, _ = a_request(world.town.west)
    read_help(request=fresh(world), by=as_person(world.people[0]), at=world.tick())
    return request


def test_the_log_takes_the_same_queries_however_long_it_is(world: World, django_assert_num_queries):
    by = as_person(world.people[0])
    handover = proposed(world, by, "partner", "organization")
    refuse(handover=handover, refusal="full", by=as_person(world.people[3]), at=world.tick())
    for _ in range(5):
        read_help(request=fresh(world), by=by, at=world.tick())
    row = fresh(world)

    with django_assert_num_queries(10):
        log_of(row)


def test_the_circle_shows_the_exact_text_and_who_is_gone_is_out_of_it(world: World):
    by = as_person(world.people[0])
    handover = proposed(world, by, "partner", "organization")

    (partner,) = circle_of(fresh(world))
    assert (partner.who, partner.text) == ("Wandelclub", "Zoekt iemand om mee te wandelen.")
    assert "Wandelclub" not in str(partner)

    end_handover(handover=handover, word=Word.CARD, by=RESIDENT, at=world.tick())
    assert circle_of(fresh(world)) == []


def test_a_question_that_did_not_help_is_planned_for_the_next_working_day(world: World):
    say(municipality=GM, code=world.code, verb="say_helped", by=RESIDENT, at=world.tick())
    later = AT + timedelta(days=10)

    say(municipality=GM, code=world.code, verb="say_not_helped", by=RESIDENT, at=later)

    assert fresh(world).next_on == next_working_day(later.date())


def test_a_question_that_helped_stays_readable_as_long_as_its_melding_runs(world: World):
    melding = mark(request=fresh(world), kind="wmo", word=Word.CARD, by=RESIDENT, at=world.tick())

    say(municipality=GM, code=world.code, verb="say_helped", by=RESIDENT, at=world.tick())

    assert fresh(world).ends_on > melding.term_ends_on
