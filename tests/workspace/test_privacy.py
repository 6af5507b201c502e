"""The page of FG and CISO: the register to read, the papers to take along, for three roles, in few queries."""

import io
import zipfile
from typing import Any

import pytest
from django.test import Client

from samenspel.accountability.papers import FOLDER, papers
from samenspel.accountability.register import register
from tests.people.rows import AT, GM, an_area
from tests.workspace.accounts import signed_in

pytestmark = pytest.mark.django_db
READERS = ["administrator", "privacy_officer", "security_officer"]


@pytest.mark.parametrize("role", READERS)
def test_the_readers_see_every_processing_and_find_the_page_in_the_menu(role: str):
    client = signed_in(role)
    seen = client.get("/werk/privacy").content.decode()

    assert [one.name for one in register() if f'id="{one.key}">{one.name}</h3>' not in seen] == []
    assert 'href="/werk/privacy" aria-current="page"' in seen


def test_somebody_else_is_told_for_whom_the_page_is():
    client = signed_in("editor")

    assert client.get("/werk/privacy").status_code == 403
    assert "Deze pagina is voor de FG" in client.get("/werk/privacy").content.decode()
    assert client.get("/werk/privacy/dpia.md").status_code == 403


def test_a_field_is_shown_with_its_class_and_nothing_of_a_person():
    client = signed_in("privacy_officer", name="Marloes-de-FG")
    seen = client.get("/werk/privacy").content.decode().split("<main", 1)[1]

    assert "<dt>Velden: bijzonder</dt>" in seen
    assert "Marloes-de-FG" not in seen


@pytest.mark.parametrize("name", ["dpia.md", "bio2.md", "verwerkingsregister.csv"])
def test_a_paper_is_taken_along_as_a_file_that_no_cache_keeps(name: str):
    an_area(GM, "municipality", name="Markerwaard")
    response = signed_in("security_officer").get(f"/werk/privacy/{name}")

    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response.headers["Cache-Control"] == "no-store"
    assert "Markerwaard" in response.content.decode()


def test_all_papers_come_in_one_zip():
    response = signed_in("privacy_officer").get(f"/werk/privacy/{FOLDER}")

    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert archive.namelist() == [paper.name for paper in papers(municipality=GM, at=AT)]


def test_a_paper_that_is_not_there_is_not_found():
    assert signed_in("privacy_officer").get("/werk/privacy/settings.py").status_code == 404


def test_nothing_can_be_changed_here():
    client: Client = signed_in("privacy_officer")

    assert client.post("/werk/privacy").status_code == 405
    assert client.post("/werk/privacy/dpia.md").status_code == 405


def test_the_page_asks_a_handful_of_questions_to_the_store(django_assert_max_num_queries: Any):
    client = signed_in("privacy_officer")
    with django_assert_max_num_queries(15):
        client.get("/werk/privacy")
