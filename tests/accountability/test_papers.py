"""The papers are whole: 17 points, every duty of the agreement, every gap marked, and no personal data."""

import io
import json
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from samenspel.accountability.installation import installation
from samenspel.accountability.papers import FOLDER, GAP, Paper, as_zip, papers
from samenspel.accountability.register import measures
from samenspel.handover.grounds import fix_ground, proposal
from samenspel.people.mandates import FootingFacts, set_footing
from tests.handover.rows import a_person, a_team, a_town
from tests.people.rows import BY, GM, an_area, an_organization

pytestmark = pytest.mark.django_db
ON_POSTGRESQL = connection.vendor == "postgresql"
AT = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
"""Half past midnight of the next day in the Netherlands."""
POINTS = (
    "Voorstel",
    "Persoonsgegevens",
    "Gegevensverwerkingen",
    "Doelen",
    "Betrokken partijen",
    "Belangen",
    "Waar het gebeurt",
    "Techniek en methode",
    "Juridisch en beleidsmatig kader",
    "Bewaartermijnen",
    "Rechtsgrond",
    "Bijzondere persoonsgegevens",
    "Doelbinding",
    "Noodzaak en evenredigheid",
    "Rechten van betrokkenen",
    "Risico's",
    "Maatregelen",
)


def made() -> dict[str, Paper]:
    return {paper.name: paper for paper in papers(municipality=GM, at=AT)}


def text(name: str) -> str:
    return made()[name].content.decode("utf-8")


def test_the_folder_has_the_four_papers_and_the_register_in_three_forms():
    assert list(made()) == [
        "verwerkingsregister.md",
        "verwerkingsregister.csv",
        "verwerkingsregister.json",
        "dpia.md",
        "verwerkersovereenkomst.md",
        "bio2.md",
    ]


def test_the_dpia_has_the_17_points_in_order_with_text_and_mostly_a_question():
    parts = re.split(r"^## (\d+)\. (.+)$", text("dpia.md"), flags=re.MULTILINE)
    numbers, names, texts = parts[1::3], parts[2::3], parts[3::3]

    assert [(int(number), name) for number, name in zip(numbers, names, strict=True)] == list(enumerate(POINTS, 1))
    assert all(len(one.strip()) > 100 for one in texts)
    assert [int(number) for number, one in zip(numbers, texts, strict=True) if GAP not in one] == [3, 4]


@pytest.mark.parametrize(
    "subject", ["questions", "handovers", "meldingen", "early_signs", "accounts", "confirmations", "unmet_needs"]
)
def test_the_dpia_covers_each_processing_of_weight(subject: str):
    words = {
        "questions": "Vraag achterlaten",
        "handovers": "Overdracht en kring",
        "meldingen": "Melding",
        "early_signs": "Zorg over een ander",
        "accounts": "Accounts",
        "confirmations": "Bevestigen",
        "unmet_needs": "Wat niet gevonden is",
    }

    assert f"| {words[subject]} |" in text("dpia.md")


def test_every_measure_against_a_risk_is_one_of_the_table():
    risks = text("dpia.md").split("## 16. ")[1].split("## 17. ")[0]
    named = set(re.findall(r"\b[5-8]\.\d\d\b", risks))

    assert named
    assert named <= {measure.number for measure in measures()}
    assert all(f"| {number} " in text("dpia.md").split("## 17. ")[1] for number in named)


@pytest.mark.parametrize("letter", "abcdefgh")
def test_the_agreement_has_every_duty_of_article_28_3(letter: str):
    assert re.search(rf"lid 3 onder {letter}\b", text("verwerkersovereenkomst.md"))


@pytest.mark.parametrize("name", ["verwerkingsregister.md", "dpia.md", "verwerkersovereenkomst.md", "bio2.md"])
def test_a_paper_is_whole_dated_and_in_plain_characters(name: str):
    an_area(GM, "municipality", name="Markerwaard")
    content = text(name)

    assert "Markerwaard" in content
    assert "23 november 2026" in content
    assert "??" not in content
    assert "&#" not in content
    assert "{%" not in content
    assert made()[name].gaps == content.count("Door de gemeente in te vullen") - (name == "dpia.md")


@pytest.mark.parametrize("name", ["verwerkingsregister.md", "dpia.md", "bio2.md"])
def test_every_line_of_a_table_has_as_many_cells_as_its_head(name: str):
    for table in re.findall(r"(?:^\|.*\|\n)+", text(name), re.MULTILINE):
        assert len({line.count("|") for line in table.splitlines()}) == 1, table


def test_the_csv_opens_in_dutch_excel_and_the_json_says_for_whom():
    whole = json.loads(text("verwerkingsregister.json"))

    assert made()["verwerkingsregister.csv"].content.startswith(b"\xef\xbb\xbfverwerking;doel;")
    assert whole["controller"] == f"het college van burgemeester en wethouders van {GM}"
    assert whole["processings"][0]["key"] == "questions"


def test_a_team_with_its_own_controller_and_the_grounds_of_the_fg_are_named():
    a_town()
    ours = a_team("Jeugd")
    partner = an_organization(name="Stichting Jong")
    facts = FootingFacts(controller=partner, law_articles=("wmo-2-2-3",))
    set_footing(team=ours, facts=facts, by=BY, at=AT)
    before = text("dpia.md")
    fix_ground(municipality=GM, facts=proposal()[0], by=BY, at=AT)

    assert "de FG heeft nog geen lijst vastgesteld" in before
    assert f"| {proposal()[0].name} |" in text("dpia.md")
    assert "| Jeugd | Stichting Jong |  | Wmo 2015, artikel 2.2.3 |" in text("verwerkingsregister.md")
    assert "**Team Jeugd:** verantwoordelijk is Stichting Jong." in text("dpia.md")


def test_no_paper_shows_anybody_who_works_here():
    a_team("West", members=(a_person("lianne"),))

    assert [name for name, paper in made().items() if b"lianne" in paper.content] == []


def test_the_settings_advise_what_is_not_safe_yet_and_show_no_secret(settings: Any, tmp_path: Path):
    settings.EMAIL_HOST, settings.EMAIL_HOST_PASSWORD, settings.EMAIL_USE_TLS = "mail.example.nl", "geheim", False
    settings.KEYS, settings.DATA = tmp_path / "data" / "keys", tmp_path / "data"
    settings.TILES, settings.SECURE_SSL_REDIRECT, settings.SECOND_FACTOR = "https://t.example/{z}.png", False, False
    unsafe = {one.name: one for one in installation()}
    settings.EMAIL_USE_TLS, settings.KEYS, settings.TILES = True, tmp_path / "keys", ""
    settings.SECURE_SSL_REDIRECT, settings.SECOND_FACTOR = True, True
    safe = {one.name: one for one in installation()}

    assert [name for name, one in unsafe.items() if not one.advice and name != "Database"] == []
    assert [name for name, one in safe.items() if one.advice and name != "Database"] == []
    assert unsafe["Mail"].value == "via mail.example.nl, niet versleuteld"
    assert unsafe["Kaarten"].value == "tegels van t.example"
    assert "geheim" not in str(unsafe)
    settings.EMAIL_HOST = ""
    assert installation()[3].value == "gaat als bestand naar een map"


def test_a_service_with_questions_is_advised_to_use_postgresql():
    store = installation()[0]

    assert (store.value, bool(store.advice)) == (("PostgreSQL", False) if ON_POSTGRESQL else ("SQLite", True))


def test_the_zip_holds_the_same_files_and_is_the_same_twice():
    files = papers(municipality=GM, at=AT)
    whole = as_zip(files, at=AT)

    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {one.name: one.content for one in files}
        assert archive.infolist()[0].date_time[:3] == (2026, 11, 23)
    assert as_zip(files, at=AT) == whole


def test_the_command_writes_the_folder_and_says_how_much_is_left_to_fill_in(
    tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
):
    settings.MUNICIPALITY = GM
    call_command("folder", out=tmp_path / "map", json=True)
    answer = json.loads(capsys.readouterr().out)
    call_command("folder", out=tmp_path / "map")

    assert {path.name for path in (tmp_path / "map").iterdir()} == {one["name"] for one in answer["files"]}
    assert (tmp_path / "map" / "dpia.md").read_text(encoding="utf-8").startswith("# Gegevensbescherming")
    assert all(one["to_fill_in"] > 0 for one in answer["files"] if one["name"].endswith(".md"))
    assert "dpia.md: DPIA" in capsys.readouterr().out


def test_the_command_says_in_one_line_what_is_wrong(tmp_path: Path, settings: Any):
    settings.MUNICIPALITY = ""
    with pytest.raises(CommandError, match="welke gemeente"):
        call_command("folder", out=tmp_path / "map")
    settings.MUNICIPALITY = GM
    (tmp_path / "bestand").write_text("vol")
    with pytest.raises(CommandError, match="niet te schrijven"):
        call_command("folder", out=tmp_path / "bestand" / "map")


def test_the_name_of_the_zip_is_none_of_its_files():
    assert FOLDER not in made()
