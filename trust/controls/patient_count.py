"""Control of R-count: a count waits for the store as every other write does."""

from django.apps import AppConfig

from samenspel.config.settings import *  # noqa: F403
from samenspel.config.settings import INSTALLED_APPS


class Waiting(AppConfig):
    name = "trust.controls"
    label = "patient_count"

    def ready(self) -> None:
        from samenspel.outcomes import counting

        counting.PATIENCE = 3_000


INSTALLED_APPS = [*INSTALLED_APPS, "trust.controls.patient_count.Waiting"]
