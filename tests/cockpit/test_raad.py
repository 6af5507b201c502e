"""The front page of the council: how every wijk stands, without account, cookie or script."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samenspel.audit.action import Actor, action, record
from samenspel.policy.blocks import refresh
from samenspel.policy.models import BlockState
from tests.people.rows import AT, BY, ELSEWHERE, GM, an_area
from tests.policy.block_rows import EAST, IN_WEST, WEST, a_meeting_place, a_town, the_norms
from tests.socialmap.rows import a_neighborhood

pytestmark = pytest.mark.django_db
CELL = re.compile(r'<td><a class="blocks-cell blocks-cell--(\w+)" href="([^"]+)">(.*?)</a>')
ROW = re.compile(r'<tr><th scope="row"><a[^>]+>(.*?)</a></th>(.*?)</tr>', re.DOTALL)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages read the clock; it stands still on the day of the rows."""
    monkeypatch.setattr(timezone, "now", lambda: AT)


def page(path: str = "/raad/") -> str:
    answer = Client().get(path)
    assert (answer.status_code, len(answer.cookies)) == (200, 0)
    return answer.content.decode()


def words(path: str = "/raad/") -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page(path)).split())


def states(path: str = "/raad/") -> dict[str, list[str]]:
    """The states in the matrix by wijk."""
    return {wijk: [cell[0] for cell in CELL.findall(cells)] for wijk, cells in ROW.findall(page(path))}


def judged(at: datetime = AT) -> None:
    refresh(municipality=GM, by=BY, at=at)


@action
def was(*, area: str, block: int, state: str, since: date, until: date, by: Actor = BY, at: datetime = AT) -> None:
    """Let a cell have had another state between two days."""
    BlockState.objects.filter(area=area, block=block, until=None).update(since=until)
    row = BlockState(municipality=GM, area=area, block=block, state=state, why="nothing_known")
    row.fresh, row.old, row.since, row.until = 0, 0, since, until
    row.save(force_insert=True)
    record(action="plant", on=row, by=by, at=at, municipality=GM)


def test_without_wijken_the_page_says_so():
    an_area(GM, "municipality", name="Markerwaard")
    text = words()
    assert "Er zijn nog geen wijken ingelezen." in text
    assert "De raad stelde dit nog niet vast." in text


def test_what_was_never_judged_is_unknown_and_not_missing():
    a_town()
    assert states() == {"Oost": ["unknown"] * 5, "West": ["unknown"] * 5}
    assert (
        "In 2 wijken is een bouwsteen 0 keer aanwezig en 0 keer deels; 0 keer ontbreekt er een, "
        "en 10 keer weten wij het niet." in words()
    )


def test_every_cell_says_its_wijk_block_and_state_and_leads_to_its_evidence():
    a_town()
    the_norms()
    a_meeting_place(**IN_WEST)
    judged()
    state, address, inside = CELL.findall(dict(ROW.findall(page()))["West"])[2]
    said = " ".join(re.sub(r"<[^>]+>", "", inside).split())

    assert (state, address) == ("present", "/raad/wijk/west/3")
    assert said == "aanwezig, West, ontmoetingsplekken"
    assert '<use href="#teken-present"/>' in inside
    assert Client().get(address).status_code == 200


def test_the_map_begins_with_the_weakest_block_and_shows_the_one_that_is_asked():
    a_town()
    the_norms()
    a_meeting_place(**IN_WEST, hours=[{"weekday": 1, "opens": "09:00", "closes": "12:00", "note": ""}])
    judged()

    assert "Ontmoetingsplekken per wijk" in words()
    assert "Kaart van 2 wijken: 0 aanwezig, 1 deels, 0 ontbreekt, 1 onbekend." in page()
    assert "Verbinder per wijk" in words("/raad/?bouwsteen=5")
    assert "Ontmoetingsplekken per wijk" in words("/raad/?bouwsteen=9")
    current = re.findall(r'bouwsteen=(\d)#kaart" aria-current="true"', page("/raad/?bouwsteen=5"))
    assert current == ["5"]


def test_an_unknown_block_is_not_the_weakest():
    a_town()
    judged()
    assert "Vrijwilligers en inwoners per wijk" in words()


def test_what_changed_since_a_year_or_three_months_is_said_and_unknown_is_no_step():
    a_town()
    the_norms()
    a_meeting_place(**IN_WEST)
    judged()
    today = AT.date()
    long_ago, lately = today - timedelta(days=800), today - timedelta(days=30)
    was(area=WEST, block=3, state="partly", since=long_ago, until=lately)
    was(area=EAST, block=3, state="missing", since=long_ago, until=lately)
    was(area=EAST, block=1, state="unknown", since=long_ago, until=lately)

    text = words()
    assert "Beter dan toen West, ontmoetingsplekken was deels, is nu aanwezig" in text
    assert "Nu weten wij het niet meer Oost, ontmoetingsplekken was ontbreekt, is nu onbekend" in text
    assert "Oost, vrijwilligers en inwoners was" not in text
    assert "Minder dan toen" not in text
    assert "West, ontmoetingsplekken was deels" in words("/raad/?sinds=kwartaal")


def test_where_nothing_was_kept_then_the_page_says_so():
    a_town()
    judged()
    assert "hielden wij dit nog niet bij." in words()


def test_the_norms_stand_there_with_their_document():
    a_town()
    the_norms()
    text = words()
    assert "Voor 80 % van de inwoners is er een ontmoetingsplek binnen 800 meter." in text
    assert "Staat in: Raadsbesluit 2026-12." in text


def test_another_municipality_is_not_shown():
    a_town()
    wijk = an_area("WK990201", "district", name="Elders", municipality=ELSEWHERE)
    a_neighborhood("BU99020101", municipality=ELSEWHERE, parent=wijk)
    assert set(states()) == {"Oost", "West"}
    assert "Elders" not in page()


def test_every_page_of_the_council_is_one_click_away():
    a_town()
    links = set(re.findall(r'href="([^"#?]+)', page()))
    for address in ("/raad/verschuiving", "/raad/samenhang", "/raad/wijkopgaven", "/raad/vragen", "/raad/geld",
                    "/raad/raadsbrief.pdf", "/raad/cijfers.csv", "/rolgesprek/kader", "/raad/wijk/west"):  # fmt: skip
        assert address in links


def test_the_number_of_queries_does_not_grow_with_the_wijken():
    a_town()
    the_norms()
    judged()
    page()  # the converter of pictures and the templates are there
    with CaptureQueriesContext(connection) as few:
        page()
    for number in range(3, 9):
        wijk = an_area(f"WK99010{number}", "district", name=f"Wijk {number}", west=5, east=5.1, south=52, north=52.1,
                       longitude=5.05, latitude=52.05, boundary=b"")  # fmt: skip
        a_neighborhood(f"BU99010{number}01", parent=wijk)
    with CaptureQueriesContext(connection) as many:
        page()
    assert len(many) == len(few) <= 14


def test_the_front_door_and_the_framework_lead_to_it():
    a_town()
    assert 'href="/raad/"' in page("/")
    assert 'href="/raad/"' in page("/rolgesprek/kader")
