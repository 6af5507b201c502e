"""A small invented municipality for the tests of index and ask: two buurten, three groups, seven offerings."""

import time as clock
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Any

from samenspel.audit.action import Actor
from samenspel.people import actions as people
from samenspel.people.facts import ContactFacts, OrganizationFacts
from samenspel.people.models import Organization
from samenspel.places.lookup import Near
from samenspel.places.models import Area
from samenspel.socialmap import actions, listing
from samenspel.socialmap.facts import OfferingFacts, PlaceFacts, ScheduleFacts
from samenspel.socialmap.index import IndexFolder, Writer
from samenspel.socialmap.index.pending import last_settled
from samenspel.socialmap.models import Change, MeetingPlace, Offering

HOME = "GM9901"
ELSEWHERE = "GM9902"
BY = Actor("system")
AT = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)
"""A Saturday, noon in Amsterdam."""


@dataclass
class Town:
    """One municipality with its rows by short names."""

    municipality: str
    areas: dict[str, Area] = field(default_factory=dict)
    groups: dict[str, Organization] = field(default_factory=dict)
    places: dict[str, MeetingPlace] = field(default_factory=dict)
    offerings: dict[str, Offering] = field(default_factory=dict)

    def near(self, area: str = "east") -> Near:
        buurt = self.areas[area]
        return Near(buurt.name, buurt.latitude or 0.0, buurt.longitude or 0.0, buurt, self.municipality)

    def offer(self, key: str, *, group: str = "club", times: tuple[ScheduleFacts, ...] = (), **facts: Any) -> Offering:
        """Add an offering; `place` and `serves` by their short names."""
        facts["place"] = self.places[facts["place"]] if facts.get("place") else None
        facts["serves"] = tuple(self.areas[code] for code in facts.get("serves", ()))
        stated = {"kind": "activity", "delivery": "at_place" if facts["place"] else "at_home", "summary": facts["name"]}
        self.offerings[key] = actions.add_offering(
            municipality=self.municipality,
            facts=OfferingFacts(organization=self.groups[group], **(stated | facts)),
            schedules=times,
            by=BY,
            at=AT,
        )
        return self.offerings[key]

    def change(self, key: str, **facts: Any) -> None:
        offering = self.offerings[key]
        offering.refresh_from_db()
        actions.change_offering(offering=offering, facts=replace(OfferingFacts.of(offering), **facts), by=BY, at=AT)


def weekly(day: str, hour: int, **rest: Any) -> ScheduleFacts:
    starts_on = date(2026, 9, 1)
    return ScheduleFacts(
        starts_on=starts_on, starts=time(hour), ends=time(hour + 2), rrule=f"FREQ=WEEKLY;BYDAY={day}", **rest
    )


def wait_until_settled() -> None:
    """Wait until every change is settled; on PostgreSQL a test beside us may hold the oldest transaction."""
    until = clock.monotonic() + 30
    newest = Change.objects.order_by("transaction", "id").last()
    while newest is not None and last_settled().id != newest.id:
        assert clock.monotonic() < until, "a transaction beside us never ends"
        clock.sleep(0.02)


def bare_town(municipality: str = HOME) -> Town:
    """Areas, groups and places, nothing on offer yet."""
    town = Town(municipality)
    number = municipality.removeprefix("GM")
    shared = {"municipality": municipality, "year": 2024, "latitude": 52.54, "longitude": 5.22}
    town.areas["whole"] = Area.objects.create(
        code=municipality, kind="municipality", name=f"Gemeente {number}", province="Flevoland", **shared
    )
    district = Area.objects.create(
        code=f"WK{number}01", kind="district", name="Wijk", parent=town.areas["whole"], **shared
    )
    for key, name, longitude in (("east", "Oosterkwartier", 5.23), ("west", "Westhoek", 5.17)):
        town.areas[key] = Area.objects.create(
            code=f"BU{number}01{key}",
            kind="neighborhood",
            name=name,
            parent=district,
            **(shared | {"longitude": longitude}),
        )
    _groups_and_places(town)
    return town


def _groups_and_places(town: Town) -> None:
    for key, name in (("club", "De Ringdijkers"), ("church", "Kerk aan de Waard"), ("team", "Waardwerk")):
        facts = OrganizationFacts(name=name, kind="association", contact_name="Bea", phone="0320555001")
        town.groups[key] = people.add_organization(municipality=town.municipality, facts=facts, by=BY, at=AT)
        listing.agree_to_listing(organization=town.groups[key], via="phone", by=BY, at=AT)
    for key, name, longitude in (("house", "Buurthuis De Roef", 5.231), ("library", "De Leeskamer", 5.171)):
        place = PlaceFacts(name=name, latitude=52.541, longitude=longitude, city="Zeestede", step_free="yes")
        town.places[key] = actions.add_meeting_place(municipality=town.municipality, facts=place, by=BY, at=AT)
    people.set_area_contact(
        area=town.areas["whole"],
        facts=ContactFacts(name="Gülsen", job_title="connector", phone="0320555101"),
        by=BY,
        at=AT,
    )


def town_with_offerings(municipality: str = HOME) -> Town:
    """The town of most tests."""
    town = bare_town(municipality)
    town.offer(
        "walk",
        name="Ommetje met thermoskan",
        summary="Elke dinsdag een rondje om de plas.",
        needs=["walking_buddy", "company"],
        themes=["move"],
        place="house",
        times=(weekly("TU", 10),),
        cost_kind="free",
        layer=1,
    )
    town.offer(
        "buddy", name="Een maatje", summary="Iemand gaat met u mee naar buiten.", needs=["walking_buddy"], group="team",
        layer=3,
    )  # fmt: skip
    town.offer(
        "chess", name="Schaakavond", needs=["games"], themes=["meet"], place="library", times=(weekly("SA", 19),)
    )
    town.offer(
        "letters", name="Papierenuur", summary="Samen uw post lezen.", needs=["letters_and_forms"], themes=["money"],
        place="library", cost_kind="free", times=(weekly("MO", 13),),
    )  # fmt: skip
    town.offer("phone", name="Belcirkel", needs=["phone_contact"], delivery="remote", group="church", layer=2)
    town.offer(
        "meal", name="Aanschuiven", needs=["eat_together"], themes=["eat"], place="house", cost_kind="paid",
        cost_cents=550, times=(weekly("TH", 17),), group="church",
    )  # fmt: skip
    town.offer("east", name="Boodschappenfiets", needs=["shopping_help"], serves=["east"], cost_kind="voluntary")
    return town


def bring_up_to_date(at: datetime = AT) -> None:
    """Take into the index of the installation what changed, as `samenspel work` does."""
    folder = IndexFolder.of_installation()
    with folder.writing():
        writer = Writer(folder)
        writer.bring_up_to_date(at=at)
        writer.close()
