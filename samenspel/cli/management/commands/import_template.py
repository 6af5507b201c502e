"""`samenspel import template KIND`: an empty file to fill in, with its explanation."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from samenspel.cli.base import SamenspelCommand
from samenspel.socialmap.importers import KINDS, template


class Command(SamenspelCommand):
    help = "geeft een leeg bestand met uitleg om in te vullen (csv of xlsx)"

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=list(KINDS), metavar="SOORT", help=", ".join(KINDS))
        parser.add_argument("--form", choices=["csv", "xlsx"], default="xlsx", help="xlsx (Excel) of csv")
        parser.add_argument("--to", type=Path, metavar="BESTAND", help="schrijf in dit bestand; anders naar het scherm")

    def run(self, *, kind: str, form: str, to: Path | None, **options: Any) -> None:
        made = template(kind, form)
        if to is None:
            sys.stdout.buffer.write(made)
            return
        try:
            to.write_bytes(made)
        except OSError as broken:
            raise CommandError(f"{to} is niet te schrijven ({broken.strerror})") from broken
