"""Writing, publishing and withdrawing a municipality's own phrases: by actions, with reasons, alarms by two people."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from samenspel.audit.action import Actor, action, record
from samenspel.audit.models import AuditEvent
from samenspel.people.checks import FactRefused
from samenspel.socialmap.models import OwnPhrase
from samenspel.socialmap.wording import (
    OwnAlarm,
    PhraseFacts,
    TooWide,
    WrongStage,
    add_phrase,
    ask_withdrawal,
    change_phrase,
    keep_phrase,
    may_publish,
    may_withdraw,
    publish,
    remove_draft,
    withdraw,
)
from tests.people.rows import AT, ELSEWHERE, GM

pytestmark = pytest.mark.django_db

YVONNE, SAMIRA = Actor("person", "yvonne"), Actor("person", "samira")
FACTS = PhraseFacts(text="bakkie leut", effect="names", target="coffee", reason="zo zeggen wij dat")
ALARM = PhraseFacts(text="de dijk breekt", effect="alarms", target="emergency", reason="wij wonen laag")


def a_draft(*, by: Actor = YVONNE, municipality: str = GM, **facts: Any) -> OwnPhrase:
    return add_phrase(municipality=municipality, facts=replace(FACTS, **facts), by=by, at=AT)


def events() -> list[str]:
    return list(AuditEvent.objects.order_by("id").values_list("action", flat=True))


def test_a_phrase_goes_from_draft_to_published_to_withdrawn_with_who_when_and_why():
    phrase = a_draft(text="  Bakkie   Leut ")
    publish(phrases=[phrase], note="past bij de campagne", by=YVONNE, at=AT + timedelta(days=1))
    withdraw(phrase=phrase, reason="niemand zegt dit", by=SAMIRA, at=AT + timedelta(days=2))
    phrase.refresh_from_db()

    assert (phrase.text, phrase.stage, phrase.written_by, phrase.published_by) == (
        "bakkie leut",
        "withdrawn",
        "yvonne",
        "yvonne",
    )
    assert (phrase.note, phrase.withdrawn_because) == ("past bij de campagne", "niemand zegt dit")
    assert phrase.published_at == AT + timedelta(days=1)
    assert phrase.withdrawn_at == AT + timedelta(days=2)
    assert events() == ["add_phrase", "publish_phrase", "withdraw_phrase"]
    assert "leut" not in str(list(AuditEvent.objects.values_list("detail", flat=True)))


def test_a_draft_is_changed_and_the_event_names_the_fields():
    phrase = a_draft()
    change_phrase(phrase=phrase, facts=replace(FACTS, effect="hints", reason="soms"), by=SAMIRA, at=AT)
    phrase.refresh_from_db()

    assert (phrase.effect, phrase.reason, phrase.written_by) == ("hints", "soms", "samira")
    assert AuditEvent.objects.get(action="change_phrase").detail == {"fields": ["effect", "reason"]}


def test_a_draft_that_is_thrown_away_leaves_only_its_event():
    phrase = a_draft()
    remove_draft(phrase=phrase, by=YVONNE, at=AT)

    assert not OwnPhrase.objects.exists()
    assert events() == ["add_phrase", "remove_draft"]


@pytest.mark.parametrize(
    ("facts", "field", "reason"),
    [
        ({"text": "  "}, "text", "leeg"),
        ({"text": "ik ben"}, "text", "alleen kleine woorden"),
        ({"text": "<buren> koffie"}, "text", "de groep <buren> bestaat niet; u kunt kiezen uit .*<family>"),
        ({"text": "kof*"}, "text", "ten minste 4 letters"),
        ({"text": "a" * 101}, "text", "100"),
        ({"text": "bel 123456782"}, "text", "burgerservicenummer"),
        ({"reason": ""}, "reason", "leeg"),
        ({"reason": "mevrouw 1234.56.782"}, "reason", "burgerservicenummer"),
        ({"target": "tea"}, "target", "kies een behoefte"),
        ({"target": "emergency"}, "target", "kies een behoefte"),
        ({"effect": "alarms"}, "target", "een hulplijn"),
        ({"effect": "takes_back", "target": "emergency"}, "target", "kies een behoefte"),
        ({"effect": "silences", "target": "emergency"}, "effect", "silences"),
    ],
    ids=[
        "no text",
        "small words",
        "no such group",
        "short star",
        "long text",
        "bsn in text",
        "no reason",
        "bsn in reason",
        "no such need",
        "help as need",
        "need as help",
        "alarm taken back",
        "no such effect",
    ],
)
def test_a_phrase_that_cannot_work_is_refused_by_field(facts: dict[str, str], field: str, reason: str):
    with pytest.raises(FactRefused, match=reason) as refused:
        a_draft(**facts)

    assert refused.value.field == field
    assert not OwnPhrase.objects.exists()
    assert events() == []


def test_a_phrase_stands_once_with_a_need_in_a_municipality_until_it_is_withdrawn():
    first = a_draft()
    with pytest.raises(FactRefused, match="staat hier al bij") as refused:
        a_draft(text="BAKKIE leut", effect="takes_back")
    assert refused.value.field == "text"

    a_draft(target="company")
    a_draft(municipality=ELSEWHERE)
    publish(phrases=[first], note="nu", by=YVONNE, at=AT)
    withdraw(phrase=first, reason="toch niet", by=YVONNE, at=AT)
    a_draft()
    assert OwnPhrase.objects.count() == 4


def test_an_alarm_is_published_by_a_colleague_only():
    phrase = add_phrase(municipality=GM, facts=ALARM, by=YVONNE, at=AT)
    assert (may_publish(phrase, YVONNE), may_publish(phrase, SAMIRA)) == (False, True)
    with pytest.raises(OwnAlarm, match="een collega moet dit publiceren"):
        publish(phrases=[phrase], note="nu", by=YVONNE, at=AT)
    phrase.refresh_from_db()
    assert phrase.stage == "draft"

    publish(phrases=[phrase], note="samen bekeken", by=SAMIRA, at=AT)
    phrase.refresh_from_db()
    assert phrase.stage == "published"


def test_who_changes_a_draft_into_an_alarm_cannot_publish_it_either():
    phrase = a_draft(by=SAMIRA)
    change_phrase(phrase=phrase, facts=ALARM, by=YVONNE, at=AT)

    assert not may_publish(phrase, YVONNE)
    assert may_publish(phrase, SAMIRA)


def test_the_database_itself_refuses_an_alarm_published_by_its_writer():
    phrase = add_phrase(municipality=GM, facts=ALARM, by=YVONNE, at=AT)

    @action
    def around(*, by: Actor, at: Any) -> None:
        record(action="around", on=phrase, by=by, at=at, municipality=GM)
        OwnPhrase.objects.filter(pk=phrase.pk).update(
            stage="published", published_by="yvonne", published_at=at, note="nu"
        )

    with pytest.raises(IntegrityError, match="own_phrase_alarm_needs_two"), transaction.atomic():
        around(by=YVONNE, at=AT)


def a_published_alarm() -> OwnPhrase:
    phrase = add_phrase(municipality=GM, facts=ALARM, by=YVONNE, at=AT)
    publish(phrases=[phrase], note="samen bekeken", by=SAMIRA, at=AT)
    return phrase


def test_an_alarm_is_withdrawn_by_a_colleague_of_who_asks_it():
    phrase = a_published_alarm()
    assert not may_withdraw(phrase, YVONNE)
    with pytest.raises(OwnAlarm, match="trek dit met een collega in"):
        withdraw(phrase=phrase, reason="vals alarm", by=YVONNE, at=AT)

    ask_withdrawal(phrase=phrase, reason="vals alarm", by=YVONNE, at=AT)
    assert (may_withdraw(phrase, YVONNE), may_withdraw(phrase, SAMIRA)) == (False, True)
    with pytest.raises(OwnAlarm):
        withdraw(phrase=phrase, by=YVONNE, at=AT)
    phrase.refresh_from_db()
    assert phrase.stage == "published"

    withdraw(phrase=phrase, by=SAMIRA, at=AT)
    phrase.refresh_from_db()
    assert (phrase.stage, phrase.withdrawn_because, phrase.withdrawn_by) == ("withdrawn", "vals alarm", "samira")
    assert events()[-2:] == ["ask_phrase_withdrawal", "withdraw_phrase"]


def test_an_alarm_that_somebody_wants_withdrawn_can_be_kept():
    phrase = a_published_alarm()
    ask_withdrawal(phrase=phrase, reason="vals alarm", by=YVONNE, at=AT)
    keep_phrase(phrase=phrase, by=SAMIRA, at=AT)
    phrase.refresh_from_db()

    assert (phrase.stage, phrase.withdrawal_asked_by, phrase.withdrawn_because) == ("published", "", "")
    assert not may_withdraw(phrase, SAMIRA)


def test_who_asks_to_withdraw_an_alarm_says_why():
    phrase = a_published_alarm()
    with pytest.raises(FactRefused, match="waarom u deze zin wilt intrekken"):
        ask_withdrawal(phrase=phrase, reason=" ", by=YVONNE, at=AT)


@pytest.mark.parametrize(
    ("asked_by", "withdrawn_by"), [("", "yvonne"), ("yvonne", "yvonne"), ("yvonne", "")], ids=["one", "same", "nobody"]
)
def test_the_database_itself_refuses_an_alarm_withdrawn_by_one(asked_by: str, withdrawn_by: str):
    phrase = a_published_alarm()

    @action
    def around(*, by: Actor, at: Any) -> None:
        record(action="around", on=phrase, by=by, at=at, municipality=GM)
        OwnPhrase.objects.filter(pk=phrase.pk).update(
            stage="withdrawn",
            withdrawn_at=at,
            withdrawn_because="vals alarm",
            withdrawal_asked_by=asked_by,
            withdrawn_by=withdrawn_by,
        )

    with pytest.raises(IntegrityError, match="own_phrase_alarm_withdrawn_by_two"), transaction.atomic():
        around(by=YVONNE, at=AT)


@pytest.mark.parametrize(
    ("text", "effect", "target"),
    [("=ik", "hints", "games"), ("=mijn", "takes_back", "games"), ("wil", "alarms", "emergency")],
    ids=["hint", "takes back", "alarm"],
)
def test_a_phrase_that_is_in_too_many_questions_is_not_published(text: str, effect: str, target: str):
    drafts = [a_draft(), a_draft(text=text, effect=effect, target=target)]
    with pytest.raises(TooWide, match=rf"“{text}” komt voor in \d\d% van de proefvragen"):
        publish(phrases=drafts, note="nu", by=SAMIRA, at=AT)

    assert set(OwnPhrase.objects.values_list("stage", flat=True)) == {"draft"}


def test_drafts_are_published_all_or_none():
    drafts = [a_draft(), add_phrase(municipality=GM, facts=ALARM, by=YVONNE, at=AT)]
    with pytest.raises(OwnAlarm):
        publish(phrases=drafts, note="nu", by=YVONNE, at=AT)

    assert set(OwnPhrase.objects.values_list("stage", flat=True)) == {"draft"}
    assert "publish_phrase" not in events()


@pytest.mark.parametrize("note", ["", " "])
def test_publishing_and_withdrawing_say_why(note: str):
    phrase = a_draft()
    with pytest.raises(FactRefused, match="waarom u dit nu publiceert"):
        publish(phrases=[phrase], note=note, by=YVONNE, at=AT)
    publish(phrases=[phrase], note="nu", by=YVONNE, at=AT)
    with pytest.raises(FactRefused, match="waarom u deze zin intrekt"):
        withdraw(phrase=phrase, reason=note, by=YVONNE, at=AT)


def test_nothing_is_published_when_there_is_nothing():
    with pytest.raises(FactRefused, match="er is niets om te publiceren"):
        publish(phrases=[], note="nu", by=YVONNE, at=AT)


def test_what_a_colleague_did_meanwhile_is_said():
    phrase, same = a_draft(), OwnPhrase.objects.get()
    publish(phrases=[phrase], note="nu", by=YVONNE, at=AT)

    for late in (
        lambda: change_phrase(phrase=same, facts=FACTS, by=SAMIRA, at=AT),
        lambda: remove_draft(phrase=same, by=SAMIRA, at=AT),
        lambda: publish(phrases=[same], note="nu", by=SAMIRA, at=AT),
    ):
        with pytest.raises(WrongStage, match="intussen gepubliceerd"):
            late()
    withdraw(phrase=phrase, reason="toch niet", by=YVONNE, at=AT)
    with pytest.raises(WrongStage, match="intussen ingetrokken"):
        withdraw(phrase=same, reason="toch niet", by=SAMIRA, at=AT)


def test_a_draft_that_a_colleague_threw_away_is_said():
    phrase, same = a_draft(), OwnPhrase.objects.get()
    remove_draft(phrase=phrase, by=YVONNE, at=AT)

    with pytest.raises(WrongStage, match="gooide deze zin weg"):
        change_phrase(phrase=same, facts=FACTS, by=SAMIRA, at=AT)


def test_what_changed_since_it_was_seen_is_not_published() -> None:
    phrase = a_draft()
    seen = OwnPhrase.objects.get(pk=phrase.pk)
    change_phrase(phrase=phrase, facts=replace(FACTS, text="iets heel anders vandaag"), by=YVONNE, at=AT)

    with pytest.raises(WrongStage, match="intussen veranderd"):
        publish(phrases=[seen], note="nu", by=YVONNE, at=AT)


def test_who_only_mends_the_reason_is_no_second_pair_of_eyes() -> None:
    phrase = add_phrase(municipality=GM, facts=ALARM, by=YVONNE, at=AT)
    change_phrase(phrase=phrase, facts=replace(ALARM, reason="zo zeggen ze het hier"), by=SAMIRA, at=AT)

    assert not may_publish(phrase, YVONNE)
    assert may_publish(phrase, SAMIRA)
