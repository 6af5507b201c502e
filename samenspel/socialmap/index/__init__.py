"""The text index of the social map: a disposable copy of the public facts, fast to search, never the truth.

`Writer` (one process per node, `samenspel work`) makes it and keeps it current from the table `Change`; `Reader`
(web processes) follows it. On disk, in `settings.DATA / "index"`:

    writer.lock                 held by the one writer
    current                     name of the build that readers use; replaced by one rename
    <fingerprint>-<number>/     one build: a tantivy index and `position.json`, the last change that is in it

A build is complete before `current` names it, and `position.json` follows each commit, so whatever moment a process
is killed at, readers see a state that the database had, and the next writer goes on from a change that is surely in.
"""

from samenspel.socialmap.index.folder import IndexBusy, IndexFolder
from samenspel.socialmap.index.reader import IndexMissing, Reader, View, index_reader
from samenspel.socialmap.index.verify import difference, is_current
from samenspel.socialmap.index.writer import Writer

__all__ = [
    "IndexBusy",
    "IndexFolder",
    "IndexMissing",
    "Reader",
    "View",
    "Writer",
    "difference",
    "index_reader",
    "is_current",
]
