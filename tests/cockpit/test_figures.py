"""The files with all public figures: what the command writes and the API gives."""

import csv
import io

import pytest
from django.test import Client
from django.utils import timezone

from samenspel.places.models import Area
from samenspel.strength.statistics import COLUMNS, document
from tests.people.rows import AT, GM
from tests.policy.block_rows import WEST, a_town
from tests.strength.test_statistics import counted, shifted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


def test_the_json_is_the_document_of_the_command():
    a_town()
    counted(1)
    answer = Client().get("/raad/cijfers.json")
    assert (answer.status_code, len(answer.cookies)) == (200, 0)
    assert answer.json() == document(GM, at=AT)


def test_the_table_has_every_row_under_its_columns():
    a_town()
    counted(1)
    answer = Client().get("/raad/cijfers.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))

    assert answer["Content-Disposition"] == 'attachment; filename="samenspel-cijfers.csv"'
    assert rows[0] == COLUMNS
    assert [row[0] for row in rows[1:]] == [one["id"] for one in document(GM, at=AT)["items"]]


@pytest.mark.parametrize("path", ["/raad/cijfers.csv", "/raad/cijfers.json"])
def test_a_file_that_is_kept_is_another_as_soon_as_one_figure_is(path: str):
    a_town()
    counted(1)
    first, again = (Client().get(path).content for _ in range(2))
    shifted("2026Q3", WEST, "home", "asked", 2, 40)
    changed = Client().get(path).content
    Area.objects.filter(code=WEST).update(name="Wijk 01 Nieuwe naam")
    renamed = Client().get(path).content

    assert first == again != changed != renamed
    assert "Nieuwe naam" not in changed.decode()
    assert "Nieuwe naam" in renamed.decode()


@pytest.mark.parametrize("path", ["/raad/cijfers.csv", "/raad/cijfers.json"])
def test_an_empty_store_gives_an_empty_file_and_nothing_can_be_sent(path: str):
    assert Client().get(path).status_code == 200
    assert Client().post(path).status_code == 405
