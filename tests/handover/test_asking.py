"""Who is asked without an account gets a link, also after a yes with the card; who works elsewhere gives nothing on."""

from datetime import timedelta

import pytest

from samenspel.audit.action import Actor
from samenspel.handover.asking import answers_by_link, note_spoken_answer, send_link
from samenspel.handover.handing import Proposal, approve, propose
from samenspel.handover.holding import succeed
from samenspel.handover.shared import Shared
from samenspel.handover.states import Word
from samenspel.handover.steps import NotAllowed
from samenspel.mail.models import OutgoingMessage
from samenspel.people.models import User
from tests.handover.rows import AT, RESIDENT
from tests.handover.test_one_holder import a_world, as_person, proposed

pytestmark = pytest.mark.django_db


def test_a_yes_with_the_card_sends_the_link():
    world = a_world()
    shared = Shared(text="Zoekt een maatje.", receiver="Gerrit", email="gerrit@example.nl")
    asked = Proposal(kind="partner", shared=shared, ground=world.ground, until=world.request.ends_on)
    handover = propose(
        request=world.request, proposal=asked, spoken=False, by=as_person(world.people[0]), at=world.tick()
    )
    approve(handover=handover, word=Word.CARD, by=RESIDENT, at=world.tick())
    assert answers_by_link(handover)

    send_link(handover=handover, by=RESIDENT, at=world.tick())
    assert OutgoingMessage.objects.get().to == "gerrit@example.nl"


def test_a_link_is_no_way_round_the_holder():
    world = a_world()
    handover = proposed(world, as_person(world.people[0]), "partner", "organization")
    with pytest.raises(NotAllowed):
        send_link(handover=handover, by=as_person(world.people[2]), at=world.tick())


@pytest.mark.parametrize("to", ["team", "organization"])
def test_who_has_an_account_needs_no_link(to: str):
    world = a_world()
    assert not answers_by_link(proposed(world, as_person(world.people[0]), "partner", to))


@pytest.mark.parametrize("by", [Actor("person", "00000000-0000-0000-0000-000000000001"), None])
def test_only_who_works_in_the_team_gives_its_questions_on(by: Actor | None):
    world = a_world()
    who = by or as_person(world.people[2])
    lianne, mieke = world.people[:2]
    with pytest.raises(NotAllowed):
        succeed(team=world.town.team_west, since=lianne, to=mieke, by=who, at=AT + timedelta(hours=1))


def test_a_no_on_the_phone_leaves_the_question_where_it_was():
    world = a_world()
    lianne = as_person(world.people[0])
    User.objects.filter(pk=world.people[3].pk).update(is_active=False)  # nobody of the club has an account now
    handover = proposed(world, lianne, "holder", "organization")
    with pytest.raises(NotAllowed):
        note_spoken_answer(handover=handover, refusal="full", by=as_person(world.people[2]), at=world.tick())
    note_spoken_answer(handover=handover, refusal="full", by=lianne, at=world.tick())
    handover.refresh_from_db()
    assert (handover.state, handover.refusal, handover.request.hands) == ("refused", "full", 1)


def test_who_has_an_account_answers_for_themselves():
    world = a_world()
    lianne = as_person(world.people[0])
    handover = proposed(world, lianne, "holder", "organization")
    with pytest.raises(NotAllowed, match="antwoordt zelf"):
        note_spoken_answer(handover=handover, refusal="", by=lianne, at=world.tick())
