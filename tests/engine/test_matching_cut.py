"""The first of a ranking are the same however many are asked for."""

import random
from dataclasses import replace

import pytest

from samenspel.engine.matching import rank
from tests.engine.offerings import together
from tests.engine.test_matching_rank import ASKED, AT, GOOD, HOME


@pytest.mark.parametrize("limit", [0, 1, 7, 20, 59, 60, 99])
def test_a_short_ranking_is_the_beginning_of_a_long_one(limit: int) -> None:
    dice = random.Random(limit)
    many = [
        replace(
            GOOD,
            id=f"{number}",
            latitude=52.55 + dice.choice([0.0, 0.01, 0.02]),
            text=dice.choice([0.0, 3.0]),
            needs=dice.choice([("walking_buddy",), ("company",), ()]),
        )
        for number in range(60)
    ]
    offers = together(many, ASKED.needs, AT)
    everything = rank(ASKED, offers, near=HOME, at=AT, limit=1000)

    assert rank(ASKED, offers, near=HOME, at=AT, limit=limit) == everything[:limit]
    assert len(everything) < len(many)  # what has nothing in common is left out of both
