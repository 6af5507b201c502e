"""`samenspel import areas FILE…`: boundaries of gemeenten, wijken and buurten, and working areas of one's own."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from samenspel.cli.imports import ImportCommand
from samenspel.places.importers.areas import import_areas
from samenspel.places.importers.report import ImportReport
from samenspel.places.importers.working_areas import import_working_areas
from samenspel.socialmap.changes import EVERYTHING, note_change


class Command(ImportCommand):
    help = "leest gemeenten, wijken en buurten (GeoJSON) en eigen werkgebieden (TOML)"

    def read(self, files: list[Path], **options: Any) -> list[ImportReport]:
        progress = options.pop("progress")
        own = [file for file in files if file.suffix == ".toml"]
        boundaries = [file for file in files if file not in own]
        reports = import_areas(boundaries, progress=progress, **options)
        reports += [import_working_areas(file, **options) for file in own]  # over the buurten just read
        _rebuild_index()
        return reports


def _rebuild_index() -> None:
    """The index holds names of areas; also after an import that changed nothing, for one that was cut off before."""
    if settings.MUNICIPALITY:
        with transaction.atomic():
            note_change(municipality=settings.MUNICIPALITY, object_id=EVERYTHING, at=timezone.now())
