"""`samenspel export hsds [FOLDER]`: all open data as Open Referral HSDS 3.0."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from samenspel.cli.base import SamenspelCommand
from samenspel.socialmap.hsds.export import as_json, write_folder
from samenspel.socialmap.hsds.feed import package


class Command(SamenspelCommand):
    help = "schrijft de open gegevens als Open Referral HSDS 3.0: csv in een map, of JSON"

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, metavar="MAP", help="map voor de csv-bestanden")
        parser.add_argument("--json", action="store_true", help="JSON: op het scherm, of als hsds.json in de map")

    def run(self, **options: Any) -> None:
        if not settings.MUNICIPALITY:
            raise CommandError("zeg eerst welke gemeente dit is: SAMENSPEL_MUNICIPALITY=GM…")
        folder: Path | None = options["folder"]
        if folder is None and not options["json"]:
            raise CommandError("geef een map, of --json")
        document = package(municipality=settings.MUNICIPALITY, at=timezone.now())
        if folder is None:
            self.stdout.write(as_json(document))
            return
        try:
            self._write(folder, document, as_one=options["json"])
        except OSError as error:
            raise CommandError(f"{folder}: niet te schrijven ({error.strerror})") from error
        counts = ", ".join(f"{len(document[name])} {name}" for name in ("organizations", "services", "events"))
        self.stdout.write(f"{folder}: {counts}")

    def _write(self, folder: Path, document: dict[str, Any], *, as_one: bool) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        if as_one:
            (folder / "hsds.json").write_text(as_json(document) + "\n", encoding="utf-8")
        else:
            write_folder(document, folder)
