"""What the organizers' pages show, in plain Dutch."""

from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format

from samenspel.engine.calendar import ZONE
from samenspel.organizers.forms import MendForm
from samenspel.people.contacts import contact_for
from samenspel.people.models import AreaContact
from samenspel.socialmap.checks import FUNCTIONS
from samenspel.socialmap.confirm import asked_about, municipality_name
from samenspel.socialmap.letters import cost_in_words
from samenspel.socialmap.models import ConfirmationRequest, Offering
from samenspel.socialmap.schedules import times_in_words
from samenspel.socialmap.trust import trust_in_offering

DONE = {
    "alles": "Dank u wel. U heeft alles bevestigd.",
    "klopt": "Dank u wel. U heeft dit bevestigd.",
    "aangepast": "Dank u wel. Zo staat het er nu.",
    "gestopt": "Het staat niet meer op de kaart.",
    "vol": "Er staat nu bij dat het vol is.",
    "plek": "Er staat nu bij dat er weer plek is.",
    "ja": "Dank u wel. U staat nu op de kaart.",
    "nee": "U staat niet op de kaart. Uw telefoonnummer en e-mailadres zijn gewist.",
}
"""What a page says after an answer, by what was done."""


def entries(request: ConfirmationRequest, *, done: str, function: str, now: datetime) -> dict[str, Any]:
    """Show every entry of the organization with how it stands; constant queries."""
    asked = asked_about([request.organization], municipality=request.municipality, at=now)[0]
    shown = [_entry(one, request, now) for one in asked.entries]
    return {
        "organization": asked.organization,
        "is_listed": asked.organization.is_listed,
        "is_withdrawn": asked.organization.listing_withdrawn_at is not None,
        "entries": shown,
        "open": sum(not one["is_confirmed"] for one in shown),
        "functions": FUNCTIONS,
        "function": function,
        "done": DONE.get(done, ""),
        "errors": [],
        "ends_on": date_format(request.ends_at.astimezone(ZONE), "j F Y"),
        "contact": _caller(asked.contact),
    }


def _entry(offering: Offering, request: ConfirmationRequest, now: datetime) -> dict[str, Any]:
    trust = trust_in_offering(offering, now)
    since = request.asked_at.astimezone(ZONE).date()
    return {
        "id": str(offering.pk),
        "name": offering.name,
        "summary": offering.summary,
        "is_full": offering.is_full,
        "facts": [(label, said) for label, said in _facts(offering, now) if said],
        "is_confirmed": any(one.confirmed_at >= request.asked_at for one in offering.verifications.all()),
        "confirmed": _confirmed(trust.confirmed_on, since),
    }


def _confirmed(on: date | None, since: date) -> str:
    if on is None:
        return "Nog door niemand bevestigd."
    day = date_format(on, "j F Y")
    return f"Bevestigd op {day}." if on >= since else f"Bevestigd op {day}. Klopt het nog?"


def _facts(offering: Offering, now: datetime) -> list[tuple[str, str]]:
    place = offering.place
    return [
        ("Wanneer", sentence("; ".join(times_in_words(offering, at=now)))),
        ("Waar", f"{place.name}, {place.street} {place.house_number}".strip(", ") if place else ""),
        ("Kosten", sentence(cost_in_words(offering))),
        ("Telefoon", offering.phone or offering.organization.phone),
    ]


def mending(offering: Offering, form: MendForm) -> dict[str, Any]:
    """Show the form of one entry, with what was wrong in it."""
    return {
        "entry": offering,
        "form": form,
        "lines": form.lines(),
        "errors": [{"field": form[name].id_for_label, "text": reasons[0]} for name, reasons in form.errors.items()],
    }


def ended(municipality: str) -> dict[str, Any]:
    """Show that a link does not work (any more), with someone to call."""
    return {
        "municipality": municipality_name(municipality),
        "contact": _caller(contact_for(None, municipality=municipality)),
    }


def _caller(contact: AreaContact | None) -> dict[str, str] | None:
    if contact is None:
        return None
    dialled = "".join(sign for sign in contact.helper_phone if sign.isdigit() or sign == "+")
    return {"name": contact.helper, "phone": contact.helper_phone, "link": f"tel:{dialled}"}


def sentence(words: str) -> str:
    """Start with a capital; the rest stays as it is."""
    return f"{words[:1].upper()}{words[1:]}"
