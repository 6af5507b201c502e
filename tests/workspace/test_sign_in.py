"""Signing in for work: the same answer to a wrong address and password, slowed down, and over after a working day."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from samenspel.audit.models import AuditEvent
from samenspel.people.accounts import FREE_TRIES, AccountFacts, close_account, renew_account
from samenspel.people.models import SignInAttempt, WorkSession
from samenspel.staff import access
from samenspel.staff.access import IDLE, LONGEST
from tests.people.rows import AT, BY
from tests.workspace.accounts import PASSWORD, an_account, signed_in
from tests.workspace.accounts import sign_in as try_to_sign_in

pytestmark = pytest.mark.django_db


_START = datetime.now(UTC)


def later(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    """Let every page believe that it is later."""
    at = _START + by
    monkeypatch.setattr(access.timezone, "now", lambda: at)


def test_a_wrong_address_and_a_wrong_password_get_the_same_answer(client: Client):
    an_account(email="ans@markerwaard.example")
    wrong = try_to_sign_in(client, "ans@markerwaard.example", "niet-het-goede")
    unknown = try_to_sign_in(client, "niemand@markerwaard.example", PASSWORD)

    pages = [
        answer.content.decode().replace("niemand@", "ans@").replace(str(answer.context["csrf_token"]), "")
        for answer in (wrong, unknown)
    ]
    assert wrong.status_code == unknown.status_code == 400
    assert "horen niet bij elkaar" in pages[0]
    assert pages[0] == pages[1]
    assert PASSWORD not in pages[1]


def test_signing_in_goes_on_to_the_page_that_was_asked_for_and_leaves_an_event(client: Client):
    user = an_account()
    asked = client.get("/werk/inrichten")
    answer = client.post(
        asked["Location"], {"email": user.email.upper(), "password": PASSWORD, "next": "/werk/inrichten"}
    )

    assert asked["Location"] == "/werk/inloggen?next=/werk/inrichten"
    assert answer["Location"] == "/werk/inrichten"
    assert client.get("/werk/inrichten").status_code == 200
    assert AuditEvent.objects.get(action="sign_in").actor_id == str(user.pk)


@pytest.mark.parametrize("away", ["https://elders.example/", "//elders.example", "javascript:alert(1)", ""])
def test_signing_in_never_leads_to_another_site(client: Client, away: str):
    answer = client.post("/werk/inloggen", {"email": an_account().email, "password": PASSWORD, "next": away})

    assert answer["Location"] == "/werk/"


def test_a_form_without_its_token_is_refused():
    client = Client(enforce_csrf_checks=True)

    assert try_to_sign_in(client, an_account().email).status_code == 403


def test_who_keeps_guessing_waits_longer_and_the_right_password_does_not_help_in_the_meantime(client: Client):
    user = an_account()
    for _ in range(FREE_TRIES["account_here"]):
        try_to_sign_in(client, user.email, "niet-het-goede")
    answer = try_to_sign_in(client, user.email)

    assert answer.status_code == 429
    assert answer["Retry-After"] == "1"
    assert "Wacht 1 seconden" in answer.content.decode()
    SignInAttempt.objects.update(at=datetime.now(UTC) - timedelta(seconds=2))
    assert try_to_sign_in(client, user.email).status_code == 302


def test_behind_a_proxy_the_last_address_it_noted_counts(client: Client, settings: Any, rf: Any):
    request = rf.get("/", HTTP_X_FORWARDED_FOR="198.51.100.1, 192.0.2.9", REMOTE_ADDR="127.0.0.1")

    assert access.network(request) == "127.0.0.1"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert access.network(request) == "192.0.2.9"


def test_half_an_hour_without_a_page_ends_the_session(monkeypatch: pytest.MonkeyPatch):
    later(monkeypatch, timedelta())
    client = signed_in()
    later(monkeypatch, IDLE - timedelta(minutes=1))
    assert client.get("/werk/").status_code == 200
    later(monkeypatch, 2 * IDLE - timedelta(minutes=2))
    assert client.get("/werk/").status_code == 200

    later(monkeypatch, 3 * IDLE)
    assert client.get("/werk/").status_code == 302


def test_the_working_day_ends_the_session_however_busy_one_was(monkeypatch: pytest.MonkeyPatch):
    later(monkeypatch, timedelta())
    client = signed_in()
    for half_hours in range(17):
        later(monkeypatch, half_hours * (IDLE - timedelta(seconds=1)))
        assert client.get("/werk/").status_code == 200

    assert client.session.get_expiry_age() <= 60
    later(monkeypatch, LONGEST + timedelta(seconds=1))
    assert client.get("/werk/").status_code == 302


def test_a_session_that_did_not_begin_by_signing_in_is_ended(client: Client):
    client.force_login(an_account())

    assert client.get("/werk/").status_code == 302
    assert not WorkSession.objects.exists()


def test_signing_out_ends_the_session_and_is_no_link(client: Client):
    client = signed_in()

    assert client.get("/werk/uitloggen").status_code == 405
    assert client.post("/werk/uitloggen")["Location"] == "/werk/inloggen"
    assert client.get("/werk/").status_code == 302
    assert AuditEvent.objects.filter(action="sign_out").count() == 1


@pytest.mark.parametrize("how", ["closed", "inactive", "new password"])
def test_an_account_that_is_closed_or_renewed_is_out_at_once(how: str):
    user = an_account()
    client = Client()
    try_to_sign_in(client, user.email)
    if how == "closed":
        close_account(user=user, by=BY, at=AT)
    elif how == "inactive":
        user.is_active = False
        user.save()
    else:
        facts = AccountFacts(email=user.email, name="Ans", access_role="administrator")
        renew_account(user=user, facts=facts, password="acht-blauwe-stoepen", by=BY, at=AT)

    assert client.get("/werk/").status_code == 302


def test_a_new_access_role_holds_from_the_next_page():
    client = signed_in("administrator")
    user = an_account("desk")
    assert client.get("/werk/inrichten").status_code == 200
    type(user).objects.filter(access_role="administrator").update(access_role="desk")

    refusal = client.get("/werk/inrichten")
    assert refusal.status_code == 403
    assert "Alleen een beheerder richt de gemeente in." in refusal.content.decode()


def test_pages_at_work_are_kept_by_no_cache():
    client = signed_in()

    for path in ("/werk/", "/werk/inrichten", "/werk/vragen"):
        assert client.get(path)["Cache-Control"] == "no-store"
    assert "no-store" in Client().get("/werk/inloggen")["Cache-Control"]


def test_the_cookies_of_work_are_sent_to_work_only():
    cookies = signed_in().cookies

    assert {name: cookies[name]["path"] for name in ("sessionid", "csrftoken")} == {
        "sessionid": "/werk/",
        "csrftoken": "/werk/",
    }
    assert cookies["sessionid"]["httponly"]


def test_a_form_that_stood_open_for_too_long_says_what_to_do():
    answer = try_to_sign_in(Client(enforce_csrf_checks=True), an_account().email)

    assert answer.status_code == 403
    assert "Dit formulier stond te lang open." in answer.content.decode()
