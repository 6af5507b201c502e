"""The long-term agenda: moments with their precision, what came out, and the yearly action plan."""

from datetime import date
from typing import Any

import pytest

from samenspel.people.checks import FactRefused, OtherMunicipality
from samenspel.policy.agenda import (
    DocumentFacts,
    MomentFacts,
    ProcessFacts,
    coming,
    in_order,
    set_document,
    set_moment,
    set_process,
    when,
    years_without_plan,
)
from samenspel.policy.models import DecisionMoment, PolicyDocument, PolicyProcess
from tests.people.rows import BY, ELSEWHERE, GM
from tests.policy.planted import AT, TODAY

pytestmark = pytest.mark.django_db


def a_process(title: str = "Herijking subsidies", *, municipality: str = GM, **facts: Any) -> PolicyProcess:
    stated = ProcessFacts(**{"title": title, "framework_use": "full", **facts})
    return set_process(municipality=municipality, facts=stated, by=BY, at=AT)


def a_moment(process: PolicyProcess, **facts: Any) -> DecisionMoment:
    stated = {"body": "council", "what": "Raadsavond", "planned_on": date(2027, 2, 3), "precision": "day", **facts}
    return set_moment(process=process, facts=MomentFacts(**stated), by=BY, at=AT)


def a_document(process: PolicyProcess, **facts: Any) -> PolicyDocument:
    stated = {"kind": "start_note", "title": "Startnotitie", "dated_on": date(2026, 9, 1), **facts}
    return set_document(process=process, facts=DocumentFacts(**stated), by=BY, at=AT)


def a_plan(process: PolicyProcess, year: int) -> PolicyDocument:
    return a_document(process, kind="action_plan", title=f"Actieplan {year}", dated_on=date(year, 1, 15), year=year)


@pytest.mark.parametrize(
    ("precision", "words", "last_day"),
    [
        ("day", "3 februari 2027", date(2027, 2, 3)),
        ("month", "februari 2027", date(2027, 2, 28)),
        ("quarter", "1e kwartaal 2027", date(2027, 3, 31)),
    ],
    ids=["day", "month", "quarter"],
)
def test_a_moment_is_said_as_precisely_as_it_is_known(precision: str, words: str, last_day: date):
    said = when(a_moment(a_process(), precision=precision), TODAY)
    assert (said.words, said.last_day, said.is_late) == (words, last_day, False)


@pytest.mark.parametrize(
    ("precision", "is_late"), [("day", True), ("month", False), ("quarter", False)], ids=["day", "month", "quarter"]
)
def test_a_moment_is_late_after_its_whole_period(precision: str, is_late: bool):
    moment = a_moment(a_process(), planned_on=date(2026, 11, 1), precision=precision)
    assert when(moment, TODAY).is_late is is_late


def test_what_came_out_is_written_when_it_was_held():
    process = a_process()
    moment = a_moment(process, planned_on=date(2026, 10, 1))
    facts = {**vars(MomentFacts.of(moment)), "held_on": date(2026, 10, 2)}
    with pytest.raises(FactRefused) as refused:
        set_moment(process=process, facts=MomentFacts(**facts), moment=moment, by=BY, at=AT)
    assert refused.value.field == "result"

    held = MomentFacts(**{**facts, "result": "De raad gaat akkoord."})
    set_moment(process=process, facts=held, moment=moment, by=BY, at=AT)
    assert DecisionMoment.objects.get().result == "De raad gaat akkoord."
    assert coming(GM, TODAY, date(2027, 12, 31)) == []


@pytest.mark.parametrize(
    "facts",
    [{"held_on": date(2026, 11, 22), "result": "Ja."}, {"result": "Ja."}],
    ids=["a day that is still to come", "a result without a day"],
)
def test_what_did_not_happen_yet_has_no_result(facts: dict[str, Any]):
    with pytest.raises(FactRefused) as refused:
        a_moment(a_process(), **facts)
    assert refused.value.field == "held_on"


def test_what_is_coming_keeps_what_is_late_and_leaves_out_other_municipalities():
    process = a_process()
    a_moment(process, what="Te laat", planned_on=date(2026, 6, 1))
    a_moment(process, what="Straks", planned_on=date(2026, 12, 1))
    a_moment(process, what="Veel later")
    a_moment(a_process(municipality=ELSEWHERE), what="Elders", planned_on=date(2026, 12, 1))

    assert [one.moment.what for one in coming(GM, TODAY, date(2026, 12, 31))] == ["Te laat", "Straks"]


def test_a_quarter_comes_after_the_days_in_it_and_what_was_held_on_its_day():
    process = a_process()
    a_moment(process, what="Voorstel", planned_on=date(2027, 1, 1), precision="quarter")
    a_moment(process, what="Advies", planned_on=date(2027, 1, 20))
    a_moment(process, what="Start", planned_on=date(2027, 2, 1), held_on=date(2026, 11, 3), result="Begonnen.")

    assert [one.moment.what for one in in_order(process.moments.all(), TODAY)] == ["Start", "Advies", "Voorstel"]


def test_years_without_an_action_plan_since_the_first_are_named():
    process = a_process()
    documents = [a_plan(process, 2023), a_plan(process, 2025), a_document(process)]

    assert years_without_plan(process, documents, TODAY) == [2024, 2026]
    assert years_without_plan(process, [a_document(process)], TODAY) == []


def test_a_process_that_ended_needs_no_more_plans():
    process = a_process(ended_on=date(2025, 12, 31))
    assert years_without_plan(process, [a_plan(process, 2024)], TODAY) == [2025]


@pytest.mark.parametrize(
    "facts",
    [{"kind": "action_plan"}, {"kind": "start_note", "year": 2027}],
    ids=["a plan without a year", "a year without a plan"],
)
def test_a_year_belongs_to_an_action_plan(facts: dict[str, Any]):
    with pytest.raises(FactRefused) as refused:
        a_document(a_process(), **facts)
    assert refused.value.field == "year"


def test_the_same_process_twice_is_refused():
    a_process()
    with pytest.raises(FactRefused) as refused:
        a_process()
    assert refused.value.field == "title"


def test_a_process_of_another_municipality_is_not_changed():
    elsewhere = a_process(municipality=ELSEWHERE)
    with pytest.raises(OtherMunicipality):
        set_process(municipality=GM, facts=ProcessFacts.of(elsewhere), process=elsewhere, by=BY, at=AT)
