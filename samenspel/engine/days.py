"""A day as files and commands write it: JJJJ-MM-DD, and nothing else."""

import re
from datetime import date

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def iso_day(text: str) -> date:
    """The day of "2026-11-22"; raises ValueError for anything else.

    `date.fromisoformat` also reads 20261122 and weeks (2026-W47-7), which people take for something else.
    """
    if not _DAY.fullmatch(text):
        raise ValueError(f"{text[:40]!r} is no day as JJJJ-MM-DD")
    return date.fromisoformat(text)
