"""The vocabulary of needs: the shipped files in `vocabulary/`, and on top what a municipality published itself.

The shipped part is read once per process. The own phrases stand in the database; `samenspel work` copies what is
published to one file in `settings.DATA` (`socialmap.wording`), so that a question costs no query here.
"""

import hashlib
import json
import logging
import os
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from samenspel.engine.matching import Vocabulary, VocabularyInvalid, parse_vocabulary
from samenspel.engine.matching.own_phrases import Addition, extended, parse_addition
from samenspel.engine.matching.phrases import PhraseInvalid

_log = logging.getLogger(__name__)

_FOLDER = Path(__file__).with_name("vocabulary")
_LEARNED = _FOLDER / "learned"

PUBLISHED = "words.json"
"""In `settings.DATA`: per municipality its published phrases, each [text, effect, target]."""

Source = dict[str, Any]
"""The content of one or more files of the vocabulary, as `tomllib` gives it."""


def vocabulary(municipality: str = "") -> Vocabulary:
    """The words by which a question is read: the shipped ones, with those that a municipality published.

    Raises VocabularyInvalid naming the entry, or the file and line, when the shipped files have a mistake.
    """
    return _published().of(municipality) if municipality else _shipped()


def sources(without: Collection[str] = ()) -> tuple[Source, Source, Source]:
    """What `parse_vocabulary` takes: needs, situations and safety, each file merged into the one it adds to.

    Each may be cut in more files (`needs*.toml`). The files in `learned/` add to the first two and never to safety,
    which is reviewed apart; `without` names those to leave out ("half_a"). An unknown name is a KeyError.
    """
    learned = {file.stem: file for file in sorted(_LEARNED.glob("*.toml"))}
    for name in without:
        del learned[name]
    needs, situations, safety = (_merged(f"{name}*.toml") for name in ("needs", "situations", "safety"))
    for name in ("subjects", "rights"):
        _merge(situations, _merged(f"{name}*.toml"), f"{name}.toml")
    for file in learned.values():
        added = _load(file)
        if "urgent" in added:
            raise VocabularyInvalid(f"learned/{file.name}: [[urgent]] stands in safety.toml only")
        _merge(needs, {"needs": added.pop("needs", {})}, f"learned/{file.name}")
        _merge(situations, added, f"learned/{file.name}")
    return needs, situations, safety


@lru_cache(maxsize=1)
def digest() -> str:
    """A short mark of what the words put into the documents of the index: the needs and their labels."""
    content = [(need.key, need.label, need.label_en) for need in _shipped().needs.values()]
    return hashlib.blake2b(repr(content).encode(), digest_size=8).hexdigest()


@lru_cache(maxsize=1)
def groups() -> Mapping[str, tuple[str, ...]]:
    """The named groups of words that a phrase may use, as in `<family>`."""
    return {name: tuple(words) for source in sources() for name, words in source.get("groups", {}).items()}


def with_additions(base: Vocabulary, additions: Iterable[Addition]) -> Vocabulary:
    """A vocabulary with phrases added. What cannot be read is left out and logged: a newer version of Samenspel may
    have taken away the need or the group that a phrase names.
    """
    readable = []
    for one in additions:
        try:
            parse_addition(one, base, groups())
        except PhraseInvalid as error:
            _log.warning("own phrase is left out: %s", error)
        else:
            readable.append(one)
    return extended(base, readable, groups())


@lru_cache(maxsize=1)
def _shipped() -> Vocabulary:
    return parse_vocabulary(*sources())


Stamp = tuple[int, ...]


@dataclass(frozen=True)
class _Published:
    """One content of the file; the vocabularies made of it are kept."""

    stamp: Stamp = ()
    additions: Mapping[str, tuple[Addition, ...]] = field(default_factory=dict)
    made: dict[str, Vocabulary] = field(default_factory=dict)

    def of(self, municipality: str) -> Vocabulary:
        if municipality not in self.additions:
            return _shipped()
        if municipality not in self.made:
            self.made[municipality] = with_additions(_shipped(), self.additions[municipality])
        return self.made[municipality]


_read: dict[Path, _Published] = {}


def _published() -> _Published:
    """What the file says now: one system call as long as nothing was published."""
    path = settings.DATA / PUBLISHED
    known = _read.get(path) or _Published()
    stamp = _stamp(path)
    if stamp != known.stamp:
        known = _read[path] = _Published(stamp, _additions(path, known))
    return known


def _stamp(path: Path) -> Stamp:
    """Changes with every publication: the file is always a new one put in place."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return ()
    return (found.st_ino, found.st_mtime_ns)


def _additions(path: Path, before: _Published) -> Mapping[str, tuple[Addition, ...]]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {
            home: tuple(Addition(str(text), effect, str(target)) for text, effect, target in phrases)
            for home, phrases in data.items()
        }
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError):  # whatever stands there, a question is answered
        _log.exception("%s cannot be read, going on with the phrases of before", path)
        return before.additions


def _merged(pattern: str) -> Source:
    base: Source = {}
    for file in sorted(_FOLDER.glob(pattern)):
        _merge(base, _load(file), file.name)
    return base


def _load(file: Path) -> Source:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise VocabularyInvalid(f"{file.name}: {error}") from error


def _merge(base: Source, added: Mapping[str, Any], place: str) -> None:
    """Add to `base` in place: tables into tables, lists behind lists, entries of a list of tables by their `key`."""
    for name, value in added.items():
        known = base.get(name)
        if known is None:
            base[name] = value
        elif isinstance(known, dict) and isinstance(value, dict):
            _merge(known, value, f"{place}, {name}")
        elif isinstance(known, list) and isinstance(value, list):
            _extend(known, value, f"{place}, {name}")
        elif known != value:
            raise VocabularyInvalid(f"{place}: {name} stands in another file with another value")


def _extend(base: list[Any], added: list[Any], place: str) -> None:
    by_key = {entry["key"]: entry for entry in base if isinstance(entry, dict) and "key" in entry}
    for one in added:
        known = by_key.get(one["key"]) if isinstance(one, dict) and "key" in one else None
        if known is not None:
            _merge(known, one, f"{place} {one['key']}")
        elif one not in base:
            base.append(one)
