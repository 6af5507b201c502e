"""Pages of explorations ("what if"): marked as sketches, for policy and subsidies only."""

import re
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samenspel.audit.action import Actor, action, record
from samenspel.cockpit.areas.explore_words import about
from samenspel.policy.blocks.steps import (
    MOST,
    AddHours,
    AddPlace,
    ClosePlace,
    Step,
    as_text,
    as_told,
    read_steps,
)
from samenspel.policy.explorations import add_step, make_exploration
from samenspel.policy.models import Exploration
from samenspel.socialmap.actions import change_meeting_place, confirm_place
from samenspel.socialmap.facts import PlaceFacts
from samenspel.socialmap.models import MeetingPlace
from tests.people.rows import AT, BY, ELSEWHERE, GM
from tests.policy.block_rows import IN_EAST, IN_WEST, a_confirmed, a_meeting_place, a_town, the_norms
from tests.socialmap.rows import a_listed, a_place
from tests.workspace.accounts import signed_in

pytestmark = pytest.mark.django_db
MAKER, ROOT = "policy_adviser", "/werk/wijken/verkenningen"
MARK = "Dit is een schets, geen besluit of plan."


def now() -> datetime:
    return datetime.now(UTC)


def a_draft(*steps: Step, municipality: str = GM, title: str = "Wat als het dicht gaat") -> Exploration:
    row = make_exploration(municipality=municipality, title=title, by=BY, at=now())
    for step in steps:
        add_step(exploration=row, step=step, by=BY, at=AT)
    return row


def a_town_with_a_place(**facts: Any) -> MeetingPlace:
    a_town()
    the_norms()
    return a_confirmed_place(**{**IN_WEST, **facts})


def a_confirmed_place(**facts: Any) -> MeetingPlace:
    """Confirmed now, for the page reads the clock."""
    place = a_meeting_place(confirmed=None, **facts)
    confirm_place(place=place, method="phone", confirmed_by="verbinder", by=BY, at=now())
    return place


def page_of(row: Exploration, client: Client | None = None, query: str = "") -> str:
    answer = (client or signed_in(MAKER)).get(f"{ROOT}/{row.pk}{query}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def plain(page: str) -> str:
    """The words of a page between the tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def kept(row: Exploration) -> list[Step]:
    row.refresh_from_db()
    return read_steps(row.steps)


def test_a_sketch_is_begun_filled_looked_at_and_thrown_away():
    place, client = a_town_with_a_place(), signed_in(MAKER)
    assert "Er zijn nog geen verkenningen." in client.get(ROOT).content.decode()
    to = client.post(f"{ROOT}/nieuw", {"title": "Het Peilhuis dicht"})["Location"]
    row = Exploration.objects.get()
    assert to == f"{ROOT}/{row.pk}"
    assert "Kies een eerste stap." in page_of(row, client)

    found = client.get(f"{to}/kiezen", {"wat": "plek", "naam": "peil"}).content.decode()
    step = unescape(re.findall(r'name="step" value="([^"]+)"', found)[0])
    assert client.post(f"{to}/stap", {"step": step})["Location"] == to
    assert kept(row) == [ClosePlace(place.pk)]

    page = plain(page_of(row, client))
    assert "Het Peilhuis sluit. Wat daar wordt gedaan, stopt ook." in page
    assert "West Ontmoetingsplekken Aanwezig" in page
    assert "Wij kennen dan niets meer wat telt. Of er echt niets is, moet iemand nagaan." in page
    assert (
        "De hele gemeente Ontmoetingsplekken Ongeveer 2.000 van de 4.000 (50 %) Ongeveer 400 van de 800 (50 %)" in page
    )
    assert "West Ontmoetingsplekken Ongeveer 2.000 van de 2.000 (100 %)" in page
    assert "1 stap." in client.get(ROOT).content.decode()

    client.post(f"{to}/stap/weg", {"step": step})
    assert kept(row) == []
    assert client.post(f"{to}/weg")["Location"] == ROOT
    assert not Exploration.objects.exists()


def test_every_page_says_that_it_is_a_sketch_in_heading_title_and_mark():
    row, client = a_draft(ClosePlace(a_town_with_a_place().pk)), signed_in(MAKER)
    for path in ("", "/nieuw", f"/{row.pk}", f"/{row.pk}/kiezen", f"/{row.pk}/nieuwe-plek"):
        page = client.get(ROOT + path).content.decode()
        assert MARK in page
        assert "<title>VERKENNING: " in page
        assert re.search("<h1[^>]*>[^<]*[Vv]erkenning", page)


def test_the_map_stands_before_and_after_with_its_table_by_block():
    row, client = a_draft(ClosePlace(a_town_with_a_place().pk)), signed_in(MAKER)
    page = page_of(row, client)

    assert "Nu: 1 wijk aanwezig, 1 wijk onbekend." in page
    assert "In deze verkenning: 2 wijken onbekend." in page
    assert "Op de kaart: ontmoetingsplekken" in page
    assert plain(page).count("Nr Wijk Stand 1 Oost onbekend 2 West") == 2
    assert 'class="chart__table"><summary' not in page
    assert "Op de kaart: vrijwilligers en inwoners" in page_of(row, client, "?bouwsteen=1")
    for odd in ("?bouwsteen=9", "?bouwsteen=x", "?bouwsteen=5"):
        assert "Op de kaart: ontmoetingsplekken" in page_of(row, client, odd)


def test_a_slider_changes_the_hours_and_the_evening():
    place = a_town_with_a_place()
    row, client = a_draft(AddHours(place.pk, 8, False)), signed_in(MAKER)
    page = page_of(row, client)
    assert 'type="range"' in page
    assert '<label class="samenspel-label" for="uren-1">' in page
    assert '<output class="explore-number" for="uren-1">8</output>' in page

    step = as_text(AddHours(place.pk, 8, False))
    client.post(f"{ROOT}/{row.pk}/stap/wijzigen", {"step": step, "hours": "30", "evening": "on"})
    assert kept(row) == [AddHours(place.pk, 30, True)]
    assert "30 uur per week, ook in de avond, langer open" in page_of(row, client)


def test_a_new_place_is_found_by_its_wijk_and_wins_reach():
    a_town_with_a_place()
    row, client = a_draft(), signed_in(MAKER)
    given = {"name": "De Nieuwe Schuur", "where": "Oost", "hours": "40", "evening": "on"}
    assert client.post(f"{ROOT}/{row.pk}/nieuwe-plek", given).status_code == 302

    page = plain(page_of(row, client))
    assert "Er komt een nieuwe plek: De Nieuwe Schuur. Die is 40 uur per week, ook in de avond, open." in page
    assert "Wie iets dichtbij krijgt" in page
    assert "Niemand raakt een hele bouwsteen dichtbij kwijt." in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"where": "Nergenshuizen"}, "Waar: "),
        ({"where": ""}, "Waar: vul dit in"),
        ({"hours": "0"}, "open: schrijf een heel getal van 1 tot en met 84"),
        ({"hours": "85"}, "open: schrijf een heel getal van 1 tot en met 84"),
        ({"hours": "veel"}, "open: schrijf een heel getal van 1 tot en met 84"),
        ({"hours": "9" * 400}, "open: schrijf een heel getal van 1 tot en met 84"),
        ({"name": ""}, "Naam van de plek: vul dit in"),
    ],
    ids=["unknown place", "no place", "no hours", "too many", "no number", "endless", "no name"],
)
def test_a_new_place_that_cannot_be_is_refused_by_field(given: dict[str, str], said: str):
    a_town_with_a_place()
    row = a_draft()
    sent = {"name": "Schuur", "where": "Oost", "hours": "8", **given}
    answer = signed_in(MAKER).post(f"{ROOT}/{row.pk}/nieuwe-plek", sent)
    assert (answer.status_code, said in unescape(answer.content.decode())) == (400, True)
    assert kept(row) == []


@pytest.mark.parametrize(
    ("path", "given", "said"),
    [
        ("stap", {}, "dit is geen stap"),
        ("stap", {"step": "<script>"}, "dit is geen stap"),
        ("stap", {"step": '{"kind":"close_place","place":"00000000-0000-0000-0000-000000000001"}'}, "niet op de kaart"),
        ("stap/weg", {"step": '{"kind":"close_place","place":"00000000-0000-0000-0000-000000000001"}'}, "niet meer"),
        ("stap/wijzigen", {"step": "CLOSE", "hours": "4"}, "heeft geen uren"),
        ("stap/wijzigen", {"step": "HOURS", "hours": "-4"}, "schrijf een heel getal"),
        ("stap/wijzigen", {"step": "HOURS", "hours": "0"}, "kies een getal boven 0"),
        ("stap/wijzigen", {"step": "HOURS", "hours": "9" * 400}, "kies een getal boven 0"),
        ("stap/wijzigen", {"step": "HOURS", "hours": "²"}, "schrijf een heel getal"),
    ],
    ids=["none", "odd", "elsewhere", "gone", "no hours", "below zero", "zero", "endless", "odd digit"],
)
def test_a_step_that_cannot_be_is_refused_and_nothing_changes(path: str, given: dict[str, str], said: str):
    place = a_town_with_a_place()
    steps = {"CLOSE": ClosePlace(place.pk), "HOURS": AddHours(place.pk, 8, False)}
    row = a_draft(*steps.values())
    if given.get("step") in steps:
        given = {**given, "step": as_text(steps[given["step"]])}

    answer = signed_in(MAKER).post(f"{ROOT}/{row.pk}/{path}", given)
    assert (answer.status_code, said in unescape(answer.content.decode())) == (409, True)
    assert kept(row) == list(steps.values())


def test_a_step_whose_place_is_gone_is_said_and_skipped():
    place = a_town_with_a_place()
    row = a_draft(ClosePlace(place.pk))
    gone = PlaceFacts(**{**vars(PlaceFacts.of(place)), "closed_on": AT.date()})
    change_meeting_place(place=place, facts=gone, by=BY, at=AT)

    page = plain(page_of(row))
    assert "Het Peilhuis sluit." in page
    assert "Niemand raakt een hele bouwsteen dichtbij kwijt. Op de kaart" in page
    assert "Telt niet mee Dit staat niet meer op de kaart" in page
    assert "Geen enkele bouwsteen krijgt in een wijk een andere stand." in page


def test_without_norms_it_says_so_and_without_areas_the_page_still_opens():
    place = a_meeting_place(**IN_WEST)
    row, client = a_draft(ClosePlace(place.pk)), signed_in(MAKER)
    assert "De raad stelde nog niet vast wat genoeg is." in page_of(row, client)
    the_norms()
    assert "Geen enkele bouwsteen krijgt in een wijk een andere stand." in page_of(row, client)


def test_the_search_finds_by_a_part_of_the_name_and_says_when_there_are_more():
    a_place(name="De Schuur")
    a_confirmed(name="Zingen", organization=a_listed("Koor"))
    client, row = signed_in(MAKER), a_draft()

    def said(**given: str) -> str:
        return plain(client.get(f"{ROOT}/{row.pk}/kiezen", given).content.decode())

    assert "De Schuur Nog zonder gastheer." in said(wat="plek", naam="schu")
    assert "Zingen Van Koor" in said(wat="aanbod", naam="ZING")
    assert "Deze organisatie stopt : Koor" in said(wat="organisatie")
    assert "Wij vonden niets met deze naam." in said(wat="aanbod", naam="%")
    assert "De Schuur" in said(wat="onzin", naam="\x00")
    assert "1 gevonden." in said(wat="organisatie", naam="koor")
    for number in range(31):
        a_place(name=f"Plek {number}")
    assert "Dit zijn de eerste 30." in said(wat="plek", naam="plek")


def test_a_full_sketch_offers_no_more_steps():
    a_town_with_a_place()
    row = a_draft(*(AddPlace("Schuur", 5.2, 52.5, hours, False) for hours in range(1, MOST + 1)))
    page = page_of(row)
    assert "Een verkenning heeft hoogstens 20 stappen." in page
    assert "Een plek sluit of is langer open" not in page


@action
def _write(*, row: Exploration, steps: Any, by: Actor, at: datetime) -> None:
    row.steps = steps
    row.save()
    record(action="plant", on=row, by=by, at=at, municipality=row.municipality)


def test_steps_that_cannot_be_read_are_told_and_can_be_thrown_away():
    row, client = a_draft(), signed_in(MAKER)
    _write(row=row, steps=[{"kind": "burn_down"}], by=BY, at=AT)

    page = page_of(row, client)
    assert "niet te lezen: stap 1: dit is geen stap die wij kennen" in page
    assert client.post(f"{ROOT}/{row.pk}/weg").status_code == 302


def test_who_may_not_explore_is_told_why_and_a_sketch_of_elsewhere_is_not_there():
    row = a_draft(municipality=ELSEWHERE, title="Elders dicht")
    answer = signed_in("connector").get(ROOT)
    assert (answer.status_code, "alleen beleid en subsidies" in answer.content.decode()) == (403, True)

    client = signed_in(MAKER)
    assert client.get(f"{ROOT}/{row.pk}").status_code == 404
    assert "Elders dicht" not in client.get(ROOT).content.decode()


def test_a_block_that_keeps_its_state_shows_its_other_numbers_apart():
    place = a_town_with_a_place()
    a_confirmed_place(name="De Schuur", **IN_WEST)

    page = plain(page_of(a_draft(ClosePlace(place.pk))))
    assert "Waar de stand gelijk blijft en de getallen veranderen (1)" in page
    assert "Gemiddeld 130 uur per week iets open binnen bereik. Aanwezig" in page


def test_the_number_of_queries_does_not_grow_with_steps_and_places():
    place, client = a_town_with_a_place(), signed_in(MAKER)
    row = a_draft(ClosePlace(place.pk))
    page_of(row, client)
    with CaptureQueriesContext(connection) as few:
        page_of(row, client)
    for number in range(5):
        more = a_confirmed_place(name=f"Schuur {number}", **IN_EAST)
        add_step(exploration=row, step=ClosePlace(more.pk), by=BY, at=AT)
    with CaptureQueriesContext(connection) as many:
        page_of(row, client)

    assert len(many) <= len(few)


@pytest.mark.parametrize(
    ("people", "of", "said"),
    [
        (0.0, 100, "niemand"),
        (0.4, 100, "niemand"),
        (0.6, 100, "minder dan 10"),
        (9.9, 12, "minder dan 10"),
        (10.0, 12, "ongeveer 10 van de 10 (83 %)"),
        (337.0, 2266, "ongeveer 335 van de 2.265 (15 %)"),
        (1999.0, 2000, "ongeveer 2.000 van de 2.000 (99 %)"),
        (2000.0, 2000, "ongeveer 2.000 van de 2.000 (100 %)"),
    ],
    ids=["none", "nearly none", "one", "below ten", "ten", "rounded", "nearly all", "all"],
)
def test_a_number_of_people_is_said_no_finer_than_it_is_known(people: float, of: float, said: str):
    assert about(people, of).replace("\u00a0", " ") == said


def test_a_step_reads_back_from_the_page():
    place = a_town_with_a_place()
    row = a_draft(AddHours(place.pk, 12.5, True))
    sent = unescape(
        re.findall(r'name="step" value="([^"]+)"', signed_in(MAKER).get(f"{ROOT}/{row.pk}").content.decode())[0]
    )
    assert sent == as_text(AddHours(place.pk, 12.5, True))
    assert as_told(kept(row)[0])["hours"] == 12.5
