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
LIGHTER = "Mensen vonden hulp dichter bij huis dan waar zij haar meestal zoeken."


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


def test_the_newest_quarter_is_told_in_words_with_its_pictures_and_tables():
    a_quarter("2026Q2")
    a_quarter()
    text = words()

    assert LIGHTER in text
    assert "Dit gaat over de hele gemeente. Derde kwartaal 2026." in text
    assert "Of het standhoudt" not in text
    assert page().count('src="data:image/svg+xml;base64,') == 5
    assert 'alt="Waar het is opgelost, de hele gemeente, in 2026 K3: eigen kring 60,' in page()
    assert "2026 K2 0 0 0 200 0" in text


def test_lighter_without_a_figure_for_what_came_back_is_no_proof_that_it_holds():
    a_quarter(returned=4)
    assert f"{LIGHTER} Dit gaat over de hele gemeente. Derde kwartaal 2026. Of het standhoudt, is niet gemeten." in (
        words()
    )


def test_a_running_quarter_is_not_told():
    a_quarter("2026Q4")
    assert "Er is nog geen kwartaal om te laten zien." in words()


def test_what_comes_back_stands_beside_it_and_turns_a_gain_into_none():
    a_quarter("2026Q2", returned=20)
    a_quarter(returned=60)
    text = words()
    assert "Mensen vonden hulp dichter bij huis, maar dat is geen winst" in text
    assert re.search(r"Derde kwartaal 2026 Mensen vonden hulp dichter bij huis, maar [^.]+\. 3\d niet gemeten", text)


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
    assert "Van een wijk laten wij dit niet zien: de aantallen zijn te klein." in text
    assert "In geld" not in text


def test_a_wijk_without_counts_has_too_little_to_show():
    a_quarter()
    text = words(f"{URL}?wijk=oost")
    assert "Dit is niet gemeten: er is te weinig om te laten zien." in text
    assert "Hier is te weinig om te laten zien." in text
    assert "data:image/svg" not in page(f"{URL}?wijk=oost")


def test_a_theme_shows_what_is_asked_and_found_but_not_what_is_solved():
    counted("asked", {3: 100}, theme="care")
    a_quarter()
    text = words(f"{URL}?thema=care")
    assert "Mensen vinden hulp dichter bij huis dan waar zij zochten." in text
    assert "Van een thema weten wij niet waar het is opgelost." in text
    assert "Waar het is opgelost, zorg" not in text
    assert "Hier staat welk deel van het aanbod samen met anderen was." in text
    assert "100 %" in text


def test_a_theme_within_a_wijk_is_not_shown():
    counted("asked", {3: 100}, theme="care")
    a_quarter()
    text = words(f"{URL}?thema=care&wijk=west")
    assert "U ziet de wijk. Een thema in één wijk laten wij niet zien: die aantallen zijn te klein." in text
    assert "Dit gaat over West." in text


@pytest.mark.parametrize("query", ["?wijk=nergens", "?thema=onzin", "?wijk=' or 1=1"])
def test_what_is_no_choice_shows_the_whole_municipality(query: str):
    a_quarter()
    assert "Dit gaat over de hele gemeente." in words(URL + query)


def test_without_own_prices_nothing_is_said_in_money():
    a_quarter()
    assert "Dit zeggen wij alleen met eigen prijzen van de gemeente, voor elke laag." in words()


def test_money_is_a_range_no_more_certain_than_its_prices():
    a_quarter()
    for layer, low, high in ((0, 0, 0), (2, 40, 120), (3, 350, 700)):
        set_unit_price(municipality=GM, layer=layer, since=date(2026, 1, 1), low=low, high=high,
                       source="Begroting 2026", by=BY, at=AT)  # fmt: skip
    text = words()
    found = re.search(r"Het scheelt tussen ([\d.]+) en ([\d.]+) euro\.", text)
    assert found
    low, high = (int(figure.replace(".", "")) for figure in found.groups())
    assert low < high
    assert (low % 1_000, high % 1_000) == (0, 0)
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
    with CaptureQueriesContext(connection) as many:
        page()
    assert len(many) == len(few) <= 8
