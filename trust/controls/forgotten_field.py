"""Control of P4-register: one field of the questions of residents is left out of its registry."""

from dataclasses import replace

from django.apps import AppConfig

from samenspel.config.settings import *  # noqa: F403
from samenspel.config.settings import INSTALLED_APPS


class Forgetful(AppConfig):
    name = "trust.controls"
    label = "forgotten_field"

    def ready(self) -> None:
        from samenspel.handover.models import HelpRequest

        known = HelpRequest.registry
        HelpRequest.registry = replace(known, internal=tuple(name for name in known.internal if name != "code_hash"))


INSTALLED_APPS = [*INSTALLED_APPS, "trust.controls.forgotten_field.Forgetful"]
