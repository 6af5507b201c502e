"""Files that a municipality hands in: organizations, offerings and places, from csv or Excel.

First `preview` (reads and checks everything, changes nothing on the map), then `carry_out`, and `undo` when it was a
mistake. Reading the same file again changes nothing; a bad line never loses the rest.
"""

from samenspel.places.importers.report import FileRefused
from samenspel.socialmap.importers.carrying import NotPossible, carry_out
from samenspel.socialmap.importers.columns import KINDS
from samenspel.socialmap.importers.preview import preview
from samenspel.socialmap.importers.tables import MAX_BYTES
from samenspel.socialmap.importers.templates import problems_csv, template
from samenspel.socialmap.importers.undoing import undo

__all__ = [
    "KINDS",
    "MAX_BYTES",
    "FileRefused",
    "NotPossible",
    "carry_out",
    "preview",
    "problems_csv",
    "template",
    "undo",
]
