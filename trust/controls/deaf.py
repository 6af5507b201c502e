"""Control of A9: a question is read as it is typed, without spelling and without undoing what hides words."""

from samenspel.config.settings import *  # noqa: F403
from samenspel.engine.matching import urgent
from samenspel.engine.matching.phrases import Reading, read
from samenspel.engine.spelling import Speller


def _as_typed(question: str, speller: Speller) -> str:
    return question


def _read(question: str, speller: Speller | None = None) -> Reading:
    return read(question)


urgent._plain = _as_typed
urgent.read = _read  # type: ignore[attr-defined]
