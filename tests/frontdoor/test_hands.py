"""Hands on the page of a wijk: a picture with its table, and nothing under ten questions."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from samenspel.handover.models import EndedQuestion
from samenspel.outcomes.periods import quarter_of
from tests.frontdoor.conftest import HOME, Corner

CENTRE = "/wijk/markerwaard/markerwaard-centrum"
A_QUARTER = timedelta(days=92)


def ended(number: int, *, hands: int, at: datetime | None = None) -> None:
    """In the quarter before that of a moment, else before now."""
    quarter = quarter_of((at or datetime.now(UTC)) - A_QUARTER)
    EndedQuestion.objects.bulk_create(
        EndedQuestion(
            municipality=HOME, area_code="WK990101", quarter=quarter, outcome="helped", hands=hands,
            returned=0, warm=0, referred=0, days_to_contact=1, days_to_helped=8,
        )
        for _ in range(number)
    )  # fmt: skip


def part(client: Client, home: str = "") -> str:
    page = client.get(home + CENTRE).content.decode()
    return page.split('aria-labelledby="handen"')[1].split("</section>")[0]


def test_under_ten_questions_there_is_no_figure(client: Client, corner: Corner):
    ended(9, hands=2)

    assert "vanaf 10 vragen" in part(client)
    assert "<table" not in part(client)


@pytest.mark.parametrize(("home", "mean"), [("", "1,5"), ("/en", "1.5")])
def test_hands_stand_beside_outcomes_and_days_with_what_is_not_measured(
    client: Client, corner: Corner, home: str, mean: str
):
    ended(15, hands=1)
    ended(15, hands=2)

    shown = part(client, home)

    assert mean in shown
    assert shown.count("<table") == 3
    assert re.findall(r'<rect width="(\d+)"', shown) == ["50", "50", "0", "100", "0", "0", "0", "0"]
    assert "style=" not in shown


@pytest.mark.parametrize(
    ("at", "home", "said"),
    [
        ((2026, 11, 22), "", ("oktober 2025", "september 2026")),
        ((2026, 1, 1), "", ("januari 2025", "december 2025")),
        ((2026, 4, 1), "/en", ("April 2025", "March 2026")),
    ],
    ids=["in a quarter", "a year", "in English"],
)
def test_the_months_are_those_that_are_counted(
    client: Client,
    corner: Corner,
    monkeypatch: pytest.MonkeyPatch,
    at: tuple[int, int, int],
    home: str,
    said: tuple[str, str],
):
    now = datetime(*at, 12, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)
    ended(30, hands=1, at=now)

    lead = part(client, home).split("<table")[0]
    assert re.findall(r"[A-Za-z]+ 20\d\d", lead) == [*said]


def test_what_is_not_measured_is_said(client: Client, corner: Corner):
    ended(20, hands=1)

    assert "Wat wij niet meten" in part(client)
    assert "geen ranglijst" in part(client)
