"""Control of S12: a code works again and again, and nobody who guesses has to wait."""

from django.apps import AppConfig

from samenspel.config.settings import *  # noqa: F403
from samenspel.config.settings import INSTALLED_APPS


class Careless(AppConfig):
    name = "trust.controls"
    label = "careless_codes"

    def ready(self) -> None:
        from samenspel.people import accounts, second_factor

        accounts.FREE_CODES.update(dict.fromkeys(accounts.FREE_CODES, 10**9))
        second_factor._note_use = lambda row, at, counter=None: None


INSTALLED_APPS = [*INSTALLED_APPS, "trust.controls.careless_codes.Careless"]
