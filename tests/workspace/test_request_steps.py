"""The page of one question: what can be done with it, each in one tap, and what is refused with a reason."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from samenspel.audit.models import AuditEvent
from samenspel.handover.holding import note_contact
from samenspel.handover.models import ContactTry, HelpRequest
from tests.workspace.days import LONG_AGO, WORD, Morning, a_morning, acting, asked, at_work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys(settings: Any, tmp_path: Any) -> None:
    settings.KEYS = tmp_path / "keys"


@pytest.fixture
def morning() -> Morning:
    return a_morning()


@pytest.fixture
def row(morning: Morning) -> HelpRequest:
    return asked(morning)


@pytest.fixture
def work(morning: Morning) -> Client:
    return at_work(morning.bram)


def again(row: HelpRequest) -> HelpRequest:
    return HelpRequest.objects.get(pk=row.pk)


def post(client: Client, row: HelpRequest, step: str, **typed: Any) -> Any:
    return client.post(f"/werk/vragen/{row.pk}/{step}", typed, follow=True)


def test_taking_up_is_one_tap(work: Client, row: HelpRequest, morning: Morning):
    answer = post(work, row, "oppakken")

    assert "U heeft deze vraag nu." in answer.content.decode()
    assert again(row).person == morning.bram


@pytest.mark.parametrize(
    ("tap", "way", "reached"),
    [("phone-ja", "phone", True), ("visit-nee", "visit", False), ("letter-nee", "letter", False)],
)
def test_a_contact_is_one_tap_and_who_notes_it_holds_the_question(
    work: Client, row: HelpRequest, morning: Morning, tap: str, way: str, reached: bool
):
    assert post(work, row, "contact", tap=tap).status_code == 200

    tried = ContactTry.objects.get()
    assert (tried.way, tried.reached) == (way, reached)
    assert again(row).person == morning.bram
    assert (again(row).first_contact_at is not None) == reached


def test_after_a_conversation_the_next_day_is_the_agreed_one_or_two_weeks_on(work: Client, row: HelpRequest):
    before = row.next_on
    agreed = datetime.now(UTC).date() + timedelta(days=5)
    post(work, row, "contact", tap="phone-ja", next_on=agreed.isoformat())
    assert again(row).next_on == agreed

    post(work, row, "contact", tap="phone-ja")
    assert again(row).next_on > before + timedelta(days=8)


def test_a_day_after_the_end_date_is_refused_and_nothing_is_noted(work: Client, row: HelpRequest):
    answer = post(work, row, "contact", tap="phone-ja", next_on=(row.ends_on + timedelta(days=1)).isoformat())

    assert answer.status_code == 409
    assert "Kies een dag van vandaag" in answer.content.decode()
    assert not ContactTry.objects.exists()


@pytest.mark.parametrize("tap", ["", "telepathie-ja", "letter-ja"])
def test_a_way_that_is_none_is_refused(work: Client, row: HelpRequest, tap: str):
    assert post(work, row, "contact", tap=tap).status_code == 400
    assert not ContactTry.objects.exists()


def test_no_field_of_the_page_asks_who_the_resident_is(work: Client, row: HelpRequest):
    page = work.get(f"/werk/vragen/{row.pk}").content.decode()

    assert 'type="text"' not in page
    assert "<textarea" not in page
    assert WORD not in page


def test_what_only_the_resident_can_say_needs_the_residents_word(work: Client, row: HelpRequest):
    refused = post(work, row, "afsluiten", verb="say_helped")
    assert refused.status_code == 400
    assert "alleen de inwoner kan dit zeggen" in refused.content.decode()
    assert again(row).state == "waiting"

    post(work, row, "afsluiten", verb="say_helped", spoken="on")
    assert (again(row).state, again(row).ended_on_word) == ("helped", "spoken")


def test_a_closed_question_goes_on_when_it_did_not_help(work: Client, row: HelpRequest):
    post(work, row, "afsluiten", verb="say_helped", spoken="on")
    assert "Ga verder met deze vraag" in work.get(f"/werk/vragen/{row.pk}").content.decode()

    post(work, row, "afsluiten", verb="say_not_helped", spoken="on")
    assert again(row).is_open


@pytest.mark.parametrize(("verb", "state"), [("withdraw", "withdrawn"), ("close_moved", "moved")])
def test_an_end_that_takes_the_text_away_is_asked_once_more(work: Client, row: HelpRequest, verb: str, state: str):
    sure = post(work, row, "afsluiten", verb=verb, spoken="on")
    assert "Weet u het zeker?" in sure.content.decode()
    assert again(row).state == "waiting"

    done = post(work, row, "afsluiten", verb=verb, spoken="on", zeker="ja")
    assert done.redirect_chain[-1][0] == "/werk/"
    assert (again(row).state, bytes(again(row).sealed)) == (state, b"")
    assert work.get(f"/werk/vragen/{row.pk}").status_code == 404


def test_unreachable_is_possible_after_three_days_and_says_how_many_there_were(
    work: Client, row: HelpRequest, morning: Morning
):
    for days in (3, 2):
        at = datetime.now(UTC) - timedelta(days=days)
        note_contact(request=again(row), way="phone", reached=False, by=acting(morning.bram), at=at)
    assert "op 2 van 3 dagen" in work.get(f"/werk/vragen/{row.pk}/afsluiten").content.decode()
    refused = post(work, row, "afsluiten", verb="close_unreachable")
    assert "is het op 2 gedaan" in refused.content.decode()

    post(work, row, "contact", tap="visit-nee")
    post(work, row, "afsluiten", verb="close_unreachable")
    assert again(row).state == "unreachable"


def test_keeping_longer_is_on_the_residents_word(work: Client, morning: Morning):
    row = asked(morning, ago=LONG_AGO)
    assert post(work, row, "langer", days="60").status_code == 400
    assert again(row).ends_on == row.ends_on

    post(work, row, "langer", days="60", spoken="ja")
    assert again(row).ends_on == row.ends_on + LONG_AGO
    assert AuditEvent.objects.get(action="keep_longer").detail == {"word": "spoken"}


@pytest.mark.parametrize("step", ["", "/oppakken", "/contact", "/langer", "/afsluiten", "/vraag-iemand"])
def test_a_question_of_another_team_is_not_there_whatever_is_tried(row: HelpRequest, morning: Morning, step: str):
    for user in (morning.omar, morning.roos):
        assert at_work(user).post(f"/werk/vragen/{row.pk}{step}", {"zeker": "ja"}).status_code == 404
    assert again(row).person is None
