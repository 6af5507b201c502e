"""`samenspel folder --out MAP`: the papers of FG and CISO as files."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from samenspel.accountability.papers import papers
from samenspel.cli.base import SamenspelCommand


class Command(SamenspelCommand):
    help = "schrijft de map voor FG en CISO: register, DPIA, verwerkersovereenkomst en BIO2"
    answers_with_data = True

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, required=True, metavar="MAP", help="map voor de bestanden")

    def run(self, *, out: Path, **options: Any) -> dict[str, Any]:
        if not settings.MUNICIPALITY:
            raise CommandError("zeg eerst welke gemeente dit is: SAMENSPEL_MUNICIPALITY=GM…")
        written = papers(municipality=settings.MUNICIPALITY, at=timezone.now())
        try:
            out.mkdir(parents=True, exist_ok=True)
            for paper in written:
                (out / paper.name).write_bytes(paper.content)
        except OSError as error:
            raise CommandError(f"{out}: niet te schrijven ({error.strerror})") from error
        files = [{"name": paper.name, "title": paper.title, "to_fill_in": paper.gaps} for paper in written]
        return {"folder": str(out), "files": files}

    def show(self, answer: dict[str, Any]) -> None:
        for file in answer["files"]:
            gaps = f", {file['to_fill_in']} door u in te vullen" if file["to_fill_in"] else ""
            self.stdout.write(f"{answer['folder']}/{file['name']}: {file['title']}{gaps}")
