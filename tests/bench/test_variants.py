"""The spoiled questions of `bench.bench_quality`."""

import pytest

from bench.variants import keywords, with_slip, without_marks

QUESTION = "Ik zoek zo'n café om te dansen"


@pytest.mark.parametrize("seed", ["a", "b", "c", "d", "e"])
def test_a_slip_changes_exactly_one_long_word_and_only_a_little(seed):
    spoiled = with_slip(QUESTION, seed)
    changed = [
        (before, after) for before, after in zip(QUESTION.split(), spoiled.split(), strict=True) if before != after
    ]
    assert len(changed) == 1
    before, after = changed[0]
    assert len(before) >= 4
    assert abs(len(before) - len(after)) <= 1


def test_the_same_seed_makes_the_same_slip():
    assert with_slip(QUESTION, "a") == with_slip(QUESTION, "a")
    assert len({with_slip(QUESTION, str(seed)) for seed in range(20)}) > 5


def test_a_question_of_short_words_stays_as_it_is():
    assert with_slip("ik ook", "a") == "ik ook"


def test_accents_and_apostrophes_go_out():
    assert without_marks("Zo’n café, ’s middags") == "Zon cafe, s middags"


def test_keywords_are_what_is_left_without_stop_words():
    assert keywords("Ik wil zo graag weer eens dansen, met muziek!") == "dansen muziek"
