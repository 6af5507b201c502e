"""Control of P9: the steps of sketches are taken for what is known, so that the public pages show them."""

from dataclasses import replace
from typing import Any

from django.apps import AppConfig

from samenspel.config.settings import *  # noqa: F403
from samenspel.config.settings import INSTALLED_APPS


class Leaking(AppConfig):
    name = "trust.controls"
    label = "leaking_sketch"

    def ready(self) -> None:
        from samenspel.policy.blocks import evidence, keeping, reading
        from samenspel.policy.blocks.steps import applied, read_steps
        from samenspel.policy.models import Exploration
        from samenspel.socialmap.wijk import Wijk

        def leaked(found: reading.Known, municipality: str, at: Any) -> reading.Known:
            for row in Exploration.objects.filter(municipality=municipality):
                found, _ = applied(found, read_steps(row.steps), {}, at.date(), lambda *_: None)
            named = [replace(thing, slug=thing.slug or "het-peilhuis") for thing in found.things]
            return replace(found, things=tuple(named))

        def known(municipality: str, *, at: Any) -> reading.Known:
            return leaked(reading.known(municipality, at=at), municipality, at)

        def known_of(municipality: str, wijk: Wijk, *, at: Any, **near: Any) -> reading.Known:
            return leaked(reading.known_of(municipality, wijk, at=at, **near), municipality, at)

        keeping.known, evidence.known_of = known, known_of


INSTALLED_APPS = [*INSTALLED_APPS, "trust.controls.leaking_sketch.Leaking"]
