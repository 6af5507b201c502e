"""The register holds every model once, every field with its class, and says in Dutch what art. 30 asks for."""

import json
import re
import tomllib

import pytest
from django.apps import apps

from samenspel.accountability import register as module
from samenspel.accountability.register import (
    HERE,
    NotRegistered,
    Processing,
    as_data,
    as_rows,
    declarations,
    measures,
    register,
)
from samenspel.engine.privacy import Registered

PROCESSINGS: dict[str, dict[str, object]] = tomllib.loads((HERE / "processings.toml").read_text(encoding="utf-8"))
ENGLISH = re.compile(r"\b(the|and|until|with|when|while|nothing|deleted|erased|days)\b", re.IGNORECASE)


def of(key: str) -> Processing:
    return next(one for one in register() if one.key == key)


def test_every_model_stands_in_one_processing_with_all_its_fields():
    kept = [one for processing in register() for one in processing.kept]

    assert sorted(one.label for one in kept) == sorted(declarations())
    for one in kept:
        assert sum(map(len, one.fields.values())) == len(declarations()[one.label].classes), one.label


@pytest.mark.parametrize("label", sorted(declarations()))
def test_every_model_names_a_known_processing_and_speaks_dutch(label: str):
    declared = declarations()[label]

    assert declared.processing in PROCESSINGS
    assert [
        said
        for said in (declared.purpose, declared.retention, declared.export, declared.erasure)
        if ENGLISH.search(said) or "|" in said
    ] == []


@pytest.mark.parametrize("label", sorted(declarations()))
def test_what_is_about_a_person_stands_in_a_processing_about_persons(label: str):
    declared = declarations()[label]

    assert bool(PROCESSINGS[declared.processing]["persons"]) or not (declared.personal or declared.special)


@pytest.mark.parametrize("key", sorted(PROCESSINGS))
def test_a_processing_says_all_that_article_30_asks_for(key: str):
    said = PROCESSINGS[key]

    assert all(said[name] for name in ("name", "purpose", "data", "recipients", "ground"))
    if said["persons"]:
        assert said["measures"]
        assert "AVG" in str(said["ground"]) or "zelfde" in str(said["ground"]) or "FG" in str(said["ground"])
    assert "|" not in str(said)


def test_no_processing_is_left_without_a_model():
    assert [one.key for one in register()] == list(PROCESSINGS)


def test_a_model_without_a_processing_is_refused_by_name(monkeypatch: pytest.MonkeyPatch):
    lost = {"people.User": Registered(purpose="p", retention="r", processing="nergens")}
    monkeypatch.setattr(module, "declarations", lambda: lost)

    with pytest.raises(NotRegistered, match=r"people\.User: geen verwerking 'nergens'"):
        register()


def test_a_question_of_a_resident_is_special_and_protected_by_encryption():
    question = of("questions")

    assert ("sealed",) in [one.fields.get("bijzonder") for one in question.kept]
    assert "8.24" in [measure.number for measure in question.measures]


def test_the_spreadsheet_has_a_line_for_each_model_as_long_as_its_head():
    head, *lines = as_rows(register(), controller="het college")

    assert {len(line) for line in lines} == {len(head)}
    assert len(lines) == len(declarations())
    assert {line[head.index("verwerkingsverantwoordelijke")] for line in lines} == {"het college"}
    assert [line[head.index("bijzonder")] for line in lines if "handover.HelpRequest" in line] == ["sealed"]


def test_the_data_for_software_are_plain_json_with_numbers_of_measures():
    data = json.loads(json.dumps(as_data(register())))

    assert data[0]["key"] == "questions"
    assert data[0]["measures"] == [measure.number for measure in of("questions").measures]


def test_a_measure_stands_in_the_table_once_in_order():
    numbers = [measure.number for measure in measures()]

    assert numbers == sorted(set(numbers))
    assert all(one.startswith(measure.number) for measure in measures() for one in measure.specific)


def test_the_models_of_the_register_are_those_of_the_installation():
    assert {model._meta.label for model in apps.get_models()} == set(declarations())
