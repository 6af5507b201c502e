"""The questions of `bench.bench_quality` are about the demo as it is."""

import csv
import tomllib
from collections import Counter

import pytest

from bench.bench_quality import HALVES, QUESTIONS, VOICES, read_questions
from samenspel.demo.load import FOLDER
from samenspel.engine.dutch import fold

ALL = [one for half in HALVES for one in read_questions(half)]


def test_every_question_has_its_own_id_and_its_own_words():
    assert len({one.id for one in ALL}) == len(ALL)
    assert len({fold(one.text) for one in ALL}) == len(ALL)


@pytest.mark.parametrize("half", HALVES)
def test_each_half_has_twenty_questions_of_each_voice(half: str):
    assert Counter(one.voice for one in ALL if one.half == half) == dict.fromkeys(VOICES, 20)


def test_every_label_is_an_offering_of_the_demo():
    files = FOLDER.glob("offerings-*.toml")
    known = {one["key"] for file in files for one in tomllib.loads(file.read_text(encoding="utf-8"))["offerings"]}
    assert [(one.id, key) for one in ALL for key in one.grades if key not in known] == []


@pytest.mark.parametrize("half", HALVES)
def test_no_offering_has_two_grades_for_one_question(half: str):
    raw = tomllib.loads((QUESTIONS / f"half_{half}.toml").read_text(encoding="utf-8"))["question"]
    labels = {one["id"]: Counter(key for keys in one.get("grades", {}).values() for key in keys) for one in raw}
    assert [(id, key) for id, keys in labels.items() for key, times in keys.items() if times > 1] == []


def test_a_question_has_grades_from_1_to_3_or_says_that_there_is_nothing():
    raw = [
        one
        for half in HALVES
        for one in tomllib.loads((QUESTIONS / f"half_{half}.toml").read_text(encoding="utf-8"))["question"]
    ]
    assert [one["id"] for one in raw if bool(one.get("grades")) == one.get("none", False)] == []
    assert {grade for one in ALL for grade in one.grades.values()} == {1, 2, 3}


def test_every_question_is_asked_from_a_postcode_of_the_demo():
    with (FOLDER / "postcodes.csv").open(encoding="utf-8") as file:
        known = {line["pc6"] for line in csv.DictReader(file)}
    assert [one.id for one in ALL if one.near not in known] == []
