"""A question at the front door counts where people usually look and what stood on top, once, and about no one."""

import pytest
from django.db import DatabaseError
from django.test import Client

from samenspel.outcomes import counting
from samenspel.outcomes.models import ShiftCount
from samenspel.places.models import Area, AreaFigures
from tests.frontdoor.conftest import HOME, Corner

DEBTS = "hulp bij schulden"


def counted() -> list[tuple[str, str, str, int, str, int]]:
    fields = ("area", "moment", "theme", "layer", "form", "times")
    return sorted(ShiftCount.objects.values_list(*fields))


def ask(client: Client, question: str, **more: str) -> str:
    response = client.post("/zoeken", {"vraag": question, **more})
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def many_live_here(corner: Corner) -> None:
    wijk = Area.objects.get(code="WK990101")
    AreaFigures.objects.create(municipality=HOME, area=wijk, year=2025, source="test", values={"residents": 2600})


def test_a_question_counts_for_its_wijk_where_people_look_for_it(client: Client, many_live_here: None):
    ask(client, DEBTS, plaats="1291AA")

    assert [row for row in counted() if row[1] == "asked"] == [("WK990101", "asked", "money", 3, "unknown", 1)]


def test_without_a_place_it_counts_for_the_municipality(client: Client, many_live_here: None):
    ask(client, DEBTS)

    assert [row[0] for row in counted() if row[1] == "asked"] == [HOME]


def test_a_question_sent_on_or_with_a_filter_or_a_cry_for_help_counts_nothing(client: Client, many_live_here: None):
    ask(client, DEBTS, plaats="1291AA", gratis="1")
    ask(client, DEBTS, plaats="1291AA", opnieuw="1")
    ask(client, f"{DEBTS}, ik wil dood", plaats="1291AA")
    client.get("/zoeken?thema=money")

    assert counted() == []


def test_a_store_in_trouble_answers_all_the_same(client: Client, corner: Corner, monkeypatch: pytest.MonkeyPatch):
    def fall(*_: object) -> str:
        raise DatabaseError

    monkeypatch.setattr(counting, "wijk_to_count", fall)

    assert "Wandelmaatje" in ask(client, "ik zoek iemand om mee te wandelen", plaats="1291AA")
    assert counted() == []


def test_the_press_that_it_worked_out_is_solved_on_the_zero_layer_in_its_wijk(client: Client, many_live_here: None):
    for wijk in ("WK990101", "WK990101", "WK-ELSEWHERE", ""):
        client.post("/eigen-kring/gelukt", {"wijk": wijk})

    assert counted() == [
        (HOME, "solved", "", 0, "individual", 2),
        ("WK990101", "solved", "", 0, "individual", 2),
    ]
