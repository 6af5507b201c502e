"""Control of P7: what a group shares is its first meeting instead of the mean."""

from collections.abc import Iterable

from django.apps import AppConfig

from samenspel.config.settings import *  # noqa: F403
from samenspel.config.settings import INSTALLED_APPS


class Telling(AppConfig):
    name = "trust.controls"
    label = "telling_counts"

    def ready(self) -> None:
        from samenspel.outcomes import own_counts

        def first(numbers: Iterable[int | None]) -> int | None:
            return next(iter(numbers), None)

        own_counts._mean = first


INSTALLED_APPS = [*INSTALLED_APPS, "trust.controls.group_counts.Telling"]
