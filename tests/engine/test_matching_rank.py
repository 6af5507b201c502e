"""The order of offerings and the reason that is told."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenspel.engine.matching import (
    Candidate,
    CandidateInvalid,
    FoundNeed,
    Match,
    Point,
    Understanding,
    distance_m,
    rank,
    reason_sentence,
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
AT = datetime(2026, 11, 21, 9, 0, tzinfo=AMSTERDAM)  # a Saturday
HOME = Point(52.55, 5.25)
WALKING = FoundNeed("walking_buddy", "samen wandelen", "walking together", "samen wandelen", 1.0)
COMPANY = FoundNeed("company", "iemand om mee te praten", "someone to talk to", "eenzaam", 0.5)
ASKED = Understanding(terms=("wandel",), needs=(WALKING, COMPANY))
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=AMSTERDAM)

GOOD = Candidate(
    id="walk",
    name="Wandelgroep",
    summary="Samen een uurtje lopen.",
    kind="activity",
    layer=2,
    needs=("walking_buddy",),
    latitude=52.555,
    longitude=5.25,
    area_name="Oostdijk",
    confidence=0.9,
    freshness="fresh",
    next_dates=(TUESDAY,),
    text_score=3.0,
)


def ranked(*candidates: Candidate, asked: Understanding = ASKED, limit: int = 99) -> list[str]:
    return [match.candidate.id for match in rank(asked, candidates, near=HOME, at=AT, limit=limit)]


def only(candidate: Candidate, asked: Understanding = ASKED, near: Point | None = HOME) -> Match:
    (match,) = rank(asked, [candidate], near=near, at=AT, limit=1)
    return match


def test_nothing_in_common_is_honestly_no_match():
    assert ranked(replace(GOOD, needs=("debts",), text_score=0.0)) == []


def test_words_in_common_are_enough_to_be_found():
    assert ranked(replace(GOOD, needs=(), text_score=0.5)) == ["walk"]


@pytest.mark.parametrize(
    "worse",
    [
        {"needs": ("company",)},
        {"needs": (), "text_score": 20.0},
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


@given(st.floats(0, 30), st.floats(0, 30), st.booleans(), st.booleans())
def test_a_step_of_suitability_always_outweighs_the_layer(one_text, other_text, one_fits, other_fits):
    one = only(replace(GOOD, layer=1, text_score=one_text, needs=("walking_buddy",) if one_fits else ("company",)))
    other = only(
        replace(GOOD, layer=4, text_score=other_text, needs=("walking_buddy",) if other_fits else ("company",))
    )

    if other.parts.factor("suitability") > one.parts.factor("suitability"):
        assert other.score > one.score


def test_an_offering_whose_main_need_is_asked_comes_before_a_side_effect():
    dogs = replace(GOOD, id="a-dogs", layer=1, needs=("pets", "walking_buddy"), text_score=0.0)

    assert ranked(dogs, replace(GOOD, text_score=0.0)) == ["walk", "a-dogs"]


def test_an_offering_that_covers_more_of_the_needs_comes_first():
    both = replace(GOOD, id="z-both", needs=("walking_buddy", "company"), text_score=0.0)

    assert ranked(replace(GOOD, text_score=0.0), both) == ["z-both", "walk"]


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
    assert only(at_home).parts.factor("reach") > only(replace(GOOD, latitude=52.65)).parts.factor("reach")


def test_the_score_is_the_product_of_named_parts():
    parts = only(GOOD).parts

    product = 1.0
    for part in parts.parts:
        assert 0 < part.factor <= 1
        product *= part.factor
    assert only(GOOD).score == pytest.approx(product)
    assert [part.name for part in parts.parts] == [
        "suitability", "audience", "reach", "when", "freshness", "room", "layer",
    ]  # fmt: skip
    assert "suitability 0.80 (walking_buddy, text) × audience 1.00 (welcome)" in parts.explain()
    with pytest.raises(KeyError):
        parts.factor("beauty")


def test_equal_scores_are_ordered_by_distance_name_and_id():
    twins = [replace(GOOD, id="b"), replace(GOOD, id="a"), replace(GOOD, id="c", name="Aan de wandel")]

    assert ranked(*twins) == ["c", "a", "b"]


def test_limit_cuts_the_list_and_nothing_below_zero_is_asked():
    three = [replace(GOOD, id=letter) for letter in "abc"]

    assert ranked(*three, limit=2) == ["a", "b"]
    assert ranked(*three, limit=-1) == []


candidates = st.builds(
    Candidate,
    id=st.text("abcdef", min_size=1, max_size=6),
    name=st.text("xyz", max_size=3),
    summary=st.just(""),
    kind=st.just("activity"),
    layer=st.none() | st.integers(1, 4),
    needs=st.sampled_from([(), ("walking_buddy",), ("company",), ("walking_buddy", "company"), ("debts",)]),
    audiences=st.sampled_from([(), ("everyone",), ("lgbtqi",), ("older_people",)]),
    latitude=st.none() | st.floats(52, 53),
    longitude=st.floats(5, 6),
    delivery=st.sampled_from(["at_place", "at_home", "remote"]),
    confidence=st.floats(0, 1),
    freshness=st.sampled_from(["fresh", "ageing", "stale", "unconfirmed"]),
    is_full=st.booleans(),
    next_dates=st.lists(st.integers(-50, 90).map(lambda days: AT + timedelta(days=days)), max_size=2).map(tuple),
    text_score=st.floats(0, 30),
)
distinct = st.lists(candidates, max_size=12, unique_by=lambda candidate: candidate.id)


@given(distinct, st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_the_order_given(found, chance: random.Random):
    shuffled = found[:]
    chance.shuffle(shuffled)

    assert ranked(*shuffled) == ranked(*found)
    assert sorted(ranked(*found)) == sorted(
        one.id for one in found if set(one.needs) & {"walking_buddy", "company"} or one.text_score > 0
    )


@given(distinct, candidates)
def test_one_more_candidate_never_changes_the_order_of_the_others(found, extra):
    extra = replace(extra, id="extra")

    assert [key for key in ranked(*found, extra) if key != "extra"] == ranked(*found)


@given(distinct)
def test_scores_fall_and_stay_between_zero_and_one(found):
    scores = [match.score for match in rank(ASKED, found, near=HOME, at=AT, limit=99)]

    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_distance_is_measured_over_the_earth():
    assert distance_m(Point(52.0, 5.0), Point(53.0, 5.0)) == pytest.approx(111_195, rel=1e-4)
    assert distance_m(HOME, HOME) == 0


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(-90, 90), st.floats(-180, 180))
def test_distance_is_the_same_both_ways_and_never_more_than_half_the_earth(a, b, c, d):
    one, other = Point(a, b), Point(c, d)

    assert distance_m(one, other) == pytest.approx(distance_m(other, one))
    assert 0 <= distance_m(one, other) <= 20_015_200


@pytest.mark.parametrize(
    "fields",
    [
        {"layer": 5},
        {"confidence": 1.1},
        {"text_score": -1.0},
        {"text_score": float("nan")},
        {"next_dates": (datetime(2026, 11, 24, 10, 0),)},  # noqa: DTZ001 (the mistake under test)
    ],
)
def test_an_impossible_candidate_is_refused_by_name(fields):
    with pytest.raises(CandidateInvalid, match="walk"):
        replace(GOOD, **fields)


def test_a_place_off_the_earth_and_a_time_without_zone_are_refused():
    with pytest.raises(ValueError, match="no place"):
        Point(152.0, 5.0)
    with pytest.raises(ValueError, match="time zone"):
        rank(ASKED, [], near=None, at=AT.replace(tzinfo=None), limit=1)


@pytest.mark.parametrize(
    ("fields", "dutch", "english"),
    [
        (
            {},
            "Past bij: samen wandelen. 600\N{NO-BREAK SPACE}meter van u vandaan, dinsdag om 10.00 uur.",
            "Fits: walking together. 600\N{NO-BREAK SPACE}metres from you, Tuesday at 10:00.",
        ),
        (
            {"needs": ("walking_buddy", "company"), "next_dates": (AT + timedelta(hours=5),)},
            "Past bij: samen wandelen en iemand om mee te praten. "
            "600\N{NO-BREAK SPACE}meter van u vandaan, vandaag om 14.00 uur.",
            "Fits: walking together and someone to talk to. 600\N{NO-BREAK SPACE}metres from you, today at 14:00.",
        ),
        (
            {"latitude": 52.562, "next_dates": (AT + timedelta(days=1),), "is_full": True},
            "Past bij: samen wandelen. 1,3\N{NO-BREAK SPACE}kilometer van u vandaan, morgen om 9.00 uur. "
            "Het is nu vol. Vraag of u op de lijst kunt.",
            "Fits: walking together. 1.3\N{NO-BREAK SPACE}kilometres from you, tomorrow at 09:00. "
            "It is full now. Ask to be put on the list.",
        ),
        (
            {"needs": (), "delivery": "remote", "next_dates": (), "freshness": "stale"},
            "Lijkt op wat u vraagt. Per telefoon of online. Wij hebben dit lang niet nagevraagd. Bel eerst even.",
            "Looks like what you ask for. By telephone or online. "
            "We have not checked this for a long time. Please call first.",
        ),
        (
            {"delivery": "at_home", "next_dates": (TUESDAY + timedelta(days=7),), "freshness": "unconfirmed"},
            "Past bij: samen wandelen. Komt bij u thuis, dinsdag 1 december om 10.00 uur. "
            "Wij hebben dit nog niet nagevraagd. Bel eerst even.",
            "Fits: walking together. Comes to your home, Tuesday 1 December at 10:00. "
            "We have not checked this yet. Please call first.",
        ),
        (
            {"latitude": None, "next_dates": ()},
            "Past bij: samen wandelen. In Oostdijk.",
            "Fits: walking together. In Oostdijk.",
        ),
        (
            {"latitude": 52.55, "next_dates": (AT - timedelta(days=1),)},
            "Past bij: samen wandelen. Vlak bij u.",
            "Fits: walking together. Very near you.",
        ),
        (
            {"latitude": None, "area_name": "", "next_dates": ()},
            "Past bij: samen wandelen.",
            "Fits: walking together.",
        ),
    ],
)
def test_the_reason_is_told_in_plain_words_from_the_same_facts(fields, dutch, english):
    match = only(replace(GOOD, **fields))

    assert reason_sentence(match) == dutch
    assert reason_sentence(match, "en") == english


def test_today_is_the_day_of_the_offering_and_not_of_the_server():
    late = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)  # already Sunday in Amsterdam
    (match,) = rank(
        ASKED,
        [replace(GOOD, next_dates=(datetime(2026, 11, 22, 10, 0, tzinfo=AMSTERDAM),))],
        near=HOME,
        at=late,
        limit=1,
    )

    assert "vandaag om 10.00 uur" in reason_sentence(match)


@given(distinct)
def test_a_reason_can_be_told_of_every_match_in_both_languages(found):
    for match in rank(ASKED, found, near=HOME, at=AT, limit=99):
        for language in ("nl", "en"):
            sentence = reason_sentence(match, language)
            assert sentence.endswith(".")
            assert "{" not in sentence
