"""A feed of another directory for the tests: one organization with one service at one location."""

import json
from pathlib import Path
from typing import Any

from samenspel.people.models import Organization
from samenspel.places.importers.report import ImportReport
from samenspel.socialmap.hsds.feed import service_records
from samenspel.socialmap.hsds.importer import import_hsds
from samenspel.socialmap.listing import agree_to_listing
from samenspel.socialmap.models import Offering
from tests.people.rows import AT, BY, GM

ORGANIZATION = "11111111-1111-4111-8111-111111111111"
SERVICE = "22222222-2222-4222-8222-222222222222"
LOCATION = "33333333-3333-4333-8333-333333333333"
AT_LOCATION = "44444444-4444-4444-8444-444444444444"


def an_organization_record(**fields: Any) -> dict[str, Any]:
    return {
        "id": ORGANIZATION,
        "name": "Stichting Samen",
        "description": "Wij doen het samen.",
        "legal_status": "stichting",
        "year_incorporated": 1987,
        "phones": [{"id": "p1", "number": "0320-555010", "extension": 3}],
        "contacts": [{"id": "c1", "name": "Roos", "title": "gastvrouw", "email": "roos@example.nl"}],
        **fields,
    }


def a_location_record(**fields: Any) -> dict[str, Any]:
    address = {"id": "a1", "address_1": "Dijkweg 12a", "city": "Oosterdam", "state_province": "Flevoland",
               "postal_code": "1234 ab", "country": "NL", "address_type": "physical"}  # fmt: skip
    return {"id": LOCATION, "location_type": "physical", "name": "De Schakel", "latitude": 52.55, "longitude": 5.25,
            "transportation": "bus 3", "addresses": [address], **fields}  # fmt: skip


def a_service_record(**fields: Any) -> dict[str, Any]:
    schedule = {"id": "s1", "freq": "WEEKLY", "byday": "TU,TH", "dtstart": "2026-09-01", "opens_at": "10:00",
                "closes_at": "11:30:00", "attending_type": "fysiek"}  # fmt: skip
    return {
        "id": SERVICE,
        "name": "Koffie",
        "status": "active",
        "description": "<p>Samen koffie drinken.</p> Iedereen is welkom.",
        "wait_time": "geen",
        "organization": an_organization_record(),
        "schedules": [schedule],
        "service_at_locations": [{"id": AT_LOCATION, "description": "in de hal", "location": a_location_record()}],
        **fields,
    }


def take_in(tmp_path: Path, *records: Any, name: str = "feed.json", **options: Any) -> ImportReport:
    """Write the records as one list and import them."""
    file = tmp_path / name
    file.write_text(json.dumps(list(records)), encoding="utf-8")
    return import_hsds(file, municipality=GM, by=BY, **{"at": AT, **options})


def list_all() -> None:
    for organization in Organization.objects.filter(listing_agreed_at__isnull=True):
        agree_to_listing(organization=organization, via="phone", by=BY, at=AT)


def missing(came: Any, given: Any, path: str = "") -> list[str]:
    """The paths of what came and is not given back."""
    if isinstance(came, dict):
        if not isinstance(given, dict):
            return [path]
        return [one for name in came for one in missing(came[name], given.get(name, ...), f"{path}.{name}")]
    if isinstance(came, list):
        if not isinstance(given, list) or len(came) > len(given):
            return [path]
        return [
            lost for n, (a, b) in enumerate(zip(came, given, strict=False)) for lost in missing(a, b, f"{path}[{n}]")
        ]
    return [] if came == given else [path]


def the_service() -> dict[str, Any]:
    """The one offering as our own feed tells it."""
    (record,) = service_records(Offering.objects.complete())
    return record
