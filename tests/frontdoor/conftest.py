"""A small corner of the invented municipality, searchable, for the pages of the front door."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
import shapely

from samenspel.audit.action import Actor
from samenspel.frontdoor import frame, themes
from samenspel.people.actions import add_organization, set_area_contact
from samenspel.people.facts import ContactFacts, OrganizationFacts
from samenspel.people.models import Organization
from samenspel.places.models import Area, Postcode
from samenspel.socialmap.actions import add_meeting_place, add_offering, confirm_offering, mark_full
from samenspel.socialmap.facts import OfferingFacts, PlaceFacts, ScheduleFacts
from samenspel.socialmap.index import IndexFolder, Writer
from samenspel.socialmap.listing import agree_to_listing, change_organization
from samenspel.socialmap.models import MeetingPlace, Offering
from tests.frontdoor.messages import ROOT

HOME, ELSEWHERE = "GM9901", "GM9902"
BY = Actor("import", "test")
WEEKLY = "FREQ=WEEKLY;BYDAY=TU"


@pytest.fixture(scope="session", autouse=True)
def english() -> None:
    """The compiled English texts, as `make install` leaves them."""
    subprocess.run(
        [Path(sys.executable).with_name("pybabel"), "-q", "compile", "-D", "django", "-d", "samenspel/locale"],
        cwd=ROOT,
        check=True,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture(autouse=True)
def fresh_frame() -> Iterator[None]:
    frame.forget()
    themes.forget()
    yield
    frame.forget()
    themes.forget()


@dataclass(frozen=True)
class Corner:
    """What stands on the map: the rows that tests point at."""

    walking: Offering
    full: Offering
    shielded: Offering
    stale: Offering
    elsewhere: Offering
    withdrawn: Organization
    place: MeetingPlace
    place_elsewhere: MeetingPlace


@pytest.fixture
def corner(db: None, tmp_path: Path, settings: object) -> Corner:
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    now = datetime.now(UTC)
    made = _corner(now)
    make_searchable(now)
    return made


def shield(group: Organization, at: datetime) -> None:
    facts = replace(OrganizationFacts.of(group), contact_shielded=True)
    change_organization(organization=group, facts=facts, by=BY, at=at)


def make_searchable(at: datetime) -> None:
    """Bring the index up to what stands on the map now."""
    folder = IndexFolder.of_installation()
    with folder.writing():
        writer = Writer(folder)
        writer.rebuild(at=at)
        writer.close()


def _corner(now: datetime) -> Corner:
    _areas(HOME, "Markerwaard", 5.2)
    _areas(ELSEWHERE, "Elders", 5.3)
    club = _listed(HOME, "Wandelclub De Dijk", now, phone="0320-55 50 11", contact_name="Hanneke")
    hidden = _listed(HOME, "Buurvrouwen", now, shielded=True, phone="0320-55 50 99", email="geheim@example.nl")
    other = _listed(ELSEWHERE, "Club Elders", now)
    place = _place(HOME, "Het Peilhuis", 5.2, club, now)
    away = _place(ELSEWHERE, "Verweg", 5.3, other, now)
    made = Corner(
        walking=_offering(club, "Wandelmaatje", place, now, needs=["walking_buddy"], themes=["move"], confirmed=10),
        full=_offering(club, "Wandelen met koffie", place, now, needs=["walking_buddy"], themes=["move"], confirmed=20),
        shielded=_offering(hidden, "Wandelen met buurvrouwen", place, now, needs=["walking_buddy"], themes=["meet"]),
        stale=_offering(club, "Eettafel", place, now, needs=["eat_together"], themes=["eat"], confirmed=900),
        elsewhere=_offering(other, "Wandelen elders", away, now, needs=["walking_buddy"], themes=["move"]),
        withdrawn=club,
        place=place,
        place_elsewhere=away,
    )
    mark_full(offering=made.full, by=BY, at=now)
    return made


def _areas(municipality: str, name: str, west: float) -> None:
    box = shapely.box(west, 52.5, west + 0.1, 52.6)
    shape = {
        "boundary": shapely.to_wkb(box),
        "west": west,
        "south": 52.5,
        "east": west + 0.1,
        "north": 52.6,
        "longitude": west + 0.05,
        "latitude": 52.55,
        "year": 2024,
        "municipality": municipality,
    }
    digits = municipality[2:]
    whole = Area.objects.create(code=municipality, kind=Area.Kind.MUNICIPALITY, name=name, **shape)
    district = Area.objects.create(
        code=f"WK{digits}01", kind=Area.Kind.DISTRICT, name=f"{name}-Centrum", parent=whole, **shape
    )
    buurt = Area.objects.create(
        code=f"BU{digits}0101", kind=Area.Kind.NEIGHBORHOOD, name=f"{name}buurt", parent=district, **shape
    )
    Postcode.objects.create(
        municipality=municipality,
        code="1291AA" if municipality == HOME else "1391AA",
        place_name=name,
        longitude=west + 0.05,
        latitude=52.55,
        neighborhood=buurt,
        source="test",
    )
    if municipality == HOME:
        _contact(whole, "Infopunt", "0320-55 50 10")
        _contact(district, "Gülsen", "0320-55 51 01")


def _contact(area: Area, name: str, phone: str) -> None:
    facts = ContactFacts(
        name=name,
        job_title="connector",
        phone=phone,
        hours=[{"weekday": day, "opens": "09:00", "closes": "12:00", "note": ""} for day in (0, 1)],
    )
    set_area_contact(area=area, facts=facts, by=BY, at=datetime.now(UTC))


def _listed(municipality: str, name: str, now: datetime, *, shielded: bool = False, **contact: str) -> Organization:
    facts = OrganizationFacts(name=name, kind="informal_group", contact_shielded=shielded, **contact)
    organization = add_organization(municipality=municipality, facts=facts, by=BY, at=now)
    return agree_to_listing(organization=organization, via="phone", by=BY, at=now)


def _place(municipality: str, name: str, west: float, host: Organization, now: datetime) -> MeetingPlace:
    facts = PlaceFacts(
        name=name,
        latitude=52.551,
        longitude=west + 0.051,
        street="Westersingel",
        house_number="22",
        postcode="1291AA",
        city="Zeestede",
        host=host,
        step_free="yes",
        hours=[{"weekday": 1, "opens": "09:00", "closes": "17:00", "note": ""}],
    )
    return add_meeting_place(municipality=municipality, facts=facts, by=BY, at=now)


def _offering(
    organization: Organization,
    name: str,
    place: MeetingPlace,
    now: datetime,
    *,
    needs: list[str],
    themes: list[str],
    confirmed: int | None = None,
) -> Offering:
    facts = OfferingFacts(
        name=name,
        kind="activity",
        summary=f"{name}: samen een rondje door de buurt.",
        description="Wij lopen rustig.\n\nDaarna is er koffie.",
        organization=organization,
        place=place,
        delivery="at_place",
        needs=needs,
        themes=themes,
        audiences=["everyone"],
        cost_kind="free",
        alone_welcome=True,
        layer=2,
        first_contact="Hanneke staat bij de deur.",
    )
    weekly = ScheduleFacts(starts_on=date(2026, 1, 6), starts=time(10), ends=time(11, 30), rrule=WEEKLY)
    offering = add_offering(municipality=organization.municipality, facts=facts, schedules=[weekly], by=BY, at=now)
    if confirmed is not None:
        confirm_offering(
            offering=offering,
            method="phone",
            confirmed_by="penningmeester",
            confirmed_at=now - timedelta(days=confirmed),
            by=BY,
            at=now,
        )
    return offering
