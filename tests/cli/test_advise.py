"""`samenspel advise`: the role advice on the command line, as text, as JSON and as a schema."""

import io
import json
import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from samenspel.cli.management.commands import advise as advise_command
from samenspel.engine.roles import shipped
from samenspel.engine.roles.facts import FACTS, MEASURES
from tests.cli.running import run

pytestmark = pytest.mark.django_db

FRAMEWORKS = Path(shipped.__file__).parents[2] / "frameworks"
CASES = FRAMEWORKS / "berkelland" / "cases"
CHOIR = CASES / "koor-piano.toml"
AID = CASES / "hulpmiddel-pool.toml"
OWN = """
[framework]
name = "eigen"
title = "Ons kader"
of = "gemeente Zeestede"
version = "1"
from = 2026-01-01
document = "Kader"
summary = "Van ons."
extends = ["berkelland"]

[rule.able]
name = "Zelf"
text = "Onze eigen woorden."
source = "eigen kader"

[[threshold]]
id = "few_participants"
fact = "few_participants"
measure = "participants_share"
below = 50
from = 2026-07-01
source = "besluit"
"""


@pytest.fixture(autouse=True)
def _home(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path / "data"
    settings.MUNICIPALITY = "GM9901"


def answer(capsys: pytest.CaptureFixture[str], *words: Any) -> dict[str, Any]:
    assert run("advise", *words, "--json") == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def refusal(capsys: pytest.CaptureFixture[str], *words: Any) -> str:
    assert run("advise", *words) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert error.count("\n") == 1
    return error.strip()


def a_case(folder: Path, text: str = "", *, title: str = 'title = "Een casus"\n') -> Path:
    file = folder / "casus.toml"
    file.write_text(title + text, encoding="utf-8")
    return file


def test_the_choir_stays_with_the_community_and_support_is_not_automatic(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, CHOIR)

    assert (found["advice"], found["owner"]) == (1, "community")
    assert [rule["id"] for rule in found["rules"] if rule["decides"]] == ["able"]
    assert "not_automatic" in {each["id"] for each in found["conditions"]}
    assert {change["to"]: change["facts"] for change in found["would_change"]}[2] == {
        "proven": "yes", "can_alone": "no"
    }  # fmt: skip


def test_the_aid_is_the_municipalitys_with_a_pool_as_a_way_and_the_right_unchanged(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = answer(capsys, AID)

    assert (found["advice"], found["owner"]) == (4, "municipality")
    assert {"right_stands", "pool"} <= {each["id"] for each in found["conditions"]}


def test_the_keys_of_the_answer_are_those_agreed(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, CHOIR)

    assert set(found) == {
        "advice", "owner", "sphere", "rules", "principles", "missing", "would_change", "conditions", "review",
        "precedents", "equal_cases",
    }  # fmt: skip
    assert set(found["sphere"]) == {"value", "doubt"}
    assert {"id", "source", "speaks_for", "text"} <= set(found["rules"][0])
    assert {"number", "verdict", "evidence"} <= set(found["principles"][0])
    assert {"to", "facts"} == set(found["would_change"][0])


def test_every_case_that_ships_fits_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    run("advise", "--schema")
    schema = jsonschema.Draft202012Validator(json.loads(capsys.readouterr().out))

    for file in sorted(CASES.iterdir()):
        schema.validate(tomllib.loads(file.read_text()))


def test_people_read_who_owns_it_what_decides_and_what_would_change_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("advise", CHOIR) == 0
    text = capsys.readouterr().out

    for part in (
        "Een koor vraagt een bijdrage voor een piano",
        "Advies: Rol 1: De gemeenschap is eigenaar.",
        "Een mens beslist.",
        "Eigenaar: de gemeenschap",
        "Leefsfeer: Gemeenschappelijke sociale basis",
        "Dit beslist:\n  De gemeenschap kan dit zelf.",
        "(§4, rol 1; voorbeeld koor)",
        "  1. Binnen de wet en de randvoorwaarden: in orde",
        "  - Naar rol 3: Taak van de gemeente wordt ja",
        "  - Naar rol 4: Bewoners beslissen wordt nee; Eigen keuze van een instelling wordt ja",
        "Steun is mogelijk als blijkt",
        "Gelijke gevallen (dezelfde feiten):\n  - Een tweede koor vraagt ook een piano",
    ):
        assert part in text


def test_people_read_what_is_missing_what_is_in_doubt_and_why_to_look_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = "[facts]\nindividual_right = false\nresidents_decide = true\norganized = false\n[now]\nrole = 2\n"
    run("advise", a_case(tmp_path, f"{facts}review_on = 2026-01-01\n"), "--on", "2026-02-01")
    text = capsys.readouterr().out

    assert "Twijfel: De tekst noemt bewonersinitiatieven" in text
    assert "Nog niet bekend, en het kan het advies veranderen:\n  - " in text
    assert "Redenen om opnieuw te kijken:\n  - De dag om terug te kijken is geweest." in text


@pytest.mark.parametrize(
    ("words", "advice"),
    [(("yes", "no"), 2), (("ja", "nee"), 2), ((True, False), 2), (("onbekend", "unknown"), "not_enough_known")],
    ids=["english", "dutch", "booleans", "unknown"],
)
def test_facts_are_told_in_english_dutch_or_as_booleans(
    words: tuple[Any, Any], advice: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    yes, no = map(json.dumps, words)
    facts = "".join(f"{fact} = {yes}\n" for fact in ("residents_decide", "fits_policy", "proven"))
    facts += "".join(f"{fact} = {no}\n" for fact in ("individual_right", "can_alone"))

    assert answer(capsys, a_case(tmp_path, f"[facts]\n{facts}"))["advice"] == advice


def test_a_dash_reads_the_case_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(AID.read_bytes())))
    assert answer(capsys, "-")["advice"] == 4

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'title = "x"\n[facts]\nbla = "yes"')))
    assert refusal(capsys, "-") == "standaardinvoer, regel 3: “bla” is geen feit dat Samenspel kent"


def test_the_schema_gives_every_fact_measure_and_outcome_its_meaning(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("advise", "--schema") == 0
    schema = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator.check_schema(schema)
    parts = schema["properties"]

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert set(parts["facts"]["properties"]) == set(FACTS)
    assert all(each["title"] and "?" in each["description"] for each in parts["facts"]["properties"].values())
    assert {name: each["description"] for name, each in parts["measures"]["properties"].items()} == MEASURES
    outcomes = schema["$defs"]["advice"]["oneOf"]
    assert [each["const"] for each in outcomes] == [1, 2, 3, 4, "no_involvement", "not_done", "not_enough_known"]
    assert all(each["title"] and each["description"] for each in outcomes)


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ('[facts]\nbla = "yes"', 3),
        ('[facts]\nproven = "misschien"', 3),
        ('[facts]\nproven = { answer = "yes", who = "ik" }', 3),
        ("[facts]\nproven = 1", 3),
        ("[measures]\nvolunteers = -1", 3),
        ("[measures]\nbla = 1", 3),
        ("[now]\nrole = 5", 3),
        ("[now]\nbla = 5", 3),
        ('[expect]\nadvice = "anders"', 2),
        ("bla = 1", 2),
        ("on = 3", 2),
    ],
    ids=lambda value: str(value).replace("\n", " ").replace("[", "").replace("]", ""),
)
def test_what_the_schema_refuses_is_refused_with_its_line(
    wrong: str, line: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = a_case(tmp_path, wrong)
    run("advise", "--schema")
    schema = jsonschema.Draft202012Validator(json.loads(capsys.readouterr().out))
    if wrong != "on = 3":  # a day has no type in the schema, for TOML has days of its own
        assert not schema.is_valid(tomllib.loads(file.read_text()))

    assert refusal(capsys, file).startswith(f"{file}, regel {line}: ")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "noem het bestand van de casus, of vraag --schema"),
        (["nergens.toml"], "nergens.toml: dit bestand bestaat niet"),
        (["."], ".: kan niet gelezen worden"),
        (["nu\0l"], "kan niet gelezen worden"),
        ([CHOIR, "--on", "gisteren"], "--on gisteren: schrijf een datum als JJJJ-MM-DD"),
        ([CHOIR, "--on", "2026-W47-7"], "--on 2026-W47-7: schrijf een datum als JJJJ-MM-DD"),
        ([CHOIR, "--framework", "nergens"], "--framework nergens: kies uit "),
    ],
    ids=["nothing", "gone", "folder", "odd name", "day", "week", "framework"],
)
def test_bad_words_end_with_2_and_one_clear_line(
    words: list[Any], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert message in refusal(capsys, *words)


def test_a_hostile_case_is_refused_with_file_and_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "het bestand is te groot" in refusal(capsys, a_case(tmp_path, "#" * 10_000_000))
    assert "regel 2: het bestand is te diep genest" in refusal(capsys, a_case(tmp_path, "a = " + "[" * 900_000))


def test_a_fact_that_a_number_contradicts_is_refused_at_the_fact(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = '[measures]\nparticipants = 1\ntarget_group = 100\n[facts]\nproven = "no"\nfew_participants = "no"'

    assert "regel 7: few_participants is “no”, maar participants_share is 1" in refusal(capsys, a_case(tmp_path, text))


def test_a_fact_that_cannot_be_beside_a_day_is_refused_at_the_fact_on_the_day_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = a_case(tmp_path, '[facts]\nreview_due = "no"\n[now]\nreview_on = 2026-02-01')

    assert answer(capsys, case, "--on", "2026-01-31")["review"] == []
    assert "regel 3: review_due is “no”, maar de dag om terug te kijken was 2026-02-01" in refusal(
        capsys, case, "--on", "2026-02-01"
    )


def test_an_own_framework_builds_on_what_lies_beside_it_or_ships(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "eigen.toml"
    own.write_text(OWN)
    (tmp_path / "verder").mkdir()
    further = tmp_path / "verder" / "framework.toml"
    further.write_text(OWN.split("[rule", 1)[0].replace('"eigen"', '"verder"').replace("berkelland", "eigen"))
    (tmp_path / "eigen").mkdir()
    (tmp_path / "eigen" / "framework.toml").write_text(OWN.replace("Onze eigen", "Hun eigen"))

    assert answer(capsys, CHOIR, "--framework", own)["rules"][0]["text"] == "Onze eigen woorden."
    assert answer(capsys, CHOIR, "--framework", further)["rules"][0]["text"] == "Hun eigen woorden."
    assert answer(capsys, CHOIR, "--framework", "berkelland")["rules"][0]["text"].startswith("De gemeenschap kan")


def test_a_framework_that_is_wrong_is_refused_with_its_own_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "eigen.toml"
    own.write_text(OWN.replace("from = 2026-07-01\n", ""))
    loop = tmp_path / "kring.toml"
    loop.write_text(OWN.replace('"eigen"', '"kring"').replace('"berkelland"', '"kring"'))
    bare = tmp_path / "kaal.toml"
    bare.write_text(OWN.split("extends", 1)[0].replace('"eigen"', '"kaal"'))

    assert refusal(capsys, CHOIR, "--framework", own).startswith(f"{own}, regel 17: ")
    assert "kaders bouwen in een kring" in refusal(capsys, CHOIR, "--framework", loop)
    assert "kader kaal heeft geen regels voor rollen" in refusal(capsys, CHOIR, "--framework", bare)


def test_thresholds_are_those_of_the_day_asked_then_of_the_case_then_of_today(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    own, measures = tmp_path / "eigen.toml", "[measures]\nparticipants = 20\ntarget_group = 100"
    own.write_text(OWN)
    monkeypatch.setattr(advise_command.timezone, "localdate", lambda: date(2026, 8, 1))

    def reasons(day: str, *words: str) -> set[str]:
        file = a_case(tmp_path, day + measures)
        return {each["id"] for each in answer(capsys, file, "--framework", own, *words)["review"]}

    assert reasons("") == {"few_participants"}
    assert reasons("on = 2026-06-30\n") == set()
    assert reasons("on = 2026-06-30\n", "--on", "2026-07-01") == {"few_participants"}
    assert reasons("", "--on", "2026-06-30") == set()
