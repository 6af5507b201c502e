"""Control of S11: nobody who guesses has to wait."""

from django.apps import AppConfig

from samenspel.config.settings import *  # noqa: F403
from samenspel.config.settings import INSTALLED_APPS


class Patient(AppConfig):
    name = "trust.controls"
    label = "no_patience"

    def ready(self) -> None:
        from samenspel.people import accounts

        accounts.FREE_TRIES.update(dict.fromkeys(accounts.FREE_TRIES, 10**9))


INSTALLED_APPS = [*INSTALLED_APPS, "trust.controls.no_patience.Patient"]
