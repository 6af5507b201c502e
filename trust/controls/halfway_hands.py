"""Control of R-handover: a hand that ends is committed before the next one begins."""

import time
from typing import Any

from django.apps import AppConfig

from samenspel.config.settings import *  # noqa: F403
from samenspel.config.settings import INSTALLED_APPS


class Halfway(AppConfig):
    name = "trust.controls"
    label = "halfway_hands"

    def ready(self) -> None:
        from django.db import connection

        from samenspel.handover import handing, steps
        from samenspel.handover.models import Hand

        whole = steps.pass_to

        def pass_to(request: Any, *, at: Any, **given: Any) -> None:
            Hand.objects.filter(request=request, ended_at=None).update(ended_at=at)
            connection.connection.commit()
            time.sleep(0.03)
            whole(request, at=at, **given)

        handing.pass_to = pass_to  # type: ignore[attr-defined]


INSTALLED_APPS = [*INSTALLED_APPS, "trust.controls.halfway_hands.Halfway"]
