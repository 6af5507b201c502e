"""The letter that confirms a melding, in the language of the resident: what goes into `paper/confirmation.typ`."""

from datetime import date, datetime
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from samenspel.engine.calendar import ZONE
from samenspel.handover.melding import Package, confirmation
from samenspel.handover.told import ContactWay

TEMPLATE = "handover/paper/confirmation.typ"


def confirmation_letter(package: Package, *, at: datetime) -> dict[str, Any]:
    """Dates and number of a melding, who stands beside the resident, and whom to call; nothing of what was told."""
    melding, told, said = package.melding, package.told, confirmation(package.melding)
    assert melding.request is not None
    team, helper = melding.request.team, said.client_support
    with translation.override(told.language):
        plan = said.personal_plan_until
        name = told.name or gettext("heer of mevrouw")
        facts = [
            (gettext("Gemeld op"), _day(melding.melded_on)),
            (gettext("Kenmerk"), melding.reference),
            (gettext("Laatste dag die de wet geeft"), _day(melding.term_ends_on)),
            (gettext("Volgens"), melding.term_source),
        ]
        text = [
            gettext("U vroeg de gemeente om dit te onderzoeken. Dat heet een melding. Dit is de bevestiging."),
            gettext("De gemeente praat met u over wat er nodig is. Dat moet klaar zijn op de dag die hierboven staat."),
            gettext("Door een vrije dag kan dit nog iets later worden.") if not said.term_is_certain else "",
            _about_plan(plan) if plan else "",
            gettext("Een cliëntondersteuner staat aan uw kant. Dat is gratis."),
        ]
        return {
            "language": told.language,
            "address": [told.name, *told.reach.splitlines()] if told.way == ContactWay.POST else [told.name],
            "day": _day(at.astimezone(ZONE).date()),
            "title": gettext("Wij hebben uw melding ontvangen"),
            "greeting": gettext("Beste %(name)s,") % {"name": name},
            "facts": facts,
            "text": [line for line in text if line],
            "helper": {"name": helper.name, "phone": helper.phone} if helper else None,
            "call": gettext("Wilt u iets vragen? Bel dan:"),
            "team": {"name": team.name, "phone": team.phone},
            "bye": gettext("Met vriendelijke groet,"),
        }


def _about_plan(until: date) -> str:
    return gettext(
        "U mag zelf een plan maken. Daarin staat welke hulp u wilt. Geef het uiterlijk op %(day)s aan het team."
    ) % {"day": _day(until)}


def _day(on: date) -> str:
    return date_format(on, "j F Y")
