"""A group's own counts: kept as numbers, sealed for the municipality, shared as a mean and taken back at will."""

from dataclasses import astuple
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from samenspel.audit.action import Actor, action, record
from samenspel.audit.models import AuditEvent
from samenspel.outcomes.group_figures import released_figures
from samenspel.outcomes.models import MOST, GroupCount, ReleasedFigure
from samenspel.outcomes.own_counts import (
    Counted,
    Shared,
    counts_of,
    forget_count,
    keep_count,
    quarters_of,
    release,
    shared,
    take_back,
)
from samenspel.outcomes.periods import quarter_with
from samenspel.outcomes.retention import forget_group_counts
from samenspel.people.checks import FactRefused
from samenspel.people.models import Organization
from samenspel.socialmap.confirm import LinkEnded
from samenspel.socialmap.listing import withdraw_listing
from tests.people.rows import AT, BY, GM
from tests.socialmap.asking import DAY, a_club, ask, the_request

SUMMER = quarter_with(date(2026, 8, 1))
"""A quarter that is over at AT (November 2026)."""


@pytest.fixture
def club(db: None) -> Organization:
    club = a_club()
    ask(club)
    return club


def given_by(club: Organization, **more: Any) -> dict[str, Any]:
    return {"request": the_request(club), "offering": club.offerings.get(), "by": BY, "at": AT, **more}


def count(club: Organization, on: date, came: int = 8, **more: Any) -> None:
    keep_count(**given_by(club), on=on, counted=Counted(came=came, **more))


def three_times(club: Organization, *numbers: int) -> None:
    for week, came in enumerate(numbers or (6, 8, 10)):
        count(club, SUMMER.begins + timedelta(weeks=week), came, helpers=2, members=20 + week, load=3)


def test_one_meeting_is_one_row_and_noting_it_again_replaces_it(club: Organization):
    count(club, date(2026, 11, 17), 8)
    count(club, date(2026, 11, 17), 9, helpers=2)

    row = GroupCount.objects.get()
    assert (row.came, row.helpers, row.members, row.load) == (9, 2, None, None)
    forget_count(**given_by(club), on=date(2026, 11, 17))
    assert counts_of(club.offerings.get()) == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"came": -1}, "came"),
        ({"came": MOST + 1}, "came"),
        ({"helpers": MOST + 1}, "helpers"),
        ({"members": -1}, "members"),
        ({"load": 0}, "load"),
        ({"load": 6}, "load"),
    ],
    ids=["below zero", "too many", "helpers", "members", "load 0", "load 6"],
)
def test_what_cannot_be_is_refused_by_name(club: Organization, wrong: dict[str, int], field: str):
    with pytest.raises(FactRefused) as refused:
        count(club, AT.date(), **{"came": 8, **wrong})
    assert refused.value.field == field
    assert not GroupCount.objects.exists()


@pytest.mark.parametrize("days", [1, -400], ids=["tomorrow", "long ago"])
def test_a_day_to_come_or_long_ago_is_refused(club: Organization, days: int):
    with pytest.raises(FactRefused, match="afgelopen jaar"):
        count(club, AT.date() + days * DAY)


@action
def _written(*, row: GroupCount | ReleasedFigure, by: Actor, at: datetime) -> None:
    record(action="keep_count", on=row.offering, by=by, at=at, municipality=GM)
    row.save()


@pytest.mark.parametrize(
    "wrong",
    [{"came": MOST + 1}, {"helpers": MOST + 1}, {"load": 0}, {"load": 6}],
    ids=["came", "helpers", "load 0", "load 6"],
)
@pytest.mark.parametrize("kind", [GroupCount, ReleasedFigure], ids=["own", "released"])
def test_the_database_refuses_it_too(club: Organization, wrong: dict[str, int], kind: Any):
    about: dict[str, Any] = {"municipality": GM, "offering": club.offerings.get(), "came": 1}
    if kind is GroupCount:
        about["on"] = AT.date()
    else:
        request = the_request(club).pk
        about |= {"begins": SUMMER.begins, "ends": SUMMER.ends, "meetings": 3, "released_at": AT, "by_request": request}
    _written(row=kind(**about), by=BY, at=AT)
    about |= {"on": date(2026, 1, 1)} if kind is GroupCount else {"begins": date(2026, 1, 5)}
    with pytest.raises(IntegrityError), transaction.atomic():
        _written(row=kind(**about | wrong), by=BY, at=AT)


def test_the_database_refuses_a_release_of_fewer_than_three_meetings(club: Organization):
    row = ReleasedFigure(
        municipality=GM,
        offering=club.offerings.get(),
        begins=SUMMER.begins,
        ends=SUMMER.ends,
        meetings=2,
        came=8,
        released_at=AT,
        by_request=the_request(club).pk,
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        _written(row=row, by=BY, at=AT)


def test_nobody_but_the_group_itself_counts(club: Organization):
    other = a_club("Koor").offerings.get()

    with pytest.raises(FactRefused, match="andere groep"):
        keep_count(**given_by(club, offering=other), on=AT.date(), counted=Counted(came=3))
    with pytest.raises(LinkEnded):
        keep_count(**given_by(club, at=AT + 60 * DAY), on=AT.date(), counted=Counted(came=3))
    withdraw_listing(organization=club, by=BY, at=AT)
    with pytest.raises(LinkEnded):
        count(club, AT.date())


def test_counting_is_no_answer_to_klopt_dit(club: Organization):
    count(club, AT.date())

    assert the_request(club).answered_at is None


def test_only_what_is_released_can_be_seen_as_means_with_when_and_by_which_link(club: Organization):
    three_times(club)
    assert not released_figures(municipality=GM).exists()

    release(**given_by(club), begins=SUMMER.begins)

    row = released_figures(municipality=GM).get()
    assert (row.meetings, row.came, row.helpers, row.members, row.load) == (3, 8, 2, 21, 3)
    assert (row.begins, row.ends) == (SUMMER.begins, SUMMER.ends)
    assert (row.released_at, row.by_request) == (AT, the_request(club).pk)


def test_taking_back_leaves_nothing_to_see(club: Organization):
    three_times(club)
    release(**given_by(club), begins=SUMMER.begins)
    take_back(**given_by(club), begins=SUMMER.begins)

    assert not ReleasedFigure.objects.exists()
    assert GroupCount.objects.count() == 3


def test_who_leaves_the_map_is_seen_no_more(club: Organization):
    three_times(club)
    release(**given_by(club), begins=SUMMER.begins)
    withdraw_listing(organization=club, by=BY, at=AT)

    assert not released_figures(municipality=GM).exists()


def test_two_meetings_a_running_quarter_and_a_second_time_are_refused(club: Organization):
    count(club, SUMMER.begins)
    count(club, SUMMER.begins + 7 * DAY)
    running = quarter_with(AT.date())
    for week in range(3):
        count(club, running.begins + timedelta(weeks=week))

    for begins in (SUMMER.begins, running.begins, date(2026, 8, 3)):
        with pytest.raises(FactRefused):
            release(**given_by(club), begins=begins)
    count(club, SUMMER.begins + 14 * DAY)
    release(**given_by(club), begins=SUMMER.begins)
    with pytest.raises(FactRefused, match="deelt u al"):
        release(**given_by(club), begins=SUMMER.begins)


def test_nothing_changes_in_a_quarter_that_is_shared(club: Organization):
    three_times(club)
    release(**given_by(club), begins=SUMMER.begins)

    with pytest.raises(FactRefused, match="neem het eerst terug"):
        count(club, SUMMER.begins + 40 * DAY)
    with pytest.raises(FactRefused, match="neem het eerst terug"):
        forget_count(**given_by(club), on=SUMMER.begins)
    count(club, AT.date())
    assert GroupCount.objects.count() == 4


def test_the_page_sees_quarters_that_are_over_and_whether_they_can_be_shared(club: Organization):
    count(club, SUMMER.begins - 7 * DAY)
    three_times(club)
    count(club, AT.date())
    release(**given_by(club), begins=SUMMER.begins)

    found = quarters_of(club.offerings.get(), counts_of(club.offerings.get()), at=AT)

    assert [(one.period.key, one.figures is not None, one.released_at) for one in found] == [
        ("2026-3", True, AT),
        ("2026-2", False, None),
    ]


def test_what_is_shared_can_be_taken_back_when_its_counts_are_gone(club: Organization):
    three_times(club)
    release(**given_by(club), begins=SUMMER.begins)
    GroupCount.objects.all()._raw_delete("default")
    offering = club.offerings.get()

    found = quarters_of(offering, counts_of(offering), at=AT)
    assert [(one.period, one.figures, one.released_at) for one in found] == [(SUMMER, Shared(3, 8, 2, 21, 3), AT)]
    take_back(**given_by(club), begins=SUMMER.begins)
    assert quarters_of(offering, counts_of(offering), at=AT) == []


def test_events_hold_no_number_and_no_day(club: Organization):
    three_times(club)
    release(**given_by(club), begins=SUMMER.begins)

    events = AuditEvent.objects.filter(action__in=["keep_count", "release_figures"])
    assert events.count() == 4
    assert [one.detail for one in events] == [{}] * 4


def test_counts_and_what_was_shared_go_after_two_years(club: Organization):
    three_times(club)
    release(**given_by(club), begins=SUMMER.begins)

    assert forget_group_counts(by=BY, at=AT + 500 * DAY) == 0
    assert forget_group_counts(by=BY, at=AT + 900 * DAY) == 4


MEETINGS = st.lists(
    st.builds(
        Counted,
        came=st.one_of(st.integers(0, 40), st.integers(0, MOST)),
        helpers=st.none() | st.integers(0, 12),
        members=st.none() | st.integers(0, 400),
        load=st.none() | st.integers(1, 5),
    ),
    max_size=15,
)
BOUNDS = {"came": (0, MOST), "helpers": (0, MOST), "members": (0, MOST), "load": (1, 5)}


def could_be(numbers: list[int], place: int, least: int, most: int) -> list[int]:
    """Other numbers with the same rounded mean, in which the one at `place` differs: one more here, one less there."""
    for step in (1, -1):
        moved = [*numbers]
        moved[place] += step
        for other in range(len(moved)):
            if other != place and least <= moved[other] - step <= most and least <= moved[place] <= most:
                return [*moved[:other], moved[other] - step, *moved[other + 1 :]]
    lone = [*numbers]  # all lie at the same bound: one that differs does not move the rounded mean
    lone[place] += 1 if lone[place] == least else -1
    return lone


@given(MEETINGS)
def test_what_is_released_never_shows_a_single_meeting(meetings: list[Counted]):
    told = shared(meetings)
    if told is None:
        assert len(meetings) < 3
        return
    for name, (least, most) in BOUNDS.items():
        known = [getattr(one, name) for one in meetings if getattr(one, name) is not None]
        for place in range(len(known)) if getattr(told, name) is not None else ():
            other = could_be(known, place, least, most)
            assert other[place] != known[place]
            assert _told(name, other) == _told(name, known) == getattr(told, name)


def _told(name: str, numbers: list[int]) -> int:
    found = shared([Counted(**{"came": 0, name: number}) for number in numbers])
    assert found is not None
    return int(getattr(found, name))


@given(MEETINGS, st.randoms(use_true_random=False))
def test_what_is_released_does_not_depend_on_the_order_of_meetings(meetings: list[Counted], chance: Any):
    mixed = chance.sample(meetings, len(meetings))

    assert shared(mixed) == shared(meetings)


def test_a_number_noted_less_than_three_times_stays_out():
    twice = [Counted(came=5, load=5), Counted(came=5, load=5), Counted(came=5)]

    assert astuple(shared(twice) or Shared(0, 0, None, None, None)) == (3, 5, None, None, None)
