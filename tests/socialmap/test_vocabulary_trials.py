"""What drafts would change: one question, and all trial questions, answered with and without them."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from samenspel.engine.matching import understand
from samenspel.engine.matching.own_phrases import Addition
from samenspel.engine.matching.phrases import read
from samenspel.socialmap.trials import compare, try_all
from samenspel.socialmap.vocabulary import vocabulary
from samenspel.socialmap.width import TOO_WIDE, WIDE, trial_questions, widths
from tests.socialmap.index_cast import AT, Town, bring_up_to_date, town_with_offerings

WALK = Addition("xqzwv kjbhq", "names", "walking_buddy")


@pytest.fixture
def town(db: None, tmp_path: Path, settings: Any) -> Town:
    settings.DATA = tmp_path
    town = town_with_offerings()
    bring_up_to_date()
    return town


def test_one_question_is_answered_without_and_with_the_drafts(town: Town):
    found = compare("wie wil er xqzwv kjbhq", [WALK], near=town.near(), at=AT, limit=5)

    assert found.is_changed
    assert not found.raises_alarm
    assert found.now.needs == ()
    assert found.then.needs == ("samen wandelen",)
    assert "Ommetje met thermoskan" in found.then.results
    assert "Ommetje met thermoskan" not in found.now.results


def test_a_draft_that_is_not_in_the_question_changes_nothing(town: Town):
    assert not compare("ik wil schaken", [WALK], near=town.near(), at=AT, limit=5).is_changed


def test_a_draft_shows_which_trial_questions_get_another_answer(town: Town):
    trial = try_all([Addition("wiskunde", "names", "games")], near=town.near(), at=AT, limit=3)

    assert [one.question for one in trial.changed] == ["wie helpt mijn zoon met zijn wiskunde"]
    assert "spelletjes en kaarten" in trial.changed[0].then.needs
    assert len(trial.changed[0].then.results) <= 3
    assert trial.wide == ()
    assert trial.questions == len(trial_questions())


def test_a_phrase_that_is_found_everywhere_is_called_wide(town: Town):
    trial = try_all([Addition("=ik", "hints", "games"), WALK], near=town.near(), at=AT, limit=3)

    assert [one.addition.text for one in trial.wide] == ["=ik"]
    assert trial.wide[0].percent > TOO_WIDE
    assert trial.wide[0].is_too_wide


def test_an_alarm_is_too_wide_sooner_than_a_need():
    need, alarm = widths([Addition("wil", "hints", "games"), Addition("wil", "alarms", "emergency")], vocabulary())

    assert WIDE < need.percent <= TOO_WIDE
    assert (need.is_wide, need.is_too_wide) == (True, False)
    assert (alarm.is_wide, alarm.is_too_wide) == (True, True)


def test_no_shipped_phrase_is_wide():
    """What is asked of an editor holds for the shipped words too."""
    words = vocabulary()
    readings = [read(question, words.speller) for question in trial_questions()]
    books = (words.signs, words.not_needs, words.alarms)
    found = Counter(text for book in books for one in readings for text in {hit.phrase.text for hit in book.find(one)})

    assert [text for text, times in found.items() if 100 * times > WIDE * len(readings)] == []


def test_an_alarm_on_a_daily_question_is_called_out(town: Town):
    trial = try_all([Addition("mooi weer", "alarms", "emergency")], near=town.near(), at=AT, limit=3)

    assert [(one.question, one.raises_alarm) for one in trial.changed] == [("wat een mooi weer vandaag", True)]


def test_a_draft_that_cannot_be_read_any_more_is_passed_by(town: Town):
    trial = try_all([Addition("wiskunde", "names", "gone_need")], near=town.near(), at=AT, limit=3)

    assert (trial.changed, trial.wide) == ((), ())


def test_the_trial_questions_together_show_every_need_and_some_ask_for_nothing():
    understood = [understand(question, vocabulary()) for question in trial_questions()]
    shown = {need.key for one in understood for need in one.needs}

    assert set(vocabulary().needs) - shown == set()
    assert sum(not one.needs and not one.urgent for one in understood) >= 3
    assert sum(bool(one.urgent) for one in understood) >= 3
