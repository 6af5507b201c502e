"""The advisory council reads a draft before it is adopted, and the college answers; anyone can read both afterwards.

While the council reads, the draft does not change. Source: a municipality asks advice first and reacts, dated.
"""

from datetime import date, datetime

from django.db.models import F

from samenspel.audit.action import Actor, action, record
from samenspel.engine.calendar import ZONE
from samenspel.people.checks import FactRefused, check_row
from samenspel.people.facts import lock
from samenspel.policy.models import CouncilAdvice, FrameworkVersion


def newest_advice(version: FrameworkVersion) -> CouncilAdvice | None:
    """The last time that advice was asked about a version."""
    found: CouncilAdvice | None = version.council_advices.order_by(
        "asked_on", F("advised_on").asc(nulls_last=True), F("reacted_on").asc(nulls_last=True)
    ).last()
    return found


def open_question(version: FrameworkVersion) -> CouncilAdvice | None:
    """The question that the council has not answered yet."""
    newest = newest_advice(version)
    return newest if newest and newest.advised_on is None else None


def settled(version: FrameworkVersion) -> CouncilAdvice | None:
    """The advice with the reaction of the college, once both are there."""
    newest = newest_advice(version)
    return newest if newest and newest.reacted_on is not None else None


@action
def ask_advice(*, version: FrameworkVersion, by: Actor, at: datetime) -> CouncilAdvice:
    """Lay a draft before the council; it does not change until the answer is there. Raises FactRefused."""
    row = _locked(version)
    if open_question(row) is not None:
        raise FactRefused("", "de adviesraad is al gevraagd")
    asked = CouncilAdvice(version=row, content=row.content, asked_on=at.astimezone(ZONE).date())
    check_row(asked, skip=["content"])
    asked.save(force_insert=True)
    record(action="ask_council", on=asked, by=by, at=at, municipality=row.municipality)
    return asked


@action
def withdraw_question(*, version: FrameworkVersion, by: Actor, at: datetime) -> None:
    """Take a question back that was not answered, to work on the draft; raises FactRefused."""
    row = _locked(version)
    asked = open_question(row)
    if asked is None:
        raise FactRefused("", "er is geen vraag die op advies wacht")
    record(action="withdraw_council", on=asked, by=by, at=at, municipality=row.municipality)
    asked.delete()


@action
def give_advice(*, version: FrameworkVersion, advice: str, advised_on: date, by: Actor, at: datetime) -> None:
    """Write down what the council advises; raises FactRefused."""
    row = _locked(version)
    asked = open_question(row)
    if asked is None:
        raise FactRefused("advice", "er is geen advies gevraagd")
    _refuse_ahead("advised_on", advised_on, at)
    asked.advice, asked.advised_on = advice.strip(), advised_on
    check_row(asked, skip=["content"])
    asked.save(update_fields=["advice", "advised_on"])
    record(action="council_advises", on=asked, by=by, at=at, municipality=row.municipality)


@action
def react(*, version: FrameworkVersion, reaction: str, reacted_on: date, by: Actor, at: datetime) -> None:
    """Write down what the college does with the advice; it may be mended until publishing. Raises FactRefused."""
    row = _locked(version)
    newest = newest_advice(row)
    if newest is None or newest.advised_on is None:
        raise FactRefused("reaction", "er is nog geen advies om op te reageren")
    _refuse_ahead("reacted_on", reacted_on, at)
    newest.reaction, newest.reacted_on = reaction.strip(), reacted_on
    check_row(newest, skip=["content"])
    newest.save(update_fields=["reaction", "reacted_on"])
    record(action="college_reacts", on=newest, by=by, at=at, municipality=row.municipality)


def _locked(version: FrameworkVersion) -> FrameworkVersion:
    lock(version)
    if version.published_at is not None:
        raise FactRefused("", "deze versie is al vastgesteld")
    return version


def _refuse_ahead(name: str, day: date, at: datetime) -> None:
    if day > at.astimezone(ZONE).date():
        raise FactRefused(name, "deze dag komt nog")
