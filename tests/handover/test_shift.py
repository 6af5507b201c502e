"""What a question leaves in the shift ledger: on which layer it was solved or came back, and no way back to it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.db import transaction

from samenspel.audit.models import AuditEvent
from samenspel.handover.actions import withdraw_help
from samenspel.handover.handing import accept, end_handover, give_back, lapse_due, refuse
from samenspel.handover.holding import close, note_contact, say
from samenspel.handover.models import Handover
from samenspel.handover.states import Word
from samenspel.outcomes.models import HandoverLink, ShiftCount
from samenspel.places.models import Area, AreaFigures
from samenspel.policy.models import BlockEvidence
from tests.handover.rows import BY, RESIDENT, a_person
from tests.handover.test_melding import a_mandated_team, by_card, take_over
from tests.handover.test_one_holder import World, a_world, as_person, proposed
from tests.people.rows import GM, an_area, an_organization

pytestmark = pytest.mark.django_db
Commits = Callable[..., AbstractContextManager[object]]


@pytest.fixture
def world(django_capture_on_commit_callbacks: Commits) -> World:
    with django_capture_on_commit_callbacks(execute=True):
        made = a_world()
    wijk = an_area("WK990101", "district")
    AreaFigures.objects.create(municipality=GM, area=wijk, year=2025, source="test", values={"residents": 2000})
    Area.objects.filter(code="BU99010101").update(parent=wijk)
    made.request.refresh_from_db()
    return made


@pytest.fixture
def step(django_capture_on_commit_callbacks: Commits) -> Callable[[Callable[[], object]], None]:
    """Do something, and what comes after its transaction."""

    def run(act: Callable[[], object]) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            act()

    return run


Step = Callable[[Callable[[], object]], None]


def counted() -> list[tuple[str, int, str, int]]:
    return sorted(ShiftCount.objects.values_list("moment", "layer", "form", "times"))


def a_talk(world: World) -> None:
    note_contact(request=world.request, way="phone", reached=True, by=as_person(world.people[0]), at=world.tick())


def helped(world: World) -> None:
    say(municipality=GM, code=world.code, verb="say_helped", by=RESIDENT, at=world.tick())


def not_helped(world: World) -> None:
    say(municipality=GM, code=world.code, verb="say_not_helped", by=RESIDENT, at=world.tick())


def taken(world: World, kind: str, to: str = "organization") -> Handover:
    """The club, or the other team, says yes."""
    handover = proposed(world, as_person(world.people[0]), kind, to)
    who = world.people[3] if to == "organization" else world.people[2]
    accept(handover=handover, by=as_person(who), at=world.tick())
    world.request.refresh_from_db()
    return handover


def test_what_the_team_solves_is_of_professionals_and_for_one_household(world: World, step: Step):
    step(lambda: a_talk(world))
    assert counted() == []
    step(lambda: helped(world))

    assert counted() == [("solved", 3, "individual", 1)]
    row = ShiftCount.objects.get()
    assert (row.municipality, row.area, row.quarter, row.theme) == (GM, "WK990101", "2026Q4", "")


@pytest.mark.parametrize("kind", ["holder", "partner"])
def test_what_a_club_helped_with_is_of_volunteers(world: World, step: Step, kind: str):
    step(lambda: taken(world, kind))
    step(lambda: helped(world))

    assert counted() == [("solved", 2, "unknown", 1)]


def test_of_several_who_helped_the_heaviest_counts(world: World, step: Step):
    step(lambda: taken(world, "partner"))
    step(lambda: taken(world, "partner", "team"))
    step(lambda: helped(world))

    assert counted() == [("solved", 3, "individual", 1)]


def test_who_said_no_did_not_help(world: World, step: Step):
    handover = proposed(world, as_person(world.people[0]), "partner", "organization")
    step(lambda: refuse(handover=handover, refusal="full", by=as_person(world.people[3]), at=world.tick()))
    step(lambda: helped(world))

    assert counted() == [("solved", 3, "individual", 1)]


def test_ones_own_people_are_the_zero_layer(world: World, step: Step):
    step(lambda: say(municipality=GM, code=world.code, verb="say_own_circle", by=RESIDENT, at=world.tick()))

    assert counted() == [("solved", 0, "individual", 1)]


def test_a_melding_that_was_transferred_is_specialist_care(world: World, step: Step):
    team, person = a_mandated_team(world, "wmo-2-3-2")
    step(lambda: take_over(by_card(world), team, person, receipt="Z-1"))

    assert counted() == [("solved", 4, "individual", 1)]


def test_what_did_not_help_after_all_came_back_and_counts_again_when_it_did(world: World, step: Step):
    step(lambda: helped(world))
    step(lambda: not_helped(world))
    step(lambda: not_helped(world))  # it is open already
    step(lambda: helped(world))

    assert counted() == [("returned", 3, "unknown", 1), ("solved", 3, "individual", 2)]


def test_a_solved_question_that_becomes_a_melding_came_back(world: World, step: Step):
    step(lambda: helped(world))
    step(lambda: by_card(world))

    assert counted() == [("returned", 3, "unknown", 1), ("solved", 3, "individual", 1)]


@pytest.mark.parametrize("way", ["gives back", "resident ends", "day passes"])
def test_a_stokje_that_comes_back_counts_and_a_partner_who_stops_does_not(world: World, step: Step, way: str):
    kinds = {}
    for kind in ("partner", "holder"):
        step(lambda kind=kind: kinds.update({kind: taken(world, kind)}))  # type: ignore[misc]
    for handover in kinds.values():
        handover.refresh_from_db()
        if way == "gives back":
            step(lambda one=handover: give_back(handover=one, by=as_person(world.people[3]), at=world.tick()))  # type: ignore[misc]
        elif way == "resident ends":
            step(lambda one=handover: end_handover(handover=one, word=Word.CARD, by=RESIDENT, at=world.tick()))  # type: ignore[misc]
    if way == "day passes":
        step(lambda: lapse_due(by=BY, at=world.at + timedelta(days=90)))

    assert [row[:2] + row[3:] for row in counted()] == [("returned", 3, 1)]


@pytest.mark.parametrize("verb", ["withdraw", "close_moved", "close_deceased"])
def test_who_took_it_back_moved_or_died_is_never_counted(world: World, step: Step, verb: str):
    if verb == "withdraw":
        step(lambda: withdraw_help(municipality=GM, code=world.code, by=RESIDENT, at=world.tick()))
    else:
        step(lambda: close(request=world.request, verb=verb, by=as_person(world.people[0]), at=world.tick()))

    assert counted() == []


def test_a_step_that_is_undone_counts_nothing(world: World, step: Step):
    def undone() -> None:
        with transaction.atomic():
            helped(world)
            transaction.set_rollback(True)

    step(undone)

    assert counted() == []


def test_a_count_that_fails_leaves_the_step_as_it_is(world: World, step: Step, monkeypatch: pytest.MonkeyPatch):
    def fall(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("samenspel.handover.shift.count_shift", fall)
    step(lambda: helped(world))

    world.request.refresh_from_db()
    assert world.request.state == "helped"


def test_a_yes_keeps_who_gave_to_whom_and_the_direction_of_the_wijk_once(world: World):
    handover = taken(world, "holder")
    give_back(handover=handover, by=as_person(world.people[3]), at=world.tick())
    world.request.refresh_from_db()
    taken(world, "partner")

    assert list(HandoverLink.objects.values_list("quarter", "giver", "receiver")) == [
        ("2026Q4", None, world.organization.pk)
    ]
    evidence = BlockEvidence.objects.get()
    assert (evidence.area, evidence.block, evidence.kind, str(evidence.on)) == (
        "WK990101", 4, "to_informal", "2026-10-01",
    )  # fmt: skip
    assert not AuditEvent.objects.filter(object_kind__in=("policy.blockevidence", "outcomes.handoverlink")).exists()


def test_a_club_that_gives_to_professionals_is_the_other_direction(world: World):
    taken(world, "holder")
    welfare = an_organization(name="Welzijn", kind="public_body")
    coordinator = world.people[3]
    world.organization = welfare
    handover = proposed(world, as_person(coordinator), "partner", "organization")
    worker = a_person("wil", "volunteer_coordinator")
    type(worker).objects.filter(pk=worker.pk).update(organization=welfare)
    worker.refresh_from_db()
    accept(handover=handover, by=as_person(worker), at=world.tick())

    assert sorted(BlockEvidence.objects.values_list("kind", flat=True)) == ["to_formal", "to_informal"]
    assert HandoverLink.objects.filter(giver__name="Wandelclub", receiver=welfare).exists()


def test_a_team_that_gives_to_a_team_is_no_link(world: World):
    taken(world, "holder", "team")

    assert not HandoverLink.objects.exists()
    assert not BlockEvidence.objects.exists()


def test_of_a_wijk_with_few_residents_no_direction_is_kept(world: World):
    AreaFigures.objects.update(values={"residents": 999})
    taken(world, "holder")

    assert HandoverLink.objects.count() == 1
    assert not BlockEvidence.objects.exists()


def test_a_question_knows_nothing_of_its_counts(world: World):
    named = {field.name for field in world.request._meta.get_fields()}

    assert not {name for name in named if "shift" in name or "count" in name}
