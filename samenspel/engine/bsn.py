"""Finding a citizen service number (BSN) in a text, so that it can be refused: it belongs nowhere in Samenspel."""

import re
from collections.abc import Iterator

_NINE_DIGITS = re.compile(r"(?<![0-9])(?<![0-9][ .-])(?:[0-9][ .-]?){8}[0-9](?![ .-]?[0-9])")
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
"""The "11-proef": the weighted sum of the digits of a BSN is a multiple of 11."""


def holds_bsn(text: str) -> bool:
    """Say whether nine digits stand in the text that can be a BSN (one in eleven of all nine digits can)."""
    return any(_passes(digits) for digits in _nine_digits(text))


def _passes(digits: str) -> bool:
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11 == 0


def _nine_digits(text: str) -> Iterator[str]:
    for found in _NINE_DIGITS.finditer(text):
        digits = re.sub(r"[^0-9]", "", found[0])
        if digits != "000000000":
            yield digits
