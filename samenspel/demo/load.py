"""Loads the invented municipality Markerwaard through the same importers and actions as a real one.

The data in `markerwaard/` are written as if today were WRITTEN_ON. All dates move by whole weeks to the day of loading,
so that a Tuesday stays a Tuesday, what was confirmed six weeks ago still was, and events still lie ahead. Loading again
in the same week changes nothing; in a later week the dates move on.
"""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from django.db import transaction

from samenspel.audit.action import Actor
from samenspel.engine.calendar import ZONE
from samenspel.people.actions import add_organization, set_area_contact, set_recourse, set_team
from samenspel.people.facts import ContactFacts, OrganizationFacts, RecourseFacts, TeamFacts, stated
from samenspel.people.models import AreaContact, Organization, Recourse, Team
from samenspel.places.importers.areas import import_areas
from samenspel.places.importers.figures import import_figures
from samenspel.places.importers.postcodes import import_postcodes
from samenspel.places.importers.report import ImportReport
from samenspel.places.importers.working_areas import import_working_areas
from samenspel.places.models import Area
from samenspel.socialmap.actions import (
    add_meeting_place,
    add_offering,
    change_meeting_place,
    change_offering,
    confirm_offering,
    confirm_place,
    end_offering,
    mark_available,
    mark_full,
    set_schedules,
)
from samenspel.socialmap.entrances import EntranceFacts, set_entrance
from samenspel.socialmap.facts import OfferingFacts, PlaceFacts, ScheduleFacts
from samenspel.socialmap.listing import agree_to_listing, change_organization
from samenspel.socialmap.models import Entrance, MeetingPlace, Offering, Verification

MARKERWAARD = "GM9901"
FOLDER = Path(__file__).with_name("markerwaard")
WRITTEN_ON = date(2026, 11, 21)
YEAR = 2024
"""The year of the area codes."""
SOURCE = "verzonnen: Markerwaard"
BY = Actor("import", "demo")
_AGREED_VIA = Organization.AgreedBy.VISIT
_JOB_TITLES = {
    "verbinder": AreaContact.JobTitle.CONNECTOR,
    "verbinder buitengebied": AreaContact.JobTitle.CONNECTOR,
    "preventiewerker": AreaContact.JobTitle.PREVENTION_WORKER,
    "wijkteam": AreaContact.JobTitle.TEAM,
    "medewerker wijkteam": AreaContact.JobTitle.TEAM,
}


class DemoInvalid(Exception):
    """The demo's own files are wrong; the message names the file and the entry."""


@dataclass
class _Loading:
    """What the parts of one load share: the moment, the rows by key."""

    at: datetime
    organizations: dict[str, Organization] = field(default_factory=dict)
    places: dict[str, MeetingPlace] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)

    def moved(self, day: str) -> date:
        """A date of the data, moved to the time of loading."""
        weeks = (self.at.astimezone(ZONE).date() - WRITTEN_ON).days // 7
        return date.fromisoformat(day) + timedelta(weeks=weeks)


def load_demo(at: datetime) -> dict[str, int]:
    """Load or refresh Markerwaard as of the aware moment `at`; how many of each, by Dutch word. Raises DemoInvalid."""
    _load_areas()
    loading = _Loading(at)
    loading.areas = {area.code: area for area in Area.objects.filter(municipality=MARKERWAARD).defer("boundary")}
    counts: Counter[str] = Counter()
    counts["gebieden"] = len(loading.areas)
    tables = _tables()
    for word, name, load in (
        ("organisaties", "organizations", _load_organization),
        ("plekken", "places", _load_place),
        ("contactpersonen", "contacts", _load_contact),
        ("teams", "teams", _load_team),
        ("ingangen", "entrances", _load_entrance),
        ("wegen naar hulp en bezwaar", "recourse", _load_recourse),
        ("keer aanbod", "offerings", _load_offering),
    ):
        for file, entries in groupby(tables[name], key=lambda entry: entry[0]):
            with transaction.atomic():
                for _, entry in entries:
                    _load_one(load, entry, file, loading)
                    counts[word] += 1
    return dict(counts)


def _load_areas() -> None:
    boundaries = [FOLDER / f"{name}.geojson" for name in ("gemeente", "wijken", "buurten")]
    reports = [
        *import_areas(boundaries, year=YEAR, source=SOURCE),
        import_figures(FOLDER / "figures.csv", year=YEAR, source=SOURCE),
        *import_postcodes([FOLDER / "pc4.csv", FOLDER / "postcodes.csv"], source=SOURCE),
        import_working_areas(FOLDER / "areas.toml", year=YEAR, source=SOURCE),
    ]
    for report in reports:
        _accept(report)


def _accept(report: ImportReport) -> None:
    if report.error or report.refused:
        raise DemoInvalid("; ".join(report.sentences()))


def _tables() -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """The entries of all files by table, each with the name of its file."""
    tables: dict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for file in sorted(FOLDER.glob("*.toml")):
        for name, entries in tomllib.loads(file.read_text(encoding="utf-8")).items():
            tables[name] += [(file.name, entry) for entry in entries]
    return tables


def _load_one(load: Any, entry: dict[str, Any], file: str, loading: _Loading) -> None:
    try:
        load(entry, loading)
    except (KeyError, TypeError, ValueError) as error:
        named = entry.get("key") or entry.get("area") or entry.get("name")
        raise DemoInvalid(f"{file}, {named}: {type(error).__name__} {error}") from error


def _load_organization(entry: dict[str, Any], loading: _Loading) -> None:
    facts = OrganizationFacts(**_without(entry, "key", "listed"))
    row = Organization.objects.filter(municipality=MARKERWAARD, slug=entry["key"]).first()
    if row is None:
        row = add_organization(municipality=MARKERWAARD, slug=entry["key"], facts=facts, by=BY, at=loading.at)
        if entry.get("listed", True):
            agree_to_listing(organization=row, via=_AGREED_VIA, by=BY, at=loading.at)
    elif row.is_listed and OrganizationFacts.of(row) != facts:
        change_organization(organization=row, facts=facts, by=BY, at=loading.at)
    loading.organizations[entry["key"]] = row


def _load_place(entry: dict[str, Any], loading: _Loading) -> None:
    host = loading.organizations[entry["host"]] if "host" in entry else None
    facts = PlaceFacts(
        **_without(entry, "key", "host", "closed_on", "verifications"),
        host=host,
        closed_on=loading.moved(entry["closed_on"]) if "closed_on" in entry else None,
    )
    row = MeetingPlace.objects.filter(municipality=MARKERWAARD, slug=entry["key"]).first()
    if row is None:
        row = add_meeting_place(municipality=MARKERWAARD, slug=entry["key"], facts=facts, by=BY, at=loading.at)
    elif PlaceFacts.of(row) != facts:
        change_meeting_place(place=row, facts=facts, by=BY, at=loading.at)
    loading.places[entry["key"]] = row
    for one in _unconfirmed(entry, loading, Verification.objects.filter(place=row)):
        confirm_place(place=row, by=BY, at=loading.at, **one)


def _load_contact(entry: dict[str, Any], loading: _Loading) -> None:
    area = loading.areas[entry["area"]]
    given = _without(entry, "area", "organization", "walk_in_place", "job_title")
    facts = ContactFacts(
        **given,
        job_title=_JOB_TITLES[entry["job_title"]],
        organization=loading.organizations[entry["organization"]] if "organization" in entry else None,
        walk_in=_address(loading.places[entry["walk_in_place"]]) if "walk_in_place" in entry else "",
    )
    rows = AreaContact.objects.filter(area=area, job_title=facts.job_title).select_related("organization")
    row = rows.first()
    if row is None or ContactFacts.of(row) != facts:
        set_area_contact(area=area, facts=facts, by=BY, at=loading.at)


def _load_team(entry: dict[str, Any], loading: _Loading) -> None:
    areas = tuple(loading.areas[code] for code in entry.get("areas", []))
    row = Team.objects.filter(municipality=MARKERWAARD, name=entry["name"]).first()
    members = tuple(row.members.all()) if row else ()
    facts = TeamFacts(**_without(entry, "areas"), areas=areas, members=members)
    if row is None or (row.phone, row.email, set(row.areas.all())) != (facts.phone, facts.email, set(areas)):
        set_team(municipality=MARKERWAARD, facts=facts, by=BY, at=loading.at)


def _load_entrance(entry: dict[str, Any], loading: _Loading) -> None:
    area = loading.areas[entry["area"]]
    facts = EntranceFacts(**_without(entry, "area", "place"), place=loading.places[entry["place"]])
    row = Entrance.objects.filter(municipality=MARKERWAARD, area=area).select_related("place").first()
    if row is None or EntranceFacts(**stated(EntranceFacts, row)) != facts:
        set_entrance(area=area, facts=facts, by=BY, at=loading.at)


def _load_recourse(entry: dict[str, Any], loading: _Loading) -> None:
    facts = RecourseFacts(**entry)
    row = Recourse.objects.filter(municipality=MARKERWAARD, kind=facts.kind).first()
    if row is None or RecourseFacts.of(row) != facts:
        set_recourse(municipality=MARKERWAARD, facts=facts, by=BY, at=loading.at)


def _address(place: MeetingPlace) -> str:
    return f"{place.name}, {place.street} {place.house_number}, {place.city}"


def _load_offering(entry: dict[str, Any], loading: _Loading) -> None:
    facts = _offering_facts(entry, loading)
    schedules = [_schedule_facts(line, loading) for line in entry.get("schedules", [])]
    rows = Offering.objects.filter(municipality=MARKERWAARD, slug=entry["key"])
    row = rows.select_related("organization", "place").first()
    if row is None:
        row = add_offering(
            municipality=MARKERWAARD, slug=entry["key"], facts=facts, schedules=schedules, by=BY, at=loading.at
        )
    else:
        _refresh_offering(row, facts, schedules, loading.at)
    if row.is_full != entry.get("is_full", False):
        (mark_available if row.is_full else mark_full)(offering=row, by=BY, at=loading.at)
    if "active_until" in entry and row.active_until != loading.moved(entry["active_until"]):
        end_offering(offering=row, on=loading.moved(entry["active_until"]), by=BY, at=loading.at)
    for one in _unconfirmed(entry, loading, Verification.objects.filter(offering=row)):
        confirm_offering(offering=row, by=BY, at=loading.at, **one)


def _refresh_offering(row: Offering, facts: OfferingFacts, schedules: list[ScheduleFacts], at: datetime) -> None:
    if OfferingFacts.of(row) != facts:
        change_offering(offering=row, facts=facts, by=BY, at=at)
    if [ScheduleFacts.of(line) for line in row.schedules.order_by("pk")] != schedules:
        set_schedules(offering=row, schedules=schedules, by=BY, at=at)


def _offering_facts(entry: dict[str, Any], loading: _Loading) -> OfferingFacts:
    given = _without(
        entry, "key", "organization", "place", "serves", "is_full", "active_until", "schedules", "verifications"
    )
    areas = (loading.areas[code] for code in entry.get("serves", []))
    return OfferingFacts(
        **given,
        organization=loading.organizations[entry["organization"]],
        place=loading.places[entry["place"]] if "place" in entry else None,
        serves=tuple(sorted(areas, key=lambda area: (area.code, area.year))),
    )


def _schedule_facts(line: dict[str, Any], loading: _Loading) -> ScheduleFacts:
    return ScheduleFacts(
        **_without(line, "starts_on", "starts", "ends", "until", "exdates"),
        starts_on=loading.moved(line["starts_on"]),
        starts=time.fromisoformat(line["starts"]),
        ends=time.fromisoformat(line["ends"]),
        until=loading.moved(line["until"]) if "until" in line else None,
        exdates=[loading.moved(day).isoformat() for day in line.get("exdates", [])],
    )


def _unconfirmed(entry: dict[str, Any], loading: _Loading, known: Any) -> Iterator[dict[str, Any]]:
    """The confirmations of an entry that are not stored yet, as arguments of `confirm_…`."""
    stored = set(known.values_list("confirmed_at", "method"))
    for one in entry.get("verifications", []):
        moment = datetime.combine(loading.moved(one["on"]), time.min, tzinfo=ZONE)
        if (moment, one["method"]) not in stored:
            yield {"confirmed_at": moment, "method": one["method"], "confirmed_by": one["by"]}


def _without(entry: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key not in keys}
