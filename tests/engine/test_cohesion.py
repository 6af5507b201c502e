"""Fragmentation of welfare and care, and who is linked with none: small cases by hand, and what always holds."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenspel.engine.cohesion import (
    PROFESSIONAL_KINDS,
    WELFARE_AND_CARE,
    Activity,
    Concentration,
    Link,
    Overlap,
    concentration,
    counts,
    fragmentation,
    isolated,
)

PARTIES = ("aarde", "bos", "duin", "eik")
NEEDS = ("carer_support", "respite", "dementia", "company")


def an_activity(party: str = "aarde", **facts: Any) -> Activity:
    """Of a funded foundation of professionals in care, unless told otherwise."""
    stated = {
        "kind": "foundation",
        "themes": frozenset({"care"}),
        "needs": frozenset({"carer_support"}),
        "audiences": frozenset({"informal_carers"}),
        "role": 3,
        "layer": 3,
        **{key: frozenset(value) if isinstance(value, set) else value for key, value in facts.items()},
    }
    return Activity(party=party, **stated)


activities = st.lists(
    st.builds(
        an_activity,
        party=st.sampled_from(PARTIES),
        kind=st.sampled_from(sorted(PROFESSIONAL_KINDS | {"association", "informal_group"})),
        themes=st.sets(st.sampled_from([*WELFARE_AND_CARE, "meet", "create"]), min_size=1),
        needs=st.sets(st.sampled_from(NEEDS)),
        audiences=st.sets(st.sampled_from(["everyone", "older_people", "informal_carers"])),
        role=st.sampled_from([None, 1, 2, 3, 4]),
        layer=st.sampled_from([None, 1, 2, 3, 4]),
        euros=st.none() | st.integers(0, 500_000),
    ),
    max_size=12,
)
links = st.lists(st.builds(Link, st.frozensets(st.sampled_from([*PARTIES, "team", "name:Politie"]))), max_size=6)


@pytest.mark.parametrize(
    ("facts", "does"),
    [
        ({}, True),
        ({"kind": "public_body", "role": 4, "layer": 4}, True),
        ({"kind": "school", "role": 2, "layer": None}, True),
        ({"kind": "association"}, False),
        ({"kind": "faith_community"}, False),
        ({"kind": "informal_group"}, False),
        ({"layer": 1}, False),
        ({"layer": 2}, False),
        ({"role": 1}, False),
        ({"role": None}, False),
        ({"role": None, "euros": 0}, False),
        ({"role": 1, "euros": 12_000}, True),
    ],
    ids=[
        "a foundation with role 3",
        "a public body",
        "a school whose layer is unknown",
        "an association",
        "a faith community",
        "a group of residents",
        "neighbours among themselves",
        "volunteers of a foundation",
        "the community owns it",
        "role unknown",
        "an amount of nothing",
        "still paid this year",
    ],
)
def test_only_funded_work_of_professionals_counts(facts: dict[str, Any], does: bool):
    assert counts(an_activity(**facts)) is does


def test_an_offering_outside_welfare_and_care_is_no_fragmentation():
    choirs = [an_activity(party, themes={"create", "meet"}) for party in PARTIES]

    assert [fragmentation(choirs, theme).parties for theme in WELFARE_AND_CARE] == [()] * 6
    with pytest.raises(ValueError, match="create is not welfare or care"):
        fragmentation(choirs, "create")


def test_three_parties_worked_out_by_hand():
    """Aarde has two offerings and bos and duin one: (4 + 1 + 1) / 16. Money of two: (900 + 100) / 1600."""
    here = [
        an_activity("aarde", needs={"carer_support", "respite"}, euros=30),
        an_activity("aarde", needs={"dementia"}),
        an_activity("bos", needs={"carer_support", "company"}, euros=10),
        an_activity("duin", needs={"carer_support"}, audiences={"older_people"}),
    ]
    found = fragmentation(here, "care")

    assert (found.theme, found.parties, found.offerings) == ("care", ("aarde", "bos", "duin"), 4)
    assert found.by_offerings == Concentration(6 / 16, 3)
    assert found.by_money == Concentration(1000 / 1600, 2)
    assert found.overlaps == (Overlap(("aarde", "bos"), ("carer_support",), 1 / 4),)


def test_the_same_need_for_another_audience_is_no_overlap_and_no_audience_is_everyone():
    nobody_named = an_activity("aarde", audiences=set())

    assert fragmentation([nobody_named, an_activity("bos")], "care").overlaps == ()
    same = fragmentation([nobody_named, an_activity("bos", audiences={"everyone"})], "care").overlaps
    assert same == (Overlap(("aarde", "bos"), ("carer_support",), 1.0),)


def test_the_most_alike_come_first():
    here = [
        an_activity("aarde", needs={"respite", "dementia"}),
        an_activity("bos", needs={"respite"}),
        an_activity("duin", needs={"respite", "dementia"}),
    ]
    found = fragmentation(here, "care").overlaps

    assert [(pair.parties, pair.likeness) for pair in found] == [
        (("aarde", "duin"), 1.0),
        (("aarde", "bos"), 0.5),
        (("bos", "duin"), 0.5),
    ]


def test_one_party_has_all_and_no_party_has_no_index():
    alone = fragmentation([an_activity(euros=10)], "care")

    assert (alone.by_offerings, alone.by_money, alone.overlaps) == (Concentration(1.0, 1), None, ())
    assert concentration([]) is None
    assert concentration([0, 0]) is None


@given(st.lists(st.integers(1, 10**12), min_size=1, max_size=50))
def test_the_index_lies_between_one_party_of_all_and_all_of_one_size(sizes: list[int]):
    found = concentration(sizes)

    assert found
    assert 1 / len(sizes) <= found.index <= 1
    assert 1 <= found.equal_parties <= len(sizes) * (1 + 1e-12)


@given(activities)
def test_every_index_of_a_theme_is_possible(here: list[Activity]):
    for theme in WELFARE_AND_CARE:
        found = fragmentation(here, theme)
        for one in (found.by_offerings, found.by_money):
            assert one is None or 1 / one.of <= one.index <= 1
        assert all(0 < pair.likeness <= 1 and pair.needs for pair in found.overlaps)


@given(activities, st.sampled_from(["association", "faith_community", "informal_group"]), st.sampled_from(PARTIES))
def test_a_choir_changes_no_figure_of_fragmentation(here: list[Activity], kind: str, party: str):
    choir = an_activity(party, kind=kind, themes=set(WELFARE_AND_CARE), needs=set(NEEDS), role=2, euros=5_000)

    for theme in WELFARE_AND_CARE:
        assert fragmentation([*here, choir], theme) == fragmentation(here, theme)


@given(activities)
def test_the_order_of_the_offerings_does_not_matter(here: list[Activity]):
    for theme in WELFARE_AND_CARE:
        assert fragmentation(reversed(here), theme) == fragmentation(here, theme)


@given(links, st.builds(Link, st.frozensets(st.sampled_from([*PARTIES, "team"]))))
def test_one_more_link_never_leaves_more_alone(there: list[Link], added: Link):
    assert isolated(PARTIES, [*there, added]) <= isolated(PARTIES, there)


def test_a_link_needs_another_who_may_be_outside_the_map():
    there = [
        Link(frozenset({"aarde", "bos"})),
        Link(frozenset({"duin"})),
        Link(frozenset({"eik", "team"})),
    ]

    assert isolated(PARTIES, there) == {"duin"}
    assert isolated(PARTIES, []) == set(PARTIES)


def test_more_offerings_of_one_party_make_it_more_concentrated():
    here = [an_activity("aarde"), an_activity("bos")]
    more = [*here, replace(here[0], needs=frozenset({"respite"}))]
    before, after = fragmentation(here, "care").by_offerings, fragmentation(more, "care").by_offerings

    assert before
    assert after
    assert (before.index, after.index) == (0.5, 5 / 9)
