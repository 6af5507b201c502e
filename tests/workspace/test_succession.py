"""Giving on what somebody holds: shown and confirmed first, in one's own team only, every question one more hand."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from samenspel.handover.models import Hand
from tests.handover.rows import a_team
from tests.people.rows import an_area
from tests.workspace.accounts import signed_in
from tests.workspace.days import Morning, a_morning, asked, at_work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys(settings: Any, tmp_path: Any) -> None:
    settings.KEYS = tmp_path / "keys"


@pytest.fixture
def morning() -> Morning:
    return a_morning()


def typed(morning: Morning, **given: Any) -> dict[str, Any]:
    return {"team": morning.east.pk, "since": morning.bram.pk, "to": morning.mieke.pk, "area": ""} | given


def give_on(client: Client, morning: Morning, **given: Any) -> Any:
    return client.post("/werk/opvolgen", typed(morning, **given))


def test_it_says_how_many_before_it_is_done_and_then_counts_a_hand_for_each(morning: Morning):
    rows = [asked(morning, holder=morning.bram) for _ in range(2)]
    other = asked(morning)
    client = at_work(morning.mieke)

    assert "2 vragen doorgeven?" in give_on(client, morning).content.decode()
    assert not Hand.objects.filter(cause="succeeded").exists()

    assert give_on(client, morning, zeker="ja").status_code == 302
    for row in rows:
        row.refresh_from_db()
        assert (row.person, row.hands) == (morning.mieke, 2)
    other.refresh_from_db()
    assert (other.person, other.hands) == (None, 1)


def test_one_wijk_goes_and_the_rest_stays(morning: Morning):
    wijk = an_area("WK990103", "district")
    buurt = an_area("BU99010301", "neighborhood", parent=wijk)
    a_team("Team Oost", morning.area, buurt, members=(morning.bram, morning.mieke))
    here = asked(replace(morning, area=buurt), holder=morning.bram)
    elsewhere = asked(morning, holder=morning.bram)
    assert give_on(at_work(morning.bram), morning, area=wijk.pk, zeker="ja").status_code == 302

    for row in (here, elsewhere):
        row.refresh_from_db()
    assert (here.person, elsewhere.person) == (morning.mieke, morning.bram)


@pytest.mark.parametrize("who", ["omar", "nobody"])
def test_who_does_not_work_in_the_team_cannot_give_it_on(morning: Morning, who: str):
    row = asked(morning, holder=morning.bram)
    client = at_work(morning.omar) if who == "omar" else signed_in("administrator")
    answer = give_on(client, morning, zeker="ja")

    assert answer.status_code == (400 if who == "omar" else 403)
    row.refresh_from_db()
    assert row.person == morning.bram


def test_to_oneself_makes_no_sense(morning: Morning):
    answer = give_on(at_work(morning.bram), morning, to=morning.bram.pk, zeker="ja")

    assert answer.status_code == 400
    assert "kies een ander" in answer.content.decode()
