"""What every model must declare: why it holds its data, for how long, and how sensitive each field is.

A model carries the declaration as its class attribute `registry`; a test fails on a model or field without one, and
the register of processing (`accountability`, docs/privacy.md) is generated from them. Below it: which figures may be
shown, so that no small number can be read or worked out.
Norms: AVG art. 5, 15, 17 and 30; BIO2 5.33.01.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Sensitivity(StrEnum):
    """How far a field may travel; only PUBLIC fields can leave by the open API."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SPECIAL = "special"


@dataclass(frozen=True, kw_only=True)
class Registered:
    """The declaration of one model, in Dutch sentences: the FG reads them in the register.

    `processing` is a key of `accountability/processings.toml`. `retention` is a sentence with the term and what starts
    it; `export` and `erasure` say how a person's own data in it are given (AVG art. 15) and removed (art. 17), "" only
    when no field is personal or special.
    """

    processing: str
    purpose: str
    retention: str
    export: str = ""
    erasure: str = ""
    public: tuple[str, ...] = ()
    internal: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    special: tuple[str, ...] = ()
    classes: dict[str, Sensitivity] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        named = [(name, sensitivity) for sensitivity in Sensitivity for name in getattr(self, sensitivity.value)]
        if len(named) != len(dict(named)):
            raise ValueError("a field stands in two classes")
        object.__setattr__(self, "classes", dict(named))
        if (self.personal or self.special) and not (self.export and self.erasure):
            raise ValueError("personal fields need a way of export and of erasure")


LEAST = 10
"""A figure about people below this is not shown, unless it is 0: then it is about nobody."""
STEP = 5
"""What is shown is rounded down to a multiple of this: who adds to a figure themselves cannot read off what others
added (decision 0020)."""


@dataclass(frozen=True, slots=True)
class Guarded:
    """Figures that add up to a total, as they may be shown; None is hidden."""

    parts: tuple[int | None, ...]
    total: int | None


def guarded(parts: Sequence[int]) -> Guarded:
    """Hide the parts from 1 to LEAST, and as much more as keeps them from being worked out; round what is shown.

    Who looks cannot tell which figure is hidden for being small and which to guard another, so show all the same.
    """
    hidden = [number for number, part in enumerate(parts) if 0 < part < LEAST]
    others = [number for number, part in enumerate(parts) if part >= LEAST]
    if others and not sum_may_be_told([parts[number] for number in hidden]):
        hidden.append(min(others, key=lambda number: parts[number]))
    is_safe = sum_may_be_told([parts[number] for number in hidden])
    shown = tuple(None if number in hidden else rounded(part) for number, part in enumerate(parts))
    return Guarded(shown, rounded(sum(parts)) if is_safe else None)


def rounded(figure: int) -> int:
    """Round down to a multiple of STEP."""
    return figure // STEP * STEP


def sum_may_be_told(hidden: Sequence[int]) -> bool:
    """Whether the sum of hidden figures (each 1 or more) leaves for each of them that it may be LEAST or more."""
    return not hidden or (len(hidden) > 1 and sum(hidden) - (len(hidden) - 1) >= LEAST)
