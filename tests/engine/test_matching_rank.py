"""The order of offerings and the reason that is told."""

import math
import random
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenspel.engine.matching import FoundNeed, Point, Ranked, Understanding, rank, varied
from samenspel.engine.matching.rank import distance_m
from tests.engine.offerings import Offering, together

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
AT = datetime(2026, 11, 21, 9, 0, tzinfo=AMSTERDAM)  # a Saturday
HOME = Point(52.55, 5.25)
WALKING = FoundNeed("walking_buddy", "samen wandelen", "walking together", "samen wandelen", 1.0)
COMPANY = FoundNeed("company", "iemand om mee te praten", "someone to talk to", "eenzaam", 0.5)
ASKED = Understanding(words=(("wandel",),), needs=(WALKING, COMPANY))
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=AMSTERDAM)

GOOD = Offering(
    id="walk",
    layer=2,
    needs=("walking_buddy",),
    latitude=52.555,
    longitude=5.25,
    confidence=0.9,
    freshness="fresh",
    next_dates=(TUESDAY,),
    text=0.3,
)


def ranked(*offerings: Offering, asked: Understanding = ASKED, limit: int = 99) -> list[str]:
    return [offerings[one.row].id for one in rank_all(offerings, asked, limit=limit)]


def rank_all(offerings, asked: Understanding = ASKED, *, near: Point | None = HOME, at=AT, limit: int = 99):
    return rank(asked, together(offerings, asked.needs, at), near=near, at=at, limit=limit)


def only(offering: Offering, asked: Understanding = ASKED, near: Point | None = HOME) -> Ranked:
    (one,) = rank_all([offering], asked, near=near)
    return one


def test_nothing_in_common_is_honestly_no_match():
    assert ranked(replace(GOOD, needs=("debts",), text=0.0)) == []


def test_words_in_common_are_enough_to_be_found_unless_they_say_hardly_anything():
    assert ranked(replace(GOOD, needs=(), text=0.4)) == ["walk"]
    assert ranked(replace(GOOD, needs=(), text=0.3)) == []


@pytest.mark.parametrize(
    "worse",
    [
        {"needs": ("company",)},
        {"needs": (), "text": 1.0},
        {"latitude": 52.65},
        {"next_dates": (TUESDAY + timedelta(days=60),)},
        {"freshness": "stale", "confidence": 0.2},
        {"confidence": 0.5, "freshness": "ageing"},
        {"is_full": True},
        {"layer": 3},
        {"minimum_age": 99, "audiences": ("children",)},
    ],
    ids=lambda fields: ",".join(fields),
)
def test_one_worse_fact_puts_an_offering_lower(worse):
    asked = replace(ASKED, audiences=("older_people",), age=80)
    lower = replace(GOOD, id="a-worse", **worse)

    assert ranked(lower, replace(GOOD, audiences=("older_people",)), asked=asked) == ["walk", "a-worse"]


def test_a_lower_layer_never_wins_at_the_price_of_suitability():
    neighbours = replace(GOOD, id="neighbours", layer=1, needs=("company",))
    specialist = replace(GOOD, id="specialist", layer=4)

    assert ranked(neighbours, specialist) == ["specialist", "neighbours"]


@given(st.floats(0, 3), st.floats(0, 3), st.booleans(), st.booleans())
def test_a_clear_difference_of_suitability_always_outweighs_the_layer(one_text, other_text, one_fits, other_fits):
    one = only(replace(GOOD, layer=1, text=one_text, needs=("walking_buddy",) if one_fits else ("company",)))
    other = only(replace(GOOD, layer=4, text=other_text, needs=("walking_buddy",) if other_fits else ("company",)))

    if other.factor("suitability") > 1.1 * one.factor("suitability"):
        assert other.score > one.score


def test_an_offering_whose_main_need_is_asked_comes_before_a_side_effect():
    dogs = replace(GOOD, id="a-dogs", layer=1, needs=("pets", "walking_buddy"), text=0.0)

    assert ranked(dogs, replace(GOOD, text=0.0)) == ["walk", "a-dogs"]


def test_an_offering_that_covers_more_of_the_needs_comes_first():
    both = replace(GOOD, id="z-both", needs=("walking_buddy", "company"), text=0.0)

    assert ranked(replace(GOOD, text=0.0), both) == ["z-both", "walk"]


def test_the_lowest_layer_comes_first_among_what_fits_equally():
    layers = [replace(GOOD, id=f"layer-{layer}", layer=layer) for layer in (4, 2, 1, 3)]

    assert ranked(*layers) == ["layer-1", "layer-2", "layer-3", "layer-4"]


def test_who_wants_a_professional_gets_the_layers_the_other_way_round():
    layers = [replace(GOOD, id=f"layer-{layer}", layer=layer) for layer in (4, 2, 1, 3)]
    asked = replace(ASKED, wants_professional=True)

    assert ranked(*layers, asked=asked) == ["layer-4", "layer-3", "layer-2", "layer-1"]


def test_an_offering_for_one_group_is_not_pushed_at_who_did_not_ask_for_it():
    assert ranked(replace(GOOD, id="a", audiences=("lgbtqi",)), GOOD) == ["walk", "a"]


def test_help_at_home_needs_no_distance():
    at_home = replace(GOOD, delivery="at_home", latitude=None, longitude=None)

    assert only(at_home).distance_m is None
    assert only(at_home).factor("reach") > only(replace(GOOD, latitude=52.65)).factor("reach")


def test_the_score_is_the_product_of_named_parts():
    one = only(GOOD)

    assert all(0 < part.factor <= 1 for part in one.parts)
    assert one.score == pytest.approx(math.prod(part.factor for part in one.parts))
    assert one.explain().startswith("suitability 0.00 × audience 1.00 × cost 1.00 × ")
    with pytest.raises(KeyError):
        one.factor("beauty")


def test_equal_scores_are_ordered_by_tie_and_a_little_more_text_comes_first():
    twins = [replace(GOOD, id="b"), replace(GOOD, id="a"), replace(GOOD, id="c", text=0.31)]

    assert ranked(*twins) == ["c", "a", "b"]


def test_who_has_no_money_gets_what_is_free_first_and_unknown_before_paid():
    costs = [
        replace(GOOD, id="paid", is_free=False),
        replace(GOOD, id="unknown"),
        replace(GOOD, id="free", is_free=True),
    ]

    assert ranked(*costs, asked=replace(ASKED, wants_free=True)) == ["free", "unknown", "paid"]


def test_who_is_shy_gets_what_is_easy_to_join_first():
    hard, easy = replace(GOOD, id="a-hard"), replace(GOOD, id="easy", is_easy=True)

    assert ranked(hard, easy) == ["a-hard", "easy"]
    assert ranked(hard, easy, asked=replace(ASKED, wants_easy=True)) == ["easy", "a-hard"]


def test_who_cannot_leave_the_house_gets_what_comes_home_first():
    there, home = replace(GOOD, id="a-there"), replace(GOOD, id="home", delivery="at_home", latitude=None)

    assert ranked(there, home, asked=replace(ASKED, wants_at_home=True)) == ["home", "a-there"]


def test_a_day_that_was_named_counts_and_an_unknown_time_is_no_refusal():
    wednesday = replace(GOOD, id="a-wednesday", next_dates=(TUESDAY + timedelta(days=1),))
    unknown = replace(GOOD, id="b-unknown", next_dates=())
    asked = replace(ASKED, weekdays=(1,), parts_of_day=("morning",))

    assert ranked(wednesday, unknown, GOOD, asked=asked) == ["walk", "b-unknown", "a-wednesday"]


def test_who_tried_already_goes_up_a_layer():
    layers = [replace(GOOD, id=f"layer-{layer}", layer=layer) for layer in (2, 3, 4)]

    assert ranked(*layers, asked=replace(ASKED, has_tried=True)) == ["layer-3", "layer-4", "layer-2"]


def test_meaning_alone_finds_and_what_stands_out_more_counts_more():
    by_meaning = [replace(GOOD, id=f"stands-out-{much}", needs=(), text=0.0, meaning=much) for much in (2.5, 4.0)]

    assert ranked(*by_meaning) == ["stands-out-4.0", "stands-out-2.5"]


def test_what_the_words_lean_to_orders_what_is_found_and_finds_nothing_alone():
    main = replace(GOOD, id="z-main", needs=("pets", "company"), leaning=(1.0, 0.0))
    other = replace(GOOD, id="y-other", needs=("pets", "company"), leaning=(0.0, 1.0))
    neither = replace(GOOD, id="a-neither", needs=("pets", "company"))

    assert ranked(neither, other, main) == ["z-main", "y-other", "a-neither"]
    assert ranked(replace(main, needs=(), text=0.0)) == []


def test_who_names_a_group_gets_what_is_for_that_group_then_what_is_for_all():
    ours, all_of_us = (
        replace(GOOD, id="z-ours", audiences=("older_people",)),
        replace(GOOD, id="all", audiences=("everyone",)),
    )
    others = replace(GOOD, id="a-others", audiences=("children",))

    assert ranked(others, all_of_us, ours, asked=replace(ASKED, audiences=("older_people",))) == [
        "z-ours",
        "all",
        "a-others",
    ]


def test_ten_coffee_mornings_do_not_hide_the_visitor():
    coffee = [replace(GOOD, id=f"coffee-{number:02}", needs=("company",)) for number in range(10)]
    visitor = replace(GOOD, id="visitor", needs=("visit_at_home", "company"), text=0.62)
    offerings = [*coffee, visitor]
    asked = replace(ASKED, needs=(replace(COMPANY, weight=1.0),))
    offers = together(offerings, asked.needs, AT)
    ranking = rank(asked, offers, near=HOME, at=AT, limit=99)

    assert [offerings[one.row].id for one in ranking][-1] == "visitor"
    assert "visitor" in [offerings[one.row].id for one in varied(asked, offers, ranking, 6)]


def test_two_things_asked_take_turns():
    walks = [replace(GOOD, id=f"walk-{number}") for number in range(4)]
    talks = [replace(GOOD, id=f"talk-{number}", needs=("company",)) for number in range(4)]
    asked = replace(ASKED, needs=(WALKING, replace(COMPANY, weight=0.9, ask=1)))
    offerings = [*walks, *talks]
    offers = together(offerings, asked.needs, AT)
    shown = varied(asked, offers, rank(asked, offers, near=HOME, at=AT, limit=99), 4)

    assert sorted(offerings[one.row].id[:4] for one in shown) == ["talk", "talk", "walk", "walk"]


def test_limit_cuts_the_list_and_nothing_below_zero_is_asked():
    three = [replace(GOOD, id=letter) for letter in "abc"]

    assert ranked(*three, limit=2) == ["a", "b"]
    assert ranked(*three, limit=-1) == []


offerings = st.builds(
    Offering,
    id=st.text("abcdef", min_size=1, max_size=6),
    layer=st.integers(0, 4),
    needs=st.sampled_from([(), ("walking_buddy",), ("company",), ("walking_buddy", "company"), ("debts",)]),
    audiences=st.sampled_from([(), ("everyone",), ("lgbtqi",), ("older_people",)]),
    latitude=st.none() | st.floats(52, 53),
    longitude=st.floats(5, 6),
    delivery=st.sampled_from(["at_place", "at_home", "remote"]),
    confidence=st.floats(0, 1),
    freshness=st.sampled_from(["fresh", "ageing", "stale", "unconfirmed"]),
    is_full=st.booleans(),
    next_dates=st.lists(st.integers(-50, 90).map(lambda days: AT + timedelta(days=days)), max_size=2).map(tuple),
    text=st.sampled_from([0.0, 0.3, 0.6, 1.0, 3.0]),
)
distinct = st.lists(offerings, max_size=12, unique_by=lambda one: one.id)


@given(distinct, st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_the_order_given(found, chance: random.Random):
    shuffled = found[:]
    chance.shuffle(shuffled)

    assert ranked(*shuffled) == ranked(*found)
    assert sorted(ranked(*found)) == sorted(
        one.id for one in found if set(one.needs) & {"walking_buddy", "company"} or one.text > 0.35
    )


@given(distinct, offerings)
def test_one_more_candidate_never_changes_the_order_of_the_others(found, extra):
    extra = replace(extra, id="extra")

    assert [key for key in ranked(*found, extra) if key != "extra"] == ranked(*found)


@given(distinct)
def test_scores_fall_and_stay_between_zero_and_one(found):
    scores = [one.score for one in rank_all(found)]

    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def metres(one: Point, other: Point) -> float:
    return float(distance_m(one, np.array([other.latitude]), np.array([other.longitude]))[0])


def test_distance_is_measured_over_the_earth():
    assert metres(Point(52.0, 5.0), Point(53.0, 5.0)) == pytest.approx(111_195, rel=1e-4)
    assert metres(HOME, HOME) == 0


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(-90, 90), st.floats(-180, 180))
def test_distance_is_the_same_both_ways_and_never_more_than_half_the_earth(a, b, c, d):
    one, other = Point(a, b), Point(c, d)

    assert metres(one, other) == pytest.approx(metres(other, one))
    assert 0 <= metres(one, other) <= 20_015_200


def test_a_place_off_the_earth_and_a_time_without_zone_are_refused():
    with pytest.raises(ValueError, match="no place"):
        Point(152.0, 5.0)
    with pytest.raises(ValueError, match="time zone"):
        rank(ASKED, together([], ASKED.needs, AT), near=None, at=AT.replace(tzinfo=None), limit=1)


def test_what_bears_the_name_that_was_asked_for_is_on_top_where_it_is_near():
    near = replace(GOOD, id="z-near", named=True)
    far = replace(GOOD, id="y-far", named=True, latitude=52.7)
    better = replace(GOOD, id="better", text=1.2)

    assert ranked(far, better, near)[0] == "z-near"
    assert ranked(far, replace(near, named=False), better)[0] == "better"


def test_a_name_puts_nothing_for_children_on_top_of_what_a_grown_up_asks():
    children = replace(GOOD, id="children", audiences=("children",), named=True)

    assert only(children).score == only(replace(children, named=False)).score
    asked = replace(ASKED, audiences=("children",))
    assert only(children, asked).score > only(replace(children, named=False), asked).score


def test_who_names_a_group_but_no_age_may_be_of_any_grown_up_age():
    old = replace(GOOD, audiences=("older_people",))
    asked = replace(ASKED, audiences=("lgbtqi",))

    assert only(old, asked).factor("audience") == 0.5
    assert only(replace(old, audiences=("children",)), asked).factor("audience") == 0.35
    assert only(old, replace(asked, audiences=("lgbtqi", "adults"))).factor("audience") == 0.35
    assert only(replace(old, named=True), asked).factor("audience") == 1.0


def test_what_has_days_but_none_to_come_sinks_below_what_may_be_had_any_day():
    any_day = replace(GOOD, id="z-any-day", next_dates=())
    once_a_year = replace(GOOD, id="once-a-year", next_dates=(), is_scheduled=True)
    next_month = replace(GOOD, id="next-month", next_dates=(TUESDAY + timedelta(days=40),))

    assert ranked(once_a_year, next_month, any_day) == ["z-any-day", "next-month", "once-a-year"]
