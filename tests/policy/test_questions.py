"""Questions of the council and inbreng of residents: written down, due, answered, corrected in the open."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from samenspel.audit.models import AuditEvent
from samenspel.people.checks import FactRefused, OtherMunicipality
from samenspel.places.models import Area
from samenspel.policy.models import PublicQuestion
from samenspel.policy.questions import (
    AlreadyAnswered,
    QuestionFacts,
    answer_question,
    change_question,
    late,
    note_question,
    put_down_today,
    questions_of,
    set_past_question,
    withdraw_question,
)
from tests.people.rows import BY, ELSEWHERE, GM, an_area
from tests.policy.wijk_rows import a_wijk, before

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)
FACTS = QuestionFacts(
    origin="council",
    title="Blijft het dorpshuis open?",
    asked_by="Fractie Dorpsbelang",
    asked_on=date(2026, 11, 1),
    due_on=date(2026, 12, 1),
)


def a_question(title: str = FACTS.title, *, municipality: str = GM, **facts: Any) -> PublicQuestion:
    given = replace(FACTS, **{"title": title, **facts})
    return note_question(municipality=municipality, facts=given, by=BY, at=before(given.due_on))


def answered(question: PublicQuestion, answer: str = "Ja, tot en met 2028.", on: date = TODAY) -> PublicQuestion:
    return answer_question(question=question, answer=answer, on=on, by=BY, at=AT)


def test_a_question_is_noted_changed_answered_and_corrected_each_with_its_event():
    question = a_question()
    change_question(question=question, facts=replace(FACTS, text="Er gaan verhalen."), by=BY, at=AT)
    answered(question)
    answered(question, "Ja, tot en met 2029.")

    question.refresh_from_db()
    assert (question.text, question.answer) == ("Er gaan verhalen.", "Ja, tot en met 2029.")
    events = list(AuditEvent.objects.order_by("pk").values_list("action", "detail"))
    assert [action for action, _ in events] == [
        "note_question", "change_question", "answer_question", "correct_answer",
    ]  # fmt: skip
    assert events[1][1] == {"fields": ["text"]}
    assert "verhalen" not in str(events)


def test_the_day_an_answer_is_due_comes_only_nearer():
    question = a_question()
    change_question(question=question, facts=replace(FACTS, due_on=date(2026, 11, 20)), by=BY, at=AT)
    with pytest.raises(FactRefused, match="20 november 2026") as refused:
        change_question(question=question, facts=replace(FACTS, due_on=date(2026, 11, 22)), by=BY, at=AT)
    question.refresh_from_db()
    assert (refused.value.field, question.due_on) == ("due_on", date(2026, 11, 20))


def test_who_corrects_an_answer_keeps_the_day_on_which_it_came():
    question = answered(a_question(due_on=date(2026, 11, 10)))
    with pytest.raises(FactRefused, match="21 november 2026") as refused:
        answered(question, "Anders.", on=date(2026, 11, 9))
    question.refresh_from_db()
    assert (refused.value.field, question.answered_on, late(question, TODAY)) == ("answered_on", TODAY, True)

    later = AT + timedelta(days=90)
    answer_question(question=question, answer="Toch.", on=TODAY, by=BY, at=later)
    assert (question.answer, question.answered_on) == ("Toch.", TODAY)


def test_an_answer_is_not_said_to_have_come_long_ago():
    question = a_question(asked_on=date(2026, 6, 1), due_on=date(2026, 7, 1))
    with pytest.raises(FactRefused, match="meer dan 30 dagen geleden") as refused:
        answered(question, on=TODAY - timedelta(days=31))
    assert refused.value.field == "answered_on"
    assert answered(question, on=TODAY - timedelta(days=30)).answered_on == date(2026, 10, 22)


def test_an_answered_question_stays_as_it_was_asked():
    question = answered(a_question())
    with pytest.raises(AlreadyAnswered):
        change_question(question=question, facts=replace(FACTS, title="Anders"), by=BY, at=AT)
    question.refresh_from_db()
    assert question.title == FACTS.title


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"asked_by": ""}, "asked_by"),
        ({"origin": "gossip"}, "origin"),
        ({"block": 6}, "block"),
        ({"area": "WK990101"}, "area"),
        ({"asked_on": date(2026, 11, 22)}, "asked_on"),
        ({"due_on": date(2026, 11, 1)}, "due_on"),
        ({"text": "x" * 4001}, "text"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_is_wrong_is_refused_by_field_and_nothing_is_kept(wrong: dict[str, Any], field: str):
    an_area("WK990101", "district", municipality=ELSEWHERE)
    with pytest.raises(FactRefused) as refused:
        a_question(**wrong)
    assert refused.value.field == field
    assert not PublicQuestion.objects.exists()


@pytest.mark.parametrize(
    ("answer", "on", "field"),
    [
        ("", TODAY, "answer"),
        ("Ja.", TODAY + timedelta(days=1), "answered_on"),
        ("Ja.", date(2026, 10, 31), "answered_on"),
    ],
    ids=["no answer", "a day to come", "before it was asked"],
)
def test_an_answer_that_cannot_be_is_refused_by_field(answer: str, on: date, field: str):
    question = a_question()
    with pytest.raises(FactRefused) as refused:
        answered(question, answer, on)
    question.refresh_from_db()
    assert (refused.value.field, question.answer, question.answered_on) == (field, "", None)


def test_a_question_may_be_about_a_wijk_of_the_own_municipality():
    a_wijk("WK990101")
    assert a_question(area="WK990101", block=3).area == "WK990101"


PAST = replace(FACTS, asked_on=date(2025, 3, 4), due_on=date(2025, 4, 3))


def a_past_question(facts: QuestionFacts = PAST, answer: str = "Ja.", on: date = date(2025, 4, 1), **more: Any) -> Any:
    return set_past_question(municipality=GM, facts=facts, answer=answer, on=on, **{"by": BY, "at": AT, **more})


def test_a_question_of_before_keeps_its_own_days_and_is_marked_and_logged():
    question = a_past_question()
    question.refresh_from_db()
    (event,) = AuditEvent.objects.all()

    assert (question.asked_on, question.due_on, question.answered_on) == (PAST.asked_on, PAST.due_on, date(2025, 4, 1))
    assert (question.entered_on, late(question, TODAY)) == (TODAY, False)
    assert (event.action, event.at, event.actor_kind, event.actor_id) == ("set_past_question", AT, BY.kind, BY.id)
    assert {"asked_on", "answer", "answered_on"} <= set(event.detail["fields"])
    assert "Ja." not in str(event.detail)


def test_an_old_answer_that_came_late_stays_late():
    assert late(a_past_question(on=date(2025, 4, 4)), TODAY)


def test_a_question_that_was_put_here_is_not_marked_and_does_not_become_one_of_before():
    for question in (a_question(), answered(a_question("Nog een"))):
        with pytest.raises(AlreadyAnswered):
            a_past_question(question=question)
        question.refresh_from_db()
        assert (question.entered_on, question.asked_on) == (None, FACTS.asked_on)


def test_a_mistake_in_a_question_of_before_is_mended_and_it_stays_marked():
    question = a_past_question()
    later = AT + timedelta(days=5)
    mended = replace(PAST, asked_on=date(2025, 3, 5))
    a_past_question(mended, question=question, at=later)
    question.refresh_from_db()

    assert (question.asked_on, question.entered_on) == (date(2025, 3, 5), TODAY)
    assert AuditEvent.objects.order_by("pk").values_list("detail", flat=True)[1] == {"fields": ["asked_on"]}
    with pytest.raises(FactRefused):
        a_past_question(mended, question=question, on=TODAY + timedelta(days=1), at=later)


def test_a_question_of_before_of_another_municipality_is_not_mended():
    question = set_past_question(municipality=ELSEWHERE, facts=PAST, answer="Ja.", on=date(2025, 4, 1), by=BY, at=AT)
    with pytest.raises(OtherMunicipality):
        a_past_question(question=question)


@pytest.mark.parametrize(
    ("facts", "answer", "on", "field"),
    [
        ({}, "", date(2025, 4, 1), "answer"),
        ({}, "Ja.", date(2025, 3, 3), "answered_on"),
        ({}, "Ja.", TODAY + timedelta(days=1), "answered_on"),
        ({"asked_on": TODAY + timedelta(days=1)}, "Ja.", date(2025, 4, 1), "asked_on"),
        ({"due_on": date(2025, 3, 4)}, "Ja.", date(2025, 4, 1), "due_on"),
    ],
    ids=["no answer", "before it was asked", "a day to come", "asked in the future", "due at once"],
)
def test_a_question_of_before_that_cannot_be_is_refused(facts: dict[str, Any], answer: str, on: date, field: str):
    with pytest.raises(FactRefused) as refused:
        a_past_question(replace(PAST, **facts), answer, on)
    assert refused.value.field == field
    assert not PublicQuestion.objects.exists()


def test_open_questions_come_first_by_the_day_an_answer_is_due():
    old = answered(a_question("Oud"), on=date(2026, 11, 5))
    new = answered(a_question("Nieuw"), on=date(2026, 11, 15))
    later, soon = a_question("Straks", due_on=date(2027, 1, 1)), a_question("Eerst")
    a_question("Elders", municipality=ELSEWHERE)
    assert questions_of(GM) == [soon, later, new, old]


def test_questions_are_chosen_by_wijk_block_and_origin():
    a_wijk("WK990101")
    a_question("Alles")
    mine = a_question("Hier", area="WK990101", block=3, origin="meeting")
    for chosen in ({"area": "WK990101"}, {"block": 3}, {"origin": "meeting"}):
        assert questions_of(GM, **chosen) == [mine]  # type: ignore[arg-type]
    assert questions_of(GM, block=1) == []


def test_late_is_after_the_due_day_not_on_it_and_an_answer_that_came_late_stays_late():
    question = a_question(due_on=date(2026, 11, 10))
    assert not late(question, date(2026, 11, 10))
    assert late(question, date(2026, 11, 11))
    assert not late(answered(a_question("B", due_on=date(2026, 11, 10)), on=date(2026, 11, 10)), TODAY)
    assert late(answered(question, on=date(2026, 11, 11)), date(2026, 11, 11))


def test_a_question_of_today_is_withdrawn_and_only_the_log_keeps_that_it_was_there():
    question = a_question()
    withdraw_question(question=question, by=BY, at=AT + timedelta(hours=13))
    assert not PublicQuestion.objects.exists()
    event = AuditEvent.objects.get(action="withdraw_question")
    assert (event.object_id != "", event.detail) == (True, {})


def test_a_question_is_not_withdrawn_after_its_day_and_a_correction_does_not_make_it_one_of_today():
    question, past = a_question(), a_past_question()
    tomorrow = AT + timedelta(hours=14, minutes=1)  # midnight in the Netherlands is 23:00 in UTC
    a_past_question(replace(PAST, text="Anders."), question=past, at=tomorrow)
    for row in (question, past):
        with pytest.raises(FactRefused, match="op de dag zelf"):
            withdraw_question(question=row, by=BY, at=tomorrow)
    assert PublicQuestion.objects.count() == 2
    assert put_down_today(GM, AT) == {question.pk, past.pk}
    assert put_down_today(GM, tomorrow) == put_down_today(ELSEWHERE, AT) == set()


def test_an_old_question_that_was_written_down_today_is_withdrawn_too():
    withdraw_question(question=a_past_question(), by=BY, at=AT)
    assert not PublicQuestion.objects.exists()


def test_the_same_question_of_the_same_day_is_refused_and_of_another_day_or_place_it_is_not():
    question = a_question()
    with pytest.raises(FactRefused, match="1 november 2026 staat er al") as refused:
        a_question(FACTS.title.upper())
    assert (refused.value.field, PublicQuestion.objects.count()) == ("title", 1)
    a_question(asked_on=date(2026, 11, 2))
    a_question(municipality=ELSEWHERE)
    assert change_question(question=question, facts=replace(FACTS, text="Meer."), by=BY, at=AT).text == "Meer."


@pytest.mark.parametrize("field", ["title", "text", "asked_by"])
def test_what_somebody_can_be_reached_by_is_refused_by_field(field: str):
    for told in ("Bel 06-12345678", "Mail jan@voorbeeld.nl"):
        with pytest.raises(FactRefused, match="iedereen kan dit lezen") as refused:
            a_question(**{field: told})
        assert refused.value.field == field


@pytest.mark.parametrize(
    ("due_on", "said"),
    [(TODAY - timedelta(days=1), "al voorbij"), (date(2036, 11, 22), "meer dan 10 jaar")],
    ids=["past", "far"],
)
def test_a_new_question_is_due_from_today_up_to_ten_years(due_on: date, said: str):
    with pytest.raises(FactRefused, match=said) as refused:
        note_question(municipality=GM, facts=replace(FACTS, due_on=due_on), by=BY, at=AT)
    assert refused.value.field == "due_on"
    assert a_question(due_on=date(2036, 11, 21)).due_on.year == 2036


def test_a_kern_is_not_judged_so_a_question_is_not_put_on_it_but_one_that_stands_there_stays():
    a_wijk("WK990101")
    kern = an_area("WO9901", "village", name="Zeestede")
    with pytest.raises(FactRefused) as refused:
        a_question(area=kern.code)
    assert refused.value.field == "area"
    question = a_question(area="WK990101")
    Area.objects.filter(code="WK990101").update(kind="village")
    facts = replace(QuestionFacts.of(question), text="Meer.")
    assert change_question(question=question, facts=facts, by=BY, at=AT).area == "WK990101"
