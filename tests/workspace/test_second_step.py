"""The second step at the door: set once, asked every time, and without it a reader of questions opens nothing else."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from samenspel.people.accounts import FREE_CODES
from samenspel.people.models import SignInAttempt, User
from samenspel.people.second_factor import PERIOD, drop_second_factors
from samenspel.people.sessions import BEGAN
from samenspel.staff import access
from samenspel.workspace import entering, second_step, sign_in
from tests.people.rows import AT, BY
from tests.workspace.accounts import PASSWORD, an_account
from tests.workspace.accounts import sign_in as first_step

pytestmark = pytest.mark.django_db
_KEY = re.compile(r"<code>([A-Z2-7]{16,})</code>")
_CODE = re.compile(r"<code>(\d{8})</code>")


@pytest.fixture(autouse=True)
def is_on(settings: Any) -> None:
    settings.SECOND_FACTOR = True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A clock that stands still until it is told to go on."""

    class Clock:
        at = datetime.now(UTC)

        def on(self, **by: float) -> None:
            self.at += timedelta(**by)

    clock = Clock()
    for module in (access, second_step, sign_in):
        monkeypatch.setattr(module.timezone, "now", lambda: clock.at)
    return clock


def shown(secret: str, at: datetime) -> str:
    """What the app shows at a moment."""
    return format_hotp_value(hotp_value(secret, int(at.timestamp()) // PERIOD))


def set_up(client: Client, at: datetime, **more: str) -> tuple[str, list[str]]:
    """Take an app into use on the page itself: its secret, and the recovery codes."""
    key = _KEY.search(client.get("/werk/account/app").content.decode())
    assert key
    answer = client.post("/werk/account/app", {"code": shown(key[1], at), **more})
    assert answer.status_code == 200, answer.content.decode()
    return key[1], _CODE.findall(answer.content.decode())


def test_the_whole_way_from_first_password_to_signing_in_with_a_code(clock: Any):
    user, client = an_account("connector"), Client()
    assert first_step(client, user.email)["Location"] == "/werk/"
    assert client.get("/werk/")["Location"] == "/werk/account"
    page = client.get("/werk/account").content.decode()
    assert "Zet eerst de tweede stap aan." in page
    assert "Vragen</a>" not in page
    secret, codes = set_up(client, clock.at)
    assert len(codes) == 10
    assert client.get("/werk/").status_code == 200
    client.post("/werk/uitloggen")
    assert client.get("/werk/").status_code == 302

    clock.on(minutes=2)
    assert first_step(client, user.email)["Location"] == "/werk/inloggen/code"
    assert client.get("/werk/").status_code == 302
    wrong = client.post("/werk/inloggen/code", {"code": "000000"})
    assert (wrong.status_code, "deze code klopt niet" in wrong.content.decode()) == (400, True)
    assert client.post("/werk/inloggen/code", {"code": shown(secret, clock.at)})["Location"] == "/werk/"
    assert client.get("/werk/").status_code == 200


def test_the_code_goes_on_to_the_page_that_was_asked_for(clock: Any):
    user, client = an_account("administrator"), Client()
    first_step(client, user.email)
    _, codes = set_up(client, clock.at)
    client = Client()
    client.post("/werk/inloggen", {"email": user.email, "password": PASSWORD, "next": "/werk/inrichten"})

    assert client.post("/werk/inloggen/code", {"code": codes[0]})["Location"] == "/werk/inrichten"


@pytest.mark.parametrize("role", ["administrator", "connector", "prevention_worker", "team_member", "partner"])
@pytest.mark.parametrize("path", ["/werk/", "/werk/inrichten", "/werk/vragen", "/werk/account/wachtwoord"])
def test_who_must_have_a_second_factor_opens_nothing_before_it_is_set(role: str, path: str):
    client = Client()
    first_step(client, an_account(role).email)

    assert client.get(path)["Location"] == "/werk/account"


@pytest.mark.parametrize("role", ["desk", "editor", "advisory_council"])
def test_others_may_set_one_and_then_need_it(role: str, clock: Any):
    user, client = an_account(role), Client()
    first_step(client, user.email)
    assert client.get("/werk/").status_code == 200
    set_up(client, clock.at)

    assert first_step(Client(), user.email)["Location"] == "/werk/inloggen/code"


def test_one_that_is_set_is_asked_also_where_it_is_not_demanded(settings: Any, clock: Any):
    user, client = an_account("connector"), Client()
    first_step(client, user.email)
    set_up(client, clock.at)
    settings.SECOND_FACTOR = False

    assert first_step(Client(), user.email)["Location"] == "/werk/inloggen/code"


def test_the_second_step_does_not_open_without_the_first():
    assert Client().get("/werk/inloggen/code")["Location"] == "/werk/inloggen"
    assert Client().post("/werk/inloggen/code", {"code": "123456"})["Location"] == "/werk/inloggen"


@pytest.mark.parametrize("what", ["ten minutes", "new password", "closed"])
def test_the_first_step_does_not_last(clock: Any, what: str):
    user, client = an_account("desk"), Client()
    first_step(client, user.email)
    _, codes = set_up(client, clock.at)
    client = Client()
    first_step(client, user.email)
    if what == "ten minutes":
        clock.on(seconds=entering.PATIENCE.total_seconds() + 1)
    elif what == "new password":
        user.set_password("acht-blauwe-stoepen")
        user.save()
    else:
        User.objects.filter(pk=user.pk).update(is_active=False)

    assert client.post("/werk/inloggen/code", {"code": codes[0]})["Location"] == "/werk/inloggen"


def test_who_guesses_codes_waits_and_the_right_one_does_not_help_meanwhile(clock: Any):
    user, client = an_account("connector"), Client()
    first_step(client, user.email)
    _, codes = set_up(client, clock.at)
    SignInAttempt.objects.all().delete()
    client = Client()
    first_step(client, user.email)
    for _ in range(FREE_CODES["account_here"]):
        client.post("/werk/inloggen/code", {"code": "000000"})

    answer = client.post("/werk/inloggen/code", {"code": codes[0]})
    assert "Wacht 1 seconden" in answer.content.decode()
    assert client.get("/werk/").status_code == 302
    clock.on(seconds=2)
    assert client.post("/werk/inloggen/code", {"code": codes[0]}).status_code == 302


def test_an_open_screen_is_not_enough_to_change_the_second_factor(clock: Any):
    user, client = an_account("connector"), Client()
    first_step(client, user.email)
    set_up(client, clock.at)
    clock.on(minutes=2)

    assert client.post("/werk/account/herstelcodes", {"password": "niet"}).status_code == 400
    assert client.post("/werk/account/herstelcodes", {}).status_code == 400
    assert _CODE.findall(client.post("/werk/account/herstelcodes", {"password": PASSWORD}).content.decode())
    assert set_up(client, clock.at, password=PASSWORD)


def test_setting_it_ends_the_sessions_elsewhere_and_not_this_one(clock: Any):
    user, here, there = an_account("connector"), Client(), Client()
    first_step(here, user.email)
    first_step(there, user.email)
    set_up(here, clock.at)

    assert here.get("/werk/").status_code == 200
    assert there.get("/werk/account")["Location"].startswith("/werk/inloggen")


def test_a_dropped_second_factor_must_be_set_again(clock: Any):
    user, client = an_account("connector"), Client()
    first_step(client, user.email)
    set_up(client, clock.at)
    drop_second_factors(user=user, by=BY, at=AT)

    assert client.get("/werk/").status_code == 302
    assert first_step(client, user.email)["Location"] == "/werk/"
    assert client.get("/werk/")["Location"] == "/werk/account"


def test_the_session_keeps_no_readable_secret_of_an_app_that_is_being_set_up():
    user, client = an_account("connector"), Client()
    first_step(client, user.email)
    key = _KEY.search(client.get("/werk/account/app").content.decode())

    assert key
    assert key[1] not in str(dict(client.session.items()))


def test_a_fourth_session_ends_the_oldest(clock: Any):
    user = an_account("desk")
    clients = [Client() for _ in range(4)]
    for client in clients:
        first_step(client, user.email)
        clock.on(seconds=1)

    assert [client.get("/werk/").status_code for client in clients] == [302, 200, 200, 200]


def test_signing_out_everywhere_ends_every_session():
    user, here, there = an_account("desk"), Client(), Client()
    first_step(here, user.email)
    first_step(there, user.email)
    here.post("/werk/uitloggen", {"everywhere": "1"})

    assert [client.get("/werk/").status_code for client in (here, there)] == [302, 302]


def test_a_demo_without_second_step_says_so_at_the_door(settings: Any):
    assert "demo" not in Client().get("/werk/inloggen").content.decode()
    settings.SECOND_FACTOR = False

    assert "Dat is bedoeld voor een demo." in Client().get("/werk/inloggen").content.decode()


@pytest.mark.parametrize(("minutes", "may"), [(9, True), (11, False)])
def test_who_has_no_password_here_signs_in_again_before_the_second_step_changes(clock: Any, minutes: int, may: bool):
    user, client = an_account("connector"), Client()
    first_step(client, user.email)
    set_up(client, clock.at)
    User.objects.filter(pk=user.pk).update(password="!")
    user.refresh_from_db()
    client.force_login(user)  # by the work account of the municipality
    session = client.session
    session[BEGAN], session[access.PROVED] = clock.at.timestamp(), True
    session.save()
    clock.on(minutes=minutes)

    answer = client.post("/werk/account/herstelcodes", {"ja": "1"})
    assert (answer.status_code == 200) == may
    assert ("weer in met uw werkaccount" in answer.content.decode()) != may
