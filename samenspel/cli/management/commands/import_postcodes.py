"""`samenspel import postcodes FILE…`: PC4 and PC6 with a point, and which buurten a PC4 covers."""

from pathlib import Path
from typing import Any

from samenspel.cli.imports import ImportCommand
from samenspel.places.importers.postcodes import import_postcodes
from samenspel.places.importers.report import ImportReport


class Command(ImportCommand):
    help = "leest postcodes (csv); lees eerst de gebieden in, dan krijgt elke postcode zijn buurt"
    needs_year = False

    def read(self, files: list[Path], **options: Any) -> list[ImportReport]:
        return import_postcodes(files, **options)
