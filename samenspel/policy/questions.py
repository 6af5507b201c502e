"""What the council and residents put to the college: written down, due on a day, answered where all can read it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from samenspel.audit.action import Actor, action, record
from samenspel.engine.calendar import ZONE
from samenspel.people.checks import FactRefused, check_row, check_same_municipality
from samenspel.people.facts import differences, lock, names, state, stated
from samenspel.places.models import Area
from samenspel.policy.days import check_lately, check_past
from samenspel.policy.models import PublicQuestion

ANSWER_WITHIN = timedelta(days=30)
"""Customary for written questions of a council; a municipality's own rules of order hold, so each question may differ.
"""


class AlreadyAnswered(FactRefused):
    """A question that has its answer stays as it was asked."""


@dataclass(frozen=True, kw_only=True)
class QuestionFacts:
    """The whole of what is stated about a question before it is answered."""

    origin: str
    title: str
    asked_by: str
    asked_on: date
    due_on: date
    text: str = ""
    area: str = ""
    block: int | None = None

    @classmethod
    def of(cls, question: PublicQuestion) -> Self:
        return cls(**stated(cls, question))


@action
def note_question(*, municipality: str, facts: QuestionFacts, by: Actor, at: datetime) -> PublicQuestion:
    """Write a question or inbreng down, from now on public; raises FactRefused."""
    row = PublicQuestion(municipality=municipality)
    _state(row, facts, at)
    record(action="note_question", on=row, by=by, at=at, municipality=municipality, fields=names(facts))
    return row


@action
def change_question(*, question: PublicQuestion, facts: QuestionFacts, by: Actor, at: datetime) -> PublicQuestion:
    """Replace what is stated about a question without an answer; raises FactRefused, and AlreadyAnswered with one.

    The day on which an answer is due does not move back: a late answer is not quietly in time.
    """
    lock(question)
    if question.answered_on:
        raise AlreadyAnswered("title", "deze vraag is beantwoord en blijft zoals zij is gesteld")
    if facts.due_on > question.due_on:
        raise FactRefused("due_on", f"het antwoord moet er op {question.due_on:%d-%m-%Y} zijn: kies geen latere dag")
    changed = differences(QuestionFacts.of(question), facts)
    _state(question, facts, at)
    home = question.municipality
    record(action="change_question", on=question, by=by, at=at, municipality=home, fields=changed)
    return question


@action
def answer_question(*, question: PublicQuestion, answer: str, on: date, by: Actor, at: datetime) -> PublicQuestion:
    """Write down what was answered or done, or correct an answer, which leaves an event of its own.

    The day is not long ago (`check_lately`), and stays when an answer is corrected; raises FactRefused.
    """
    lock(question)
    if not answer:
        raise FactRefused("answer", "schrijf het antwoord")
    _check_answered(question.answered_on, on, at)
    name = "correct_answer" if question.answered_on else "answer_question"
    question.answer, question.answered_on = answer, on
    check_row(question)
    question.save(update_fields=["answer", "answered_on"])
    record(action=name, on=question, by=by, at=at, municipality=question.municipality)
    return question


@action
def set_past_question(
    *,
    municipality: str,
    facts: QuestionFacts,
    answer: str,
    on: date,
    by: Actor,
    at: datetime,
    question: PublicQuestion | None = None,
) -> PublicQuestion:
    """Write down what had its answer before it came here, with the days of then, or correct what was so written down.

    `entered_on` tells everyone that it was entered afterwards. Raises FactRefused; AlreadyAnswered for what was put
    here: that keeps its own days.
    """
    check_same_municipality(municipality, question=question)
    if question:
        lock(question)
        if question.entered_on is None:
            raise AlreadyAnswered("title", "deze vraag is hier gesteld en houdt haar eigen dagen")
    if not answer:
        raise FactRefused("answer", "schrijf het antwoord")
    check_past("answered_on", on, at)
    row = question or PublicQuestion(municipality=municipality, entered_on=at.astimezone(ZONE).date())
    said = {"answer": answer, "answered_on": on}
    changed = differences(QuestionFacts.of(row), facts) if question else names(facts)
    changed += [name for name, value in said.items() if getattr(row, name) != value]
    row.answer, row.answered_on = answer, on
    _state(row, facts, at)
    record(action="set_past_question", on=row, by=by, at=at, municipality=municipality, fields=changed)
    return row


def questions_of(
    municipality: str, *, area: str = "", block: int | None = None, origin: str = ""
) -> list[PublicQuestion]:
    """Open questions by the day that an answer is due, then the answered ones, newest first; one query."""
    chosen = {"area": area, "block": block, "origin": origin}
    rows = PublicQuestion.objects.filter(municipality=municipality, **{key: one for key, one in chosen.items() if one})
    return sorted(rows, key=_waiting_first)


def late(question: PublicQuestion, today: date) -> bool:
    """Whether the answer came, or still is, after its day."""
    return question.due_on < (question.answered_on or today)


def _state(row: PublicQuestion, facts: QuestionFacts, at: datetime) -> None:
    check_past("asked_on", facts.asked_on, at)
    if facts.area and not Area.objects.filter(municipality=row.municipality, code=facts.area).exists():
        raise FactRefused("area", "deze wijk is niet van deze gemeente")
    state(row, facts)
    check_row(row)
    row.save()


def _check_answered(before: date | None, on: date, at: datetime) -> None:
    if before is None:
        check_lately("answered_on", on, at)
    elif on != before:
        raise FactRefused("answered_on", f"de dag van het eerste antwoord blijft staan: {before:%d-%m-%Y}")


def _waiting_first(question: PublicQuestion) -> tuple[int, int, str]:
    if question.answered_on:
        return (1, -question.answered_on.toordinal(), question.title)
    return (0, question.due_on.toordinal(), question.title)
