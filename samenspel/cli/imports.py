"""What the import commands share: files in, one report per file out, progress on a terminal."""

import sys
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from samenspel.cli.base import SamenspelCommand
from samenspel.places.importers.report import ImportReport, Progress, totals


class ImportCommand(SamenspelCommand):
    """Base of `samenspel import …`: exit code 0 when every file was read, even when lines were refused; else 1."""

    answers_with_data = True
    needs_year = True

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="BESTAND", help="gewoon bestand of .gz")
        parser.add_argument("--source", default=None, metavar="BRON", help="bron en licentie, als die anders is")
        if self.needs_year:
            parser.add_argument(
                "--year", type=_year, default=None, metavar="JAAR", help="jaar van de codes; anders uit de bestandsnaam"
            )

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if unread := [report.file for report in self._reports if report.nothing_read]:
            raise CommandError(f"niets gelezen uit {', '.join(unread)}; zie hierboven waarom")

    def run(self, **options: Any) -> dict[str, Any]:
        given = {"source": options["source"]} if options["source"] is not None else {}
        if self.needs_year:
            given["year"] = options["year"]
        self._reports = self.read(options["files"], progress=_progress(), **given)
        return totals(self._reports)

    def read(self, files: list[Path], **options: Any) -> list[ImportReport]:
        """Merge the files; one report per file."""
        raise NotImplementedError

    def show(self, answer: Any) -> None:
        for report in self._reports:
            for sentence in report.sentences():
                self.stdout.write(sentence)


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 2000 <= int(text) <= 2099):
        raise ArgumentTypeError(f"{text!r} is geen jaar zoals 2024")
    return int(text)


def _progress() -> Progress | None:
    """Show how far it is, on a terminal only: a log or a pipe gets the report and nothing else."""
    if not sys.stderr.isatty():
        return None

    def show(file: str, lines: int) -> None:
        sys.stderr.write(f"\r{file}: {lines} gelezen\033[K\r")
        sys.stderr.flush()

    return show
