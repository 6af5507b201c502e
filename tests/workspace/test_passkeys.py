"""Passkeys as second step: made on this site, used on this site, and nobody else's."""

import html
import json
import re
from typing import Any

import pytest
from django.test import Client

from samenspel.people.second_factor import second_factors_of
from tests.workspace.accounts import PASSWORD, an_account
from tests.workspace.accounts import sign_in as first_step
from tests.workspace.device import Device

pytestmark = pytest.mark.django_db
OWN, STEP = "/werk/account/sleutel", "/werk/inloggen/code"


@pytest.fixture(autouse=True)
def is_on(settings: Any) -> None:
    settings.SECOND_FACTOR = True


def asked(client: Client, path: str) -> dict[str, Any]:
    """What the page asks of a device."""
    found = re.search(r'data-options="([^"]+)"', client.get(path).content.decode())
    assert found
    options: dict[str, Any] = json.loads(html.unescape(found[1]))
    return options


def with_a_passkey(client: Client, device: Device, **more: str) -> Any:
    credential = device.make(asked(client, OWN))
    return client.post(OWN, {"name": "Mijn laptop", "credential": credential, **more})


@pytest.fixture
def device() -> Device:
    return Device()


@pytest.fixture
def waiting(device: Device) -> Client:
    """Someone with a passkey who gave the right password."""
    user, first = an_account("connector"), Client()
    first_step(first, user.email)
    assert with_a_passkey(first, device).status_code == 200
    client = Client()
    assert first_step(client, user.email)["Location"] == STEP
    return client


def test_a_passkey_is_made_and_signs_in(device: Device):
    user, client = an_account("connector"), Client()
    first_step(client, user.email)
    page = with_a_passkey(client, device).content.decode()
    assert "herstelcodes" in page
    assert client.get("/werk/").status_code == 200
    assert [name for _, name in second_factors_of(user).passkeys] == ["Mijn laptop"]

    later = Client()
    first_step(later, user.email)
    assert later.post(STEP, {"credential": device.use(asked(later, STEP))})["Location"] == "/werk/"
    assert later.get("/werk/").status_code == 200


@pytest.mark.parametrize(
    "changed",
    [
        {"origin": "https://testserver.elders.example"},
        {"origin": "http://testserver"},
        {"challenge": "AAAA"},
        {"type": "webauthn.create"},
    ],
    ids=["other-site", "no-https", "other-challenge", "other-kind"],
)
def test_an_answer_for_something_else_opens_nothing(waiting: Client, device: Device, changed: dict[str, str]):
    answer = waiting.post(STEP, {"credential": device.use(asked(waiting, STEP), **changed)})

    assert (answer.status_code, "hoort niet bij uw account" in answer.content.decode()) == (400, True)
    assert waiting.get("/werk/").status_code == 302


def test_the_device_of_someone_else_opens_nothing(waiting: Client, device: Device):
    stranger = Device()
    options = asked(waiting, STEP)
    assert waiting.post(STEP, {"credential": stranger.use(options)}).status_code == 400
    stranger.number = device.number

    assert waiting.post(STEP, {"credential": stranger.use(asked(waiting, STEP))}).status_code == 400


def test_an_answer_works_once_and_only_in_its_own_browser(waiting: Client, device: Device):
    credential = device.use(asked(waiting, STEP))
    assert waiting.post(STEP, {"credential": credential}).status_code == 302
    other = Client()
    first_step(other, "connector@markerwaard.example")
    other.get(STEP)

    assert other.post(STEP, {"credential": credential}).status_code == 400


@pytest.mark.parametrize(
    "credential", ["{}", "[]", "1", '"x"', '{"id": 1}', '{"id": "AA", "rawId": "AA", "response": {}}', "null"]
)
def test_what_no_device_says_is_refused_without_a_crash(waiting: Client, credential: str):
    assert waiting.post(STEP, {"credential": credential}).status_code == 400


@pytest.mark.parametrize(
    "changed", [{"origin": "https://elders.example"}, {"challenge": "AAAA"}], ids=["other-site", "other-challenge"]
)
def test_a_passkey_made_for_something_else_is_not_kept(device: Device, changed: dict[str, str]):
    user, client = an_account("connector"), Client()
    first_step(client, user.email)
    credential = device.make(asked(client, OWN), **changed)

    assert client.post(OWN, {"name": "x", "credential": credential}).status_code == 400
    assert client.post(OWN, {"name": "x", "credential": "{}"}).status_code == 400
    assert client.post(OWN, {"name": "x"}).status_code == 400
    assert not second_factors_of(user).any


def test_a_second_one_takes_the_password_and_the_first_can_then_go(waiting: Client, device: Device):
    waiting.post(STEP, {"credential": device.use(asked(waiting, STEP))})
    user, second = waiting.get("/werk/").context["user"], Device()
    (first,) = [number for number, _ in second_factors_of(user).passkeys]
    page = waiting.post(f"/werk/account/sleutel/{first}/weg", follow=True).content.decode()
    assert "Dit is uw enige tweede stap." in page

    assert with_a_passkey(waiting, second).status_code == 400
    assert with_a_passkey(waiting, second, password=PASSWORD).status_code == 200
    elsewhere = Client()
    first_step(elsewhere, user.email)
    elsewhere.post(STEP, {"credential": second.use(asked(elsewhere, STEP))})
    waiting.post(f"/werk/account/sleutel/{first}/weg")
    assert len(second_factors_of(user).passkeys) == 1
    assert waiting.get("/werk/").status_code == 200
    assert elsewhere.get("/werk/").status_code == 302


def test_nobody_takes_away_the_passkey_of_someone_else(waiting: Client, device: Device):
    owner = an_account("desk")
    client = Client()
    first_step(client, owner.email)
    with_a_passkey(client, Device())
    waiting.post(STEP, {"credential": device.use(asked(waiting, STEP))})
    (theirs,) = [number for number, _ in second_factors_of(owner).passkeys]

    page = waiting.post(f"/werk/account/sleutel/{theirs}/weg", follow=True).content.decode()
    assert "was er al niet meer" in page
    assert len(second_factors_of(owner).passkeys) == 1
