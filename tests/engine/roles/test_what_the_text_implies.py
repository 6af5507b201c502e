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


def said(**facts: Answer) -> set[Outcome]:
    """The outcomes that there are where these facts are so (an array takes minutes to print where a test fails)."""
    return {Outcome(int(outcome)) for outcome in np.unique(where(**facts))}


def moves(fact: str, before: Answer, after: Answer, **others: Answer) -> set[tuple[Outcome, Outcome]]:
    """Every pair of different outcomes that one other answer makes, over all answers of the rest."""
    was, becomes = where(**{fact: before}, **others), where(**{fact: after}, **others)
    seen = np.flatnonzero(np.bincount((was * 8 + becomes).ravel(), minlength=64)).tolist()
    return {(Outcome(pair // 8), Outcome(pair % 8)) for pair in seen if pair // 8 != pair % 8}


@pytest.mark.parametrize("fact", ["individual_right", "statutory_task"])
def test_what_the_law_gives_is_owned_whatever_else_is_so(fact: str) -> None:
    assert said(**{fact: YES}) == set(OWNED)
    assert said(**{fact: YES}, codesign=YES) == {Outcome.ROLE_3}
    for decide in (NO, UNKNOWN):
        assert said(**{fact: YES}, codesign=NO, residents_decide=decide) == {Outcome.ROLE_4}


@pytest.mark.parametrize("fact", ["individual_right", "statutory_task"])
def test_who_decides_contributes_more_than_who_designs_along(fact: str) -> None:
    assert said(**{fact: YES}, residents_decide=YES) == {Outcome.ROLE_3}


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
    assert said(individual_right=NO, statutory_task=NO, own_circle=NO, **{condition: NO}) == {Outcome.NOT_DONE}
    assert not {becomes for _, becomes in moves(condition, YES, NO)} & set(ROLES)


def test_a_condition_nobody_looked_at_blocks_nothing() -> None:
    for condition in ("meets_law", "meets_conditions"):
        # But for what only all answers together settle: a no to the condition would be another answer there.
        assert moves(condition, UNKNOWN, YES) == {
            (Outcome.NOT_ENOUGH_KNOWN, Outcome.ROLE_1), (Outcome.NOT_ENOUGH_KNOWN, Outcome.ROLE_3)
        }  # fmt: skip
        for known in (NO, YES):
            assert moves(condition, UNKNOWN, YES, residents_decide=known, institutional_choice=NO,
                         statutory_task=NO, can_alone=known, individual_right=NO) == set()  # fmt: skip


def test_an_unknown_right_blocks_what_is_less_than_ownership_and_nothing_more() -> None:
    for decide in (NO, UNKNOWN):
        assert said(individual_right=UNKNOWN, residents_decide=decide) == {
            Outcome.NOT_ENOUGH_KNOWN, *OWNED, Outcome.NO_INVOLVEMENT
        }  # fmt: skip
    assert {was for was, _ in moves("individual_right", NO, UNKNOWN)} <= {
        Outcome.ROLE_1, Outcome.ROLE_2, Outcome.ROLE_3, Outcome.NOT_DONE
    }  # fmt: skip


def test_what_residents_decide_is_no_provision_that_somebody_can_claim() -> None:
    assert moves("individual_right", NO, UNKNOWN, residents_decide=YES) == set()


def test_an_unknown_task_does_not_block_what_residents_own() -> None:
    assert moves("statutory_task", NO, UNKNOWN, residents_decide=YES) == set()


def test_in_the_own_circle_the_government_has_no_business_unless_the_law_or_a_choice_brings_it() -> None:
    assert said(
        own_circle=YES, open_to_others=NO, organized=NO, individual_right=NO, statutory_task=NO, institutional_choice=NO
    ) == {Outcome.NO_INVOLVEMENT}
    assert Outcome.NO_INVOLVEMENT not in said(own_circle=NO)
    assert Outcome.NO_INVOLVEMENT not in said(open_to_others=YES)
    assert Outcome.NO_INVOLVEMENT not in said(organized=YES)
    assert Outcome.NO_INVOLVEMENT not in said(institutional_choice=YES)


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
        assert Outcome.ROLE_2 not in said(can_alone=alone)


def test_support_takes_a_fit_and_proof_or_newness() -> None:
    supported = np.argwhere(outcomes() == Outcome.ROLE_2)
    fits, proven, new = (supported[:, DECIDING.index(fact)] for fact in ("fits_policy", "proven", "new_initiative"))

    assert set(fits.tolist()) == {YES}
    assert set(np.maximum(proven, new).tolist()) == {YES}


def test_what_does_not_fit_is_done_by_the_law_alone_or_by_residents_who_decide_and_can() -> None:
    """Whoever owns it; a choice of an institution and what nobody of the community decides are no ways round it."""
    known = {"own_circle": NO, "meets_law": YES, "meets_conditions": YES, "individual_right": NO, "statutory_task": NO}

    assert said(**known, fits_policy=NO, residents_decide=NO) == {Outcome.NOT_DONE}
    for alone in (NO, UNKNOWN):
        assert said(**known, fits_policy=NO, can_alone=alone) == {Outcome.NOT_DONE}
    assert said(**known, fits_policy=NO, residents_decide=YES, can_alone=YES) == {Outcome.ROLE_1}


def test_a_fit_never_lowers_a_role() -> None:
    for before, after in ((NO, UNKNOWN), (UNKNOWN, YES), (NO, YES)):
        assert not {was for was, _ in moves("fits_policy", before, after)} & set(ROLES)


def test_residents_who_decide_never_get_an_owner_above_them_but_by_law() -> None:
    assert not said(residents_decide=YES, individual_right=NO, statutory_task=NO) & set(OWNED)


def test_codesign_only_parts_role_3_from_role_4_where_an_institution_owns() -> None:
    assert moves("codesign", NO, UNKNOWN) == set()
    assert moves("codesign", NO, YES) == {(Outcome.ROLE_4, Outcome.ROLE_3), (Outcome.NOT_ENOUGH_KNOWN, Outcome.ROLE_3)}
    assert moves("codesign", NO, YES, residents_decide=YES) == set()


def test_what_fits_and_works_and_nobody_owns_is_of_the_municipality_with_residents_yet_to_seek() -> None:
    assert said(
        individual_right=NO, statutory_task=NO, own_circle=NO, meets_law=YES, meets_conditions=YES,
        institutional_choice=NO, residents_decide=NO, can_alone=NO, fits_policy=YES, proven=YES,
    ) == {Outcome.ROLE_3}  # fmt: skip


def test_role_4_is_only_for_what_the_law_or_a_choice_gives() -> None:
    assert Outcome.ROLE_4 not in said(individual_right=NO, statutory_task=NO, institutional_choice=NO)


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
        # It does not fit, so the institution had better not own it: the same.
        ("fits_policy", "no", 3), ("fits_policy", "no", 4),
        # Residents own it and not the institution: then whether they need help, whether it fits and works counts.
        ("residents_decide", "yes", 3), ("residents_decide", "yes", 4),
        # What does not fit but can be done alone is of residents who decide: then who decides counts.
        ("can_alone", "yes", "not_done"),
        # Somebody showed that it cannot be done alone: then fit and proof count.
        ("can_alone", "no", 1),
    }  # fmt: skip
