"""The demo loads through the importers and actions, lives at any date, and loading it again changes nothing."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command

from samenspel.audit.models import AuditEvent
from samenspel.demo import load
from samenspel.demo.load import MARKERWAARD, DemoInvalid, load_demo
from samenspel.engine.calendar import ZONE
from samenspel.engine.freshness import Freshness
from samenspel.people.actions import set_team
from samenspel.people.contacts import contact_for
from samenspel.people.facts import TeamFacts
from samenspel.people.models import AreaContact, Organization, Recourse, Team, User
from samenspel.places.models import Area, Postcode
from samenspel.socialmap.holidays import Region, days_off
from samenspel.socialmap.listing import withdraw_listing
from samenspel.socialmap.models import Change, Entrance, MeetingPlace, Offering, Schedule, Verification
from samenspel.socialmap.schedules import next_dates
from samenspel.socialmap.trust import trust_in_offering

AT = datetime(2026, 11, 21, 10, tzinfo=ZONE)
LATER = datetime(2027, 8, 2, 9, tzinfo=ZONE)
WRITTEN = (
    AuditEvent,
    Change,
    Area,
    Postcode,
    Organization,
    AreaContact,
    Team,
    Recourse,
    Entrance,
    MeetingPlace,
    Offering,
    Schedule,
    Verification,
)
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Load once for all tests of this module and empty the store after them.

    Not in one long transaction: on PostgreSQL that would hold up every reader of changes on the server.
    """
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        load_demo(AT)
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        call_command("flush", interactive=False, verbosity=0)


def rows() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in WRITTEN}


def test_everything_in_the_folder_is_loaded():
    tables = load._tables()
    written = {name: len(entries) for name, entries in tables.items() if name != "areas"}
    for line in ("schedules", "verifications"):
        written[line] = sum(len(entry.get(line, [])) for entries in tables.values() for _, entry in entries)

    assert written == {
        "organizations": Organization.objects.count(),
        "places": MeetingPlace.objects.count(),
        "contacts": AreaContact.objects.count(),
        "teams": Team.objects.count(),
        "entrances": Entrance.objects.count(),
        "recourse": Recourse.objects.count(),
        "offerings": Offering.objects.count(),
        "schedules": Schedule.objects.count(),
        "verifications": Verification.objects.count(),
    }


def test_markerwaard_is_as_large_as_a_real_small_municipality():
    assert Offering.objects.visible(AT).count() >= 345
    assert Organization.objects.listed().count() >= 150
    assert MeetingPlace.objects.count() >= 58


def test_loading_again_in_the_same_week_changes_nothing():
    before = rows()

    counts = load_demo(AT + timedelta(days=6))

    assert rows() == before
    assert counts["keer aanbod"] == Offering.objects.count()


def test_in_a_later_week_the_dates_move_by_whole_weeks():
    first = Schedule.objects.filter(rrule="").order_by("starts_on").values_list("starts_on", flat=True)
    before = list(first)

    load_demo(AT + timedelta(days=20))

    assert list(first.all()) == [day + timedelta(weeks=2) for day in before]


def test_the_demo_lives_at_any_date():
    load_demo(LATER)

    off = days_off(MARKERWAARD)
    offerings = list(Offering.objects.visible(LATER).complete())
    events = [one for one in offerings if any(line.rrule == "" for line in one.schedules.all())]
    assert events
    assert all(next_dates(one, at=LATER, off=off) for one in events)
    states = {trust_in_offering(one, LATER).state for one in offerings}
    assert states == set(Freshness)


def test_what_never_agreed_or_has_stopped_is_not_visible_and_all_else_is():
    stopped = Offering.objects.filter(active_until__lte=AT.date())
    refused = Organization.objects.filter(listing_agreed_at=None)
    hidden = set(Offering.objects.all()) - set(Offering.objects.visible(AT)) - set(stopped)

    assert stopped.count() >= 5
    assert not stopped.visible(AT).exists()
    assert refused.count() >= 5
    assert hidden == set(Offering.objects.filter(organization__in=refused))
    assert hidden


def test_every_place_lies_in_a_neighborhood():
    assert not MeetingPlace.objects.filter(neighborhood=None).exists()


def test_every_wijk_has_an_ingang_and_a_team_that_can_be_called():
    wijken = Area.objects.filter(municipality=MARKERWAARD, kind=Area.Kind.DISTRICT)

    assert Team.objects.filter(areas=None).exists()
    assert wijken.count() == 9
    for wijk in wijken:
        assert Entrance.objects.get(area=wijk).hours, wijk.name
        assert Team.objects.filter(areas=wijk).exclude(phone="").exists(), wijk.name


def test_there_is_independent_help_a_complaint_and_an_objection():
    assert set(Recourse.objects.values_list("kind", flat=True)) == set(Recourse.Kind.values)


def test_every_neighborhood_has_someone_to_go_to():
    neighborhoods = Area.objects.filter(municipality=MARKERWAARD, kind=Area.Kind.NEIGHBORHOOD)

    assert [area.name for area in neighborhoods if contact_for(area, municipality=MARKERWAARD) is None] == []


def test_there_is_something_for_a_mother_who_wants_to_walk():
    assert Offering.objects.filter(slug="wandelmaatje", needs__icontains="walking_buddy").exists()


def test_markerwaard_has_the_holidays_of_flevoland():
    off = days_off(MARKERWAARD)

    assert off.region == Region.NORTH
    assert any(period.first == date(2026, 12, 19) for period in off.school)


def test_nothing_is_confirmed_in_the_future():
    assert not Verification.objects.filter(confirmed_at__gt=AT).exists()


def test_what_people_changed_since_stays_a_group_that_withdrew_and_who_works_in_a_team():
    group = Organization.objects.listed().filter(offerings__isnull=False).exclude(phone="").first()
    withdraw_listing(organization=group, by=load.BY, at=AT)
    team = Team.objects.exclude(areas=None).first()
    member = User.objects.create(email="lianne@example.nl", name="Lianne", municipality=MARKERWAARD)
    facts = TeamFacts(name=team.name, phone="0320-55 59 99", areas=tuple(team.areas.all()), members=(member,))
    set_team(municipality=MARKERWAARD, facts=facts, by=load.BY, at=AT)

    load_demo(AT)

    group.refresh_from_db()
    assert not group.is_listed
    assert group.phone == ""
    team.refresh_from_db()
    assert team.phone != facts.phone
    assert list(team.members.all()) == [member]


def test_a_mistake_names_the_file_and_the_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for file in load.FOLDER.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    broken = tmp_path / "aa.toml"
    broken.write_text('[[organizations]]\nkey = "fout"\nname = "Fout"\n', encoding="utf-8")
    monkeypatch.setattr(load, "FOLDER", tmp_path)

    with pytest.raises(DemoInvalid, match=r"aa\.toml, fout"):
        load_demo(AT)
