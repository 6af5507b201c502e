"""What the council and residents put to the college: written down, due on a day, answered where all can read it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self
from uuid import UUID

from django.utils.formats import date_format

from samenspel.audit.action import Actor, action, record
from samenspel.audit.models import AuditEvent
from samenspel.engine.calendar import ZONE
from samenspel.engine.contact_details import holds_contact
from samenspel.people.checks import FactRefused, check_row, check_same_municipality
from samenspel.people.facts import differences, lock, names, state, stated
from samenspel.policy.challenges import check_area
from samenspel.policy.days import check_coming, check_lately, check_past
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
    check_coming("due_on", facts.due_on, at)
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
        raise FactRefused(
            "due_on", f"het antwoord moet er op {date_format(question.due_on)} zijn: kies geen latere dag"
        )
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


@action
def withdraw_question(*, question: PublicQuestion, by: Actor, at: datetime) -> None:
    """Take a question away for good on the day that it was put down; raises FactRefused later: then it is history.

    The log keeps that it was there, without its words.
    """
    lock(question)
    if question.pk not in put_down_today(question.municipality, at):
        raise FactRefused("title", "alleen op de dag zelf kunt u een vraag terugtrekken")
    record(action="withdraw_question", on=question, by=by, at=at, municipality=question.municipality)
    question.delete()


def put_down_today(municipality: str, at: datetime) -> set[UUID]:
    """The questions that were written down on the day of `at`, by the log or `entered_on`; two queries."""
    today = at.astimezone(ZONE).date()
    noted = AuditEvent.objects.filter(
        municipality=municipality,
        object_kind=PublicQuestion._meta.label_lower,
        action="note_question",
        at__gte=datetime.combine(today, time(), ZONE),
    )
    entered = PublicQuestion.objects.filter(municipality=municipality, entered_on=today)
    return {*map(UUID, noted.values_list("object_id", flat=True)), *entered.values_list("pk", flat=True)}


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
    if facts.area:
        check_area(row.municipality, facts.area, before=row.area)
    _check_new(row, facts)
    for field in ("title", "text", "asked_by"):
        if holds_contact(getattr(facts, field)):
            raise FactRefused(field, "haal het telefoonnummer of e-mailadres weg: iedereen kan dit lezen")
    state(row, facts)
    check_row(row)
    row.save()


def _check_new(row: PublicQuestion, facts: QuestionFacts) -> None:
    same = PublicQuestion.objects.filter(municipality=row.municipality, title__iexact=facts.title.strip())
    if same.filter(asked_on=facts.asked_on).exclude(pk=row.pk).exists():
        raise FactRefused("title", f"deze vraag van {date_format(facts.asked_on)} staat er al")


def _check_answered(before: date | None, on: date, at: datetime) -> None:
    if before is None:
        check_lately("answered_on", on, at)
    elif on != before:
        raise FactRefused("answered_on", f"de dag van het eerste antwoord blijft staan: {date_format(before)}")


def _waiting_first(question: PublicQuestion) -> tuple[int, int, str]:
    if question.answered_on:
        return (1, -question.answered_on.toordinal(), question.title)
    return (0, question.due_on.toordinal(), question.title)
