"""The advisory council reads a draft that stands still, advises, and the college reacts."""

from datetime import timedelta

import pytest

from samenspel.people.checks import FactRefused
from samenspel.policy.council import ask_advice, give_advice, newest_advice, react, settled, withdraw_question
from samenspel.policy.drafting import reword_part
from tests.people.rows import AT, BY
from tests.policy.framework_rows import TODAY, a_draft, adopted, advised, part

pytestmark = pytest.mark.django_db


def test_a_draft_stands_still_while_the_council_reads_it():
    version = a_draft()
    words = {"version": version, "kind": "role", "part_id": "1", "words": part(), "by": BY, "at": AT}
    ask_advice(version=version, by=BY, at=AT)

    with pytest.raises(FactRefused, match="leest nu dit concept"):
        reword_part(**words)

    withdraw_question(version=version, by=BY, at=AT)
    reword_part(**words)
    assert newest_advice(version) is None


def test_advice_is_asked_once_and_answered_once():
    version = a_draft()
    ask_advice(version=version, by=BY, at=AT)

    with pytest.raises(FactRefused, match="al gevraagd"):
        ask_advice(version=version, by=BY, at=AT)
    give_advice(version=version, advice="Voor.", advised_on=TODAY, by=BY, at=AT)
    with pytest.raises(FactRefused, match="geen advies gevraagd"):
        give_advice(version=version, advice="Tegen.", advised_on=TODAY, by=BY, at=AT)
    with pytest.raises(FactRefused, match="geen vraag"):
        withdraw_question(version=version, by=BY, at=AT)


@pytest.mark.parametrize(
    ("advice", "days"),
    [pytest.param("", 0, id="no text"), pytest.param("Voor.", -1, id="before"), pytest.param("Voor.", 1, id="ahead")],
)
def test_advice_without_text_or_on_a_day_that_cannot_be_is_refused(advice: str, days: int):
    version = a_draft()
    ask_advice(version=version, by=BY, at=AT)

    with pytest.raises(FactRefused) as caught:
        give_advice(version=version, advice=advice, advised_on=TODAY + timedelta(days), by=BY, at=AT)

    assert caught.value.field == "advised_on"


def test_the_college_reacts_to_advice_that_is_there_and_may_mend_its_words():
    version = a_draft()
    ask_advice(version=version, by=BY, at=AT)
    with pytest.raises(FactRefused, match="nog geen advies"):
        react(version=version, reaction="Dank.", reacted_on=TODAY, by=BY, at=AT)
    give_advice(version=version, advice="Voor.", advised_on=TODAY, by=BY, at=AT)
    with pytest.raises(FactRefused) as caught:
        react(version=version, reaction="Dank.", reacted_on=TODAY - timedelta(1), by=BY, at=AT)
    assert caught.value.field == "reacted_on"

    for words in ("Dank.", "Dank u wel."):
        react(version=version, reaction=words, reacted_on=TODAY, by=BY, at=AT)
    assert settled(version).reaction == "Dank u wel."


def test_asking_again_after_a_reaction_puts_publishing_off():
    version = a_draft()
    advised(version)
    assert settled(version)

    ask_advice(version=version, by=BY, at=AT)

    assert settled(version) is None


def test_what_changes_after_the_advice_is_seen():
    version = a_draft()
    advised(version)
    assert not newest_advice(version).is_of_another_text

    reword_part(version=version, kind="role", part_id="1", words=part(), by=BY, at=AT)

    assert newest_advice(version).is_of_another_text


def test_after_publishing_the_advice_stays_as_it_is():
    version = adopted(a_draft())

    with pytest.raises(FactRefused, match="al vastgesteld"):
        react(version=version, reaction="Toch niet.", reacted_on=TODAY, by=BY, at=AT)
