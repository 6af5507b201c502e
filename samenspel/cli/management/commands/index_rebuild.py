"""`samenspel index rebuild`: make the search index anew beside the old one, then switch."""

import time
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from samenspel.cli.base import SamenspelCommand
from samenspel.socialmap.index import IndexBusy, IndexFolder, Reader, Writer


class Command(SamenspelCommand):
    help = "maakt de zoekindex opnieuw; de site blijft intussen werken"
    answers_with_data = True

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--wait", type=float, default=600.0, help="seconden wachten op een draaiende 'samenspel work'"
        )

    def run(self, *, wait: float, **options: Any) -> dict[str, Any]:
        folder = IndexFolder.of_installation()
        before = folder.current()
        started = time.monotonic()
        try:
            with folder.writing():
                writer = Writer(folder)
                writer.rebuild(at=timezone.now())
                writer.close()
        except IndexBusy:
            folder.want_rebuild()  # the running writer does it
            while folder.current() == before:
                if time.monotonic() - started > wait:
                    raise CommandError(f"'samenspel work' was na {wait:.0f} seconden nog niet klaar") from None
                time.sleep(0.1)
        view = Reader(folder).view()
        return {"build": view.build.name, "offerings": view.size, "seconds": round(time.monotonic() - started, 2)}

    def show(self, answer: dict[str, Any]) -> None:
        self.stdout.write("{build}: {offerings} keer aanbod, {seconds} s".format(**answer))
