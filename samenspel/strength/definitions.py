"""What each figure of a strength profile means, in two languages, by a dated version: `definitions.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

Words = Mapping[str, Any]
"""The same text by language: "nl" and "en"."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One of the seven sides of strength, with the warning that stands beside its figures."""

    key: str
    label: Words
    warning: Words


@dataclass(frozen=True, slots=True)
class Definition:
    """A figure: what it is called, what it means, its unit, how many decimals are shown, and where it comes from."""

    key: str
    dimension: str
    decimals: int
    label: Words
    unit: Words
    means: Words
    source: Words


@dataclass(frozen=True, slots=True)
class Definitions:
    """The whole set in the order of a page. `not_measured` are sentences, always true."""

    version: str
    dimensions: tuple[Dimension, ...]
    figures: Mapping[str, Definition]
    not_measured: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def definitions() -> Definitions:
    """Read the file that ships, once."""
    told = tomllib.loads(Path(__file__).with_name("definitions.toml").read_text(encoding="utf-8"))
    dimensions = tuple(Dimension(one["key"], one, one["warning"]) for one in told["dimension"])
    figures = {
        one["key"]: Definition(
            one["key"], one["dimension"], one["decimals"], one, one["unit"], one["means"], one["source"]
        )
        for one in told["figure"]
    }
    never = {language: tuple(lines) for language, lines in told["not_measured"].items()}
    return Definitions(f"{told['version']} ({told['since']})", dimensions, figures, never)


def said(words: Words) -> Any:
    """The text in the language in use, Dutch where it has no other."""
    return words["en"] if get_language() == "en" else words["nl"]
