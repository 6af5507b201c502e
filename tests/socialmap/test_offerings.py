"""Offerings change only through actions, and each leaves an event and a change row."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError

from samenspel.audit.action import OutsideAction, action, record
from samenspel.audit.models import AuditEvent
from samenspel.people.checks import FactRefused, OtherMunicipality
from samenspel.socialmap.actions import (
    ConfirmedInFuture,
    change_offering,
    confirm_offering,
    end_offering,
    mark_available,
    mark_full,
    set_schedules,
)
from samenspel.socialmap.checks import RecurrenceRefused, UnknownKey
from samenspel.socialmap.facts import OfferingFacts, ScheduleFacts
from samenspel.socialmap.models import Change, Offering, Schedule, Verification
from tests.people.rows import AT, BY, ELSEWHERE, GM, an_area, an_organization
from tests.socialmap.rows import a_place, an_offering, tuesdays

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


def visible(at=AT) -> list[str]:
    return [offering.name for offering in Offering.objects.visible(at)]


def test_an_added_offering_keeps_its_facts_and_times():
    area = an_area("WK990101", "district")

    offering = an_offering(serves=(area,), layer=1, schedules=[tuesdays()], languages=["nl", "ar"])

    stored = Offering.objects.get()
    assert OfferingFacts.of(stored) == OfferingFacts.of(offering)
    assert stored.serves.get() == area
    assert ScheduleFacts.of(stored.schedules.get()) == tuesdays()


ACTIONS = {
    "change_offering": lambda o: change_offering(
        offering=o, facts=replace(OfferingFacts.of(o), name="Nieuw"), by=BY, at=LATER
    ),
    "set_schedules": lambda o: set_schedules(offering=o, schedules=[tuesdays()], by=BY, at=LATER),
    "mark_full": lambda o: mark_full(offering=o, by=BY, at=LATER),
    "mark_available": lambda o: mark_available(offering=o, by=BY, at=LATER),
    "end_offering": lambda o: end_offering(offering=o, on=date(2027, 1, 1), by=BY, at=LATER),
    "confirm_offering": lambda o: confirm_offering(
        offering=o, method="phone", confirmed_by="penningmeester", by=BY, at=LATER
    ),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_every_action_leaves_one_event_and_one_change(name: str):
    offering = an_offering()
    Change.objects.all().delete()

    ACTIONS[name](offering)

    event = AuditEvent.objects.get(action=name)
    assert (event.object_id, event.at, event.municipality) == (str(offering.pk), LATER, GM)
    change = Change.objects.get()
    assert (change.object_id, change.at, change.municipality) == (str(offering.pk), LATER, GM)


@pytest.mark.parametrize("name", [name for name in ACTIONS if name != "confirm_offering"])
def test_no_edit_confirms(name: str):
    offering = an_offering()

    ACTIONS[name](offering)

    assert not Verification.objects.exists()


def test_confirming_changes_nothing_but_our_trust():
    offering = an_offering()
    before = OfferingFacts.of(offering)

    confirm_offering(offering=offering, method="visit", confirmed_by="verbinder", by=BY, at=LATER)

    row = Verification.objects.get()
    assert (row.offering, row.method, row.confirmed_by, row.confirmed_at) == (offering, "visit", "verbinder", LATER)
    assert OfferingFacts.of(Offering.objects.get()) == before


def test_a_letter_that_came_last_week_confirms_as_of_last_week():
    moment = AT - timedelta(days=7)

    row = confirm_offering(
        offering=an_offering(), method="letter", confirmed_by="secretaris", by=BY, at=AT, confirmed_at=moment
    )

    assert row.confirmed_at == moment


def test_nobody_confirms_in_the_future():
    with pytest.raises(ConfirmedInFuture):
        confirm_offering(offering=an_offering(), method="phone", confirmed_by="x", by=BY, at=AT, confirmed_at=LATER)


@pytest.mark.parametrize(("field", "value"), [("method", "gossip"), ("confirmed_by", "")])
def test_a_confirmation_says_how_and_by_whom(field: str, value: str):
    told = {"method": "phone", "confirmed_by": "verbinder", field: value}

    with pytest.raises(FactRefused) as refused:
        confirm_offering(offering=an_offering(), by=BY, at=AT, **told)

    assert refused.value.field == field


def test_full_stays_visible_and_says_so():
    offering = an_offering()

    mark_full(offering=offering, by=BY, at=LATER)
    assert Offering.objects.visible(LATER).get().is_full

    mark_available(offering=offering, by=BY, at=LATER)
    assert not Offering.objects.visible(LATER).get().is_full


def test_an_ended_offering_is_gone_from_its_last_day_on():
    offering = an_offering()

    end_offering(offering=offering, on=AT.date() + timedelta(days=2), by=BY, at=AT)

    assert visible(AT + timedelta(days=1)) == ["Dinsdagommetje"]
    assert visible(AT + timedelta(days=2)) == []


def test_the_day_is_that_of_the_netherlands():
    end_offering(offering=an_offering(), on=date(2026, 11, 22), by=BY, at=AT)

    assert visible(AT.replace(hour=22, minute=59)) == ["Dinsdagommetje"]
    assert visible(AT.replace(hour=23)) == []  # 0.00 in Amsterdam


def test_an_offering_of_a_group_that_did_not_agree_is_not_visible():
    an_offering(organization=an_organization(listed=False))

    assert visible() == []


def test_an_edit_with_an_old_copy_does_not_undo_vol():
    an_offering()
    old_copy = Offering.objects.get()
    mark_full(offering=Offering.objects.get(), by=BY, at=AT)

    change_offering(offering=old_copy, facts=replace(OfferingFacts.of(old_copy), name="Nieuw"), by=BY, at=AT)

    assert Offering.objects.get().is_full


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("needs", ["unicorn"], UnknownKey),
        ("needs", [["company"]], UnknownKey),
        ("needs", "company", UnknownKey),
        ("needs", ["company", "company"], UnknownKey),
        ("themes", ["company"], UnknownKey),
        ("audiences", ["dogs"], UnknownKey),
        ("languages", ["Nederlands"], UnknownKey),
        ("name", "x" * 81, FactRefused),
        ("name", "", FactRefused),
        ("summary", "x" * 201, FactRefused),
        ("description", "x" * 4001, FactRefused),
        ("kind", "course", FactRefused),
        ("delivery", "by_pigeon", FactRefused),
        ("cost_cents", -1, FactRefused),
        ("cost_cents", 500, FactRefused),
        ("minimum_age", 70_000, FactRefused),
        ("layer", 5, FactRefused),
        ("municipal_role", 0, FactRefused),
        ("sphere", "personal", FactRefused),
        ("phone", "x", FactRefused),
        ("email", "x", FactRefused),
        ("website", "ftp//x", FactRefused),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(field: str, value: object, error: type[FactRefused]):
    with pytest.raises(error) as refused:
        an_offering(**{field: value})

    assert refused.value.field == field
    assert not Offering.objects.exists()
    assert not Change.objects.exists()


def test_ages_out_of_order_name_the_highest_age():
    with pytest.raises(FactRefused) as refused:
        an_offering(minimum_age=60, maximum_age=12)

    assert refused.value.field == "maximum_age"


def test_at_a_place_needs_a_place():
    with pytest.raises(FactRefused) as refused:
        an_offering(delivery="at_place")

    assert refused.value.field == "place"


def test_rows_of_another_municipality_are_refused():
    organization = an_organization()
    strangers = {
        "organization": an_organization(municipality=ELSEWHERE),
        "place": a_place(municipality=ELSEWHERE),
        "serves": (an_area("WK990201", "district", municipality=ELSEWHERE),),
    }
    for field, stranger in strangers.items():
        with pytest.raises(OtherMunicipality) as refused:
            an_offering(**{"organization": organization, field: stranger})
        assert refused.value.field == field


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ({"rrule": "FREQ=SECONDLY"}, "rrule"),
        ({"rrule": "FREQ=HOURLY;COUNT=3"}, "rrule"),
        ({"rrule": "maandag"}, "rrule"),
        ({"rrule": "FREQ=WEEKLY;COUNT=501"}, "rrule"),
        ({"rrule": "FREQ=WEEKLY;UNTIL=20990101"}, "rrule"),
        ({"rrule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "rrule"),
        ({"rrule": "FREQ=WEEKLY;BYDAY=MO", "until": date(2026, 9, 3)}, "rrule"),
        ({"ends": time(9)}, "ends"),
        ({"until": date(2026, 8, 31)}, "until"),
        ({"exdates": ["25 december"]}, "exdates"),
        ({"exdates": [20261225]}, "exdates"),
        ({"exdates": ["2026-12-25"] * 401}, "exdates"),
    ],
)
def test_a_line_that_cannot_be_is_refused_and_the_old_times_stay(line: dict[str, object], field: str):
    offering = an_offering(schedules=[tuesdays()])

    with pytest.raises(RecurrenceRefused) as refused:
        set_schedules(offering=offering, schedules=[tuesdays(), tuesdays(**line)], by=BY, at=AT)

    assert refused.value.field == f"schedules.2.{field}"
    assert Schedule.objects.count() == 1


def test_more_lines_than_a_timetable_has_are_refused():
    with pytest.raises(RecurrenceRefused):
        an_offering(schedules=[tuesdays()] * 31)


def test_a_note_that_is_too_long_names_its_field():
    with pytest.raises(FactRefused) as refused:
        an_offering(schedules=[tuesdays(note="x" * 121)])

    assert refused.value.field == "note"


BROKEN = {
    "offering_at_a_place_names_it": {"delivery": "at_place"},
    "offering_ages_in_order": {"minimum_age": 2, "maximum_age": 1},
    "offering_price_is_paid": {"cost_kind": "free", "cost_cents": 1},
    "offering_active_dates_in_order": {"active_from": date(2027, 1, 1), "active_until": date(2027, 1, 1)},
    "offering_never_personal_sphere": {"sphere": "personal"},
    "offering_layer_1_to_4": {"layer": 5},
    "offering_role_1_to_4": {"municipal_role": 5},
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_itself_holds_the_invariants(name: str):
    @action
    def write(*, by, at):
        facts = {"delivery": "remote", **BROKEN[name]}
        row = Offering.objects.create(
            municipality=GM, slug="x", name="x", kind="activity", organization=an_organization(), **facts
        )
        record(action="write", on=row, by=by, at=at, municipality=GM)

    with pytest.raises(IntegrityError, match=name):
        write(by=BY, at=AT)


def test_the_database_itself_refuses_a_schedule_that_ends_before_it_starts():
    offering = an_offering()

    @action
    def write(*, by, at):
        Schedule.objects.create(
            offering=offering, municipality=GM, starts_on=date(2026, 9, 1), starts=time(10), ends=time(9)
        )

    with pytest.raises(IntegrityError, match="schedule_ends_after_it_starts"):
        write(by=BY, at=AT)


GUARDED = {
    "create": lambda o: Verification.objects.create(
        municipality=GM, offering=o, method="phone", confirmed_by="x", confirmed_at=AT
    ),
    "save": lambda o: o.save(),
    "save of one field": lambda o: o.save(update_fields=["name"]),
    "update": lambda o: Offering.objects.update(name="x"),
    "update through a relation": lambda o: o.organization.offerings.update(name="x"),
    "bulk_create": lambda o: Schedule.objects.bulk_create(
        [Schedule(offering=o, municipality=GM, starts_on=date(2026, 9, 1), starts=time(9), ends=time(10))]
    ),
    "bulk_update": lambda o: Offering.objects.bulk_update([o], ["name"]),
    "update_or_create": lambda o: Offering.objects.update_or_create(pk=o.pk, defaults={"name": "x"}),
    "delete": lambda o: o.delete(),
    "delete of a set": lambda o: Offering.objects.all().delete(),
    "raw delete through a relation": lambda o: o.schedules.all().delete(),
}


@pytest.mark.parametrize("way", GUARDED)
def test_there_is_no_way_round_the_actions(way: str):
    offering = an_offering(schedules=[tuesdays()])

    with pytest.raises(OutsideAction):
        GUARDED[way](offering)
