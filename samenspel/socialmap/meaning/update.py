"""Keeping the vectors current: only new or changed texts are encoded, a few at a time."""

import json
import os
import shutil
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from samenspel.engine.calendar import ZONE
from samenspel.engine.meaning import Encoder
from samenspel.socialmap.index.folder import Position, store_identity
from samenspel.socialmap.index.pending import PositionLost, last_settled, one_state, pending_after
from samenspel.socialmap.meaning.encoder import encoder
from samenspel.socialmap.meaning.texts import public_texts
from samenspel.socialmap.meaning.vectors import folder, kept, put
from samenspel.socialmap.models import Offering


@dataclass(frozen=True)
class _Progress:
    """What stands in `todo.json`: changes up to `position` are in the vectors, but for the municipalities `todo`."""

    store: str
    position: Position = Position()
    todo: tuple[str, ...] = ()


def bring_meaning_up_to_date(*, at: datetime, most: int = 32) -> int:
    """Encode at most `most` new or changed texts and put them in place; call again until it says 0.

    Says how many were encoded. A call costs 30 to 120 ms per text, and two queries when nothing changed. It
    may be interrupted anywhere. For one process at a time: who holds `IndexFolder.writing`.
    """
    coder = encoder()
    if coder is None:
        return 0
    known = _read()
    progress = _with_changes(known)
    done = 0
    while progress.todo and done < most:
        count, is_complete = _update(progress.todo[0], coder, at, most - done)
        done += count
        if not is_complete:
            break
        progress = replace(progress, todo=progress.todo[1:])
    if progress != known:
        _write(progress)
    return done


def _update(municipality: str, coder: Encoder, at: datetime, most: int) -> tuple[int, bool]:
    """Bring one municipality up to date; how many texts were encoded, and whether that was all."""
    texts = list(public_texts(municipality, day=at.astimezone(ZONE).date()))
    old = kept(municipality)
    new = [one for one in texts if (one.id, one.digest) not in old]
    made = coder.offerings([one.text for one in new[:most]])
    vectors = old | {(one.id, one.digest): vector for one, vector in zip(new, made, strict=False)}
    wanted = [(one.id, one.digest) for one in texts]
    result = {key: vectors[key] for key in wanted if key in vectors}
    if list(result) != list(old):
        put(municipality, result)
    return len(made), len(new) <= most


def _with_changes(progress: _Progress) -> _Progress:
    """Add the municipalities that changed; all of them when the position is lost, as after an import."""
    try:
        with one_state():
            pending = pending_after(progress.position)
    except PositionLost:
        with one_state():
            settled = last_settled()
            everywhere = set(Offering.objects.order_by().values_list("municipality", flat=True).distinct())
        return replace(progress, position=settled, todo=tuple(sorted(everywhere | _with_vectors())))
    changed = {change.municipality for change in pending.changes}
    return replace(progress, position=pending.settled, todo=tuple(sorted(changed.union(progress.todo))))


def _with_vectors() -> set[str]:
    return {path.stem for path in folder().glob("GM*.npy")}


def _read() -> _Progress:
    """How far the vectors are; from the start when that is not known, or when they are of another store."""
    try:
        data: dict[str, Any] = json.loads((folder() / "todo.json").read_text(encoding="ascii"))
        found = _Progress(str(data["store"]), Position(**data["position"]), tuple(map(str, data["todo"])))
    except (OSError, ValueError, KeyError, TypeError):
        return _Progress(store_identity())
    return found if found.store == store_identity() else _Progress(store_identity())


def _write(progress: _Progress) -> None:
    home = folder()
    home.mkdir(parents=True, exist_ok=True)
    draft = home / f".todo.{os.getpid()}"
    draft.write_text(json.dumps(asdict(progress)), encoding="ascii")
    os.replace(draft, home / "todo.json")
    for other in home.parent.iterdir():
        if other != home:
            shutil.rmtree(other, ignore_errors=True)
