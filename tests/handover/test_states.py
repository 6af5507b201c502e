"""The table of steps: complete, and without a way around it."""

import pytest

from samenspel.handover.states import ENDED, OPEN, REOPENS, STEPS, WITHOUT_TEXT, State, StepRefused, after


def test_every_state_is_reached_and_every_end_is_an_end():
    reached = {step.to for step in STEPS.values()} - {None}
    assert reached | {State.WAITING} == set(State)
    assert set(OPEN) | set(ENDED) == set(State)
    assert set(REOPENS) | set(WITHOUT_TEXT) == set(ENDED)


def test_a_question_without_text_never_moves_again():
    for verb in STEPS:
        for state in WITHOUT_TEXT:
            with pytest.raises(StepRefused):
                after(verb, state)


def test_only_the_resident_says_that_it_helped():
    closing = {verb for verb, step in STEPS.items() if step.to in (State.HELPED, State.OWN_CIRCLE)}
    assert {whose for verb in closing for whose in STEPS[verb].whose} == {"resident"}


def test_a_refusal_says_where_the_question_is():
    with pytest.raises(StepRefused, match="verhuisd"):
        after("say_helped", State.MOVED)
