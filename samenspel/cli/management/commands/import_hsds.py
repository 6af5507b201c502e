"""`samenspel import hsds FILE-OR-FOLDER`: a feed of Open Referral HSDS 3.0."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from samenspel.audit.action import Actor
from samenspel.cli.imports import ImportCommand
from samenspel.places.importers.report import ImportReport
from samenspel.socialmap.hsds.importer import import_hsds


class Command(ImportCommand):
    help = (
        "leest Open Referral HSDS 3.0 (JSON, NDJSON of een map met csv); niets wordt zichtbaar zonder ja van de groep"
    )
    needs_year = False

    def read(self, files: list[Path], **options: Any) -> list[ImportReport]:
        if not settings.MUNICIPALITY:
            raise CommandError("zeg eerst welke gemeente dit is: SAMENSPEL_MUNICIPALITY=GM…")
        by = Actor("import", "hsds")
        return [
            import_hsds(file, municipality=settings.MUNICIPALITY, by=by, at=timezone.now(), **options) for file in files
        ]
