"""Rows that tests of the social map start from, made by the actions themselves."""

from datetime import date, time
from typing import Any

import numpy as np
import shapely

from samenspel.people.models import Organization
from samenspel.places.geometry import boundary_fields
from samenspel.places.models import Area
from samenspel.socialmap.actions import add_meeting_place, add_offering
from samenspel.socialmap.facts import OfferingFacts, PlaceFacts, ScheduleFacts
from samenspel.socialmap.models import MeetingPlace, Offering
from tests.people.rows import AT, BY, GM, an_area, an_organization

LATITUDE, LONGITUDE = 52.55, 5.25


def a_neighborhood(code: str = "BU99010101", *, west: float = 5.2, east: float = 5.3, **facts: Any) -> Area:
    """A square neighborhood around LATITUDE, LONGITUDE."""
    boundary = boundary_fields(np.array([shapely.box(west, 52.5, east, 52.6)]))[0]
    return an_area(code, "neighborhood", **boundary, **facts)


def place_facts(**facts: Any) -> PlaceFacts:
    return PlaceFacts(**{"name": "Het Peilhuis", "latitude": LATITUDE, "longitude": LONGITUDE, **facts})


def a_place(*, municipality: str = GM, **facts: Any) -> MeetingPlace:
    return add_meeting_place(municipality=municipality, facts=place_facts(**facts), by=BY, at=AT)


def offering_facts(**facts: Any) -> OfferingFacts:
    organization = facts.pop("organization", None) or an_organization()
    stated = {
        "name": "Dinsdagommetje",
        "kind": "activity",
        "summary": "Samen een rondje lopen.",
        "delivery": "at_home",
        "themes": ["move"],
        "needs": ["walking_buddy"],
        "audiences": ["everyone"],
        **facts,
    }
    return OfferingFacts(organization=organization, **stated)


def an_offering(*, schedules: list[ScheduleFacts] | None = None, municipality: str = GM, **facts: Any) -> Offering:
    return add_offering(
        municipality=municipality, facts=offering_facts(**facts), schedules=schedules or [], by=BY, at=AT
    )


def a_listed(name: str = "Wandelclub De Ringdijk") -> Organization:
    return an_organization(name=name)


def tuesdays(**facts: Any) -> ScheduleFacts:
    """Every Tuesday from 10.00 to 11.30 since September 2026."""
    return ScheduleFacts(
        **{
            "starts_on": date(2026, 9, 1),
            "starts": time(10),
            "ends": time(11, 30),
            "rrule": "FREQ=WEEKLY;BYDAY=TU",
            **facts,
        }
    )
