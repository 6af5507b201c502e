"""Norms of Markerwaard's council, and what council and residents put to the college (`questions.toml`), once."""

import tomllib
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from samenspel.audit.action import Actor
from samenspel.demo.load import WRITTEN_ON
from samenspel.engine.calendar import ZONE
from samenspel.policy.models import BlockNorm, PublicQuestion
from samenspel.policy.norms import EXAMPLE_NORMS, NormFacts, set_norm
from samenspel.policy.questions import QuestionFacts, answer_question, note_question, set_past_question
from samenspel.sources.vocabulary import BuildingBlock

FILE = Path(__file__).with_name("questions.toml")
_DAYS = ("asked_on", "due_on", "answered_on", "entered_on")


def load_questions(municipality: str, by: Actor, at: datetime) -> None:
    """Make what is not there yet; the days of questions move by whole weeks with the day of loading."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    if not BlockNorm.objects.filter(municipality=municipality).exists():
        for facts in _norms(told["norms"]):
            set_norm(municipality=municipality, facts=facts, by=by, at=_moment(facts.since))
    if not PublicQuestion.objects.filter(municipality=municipality).exists():
        moved = timedelta(weeks=(at.astimezone(ZONE).date() - WRITTEN_ON).days // 7)
        for entry in told["question"]:
            _load_question(municipality, {**entry, **{key: entry[key] + moved for key in _DAYS if key in entry}}, by)


def _norms(told: dict[str, Any]) -> list[NormFacts]:
    """The norms in the order in which they were adopted."""
    first = {
        block: replace(facts, since=told["since"], document=told["document"]) for block, facts in EXAMPLE_NORMS.items()
    }
    places = first[BuildingBlock.MEETING_PLACES]
    first[BuildingBlock.MEETING_PLACES] = replace(places, amount=told["meeting_hours"], evening=False)
    return [*first.values(), replace(EXAMPLE_NORMS[BuildingBlock.MEETING_PLACES], **told["renewed"])]


def _load_question(municipality: str, told: dict[str, Any], by: Actor) -> None:
    given = {key: value.strip() if key == "text" else value for key, value in told.items()}
    answer, on = given.pop("answer", ""), given.pop("answered_on", None)
    entered = given.pop("entered_on", None)
    facts, said = QuestionFacts(**given), answer.strip()
    if entered:
        set_past_question(municipality=municipality, facts=facts, answer=said, on=on, by=by, at=_moment(entered))
        return
    question = note_question(municipality=municipality, facts=facts, by=by, at=_moment(facts.asked_on))
    if on:
        answer_question(question=question, answer=said, on=on, by=by, at=_moment(on))


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=ZONE)
