"""Control of S4: the list of offerings breaks on a code of an area with a letter that is not ASCII."""

from typing import Any

from django.apps import AppConfig

from samenspel.config.settings import *  # noqa: F403
from samenspel.config.settings import INSTALLED_APPS


class Odd(AppConfig):
    name = "trust.controls"
    label = "odd_value"

    def ready(self) -> None:
        from samenspel.opendata import resources

        good = resources.open_offerings

        def open_offerings(*, area: str = "", **rest: Any) -> Any:
            area.encode("ascii")
            return good(area=area, **rest)

        resources.open_offerings = open_offerings


INSTALLED_APPS = [*INSTALLED_APPS, "trust.controls.odd_value.Odd"]
