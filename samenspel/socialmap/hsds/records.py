"""Rows as HSDS records: what our own columns say, in the fields of the specification and of the profile.

Empty fields are left out. Nothing is asked of the database: related rows are loaded by `feed`.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import override

from samenspel.engine.calendar import RecurrenceInvalid, parts_of
from samenspel.people.models import Organization
from samenspel.places.models import Area
from samenspel.socialmap.hsds.profile import EXTENT_TYPES, LANGUAGE, Record, id_of, terms
from samenspel.socialmap.models import MeetingPlace, Offering, Schedule, Verification, YesNoUnknown

KVK_SCHEME = "NL-KVK"
"""The list of org-id.guide for numbers of the Kamer van Koophandel."""
ACCESSIBILITY = {
    "step_free": "zonder trap of drempel",
    "accessible_toilet": "aangepast toilet",
    "hearing_loop": "ringleiding",
}
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_EMPTY: tuple[Any, ...] = (None, "", [], {})
_RULE_FIELDS = ("interval", "byday", "bymonthday", "wkst", "count")


def given(**fields: Any) -> Record:
    """The fields that say something; `False` and 0 do."""
    return {name: value for name, value in fields.items() if not any(value is e or value == e for e in _EMPTY)}


def organization_record(organization: Organization) -> Record:
    """An organization; its contact only when it is public."""
    key, contact = str(organization.pk), organization.public_contact
    return {"id": key, "name": organization.name, "description": organization.description} | given(
        email=contact["email"],
        website=organization.website,
        contacts=[{"id": id_of(key, "contact"), "name": contact["name"]}] if contact["name"] else [],
        phones=_phones(key, contact["phone"]),
        organization_identifiers=_identifiers(key, organization.kvk_number),
        attributes=_attributes(key, "organization", organization_kind=[organization.kind]),
        postcode=organization.postcode,
        slug=organization.slug,
    )


def location_record(place: MeetingPlace) -> Record:
    """A meeting place; `place.host`, `neighborhood` and `verifications` are loaded."""
    key = str(place.pk)
    host = place.host if place.host and place.host.is_listed else None
    return {"id": key, "location_type": "physical"} | given(
        name=place.name,
        description=place.description,
        url=place.website,
        organization_id=str(host.pk) if host else "",
        latitude=place.latitude,
        longitude=place.longitude,
        addresses=_addresses(place),
        phones=_phones(key, place.public_phone),
        accessibility=list(_accessibility(place)),
        schedules=[_opening(key, number, line) for number, line in enumerate(place.hours)],
        host_note=place.public_host_note,
        rooms=place.rooms,
        closed_on=place.closed_on.isoformat() if place.closed_on else "",
        area=_area(place.neighborhood) if place.neighborhood else {},
        verifications=_verifications(place.verifications.all()),
        slug=place.slug,
    )


def service_record(offering: Offering, *, location: Record | None, modified: datetime | None) -> Record:
    """An offering without its organization; an event has the same form.

    `location` is the record of its place, `modified` the moment of the last change. Its organization, schedules,
    verifications and areas are loaded.
    """
    key = str(offering.pk)
    shown = not offering.organization.contact_shielded
    with override(LANGUAGE):
        in_words = given(
            fees_description=", ".join(filter(None, (offering.get_cost_kind_display(), offering.cost_note))),
            application_process=offering.get_sign_up_display(),
        )
    return (
        {"id": key, "name": offering.name, "status": "active", "organization_id": str(offering.organization_id)}
        | in_words
        | given(
            description=offering.description or offering.summary,
            summary=offering.summary,
            url=offering.website,
            email=offering.email if shown else "",
            phones=_phones(key, offering.phone) if shown else [],
            minimum_age=offering.minimum_age,
            maximum_age=offering.maximum_age,
            assured_date=_assured(offering),
            last_modified=modified.isoformat() if modified else "",
            schedules=[schedule_record(key, line) for line in _in_order(offering.schedules.all())],
            service_areas=[_service_area(key, area) for area in _by_code(offering.serves.all())],
            service_at_locations=[_at_location(key, location)] if location else [],
            languages=[{"id": id_of(key, "language", code), "code": code} for code in offering.languages],
            cost_options=_costs(key, offering),
            attributes=_attributes(key, "service", **_words(offering)),
        )
        | _profile_fields(offering, shown=shown)
    )


def schedule_record(owner: str, line: Schedule) -> Record:
    """A line of a schedule. `rrule` has the whole rule; the fields of HSDS have the part of it that they can say."""
    try:
        parts = parts_of(line.rrule) if line.rrule else {}
    except RecurrenceInvalid:
        parts = {}
    rule: Record = {name: parts[name.upper()] for name in _RULE_FIELDS if name.upper() in parts}
    rule |= {name: int(rule[name]) for name in ("interval", "count") if name in rule}
    times = (line.starts_on, line.starts, line.ends, line.rrule)
    return {"id": id_of(owner, "schedule", *times), **rule} | given(
        freq=parts.get("FREQ", "") if parts.get("FREQ") in ("WEEKLY", "MONTHLY") else "",
        dtstart=line.starts_on.isoformat(),
        until=line.until.isoformat() if line.until else "",
        opens_at=line.starts.isoformat(),
        closes_at=line.ends.isoformat(),
        notes=line.note,
        rrule=line.rrule,
        exdates=line.exdates,
        skips_school_holidays=line.skips_school_holidays or None,
        skips_public_holidays=line.skips_public_holidays or None,
    )


def is_event(offering: Offering) -> bool:
    """Whether it happens on named dates only, so that it is no service (Open Referral specification, issue 493)."""
    lines = offering.schedules.all()
    return bool(lines) and not any(line.rrule for line in lines)


def _profile_fields(offering: Offering, *, shown: bool) -> Record:
    capacity = given(maximum=offering.capacity, is_full=offering.is_full or None)
    return given(
        slug=offering.slug,
        delivery=offering.delivery,
        cost_kind=offering.cost_kind,
        cost_note=offering.cost_note,
        step_free=offering.step_free,
        alone_welcome=offering.alone_welcome,
        sign_up=offering.sign_up,
        first_contact=offering.first_contact if shown else "",
        volunteers_wanted=offering.volunteers_wanted or None,
        capacity=capacity,
        active_from=offering.active_from.isoformat() if offering.active_from else "",
        active_until=offering.active_until.isoformat() if offering.active_until else "",
        verifications=_verifications(offering.verifications.all()),
    )


def _words(offering: Offering) -> dict[str, list[Any]]:
    """The codes of an offering by taxonomy."""
    one = {"kind": offering.kind, "sphere": offering.sphere, "layer": offering.layer}
    single = {
        key: [value] if value else [] for key, value in {**one, "municipal_role": offering.municipal_role}.items()
    }
    return {**single, "theme": offering.themes, "need": offering.needs, "audience": offering.audiences}


def _attributes(owner: str, entity: str, **codes: Iterable[Any]) -> list[Record]:
    found = []
    for key, values in codes.items():
        for code in values:
            _key, term = terms()[id_of("term", key, code)]
            link = {"link_entity": entity, "link_type": key, "value": str(code)}
            found.append({"id": id_of(owner, key, code), **link, "taxonomy_term": term})
    return found


def _phones(owner: str, number: str) -> list[Record]:
    return [{"id": id_of(owner, "phone"), "number": number, "type": "voice"}] if number else []


def _identifiers(owner: str, number: str) -> list[Record]:
    if not number:
        return []
    return [{
        "id": id_of(owner, "kvk"), "identifier_scheme": KVK_SCHEME, "identifier_type": "KvK-nummer",
        "identifier": number,
    }]  # fmt: skip


def _addresses(place: MeetingPlace) -> list[Record]:
    if not (place.street or place.city or place.postcode):
        return []
    required = {
        "id": id_of(place.pk, "address"),
        "address_1": f"{place.street} {place.house_number}".strip(),
        "city": place.city,
        "state_province": place.neighborhood.province if place.neighborhood else "",
        "postal_code": place.postcode,
        "country": "NL",
        "address_type": "physical",
    }
    return [required | given(street=place.street, house_number=place.house_number)]


def _accessibility(place: MeetingPlace) -> Iterable[Record]:
    for feature, words in ACCESSIBILITY.items():
        answer = getattr(place, feature)
        if answer != YesNoUnknown.UNKNOWN:
            said = words if answer == YesNoUnknown.YES else f"geen: {words}"
            yield {"id": id_of(place.pk, feature), "description": said, "feature": feature, "available": answer}
    if place.access_note:
        yield {"id": id_of(place.pk, "access_note"), "description": place.access_note, "feature": "note"}


def _opening(owner: str, number: int, line: dict[str, Any]) -> Record:
    return given(
        id=id_of(owner, "hours", number),
        freq="WEEKLY",
        byday=WEEKDAYS[line["weekday"]],
        opens_at=line["opens"],
        closes_at=line["closes"],
        notes=line.get("note", ""),
    )


def _area(area: Area) -> Record:
    return {"code": area.code, "extent_type": f"{EXTENT_TYPES[Area.Kind(area.kind)]}-{area.year}", "name": area.name}


def _service_area(owner: str, area: Area) -> Record:
    about = _area(area)
    extent = {"name": about["name"], "extent": about["code"], "extent_type": about["extent_type"]}
    return {"id": id_of(owner, "area", area.code, area.year), **extent}


def _by_code(areas: Iterable[Area]) -> list[Area]:
    return sorted(areas, key=lambda area: (area.code, area.year))


def _in_order(lines: Iterable[Schedule]) -> list[Schedule]:
    return sorted(lines, key=lambda line: (line.starts_on, line.starts, line.ends, line.rrule, line.note))


def _at_location(owner: str, location: Record) -> Record:
    """The id is the service's own: here a service is at one location."""
    return {"id": owner, "location": location}


def _costs(owner: str, offering: Offering) -> list[Record]:
    if offering.cost_cents is None:
        return []
    about = given(option=_said(offering), amount_description=offering.cost_note)
    return [{"id": id_of(owner, "cost"), "currency": "EUR", "amount": offering.cost_cents / 100, **about}]


def _said(offering: Offering) -> str:
    with override(LANGUAGE):
        return str(offering.get_cost_kind_display())


def _verifications(rows: Iterable[Verification]) -> list[Record]:
    ordered = sorted(rows, key=lambda one: (one.confirmed_at, one.method, one.confirmed_by))
    return [
        {"confirmed_at": one.confirmed_at.isoformat(), "method": one.method, "confirmed_by": one.confirmed_by}
        for one in ordered
    ]


def _assured(offering: Offering) -> str:
    return max((one.confirmed_at.date().isoformat() for one in offering.verifications.all()), default="")
