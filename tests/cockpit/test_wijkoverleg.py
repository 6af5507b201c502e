"""The sheet of a wijkoverleg as page and as paper: one page, in words, also when everything is long."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from samenspel.ui.print.pdf import pdf
from tests.outcomes.rows import a_count
from tests.policy.wijk_rows import WIJK, a_challenge, a_gap_action, a_network, a_partner, a_promise, a_state, a_wijk
from tests.ui.test_pdf import pages
from tests.workspace.accounts import signed_in

pytestmark = pytest.mark.django_db
SHEET = "/werk/wijken/overleg/rietkoog"
TEMPLATE = "cockpit/paper/wijkoverleg.typ"


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def data(number: int, long: int) -> dict[str, Any]:
    """A sheet with `number` lines in each part, of which those of promises and actions are `long` letters."""
    parts = []
    for part in range(7):
        text = ("organisatie " * 100)[: long if part in (2, 3) else 150]
        line = ["Uiterlijk 30 november", text, "/werk/wijken/acties"]
        parts.append({"title": "Gezocht en niet gevonden (derde kwartaal 2026)", "lines": [line] * min(8, number)})
        parts[-1] |= {"total": number, "empty": "Niets."}
    return {
        "title": "Wijkoverleg van een wijk met een lange naam die nog langer is",
        "next": "Volgende keer: donderdag 26 november 2026",
        "now": "Nu niet genoeg: bewonersinitiatieven, voorzieningen, ontmoetingsplekken, netwerk in de wijk.",
        "language": "nl",
        "printed": "Samenspel, 22 november 2026",
        "parts": parts,
    }


@pytest.fixture
def _wijk() -> None:
    a_wijk()


@pytest.mark.usefixtures("_wijk")
def test_the_sheet_says_what_is_late_due_missed_and_when_the_next_time_is():
    today = timezone.localdate()
    a_network(next_on=date(2099, 1, 8))
    a_promise(a_partner(a_challenge()), "Meelopen", due_on=today - timedelta(days=3))
    a_gap_action("Een zaal openen", due_on=today + timedelta(days=9))
    for area in (WIJK, "WK990199"):
        a_count(32, area=area, week=today - timedelta(days=today.weekday() + 105))
    text = words(signed_in("clerk").get(SHEET).content.decode())

    for said in (
        "Volgende keer: donderdag 8 januari 2099. Stand van",
        "De bouwstenen van deze wijk zijn nog niet bekeken.",
        "3 dagen te laat : Politie, basisteam: Meelopen",
        ": Een zaal openen (verbinder)",
        "Niemand meldde dat het vol zit.",
        "Wij zien niets wat lang niet is nagekeken.",
    ):
        assert said in text


@pytest.mark.usefixtures("_wijk")
def test_what_became_unknown_stands_under_its_own_heading():
    today = timezone.localdate()
    changed = today - timedelta(days=5)
    a_state("present", today - timedelta(days=90), changed)
    a_state("unknown", changed)
    text = words(signed_in("connector").get(SHEET).content.decode())

    assert "Geen nieuwe gaten in de laatste 30 dagen. Weten wij niet meer Ontmoetingsplekken : onbekend sinds" in text
    assert "was aanwezig" in text


@pytest.mark.usefixtures("_wijk")
def test_more_than_eight_lines_are_counted_and_not_shown():
    partner = a_partner(a_challenge())
    for number in range(10):
        a_promise(partner, f"Belofte {number}", due_on=date(2026, 1, 1 + number))
    text = words(signed_in("connector").get(SHEET).content.decode())

    assert text.count("Belofte ") == 8
    assert "en nog 2" in text


@pytest.mark.usefixtures("_wijk")
def test_the_paper_is_a_pdf_of_one_page():
    answer = signed_in("team_member").get(f"{SHEET}/papier")
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "application/pdf", "no-store")
    assert answer["Content-Disposition"] == 'inline; filename="wijkoverleg-rietkoog.pdf"'
    assert pages(answer.content) == 1
    assert b"pdfuaid" in answer.content


@pytest.mark.parametrize(
    ("number", "long"), [(0, 0), (1, 100), (8, 150), (40, 440)], ids=["empty", "short", "full", "longest"]
)
def test_the_sheet_stays_on_one_page_however_much_there_is(number: int, long: int):
    assert pages(pdf(TEMPLATE, data(number, long))) == 1


@pytest.mark.usefixtures("_wijk")
def test_a_wijk_that_is_not_there_has_no_sheet():
    client = signed_in("policy_adviser")
    assert [client.get(f"/werk/wijken/overleg/nergens{part}").status_code for part in ("", "/papier")] == [404, 404]


@pytest.mark.usefixtures("_wijk")
def test_who_only_looks_gets_no_way_to_add_an_action():
    link = "/werk/wijken/acties/nieuw?wijk=rietkoog"
    assert link in signed_in("connector").get(SHEET).content.decode()
    assert link not in signed_in("advisory_council").get(SHEET).content.decode()
