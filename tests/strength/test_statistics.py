"""All public figures together: no small number follows from them, nor from two publications after each other."""

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samenspel.engine.privacy import LEAST, STEP, Guarded
from samenspel.handover.models import EndedQuestion
from samenspel.outcomes import unmet
from samenspel.outcomes.models import OwnCircle, ShiftCount, UnmetNeed
from samenspel.policy.blocks import refresh
from samenspel.strength import statistics as published
from samenspel.strength.statistics import COLUMNS, MEASURES, as_csv, document
from tests.people.rows import AT, BY, ELSEWHERE, GM, an_area
from tests.policy.block_rows import EAST, IN_WEST, WEST, a_meeting_place, a_town, the_norms
from tests.strength.attack import intervals, smallest_of_largest

pytestmark = pytest.mark.django_db
AREAS = (WEST, EAST, GM)
PEOPLE = ("unmet", "shift_asked", "shift_offered", "shift_solved", "shift_returned")


def counted(seed: int) -> None:
    """Half a year of counts by chance, most of them small: needs that were missed, and a ledger of the shift."""
    chance = random.Random(seed)
    weeks = (date(2026, 4, 6), date(2026, 7, 6), date(2026, 8, 3))
    for week, area, need in product(weeks, AREAS, ("walking_buddy", "eat_together")):
        if times := chance.choice((0, 2, 7, 11, 26)):
            UnmetNeed.objects.create(municipality=GM, week=week, area=area, need=need, why="nothing_near", times=times)
    asked = product(("", "care", "meet"), (("asked", 3), ("asked", 4), ("offered", 1), ("offered", 2)))
    solved = product(("",), (("solved", layer) for layer in range(4)))
    ledger = [*asked, *solved]
    for quarter, area, (theme, (moment, layer)) in product(("2026Q2", "2026Q3"), AREAS, ledger):
        shifted(quarter, area, theme, moment, layer, chance.choice((0, 1, 6, 13, 30)))


def shifted(quarter: str, area: str, theme: str, moment: str, layer: int, times: int) -> None:
    if times:
        ShiftCount.objects.create(
            municipality=GM, quarter=quarter, area=area, theme=theme, moment=moment, layer=layer, times=times
        )


def items(at: datetime = AT) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = document(GM, at=at)["items"]
    return found


def of_people(at: datetime = AT) -> dict[str, Any]:
    return {one["id"]: one["value"] for one in items(at) if one["measure"] in PEOPLE}


@pytest.mark.parametrize("seed", range(6))
def test_from_everything_together_no_hidden_count_can_be_pinned_or_shown_small(seed: int):
    a_town()
    counted(seed)
    found = items()
    told = [one["value"] for one in found if one["measure"] in PEOPLE and one["value"] is not None]

    assert all(value == 0 or (value >= LEAST and value % STEP == 0) for value in told)
    assert intervals(found)
    assert smallest_of_largest(found) >= LEAST
    assert all(one.most > one.least for one in intervals(found))


def test_without_suppression_the_same_attack_finds_a_small_count(monkeypatch: pytest.MonkeyPatch):
    def unguarded(parts: Sequence[int]) -> Guarded:
        return Guarded(tuple(None if 0 < part < LEAST else part // STEP * STEP for part in parts), sum(parts))

    monkeypatch.setattr(unmet, "guarded", unguarded)
    monkeypatch.setattr(published, "gated", lambda rows: rows)
    a_town()
    for area, times in ((WEST, 3), (EAST, 40)):
        UnmetNeed.objects.create(
            municipality=GM, week=date(2026, 7, 6), area=area, need="eat_together", why="all_full", times=times
        )

    assert smallest_of_largest(items()) < LEAST


def test_two_publications_of_a_growing_store_tell_the_same_of_what_is_over():
    a_town()
    counted(1)
    before = of_people()
    UnmetNeed.objects.create(
        municipality=GM, week=date(2026, 11, 16), area=WEST, need="eat_together", why="nothing_near", times=1
    )
    shifted("2026Q4", WEST, "care", "asked", 3, 1)

    assert of_people(AT + timedelta(days=1)) == before
    later = of_people(AT + timedelta(days=120))
    assert {key: value for key, value in later.items() if key in before} == before
    assert len(later) > len(before)


def test_what_was_missed_in_a_wijk_bears_its_code_also_where_a_kern_or_buurt_has_its_name():
    a_town()
    for code, kind in (("BU99010109", "neighborhood"), ("KERN-1", "village")):
        an_area(code, kind, name="West")
    for area in (WEST, EAST):
        UnmetNeed.objects.create(
            municipality=GM, week=date(2026, 7, 6), area=area, need="eat_together", why="all_full", times=40
        )

    assert {one["area"] for one in items() if one["measure"] == "unmet"} == {WEST, EAST, GM}


def test_each_count_stands_in_one_total_and_no_year_is_told():
    a_town()
    counted(2)
    found = [one for one in items() if one["measure"] in PEOPLE]

    assert {one["period"] for one in found} == {"2026Q2", "2026Q3"}
    assert len({one["id"] for one in found}) == len(found)
    assert {one["adds_to"] for one in found} - {one["id"] for one in found} == {""}


def test_what_worked_out_in_the_own_circle_is_told_once_as_a_layer():
    a_town()
    OwnCircle.objects.create(municipality=GM, week=date(2026, 7, 6), area=WEST, times=40)
    shifted("2026Q3", WEST, "", "solved", 0, 40)

    assert {one["measure"] for one in items() if one["value"]} == {"shift_solved"}


def test_every_block_stands_there_and_what_is_unknown_has_no_figures():
    a_town()
    the_norms()
    a_meeting_place(**IN_WEST)
    refresh(municipality=GM, by=BY, at=AT)
    found = {(one["area"], one["part"], one["measure"]): one for one in items()}

    assert found[WEST, "block-3", "block_state"]["word"] == "present"
    assert found[WEST, "block-3", "block_reached"]["value"] == 1
    assert found[WEST, "block-5", "block_state"]["word"] == "unknown"
    unknown = found[WEST, "block-5", "block_reached"]
    assert (unknown["value"], unknown["is_hidden"]) == (None, False)


def ended(number: int, quarter: str, *, days: int) -> None:
    for _ in range(number):
        EndedQuestion.objects.create(
            municipality=GM, area_code=WEST, quarter=quarter, outcome="helped", hands=1, returned=0, warm=0, referred=0,
            days_to_contact=days, days_to_helped=None,
        )  # fmt: skip


def test_days_are_told_of_quarters_long_over_with_enough_questions_and_never_how_many():
    a_town()
    ended(LEAST, "2026Q1", days=3)
    ended(LEAST - 1, "2025Q4", days=5)
    ended(LEAST, "2026Q3", days=9)
    found = {(one["period"], one["measure"]): one for one in items()}

    assert found["2026Q1", "days_to_contact"]["value"] == 3
    assert found["2025Q4", "days_to_contact"]["is_hidden"]
    assert found["2026Q1", "days_to_helped"]["is_hidden"]
    assert ("2026Q3", "days_to_contact") not in found
    assert {one["n"] for one in found.values()} == {None}


def test_nothing_of_another_municipality_stands_there():
    a_town()
    UnmetNeed.objects.create(
        municipality=ELSEWHERE, week=date(2026, 7, 6), area=ELSEWHERE, need="eat_together", why="all_full", times=90
    )
    assert items() == []


def test_every_row_says_source_day_and_version_and_every_measure_has_its_meaning():
    a_town()
    the_norms()
    counted(3)
    ended(LEAST, "2026Q1", days=3)
    refresh(municipality=GM, by=BY, at=AT)
    found = document(GM, at=AT)

    assert all(one["source"] and one["as_of"] and one["definition_version"] for one in found["items"])
    assert {one["measure"] for one in found["items"]} <= set(MEASURES)
    assert (found["license"], found["least"], found["rounded_down_to"]) == ("CC0-1.0", LEAST, STEP)


def test_the_table_has_a_row_for_each_figure_and_an_empty_cell_for_what_is_hidden():
    a_town()
    shifted("2026Q3", WEST, "", "solved", 0, 3)
    head, *rows = as_csv(items()).decode("utf-8-sig").splitlines()
    cells = [dict(zip(COLUMNS, row.split(";"), strict=True)) for row in rows]

    assert head.split(";") == COLUMNS
    assert [one["value"] for one in cells if one["is_hidden"] == "ja"] == [""] * 3


def test_more_counts_ask_no_more_queries():
    a_town()
    asked = []
    for seed in (4, 5):
        if seed == 5:
            shifted("2026Q3", WEST, "home", "asked", 2, 40)
        else:
            counted(seed)
        with CaptureQueriesContext(connection) as caught:
            items()
        asked.append(len(caught))
    assert asked[0] == asked[1]
