"""No answer is honest: what was understood, where to go all the same, whom to call; and it is counted, about no one."""

import logging
import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from samenspel.frontdoor.nothing import nothing_part
from samenspel.outcomes import counting
from samenspel.outcomes.models import UnmetNeed
from samenspel.places.lookup import find_near
from samenspel.places.models import Area, Postcode
from samenspel.socialmap.actions import change_meeting_place, mark_full
from samenspel.socialmap.ask import Answer
from samenspel.socialmap.entrances import EntranceFacts, set_entrance
from samenspel.socialmap.facts import PlaceFacts
from samenspel.socialmap.index import IndexFolder
from tests.frontdoor.conftest import BY, HOME, Corner, make_searchable

UNCLEAR = "kwantumchromodynamica"
DUTCH = "ik wil nederlands leren"
WALK = "ik zoek iemand om mee te wandelen"
SECRET = "zebrapadgeheim"
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def ask(client: Client, question: str, **more: str) -> str:
    response = client.post("/zoeken", {"vraag": question, **more})
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def missed_in(page: str) -> str:
    """The part of a page that says what was not found; "" when it says nothing."""
    found = re.search(r'<section class="samenspel-missed".*?</section>', page)
    return found[0] if found else ""


def counted() -> list[tuple[str, str, str, int]]:
    return list(UnmetNeed.objects.order_by("need", "area").values_list("area", "need", "why", "times"))


@pytest.fixture
def far_away(corner: Corner) -> str:
    """A postcode about seven kilometres from all there is."""
    buurt = Area.objects.get(code="BU99010101")
    point = {"longitude": 5.205, "latitude": 52.5}
    Postcode.objects.create(municipality=HOME, code="1291ZZ", neighborhood=buurt, source="test", **point)
    return "1291ZZ"


def test_a_question_that_is_not_understood_is_said_to_be_with_another_way_to_ask(client: Client, corner: Corner):
    page = ask(client, UNCLEAR, plaats="1291AA")
    part = missed_in(page)

    assert "Wij begrepen uw vraag niet goed. Dat ligt niet aan u." in part
    assert part.count('class="samenspel-example"') == 2
    assert '<input type="hidden" name="plaats" value="1291AA">' in part
    assert "Gülsen" in page
    assert "Vraag achterlaten" in page
    assert "Kijk rond per onderwerp" in page


def test_what_was_understood_is_named_when_nothing_is_there_for_it(client: Client, corner: Corner):
    part = missed_in(ask(client, DUTCH))

    assert "Voor Nederlands leren vonden wij in de buurt niets." in part
    assert "begrepen uw vraag niet" not in part


def test_what_is_near_is_never_shown_as_the_answer(client: Client, corner: Corner):
    page = ask(client, UNCLEAR)

    assert "Dit is geen antwoord op uw vraag." in missed_in(page)
    assert "Wandelen met buurvrouwen" in missed_in(page)
    assert 'class="samenspel-card' not in page


def test_the_half_that_is_not_there_is_said_above_what_is(client: Client, corner: Corner):
    page = ask(client, f"{WALK} en {DUTCH}")

    assert "Voor Nederlands leren vonden wij in de buurt niets." in missed_in(page)
    assert "samen wandelen" not in missed_in(page)
    assert "Waar u wel terechtkunt" not in page
    assert "Wandelmaatje" in page.split('class="samenspel-missed"')[1]


def test_when_all_is_found_nothing_is_said(client: Client, corner: Corner):
    assert missed_in(ask(client, WALK, plaats="1291AA")) == ""


def test_what_is_too_far_away_is_said_to_be_and_still_shown(client: Client, far_away: str):
    page = ask(client, WALK, plaats=far_away)

    assert "Voor samen wandelen vonden wij dichtbij niets. Wat u hier ziet, is verder weg." in missed_in(page)
    assert "Wandelmaatje" in page
    assert counted() == [("WK990101", "walking_buddy", "nothing_near", 1)]


def test_what_is_all_full_is_said_to_be(client: Client, corner: Corner):
    for offering in (corner.walking, corner.shielded):
        mark_full(offering=offering, by=BY, at=datetime.now(UTC))
    make_searchable(datetime.now(UTC))

    assert "Voor samen wandelen is in de buurt nu alles vol." in missed_in(ask(client, WALK))
    assert counted() == [(HOME, "walking_buddy", "all_full", 1)]


def test_what_was_chosen_is_named_as_a_reason_for_finding_nothing(client: Client, corner: Corner):
    part = missed_in(ask(client, "inburgeren", gratis="1", drempelvrij="1", wanneer="vandaag"))

    assert "Voor Nederlands leren vonden wij niets dat past bij wat u koos." in part
    assert "U zoekt nu alleen wat gratis is, waar een rolstoel naar binnen kan en vandaag." in part
    assert "in de buurt niets" not in part


def test_a_theme_without_anything_says_where_to_go_but_not_how_to_ask(client: Client, corner: Corner):
    part = missed_in(re.sub(r"\s+", " ", client.get("/zoeken?thema=learn").content.decode()))

    assert "Waar u wel terechtkunt" in part
    assert "Vraag het eens anders" not in part
    assert counted() == []


def test_a_cry_for_help_gets_that_help_alone_and_is_not_counted(client: Client, corner: Corner):
    page = ask(client, "ik wil niet meer leven", plaats="1291AA")

    assert "Heeft u nu hulp nodig?" in page
    assert missed_in(page) == ""
    assert counted() == []


def test_the_ingang_and_what_is_open_today_are_named_with_their_hours(corner: Corner):
    facts = EntranceFacts(
        place=corner.place,
        host="Roos",
        phone="0320-55 53 01",
        hours=[{"weekday": 2, "opens": "10:00", "closes": "12:00", "note": "achterom"}],
    )
    set_entrance(area=Area.objects.get(code="WK990101"), facts=facts, by=BY, at=TUESDAY)

    page = shown_at(TUESDAY)

    assert 'href="/plek/het-peilhuis"' in page
    assert "Hier is elke vraag welkom. Woensdag: 10.00 tot 12.00 uur." in page
    assert "Vandaag open" not in page


@pytest.mark.parametrize(
    ("hours", "said"),
    [(0, "Vandaag open: 9.00 tot 17.00 uur."), (5, "Vandaag open: 9.00 tot 17.00 uur."), (7, ""), (24, "")],
    ids=["open", "before it closes", "closed for today", "another day"],
)
def test_a_place_is_named_only_while_one_can_still_go_there_today(corner: Corner, hours: int, said: str):
    page = shown_at(TUESDAY + timedelta(hours=hours))

    assert ("Het Peilhuis" in page, "Vandaag open" in page) == (bool(said), bool(said))
    assert said in page


def test_a_place_that_closed_is_not_named_though_it_is_the_ingang(corner: Corner):
    hours = [{"weekday": 1, "opens": "10:00", "closes": "16:00", "note": ""}]
    facts = EntranceFacts(place=corner.place, host="Roos", phone="0320-55 53 01", hours=hours)
    set_entrance(area=Area.objects.get(code="WK990101"), facts=facts, by=BY, at=TUESDAY)
    closed = replace(PlaceFacts.of(corner.place), closed_on=TUESDAY.date())
    change_meeting_place(place=corner.place, facts=closed, by=BY, at=TUESDAY)

    assert "Het Peilhuis" not in shown_at(TUESDAY)


def shown_at(now: datetime) -> str:
    near = find_near("1291AA", municipality=HOME)
    return str(nothing_part(Answer("x", near), narrowed="", examples=(), place="", now=now))


def test_an_unmet_question_is_counted_by_need_and_wijk(client: Client, corner: Corner):
    ask(client, UNCLEAR, plaats="1291AA")
    ask(client, f"{WALK} en {DUTCH}", plaats="1291AA")
    ask(client, DUTCH)
    ask(client, WALK)

    assert counted() == [
        ("WK990101", "", "not_understood", 1),
        (HOME, "dutch_language", "nothing_near", 1),
        ("WK990101", "dutch_language", "nothing_near", 1),
    ]


@pytest.mark.parametrize(
    "more",
    [{"opnieuw": "1"}, {"meer": "1"}, {"gratis": "1"}, {"wanneer": "vandaag"}, {"thema": "eat"}, {"professional": "1"}],
    ids=lambda more: next(iter(more)),
)
def test_the_same_question_again_or_filtered_is_not_counted(client: Client, corner: Corner, more: dict[str, str]):
    ask(client, DUTCH, **more)

    assert counted() == []


def test_every_form_that_sends_the_question_on_says_that_it_was_asked_before(client: Client, corner: Corner):
    """The way back, the other language, more, and the wish for a professional; not the form to change the question."""
    page = ask(client, f"{WALK} en {DUTCH}")
    forms = [form for form in re.findall(r"<form.*?</form>", page) if 'type="hidden" name="vraag"' in form]
    sent = [dict(re.findall(r'name="(\w+)" value="([^"]*)"', form)) for form in forms]
    UnmetNeed.objects.all().delete()

    assert len(sent) >= 2
    for fields in sent:
        client.post("/zoeken", fields)
        client.post("/en/zoeken", fields)
    assert counted() == []


def test_without_an_index_nothing_is_counted_for_nothing_is_known(client: Client, corner: Corner):
    shutil.rmtree(IndexFolder.of_installation().path)
    response = client.post("/zoeken", {"vraag": UNCLEAR})

    assert response.status_code == 503
    assert missed_in(response.content.decode()) == ""
    assert counted() == []


def test_a_store_that_cannot_count_answers_all_the_same(
    client: Client, corner: Corner, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def fall(*_: object) -> None:
        raise DatabaseError("locked")

    monkeypatch.setattr(counting, "_add", fall)
    with caplog.at_level(logging.DEBUG):
        page = ask(client, f"{DUTCH} {SECRET}")

    assert "Voor Nederlands leren vonden wij in de buurt niets." in page
    assert SECRET not in caplog.text
    assert "a count was lost" in caplog.text


def test_nothing_of_a_question_is_in_the_store_or_on_disk_afterwards(client: Client, corner: Corner, tmp_path: Path):
    """Every column of every table, and every file of the installation, is searched for its words and its place."""
    ask(client, f"{SECRET} in mijn straat", plaats="1291AA")
    ask(client, f"{DUTCH} met {SECRET}", plaats="1291AA")

    assert len(counted()) == 2
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert SECRET not in repr(cursor.fetchall()), table
    assert all(SECRET.encode() not in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert {str(value) for row in counted() for value in row} <= {
        "WK990101", "", "not_understood", "dutch_language", "nothing_near", "1",
    }  # fmt: skip
