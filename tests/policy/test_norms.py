"""Norms of the council: dated, kept, and refused by field when nobody can mean them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import translation

from samenspel.audit.models import AuditEvent
from samenspel.people.checks import FactRefused
from samenspel.policy.models import BlockNorm
from samenspel.policy.norms import (
    BY_DISTANCE,
    EXAMPLE_NORMS,
    NormFacts,
    drop_norm,
    in_words,
    norms_in_force,
    norms_of,
    set_norm,
)
from samenspel.policy.strength_choice import choice_of, choose_total
from samenspel.sources.vocabulary import BuildingBlock
from tests.people.rows import BY, ELSEWHERE, GM

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)
DOCUMENT = "Raadsbesluit 2026-61, artikel 2"


def a_norm(
    block: int = BuildingBlock.MEETING_PLACES, *, municipality: str = GM, at: datetime = AT, **facts: Any
) -> BlockNorm:
    example = replace(EXAMPLE_NORMS[BuildingBlock(block)], document=DOCUMENT, since=TODAY)
    return set_norm(municipality=municipality, facts=replace(example, **facts), by=BY, at=at)


def test_every_example_can_be_adopted_once_a_document_is_named():
    for block in BuildingBlock:
        assert NormFacts.of(a_norm(block)) == replace(EXAMPLE_NORMS[block], document=DOCUMENT, since=TODAY)
    assert set(norms_in_force(GM, TODAY)) == set(BuildingBlock)


@pytest.mark.parametrize("block", BuildingBlock, ids=[block.name for block in BuildingBlock])
def test_no_example_is_adopted_as_it_stands(block: BuildingBlock):
    with pytest.raises(FactRefused) as refused:
        set_norm(municipality=GM, facts=EXAMPLE_NORMS[block], by=BY, at=AT)
    assert refused.value.field == "document"
    assert not BlockNorm.objects.exists()


def test_a_later_norm_follows_and_what_held_stays():
    a_norm(since=TODAY - timedelta(days=300), amount=10)
    a_norm(since=TODAY - timedelta(days=20), amount=15, at=AT - timedelta(days=20))
    a_norm(since=TODAY + timedelta(days=40), amount=20)

    in_force = {
        days: norms_in_force(GM, TODAY + timedelta(days=days))[BuildingBlock.MEETING_PLACES].amount
        for days in (-300, -21, -20, 0, 39, 40)
    }
    assert in_force == {-300: 10, -21: 10, -20: 15, 0: 15, 39: 15, 40: 20}
    assert [norm.amount for norm in norms_of(GM)] == [20, 15, 10]


def test_before_the_first_norm_and_elsewhere_nothing_holds():
    a_norm()
    assert norms_in_force(GM, TODAY - timedelta(days=1)) == {}
    assert norms_in_force(ELSEWHERE, TODAY) == {}
    assert norms_of(ELSEWHERE) == []


@pytest.mark.parametrize("days", [0, 9], ids=["begins today", "to come"])
def test_the_same_day_replaces_what_did_not_hold_yet_and_the_log_names_fields_only(days: int):
    since = TODAY + timedelta(days=days)
    a_norm(since=since)
    a_norm(since=since, amount=24, metres=1000)

    assert (BlockNorm.objects.get().amount, BlockNorm.objects.get().metres) == (24, 1000)
    assert AuditEvent.objects.order_by("pk").last().detail == {"fields": ["amount", "metres"]}  # type: ignore[union-attr]


@pytest.mark.parametrize("days", [1, 20, 21], ids=["since then", "the same day", "before"])
def test_what_was_said_under_the_norm_of_now_is_not_changed_behind_its_back(days: int):
    a_norm(since=TODAY - timedelta(days=20), share=80)
    with pytest.raises(FactRefused, match="vanaf 1 november 2026 geldt al een norm") as refused:
        a_norm(since=TODAY - timedelta(days=days), share=1)
    assert refused.value.field == "since"
    assert BlockNorm.objects.get().share == 80


def test_a_norm_that_is_to_come_does_not_stop_an_earlier_one():
    a_norm(since=date(2036, 1, 1))
    a_norm(since=TODAY)
    assert norms_in_force(GM, TODAY)[BuildingBlock.MEETING_PLACES].since == TODAY


def test_a_norm_that_is_to_come_can_be_taken_away_and_one_that_began_cannot():
    coming, holds = a_norm(since=TODAY + timedelta(days=1)), a_norm()
    drop_norm(norm=coming, by=BY, at=AT)
    with pytest.raises(FactRefused, match="al ingegaan"):
        drop_norm(norm=holds, by=BY, at=AT)
    assert list(BlockNorm.objects.all()) == [holds]
    assert AuditEvent.objects.filter(action="drop_norm").count() == 1


@pytest.mark.parametrize(
    ("block", "wrong", "field"),
    [
        (9, {}, "block"),
        (3, {"share": 0}, "share"),
        (3, {"share": 101}, "share"),
        (3, {"metres": 0}, "metres"),
        (3, {"metres": 50_001}, "metres"),
        (3, {"months": 0}, "months"),
        (3, {"months": 61}, "months"),
        (3, {"amount": 0}, "amount"),
        (3, {"amount": 169}, "amount"),
        (3, {"amount": float("nan")}, "amount"),
        (3, {"themes": ("meet",)}, "themes"),
        (3, {"document": ""}, "document"),
        (3, {"document": "\u200b "}, "document"),
        (3, {"document": "x" * 201}, "document"),
        (1, {"evening": True}, "evening"),
        (2, {"themes": ()}, "themes"),
        (2, {"themes": ("meet", "meet"), "amount": 2}, "themes"),
        (2, {"themes": ("verzonnen",), "amount": 1}, "themes"),
        (2, {"amount": 4}, "amount"),
        (4, {"amount": 3}, "amount"),
        (4, {"metres": 800}, "metres"),
        (5, {"share": 80}, "metres"),
    ],
    ids=lambda value: None if isinstance(value, str) else str(value)[:30],
)
def test_what_nobody_can_mean_is_refused_by_field(block: int, wrong: dict[str, Any], field: str):
    known = EXAMPLE_NORMS[BuildingBlock(block if block in BuildingBlock.values else 3)]
    facts = replace(known, **{"block": block, "document": DOCUMENT, **wrong})
    with pytest.raises(FactRefused) as refused:
        set_norm(municipality=GM, facts=facts, by=BY, at=AT)
    assert refused.value.field == field
    assert not BlockNorm.objects.exists()


def test_a_norm_is_said_in_sentences_of_the_language_in_use():
    assert in_words(a_norm()) == (
        "Voor 80 % van de inwoners is er een ontmoetingsplek binnen 800 meter. "
        "Gemiddeld is er 20 uur per week of meer iets open. Ook op een avond. "
        "Wij meten in een rechte lijn. Wat 12 maanden of langer geleden is bevestigd, telt niet mee."
    )
    assert "4,5 uur per week" in in_words(replace(EXAMPLE_NORMS[BuildingBlock.CONNECTOR], amount=4.5))
    assert "binnen 3.000 meter" in in_words(EXAMPLE_NORMS[BuildingBlock.PEOPLE])
    with translation.override("en"):
        assert "3,000" in in_words(EXAMPLE_NORMS[BuildingBlock.PEOPLE])


def test_a_norm_of_a_whole_wijk_promises_no_distance_and_no_term_of_confirmation():
    said = {block: in_words(facts) for block, facts in EXAMPLE_NORMS.items()}
    for words in ("rechte lijn", "telt niet mee"):
        assert {block for block in BuildingBlock if words in said[block]} == set(BY_DISTANCE)


def test_each_example_says_its_own_sentences():
    said = {in_words(facts) for facts in EXAMPLE_NORMS.values()}
    one_way = in_words(replace(EXAMPLE_NORMS[BuildingBlock.NETWORK], amount=1))
    assert len(said | {one_way}) == len(BuildingBlock) + 1
    assert not [sentence for sentence in said if "%(" in sentence]


def total_is_shown(municipality: str) -> bool:
    choice = choice_of(municipality)
    return choice is not None and choice.shows_total


def test_a_total_is_shown_only_once_the_municipality_chose_it_with_a_reason():
    assert not total_is_shown(GM)
    with pytest.raises(FactRefused) as refused:
        choose_total(municipality=GM, shows_total=True, reason="", by=BY, at=AT)
    assert refused.value.field == "reason"
    assert not total_is_shown(GM)

    choose_total(municipality=GM, shows_total=True, reason="De raad vroeg erom.", by=BY, at=AT)
    assert (total_is_shown(GM), total_is_shown(ELSEWHERE)) == (True, False)
    choose_total(municipality=GM, shows_total=False, reason="Het verborg verschillen.", by=BY, at=AT)
    assert not total_is_shown(GM)
    events = AuditEvent.objects.filter(action="choose_total").order_by("pk")
    assert [event.detail for event in events] == [
        {"fields": ["shows_total", "reason"]},
        {"fields": ["shows_total", "reason"]},
    ]
