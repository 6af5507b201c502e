"""Two wijken of one buurt each, 3 kilometres apart, with norms: the ground of tests about building blocks."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from samenspel.places.models import Area, AreaFigures, Postcode
from samenspel.policy.norms import EXAMPLE_NORMS, set_norm
from samenspel.socialmap.actions import confirm_offering, confirm_place
from samenspel.socialmap.models import MeetingPlace, Offering
from samenspel.sources.vocabulary import BuildingBlock
from tests.people.rows import AT, BY, GM, an_area, an_organization
from tests.socialmap.rows import a_neighborhood, a_place, an_offering

DOCUMENT = "Raadsbesluit 2026-12"
WEST, EAST = "WK990101", "WK990102"
IN_WEST, IN_EAST = {"longitude": 5.225, "latitude": 52.55}, {"longitude": 5.275, "latitude": 52.55}
ALL_DAY = [{"weekday": day, "opens": "09:00", "closes": "22:00", "note": ""} for day in range(5)]


def a_town(*, residents: int = 2_000) -> dict[str, Area]:
    """West and East by the code of the wijk; 2,000 residents each, of whom 400 are 65 or over."""
    an_area(GM, "municipality", name="Markerwaard")
    wijken = {}
    for code, name, west, east in ((WEST, "West", 5.2, 5.25), (EAST, "Oost", 5.25, 5.3)):
        wijk = an_area(code, "district", name=name, boundary=b"", west=west, east=east, south=52.5, north=52.6,
                       longitude=(west + east) / 2, latitude=52.55)  # fmt: skip
        buurt = a_neighborhood(f"BU{code[2:]}01", west=west, east=east, parent=wijk)
        for area in (wijk, buurt):
            AreaFigures.objects.create(
                municipality=GM, area=area, year=2024, source="CBS",
                values={"residents": residents, "residents_65_and_over": residents // 5},
            )  # fmt: skip
        Postcode.objects.create(
            municipality=GM, code=f"129{code[-1]}AA", neighborhood=buurt, longitude=(west + east) / 2, latitude=52.55,
            source="CBS",
        )  # fmt: skip
        wijken[code] = wijk
    return wijken


def the_norms(*, since: date = date(2025, 1, 1), **changes: dict[str, Any]) -> None:
    """The example norms as adopted; `changes` by name of a block ("meeting_places") replace facts of it."""
    for block, facts in EXAMPLE_NORMS.items():
        given = changes.get(block.name.lower(), {})
        set_norm(municipality=GM, facts=replace(facts, document=DOCUMENT, since=since, **given), by=BY, at=AT)


def a_meeting_place(*, confirmed: datetime | None = AT, **facts: Any) -> MeetingPlace:
    """Open on workdays from 9 to 22 hours with a host, and confirmed."""
    stated = {"hours": ALL_DAY, "host": an_organization(name=f"Stichting {facts.get('name', 'Het Peilhuis')}"), **facts}
    place = a_place(**stated)
    if confirmed:
        confirm_place(place=place, confirmed_at=confirmed, method="phone", confirmed_by="verbinder", by=BY, at=AT)
    return place


def a_confirmed(*, confirmed: datetime = AT, **facts: Any) -> Offering:
    offering = an_offering(**facts)
    confirm_offering(offering=offering, confirmed_at=confirmed, method="phone", confirmed_by="verbinder", by=BY, at=AT)
    return offering


BLOCKS = tuple(BuildingBlock)
