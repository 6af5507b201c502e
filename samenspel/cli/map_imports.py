"""What the commands share that read organizations, offerings and places: preview, carry out, account."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from samenspel.audit.action import Actor
from samenspel.cli.imports import ImportCommand
from samenspel.places.importers.report import FileRefused, ImportReport, Progress, Refusal
from samenspel.socialmap.importers import carry_out, preview

BY = Actor("import", "command line")


class MapImportCommand(ImportCommand):
    """Base of `samenspel import organizations | offerings | places`."""

    kind: str
    needs_year = False

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="BESTAND", help=".csv, .xlsx of .csv.gz")
        parser.add_argument("--preview", action="store_true", help="kijk alleen wat er zou gebeuren")

    def run(self, **options: Any) -> dict[str, Any]:
        if not settings.MUNICIPALITY:
            raise CommandError("zeg eerst welke gemeente dit is: zet SAMENSPEL_MUNICIPALITY, zoals GM1859")
        self._only_looks = options["preview"]
        self._imports: list[str] = []
        return super().run(**options | {"source": None})

    def read(self, files: list[Path], **options: Any) -> list[ImportReport]:
        return [self._read_one(file, options["progress"]) for file in files]

    def show(self, answer: Any) -> None:
        super().show(answer)
        for identifier in self._imports:
            self.stdout.write(f"terugdraaien kan met: samenspel import undo {identifier}")
        if self._only_looks:
            self.stdout.write("er is nog niets veranderd: dit was alleen kijken")

    def _read_one(self, file: Path, progress: Progress | None) -> ImportReport:
        at = timezone.now()
        try:
            run = preview(
                file, file_name=file.name, kind=self.kind, municipality=settings.MUNICIPALITY, by=BY, at=at,
                progress=progress,
            )  # fmt: skip
        except FileRefused as refused:
            return ImportReport(file.name, error=str(refused))
        if not self._only_looks:
            run = carry_out(run=run, by=BY, at=at, progress=progress)
            if run.steps:
                self._imports.append(str(run.pk))
        return account(run.report)


def account(report: dict[str, Any]) -> ImportReport:
    """The kept report of a run as the report that every import command shows."""
    names = ("file", "unit", "read", "new", "changed", "unchanged", "refused", "noted")
    late = [Refusal(**one) for one in report["late_refusals"]]
    return ImportReport(
        **{name: report[name] for name in names},
        refusals=[Refusal(**one) for one in report["refusals"]] + late,
        notes=[Refusal(**one) for one in report["notes"]],
    )
