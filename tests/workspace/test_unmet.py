"""The page of what residents did not find: whole periods, no small numbers, and what the figures do not say."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from samenspel.outcomes.periods import Period, quarter_with, year_of_weeks
from tests.outcomes.rows import FULL, UNCLEAR, a_count
from tests.people.rows import ELSEWHERE, GM, an_area
from tests.workspace.accounts import signed_in

pytestmark = pytest.mark.django_db


def last_quarter() -> Period:
    return quarter_with(quarter_with(timezone.localdate()).begins - timedelta(days=1))


def page(path: str = "/werk/gemist") -> str:
    response = signed_in().get(path)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def table(text: str) -> list[list[str]]:
    """The cells of each row, without what is drawn."""
    rows = re.findall(r"<tr>(.*?)</tr>", text.split("</thead>")[0] + text.split("</thead>")[1])
    return [
        [" ".join(re.sub(r"<[^>]*>", " ", cell).split()) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in rows
    ]


def test_the_newest_quarter_is_shown_with_small_numbers_hidden():
    week = last_quarter().begins
    an_area("WK990101", "district", name="Wijk 01 Dorp")
    a_count(24, week=week)
    a_count(31, week=week, area="WK990102")
    a_count(3, week=week, area="WK990103")
    a_count(14, week=week, need="coffee", why=FULL)
    a_count(50, week=week, need="", why=UNCLEAR, area=GM)

    seen = page()

    assert last_quarter().label in seen
    assert table(seen) == [
        ["Behoefte", "Hele gemeente", "Dorp", "WK990102", "WK990103", "Plaats niet genoemd"],
        ["Samen eten niets in de buurt", "55", "afgeschermd", "30", "afgeschermd", "0"],
        ["Vraag niet begrepen", "50", "0", "0", "0", "50"],
        ["Koffie en inloop alles vol", "10", "10", "0", "0", "0"],
    ]
    assert '<rect width="100" height="8"' in seen


def test_what_the_figures_do_not_say_stands_on_the_page():
    seen = page()

    assert "Eén telling is één keer zoeken. Het is niet één persoon." in seen
    assert "Wie belt, langskomt of aan de balie vraagt, staat er niet in." in seen


def test_without_counts_the_page_says_when_there_will_be():
    a_count(40, week=last_quarter().begins, municipality=ELSEWHERE)
    seen = page()

    assert "Er zijn nog geen cijfers." in seen
    assert "De cijfers van dit kwartaal ziet u vanaf" in seen
    assert "<table" not in seen


def test_the_running_quarter_is_not_told_in_any_way():
    running = quarter_with(timezone.localdate())
    a_count(40, week=last_quarter().begins)
    a_count(77, week=running.begins)
    client = signed_in()

    assert ["Samen eten niets in de buurt", "40", "40"] in table(
        re.sub(r"\s+", " ", client.get("/werk/gemist").content.decode())
    )
    assert client.get(f"/werk/gemist?periode={running.key}").status_code == 404
    assert client.get(f"/werk/gemist/{running.key}.csv").status_code == 404


def test_a_whole_year_shows_no_wijken():
    last_year = timezone.localdate().year - 1
    a_count(40, week=year_of_weeks(last_year).begins)

    seen = page(f"/werk/gemist?periode={last_year}")

    assert table(seen) == [["Behoefte", "Hele gemeente"], ["Samen eten niets in de buurt", "40"]]
    assert "Over een heel jaar tonen wij geen wijken." in seen


@pytest.mark.parametrize("key", ["x", "2019-1", "9999", "2026-9"])
def test_a_period_that_is_not_there_is_not_found(key: str):
    a_count(40, week=last_quarter().begins)
    client = signed_in()

    assert client.get("/werk/gemist", {"periode": key}).status_code == 404
    assert client.get(f"/werk/gemist/{key}.csv").status_code == 404


def test_the_file_says_what_the_page_says_and_calculates_nothing():
    week = last_quarter().begins
    an_area("WK990101", "district", name="=1+1")
    a_count(24, week=week)
    a_count(31, week=week, area="WK990102")
    a_count(3, week=week, area="WK990103")

    response = signed_in().get(f"/werk/gemist/{last_quarter().key}.csv")

    assert response["Content-Disposition"] == f'attachment; filename="samenspel-gemist-{last_quarter().key}.csv"'
    assert response.content.decode("utf-8-sig").splitlines() == [
        "behoefte;reden;'=1+1;WK990102;WK990103;hele gemeente",
        "samen eten;niets in de buurt;afgeschermd;30;afgeschermd;55",
    ]


def test_another_municipality_is_not_seen():
    a_count(40, week=last_quarter().begins, municipality=ELSEWHERE, need="coffee")
    a_count(40, week=last_quarter().begins)

    assert "Koffie" not in page()


@pytest.mark.parametrize("role", ["team_member", "desk"])
def test_only_an_administrator_sees_it(role: str):
    response = signed_in(role).get("/werk/gemist")

    assert response.status_code == 403
    assert "Alleen een beheerder ziet wat inwoners niet vonden." in response.content.decode()
