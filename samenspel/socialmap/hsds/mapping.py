"""HSDS records as facts: what the social map has columns for.

Only reads; what does not fit a column is left out here and stays with the source (`remainder`). Values are judged by
the actions, with the one exception of what they would refuse for the whole row.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any
from uuid import UUID

from django.utils.html import strip_tags

from samenspel.engine.days import iso_day
from samenspel.people.checks import MAX_TEXT
from samenspel.people.facts import OrganizationFacts
from samenspel.people.models import Organization
from samenspel.places.models import Area
from samenspel.socialmap.facts import OfferingFacts, PlaceFacts
from samenspel.socialmap.hsds.profile import Record, terms
from samenspel.socialmap.hsds.records import ACCESSIBILITY, KVK_SCHEME, WEEKDAYS
from samenspel.socialmap.models import MeetingPlace, Offering, YesNoUnknown

IN_THE_NETHERLANDS = ((50.7, 53.7), (3.2, 7.3))
"""Latitude and longitude, as the constraint of `MeetingPlace`."""
_MARKUP = re.compile(r"</?(p|br|b|i|u|a|em|strong|ul|ol|li|div|span|table|h[1-6])(\s[^>]*)?/?>", re.IGNORECASE)
"""HSDS allows HTML in texts; a text without any of these is plain, whatever signs it has."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s")
_ADDRESS = re.compile(r"(?P<street>.+?)\s+(?P<number>[0-9]+\s?[A-Za-z0-9/-]{0,8})")
_NOT_EVERY_WEEK = {"dtstart", "until", "valid_from", "valid_to", "bymonthday", "byweekno", "byyearday"}
_LEGAL: Mapping[str, str] = {
    "vereniging|association|club": Organization.Kind.ASSOCIATION,
    "kerk|moskee|parochie|church|mosque|faith": Organization.Kind.FAITH_COMMUNITY,
    "school|academy": Organization.Kind.SCHOOL,
    "gemeente|overheid|council|government|public|authority": Organization.Kind.PUBLIC_BODY,
    "limited|company|b\\.?v\\.?|vof|business": Organization.Kind.BUSINESS,
}


@dataclass(frozen=True, kw_only=True)
class KeptOrganization(OrganizationFacts):
    """An organization that keeps the id it has in its feed; only for adding."""

    id: UUID


@dataclass(frozen=True, kw_only=True)
class KeptPlace(PlaceFacts):
    """A meeting place that keeps the id it has in its feed; only for adding."""

    id: UUID


@dataclass(frozen=True, kw_only=True)
class KeptOffering(OfferingFacts):
    """An offering that keeps the id it has in its feed; only for adding."""

    id: UUID


def uuid_of(key: str) -> UUID | None:
    """The id of a record as ours, when it is one and written in the usual way."""
    try:
        found = UUID(key)
    except ValueError:
        return None
    return found if str(found) == key else None


def organization_facts(record: Record) -> OrganizationFacts:
    """An organization without legal form is taken for a foundation."""
    words = codes(record)
    return OrganizationFacts(
        name=short(text(record, "name"), 120),
        kind=next(iter(words.get("organization_kind", ())), "") or _kind(text(record, "legal_status")),
        description=long(text(record, "description")),
        kvk_number=_kvk(record),
        website=text(record, "website"),
        email=text(record, "email"),
        phone=_phone(record),
        contact_name=next((text(one, "name") for one in dicts(record, "contacts")), ""),
        postcode=text(record, "postcode"),
    )


def is_on_the_map(record: Record) -> bool:
    """Whether a location has a point in the Netherlands."""
    point = (record.get("latitude"), record.get("longitude"))
    return all(
        isinstance(value, int | float) and low <= value <= high
        for value, (low, high) in zip(point, IN_THE_NETHERLANDS, strict=True)
    )


def place_facts(record: Record, *, host: Organization | None) -> PlaceFacts:
    """A location that `is_on_the_map`."""
    address = next(iter(dicts(record, "addresses")), {})
    street = _ADDRESS.fullmatch(text(address, "address_1"))
    own = "street" in address or "house_number" in address or not street
    answers, note = _accessibility(record)
    return PlaceFacts(
        name=short(text(record, "name") or text(address, "address_1") or text(record, "id"), 120),
        latitude=float(record["latitude"]),
        longitude=float(record["longitude"]),
        description=long(text(record, "description")),
        street=text(address, "street") if own or not street else street["street"],
        house_number=text(address, "house_number") if own or not street else street["number"],
        postcode=text(address, "postal_code"),
        city=text(address, "city"),
        host=host,
        host_note=text(record, "host_note"),
        phone=_phone(record),
        website=text(record, "url"),
        access_note=note,
        hours=_hours(record),
        rooms=dicts(record, "rooms"),
        closed_on=day(record, "closed_on"),
        **answers,
    )


def offering_facts(
    record: Record, *, organization: Organization, place: MeetingPlace | None, areas: tuple[Area, ...]
) -> OfferingFacts:
    """A service or event; one without a place here is given at a distance."""
    words = codes(record)
    about = text(record, "description")
    capacity = record.get("capacity") if isinstance(record.get("capacity"), dict) else {}
    summary = text(record, "summary") or first_sentences(about, 200) or short(text(record, "name"), 200)
    return OfferingFacts(
        name=short(text(record, "name"), 80),
        kind=next(iter(words.get("kind", ())), Offering.Kind.PROVISION.value),
        summary=short(summary, 200),
        organization=organization,
        delivery=_delivery(record, place),
        description=long(about) if about != summary else "",
        place=place,
        serves=areas,
        themes=words.get("theme", []),
        needs=words.get("need", []),
        audiences=words.get("audience", []),
        minimum_age=number(record, "minimum_age"),
        maximum_age=number(record, "maximum_age"),
        **_costs(record),
        step_free=text(record, "step_free") or YesNoUnknown.UNKNOWN.value,
        languages=_languages(record),
        alone_welcome=record.get("alone_welcome") if isinstance(record.get("alone_welcome"), bool) else None,
        sign_up=text(record, "sign_up") or Offering.SignUp.NONE.value,
        first_contact=text(record, "first_contact"),
        phone=_phone(record),
        email=text(record, "email"),
        website=text(record, "url"),
        capacity=number(capacity or {}, "maximum"),
        volunteers_wanted=record.get("volunteers_wanted") is True,
        sphere=next(iter(words.get("sphere", ())), ""),
        layer=next(map(int, words.get("layer", ())), None),
        municipal_role=next(map(int, words.get("municipal_role", ())), None),
        active_from=day(record, "active_from"),
    )


def codes(record: Record) -> dict[str, list[str]]:
    """The codes of a record by taxonomy, from its attributes with terms of our profile."""
    found: dict[str, list[str]] = {}
    for attribute in dicts(record, "attributes"):
        nested = attribute.get("taxonomy_term")
        term = nested.get("id") if isinstance(nested, dict) else attribute.get("taxonomy_term_id")
        if isinstance(term, str) and term in terms():
            key, known = terms()[term]
            found.setdefault(key, []).append(known["code"])
    return found


def text(record: Mapping[str, Any], name: str) -> str:
    """A field as plain text without markup; "" when it is no text."""
    value = record.get(name)
    if not isinstance(value, str):
        return ""
    return (unescape(strip_tags(value)) if _MARKUP.search(value) else value).strip()


def number(record: Mapping[str, Any], name: str) -> int | None:
    """A whole number, or None."""
    value = record.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1:
        return None
    return int(value)


def day(record: Mapping[str, Any], name: str) -> date | None:
    """A date, or None; of a moment the date."""
    try:
        return iso_day(text(record, name)[:10])
    except ValueError:
        return None


def dicts(record: Mapping[str, Any], name: str) -> list[Record]:
    """The records in a list field; none when it is no list."""
    value = record.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def short(words: str, most: int) -> str:
    """At most so many characters, cut at a word."""
    if len(words) <= most:
        return words
    return words[: most - 1].rpartition(" ")[0] + "…" if " " in words[: most - 1] else words[:most]


def first_sentences(words: str, most: int) -> str:
    """The whole sentences at the start that fit, else the start."""
    flat = " ".join(words.split())
    ends = [match.start() for match in _SENTENCE_END.finditer(flat) if match.start() <= most]
    return flat if len(flat) <= most else flat[: max(ends)] if ends else short(flat, most)


def long(words: str) -> str:
    return words if len(words) <= MAX_TEXT else words[: MAX_TEXT - 1] + "…"


def _kind(legal_status: str) -> str:
    found = (kind for words, kind in _LEGAL.items() if re.search(rf"\b({words})\b", legal_status, re.IGNORECASE))
    return str(next(found, Organization.Kind.FOUNDATION).value)  # type: ignore[attr-defined]


def _kvk(record: Record) -> str:
    numbers = dicts(record, "organization_identifiers")
    return next((text(one, "identifier") for one in numbers if text(one, "identifier_scheme") == KVK_SCHEME), "")


def _phone(record: Record) -> str:
    return next((text(one, "number") for one in dicts(record, "phones")), "")


def _accessibility(record: Record) -> tuple[dict[str, str], str]:
    answers, notes = {}, []
    for one in dicts(record, "accessibility"):
        feature = text(one, "feature")
        if feature in ACCESSIBILITY:
            answers[feature] = text(one, "available")
        else:
            notes.append(text(one, "description"))
    return answers, short(" ".join(filter(None, notes)), 200)


def _hours(record: Record) -> list[dict[str, Any]]:
    """Weekly opening hours: the schedules of a location that are a day of every week."""
    found = []
    for one in dicts(record, "schedules"):
        days = text(one, "byday").split(",")
        every_week = text(one, "freq") == "WEEKLY" and number(one, "interval") in (None, 1)
        if every_week and set(days) <= set(WEEKDAYS) and not one.keys() & _NOT_EVERY_WEEK:
            note = {"note": text(one, "notes")} if text(one, "notes") else {}
            times = {"opens": text(one, "opens_at")[:5], "closes": text(one, "closes_at")[:5]}
            found += [{"weekday": WEEKDAYS.index(name), **times, **note} for name in days]
    return found


def _delivery(record: Record, place: MeetingPlace | None) -> str:
    stated = text(record, "delivery")
    if stated in Offering.Delivery.values and (place or stated != Offering.Delivery.AT_PLACE):
        return stated
    return str((Offering.Delivery.AT_PLACE if place else Offering.Delivery.REMOTE).value)


def _languages(record: Record) -> list[str]:
    found = (text(one, "code").lower() for one in dicts(record, "languages"))
    return list(dict.fromkeys(code for code in found if re.fullmatch("[a-z]{2,3}", code)))


def _costs(record: Record) -> dict[str, Any]:
    """What it costs: our own words for it, else the first amount in euros, else what is said of it."""
    amounts = [one for one in dicts(record, "cost_options") if text(one, "currency").upper() == "EUR"]
    value = amounts[0].get("amount") if amounts else None
    cents = round(value * 100) if isinstance(value, int | float) and not isinstance(value, bool) else None
    if "cost_kind" in record:
        return {"cost_kind": text(record, "cost_kind"), "cost_cents": cents, "cost_note": text(record, "cost_note")}
    note = (
        text(amounts[0], "amount_description") if amounts else text(record, "fees_description") or text(record, "fees")
    )
    return {"cost_kind": _cost_kind(cents), "cost_cents": cents or None, "cost_note": short(note, 120)}


def _cost_kind(cents: int | None) -> str:
    kinds = Offering.CostKind
    return str((kinds.UNKNOWN if cents is None else kinds.PAID if cents else kinds.FREE).value)
