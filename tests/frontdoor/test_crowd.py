"""Much from one network is slowed down and loses nothing that was typed; the network itself is kept nowhere."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from samenspel.handover.models import EarlySign, HelpRequest
from samenspel.people.accounts import FREE_LEFT, seconds_for_network
from samenspel.people.models import SignInAttempt
from tests.frontdoor.request_rows import PLACE, SECRET, a_neighborhood, a_team, told
from tests.frontdoor.test_referring import a_referral

HERE = "192.0.2.7"


@pytest.fixture(autouse=True)
def team(db: None, tmp_path: Path, settings: Any) -> None:
    settings.KEYS = tmp_path / "keys"
    a_team(datetime.now(UTC), a_neighborhood())


def a_worry() -> dict[str, str]:
    return {"over": "iemand", "plaats": PLACE, "vertel": SECRET, "kenmerk": str(uuid4())}


@pytest.mark.parametrize(
    ("path", "form"),
    [("/vraag/versturen", told), ("/verwijzen", a_referral), ("/zorgen", a_worry)],
    ids=["question", "referral", "worry"],
)
def test_much_from_one_network_waits_and_what_was_typed_stays(path: str, form: Callable[[], dict[str, str]]):
    for _ in range(FREE_LEFT["network"] + 1):
        seconds_for_network(network=HERE, at=datetime.now(UTC) + timedelta(minutes=1))  # however slow the first page is
    typed = form()
    answer = Client(REMOTE_ADDR=HERE).post(path, typed)

    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "Van uw netwerk kwam net heel veel" in answer.content.decode()
    assert (typed.get("vraag") or typed["vertel"]) in answer.content.decode()
    assert (HelpRequest.objects.count(), EarlySign.objects.count()) == (0, 0)
    assert Client(REMOTE_ADDR="192.0.2.8").post(path, typed).status_code == 200


def test_a_network_waits_seconds_and_never_finds_a_closed_door():
    now = datetime.now(UTC)
    waits = [seconds_for_network(network=HERE, at=now) for _ in range(FREE_LEFT["network"] + 2)]

    assert waits[: FREE_LEFT["network"]] == [0] * FREE_LEFT["network"]
    assert 0 < waits[-1] <= 30
    assert seconds_for_network(network=HERE, at=now + timedelta(minutes=16)) == 0
    assert not SignInAttempt.objects.filter(subject__contains=HERE).exists()


def test_a_proxy_of_our_own_that_does_not_tell_for_whom_closes_no_door():
    for _ in range(FREE_LEFT["network"] + 1):
        seconds_for_network(network="127.0.0.1", at=datetime.now(UTC))

    assert Client(REMOTE_ADDR="127.0.0.1").post("/zorgen", a_worry()).status_code == 200
