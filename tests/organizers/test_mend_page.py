"""Mending an entry in simple fields: what changes, what stays, and errors that name their field."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from samenspel.people.facts import OrganizationFacts
from samenspel.people.models import Organization
from samenspel.socialmap.actions import set_schedules
from samenspel.socialmap.facts import ScheduleFacts
from samenspel.socialmap.listing import change_organization
from samenspel.socialmap.models import Offering, Schedule, Verification
from tests.people.rows import BY
from tests.socialmap.asking import a_club, ask, secret_in_mail
from tests.socialmap.rows import tuesdays

pytestmark = pytest.mark.django_db

NEW_EMPTY = {"dag-nieuw": "", "van-nieuw": "", "tot-nieuw": ""}
GIVEN = {
    "tekst": "Biljarten voor iedereen.",
    "telefoon": "0320-55 59 99",
    "kosten": "paid",
    "bedrag": "3,50",
    "bedrag_uitleg": "koffie erbij",
    "dag-0": "TU",
    "van-0": "10:00",
    "tot-0": "11:30",
    "functie": "voorzitter",
    **NEW_EMPTY,
}


@pytest.fixture
def club() -> Organization:
    return a_club("Biljartclub", email="club@example.nl")


@pytest.fixture
def page(club: Organization) -> str:
    ask(club, at=datetime.now(UTC))
    return f"/klopt-dit/{secret_in_mail('club@example.nl')}/aanpassen/{club.offerings.get().pk}"


def lines() -> list[ScheduleFacts]:
    return [ScheduleFacts.of(line) for line in Schedule.objects.order_by("pk")]


def refused(client: Client, page: str, **changes: str) -> str:
    before = [list(Offering.objects.values()), list(Schedule.objects.values())]
    response = client.post(page, GIVEN | changes)

    assert response.status_code == 400
    assert not Verification.objects.exists()
    assert [list(Offering.objects.values()), list(Schedule.objects.values())] == before
    return response.content.decode()


def test_the_fields_hold_what_is_there_now(client: Client, page: str):
    text = client.get(page).content.decode()

    assert "Samen een rondje lopen." in text
    assert 'value="0320-555 123"' in text
    assert '<option value="TU" selected>dinsdag</option>' in text
    assert 'value="10:00"' in text
    assert "Nu: elke dinsdag van 10.00 tot 11.30 uur" in text


def test_what_is_mended_stands_there_and_counts_as_confirmed(client: Client, page: str):
    response = client.post(page, GIVEN)

    offering = Offering.objects.get()
    assert response.status_code == 303
    assert (offering.summary, offering.phone) == ("Biljarten voor iedereen.", "0320-55 59 99")
    assert (offering.cost_kind, offering.cost_cents, offering.cost_note) == ("paid", 350, "koffie erbij")
    assert lines() == [tuesdays()]
    assert Verification.objects.get().confirmed_by == "voorzitter"


def test_another_day_and_other_hours(client: Client, page: str):
    client.post(page, GIVEN | {"dag-0": "TH", "van-0": "19.30", "tot-0": "21:00"})

    assert lines() == [tuesdays(rrule="FREQ=WEEKLY;BYDAY=TH", starts=time(19, 30), ends=time(21))]


def test_a_line_goes_and_a_new_one_comes(client: Client, page: str):
    client.post(page, GIVEN | {"weg-0": "on", "dag-nieuw": "SA", "van-nieuw": "09:00", "tot-nieuw": "10:00"})

    assert lines() == [
        ScheduleFacts(starts_on=timezone.localdate(), starts=time(9), ends=time(10), rrule="FREQ=WEEKLY;BYDAY=SA")
    ]


def test_a_line_that_goes_need_not_be_filled_in_rightly(client: Client, page: str):
    response = client.post(page, GIVEN | {"weg-0": "on", "van-0": "12:00", "tot-0": "11:00"})

    assert response.status_code == 303
    assert lines() == []


def test_a_line_that_recurs_otherwise_keeps_its_days_and_one_that_is_over_stays(
    client: Client, club: Organization, page: str
):
    over = ScheduleFacts(starts_on=date(2020, 1, 7), starts=time(9), ends=time(10))
    monthly = tuesdays(rrule="FREQ=MONTHLY;BYDAY=1TU", skips_school_holidays=True, exdates=["2026-12-01"])
    set_schedules(offering=club.offerings.get(), schedules=[over, monthly], by=BY, at=datetime.now(UTC))
    text = client.get(page).content.decode()
    given = {name: value for name, value in GIVEN.items() if not name.endswith("-0")}

    client.post(page, given | {"van-1": "14:00", "tot-1": "15:00"})

    assert 'name="dag-1"' not in text
    assert 'name="van-0"' not in text
    assert lines() == [
        over,
        tuesdays(
            rrule="FREQ=MONTHLY;BYDAY=1TU",
            skips_school_holidays=True,
            exdates=["2026-12-01"],
            starts=time(14),
            ends=time(15),
        ),
    ]


def test_an_event_moves_to_another_date(client: Client, club: Organization, page: str):
    event = ScheduleFacts(starts_on=date(2099, 1, 5), starts=time(9), ends=time(10))
    set_schedules(offering=club.offerings.get(), schedules=[event], by=BY, at=datetime.now(UTC))
    given = {name: value for name, value in GIVEN.items() if name != "dag-0"}

    client.post(page, given | {"datum-0": "06-02-2099"})

    assert [line.starts_on for line in lines()] == [date(2099, 2, 6)]


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"tekst": ""}, "id_tekst", "Schrijf in een paar woorden"),
        ({"tekst": "a" * 201}, "id_tekst", "De tekst is te lang"),
        ({"telefoon": "bel maar"}, "id_telefoon", "geen telefoonnummer"),
        ({"telefoon": "0" * 21}, "id_telefoon", "Het telefoonnummer is te lang"),
        ({"kosten": "goud"}, "id_kosten", "Kies een van de antwoorden"),
        ({"bedrag": "duur"}, "id_bedrag", "Schrijf het bedrag als 3,50"),
        ({"bedrag": "-3"}, "id_bedrag", "Schrijf het bedrag als 3,50"),
        ({"van-0": "half tien"}, "id_van-0", "Schrijf een tijd als 10:00"),
        ({"van-0": "12:00"}, "id_tot-0", "Het eindigt voordat het begint"),
        ({"tot-0": ""}, "id_tot-0", "Vul de tijd in, of haal deze regel weg"),
        ({"dag-nieuw": "MO"}, "id_dag-nieuw", "de dag en beide tijden"),
        ({"van-nieuw": "10:00"}, "id_dag-nieuw", "de dag en beide tijden"),
        ({"functie": ""}, "id_functie", "Kies wat u bij de groep doet"),
        ({"functie": "Jan Jansen"}, "id_functie", "Kies wat u bij de groep doet"),
    ],
)
def test_a_wrong_value_is_refused_beside_its_field(
    client: Client, page: str, changes: dict[str, Any], field: str, reason: str
):
    text = refused(client, page, **changes)

    assert f'<a class="nl-link" href="#{field}">' in text
    assert f'id="{field}_error"' in text
    assert reason in text


@pytest.mark.parametrize("typed", ["tekst", "telefoon", "bedrag_uitleg", "van-0", "functie"])
def test_a_null_character_is_refused_and_breaks_nothing(client: Client, page: str, typed: str):
    refused(client, page, **{typed: "a\x00b"})


def test_the_page_says_whom_to_call_about_what_cannot_be_changed_there(client: Client, page: str):
    text = client.get(page).content.decode()

    assert "Een andere naam, een ander adres of iets nieuws?" in text
    assert "Belt u liever?" in text


def test_an_amount_is_kept_only_when_it_costs_money(client: Client, page: str):
    client.post(page, GIVEN | {"kosten": "free", "bedrag": "3,50"})

    assert Offering.objects.get().cost_cents is None


def test_everything_that_is_wrong_is_told_at_once(client: Client, page: str):
    text = refused(client, page, tekst="", telefoon="fout", bedrag="duur", functie="")

    assert [text.count(f'href="#id_{name}"') for name in ("tekst", "telefoon", "bedrag", "functie")] == [1, 1, 1, 1]


def test_what_was_typed_stays_when_something_is_wrong(client: Client, page: str):
    text = refused(client, page, tekst="Nieuwe tekst", telefoon="fout")

    assert "Nieuwe tekst" in text
    assert 'value="fout"' in text


def test_the_hint_says_who_sees_the_number(client: Client, page: str, club: Organization):
    assert "Dit nummer ziet iedereen." in client.get(page).content.decode()

    hidden = a_club("Lotgenoten", email="l@example.nl")
    ask(hidden, at=datetime.now(UTC))
    secret = secret_in_mail("l@example.nl")
    change_organization(
        organization=hidden,
        facts=replace(OrganizationFacts.of(hidden), contact_shielded=True),
        by=BY,
        at=datetime.now(UTC),
    )

    text = client.get(f"/klopt-dit/{secret}/aanpassen/{hidden.offerings.get().pk}").content.decode()
    assert "Alleen het team van de buurt ziet dit nummer." in text
    assert "Dit nummer ziet iedereen." not in text
