"""The page and paper of a wijk's strength: every figure with meaning and day, and what is not measured said aloud."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samenspel.cockpit.overview.letter import profile_data
from samenspel.cockpit.overview.profile import profile_of
from samenspel.places.models import Area, AreaFigures
from samenspel.policy.blocks import refresh
from samenspel.policy.models import BlockState
from samenspel.policy.strength_choice import choose_total
from samenspel.sources.vocabulary import BuildingBlock
from tests.people.rows import AT, BY, GM, a_contact, an_area, an_organization
from tests.policy.block_rows import IN_WEST, WEST, a_confirmed, a_meeting_place, a_town, the_norms
from tests.policy.planted import _plant
from tests.strength.test_profile import ended, shifted

pytestmark = pytest.mark.django_db
HEADING = re.compile(r"<h([1-6])")


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


def page(path: str = "/raad/wijk/west") -> str:
    answer = Client().get(path)
    assert (answer.status_code, len(answer.cookies)) == (200, 0)
    return answer.content.decode()


def words(path: str = "/raad/wijk/west") -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page(path)).split())


def a_full_town() -> None:
    towns = a_town()
    the_norms()
    place = a_meeting_place(**IN_WEST)
    a_confirmed(name="Kom erbij", delivery="at_place", place=place, alone_welcome=True)
    a_contact(towns[WEST])
    ended(12)
    for moment, layer in (("asked", 3), ("solved", 1)):
        shifted("2026Q3", moment, layer)
    refresh(municipality=GM, by=BY, at=AT)


def test_a_wijk_of_which_nothing_is_known_says_what_is_not_measured():
    a_town()
    text = words()
    assert text.count("Dit is nog niet bekeken.") == 5
    assert "Bouwstenen aanwezig Hier is nog niets over vastgelegd. Hoeveel van de vijf" in text
    assert "Wie er nooit komt, en waarom niet." in text
    assert "Er zijn geen cijfers van een tweede jaar." in text
    assert "Wij voorspellen niets." in text


def test_every_figure_says_how_much_what_it_means_and_since_when():
    a_full_town()
    text = words()
    for said in (
        "Woont dichtbij een ontmoetingsplek 100 % Welk deel van de inwoners woont binnen de afstand die de raad koos,"
        " in een rechte lijn. Sociale kaart, inwoners van het CBS, 21 november 2026. Gegevens erachter: 1.",
        "3 dagen",
        "Vragen van inwoners, kwartaal 4 van 2025.",
        "Wie nooit komt, is hier niet te zien.",
    ):
        assert said in text


def test_each_block_leads_to_its_evidence():
    a_full_town()
    assert re.findall(r'href="(/raad/wijk/west/\d)"', page()) == [f"/raad/wijk/west/{block}" for block in range(1, 6)]


def test_the_safety_net_and_the_numbers_for_at_once_stand_there():
    a_full_town()
    text = words()
    assert "Kom erbij" in text
    assert "Gülsen, verbinder: 0320-555101" in text
    assert "112" in text
    assert "0800-2000" in text


def test_there_is_no_total_until_the_municipality_chose_one():
    a_full_town()
    assert "Wij geven geen totaalcijfer." in words()
    assert "Bouwstenen aanwezig" not in words()
    choose_total(municipality=GM, shows_total=True, reason="De raad vroeg erom.", by=BY, at=AT)
    text = words()
    assert "Wij geven geen totaalcijfer." not in text
    assert "Let op: een totaal verbergt veel." in text
    assert "De raad vroeg erom." in text
    assert "Bouwstenen aanwezig" in text


def test_of_too_few_questions_the_page_says_that_it_hides_them():
    a_town()
    ended(9)
    hidden = "Dagen tot het eerste gesprek Dit is gemeten. Wij verbergen het: er is te weinig om te laten zien."
    assert hidden in words()


def test_a_share_is_rounded_once_so_that_profile_and_cell_tell_the_same():
    a_full_town()
    row = BlockState.objects.get(area=WEST, block=BuildingBlock.MEETING_PLACES)
    BlockState.objects.filter(pk=row.pk)._raw_delete("default")
    row.reached = row.reached_older = 0.7547
    _plant(row=row, municipality=GM, by=BY, at=AT)

    for path in ("/raad/wijk/west", "/raad/wijk/west/3"):
        assert "75 %" in words(path)
        assert "76 %" not in words(path)


def test_the_picture_has_its_table():
    a_full_town()
    text = page()
    assert 'src="data:image/svg+xml;base64,' in text
    assert 'class="chart__figures"' in text


def test_a_kern_and_what_is_no_wijk_are_not_found():
    towns = a_town()
    village = an_area("KERN-1", "village", name="Dorp", boundary=b"", west=5.2, east=5.3, south=52.5, north=52.6,
                      longitude=5.25, latitude=52.55)  # fmt: skip
    village.members.set([one for wijk in towns.values() for one in wijk.children.all()])
    for slug in ("dorp", "nergens"):
        assert Client().get(f"/raad/wijk/{slug}").status_code == 404
        assert Client().get(f"/raad/wijk/{slug}/profiel.pdf").status_code == 404


def test_headings_go_down_one_level_at_a_time_and_ids_are_there_once():
    a_full_town()
    text = page()
    levels = [int(level) for level in HEADING.findall(text)]
    ids = re.findall(r' id="([^"]+)"', text)
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    assert len(ids) == len(set(ids))


def test_in_english_the_figures_are_explained_in_english():
    a_full_town()
    text = words("/en/raad/wijk/west")
    assert "Lives near a meeting place 100 % Which part of the residents" in text
    assert "Who never comes, and why not." in text


def test_more_on_the_map_asks_no_more_queries():
    a_full_town()
    page()
    asked = []
    for number in range(2):
        for one in range(3):
            a_confirmed(
                name=f"A{number}{one}", organization=an_organization(name=f"O{number}{one}"), delivery="at_home"
            )
        with CaptureQueriesContext(connection) as caught:
            page()
        asked.append(len(caught))
    assert asked[0] == asked[1]


@pytest.mark.parametrize(
    ("loaded", "said"),
    [
        ((), "Er zijn geen cijfers van het CBS ingelezen."),
        ((WEST,), "Van de hele gemeente zijn geen cijfers ingelezen. Wij kunnen dus niet vergelijken."),
        ((WEST, GM), "Geen van de ingelezen cijfers is minder gunstig dan in de hele gemeente."),
    ],
    ids=["nothing", "only the wijk", "both"],
)
def test_page_and_paper_say_that_all_is_well_only_of_what_was_compared(loaded: tuple[str, ...], said: str):
    a_town()
    AreaFigures.objects.filter(area__code=WEST).exclude(area__code__in=loaded).delete()
    if GM in loaded:
        figures = {"residents": 4000, "residents_65_and_over": 800}
        AreaFigures.objects.create(
            municipality=GM, area=Area.objects.get(code=GM), year=2024, source="CBS", values=figures
        )
    paper = profile_data(profile_of("west"))
    (section,) = [one for one in paper["sections"] if one["title"] == "Wat deze wijk extra vraagt"]

    assert f"Wat deze wijk extra vraagt {said}" in words()
    assert section["items"][0] == ["", said]


def test_the_paper_is_a_tagged_document(tmp_path: Any):
    a_full_town()
    for language in ("", "/en"):
        answer = Client().get(f"{language}/raad/wijk/west/profiel.pdf")
        assert answer["Content-Type"] == "application/pdf"
        assert b"/MarkInfo" in answer.content
        assert b"pdfuaid" in answer.content


def test_the_paper_of_a_wijk_without_anything_is_made_too():
    a_town()
    assert Client().get("/raad/wijk/oost/profiel.pdf").content.startswith(b"%PDF")


def test_nothing_can_be_sent_to_it():
    a_town()
    assert Client().post("/raad/wijk/west").status_code == 405
