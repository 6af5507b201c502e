"""How sure we are that an entry is still true."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenspel.engine.freshness import (
    DEFAULT_DECAY,
    Confirmation,
    Decay,
    Freshness,
    confidence,
    freshness,
)

TODAY = date(2026, 11, 21)
kinds = st.sampled_from(sorted(DEFAULT_DECAY.half_lives))
confirmations = st.builds(
    Confirmation,
    on=st.dates(date(2020, 1, 1), TODAY),
    method=st.sampled_from(sorted(DEFAULT_DECAY.weights)),
)


def ago(days: int, method: str = "phone") -> Confirmation:
    return Confirmation(TODAY - timedelta(days=days), method)


def test_half_of_the_confidence_is_left_after_one_half_life():
    assert confidence("activity", [ago(240, "visit")], TODAY) == pytest.approx(0.5)


def test_an_initiative_grows_old_faster_than_a_meeting_place():
    call = [ago(200)]

    assert confidence("initiative", call, TODAY) < confidence("meeting_place", call, TODAY)


def test_a_visit_weighs_more_than_a_letter():
    assert confidence("activity", [ago(0, "visit")], TODAY) > confidence("activity", [ago(0, "letter")], TODAY)


@pytest.mark.parametrize(
    ("days", "word"),
    [(0, Freshness.FRESH), (60, Freshness.FRESH), (300, Freshness.AGEING), (430, Freshness.STALE)],
)
def test_an_activity_confirmed_by_phone_goes_from_fresh_to_stale(days, word):
    assert freshness("activity", [ago(days)], TODAY) == word


def test_an_entry_nobody_confirmed_is_unconfirmed_and_not_stale():
    assert freshness("activity", [], TODAY) == Freshness.UNCONFIRMED
    assert confidence("activity", [], TODAY) == 0


def test_a_confirmation_of_tomorrow_does_not_count_today():
    assert freshness("activity", [ago(-1)], TODAY) == Freshness.UNCONFIRMED


def test_a_municipality_may_bring_its_own_table():
    slow = Decay(TODAY, "raadsbesluit", {"activity": 2400.0}, {"phone": 1.0})

    assert freshness("activity", [ago(430)], TODAY, slow) == Freshness.FRESH


@pytest.mark.parametrize(
    "fields",
    [
        {"half_lives": {"activity": 0}},
        {"weights": {"phone": 1.2}},
        {"fresh_from": 0.2, "stale_below": 0.3},
    ],
)
def test_an_impossible_table_is_refused(fields):
    base = {"half_lives": {"activity": 1.0}, "weights": {"phone": 1.0}}

    with pytest.raises(ValueError, match="must"):
        Decay(TODAY, "test", **(base | fields))


def test_an_unknown_method_is_named():
    with pytest.raises(KeyError, match="hearsay"):
        confidence("activity", [ago(1, "hearsay")], TODAY)


@given(kinds, st.lists(confirmations, max_size=6), st.integers(0, 3000), st.integers(0, 3000))
def test_confidence_never_rises_by_waiting(kind, confirmed, first, extra):
    sooner, later = TODAY + timedelta(days=first), TODAY + timedelta(days=first + extra)

    assert 0 <= confidence(kind, confirmed, later) <= confidence(kind, confirmed, sooner) <= 1


@given(kinds, st.lists(confirmations, max_size=6), confirmations)
def test_one_more_confirmation_never_lowers_it(kind, confirmed, extra):
    assert confidence(kind, [*confirmed, extra], TODAY) >= confidence(kind, confirmed, TODAY)
