"""`samenspel import undo [ID]`: takes an import of organizations, offerings or places back."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from samenspel.cli.base import SamenspelCommand
from samenspel.cli.map_imports import BY
from samenspel.socialmap.importers import KINDS, NotPossible, undo
from samenspel.socialmap.models import ImportRun


class Command(SamenspelCommand):
    help = "draait het inlezen van organisaties, aanbod of plekken terug; zonder nummer het laatste"
    answers_with_data = True

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("id", nargs="?", type=UUID, metavar="NUMMER", help="het nummer dat bij het inlezen stond")

    def run(self, *, id: UUID | None, **options: Any) -> dict[str, Any]:
        runs = ImportRun.objects.filter(municipality=settings.MUNICIPALITY)
        chosen = runs.filter(pk=id) if id else runs.filter(state=ImportRun.State.DONE).exclude(steps=[])
        run = chosen.order_by("-done_at").first()
        if run is None:
            raise CommandError("er is niets ingelezen dat teruggedraaid kan worden")
        try:
            undo(run=run, by=BY, at=timezone.now())
        except NotPossible as reason:
            raise CommandError(str(reason)) from reason
        return {"id": str(run.pk), "file": run.file_name, "kind": run.kind, **run.report["undo"],
                "notes": run.report["undo_notes"]}  # fmt: skip

    def show(self, answer: Any) -> None:
        self.stdout.write(
            f"{answer['file']} ({KINDS[answer['kind']]}): {answer['removed']} weggehaald, "
            f"{answer['restored']} teruggezet, {answer['kept']} blijven staan"
        )
        for note in answer["notes"]:
            self.stdout.write(f"  {note}")
