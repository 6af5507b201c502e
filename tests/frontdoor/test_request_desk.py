"""Balie: a short list to read aloud and print; who was only informed leaves no trace at all."""

import logging
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from samenspel.handover.models import HelpRequest
from samenspel.places.models import Area
from samenspel.socialmap.actions import change_offering
from samenspel.socialmap.facts import OfferingFacts
from samenspel.socialmap.models import Offering
from tests.frontdoor.conftest import BY, Corner, make_searchable
from tests.frontdoor.request_rows import PLACE, SECRET, a_team, code_on, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def team(corner: Corner, tmp_path: Path, settings: Any) -> None:
    settings.KEYS = tmp_path / "keys"
    a_team(datetime.now(UTC), Area.objects.get(code="WK990101"))


def asked(client: Client, question: str = "samen wandelen", **more: str):
    return client.post("/balie", {"vraag": question, "plaats": PLACE, "kanaal": "telefoon", **more})


def line_of(page: str, name: str) -> str:
    """The line of the list in which a name stands."""
    return next(line for line in page.split('<li class="samenspel-sheet__line">') if name in line).split("</li>")[0]


def rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def files(folder: Path) -> set[tuple[str, int]]:
    return {(str(file), file.stat().st_size) for file in folder.rglob("*")}


def test_the_list_says_name_when_where_phone_and_why(client: Client):
    page = asked(client).content.decode()

    assert "Wandelmaatje" in page
    assert "Het Peilhuis, Zeestede" in page
    assert "0320-55 50 11" in page
    assert "Past bij: samen wandelen" in page
    assert "10.00 uur" in page
    assert "Vol</span>" in page


def test_the_list_says_what_it_costs(client: Client):
    line = line_of(asked(client).content.decode(), "Wandelmaatje")

    assert "Kosten: Gratis" in line


def test_what_comes_to_your_home_says_so_and_names_no_place(client: Client, corner: Corner):
    now = datetime.now(UTC)
    facts = replace(OfferingFacts.of(corner.walking), delivery=Offering.Delivery.AT_HOME.value)
    change_offering(offering=corner.walking, facts=facts, by=BY, at=now)
    make_searchable(now)
    line = line_of(asked(client).content.decode(), "Wandelmaatje")

    assert "Bij u thuis" in line
    assert "Het Peilhuis" not in line


def test_a_line_without_a_number_of_its_own_has_that_of_the_person_of_the_area(client: Client):
    assert "<strong>Gülsen: 0320-55 51 01</strong>" in line_of(asked(client).content.decode(), "buurvrouwen")


def test_at_the_desk_the_card_leads_to_an_empty_screen_and_at_home_it_does_not(client: Client):
    empty = '<a class="nl-link samenspel-tall" href="/balie">'

    assert empty in client.post("/vraag/versturen", told(kanaal="telefoon")).content.decode()
    assert empty not in client.post("/vraag/versturen", told(kanaal="")).content.decode()


def test_a_shielded_contact_stays_shielded_and_the_person_of_the_area_is_there(client: Client):
    page = asked(client).content.decode()

    assert "Wandelen met buurvrouwen" in page
    assert "0320-55 50 99" not in page
    assert "Gülsen" in page


def test_who_was_only_informed_leaves_no_row_no_event_no_file_and_no_line(
    client: Client, caplog: pytest.LogCaptureFixture, tmp_path: Path
):
    asked(client)
    counted, kept = rows(), files(tmp_path)

    with caplog.at_level(logging.DEBUG):
        responses = [client.get("/balie"), asked(client, f"wandelen {SECRET}"), asked(client, "")]

    assert rows() == counted
    assert files(tmp_path) == kept
    assert SECRET not in caplog.text
    assert [record for record in caplog.records if record.name.startswith("samenspel")] == []
    for response in responses:
        assert response["Cache-Control"] == "no-store"
        assert not response.cookies
        assert SECRET not in response.content.decode().split("</title>")[0]


@pytest.mark.parametrize(("channel", "stored"), [("balie", "desk"), ("telefoon", "phone"), ("onzin", "desk")])
def test_a_question_left_at_the_desk_goes_along_with_its_channel(client: Client, channel: str, stored: str):
    page = asked(client, kanaal=channel).content.decode()
    kept = "telefoon" if stored == "phone" else "balie"
    assert f'name="kanaal" value="{kept}"' in page.split('id="hierna"')[1]

    start = client.post("/vraag/", {"vraag": "samen wandelen", "plaats": PLACE, "kanaal": kept}).content.decode()
    assert f'name="kanaal" value="{kept}"' in start
    card = client.post("/vraag/versturen", told(kanaal=kept)).content.decode()

    assert code_on(card)
    assert HelpRequest.objects.get().channel == stored


def test_danger_is_on_top_of_the_list(client: Client):
    page = asked(client, "ik wil niet meer leven").content.decode()

    assert "Heeft u nu hulp nodig?" in page.split("Liever iemand spreken?")[0]


@pytest.mark.parametrize(
    ("sent", "error"), [({"question": ""}, "Typ eerst uw vraag"), ({"plaats": "9999ZZ"}, "kennen wij niet")]
)
def test_a_mistake_is_named_and_what_was_typed_is_kept(client: Client, sent: dict[str, str], error: str):
    response = asked(client, **sent)
    page = response.content.decode()

    assert response.status_code == 400
    assert error in page
    assert sent.get("plaats", PLACE) in page
    assert 'value="telefoon" checked' in page


def test_nothing_found_is_honest(client: Client):
    page = asked(client, "kwantumchromodynamica").content.decode()

    assert "Wij vonden niets dat goed past" in page
    assert "Gülsen" in page


def test_the_number_of_queries_does_not_grow_with_the_list(client: Client, django_assert_max_num_queries: Any):
    asked(client)

    with django_assert_max_num_queries(4):
        asked(client)
