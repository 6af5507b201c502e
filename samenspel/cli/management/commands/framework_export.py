"""`samenspel framework export FOLDER`: the municipality's own framework as files that `samenspel advise` reads."""

from pathlib import Path
from typing import Any

import tomli_w
from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils.text import slugify

from samenspel.cli.base import SamenspelCommand
from samenspel.policy.frameworks import published, with_days
from samenspel.policy.models import FrameworkVersion


class Command(SamenspelCommand):
    help = "schrijft het eigen kader als framework.toml, met de voorbeelden ernaast"

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="MAP", help="de map waarin de bestanden komen")
        parser.add_argument("--number", type=int, metavar="N", help="welke versie; anders die nu geldt")

    def run(self, *, folder: Path, number: int | None, **options: Any) -> None:
        version = _version(number)
        content = with_days(version.content)
        cases = content.pop("cases", [])
        files = {"framework.toml": content} | {
            f"cases/{at:02}-{slugify(case['title'])[:60]}.toml": case for at, case in enumerate(cases, 1)
        }
        try:
            (folder / "cases").mkdir(parents=True, exist_ok=True)
            for name, table in files.items():
                (folder / name).write_bytes(tomli_w.dumps(table).encode())
        except OSError as error:
            raise CommandError(f"{folder}: kan niet geschreven worden ({error})") from error
        self.stderr.write(f"Geschreven: {version}, {len(files)} bestanden in {folder}")


def _version(number: int | None) -> FrameworkVersion:
    """The version of this number, or the one in force; raises CommandError."""
    if number is None:
        found = published(settings.MUNICIPALITY)
    else:
        found = FrameworkVersion.objects.filter(municipality=settings.MUNICIPALITY, number=number).first()
    if found is None:
        raise CommandError("er is geen eigen kader vastgesteld" if number is None else f"er is geen versie {number}")
    return found
