"""The phone round: whom to call, one tap per answer, three calls at most, and who may do it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samenspel.people.models import Organization
from samenspel.socialmap.confirm import start_round
from samenspel.socialmap.models import ConfirmationRequest, Offering, Verification
from tests.people.rows import BY, ELSEWHERE, an_organization
from tests.socialmap.asking import a_club, ask, the_request
from tests.socialmap.rows import an_offering
from tests.workspace.accounts import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/werk/klopt-dit/bellen"


def ago(days: int) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)


@pytest.fixture
def work() -> Client:
    return signed_in("connector")


@pytest.fixture
def club() -> Organization:
    club = a_club("Koor", phone="0320-55 58 88")
    ask(club, at=ago(20))
    return club


def tap(work: Client, verb: str, club: Organization, **more: str) -> str:
    answer = work.post(PAGE, {"doe": f"{verb}:{the_request(club).pk}", **more}, follow=True)
    return answer.content.decode()


def test_it_shows_the_number_and_what_to_read_out(work: Client, club: Organization):
    page = work.get(PAGE).content.decode()

    assert 'href="tel:0320-555888"' in page
    assert "Koor op dinsdag" in page
    assert "Elke dinsdag van 10.00 tot 11.30 uur" in page


def test_who_has_time_left_or_lives_elsewhere_is_not_called(work: Client, club: Organization):
    ask(a_club("Kaarten"), at=ago(3))
    page = work.get(PAGE).content.decode()

    assert "Nog 1 groep." in page
    assert "Kaarten" not in page


def test_one_tap_confirms_everything_by_phone_without_a_name(work: Client, club: Organization):
    page = tap(work, "klopt", club)

    assert "Genoteerd: Koor, alles klopt." in page
    assert (Verification.objects.get().method, Verification.objects.get().confirmed_by) == ("phone", "contactpersoon")
    assert "Er is nu niemand die nog moet antwoorden." in page


def test_no_answer_counts_once_a_day_and_says_so(work: Client, club: Organization):
    assert "geen gehoor (1 van 3)" in tap(work, "geen-gehoor", club)
    page = tap(work, "geen-gehoor", club)

    assert "Koor is vandaag al gebeld." in page
    assert "Vandaag al gebeld." in page
    assert the_request(club).calls == 1


def test_not_any_more_is_asked_once_more_and_then_off_the_map(work: Client, club: Organization):
    assert "Weet u het zeker?" in tap(work, "niet-meer", club)
    assert Offering.objects.visible(datetime.now(UTC)).exists()

    assert "het is er niet meer" in tap(work, "niet-meer", club, zeker="ja")
    assert not Offering.objects.visible(datetime.now(UTC)).exists()


def test_a_group_of_another_municipality_cannot_be_answered_for(work: Client):
    away = an_organization(name="Ver weg", municipality=ELSEWHERE)
    an_offering(organization=away, municipality=ELSEWHERE)
    start_round(municipality=ELSEWHERE, organizations=[away], by=BY, at=ago(20))
    row = ConfirmationRequest.objects.get()

    assert work.post(PAGE, {"doe": f"klopt:{row.pk}"}).status_code == 404
    assert "Ver weg" not in work.get(PAGE).content.decode()


@pytest.mark.parametrize("said", ["", "klopt", "klopt:onzin", "alles:x", "klopt:00000000-0000-0000-0000-000000000007"])
def test_a_tap_that_is_not_there_is_not_found(work: Client, said: str):
    assert work.post(PAGE, {"doe": said}).status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_groups(work: Client, club: Organization):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert work.get(PAGE).status_code == 200
        return len(seen)

    before = queries()
    for number in range(5):
        ask(a_club(f"Club {number}"), at=ago(20))

    assert queries() == before


def test_another_answer_leads_to_the_whole_form(work: Client, club: Organization):
    address = f"/werk/klopt-dit/{the_request(club).pk}"

    assert address in work.get(PAGE).content.decode()
    assert work.post(address, {"method": "visit", "confirmed_by": "voorzitter"}).status_code == 302
    assert Verification.objects.get().method == "visit"
