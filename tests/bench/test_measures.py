"""The figures of `bench.bench_quality`, on examples worked by hand."""

from math import isnan, log2

import pytest

from bench.measures import Outcome, has, ndcg, score


def test_the_best_order_scores_1_and_what_is_not_there_costs_nothing():
    assert ndcg([3, 2, 0], [2, 3]) == 1


def test_the_reversed_order_scores_what_the_formula_gives_by_hand():
    # gains 1 and 7 at places 1 and 2, against 7 and 1
    assert ndcg([1, 3], [3, 1]) == pytest.approx((1 + 7 / log2(3)) / (7 + 1 / log2(3)))


def test_no_result_scores_0():
    assert ndcg([], [3]) == 0


def test_a_grade_3_weighs_7_where_a_grade_1_weighs_1():
    assert ndcg([1], [3]) == pytest.approx(1 / 7)


def test_what_stands_behind_the_tenth_place_counts_nothing():
    assert ndcg([0] * 10 + [3], [3]) == 0


def test_more_than_ten_labels_can_still_be_answered_perfectly():
    assert ndcg([2] * 10, [2] * 25) == 1


def test_a_question_without_labels_has_no_ndcg():
    with pytest.raises(ValueError, match="label above 0"):
        ndcg([0], [])


@pytest.mark.parametrize(
    ("first", "least", "expected"),
    [(1, 2, False), (3, 2, True), (3, 3, False)],
    ids=["not-first", "within-three", "not-exact"],
)
def test_success_looks_at_the_first_results_only(first, least, expected):
    assert has([1, 2, 0, 3], least=least, first=first) is expected


def test_scores_are_means_over_the_questions_they_are_about():
    found = score(
        [
            Outcome(grades=(3, 0), labels=(3,)),
            Outcome(grades=(0, 2), labels=(2,)),
            Outcome(grades=(), labels=(3,)),
            Outcome(grades=(0,), labels=()),
            Outcome(grades=(), labels=()),
            Outcome(grades=(0,), labels=(), has_note=True),
        ]
    )
    assert found.ndcg == pytest.approx((1 + 1 / log2(3) + 0) / 3)
    assert (found.good_first, found.good_of_3) == (pytest.approx(1 / 3), pytest.approx(2 / 3))
    assert (found.exact_first, found.exact_of_3) == (pytest.approx(1 / 3), pytest.approx(1 / 3))
    assert found.nothing == pytest.approx(1 / 3)
    assert found.honest == pytest.approx(2 / 3)


def test_scores_of_nothing_are_not_a_number():
    nothing = score([])
    assert isnan(nothing.ndcg)
    assert isnan(nothing.honest)
