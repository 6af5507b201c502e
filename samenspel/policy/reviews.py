"""Reviews: reasons to look at a role again. They come by themselves; a role never changes by itself.

Source: denkkader §5.A ("op een moment als daar aanleiding toe is") and principle 5.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.formats import number_format

from samenspel.audit.action import Actor, action, record
from samenspel.engine.calendar import ZONE
from samenspel.engine.frameworks import Framework, Threshold
from samenspel.engine.roles.advice import triggers_of
from samenspel.engine.roles.cases import Case, answers_of, worked_out_of
from samenspel.engine.roles.facts import Answer, measured
from samenspel.engine.roles.table import outcome_of
from samenspel.people.checks import FactRefused, check_row
from samenspel.people.facts import lock
from samenspel.policy.earlier import as_case
from samenspel.policy.frameworks import framework_in_force
from samenspel.policy.models import RoleCase, RoleDecision, RoleReview

Trigger = RoleReview.Trigger

REST = timedelta(days=365)
"""Somebody who looked and kept the role is not asked the same again for so long."""


@dataclass(frozen=True)
class _Reason:
    """A trigger that holds, from which day (the first there is for numbers), and what was measured."""

    trigger: str
    since: date
    note: str = ""


def open_review(*, case: RoleCase, trigger: str, note: str = "", by: Actor, at: datetime) -> RoleReview:
    """Open a review, or return the one that is open for the same reason; raises FactRefused."""
    with transaction.atomic():
        lock(case)
        known: RoleReview | None = case.reviews.filter(trigger=trigger, closed_on__isnull=True).first()
        return known or _open(case=case, trigger=trigger, note=note, by=by, at=at)


@action
def _open(*, case: RoleCase, trigger: str, note: str, by: Actor, at: datetime) -> RoleReview:
    review = RoleReview(case=case, trigger=trigger, note=note, opened_on=_day(at))
    check_row(review)
    review.save(force_insert=True)
    record(action="open_review", on=review, by=by, at=at, municipality=case.municipality, trigger=trigger)
    return review


@action
def close_review(
    *, review: RoleReview, conclusion: str, by: Actor, at: datetime, decision: RoleDecision | None = None
) -> RoleReview:
    """Close a review with what came out; `decision` is the one it led to. Raises FactRefused."""
    lock(review)
    if review.closed_on:
        raise FactRefused("conclusion", "deze herziening is al afgerond")
    if decision and decision.case_id != review.case_id:
        raise FactRefused("decision", "dit besluit gaat over een andere zaak")
    review.conclusion, review.decision, review.closed_on = conclusion.strip(), decision, _day(at)
    check_row(review)
    review.save(update_fields=["conclusion", "decision", "closed_on"])
    record(action="close_review", on=review, by=by, at=at, municipality=review.case.municipality)
    return review


def open_due(*, by: Actor, at: datetime) -> int:
    """Open what is due in every municipality; how many. Again at the same moment opens nothing."""
    municipalities = RoleCase.objects.order_by("municipality").values_list("municipality", flat=True).distinct()
    opened = 0
    for municipality in list(municipalities):
        framework = framework_in_force(municipality)
        for case, reason in list(_due(municipality, framework, _day(at))):
            open_review(case=case, trigger=reason.trigger, note=reason.note, by=by, at=at)
            opened += 1
    return opened


def open_reviews(municipality: str) -> QuerySet[RoleReview]:
    """Every open review of a municipality with its case, the longest open first."""
    rows = RoleReview.objects.filter(case__municipality=municipality, closed_on__isnull=True)
    return rows.select_related("case").order_by("opened_on", "case__title", "trigger")


def newest_decisions(municipality: str) -> list[RoleDecision]:
    """Of every case its newest decision, without the long texts of the advice; one query."""
    rows = (
        RoleDecision.objects.filter(case__municipality=municipality)
        .select_related("case")
        .defer("advice")
        .order_by("decided_on", "recorded_at")
    )
    return list({row.case_id: row for row in rows}.values())


def to_look_back_at(municipality: str, *, after: date, until: date) -> list[RoleDecision]:
    """Newest decisions of which the agreed day lies after `after` and on or before `until`, by that day."""
    coming = [row for row in newest_decisions(municipality) if row.evaluate_on and after < row.evaluate_on <= until]
    return sorted(coming, key=lambda row: (str(row.evaluate_on), row.case.title))


def _due(municipality: str, framework: Framework, on: date) -> Iterator[tuple[RoleCase, _Reason]]:
    """What asks for a review today and has none, nor was looked at lately."""
    looked: dict[tuple[object, str], date] = {}
    rows = RoleReview.objects.filter(case__municipality=municipality)
    for case_id, trigger, closed_on in rows.values_list("case_id", "trigger", "closed_on"):
        looked[case_id, trigger] = max(closed_on or date.max, looked.get((case_id, trigger), date.min))
    for decision in newest_decisions(municipality):
        for reason in _reasons(decision, framework, on):
            last = looked.get((decision.case_id, reason.trigger))
            if last is None or last < max(reason.since, on - REST):
                yield decision.case, reason


def _reasons(decision: RoleDecision, framework: Framework, on: date) -> Iterator[_Reason]:
    """The triggers that hold for a case that was decided, as the engine judges them, and the day that was agreed."""
    if decision.evaluate_on and decision.evaluate_on <= on:
        yield _Reason(Trigger.REVIEW_DUE, decision.evaluate_on)
    case = as_case(decision.case.title, decision.case.facts, decision.case.measures)
    answers = answers_of(case, framework, on)
    settled = worked_out_of(case, framework.in_force(on))
    role = int(decision.decided) if decision.decided.isdigit() else 1
    for name in triggers_of(answers, outcome_of(answers), role):
        if name != Trigger.REVIEW_DUE:
            yield _Reason(Trigger(name), date.min, _measured(case, settled.get(name)))


def _measured(case: Case, settled: tuple[Answer, Threshold] | None) -> str:
    """The threshold and the number that it was held against; "" where somebody said it without a number."""
    value = measured(settled[1].measure, case.measures) if settled else None
    if settled is None or value is None or settled[0] != Answer.YES:
        return ""
    return f"{settled[1].text} Nu is het {number_format(value, 1)}."


def _day(at: datetime) -> date:
    return at.astimezone(ZONE).date()
