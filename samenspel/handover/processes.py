"""The legal processes that a question can be a melding for, as dated data (`processes.toml`)."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Process:
    """The term of one process, its source, and how long the receipt is kept; `article` is a key of `laws.toml`."""

    key: str
    article: str
    weeks: int
    source: str
    next_step: str
    personal_plan_days: int
    keep_years: int
    keep_source: str
    checked: bool
    since: date
    until: date | None = None


@cache
def _all() -> tuple[Process, ...]:
    read = tomllib.loads((Path(__file__).parent / "processes.toml").read_text("utf-8"))
    return tuple(Process(since=one.pop("from"), **one) for one in read["processes"])


def process_of(key: str, *, on: date) -> Process:
    """The process as it was on a day; raises KeyError where the law had none then."""
    for one in _all():
        if one.key == key and one.since <= on and (one.until is None or on <= one.until):
            return one
    raise KeyError(f"{key} {on}")
