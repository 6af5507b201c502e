"""Signing in by OpenID Connect, against a provider that really listens, signs and sometimes lies."""

import http.client
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from samenspel.people.accounts import close_account
from samenspel.people.models import User
from samenspel.workspace import single_sign_on
from tests.people.rows import AT, BY
from tests.workspace.accounts import an_account
from tests.workspace.identity_provider import (
    CLIENT,
    CLIENT_SECRET,
    OTHER_KEY,
    Provider,
    running_provider,
)

pytestmark = pytest.mark.django_db
EMAIL = "ans@markerwaard.example"
ANS = {"sub": "subject-1", "email": EMAIL, "email_verified": True}


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    with running_provider() as running:
        running.person = dict(ANS)
        settings.SINGLE_SIGN_ON = {
            "issuer": running.issuer,
            "client_id": CLIENT,
            "client_secret": CLIENT_SECRET,
            "name": "het account van de gemeente",
        }
        settings.SINGLE_SIGN_ON_TWO_STEPS = ["mfa"]
        single_sign_on._client.cache_clear()
        yield running
        single_sign_on._client.cache_clear()


def followed(address: str) -> str:
    """Where a real request to the provider leads."""
    at = urlsplit(address)
    connection = http.client.HTTPConnection(at.netloc, timeout=10)
    try:
        connection.request("GET", f"{at.path}?{at.query}")
        answer = connection.getresponse()
        assert answer.status == 302
        return answer.headers["Location"]
    finally:
        connection.close()


def signed_in_elsewhere(client: Client, *, wanted: str = "") -> Any:
    """The answer to who comes back from the provider."""
    away = client.post("/werk/inloggen/werkaccount", {"next": wanted})
    assert away.status_code == 302
    back = urlsplit(followed(away["Location"]))
    return client.get(f"{back.path}?{back.query}")


def test_someone_with_an_account_goes_in_and_on_to_the_page_that_was_asked_for(provider: Provider, client: Client):
    an_account("desk", email=EMAIL)
    page = client.get("/werk/inloggen").content.decode()
    answer = signed_in_elsewhere(client, wanted="/werk/account")

    assert "Inloggen met het account van de gemeente" in page
    assert answer["Location"] == "/werk/account"
    assert client.get("/werk/").status_code == 200


def test_signing_in_elsewhere_never_makes_an_account(provider: Provider, client: Client):
    answer = signed_in_elsewhere(client)

    assert answer.status_code == 403
    assert "hoort nog niet bij een account" in answer.content.decode()
    assert not User.objects.exists()
    assert client.get("/werk/").status_code == 302


@pytest.mark.parametrize(
    "said", [{"email_verified": False}, {"email_verified": None}, {"email_verified": "true"}, {"email": None}]
)
def test_an_address_that_the_provider_did_not_verify_opens_nothing(
    provider: Provider, client: Client, said: dict[str, Any]
):
    an_account("desk", email=EMAIL)
    provider.person |= said

    assert signed_in_elsewhere(client).status_code == 403
    assert User.objects.get().single_sign_on is None


def test_after_the_first_time_the_subject_counts_and_no_longer_the_address(provider: Provider, client: Client):
    user = an_account("desk", email=EMAIL)
    assert signed_in_elsewhere(client).status_code == 302

    provider.person["email"] = "nieuwe.naam@markerwaard.example"
    assert signed_in_elsewhere(Client()).status_code == 302
    provider.person = {**ANS, "sub": "someone-else"}
    assert signed_in_elsewhere(Client()).status_code == 403
    user.refresh_from_db()
    assert "subject-1" not in str(user.single_sign_on)


def test_who_has_no_account_any_more_stays_out(provider: Provider, client: Client):
    user = an_account("desk", email=EMAIL)
    assert signed_in_elsewhere(client).status_code == 302
    close_account(user=user, by=BY, at=AT)

    assert signed_in_elsewhere(Client()).status_code == 403
    assert client.get("/werk/").status_code == 302


@pytest.mark.parametrize(
    "lie",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"iss": "https://elders.example"},
        {"aud": "another-client"},
        {"aud": None},
        {"exp": 1_700_000_000},
        {"exp": None},
        {"iat": 4_000_000_000},
        {"sub": None},
    ],
    ids=["nonce", "no-nonce", "issuer", "audience", "no-audience", "expired", "no-end", "future", "no-subject"],
)
def test_a_token_that_does_not_hold_is_refused(provider: Provider, client: Client, lie: dict[str, Any]):
    an_account("desk", email=EMAIL)
    provider.wrong = lie

    assert signed_in_elsewhere(client).status_code == 502
    assert provider.tokens == 1
    assert client.get("/werk/").status_code == 302


def test_a_token_signed_with_another_key_is_refused(provider: Provider, client: Client):
    an_account("desk", email=EMAIL)
    provider.key = OTHER_KEY

    assert signed_in_elsewhere(client).status_code == 502
    assert client.get("/werk/").status_code == 302


def test_an_answer_that_was_not_asked_for_in_this_browser_is_refused(provider: Provider, client: Client):
    an_account("desk", email=EMAIL)
    away = client.post("/werk/inloggen/werkaccount")
    back = urlsplit(followed(away["Location"]))

    assert Client().get(f"{back.path}?{back.query}").status_code == 502
    assert client.get(f"{back.path}?code=x&state=y").status_code == 502
    assert client.get("/werk/inloggen/terug?error=access_denied&state=x").status_code == 502
    assert client.get(f"{back.path}?{back.query}").status_code == 302
    assert Client().get(f"{back.path}?{back.query}").status_code == 502


def test_it_leads_to_no_other_site(provider: Provider, client: Client):
    an_account("desk", email=EMAIL)

    assert signed_in_elsewhere(client, wanted="https://elders.example")["Location"] == "/werk/"


@pytest.mark.parametrize(
    ("said", "is_in"),
    [({"amr": ["pwd", "mfa"]}, True), ({"acr": "mfa"}, True), ({"amr": ["pwd"]}, False), ({}, False)],
    ids=["amr", "acr", "password-only", "silent"],
)
def test_the_provider_may_have_done_the_second_step(
    provider: Provider, client: Client, settings: Any, said: dict[str, Any], is_in: bool
):
    settings.SECOND_FACTOR = True
    an_account("connector", email=EMAIL)
    provider.person |= said
    signed_in_elsewhere(client)

    assert (client.get("/werk/").status_code == 200) == is_in


def test_a_provider_that_is_away_says_so_and_the_password_still_works(settings: Any, client: Client):
    settings.SINGLE_SIGN_ON = {"issuer": "http://127.0.0.1:9", "client_id": "x", "client_secret": "y", "name": "z"}
    single_sign_on._client.cache_clear()
    answer = client.post("/werk/inloggen/werkaccount")

    assert answer.status_code == 502
    assert "log in met uw wachtwoord" in answer.content.decode()


def test_without_a_provider_there_is_no_such_page(client: Client):
    assert client.post("/werk/inloggen/werkaccount").status_code == 404
    assert client.get("/werk/inloggen/terug").status_code == 404
    assert "werkaccount" not in client.get("/werk/inloggen").content.decode()


def test_nothing_of_the_person_is_in_the_log(provider: Provider, client: Client, caplog: pytest.LogCaptureFixture):
    provider.wrong = {"exp": int(time.time()) - 600}
    signed_in_elsewhere(client)

    assert "failed: " in caplog.text
    assert EMAIL not in caplog.text
    assert "subject-1" not in caplog.text


@pytest.mark.parametrize("amr", [None, [["mfa"]]], ids=["null", "nested"])
def test_a_provider_that_says_oddly_how_somebody_proved_it_is_not_believed_and_breaks_nothing(
    provider: Provider, client: Client, settings: Any, amr: object
):
    settings.SECOND_FACTOR = True
    an_account("connector", email=EMAIL)
    provider.person = ANS | {"amr": amr}

    assert signed_in_elsewhere(client).status_code == 302
    assert client.get("/werk/")["Location"] == "/werk/account"
