"""A code to read out to a resident, from the page of the question."""

import re
from typing import Any

import pytest

from samenspel.handover.models import SecondCode
from tests.workspace.days import Morning, a_morning, asked, at_work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys(settings: Any, tmp_path: Any) -> None:
    settings.KEYS = tmp_path / "keys"


@pytest.fixture
def morning() -> Morning:
    return a_morning()


def test_the_holder_sees_a_code_once_and_it_is_kept_by_nobody(morning: Morning):
    row, work = asked(morning), at_work(morning.bram)
    assert "Maak een code om voor te lezen" in work.get(f"/werk/vragen/{row.pk}").content.decode()

    answer = work.post(f"/werk/vragen/{row.pk}/code")

    digits = re.search(r"<strong>(\d{3}) (\d{3})</strong>", answer.content.decode())
    assert digits
    assert answer["Cache-Control"] == "no-store"
    assert digits[1] + digits[2] not in str(SecondCode.objects.values())


def test_somebody_of_another_team_gets_none(morning: Morning):
    row = asked(morning)

    assert at_work(morning.omar).post(f"/werk/vragen/{row.pk}/code").status_code == 404
    assert not SecondCode.objects.exists()
