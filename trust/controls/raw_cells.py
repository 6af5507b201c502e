"""Control of S7: cells are written as they are."""

from django.apps import AppConfig

from samenspel.config.settings import *  # noqa: F403
from samenspel.config.settings import INSTALLED_APPS


class Raw(AppConfig):
    name = "trust.controls"
    label = "raw_cells"

    def ready(self) -> None:
        from samenspel.socialmap.importers import formulas

        formulas.protected = lambda cell: cell


INSTALLED_APPS = [*INSTALLED_APPS, "trust.controls.raw_cells.Raw"]
