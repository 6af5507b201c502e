"""Control of P6: small numbers are hidden, and nothing that guards them; figures are told to the last one."""

from collections.abc import Sequence

from django.apps import AppConfig

from samenspel.config.settings import *  # noqa: F403
from samenspel.config.settings import INSTALLED_APPS


class Unguarded(AppConfig):
    name = "trust.controls"
    label = "small_counts"

    def ready(self) -> None:
        from samenspel.engine.privacy import LEAST, Guarded
        from samenspel.outcomes import unmet

        def unguarded(parts: Sequence[int]) -> Guarded:
            return Guarded(tuple(None if 0 < part < LEAST else part for part in parts), sum(parts))

        unmet.guarded = unguarded


INSTALLED_APPS = [*INSTALLED_APPS, "trust.controls.small_counts.Unguarded"]
