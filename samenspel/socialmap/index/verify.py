"""Is the index what the database says? For the command line, tests and trust checks."""

from dataclasses import dataclass

from samenspel.socialmap.catalogue import documents
from samenspel.socialmap.index.folder import BuildBroken, IndexFolder, read_state
from samenspel.socialmap.index.pending import PositionLost, one_state, pending_after
from samenspel.socialmap.index.reader import Reader


@dataclass(frozen=True)
class Difference:
    """Ids of offerings that the index lacks, has otherwise, or has too many; `equal` counts the rest."""

    build: str
    equal: int
    missing: tuple[str, ...]
    different: tuple[str, ...]
    superfluous: tuple[str, ...]

    @property
    def is_equal(self) -> bool:
        return not (self.missing or self.different or self.superfluous)


def difference(folder: IndexFolder) -> Difference:
    """Compare what a reader sees now with documents made anew from one state of the database.

    Changes of the last second may not be in the index yet. Raises IndexMissing.
    """
    view = Reader(folder).view()
    with one_state():
        wanted = {document.id: document.version for document in documents(day=view.state.day)}
    found = view.documents()
    both = wanted.keys() & found.keys()
    equal = {identifier for identifier in both if wanted[identifier] == found[identifier]}
    return Difference(
        build=view.build.name,
        equal=len(equal),
        missing=tuple(sorted(wanted.keys() - found.keys())),
        different=tuple(sorted(both - equal)),
        superfluous=tuple(sorted(found.keys() - wanted.keys())),
    )


def is_current(folder: IndexFolder) -> bool:
    """Whether every change in the database is in the index that readers use."""
    build = folder.current()
    if build is None:
        return False
    try:
        state = read_state(build)
        with one_state():
            return {change.id for change in pending_after(state.position).changes} <= state.covered
    except (BuildBroken, PositionLost):
        return False
