"""Control of S6: no limit on the size of a file, and Excel files are read without limits of their own."""

from django.apps import AppConfig

from samenspel.config.settings import *  # noqa: F403
from samenspel.config.settings import INSTALLED_APPS


class Unlimited(AppConfig):
    name = "trust.controls"
    label = "no_import_limits"

    def ready(self) -> None:
        import tempfile
        from pathlib import Path

        from samenspel.socialmap.importers import tables

        tables.MAX_BYTES = 2**31
        sheet = tables._SHEET.read_text(encoding="utf-8")
        without = Path(tempfile.mkdtemp(prefix="samenspel-control-")) / "sheet.py"
        without.write_text(
            sheet.replace("    limit()\n", "").replace("    _check_sizes(parts)\n", ""), encoding="utf-8"
        )
        tables._SHEET = without


INSTALLED_APPS = [*INSTALLED_APPS, "trust.controls.no_import_limits.Unlimited"]
