"""Control of P12: small numbers are hidden, and nothing that guards them; the last gate stands open."""

from collections.abc import Sequence

from django.apps import AppConfig

from samenspel.config.settings import *  # noqa: F403
from samenspel.config.settings import INSTALLED_APPS


class OpenGate(AppConfig):
    name = "trust.controls"
    label = "public_figures"

    def ready(self) -> None:
        from samenspel.engine.privacy import LEAST, STEP, Guarded
        from samenspel.outcomes import unmet
        from samenspel.strength import statistics

        def unguarded(parts: Sequence[int]) -> Guarded:
            told = [None if 0 < figure < LEAST else figure // STEP * STEP for figure in (*parts, sum(parts))]
            return Guarded(tuple(told[:-1]), told[-1])

        unmet.guarded = unguarded
        statistics.gated = tuple


INSTALLED_APPS = [*INSTALLED_APPS, "trust.controls.public_figures.OpenGate"]
