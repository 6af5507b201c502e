"""Control of P11: who is linked with none stands among the parties that anyone may see."""

from dataclasses import replace
from typing import Any

from django.apps import AppConfig

from samenspel.config.settings import *  # noqa: F403
from samenspel.config.settings import INSTALLED_APPS


class Naming(AppConfig):
    name = "trust.controls"
    label = "naming_clubs"

    def ready(self) -> None:
        from samenspel.strength import cohesion

        guarded = cohesion.public_cohesion

        def naming(there: cohesion.Known, wijk: Any = None) -> cohesion.PublicCohesion:
            alone = tuple(party.name for party in cohesion.cohesion(there, wijk).isolated)
            found = guarded(there, wijk)
            return replace(found, lines=tuple(replace(line, parties=(*line.parties, *alone)) for line in found.lines))

        cohesion.public_cohesion = naming


INSTALLED_APPS = [*INSTALLED_APPS, "trust.controls.isolated_clubs.Naming"]
