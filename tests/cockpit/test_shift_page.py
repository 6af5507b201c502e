"""The shift of help as a page and a file: what it means, the brake beside it, and what is hidden stays hidden."""

import csv
import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samenspel.outcomes.models import ShiftCount
from samenspel.outcomes.prices import set_unit_price
from tests.people.rows import AT, BY, GM
from tests.policy.block_rows import EAST, WEST, a_town

pytestmark = pytest.mark.django_db
URL = "/raad/verschuiving"
LIGHTER = "Hulp kwam dichter bij huis. Er kwam niet meer terug dan eerst."
FIRST = ("2024Q4", "2025Q1", "2025Q2", "2025Q3")
LAST = ("2025Q4", "2026Q1", "2026Q2", "2026Q3")


@pytest.fixture(autouse=True)
def _town(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages read the clock; it stands still on the day of the rows."""
    monkeypatch.setattr(timezone, "now", lambda: AT)
    a_town()


def counted(moment: str, layers: dict[int, int], *, quarter: str = "2026Q3", area: str = WEST, theme: str = "",
            form: str = "individual") -> None:  # fmt: skip
    ShiftCount.objects.bulk_create(
        ShiftCount(municipality=GM, quarter=quarter, area=area, theme=theme, moment=moment, layer=layer, form=form,
                   times=times)
        for layer, times in layers.items()
    )  # fmt: skip


def a_quarter(quarter: str = "2026Q3", returned: int = 0) -> None:
    """Asked with professionals, solved with volunteers and at home."""
    counted("asked", {3: 200}, quarter=quarter)
    counted("offered", {2: 150}, quarter=quarter, theme="care", form="collective")
    counted("solved", {0: 60, 2: 100}, quarter=quarter)
    if returned:
        counted("returned", {2: returned}, quarter=quarter)


def two_years(*, area: str = WEST, first: int = 20, returned: int = 20) -> None:
    """Each quarter 200 solved: half near home in the first year, three quarters in the second; and what came back."""
    for quarters, near, back in ((FIRST, 100, first), (LAST, 150, returned)):
        for quarter in quarters:
            counted("asked", {2: 40, 3: 160}, quarter=quarter, area=area, theme="care")
            counted("offered", {2: near, 3: 200 - near}, quarter=quarter, area=area, theme="care", form="collective")
            counted("solved", {2: near, 3: 200 - near}, quarter=quarter, area=area)
            if back:
                counted("returned", {3: back}, quarter=quarter, area=area)


def page(path: str = URL) -> str:
    answer = Client().get(path)
    assert (answer.status_code, len(answer.cookies)) == (200, 0)
    return answer.content.decode()


def words(path: str = URL) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page(path)).split())


def test_without_a_count_the_page_says_that_there_is_nothing_yet():
    text = words()
    assert "Er is nog geen kwartaal om te laten zien." in text
    assert "Per kwartaal" not in text


def test_one_quarter_says_nothing_however_much_nearer_help_was_found():
    a_quarter()
    text = words()
    assert "Wij kunnen nog niet zeggen of hulp dichterbij komt. Daarvoor zijn vier kwartalen op rij nodig." in text
    assert "Wat is er veranderd?" not in text
    assert "Eén kwartaal" not in text
    assert "Daarom zegt één kwartaal niets, en kijken wij naar wat verandert." in text


def test_every_quarter_stands_there_with_its_pictures_and_tables():
    a_quarter("2026Q2")
    a_quarter()

    assert "Dit gaat over de hele gemeente." in words()
    assert page().count('src="data:image/svg+xml;base64,') == 5
    assert 'alt="Waar het is opgelost, de hele gemeente, in 2026 K3: eigen kring 60,' in page()
    assert "2026 K2 0 0 0 200 0" in words()
    assert "Van elke 100 dichtbij in 2026 K3: Waar mensen hulp zoeken 0, Wat zij als eerste vinden 100," in page()


def test_two_years_are_told_as_first_and_now_with_how_sure_that_is():
    """Solved near home 102 of 204 first and 152 of 204 now, asked 42 of 204: 30 and then 54 more, so 24 or so."""
    two_years()
    text = words()

    assert f"{LIGHTER} Dit gaat over de hele gemeente. Wij vergelijken" in text
    assert "Wij vergelijken 2025 K4 tot en met 2026 K3 met 2024 K4 tot en met 2025 K3." in text
    assert "Dichtbij gezocht, van elke 100 21 21 Dichtbij opgelost, van elke 100 50 75 Het verschil 29 54" in text
    assert "Terug op elke 100 opgelost 11 11 Hoe zwaar voor groepen niet gemeten niet gemeten" in text
    assert "Het verschil veranderde met +25. Door toeval kan het ook +18 tot +31 zijn." in text


@pytest.mark.parametrize(
    ("first", "returned", "said"),
    [
        (20, 60, "Hulp kwam dichter bij huis, maar dat is geen winst: er kwam meer terug, of het woog te zwaar."),
        (20, 25, "Er kwam iets meer terug dan eerst. Dat kan toeval zijn."),
        (20, 4, "Hoeveel er terugkwam, laten wij niet zien: dat aantal is te klein."),
        (25, 20, LIGHTER),
    ],
    ids=["more", "maybe chance", "hidden", "less"],
)
def test_what_came_back_decides_whether_nearer_is_a_gain(first: int, returned: int, said: str):
    two_years(first=first, returned=returned)
    text = words()
    assert said in text
    assert ("Wij weten nog niet of het winst is." in text) == ("winst" not in said and said != LIGHTER)


def test_what_may_be_chance_is_no_change():
    for quarter in (*FIRST, *LAST):
        a_quarter(quarter)
    text = words()
    assert "Wij zien geen duidelijke verandering. Het verschil kan toeval zijn." in text
    assert "Het verschil veranderde met 0. Door toeval kan het ook" in text


def test_a_running_quarter_is_not_told():
    a_quarter("2026Q4")
    assert "Er is nog geen kwartaal om te laten zien." in words()


def test_less_than_ten_is_hidden_in_page_picture_and_file():
    a_quarter()
    counted("solved", {4: 7})
    text, file = words(), Client().get(f"{URL}.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(file), delimiter=";"))

    assert "2026 K3 60 0 100 0 afgeschermd" in text
    assert ["2026Q3", "gemeente", "", "solved", "4", "", "ja", "1"] in rows
    assert ["2026Q3", "gemeente", "", "solved", "0", "60", "nee", "1"] in rows
    assert not any(row[5] in {str(number) for number in range(1, 10)} for row in rows[1:])


def test_a_wijk_is_shown_by_its_name_and_has_no_share_of_its_own():
    a_quarter()
    text = words(f"{URL}?wijk=west")
    assert "Dit gaat over West." in text
    assert "Samen met anderen: van een wijk laten wij dit niet zien, want de aantallen zijn te klein." in text
    assert "In geld" not in text


def test_a_wijk_is_judged_on_its_own_change():
    two_years()
    for quarter in (*FIRST, *LAST):
        counted("solved", {2: 30, 3: 10}, quarter=quarter, area=EAST)
        counted("asked", {3: 40}, quarter=quarter, area=EAST)
    assert "Hulp kwam dichter bij huis." in words(f"{URL}?wijk=west")
    assert "Wij zien geen duidelijke verandering." in words(f"{URL}?wijk=oost")


def test_a_wijk_without_counts_has_too_little_to_show():
    a_quarter()
    text = words(f"{URL}?wijk=oost")
    assert "Wij kunnen niet zeggen of hulp dichterbij komt. Er zijn te weinig vragen om te laten zien." in text
    assert "Hier is te weinig om te laten zien." in text
    assert "data:image/svg" not in page(f"{URL}?wijk=oost")


def test_a_theme_shows_what_is_asked_and_found_but_not_what_is_solved():
    two_years(returned=60)
    text = words(f"{URL}?thema=care")
    assert "Wat mensen als eerste vinden, kwam dichter bij huis. Dit gaat over zorg en mantelzorg." in text
    assert "Van een thema weten wij niet waar het is opgelost." in text
    assert "Dichtbij gevonden, van elke 100 50 75" in text
    assert "Terug op elke 100" not in text
    assert "Waar het is opgelost, zorg" not in text
    assert "100 %" in text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "welk deel samen met anderen is opgelost, en niet voor één huishouden. Het is een deel, geen aantal."),
        ("?thema=care", "welk deel van het aanbod samen met anderen was. Het is een deel, geen aantal."),
    ],
    ids=["all", "a theme"],
)
def test_that_help_together_is_a_share_stands_with_the_table(query: str, said: str):
    two_years()
    caption = page(URL + query).split("<caption>")[1].split("</caption>")[0]
    assert caption == f"Samen met anderen: {said}"


def test_a_theme_within_a_wijk_is_not_shown():
    counted("asked", {3: 100}, theme="care")
    a_quarter()
    text = words(f"{URL}?thema=care&wijk=west")
    assert "U ziet de wijk. Een thema in één wijk laten wij niet zien: die aantallen zijn te klein." in text
    assert "Dit gaat over West." in text


@pytest.mark.parametrize("query", ["?wijk=nergens", "?thema=onzin", "?wijk=' or 1=1"])
def test_what_is_no_choice_is_not_there(query: str):
    a_quarter()
    assert Client().get(URL + query).status_code == 404


def test_without_own_prices_nothing_is_said_in_money():
    a_quarter()
    assert "Hier staat alleen een bedrag als vaststaat dat hulp verschoof." in words()


def test_money_is_a_range_no_more_certain_than_its_prices():
    two_years()
    for layer, low, high in ((2, 40, 120), (3, 350, 700)):
        set_unit_price(municipality=GM, layer=layer, since=date(2026, 1, 1), low=low, high=high,
                       source="Begroting 2026", by=BY, at=AT)  # fmt: skip
    text = words()
    found = re.search(r"Het scheelt tussen ([\d.]+) en ([\d.]+) euro\.", text)
    assert found
    low, high = (int(figure.replace(".", "")) for figure in found.groups())
    assert low < 200 * 230 < 200 * 660 < high
    assert (low % 1_000, high % 1_000) == (0, 0)
    assert "Dit gaat over 2025 K4 tot en met 2026 K3, met de eigen prijzen van de gemeente." in text
    assert "Professionals in de buurt 350 tot 700 Begroting 2026" in text
    assert "Dit is een rekensom, geen besparing op de begroting." in text


def test_the_number_of_queries_does_not_grow_with_wijken_or_quarters():
    a_quarter()
    page()
    with CaptureQueriesContext(connection) as few:
        page()
    for quarter in ("2025Q4", "2026Q1", "2026Q2"):
        a_quarter(quarter)
        counted("asked", {3: 50}, quarter=quarter, area=EAST)
    page()
    with CaptureQueriesContext(connection) as many:
        page()
    assert len(many) == len(few) <= 8
