"""The vectors of one municipality's offerings on disk: one file, always complete, read through mmap."""

import logging
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from samenspel.engine.meaning import Means, Numbers, Vectors, cosines, lengths
from samenspel.socialmap.meaning.encoder import NAME
from samenspel.socialmap.meaning.texts import TEXT_FORM

_log = logging.getLogger(__name__)

_MOST_OPEN = 64
"""Municipalities of which a process remembers the file; each costs 40 kB per thousand offerings."""

_STEPS = 127
"""Each number is kept in a byte, as a part of the largest one of its row: as good as 32 bits (nDCG@10 0.390, 0.389)."""

Stamp = tuple[int, int]


def folder() -> Path:
    """Where the vectors of this encoder and this form of texts stand."""
    path: Path = settings.DATA / "index" / "meaning" / f"{NAME}-{TEXT_FORM}"
    return path


@dataclass(frozen=True)
class Opened:
    """A file as it was at one moment; `rows` stays on disk, what is worked out from it does not."""

    stamp: Stamp
    rows: Any
    ids: tuple[str, ...]
    mean: Numbers
    rests: Numbers

    def cosines(self, question: Vectors, means: Means) -> Numbers:
        return cosines(question, _numbers(self.rows), means, self.mean, self.rests)


_opened: dict[Path, Opened] = {}


def opened(municipality: str, means: Means) -> Opened | None:
    """The newest vectors of a municipality; None when there are none. One system call while nothing changes."""
    path = _path(municipality)
    try:
        found = os.stat(path)
        stamp = (found.st_ino, found.st_mtime_ns)
        known = _opened.get(path)
        if known is None or known.stamp != stamp:
            if len(_opened) >= _MOST_OPEN:
                _opened.clear()
            known = _opened[path] = _open(path, stamp, means)
    except FileNotFoundError:
        return None
    except (ValueError, OSError, IndexError) as error:
        _log.error("vectors cannot be read: %s", error)
        return None
    return known


def kept(municipality: str) -> dict[tuple[str, str], Vectors]:
    """The vectors that are there, by (id, digest of the text); a file that cannot be read gives none."""
    try:
        rows = np.load(_path(municipality), allow_pickle=False)
        return {
            (str(row["id"], "ascii"), str(row["text"], "ascii")): one
            for row, one in zip(rows, _numbers(rows), strict=True)
        }
    except (FileNotFoundError, ValueError, OSError, IndexError):
        return {}


def put(municipality: str, vectors: dict[tuple[str, str], Vectors]) -> None:
    """Put a whole new file in place, or none when there is nothing."""
    path = _path(municipality)
    if not vectors:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    size = len(next(iter(vectors.values())))
    rows = np.empty(len(vectors), dtype=_row(size))
    for number, ((identifier, digest), vector) in enumerate(vectors.items()):
        scale = np.abs(vector).max() / _STEPS or 1.0
        rows[number] = (identifier.encode(), digest.encode(), scale, np.round(vector / scale))
    draft = path.with_name(f".{path.stem}.{os.getpid()}")
    with draft.open("wb") as file:
        np.save(file, rows, allow_pickle=False)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)


def _row(size: int) -> list[Any]:
    return [("id", "S36"), ("text", "S16"), ("scale", "<f4"), ("vector", "i1", (size,))]


def _path(municipality: str) -> Path:
    return folder() / f"{municipality}.npy"


def _open(path: Path, stamp: Stamp, means: Means) -> Opened:
    rows = np.load(path, mmap_mode="r", allow_pickle=False)
    numbers = _numbers(rows)
    mean = means.of_offerings(numbers)
    ids = tuple(str(one, "ascii") for one in rows["id"])
    return Opened(stamp, rows, ids, mean, lengths(numbers, mean))


def _numbers(rows: Any) -> Vectors:
    numbers: Vectors = rows["vector"].astype(np.float32)
    numbers *= rows["scale"][:, np.newaxis]
    return numbers
