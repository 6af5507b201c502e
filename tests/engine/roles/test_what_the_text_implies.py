"""What must hold for every combination of facts because the denkkader says so; checked on all 3^14 of them."""

import numpy as np
import pytest
from numpy.typing import NDArray

from samenspel.engine.roles.facts import DECIDING, Answer
from samenspel.engine.roles.rules import Outcome
from samenspel.engine.roles.table import outcomes

NO, UNKNOWN, YES = Answer.NO, Answer.UNKNOWN, Answer.YES
OWNED = (Outcome.ROLE_3, Outcome.ROLE_4)
ROLES = (Outcome.ROLE_1, Outcome.ROLE_2, Outcome.ROLE_3, Outcome.ROLE_4)


def where(**facts: Answer) -> NDArray[np.int8]:
    """The outcomes where these facts are so; the axes of the other facts remain, in their order."""
    return outcomes()[tuple(facts.get(fact, slice(None)) for fact in DECIDING)]


def moves(fact: str, before: Answer, after: Answer, **others: Answer) -> set[tuple[Outcome, Outcome]]:
    """Every pair of different outcomes that one other answer makes, over all answers of the rest."""
    was, becomes = where(**{fact: before}, **others), where(**{fact: after}, **others)
    seen = np.flatnonzero(np.bincount((was * 8 + becomes).ravel(), minlength=64)).tolist()
    return {(Outcome(pair // 8), Outcome(pair % 8)) for pair in seen if pair // 8 != pair % 8}


@pytest.mark.parametrize("fact", ["individual_right", "statutory_task"])
def test_what_the_law_gives_is_owned_whatever_else_is_so(fact: str) -> None:
    assert np.isin(where(**{fact: YES}), OWNED).all()
    assert (where(**{fact: YES}, codesign=YES) == Outcome.ROLE_3).all()
    assert (where(**{fact: YES}, codesign=NO) == Outcome.ROLE_4).all()


@pytest.mark.parametrize("fact", ["individual_right", "statutory_task"])
@pytest.mark.parametrize("before", [NO, UNKNOWN], ids=["no", "unknown"])
def test_learning_of_a_right_or_task_never_lowers_a_role(fact: str, before: Answer) -> None:
    assert all(becomes > was for was, becomes in moves(fact, before, YES) if was in ROLES)


@pytest.mark.parametrize("condition", ["meets_law", "meets_conditions"])
def test_a_failing_condition_undoes_no_right_and_no_task(condition: str) -> None:
    for fact in ("individual_right", "statutory_task"):
        assert moves(condition, YES, NO, **{fact: YES}) == set()


@pytest.mark.parametrize("condition", ["meets_law", "meets_conditions"])
def test_without_a_right_a_failing_condition_leads_to_no_support_or_nothing(condition: str) -> None:
    failing = where(individual_right=NO, statutory_task=NO, own_circle=NO, **{condition: NO})

    assert (failing == Outcome.NOT_DONE).all()
    assert not {becomes for _, becomes in moves(condition, YES, NO)} & set(ROLES)


def test_a_condition_nobody_looked_at_blocks_nothing() -> None:
    for condition in ("meets_law", "meets_conditions"):
        assert moves(condition, UNKNOWN, YES) == set()


def test_an_unknown_right_blocks_what_is_less_than_ownership_and_nothing_more() -> None:
    open_ = where(individual_right=UNKNOWN)

    assert set(np.unique(open_)) == {Outcome.NOT_ENOUGH_KNOWN, *OWNED, Outcome.NO_INVOLVEMENT}
    assert {was for was, _ in moves("individual_right", NO, UNKNOWN)} <= {
        Outcome.ROLE_1, Outcome.ROLE_2, Outcome.ROLE_3, Outcome.NOT_DONE
    }  # fmt: skip


def test_an_unknown_task_does_not_block_what_residents_own() -> None:
    assert moves("statutory_task", NO, UNKNOWN, residents_decide=YES) == set()


def test_in_the_own_circle_the_government_has_no_business_unless_the_law_or_a_choice_brings_it() -> None:
    private = where(
        own_circle=YES, open_to_others=NO, organized=NO, individual_right=NO, statutory_task=NO, institutional_choice=NO
    )

    assert (private == Outcome.NO_INVOLVEMENT).all()
    assert not (where(own_circle=NO) == Outcome.NO_INVOLVEMENT).any()
    assert not (where(open_to_others=YES) == Outcome.NO_INVOLVEMENT).any()
    assert not (where(organized=YES) == Outcome.NO_INVOLVEMENT).any()


def test_better_proof_never_lowers_support() -> None:
    for fact in ("proven", "new_initiative"):
        for before, after in ((NO, UNKNOWN), (UNKNOWN, YES), (NO, YES)):
            assert not {was for was, _ in moves(fact, before, after)} & set(ROLES)


def test_proof_only_counts_where_the_community_cannot_do_it_alone() -> None:
    for alone in (UNKNOWN, YES):
        assert moves("proven", NO, YES, can_alone=alone) == set()


def test_being_able_alone_never_raises_a_role() -> None:
    for before in (NO, UNKNOWN):
        assert all(becomes < was for was, becomes in moves("can_alone", before, YES) if was in ROLES)


def test_support_takes_somebody_to_show_that_the_community_cannot_do_it_alone() -> None:
    for alone in (UNKNOWN, YES):
        assert not (where(can_alone=alone) == Outcome.ROLE_2).any()


def test_support_takes_a_fit_and_proof_or_newness() -> None:
    supported = np.argwhere(outcomes() == Outcome.ROLE_2)
    fits, proven, new = (supported[:, DECIDING.index(fact)] for fact in ("fits_policy", "proven", "new_initiative"))

    assert (fits == YES).all()
    assert ((proven == YES) | (new == YES)).all()


def test_residents_who_decide_never_get_an_owner_above_them_but_by_law() -> None:
    assert not np.isin(where(residents_decide=YES, individual_right=NO, statutory_task=NO), OWNED).any()


def test_codesign_only_parts_role_3_from_role_4_where_an_institution_owns() -> None:
    assert moves("codesign", NO, YES) == {
        (Outcome.ROLE_4, Outcome.ROLE_3),
        (Outcome.NOT_DONE, Outcome.ROLE_3),  # nobody owns it: residents who make along are what makes role 3 possible
    }
    assert moves("codesign", NO, YES, residents_decide=YES, individual_right=NO, statutory_task=NO) == set()


def test_role_4_is_only_for_what_the_law_or_a_choice_gives() -> None:
    without = where(individual_right=NO, statutory_task=NO, institutional_choice=NO)

    assert not (without == Outcome.ROLE_4).any()


def test_an_answer_takes_an_advice_back_only_where_it_opens_another_question() -> None:
    """Learning more may lead from an outcome to "not enough known"; these are all the ways, each with its reason."""
    taken_back = {
        (fact, after.word, was.key)
        for fact in DECIDING
        for after in (NO, YES)
        for was, becomes in moves(fact, UNKNOWN, after)
        if becomes == Outcome.NOT_ENOUGH_KNOWN
    }

    assert taken_back == {
        # It is not private after all: then who owns it, and whether anybody has a right to it, must be known.
        ("open_to_others", "yes", "no_involvement"),
        ("organized", "yes", "no_involvement"),
        ("institutional_choice", "yes", "no_involvement"),
        # It fails a condition: no is only said when nobody has a right to it.
        ("meets_law", "no", 3), ("meets_law", "no", 4),
        ("meets_conditions", "no", 3), ("meets_conditions", "no", 4),
        # Residents own it and not the institution: then less than ownership is advised, so a right must be ruled out.
        ("residents_decide", "yes", 3), ("residents_decide", "yes", 4),
        # Somebody showed that it cannot be done alone: then fit and proof count.
        ("can_alone", "no", 1),
    }  # fmt: skip
