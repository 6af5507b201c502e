"""Sketches of what if: their steps are read strictly, changed, forgotten, and tell what is decided to give."""

import json
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from samenspel.audit.models import AuditEvent
from samenspel.people.checks import FactRefused
from samenspel.people.models import Organization
from samenspel.policy.blocks.steps import (
    MOST,
    AddHours,
    AddPlace,
    ClosePlace,
    Step,
    StopOffering,
    StopOrganization,
    as_text,
    as_told,
    read_step,
    read_steps,
)
from samenspel.policy.explorations import (
    add_step,
    change_step,
    drop_exploration,
    drop_step,
    euros_known,
    make_exploration,
    names_in,
)
from samenspel.policy.models import Exploration, YearAmount
from samenspel.policy.retention import forget_explorations
from samenspel.socialmap.models import Offering
from tests.people.rows import AT, BY, ELSEWHERE, GM, an_organization
from tests.policy import planted
from tests.policy.block_rows import (
    a_confirmed,
)
from tests.socialmap.rows import a_place

pytestmark = pytest.mark.django_db
KEY = UUID(int=7)
ALL = (
    ClosePlace(KEY),
    StopOffering(KEY),
    StopOrganization(KEY),
    AddHours(KEY, 4.5, True),
    AddPlace("Schuur", 5.2, 52.5, 12, False),
)


def given(offering: Offering, euros: dict[int, int]) -> None:
    """A decision of money for an offering."""
    decision = planted.a_decision(planted.a_case(offering.name, offering=offering))
    for year, amount in euros.items():
        planted._plant(row=YearAmount(decision=decision, year=year, euros=amount), municipality=GM, by=BY, at=AT)


@pytest.mark.parametrize("step", ALL, ids=lambda step: str(as_told(step)["kind"]))
def test_a_step_reads_back_from_what_is_kept_of_it(step: Step):
    assert read_steps(json.loads(json.dumps([as_told(step)]))) == [step]
    assert read_step(as_text(step)) == step


@pytest.mark.parametrize(
    ("told", "field", "said"),
    [
        ({}, "steps", "dit is geen lijst"),
        ([{}] * (MOST + 1), "steps", "dit is geen lijst"),
        (["close"], "steps", "stap 1: dit is geen stap die wij kennen"),
        ([{"kind": "burn_down", "place": str(KEY)}], "steps", "geen stap die wij kennen"),
        ([as_told(ALL[0]), {"kind": "close_place"}], "place", "stap 2: dit is geen plek"),
        ([{"kind": "close_place", "place": "hier"}], "place", "dit is geen plek"),
        ([{"kind": "close_place", "place": str(KEY), "why": "duur"}], "steps", "geen stap die wij kennen"),
        ([as_told(ALL[3]) | {"hours": 0}], "hours", "kies een getal boven 0"),
        ([as_told(ALL[3]) | {"hours": 169}], "hours", "kies een getal boven 0"),
        ([as_told(ALL[3]) | {"hours": "8"}], "hours", "kies een getal boven 0"),
        ([as_told(ALL[3]) | {"hours": float("nan")}], "hours", "kies een getal boven 0"),
        ([as_told(ALL[3]) | {"evening": "ja"}], "evening", "zeg ja of nee"),
        ([as_told(ALL[4]) | {"longitude": 52.0}], "longitude", "ligt niet in Nederland"),
        ([as_told(ALL[4]) | {"latitude": float("inf")}], "latitude", "ligt niet in Nederland"),
        ([as_told(ALL[4]) | {"name": "  "}], "name", "geef de plek een naam"),
        ([as_told(ALL[4]) | {"name": "a\x00"}], "name", "geef de plek een naam"),
    ],
    ids=[
        "no list", "too many", "no object", "odd kind", "no place", "no id", "odd field", "no hours", "over a week",
        "hours as text", "no number", "evening as text", "outside", "endless", "no name", "odd sign",
    ],
)  # fmt: skip
def test_what_is_wrong_with_steps_is_said_by_step_and_field(told: Any, field: str, said: str):
    with pytest.raises(FactRefused) as refused:
        read_steps(told)
    assert (refused.value.field, said in refused.value.reason) == (field, True)


@pytest.mark.parametrize("text", ["", "{", "[]", "nee", '{"kind": "\\ud800"}', "\udcff"], ids=range(6))
def test_text_that_is_no_step_is_refused(text: str):
    with pytest.raises(FactRefused):
        read_step(text)


def a_draft(**given: Any) -> Exploration:
    return make_exploration(**{"municipality": GM, "title": "Het Peilhuis dicht", "by": BY, "at": AT, **given})


def test_a_draft_gets_steps_changes_them_and_loses_them():
    place, draft = a_place(), a_draft()
    few, many = AddHours(place.pk, 4, False), AddHours(place.pk, 20, True)

    add_step(exploration=draft, step=few, by=BY, at=AT)
    add_step(exploration=draft, step=ClosePlace(place.pk), by=BY, at=AT)
    change_step(exploration=draft, step=few, to=many, by=BY, at=AT)
    assert read_steps(Exploration.objects.get().steps) == [many, ClosePlace(place.pk)]

    drop_step(exploration=draft, step=many, by=BY, at=AT)
    assert read_steps(Exploration.objects.get().steps) == [ClosePlace(place.pk)]
    drop_exploration(exploration=draft, by=BY, at=AT)
    assert not Exploration.objects.exists()
    told = AuditEvent.objects.filter(action__contains="explor").order_by("pk").values_list("action", "detail")
    assert list(told) == [
        ("make_exploration", {}),
        ("add_exploration_step", {"number": 1}),
        ("add_exploration_step", {"number": 2}),
        ("change_exploration_step", {"number": 2}),
        ("drop_exploration_step", {"number": 1}),
        ("drop_exploration", {}),
    ]


def test_a_step_twice_one_too_many_one_that_is_gone_and_one_of_elsewhere_are_refused():
    place, draft = a_place(), a_draft()
    step = ClosePlace(place.pk)
    add_step(exploration=draft, step=step, by=BY, at=AT)
    there = a_place(municipality=ELSEWHERE)

    with pytest.raises(FactRefused, match="staat er al"):
        add_step(exploration=draft, step=step, by=BY, at=AT)
    with pytest.raises(FactRefused, match="niet op de kaart"):
        add_step(exploration=draft, step=ClosePlace(there.pk), by=BY, at=AT)
    with pytest.raises(FactRefused, match="niet op de kaart"):
        change_step(exploration=draft, step=step, to=StopOrganization(place.pk), by=BY, at=AT)
    for act in (lambda: drop_step(exploration=draft, step=ALL[0], by=BY, at=AT),
                lambda: change_step(exploration=draft, step=ALL[0], to=step, by=BY, at=AT)):  # fmt: skip
        with pytest.raises(FactRefused, match="staat er niet meer"):
            act()
    for number in range(1, MOST):
        add_step(exploration=draft, step=AddPlace("Schuur", 5.2, 52.5, number, False), by=BY, at=AT)
    with pytest.raises(FactRefused, match="hoogstens 20"):
        add_step(exploration=draft, step=ALL[4], by=BY, at=AT)
    assert len(Exploration.objects.get().steps) == MOST


@pytest.mark.parametrize("title", ["", "   ", "x" * 121, "a\x00"], ids=["empty", "blank", "long", "odd"])
def test_a_draft_needs_a_title(title: str):
    with pytest.raises(FactRefused) as refused:
        a_draft(title=title)
    assert refused.value.field == "title"
    assert not Exploration.objects.exists()


def test_names_are_of_the_own_municipality_also_of_what_closed():
    here = a_place(name="Het Peilhuis", closed_on=date(2026, 1, 1))
    there = a_place(municipality=ELSEWHERE)
    club: Organization = an_organization()
    steps = (ClosePlace(here.pk), ClosePlace(there.pk), StopOrganization(club.pk), ALL[4])

    assert names_in(GM, steps) == {here.pk: "Het Peilhuis", club.pk: club.name}


def test_what_is_decided_to_give_this_year_is_known_by_offering_and_by_organization():
    club = an_organization(name="Koor")
    soup, song = (a_confirmed(organization=club, name=name) for name in ("Soep", "Zingen"))
    given(soup, {2026: 12_000, 2027: 3_000})
    given(song, {2026: 500})
    given(a_confirmed(name="Later"), {2027: 9_000})

    assert euros_known(GM, at=AT) == {soup.pk: 12_000, song.pk: 500, club.pk: 12_500}
    assert euros_known(ELSEWHERE, at=AT) == {}


def test_a_draft_of_more_than_a_year_is_thrown_away():
    a_draft(at=AT - timedelta(days=366))
    kept = a_draft(at=AT - timedelta(days=364))

    assert forget_explorations(by=BY, at=AT) == 1
    assert Exploration.objects.get() == kept
    assert forget_explorations(by=BY, at=AT) == 0
