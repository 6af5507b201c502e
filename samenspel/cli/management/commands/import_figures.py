"""`samenspel import figures FILE`: the yearly figures of CBS per gemeente, wijk and buurt."""

from pathlib import Path
from typing import Any

from samenspel.cli.imports import ImportCommand
from samenspel.places.importers.figures import import_figures
from samenspel.places.importers.report import ImportReport


class Command(ImportCommand):
    help = "leest kerncijfers van het CBS (csv); een lege cel is onbekend, nooit 0"

    def read(self, files: list[Path], **options: Any) -> list[ImportReport]:
        return [import_figures(file, **options) for file in files]
