"""`samenspel export statistics`: all public figures as open data (CC0), without small numbers."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from samenspel.cli.base import SamenspelCommand
from samenspel.strength.statistics import as_csv, document


class Command(SamenspelCommand):
    help = "schrijft alle openbare cijfers: csv en JSON in een map, of JSON op het scherm"

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, metavar="MAP", help="map voor cijfers.csv en cijfers.json")
        parser.add_argument("--json", action="store_true", help="JSON op het scherm")

    def run(self, *, out: Path | None, **options: Any) -> None:
        if not settings.MUNICIPALITY:
            raise CommandError("zeg eerst welke gemeente dit is: SAMENSPEL_MUNICIPALITY=GM…")
        if out is None and not options["json"]:
            raise CommandError("geef een map met --out, of --json")
        found = document(settings.MUNICIPALITY, at=timezone.now())
        text = json.dumps(found, ensure_ascii=False, indent=1)
        if out is None:
            self.stdout.write(text)
            return
        try:
            out.mkdir(parents=True, exist_ok=True)
            (out / "cijfers.csv").write_bytes(as_csv(found["items"]))
            (out / "cijfers.json").write_text(f"{text}\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{out}: niet te schrijven ({error.strerror})") from error
        self.stdout.write(f"{out}: {len(found['items'])} cijfers")
