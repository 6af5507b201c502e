"""What a change of the shift ledger is worth in money, by the municipality's own unit prices and as unsure as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import ceil, floor, sqrt

from samenspel.engine.shares import Z
from samenspel.engine.shift import LAYERS, Change, Era, Pool, Verdict


@dataclass(frozen=True, slots=True)
class Money:
    """Whole euros that a change is worth over the last quarters, at least and at most; below 0 it costs more."""

    low: int
    high: int


def money_of(change: Change, prices: Mapping[int, tuple[int, int]]) -> Money | None:
    """What the questions solved in the last quarters would have cost more, had help stayed as near home as before.

    `prices` gives per layer the lowest and highest whole euros of one question. A price is the same then and now,
    whichever it is: of all pairings of lowest and highest the least and the most are taken, each as much wider as the
    counts may be off by chance. None without a clear gain or loss, or without a price of a layer in it.
    """
    if change.before is None or change.now is None or change.verdict not in (Verdict.LIGHTER, Verdict.HEAVIER):
        return None
    pools = [pool for era in (change.before, change.now) for pool in (era.asked, era.found)]
    used = [layer for layer in LAYERS if any(pool.weights[layer] for pool in pools)]
    if any(layer not in prices for layer in used):
        return None
    pairs = [prices[layer] if layer in used else (0, 0) for layer in LAYERS]
    worths = [_worth(change.before, change.now, price) for price in product(*pairs)]
    number = change.now.found.number
    least = min(worth - error for worth, error in worths)
    return Money(floor(number * least), ceil(number * max(worth + error for worth, error in worths)))


def _worth(before: Era, now: Era, price: Sequence[int]) -> tuple[float, float]:
    """Euros for one question, and what of it may be chance (one time in twenty it is more)."""
    more = [_cost(pool, price) for pool in (now.asked, before.found)]
    less = [_cost(pool, price) for pool in (now.found, before.asked)]
    saved = sum(mean for mean, _variance in more) - sum(mean for mean, _variance in less)
    return saved, Z * sqrt(sum(variance for _mean, variance in more + less))


def _cost(pool: Pool, price: Sequence[int]) -> tuple[float, float]:
    """What one question costs on average, and the variance of that."""
    number = pool.number
    mean = sum(weight * one for weight, one in zip(pool.weights, price, strict=True)) / number
    parts = zip(pool.weights, pool.blurs, price, strict=True)
    return mean, sum((weight + blur) * (one - mean) ** 2 for weight, blur, one in parts) / number**2
