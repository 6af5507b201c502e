"""The letters of a "klopt dit?" round, as one PDF to print on both sides."""

import secrets
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.formats import date_format

from samenspel.audit.action import Actor
from samenspel.engine.calendar import ZONE
from samenspel.people.models import AreaContact
from samenspel.socialmap.checks import FUNCTIONS
from samenspel.socialmap.confirm import (
    Asked,
    asked_about,
    ends_on,
    link,
    municipality_name,
    open_requests,
    renew_letters,
)
from samenspel.socialmap.models import ConfirmationRequest, MeetingPlace, Offering
from samenspel.socialmap.schedules import times_in_words
from samenspel.ui.print.pdf import pdf
from samenspel.ui.print.qr import qr_svg

TEMPLATE = "socialmap/paper/letter.typ"


class NoLetters(ValueError):
    """Nobody waits for a letter."""


def letter_round(*, municipality: str, by: Actor, at: datetime) -> bytes:
    """Print the letters that are open; raises NoLetters, FontsMissing.

    Every letter gets a new secret, as the one before is kept nowhere: letters printed earlier stop working. The secrets
    change only when the PDF is there.
    """
    requests = list(open_requests(municipality=municipality, at=at).filter(way=ConfirmationRequest.Way.LETTER))
    if not requests:
        raise NoLetters("Er zijn geen brieven om te maken.")
    known = {request: secrets.token_urlsafe(16) for request in requests}
    with translation.override("nl"):
        made = pdf(TEMPLATE, _letters(known, municipality, at))
    renew_letters(requests=known, by=by, at=at)
    return made


def _letters(known: dict[ConfirmationRequest, str], municipality: str, at: datetime) -> dict[str, Any]:
    by_organization = {request.organization_id: request for request in known}
    asked = asked_about([request.organization for request in known], municipality=municipality, at=at)
    return {
        "municipality": municipality_name(municipality),
        "day": date_format(at.astimezone(ZONE), "j F Y"),
        "letters": [
            _letter(one, by_organization[one.organization.pk], known[by_organization[one.organization.pk]], at)
            for one in asked
        ],
    }


def _letter(asked: Asked, request: ConfirmationRequest, secret: str, at: datetime) -> dict[str, Any]:
    organization = asked.organization
    return {
        "name": organization.name,
        "address": list(_address(asked)),
        "is_listed": organization.is_listed,
        "entries": [{"name": entry.name, "lines": list(_lines(entry, at))} for entry in asked.entries],
        "link": link(secret),
        "qr": qr_svg(link(secret)),
        "ends_on": ends_on(request.asked_at),
        "contact": _caller(asked.contact),
        "hand_in": _hand_in(asked.contact),
        "functions": FUNCTIONS,
    }


def _address(asked: Asked) -> Iterator[str]:
    """Where a letter is brought: the group, the person it named itself, and the place where it meets."""
    yield asked.organization.name
    if name := asked.organization.public_contact["name"]:
        yield f"t.a.v. {name}"
    if asked.place:
        yield from _where(asked.place)


def _where(place: MeetingPlace) -> Iterator[str]:
    yield f"p/a {place.name}"
    yield f"{place.street} {place.house_number}".strip()
    yield f"{place.postcode[:4]} {place.postcode[4:]}  {place.city}".strip()


def _lines(entry: Offering, at: datetime) -> Iterator[str]:
    yield entry.summary
    for times in times_in_words(entry, at=at):
        yield f"Wanneer: {times}"
    if entry.place:
        yield f"Waar: {entry.place.name}, {entry.place.street} {entry.place.house_number}".strip()
    yield f"Kosten: {cost_in_words(entry)}"
    yield f"Telefoon: {entry.phone or entry.organization.phone or 'staat er niet'}"
    if entry.is_full:
        yield "Nu staat er: vol."


def cost_in_words(entry: Offering) -> str:
    """What it costs, in Dutch: "betaald, € 3,50 per keer (koffie erbij)"."""
    said = str(entry.get_cost_kind_display())
    if entry.cost_cents:
        said += f", € {entry.cost_cents / 100:.2f} per keer".replace(".", ",")
    return f"{said} ({entry.cost_note})" if entry.cost_note else said


def _caller(contact: AreaContact | None) -> dict[str, str] | None:
    return {"name": contact.helper, "phone": contact.helper_phone} if contact else None


def _hand_in(contact: AreaContact | None) -> str:
    is_there = contact is not None and contact.walk_in and not contact.away
    where = f"{contact.name}, {contact.walk_in}" if contact and is_there else "het gemeentehuis"
    return f"Lever het blad in bij {where}."
