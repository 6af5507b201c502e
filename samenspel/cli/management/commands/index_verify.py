"""`samenspel index verify`: compare the search index with the database, offering by offering."""

from typing import Any

from django.core.management.base import CommandError

from samenspel.cli.base import SamenspelCommand
from samenspel.socialmap.index import IndexFolder, IndexMissing, difference


class Command(SamenspelCommand):
    help = "vergelijkt de zoekindex met de database"
    answers_with_data = True

    def run(self, **options: Any) -> dict[str, Any]:
        try:
            found = difference(IndexFolder.of_installation())
        except IndexMissing as error:
            raise CommandError("er is nog geen zoekindex; maak hem met: samenspel index rebuild") from error
        if not found.is_equal:
            counts = (
                f"{len(found.missing)} ontbreken, {len(found.different)} verschillen, {len(found.superfluous)} te veel"
            )
            raise CommandError(f"de zoekindex wijkt af ({counts}); maak hem opnieuw met: samenspel index rebuild")
        return {"build": found.build, "offerings": found.equal}

    def show(self, answer: dict[str, Any]) -> None:
        self.stdout.write("{build}: {offerings} keer aanbod, alles gelijk".format(**answer))
