"""Control of P-shift: small figures of the shift ledger are hidden, and nothing that guards them; no rounding."""

from collections.abc import Sequence

from django.apps import AppConfig

from samenspel.config.settings import *  # noqa: F403
from samenspel.config.settings import INSTALLED_APPS


class Unguarded(AppConfig):
    name = "trust.controls"
    label = "shift_small"

    def ready(self) -> None:
        from samenspel.engine import shift
        from samenspel.engine.privacy import LEAST, Guarded

        def unguarded(parts: Sequence[int]) -> Guarded:
            return Guarded(tuple(None if 0 < part < LEAST else part for part in parts), sum(parts))

        shift.guarded = unguarded


INSTALLED_APPS = [*INSTALLED_APPS, "trust.controls.shift_small.Unguarded"]
