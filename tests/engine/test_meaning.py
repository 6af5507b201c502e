"""Comparing vectors: centring, order, and what is too far."""

from collections.abc import Sequence

import numpy as np
import pytest

from samenspel.engine.meaning import Means, Numbers, cosines, lengths, nearest_rows
from tests.engine.topics import MEANS, TopicEncoder

CODER = TopicEncoder()


def likeness(question: str, offerings: Sequence[str], means: Means = MEANS) -> Numbers:
    vectors = CODER.offerings(offerings)
    mean = means.of_offerings(vectors)
    return cosines(CODER.questions([question])[0], vectors, means, mean, lengths(vectors, mean))


def test_the_offering_of_the_same_topic_is_nearest() -> None:
    found = likeness("ik wil wandelen", ["koffie", "samen wandelen", "geld"])
    assert found.argmax() == 1
    assert found[1] > 0.9


def test_centring_takes_off_what_all_texts_of_one_kind_share() -> None:
    plain = CODER.offerings(["koffie", "geld"]) @ CODER.questions(["koffie"])[0]
    assert plain.max() < 0.15, "the shared part hides the likeness"
    assert likeness("koffie", ["koffie", "geld"])[0] > 0.9


def test_cosines_stay_between_minus_one_and_one() -> None:
    found = likeness("koffie en geld", ["koffie geld", "taal wandelen", "iets"])
    assert np.all(np.abs(found) <= 1.0001)


def test_a_question_that_is_the_mean_itself_is_near_nothing() -> None:
    assert likeness("iets", ["koffie", "geld"]).tolist() == [0.0, 0.0]


def test_an_offering_that_is_the_mean_itself_gives_a_number() -> None:
    assert np.isfinite(likeness("koffie", ["iets"])).all()


def test_few_offerings_are_compared_with_the_stored_mean() -> None:
    alone = MEANS.of_offerings(CODER.offerings(["koffie"]))
    assert np.linalg.norm(alone - MEANS.offerings) < 0.01


def test_many_offerings_have_a_mean_of_their_own() -> None:
    vectors = CODER.offerings(["koffie"] * 5000)
    assert np.linalg.norm(MEANS.of_offerings(vectors) - vectors[0]) < 0.01


def test_no_offerings_have_the_stored_mean() -> None:
    none = np.empty((0, len(MEANS.offerings)), dtype=np.float32)
    assert MEANS.of_offerings(none) == pytest.approx(MEANS.offerings)


def test_rows_come_nearest_first_and_equal_ones_in_their_own_order() -> None:
    found = np.array([0.3, 0.9, 0.3, 0.5], dtype=np.float32)
    assert nearest_rows(found, limit=10, least=0.0) == [1, 3, 0, 2]


@pytest.mark.parametrize(("limit", "rows"), [(2, [1, 3]), (0, []), (-1, [])], ids=["two", "none", "less than none"])
def test_no_more_rows_than_asked(limit: int, rows: list[int]) -> None:
    found = np.array([0.3, 0.9, 0.3, 0.5], dtype=np.float32)
    assert nearest_rows(found, limit=limit, least=0.0) == rows


def test_what_is_too_far_is_left_out() -> None:
    found = np.array([0.19, 0.2, -0.8, 0.4], dtype=np.float32)
    assert nearest_rows(found, limit=10, least=0.2) == [3, 1]
