"""What the organizers' pages show, in plain Dutch."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samenspel.engine.calendar import ZONE
from samenspel.organizers.count_form import LOADS, CountForm
from samenspel.organizers.forms import MendForm
from samenspel.outcomes.own_counts import Quarter, Shared, counts_of, quarters_of
from samenspel.people.contacts import contact_for
from samenspel.people.models import AreaContact
from samenspel.socialmap.checks import FUNCTIONS
from samenspel.socialmap.confirm import asked_about, municipality_name
from samenspel.socialmap.letters import cost_in_words
from samenspel.socialmap.mending import own_mendings
from samenspel.socialmap.models import ConfirmationRequest, Mending, Offering, Part
from samenspel.socialmap.schedules import times_in_words
from samenspel.socialmap.trust import trust_in_offering
from samenspel.strength.links import is_isolated

DONE = {
    "alles": _("Dank u wel. U heeft alles bevestigd."),
    "klopt": _("Dank u wel. U heeft dit bevestigd."),
    "aangepast": _("Dank u wel. Zo staat het er nu."),
    "wacht": _("Dank u wel. De gemeente kijkt er eerst naar."),
    "gestopt": _("Het staat niet meer op de kaart."),
    "even-niet": _("Er staat nu bij dat het er even niet is."),
    "door": _("Het staat er weer als vanouds."),
    "vol": _("Er staat nu bij dat het vol is."),
    "plek": _("Er staat nu bij dat er weer plek is."),
    "ja": _("Dank u wel. U staat nu op de kaart."),
    "nee": _("U staat niet op de kaart. Uw telefoonnummer en e-mailadres zijn gewist."),
    "tel": _("Dat is genoteerd."),
    "wis": _("Dat is gewist."),
    "deel": _("De gemeente ziet nu dit kwartaal."),
    "terug": _("De gemeente ziet dit kwartaal niet meer."),
}
"""What a page says after an answer, by what was done."""


def entries(request: ConfirmationRequest, *, done: str, function: str, now: datetime) -> dict[str, Any]:
    """Show every entry of the organization with how it stands; constant queries."""
    asked = asked_about([request.organization], municipality=request.municipality, at=now)[0]
    mendings = own_mendings(request)
    shown = [_entry(one, request, mendings.get(one.pk, []), now) for one in asked.entries]
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
        "is_alone": asked.organization.is_listed and bool(shown) and is_isolated(asked.organization, at=now),
    }


def _entry(offering: Offering, request: ConfirmationRequest, mendings: list[Mending], now: datetime) -> dict[str, Any]:
    trust = trust_in_offering(offering, now)
    since = request.asked_at.astimezone(ZONE).date()
    return {
        "id": str(offering.pk),
        "name": offering.name,
        "summary": offering.summary,
        "is_full": offering.is_full,
        "back_on": _goes_on_from(offering, now),
        "waits": [Part(part).label for one in mendings if one.stage == Mending.Stage.WAITING for part in one.after],
        "refused": [one.reason for one in mendings if one.stage == Mending.Stage.REFUSED],
        "facts": [(label, said) for label, said in _facts(offering, now) if said],
        "is_confirmed": any(one.confirmed_at >= request.asked_at for one in offering.verifications.all()),
        "confirmed": _confirmed(trust.confirmed_on, since),
    }


def _goes_on_from(offering: Offering, now: datetime) -> str:
    """The day on which it goes on again, "" when it is going on."""
    day = offering.paused_until
    return date_format(day, "j F Y") if day and offering.is_paused(now) else ""


def _confirmed(on: date | None, since: date) -> str:
    if on is None:
        return gettext("Nog door niemand bevestigd.")
    day = {"day": date_format(on, "j F Y")}
    if on >= since:
        return gettext("Bevestigd op %(day)s.") % day
    return gettext("Bevestigd op %(day)s. Klopt het nog?") % day


def _facts(offering: Offering, now: datetime) -> list[tuple[str, str]]:
    place = offering.place
    return [
        (gettext("Wanneer"), sentence("; ".join(times_in_words(offering, at=now)))),
        (gettext("Waar"), f"{place.name}, {place.street} {place.house_number}".strip(", ") if place else ""),
        (gettext("Kosten"), sentence(cost_in_words(offering))),
        (gettext("Telefoon"), offering.phone or offering.organization.phone),
    ]


def mending(offering: Offering, form: MendForm) -> dict[str, Any]:
    """Show the form of one entry, with what was wrong in it."""
    return {
        "entry": offering,
        "form": form,
        "lines": form.lines(),
        "errors": errors_of(form),
        "contact": _caller(contact_for(None, municipality=offering.municipality)),
    }


def counting(entry: Offering, form: CountForm, *, done: str, now: datetime) -> dict[str, Any]:
    """Show what a group noted for itself, and what it shares or may share of each quarter."""
    counts = counts_of(entry)
    return {
        "entry": entry,
        "form": form,
        "done": DONE.get(done, ""),
        "counts": [(one, LOADS[one.load] if one.load else "") for one in counts],
        "quarters": [_quarter(one) for one in quarters_of(entry, counts, at=now)],
    }


def _quarter(quarter: Quarter) -> dict[str, Any]:
    figures, period = quarter.figures, quarter.period
    return {
        "key": period.begins.isoformat(),
        "begins": date_format(period.begins, "j F Y"),
        "last_day": date_format(period.last_day, "j F Y"),
        "is_shared": quarter.released_at is not None,
        "figures": _figures(figures) if figures else [],
    }


def _figures(figures: Shared) -> list[tuple[str, Any]]:
    said = [
        (gettext("Aantal keer"), figures.meetings),
        (gettext("Mensen per keer, gemiddeld"), figures.came),
        (gettext("Mensen die helpen, gemiddeld"), figures.helpers),
        (gettext("Leden, gemiddeld"), figures.members),
        (gettext("Hoe zwaar"), LOADS[figures.load] if figures.load else None),
    ]
    return [(label, figure) for label, figure in said if figure is not None]


def errors_of(form: forms.Form) -> list[dict[str, str]]:
    """Say for the top of a page what is wrong, each with the field to go to."""
    return [{"field": str(form[name].auto_id), "text": str(reasons[0])} for name, reasons in form.errors.items()]


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
