"""The day of one person: in clear groups, without a word of a resident, in as many queries whatever it holds."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samenspel.handover.handing import accept, give_back, refuse
from samenspel.handover.holding import close, note_contact
from samenspel.handover.models import HelpRequest
from samenspel.workspace.daily import Day
from tests.policy.wijk_rows import a_challenge, a_gap_action, a_network, a_partner, a_promise, a_wijk
from tests.workspace.accounts import an_account
from tests.workspace.days import LONG_AGO, NAME, NUMBER, WORD, Morning, a_morning, acting, asked, at_work, handed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys(settings: Any, tmp_path: Any) -> None:
    settings.KEYS = tmp_path / "keys"


@pytest.fixture
def morning() -> Morning:
    return a_morning()


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def groups(client: Client) -> dict[str, list[Any]]:
    """The rows per group, by its key."""
    return {group.kind.key: [line.row.pk for line in group.lines] for group in client.get("/werk/").context["groups"]}


def marks(client: Client) -> list[str]:
    return [mark for group in client.get("/werk/").context["groups"] for line in group.lines for mark in line.marks]


def test_what_one_holds_what_nobody_holds_and_what_a_colleague_holds_are_kept_apart(morning: Morning):
    mine, nobodys = asked(morning, holder=morning.bram), asked(morning)
    asked(morning, holder=morning.mieke)

    assert groups(at_work(morning.bram)) == {"mijn": [mine.pk], "niemand": [nobodys.pk]}
    assert groups(at_work(morning.omar)) == {"mijn": [], "niemand": []}


def test_what_is_late_stands_first_and_nowhere_else(morning: Morning):
    mine, nobodys = asked(morning, ago=LONG_AGO, holder=morning.bram), asked(morning, ago=LONG_AGO)
    client = at_work(morning.bram)

    assert {key: set(rows) for key, rows in groups(client).items()} == {
        "eerst": {mine.pk, nobodys.pk},
        "mijn": set(),
        "niemand": set(),
    }
    assert marks(client) == ["te laat: nog geen contact"] * 2


def said_no(morning: Morning, row: HelpRequest) -> None:
    refuse(handover=handed(morning, row), refusal="full", by=acting(morning.roos), at=datetime.now(UTC))


def gave_back(morning: Morning, row: HelpRequest) -> None:
    handover = handed(morning, row)
    accept(handover=handover, by=acting(morning.roos), at=datetime.now(UTC))
    give_back(handover=handover, by=acting(morning.roos), at=datetime.now(UTC))


@pytest.mark.parametrize("comes_back", [said_no, gave_back])
def test_what_came_back_stands_first_until_something_is_done_with_it(
    morning: Morning, comes_back: Callable[[Morning, HelpRequest], None]
):
    row = asked(morning, holder=morning.bram)
    client = at_work(morning.bram)
    comes_back(morning, row)
    assert groups(client)["eerst"] == [row.pk]
    assert "kwam terug" in marks(client)

    row.refresh_from_db()
    note_contact(request=row, way="phone", reached=True, by=acting(morning.bram), at=datetime.now(UTC))
    assert groups(client) == {"mijn": [row.pk], "niemand": []}


def test_a_handover_waits_at_the_team_or_organization_that_is_asked_and_nowhere_else(morning: Morning):
    row = asked(morning, holder=morning.bram)
    to_club, to_west = handed(morning, row), handed(morning, row, kind="partner", team=morning.west)
    handed(morning, row, kind="partner", spoken=False, team=morning.west)

    assert groups(at_work(morning.roos)) == {"antwoord": [to_club.pk], "mijn": []}
    assert groups(at_work(morning.omar))["antwoord"] == [to_west.pk]
    assert "antwoord" not in groups(at_work(morning.mieke))


def test_an_organization_sees_the_questions_it_took_and_where_it_helps(morning: Morning):
    taken, helped = asked(morning, holder=morning.bram), asked(morning, holder=morning.bram)
    accept(handover=handed(morning, taken), by=acting(morning.roos), at=datetime.now(UTC))
    beside = handed(morning, helped, kind="partner")
    accept(handover=beside, by=acting(morning.roos), at=datetime.now(UTC))

    assert groups(at_work(morning.roos)) == {"mijn": [taken.pk], "mee": [beside.pk]}
    assert taken.pk not in groups(at_work(morning.bram))["mijn"]


def test_no_list_holds_a_word_of_a_resident(morning: Morning):
    row = asked(morning, holder=morning.bram)
    handed(morning, row)
    asked(morning, ago=LONG_AGO)
    for user, path in ((morning.bram, "/werk/"), (morning.roos, "/werk/"), (morning.bram, "/werk/lijst/eerst")):
        page = at_work(user).get(path).content.decode()
        assert [word for word in (WORD, NAME, NUMBER, "wandelmaatje") if word in page] == []


def test_an_empty_day_says_so_kindly(morning: Morning):
    page = at_work(morning.bram).get("/werk/").content.decode()

    assert "Mooi: er is ruimte." in page
    assert "Alles is opgepakt." in page
    assert "te laat" not in page


def test_a_long_list_shows_twenty_and_the_way_to_all_by_pages(morning: Morning):
    for _ in range(23):
        asked(morning)
    client = at_work(morning.bram)
    page = client.get("/werk/")

    assert len(groups(client)["niemand"]) == 20
    assert '<span class="work-count">23</span>' in page.content.decode()
    assert 'href="/werk/lijst/niemand"' in page.content.decode()
    assert len(client.get("/werk/lijst/niemand").context["lines"]) == 23
    assert client.get("/werk/lijst/wat-anders").status_code == 404
    assert at_work(morning.roos).get("/werk/lijst/niemand").status_code == 404


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


@pytest.mark.parametrize("path", ["/werk/", "/werk/lijst/eerst", "/werk/vragen"])
def test_the_number_of_queries_does_not_grow_with_the_work(morning: Morning, path: str):
    def more() -> None:
        row = asked(morning, holder=morning.bram)
        handed(morning, asked(morning, holder=morning.mieke), kind="partner", team=morning.west)
        said_no(morning, row)
        for given in ({"ago": LONG_AGO}, {}, {"holder": morning.bram}):
            asked(morning, **given)

    client = at_work(morning.bram)
    more()
    few = queries(client, path)
    for _ in range(4):
        more()

    assert queries(client, path) == few


def test_who_has_no_team_yet_hears_whom_to_ask(morning: Morning):
    bram_alone = at_work(morning.bram)
    morning.bram.teams.clear()

    assert "Vraag uw beheerder" in bram_alone.get("/werk/").content.decode()


def test_a_question_that_ended_leaves_the_day(morning: Morning):
    row = asked(morning, holder=morning.bram)
    close(request=row, verb="say_helped", by=acting(morning.bram), at=datetime.now(UTC) + timedelta(seconds=1))
    client = at_work(morning.bram)

    assert groups(client)["mijn"] == []
    assert "Pas afgesloten" in client.get("/werk/vragen").content.decode()


def test_a_page_that_is_only_read_writes_nothing_within_a_minute(morning: Morning):
    client = at_work(morning.bram)
    client.get("/werk/")
    with CaptureQueriesContext(connection) as seen:
        client.get("/werk/")

    assert [one["sql"] for one in seen.captured_queries if not one["sql"].lstrip("(").startswith("SELECT")] == []


def test_what_came_back_and_was_given_on_no_longer_stands_first(morning: Morning):
    row = asked(morning, holder=morning.bram)
    said_no(morning, row)
    handed(morning, row)

    assert groups(at_work(morning.bram)) == {"mijn": [row.pk], "niemand": []}


def test_own_wijken_say_when_the_network_meets_and_what_is_late_with_the_way_there(morning: Morning):
    wijk = a_wijk()
    a_wijk("WK990107", "Ganzewaard")
    today = timezone.localdate()
    a_network(next_on=today + timedelta(days=4))
    a_promise(a_partner(a_challenge()), due_on=today - timedelta(days=3))
    for _ in range(2):
        a_gap_action(due_on=today - timedelta(days=1))
    a_gap_action(due_on=today)
    a_gap_action(area="WK990107", due_on=today - timedelta(days=9))
    morning.east.areas.add(wijk)
    page = at_work(morning.bram).get("/werk/").content.decode()
    part = words(page.partition('aria-labelledby="wijken"')[2].partition("</section>")[0])

    assert "Koogkring:" in part
    assert "Te laat: 1 belofte in Rietkoog , 2 acties in Rietkoog ." in part
    assert "Ganzewaard" not in part
    for href in ("/werk/wijken/overleg/rietkoog", "/werk/wijken/opgaven", "/werk/wijken/acties"):
        assert f'href="{href}"' in page


@pytest.mark.parametrize(
    ("days", "said"),
    [(30, "Koogkring:"), (31, None), (-2, "Schrijf op of het doorging"), (None, None)],
    ids=["within a month", "later", "passed", "no day"],
)
def test_a_day_of_the_network_is_shown_a_month_before_and_once_it_passed(
    morning: Morning, days: int | None, said: str | None
):
    morning.east.areas.add(a_wijk())
    a_network(next_on=None if days is None else timezone.localdate() + timedelta(days=days))
    page = at_work(morning.bram).get("/werk/").content.decode()

    assert ("Uw wijken" in page) is (said is not None)
    assert said is None or said in page


def test_the_part_about_wijken_is_for_who_keeps_them_and_costs_six_queries(morning: Morning):
    morning.east.areas.add(a_wijk())
    a_gap_action(due_on=timezone.localdate() - timedelta(days=1))
    member = an_account("team_member")
    morning.east.members.add(member)
    assert "Uw wijken" not in at_work(member).get("/werk/").content.decode()
    assert "Uw wijken" not in at_work(morning.roos).get("/werk/").content.decode()

    asked_for = []
    for number in range(3):
        a_wijk(f"WK99011{number}", f"Wijk {number}")
        a_network(f"WK99011{number}")
        day = Day(morning.bram, at=datetime.now(UTC))
        with CaptureQueriesContext(connection) as seen:
            assert day.own_wijken()
        asked_for.append(len(seen))
    assert asked_for == [6, 6, 6]
