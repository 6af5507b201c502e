"""How sure a share of counted things is, and what shares added and subtracted make: intervals of 95 %.

One share: the score interval of Wilson (1927, JASA 22:209-212). Shares together: square and add, by Newcombe (1998,
Statistics in Medicine 17:873-890, method 10) for two and Zou and Donner (2008, ibid. 27:1693-1702) for more. They hold
for small numbers too, and for shares near 0 and 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, sqrt

Z = 1.959964
"""Standard errors to either side of an interval of 95 %."""


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `of` (above 0) things that were counted; `blur` is the variance of `part` that rounding alone gives."""

    part: float
    of: float
    blur: float = 0.0

    @property
    def value(self) -> float:
        return self.part / self.of

    @property
    def below(self) -> float:
        """How far the lower end of its interval lies below the share."""
        return self._reach(-1)

    @property
    def above(self) -> float:
        """How far the upper end of its interval lies above the share."""
        return self._reach(1)

    def _reach(self, side: int) -> float:
        square = Z * Z
        middle = (self.part + square / 2) / (self.of + square)
        half = Z * sqrt(self.part * (1 - self.value) + square / 4) / (self.of + square)
        return hypot(side * (middle - self.value) + half, Z * sqrt(self.blur) / self.of)


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure, and between what it lies but for one time in twenty."""

    value: float
    low: float
    high: float


def combined(plus: Sequence[Share], minus: Sequence[Share]) -> Interval:
    """The sum of some shares less that of others, each counted apart from the rest."""
    value = sum(one.value for one in plus) - sum(one.value for one in minus)
    low = hypot(*(one.below for one in plus), *(one.above for one in minus))
    high = hypot(*(one.above for one in plus), *(one.below for one in minus))
    return Interval(value, value - low, value + high)
