"""The letter to the council on paper: how every wijk stands, in one or two sheets."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from samenspel.cockpit.overview.letter import MOST_ROWS, letter_data
from samenspel.engine.coverage.remedies import Kind
from samenspel.policy.blocks import refresh
from samenspel.policy.gaps import GapFacts, set_gap_action
from samenspel.policy.questions import QuestionFacts, note_question
from samenspel.strength.letter import Remedy, letter
from tests.people.rows import AT, BY, GM
from tests.policy.block_rows import IN_EAST, IN_WEST, WEST, a_meeting_place, a_town, the_norms
from tests.policy.wijk_rows import a_challenge, a_partner, a_promise, before
from tests.strength.test_profile import shifted

pytestmark = pytest.mark.django_db
NEAR = {**IN_EAST, "longitude": 5.24}


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


def a_town_with_gaps() -> None:
    a_town()
    the_norms(meeting_places={"amount": 100.0})
    a_meeting_place(**IN_WEST)
    a_meeting_place(name="De Kantine", hours=[], **NEAR)
    refresh(municipality=GM, by=BY, at=AT)


def told() -> str:
    """All words of the letter."""

    def words(value: object) -> list[str]:
        if isinstance(value, dict):
            return [word for one in value.values() for word in words(one)]
        return [word for one in value for word in words(one)] if isinstance(value, list) else [str(value)]

    return " ".join(words(letter_data(letter(GM, at=AT), "Markerwaard")))


def sheets(content: bytes) -> int:
    return max(map(int, re.findall(rb"/Count (\d+)", content)), default=1)


def test_a_gap_has_what_could_help_and_what_is_done():
    a_town_with_gaps()
    assert "West: ontmoetingsplekken (deels)" in told()
    assert "een plek met misschien ruimte: De Kantine" in told()
    assert "nog niets afgesproken" in told()
    facts = GapFacts(area=WEST, block=3, what="Kantine vaker open", owner="verbinder West", due_on=date(2026, 11, 1))
    set_gap_action(municipality=GM, facts=facts, by=BY, at=before(facts.due_on))

    assert "Kantine vaker open, door verbinder West, voor 1 november 2026 (te laat)" in told()


def test_what_is_over_its_day_is_named_the_longest_first():
    a_town_with_gaps()
    assert "Er is niets over zijn dag." in told()
    for what, day in (("Kantine vaker open", date(2026, 11, 1)), ("Ooit", date(2027, 1, 1))):
        facts = GapFacts(area=WEST, block=3, what=what, owner="verbinder West", due_on=day)
        set_gap_action(municipality=GM, facts=facts, by=BY, at=before(facts.due_on))
    a_promise(a_partner(a_challenge(area=WEST), "Woningcorporatie"), "Een kamer vrij", due_on=date(2026, 10, 1))
    asked = {"asked_by": "Fractie Dorp", "asked_on": date(2026, 9, 1)}
    facts = QuestionFacts(origin="council", title="Blijft de bus?", due_on=date(2026, 9, 15), **asked)
    note_question(municipality=GM, facts=facts, by=BY, at=before(facts.due_on))

    assert [(one.what, one.who) for one in letter(GM, at=AT).late] == [
        ("Blijft de bus?", "Fractie Dorp"),
        ("Een kamer vrij", "Woningcorporatie"),
        ("Kantine vaker open", "verbinder West"),
    ]
    assert "Vraag: Blijft de bus? Fractie Dorp 15 september 2026 Een kamer vrij" in told()


def test_what_is_unknown_is_no_gap():
    a_town_with_gaps()
    assert "verbinder (onbekend)" not in told()
    assert "Onbekend is iets anders dan ontbreekt." in told()


def test_without_a_gap_the_letter_says_of_how_much_it_does_not_know():
    a_town()
    assert "Wij kennen geen gat. Van 10 bouwstenen in de wijken weten wij het niet." in told()


def test_the_verbinder_of_another_wijk_is_told_as_such():
    a_town_with_gaps()
    (gap,) = letter(GM, at=AT).gaps
    data = letter_data(replace(letter(GM, at=AT), gaps=(replace(gap, remedy=Remedy(Kind.CONNECTOR, "Oost")),)), "M")
    (row,) = next(one["rows"] for one in data["sections"] if one["rows"])

    assert row[1] == "de verbinder van een andere wijk: Oost"


def test_the_shift_stands_there_with_its_brake():
    a_town_with_gaps()
    assert "Dit is nog niet gemeten." in told()
    for moment, layer in (("asked", 3), ("solved", 1)):
        shifted("2026Q3", moment, layer)
    assert "Derde kwartaal 2026. Wij kunnen nog niet zeggen of hulp dichterbij komt." in told()


def test_a_share_is_rounded_as_on_the_page():
    a_town()
    for moment, layer in (("asked", 3), ("solved", 1)):
        shifted("2026Q3", moment, layer)
    found = letter(GM, at=AT)
    assert found.shift is not None
    shift = replace(found.shift, whole=replace(found.shift.whole, return_rate=0.29))  # 100 times that is just below 29

    (section,) = [
        one for one in letter_data(replace(found, shift=shift), "M")["sections"] if "Wordt hulp" in one["title"]
    ]
    assert "Voor elke 100 vragen die waren opgelost, kwamen er 29 terug." in section["said"]


def test_questions_are_counted_with_those_that_are_late():
    a_town()
    for title, due in (("Een", date(2026, 11, 1)), ("Twee", date(2026, 12, 1))):
        facts = QuestionFacts(origin="council", title=title, asked_by="Partij", asked_on=date(2026, 10, 1), due_on=due)
        note_question(municipality=GM, facts=facts, by=BY, at=before(facts.due_on))
    assert "2 open, waarvan 1 te laat. 0 beantwoord." in told()


@pytest.mark.parametrize("language", ["", "/en"], ids=["nl", "en"])
def test_the_letter_is_a_tagged_document_of_at_most_two_sheets(language: str):
    a_town_with_gaps()
    answer = Client().get(f"{language}/raad/raadsbrief.pdf")

    assert (answer.status_code, answer["Content-Type"], len(answer.cookies)) == (200, "application/pdf", 0)
    assert b"pdfuaid" in answer.content
    assert sheets(answer.content) <= 2


def test_without_wijken_the_letter_says_so():
    assert "Er zijn nog geen wijken ingelezen." in told()
    assert Client().get("/raad/raadsbrief.pdf").content.startswith(b"%PDF")


def test_of_many_gaps_the_letter_tells_how_many_it_leaves_out():
    a_town_with_gaps()
    found = letter(GM, at=AT)
    (gap,) = found.gaps
    data = letter_data(replace(found, gaps=(gap,) * (MOST_ROWS + 7)), "Markerwaard")
    (part,) = [one for one in data["sections"] if one["title"] == "Waar het nog niet genoeg is"]

    assert len(part["rows"]) == MOST_ROWS
    assert "En nog 7. Die staan op de pagina's voor de raad." in part["said"]
