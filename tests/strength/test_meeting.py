"""What stands on the sheet of a wijkoverleg: gaps, what was missed, stale, full, promised or due; no small number."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samenspel.policy.blocks.evidence import opened
from samenspel.policy.blocks.judging import ON_THE_MAP
from samenspel.policy.challenges import close_promise
from samenspel.socialmap.actions import confirm_offering, confirm_place, mark_full
from samenspel.socialmap.wijk import wijken
from samenspel.strength.meeting import Meeting, meeting
from tests.outcomes.rows import FULL, UNCLEAR, a_count
from tests.people.rows import BY, ELSEWHERE, GM, an_organization
from tests.policy.block_rows import the_norms
from tests.policy.planted import AT, TODAY
from tests.policy.wijk_rows import WIJK, a_challenge, a_gap_action, a_network, a_partner, a_promise, a_state, a_wijk
from tests.socialmap.rows import a_place, an_offering

pytestmark = pytest.mark.django_db
HERE: dict[str, Any] = {"latitude": 52.55, "longitude": 5.265}


@pytest.fixture(autouse=True)
def _wijk() -> None:
    a_wijk()


def sheet() -> Meeting:
    (wijk,) = [one for one in wijken(GM) if one.area.code == WIJK]
    return meeting(wijk, municipality=GM, at=AT)


@pytest.mark.parametrize(
    ("before", "now", "is_new"),
    [
        ("present", "partly", True),
        ("partly", "missing", True),
        ("unknown", "missing", True),
        ("missing", "partly", False),
        ("missing", "present", False),
        (None, "missing", True),
        (None, "present", False),
        (None, "unknown", False),
    ],
    ids=lambda one: str(one),
)
def test_a_gap_is_new_when_it_was_not_there_or_smaller_a_month_ago(before: str | None, now: str, is_new: bool):
    changed = date(2026, 11, 10)
    if before:
        a_state(before, date(2026, 1, 1), changed)
    a_state(now, changed)
    found = sheet()

    assert found.is_judged
    assert [(int(gap.block), gap.state, gap.since, gap.was) for gap in found.gaps] == (
        [(3, now, changed, before)] if is_new else []
    )
    assert found.forgotten == ()


@pytest.mark.parametrize("before", ["present", "partly", "missing"])
def test_what_was_known_and_is_unknown_now_is_no_gap_and_stands_apart(before: str):
    changed = date(2026, 11, 10)
    a_state(before, date(2026, 1, 1), changed)
    a_state("unknown", changed)
    found = sheet()

    assert found.gaps == ()
    assert [(int(one.block), one.since, one.was) for one in found.forgotten] == [(3, changed, before)]


@pytest.mark.parametrize(("days", "new"), [(30, 0), (29, 1)], ids=["a month ago", "later"])
def test_a_gap_that_was_there_a_month_ago_is_not_new(days: int, new: int):
    a_state("missing", TODAY - timedelta(days=days))
    assert len(sheet().gaps) == new


def test_a_wijk_that_was_never_judged_says_so_and_has_no_gaps():
    a_state("missing", TODAY, area="WK990107")
    found = sheet()
    assert (found.is_judged, found.gaps) == (False, ())


def test_what_was_missed_is_of_the_last_quarter_that_is_over_and_never_a_small_number():
    a_wijk("WK990107", "Ganzewaard")
    for area in (WIJK, "WK990107"):
        a_count(32, area=area)
        a_count(17, why=FULL, area=area)
        a_count(9, need="", why=UNCLEAR, area=area)
    a_count(40, need="digital_help", week=date(2026, 5, 4), area=WIJK)
    found = sheet()

    assert found.quarter
    assert found.quarter.key == "2026-3"
    assert [(one.times, one.label) for one in found.missed] == [(30, "samen eten"), (15, "samen eten")]


def test_without_any_count_there_is_no_quarter():
    assert (sheet().quarter, sheet().missed) == (None, ())


HOURS = [{"weekday": 0, "opens": "09:00", "closes": "12:00", "note": ""}]


def test_what_is_too_old_to_count_and_full_offerings_of_the_wijk_are_named():
    host = an_organization(name="Beheer")
    place, other = (a_place(name=name, host=host, hours=HOURS, **HERE) for name in ("De Koogschuur", "Soos"))
    a_place(name="Zonder gastheer", **HERE)
    here = {"delivery": "at_place", "place": place}
    fresh, old = an_offering(name="Eettafel", **here), an_offering(name="Klaverjassen", **here)
    an_offering(name="Elders")
    mark_full(offering=fresh, by=BY, at=AT)
    confirm_offering(offering=fresh, method="visit", confirmed_by="verbinder", by=BY, at=AT)
    long_ago = datetime(2024, 5, 8, 12, tzinfo=AT.tzinfo)
    confirm_offering(offering=old, method="visit", confirmed_by="verbinder", by=BY, at=AT, confirmed_at=long_ago)
    confirm_place(place=place, method="visit", confirmed_by="verbinder", by=BY, at=AT)
    found = sheet()

    assert [(one.kind, one.name, one.slug, one.confirmed_on) for one in found.outdated] == [
        ("place", other.name, other.slug, None),
        ("offering", "Klaverjassen", old.slug, date(2024, 5, 8)),
    ]
    assert found.full == ("Eettafel",)


def four_of_each() -> None:
    """Four places with an activity, confirmed 10 to 800 days ago."""
    host = an_organization(name="Beheer")
    for days in (10, 100, 400, 800):
        place = a_place(name=f"Plek {days}", host=host, hours=HOURS, **HERE)
        offering = an_offering(name=f"Aanbod {days}", delivery="at_place", place=place)
        when: dict[str, Any] = {
            "confirmed_at": AT - timedelta(days=days),
            "method": "visit",
            "confirmed_by": "verbinder",
        }
        confirm_place(place=place, by=BY, at=AT, **when)
        confirm_offering(offering=offering, by=BY, at=AT, **when)


@pytest.mark.parametrize(
    ("people", "provisions", "places", "old"),
    [
        (24, 24, 24, {"Plek 800", "Aanbod 800"}),
        (24, 24, 6, {"Plek 800", "Plek 400", "Aanbod 800"}),
        (24, 2, 24, {"Plek 800", "Aanbod 800", "Aanbod 400", "Aanbod 100"}),
        (2, 24, 24, {"Plek 800", "Aanbod 800", "Aanbod 400", "Aanbod 100"}),
    ],
    ids=["mild", "strict on places", "strict on provisions", "strict on people"],
)
def test_it_lists_as_too_old_what_the_cells_of_the_wijk_do_not_count(
    people: int, provisions: int, places: int, old: set[str]
):
    months = {"people": people, "provisions": provisions, "meeting_places": places}
    the_norms(**{block: {"months": number} for block, number in months.items()})
    four_of_each()
    (wijk,) = [one for one in wijken(GM) if one.area.code == WIJK]
    cells = [opened(GM, wijk, block, at=AT) for block in ON_THE_MAP]
    not_counted = {piece.name for cell in cells for piece in cell.pieces if piece.is_here and not piece.is_fresh}

    assert {one.name for one in sheet().outdated} == not_counted == old


def test_without_a_norm_the_example_says_how_old_is_too_old():
    four_of_each()
    assert [one.name for one in sheet().outdated] == ["Aanbod 800", "Plek 800", "Aanbod 400", "Plek 400"]


def test_what_is_short_or_unknown_now_is_said_beside_what_changed_lately():
    a_state("partly", date(2026, 1, 1), block=3)
    a_state("missing", date(2026, 11, 10), block=4)
    a_state("unknown", date(2026, 1, 1), block=5)
    a_state("present", date(2026, 1, 1), block=1)
    a_state("missing", date(2026, 1, 1), date(2026, 11, 1), block=2)
    found = sheet()

    assert (found.short, found.unknown) == ((3, 4), (5,))
    assert [gap.block for gap in found.gaps] == [4]


def test_promises_and_actions_that_are_late_or_due_within_a_month_are_there_and_no_others():
    partner = a_partner(a_challenge())
    a_promise(partner, "Laat", due_on=date(2026, 11, 1))
    a_promise(partner, "Straks", due_on=date(2026, 12, 21))
    a_promise(partner, "Later", due_on=date(2026, 12, 22))
    closed = a_promise(partner, "Klaar", due_on=date(2026, 11, 2))
    close_promise(promise=closed, outcome="kept", progress="Ja.", on=TODAY, by=BY, at=AT)
    a_gap_action("Zaal", due_on=date(2026, 11, 14))
    a_gap_action("Later", due_on=date(2027, 11, 14))
    found = sheet()

    assert [(one.promise.what, one.days_late) for one in found.promises] == [("Laat", 20), ("Straks", 0)]
    assert [(one.action.what, one.days_late) for one in found.actions] == [("Zaal", 7)]


@pytest.mark.parametrize(
    ("planned", "shown"),
    [(TODAY, TODAY), (TODAY - timedelta(days=1), None), (None, None)],
    ids=["today", "passed", "not set"],
)
def test_the_next_time_is_a_day_that_still_comes(planned: date | None, shown: date | None):
    a_network(next_on=planned)
    assert sheet().next_on == shown


def test_nothing_of_another_municipality_is_on_it():
    a_wijk("WK990206", "Rietkoog", municipality=ELSEWHERE)
    a_promise(a_partner(a_challenge(area="WK990206", municipality=ELSEWHERE)))
    a_gap_action(area="WK990206", municipality=ELSEWHERE)
    a_state("missing", TODAY, municipality=ELSEWHERE)
    found = sheet()
    assert (found.promises, found.actions, found.gaps) == ((), (), ())


def test_a_busy_wijk_asks_no_more_queries_than_a_quiet_one():
    asked = []
    for number in range(3):
        place = a_place(name=f"Plek {number}", **HERE)
        an_offering(name=f"Aanbod {number}", delivery="at_place", place=place)
        a_promise(a_partner(a_challenge(f"Opgave {number}")))
        a_gap_action(f"Actie {number}")
        a_count(20, area=WIJK, week=date(2026, 8, 3 + 7 * number))
        with CaptureQueriesContext(connection) as caught:
            assert len(sheet().promises) == number + 1
        asked.append(len(caught))
    assert len(set(asked)) == 1, asked
    assert asked[0] <= 25  # 3 of them find the wijk
