"""What a municipality looks at when a group mends its entry: before it is shown, after, or not; nothing is lost."""

from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict

from samenspel.audit.action import Actor, action, record
from samenspel.audit.models import AuditEvent
from samenspel.mail.models import OutgoingMessage
from samenspel.people.checks import FactRefused
from samenspel.people.models import Organization
from samenspel.socialmap.actions import change_offering
from samenspel.socialmap.facts import OfferingFacts, ScheduleFacts
from samenspel.socialmap.listing import withdraw_listing
from samenspel.socialmap.mending import (
    LookedAtAlready,
    Mended,
    accept_mending,
    looks_of,
    mend_entry,
    own_mendings,
    refuse_mending,
    set_looks,
    to_look_at,
)
from samenspel.socialmap.models import Mending, Offering, Verification
from samenspel.socialmap.retention import forget_mendings
from tests.people.rows import AT, BY, GM
from tests.socialmap.asking import DAY, a_club, ask, the_request
from tests.socialmap.rows import tuesdays

pytestmark = pytest.mark.django_db
THURSDAYS = tuesdays(rrule="FREQ=WEEKLY;BYDAY=TH")
AS_IT_WAS: dict[str, Any] = {
    "summary": "Samen een rondje lopen.",
    "phone": "0320-555 123",
    "cost_kind": "unknown",
    "cost_cents": None,
    "cost_note": "",
    "schedules": (tuesdays(),),
}


@pytest.fixture
def club() -> Organization:
    club = a_club(email="club@example.nl")
    ask(club)
    return club


def look(**looks: str) -> None:
    set_looks(municipality=GM, looks=looks_of(GM) | looks, by=BY, at=AT)


def mend(club: Organization, *, after: int = 1, **changes: Any) -> bool:
    return mend_entry(
        request=the_request(club),
        offering=club.offerings.get(),
        mended=Mended(**{**AS_IT_WAS, **changes}),
        confirmed_by="voorzitter",
        by=BY,
        at=AT + after * DAY,
    )


def accept(mending: Mending, **given: Any) -> None:
    accept_mending(**{"mending": mending, "seen": mending.made_at, "by": BY, "at": AT + 5 * DAY} | given)


def refuse(mending: Mending, reason: str = "Wij lezen iets anders op uw site.") -> None:
    refuse_mending(mending=mending, reason=reason, seen=mending.made_at, by=BY, at=AT + 5 * DAY)


def shown() -> tuple[str, str, list[ScheduleFacts]]:
    offering = Offering.objects.get()
    return offering.summary, offering.phone, [ScheduleFacts.of(line) for line in offering.schedules.all()]


def test_by_default_a_change_shows_at_once_counts_as_confirmed_and_is_to_be_looked_at(club: Organization):
    assert mend(club, summary="Nu ook voor beginners.") is False

    row = to_look_at(GM).get()
    assert shown()[0] == "Nu ook voor beginners."
    assert Verification.objects.count() == 1
    assert (row.look, row.before, row.after) == (
        "after",
        {"text": "Samen een rondje lopen."},
        {"text": "Nu ook voor beginners."},
    )


def test_what_changed_nothing_is_not_to_be_looked_at(club: Organization):
    assert mend(club) is False

    assert not Mending.objects.exists()
    assert Verification.objects.count() == 1


def test_without_looking_a_change_shows_and_leaves_nothing_to_do(club: Organization):
    look(text="none")

    assert mend(club, summary="Nu ook voor beginners.") is False
    assert shown()[0] == "Nu ook voor beginners."
    assert not Mending.objects.exists()


def test_what_is_looked_at_first_waits_while_the_rest_shows(club: Organization):
    look(phone="before", times="before")

    assert mend(club, summary="Nieuw.", phone="0320-555 999", schedules=(THURSDAYS,)) is True

    assert shown() == ("Nieuw.", "0320-555 123", [tuesdays()])
    assert {row.look: sorted(row.after) for row in to_look_at(GM)} == {"before": ["phone", "times"], "after": ["text"]}
    assert not Verification.objects.exists()


def test_accepting_shows_it_and_counts_as_the_groups_own_confirmation(club: Organization):
    look(phone="before", times="before", cost="before")
    mend(club, phone="0320-555 999", schedules=(THURSDAYS,), cost_kind="paid", cost_cents=250)

    accept(to_look_at(GM).get())

    assert shown()[1:] == ("0320-555 999", [THURSDAYS])
    assert (Offering.objects.get().cost_kind, Offering.objects.get().cost_cents) == ("paid", 250)
    assert (Verification.objects.get().method, Verification.objects.get().confirmed_by) == ("link", "voorzitter")
    assert not to_look_at(GM).exists()


def test_accepting_leaves_alone_what_others_changed_meanwhile(club: Organization):
    look(phone="before")
    mend(club, phone="0320-555 999")
    offering = Offering.objects.get()
    facts = {**vars(OfferingFacts.of(offering)), "summary": "Van de gemeente."}
    change_offering(offering=offering, facts=OfferingFacts(**facts), by=BY, at=AT + 2 * DAY)

    accept(to_look_at(GM).get())

    assert shown()[:2] == ("Van de gemeente.", "0320-555 999")


def test_a_second_change_joins_what_waits_and_who_looked_at_the_first_looks_again(club: Organization):
    look(phone="before", text="before")
    mend(club, phone="0320-555 999")
    seen = to_look_at(GM).get()
    mend(club, summary="Nieuw.", after=2)

    with pytest.raises(LookedAtAlready):
        accept(seen, seen=AT + DAY)
    row = to_look_at(GM).get()
    assert row.after == {"phone": "0320-555 999", "text": "Nieuw."}
    assert row.before == {"phone": "0320-555 123", "text": "Samen een rondje lopen."}
    accept(row)
    assert shown()[:2] == ("Nieuw.", "0320-555 999")


@action
def _twice(*, row: Mending, by: Actor, at: datetime) -> None:
    record(action="mend", on=row, by=by, at=at, municipality=GM)
    Mending.objects.bulk_create([Mending(**{**model_to_dict(row), "offering": row.offering, "made_at": at})])


def test_the_database_keeps_one_waiting_change_of_an_entry(club: Organization):
    look(phone="before")
    mend(club, phone="0320-555 999")

    with pytest.raises(IntegrityError), transaction.atomic():
        _twice(row=Mending.objects.get(), by=BY, at=AT)


def test_refusing_what_waited_keeps_what_is_shown_and_tells_the_group_why(club: Organization):
    look(phone="before")
    mend(club, phone="0320-555 999")

    refuse(to_look_at(GM).get())

    mail = OutgoingMessage.objects.latest("created_at")
    assert shown()[1] == "0320-555 123"
    assert mail.to == "club@example.nl"
    assert "Wij lezen iets anders op uw site." in mail.body
    assert [one.stage for rows in own_mendings(the_request(club)).values() for one in rows] == ["refused"]


def test_refusing_what_was_shown_puts_back_what_stood_there_unless_it_moved_on(club: Organization):
    mend(club, phone="0320-555 999", summary="Eerst.")
    first = to_look_at(GM).get()
    mend(club, phone="0320-555 999", summary="Daarna.", after=2)

    refuse(first)

    assert shown()[:2] == ("Daarna.", "0320-555 123")


def test_a_refusal_needs_a_reason_and_changes_nothing_without(club: Organization):
    mend(club, summary="Nieuw.")

    with pytest.raises(FactRefused, match="schrijf waarom"):
        refuse(to_look_at(GM).get(), "  ")
    assert shown()[0] == "Nieuw."
    assert to_look_at(GM).exists()


def test_two_who_decide_at_once_decide_once(club: Organization):
    look(phone="before")
    mend(club, phone="0320-555 999")
    row, same = to_look_at(GM).get(), to_look_at(GM).get()
    accept(row)

    with pytest.raises(LookedAtAlready):
        refuse(same)
    assert shown()[1] == "0320-555 999"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"phone": "bel maar"}, "phone"), ({"summary": "a" * 201}, "summary"), ({"cost_cents": -1}, "cost_cents")],
    ids=["phone", "text", "cost"],
)
def test_what_could_not_be_shown_is_refused_before_it_waits(club: Organization, wrong: dict[str, Any], field: str):
    look(text="before", phone="before", cost="before", times="before")

    with pytest.raises(FactRefused) as refused:
        mend(club, **wrong)
    assert refused.value.field == field
    assert not Mending.objects.exists()
    assert the_request(club).answered_at is None


def test_a_group_that_leaves_takes_its_changes_along(club: Organization):
    look(phone="before")
    mend(club, phone="0320-555 999")

    withdraw_listing(organization=club, by=BY, at=AT + 2 * DAY)

    assert not Mending.objects.exists()


def test_what_was_looked_at_goes_after_a_month_and_what_waits_stays(club: Organization):
    look(phone="before")
    mend(club, phone="0320-555 999", summary="Nieuw.")
    accept(to_look_at(GM).get(look="after"))

    assert forget_mendings(by=BY, at=AT + 20 * DAY) == 0
    assert forget_mendings(by=BY, at=AT + 40 * DAY) == 1
    assert forget_mendings(by=BY, at=AT + 400 * DAY) == 0
    assert Mending.objects.get().look == "before"


def test_events_name_parts_and_hold_no_value(club: Organization):
    look(phone="before")
    mend(club, phone="0320-555 999")

    assert AuditEvent.objects.get(action="mend").detail == {"fields": ["phone"]}
    assert "555 999" not in str(list(AuditEvent.objects.values_list("detail", flat=True)))


def test_a_look_that_does_not_exist_is_refused():
    with pytest.raises(FactRefused):
        look(phone="soms")
