"""Looking at what groups changed: what stood there, what stands there now, agree or refuse with a reason."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from samenspel.people.models import Organization
from samenspel.socialmap.mending import Mended, looks_of, mend_entry
from samenspel.socialmap.models import Look, Mending, Offering
from tests.people.rows import BY, GM
from tests.socialmap.asking import a_club, ask, secret_in_mail, the_request
from tests.socialmap.rows import tuesdays
from tests.workspace.accounts import signed_in

pytestmark = pytest.mark.django_db
PAGE, LOOKS = "/werk/klopt-dit/wijzigingen", "/werk/inrichten/nakijken"
THURSDAYS = tuesdays(rrule="FREQ=WEEKLY;BYDAY=TH")


@pytest.fixture
def club() -> Organization:
    club = a_club("Koor", email="koor@example.nl")
    ask(club, at=datetime.now(UTC))
    return club


@pytest.fixture
def work() -> Client:
    return signed_in()


def mend(club: Organization, **changes: Any) -> Mending:
    before = {"summary": "Samen een rondje lopen.", "phone": "0320-555 123", "cost_kind": "unknown"}
    facts = {**before, "cost_cents": None, "cost_note": "", "schedules": (tuesdays(),), **changes}
    mend_entry(
        request=the_request(club),
        offering=club.offerings.get(),
        mended=Mended(**facts),
        confirmed_by="voorzitter",
        by=BY,
        at=datetime.now(UTC),
    )
    return Mending.objects.get()


def decide(work: Client, row: Mending, **given: str) -> Any:
    return work.post(PAGE, {"wijziging": str(row.pk), "gezien": row.made_at.isoformat(), **given}, follow=True)


def look_before(work: Client) -> None:
    work.post(LOOKS, dict.fromkeys(("text", "phone", "cost", "times"), "before"))


def test_the_page_shows_what_stood_there_and_what_the_group_wrote(work: Client, club: Organization):
    mend(club, phone="0320-555 999", schedules=(THURSDAYS,), cost_kind="paid", cost_cents=250)
    page = work.get(PAGE).content.decode()

    assert "0320-555 123" in page
    assert "0320-555 999" in page
    assert "elke dinsdag van 10.00 tot 11.30 uur" in page
    assert "elke donderdag van 10.00 tot 11.30 uur" in page
    assert "betaald, € 2,50 per keer" in page
    assert "Dit is al te zien." in page
    assert "voorzitter" in page


def test_agreeing_takes_it_from_the_list(work: Client, club: Organization):
    row = mend(club, phone="0320-555 999")

    assert "Er is niets om na te kijken." in decide(work, row, akkoord="ja").content.decode()
    assert Offering.objects.get().phone == "0320-555 999"


def test_what_is_looked_at_first_is_shown_after_agreeing_and_the_group_sees_that_it_waits(
    work: Client, club: Organization
):
    look_before(work)
    row = mend(club, phone="0320-555 999")
    link = f"/klopt-dit/{secret_in_mail('koor@example.nl')}"
    assert "nog niet te zien" in work.get(PAGE).content.decode()
    assert (
        "Uw wijziging wacht. De gemeente kijkt eerst naar: het telefoonnummer." in Client().get(link).content.decode()
    )
    assert Offering.objects.get().phone == "0320-555 123"

    decide(work, row, akkoord="ja")

    assert Offering.objects.get().phone == "0320-555 999"
    assert "Uw wijziging wacht" not in Client().get(link).content.decode()


def test_a_refusal_with_a_reason_reaches_the_groups_own_page(work: Client, club: Organization):
    look_before(work)
    link = f"/klopt-dit/{secret_in_mail('koor@example.nl')}"
    decide(work, mend(club, phone="0320-555 999"), reden="Dit nummer is van de buren.")

    page = Client().get(link).content.decode()

    assert Offering.objects.get().phone == "0320-555 123"
    assert "De gemeente nam uw wijziging niet over." in page
    assert "Dit nummer is van de buren." in page


def test_a_refusal_without_a_reason_is_refused_beside_its_field(work: Client, club: Organization):
    row = mend(club, phone="0320-555 999")
    answer = decide(work, row)

    assert answer.status_code == 400
    assert f'href="#reden-{row.pk}"' in answer.content.decode()
    assert Offering.objects.get().phone == "0320-555 999"
    assert Mending.objects.get().stage == "waiting"


@pytest.mark.parametrize("seen", ["2026-01-01T00:00:00+00:00", "", "ooit"], ids=["older", "none", "no moment"])
def test_what_the_group_changed_again_is_not_decided_unseen(work: Client, club: Organization, seen: str):
    row = mend(club, phone="0320-555 999")

    assert "Kijk opnieuw" in decide(work, row, gezien=seen, akkoord="ja").content.decode()
    assert Mending.objects.get().stage == "waiting"


@pytest.mark.parametrize("key", ["", "onzin", "00000000-0000-0000-0000-000000000007"])
def test_a_change_that_is_not_there_is_not_found(work: Client, key: str):
    assert work.post(PAGE, {"wijziging": key, "akkoord": "ja"}).status_code == 404


def test_how_changes_are_looked_at_is_chosen_per_part(work: Client):
    assert set(looks_of(GM).values()) == {Look.AFTER}

    work.post(LOOKS, {"text": "none", "phone": "before", "cost": "after", "times": "before"})

    assert looks_of(GM) == {"text": "none", "phone": "before", "cost": "after", "times": "before"}
    assert work.post(LOOKS, {"text": "soms", "phone": "before", "cost": "after", "times": "x"}).status_code == 400
    assert looks_of(GM)["text"] == "none"


def test_the_moment_on_the_page_is_the_moment_that_is_checked(work: Client, club: Organization):
    row = mend(club, phone="0320-555 999")
    page = work.get(PAGE).content.decode()
    seen = page.partition('name="gezien" value="')[2].partition('"')[0]

    decide(work, row, gezien=seen.replace("&#x27;", "'"), akkoord="ja")

    assert Mending.objects.get().stage == "accepted"
