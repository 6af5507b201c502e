"""The folder of the index on disk: builds, the pointer to the current one, positions and the lock of the writer."""

import fcntl
import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connection

from samenspel.engine.dutch import ANALYSER_VERSION
from samenspel.socialmap import vocabulary
from samenspel.socialmap.index.schema import DOCUMENT_FORM

_CURRENT = "current"
_POSITION = "position.json"
_REBUILD = "rebuild-wanted"
_BUILD = re.compile(r"[0-9a-f]{12}-\d{6,}")

Signature = tuple[int, ...]


class IndexBusy(RuntimeError):
    """Another process writes the index now."""


class BuildBroken(RuntimeError):
    """A build that cannot be used."""


@dataclass(frozen=True)
class Position:
    """The last change that is surely in a build; all zero when there was no change yet."""

    transaction: int = 0
    id: int = 0
    token: str = ""


@dataclass(frozen=True)
class BuildState:
    """What stands in `position.json`.

    `covered` has the ids of changes behind the position that are in the build too: they are not settled yet, so the
    position waits for them. `day` is the day from which dates to come are in the documents, `commits` counts the
    commits in the build, `store` tells of which database it is and in which form.
    """

    position: Position
    day: date
    covered: frozenset[int] = frozenset()
    commits: int = 0
    store: str = field(default_factory=lambda: store_identity())

    def as_json(self) -> str:
        rest = {"day": self.day.isoformat(), "commits": self.commits, "store": self.store}
        return json.dumps(asdict(self.position) | {"covered": sorted(self.covered)} | rest)

    @classmethod
    def from_json(cls, text: str) -> "BuildState":
        """Raises ValueError, TypeError or KeyError for anything else than `as_json` wrote."""
        data = json.loads(text)
        position = Position(int(data["transaction"]), int(data["id"]), str(data["token"]))
        covered = frozenset(map(int, data["covered"]))
        return cls(position, date.fromisoformat(data["day"]), covered, int(data["commits"]), str(data["store"]))


class IndexFolder:
    """One index folder; several processes may look at it, one may write (`writing`)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._current = f"{path}/{_CURRENT}"

    @classmethod
    def of_installation(cls) -> "IndexFolder":
        return cls(settings.DATA / "index")

    @contextmanager
    def writing(self, *, wait: float = 0.0) -> Iterator[None]:
        """Be the one writer; raises IndexBusy when another process still is after `wait` seconds.

        The lock ends with the process, however it ends.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        deadline = time.monotonic() + wait
        with (self.path / "writer.lock").open("w") as lock:
            while not _locked(lock.fileno()):
                if time.monotonic() >= deadline:
                    raise IndexBusy(f"another process writes {self.path}")
                time.sleep(0.05)
            yield

    def current(self) -> Path | None:
        """The build that readers use."""
        try:
            name = Path(self._current).read_text(encoding="ascii").strip()
        except (FileNotFoundError, UnicodeDecodeError):
            return None
        return self.path / name if _BUILD.fullmatch(name) else None

    def point_at(self, build: Path) -> None:
        """Make a complete build the current one, in one step."""
        _replace(self.path / _CURRENT, build.name + "\n")

    def new_build(self, fingerprint: str) -> Path:
        """Make the folder of the next build; its number is higher than any that is still there."""
        number = max(map(_number, self.builds()), default=0) + 1
        build = self.path / f"{fingerprint}-{number:06}"
        build.mkdir()
        return build

    def builds(self) -> list[Path]:
        """All build folders, complete or not, oldest first."""
        return sorted((folder for folder in self.path.iterdir() if _BUILD.fullmatch(folder.name)), key=_number)

    def remove_old_builds(self) -> None:
        """Remove what is neither current nor the one before it, which a reader may still be opening."""
        current = self.current()
        if current is None:
            return
        others = [build for build in self.builds() if build != current]
        before = [build for build in others if (build / _POSITION).exists() and _number(build) < _number(current)]
        for build in others:
            if build not in before[-1:]:
                shutil.rmtree(build, ignore_errors=True)

    def want_rebuild(self) -> None:
        """Ask the running writer for a new build."""
        (self.path / _REBUILD).touch()

    def take_rebuild_wish(self) -> bool:
        """Say whether a new build was asked for, once."""
        try:
            (self.path / _REBUILD).unlink()
        except FileNotFoundError:
            return False
        return True

    def signature(self, build: Path | None) -> Signature:
        """Changes with every new build and every commit in `build`; two system calls, so cheap for every request.

        Both files are always new ones put in place, so their inode and time change. The pointer is looked at first:
        who takes the signature with None before reading the pointer sees a switch meanwhile the next time.
        """
        return _stamp(self._current) + (_stamp(f"{build}/{_POSITION}") if build else ())


def read_state(build: Path) -> BuildState:
    """What is in a build; raises BuildBroken when it was never finished, is of another store or cannot be read."""
    try:
        state = BuildState.from_json((build / _POSITION).read_text(encoding="ascii"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BuildBroken(f"{build}: {error}") from error
    if state.store != store_identity():
        raise BuildBroken(f"{build} was made of another database or by another version")
    return state


def write_state(build: Path, state: BuildState) -> None:
    """Write down, after the commit, what is now in the build."""
    _replace(build / _POSITION, state.as_json())


def fingerprint() -> str:
    """What a build depends on besides the rows; another fingerprint needs another build."""
    return _digest(store_identity(), ANALYSER_VERSION)


def store_identity() -> str:
    """Which database, in which form its documents are and with which needs: another index must not be read at all."""
    store = connection.settings_dict
    address = (str(store.get(key, "")) for key in ("ENGINE", "NAME", "HOST", "PORT"))
    return _digest(DOCUMENT_FORM, vocabulary.digest(), *address)


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=6).hexdigest()


def _number(build: Path) -> int:
    return int(build.name.rpartition("-")[2])


def _stamp(path: str) -> Signature:
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return ()
    return (found.st_ino, found.st_mtime_ns)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _replace(path: Path, text: str) -> None:
    """Put a whole new file in place of the old one and have it on disk before going on."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
