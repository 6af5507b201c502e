"""The second code: six digits, an hour, five tries, three a day, kept as a hash and never in the log."""

import re
from datetime import datetime, timedelta

import pytest

from samenspel.audit.models import AuditEvent
from samenspel.handover.holding import say
from samenspel.handover.models import HelpRequest, SecondCode
from samenspel.handover.retention import erase_codes
from samenspel.handover.second_code import A_DAY, LASTS, Own, TooManyCodes, end_codes, give_code, mail_code, open_own
from samenspel.handover.states import StepRefused
from samenspel.handover.steps import NotAllowed, NotThere
from samenspel.mail.models import OutgoingMessage
from tests.handover.rows import AT, BY, RESIDENT, Town, a_request, a_town, told
from tests.handover.test_one_holder import as_person
from tests.people.rows import GM

pytestmark = pytest.mark.django_db
WRONG = "not one digit"
EMAIL = told(way="email", reach="an@example.nl")


@pytest.fixture
def town() -> Town:
    return a_town()


def mailed(code: str, at: datetime = AT) -> str:
    """Ask for a code by mail; the digits that were mailed last."""
    mail_code(municipality=GM, code=code, by=RESIDENT, at=at)
    found = re.search(r"\b\d{6}\b", OutgoingMessage.objects.latest("created_at").body)
    assert found
    return found[0]


def opened(code: str, digits: str, at: datetime = AT) -> Own | None:
    return open_own(municipality=GM, code=code, digits=digits, by=RESIDENT, at=at)


def test_the_mailed_digits_open_the_text_for_an_hour_and_no_longer(town: Town):
    _, code = a_request(town.west, told=EMAIL)
    digits = mailed(code)

    first = opened(code, f"{digits[:3]} {digits[3:]}")

    assert first is not None
    assert first.told == EMAIL
    assert opened(code, digits, AT + LASTS - timedelta(seconds=1)) is not None
    assert opened(code, digits, AT + LASTS) is None


def test_the_mail_holds_the_digits_and_nothing_of_the_question(town: Town):
    _, code = a_request(town.west, told=EMAIL)
    mailed(code)

    mail = OutgoingMessage.objects.get()
    assert (mail.to, mail.kind) == ("an@example.nl", "code")
    assert code not in mail.body
    assert not re.search("deur|hulp|zorg|West", mail.subject + mail.body)


def test_neither_the_digits_nor_the_address_are_kept_readable_or_logged(town: Town):
    _, code = a_request(town.west, told=EMAIL)
    digits = mailed(code)

    kept = [*map(str, SecondCode.objects.values()), *map(str, AuditEvent.objects.values("action", "detail"))]
    assert not [line for line in kept if digits in line or "an@example.nl" in line]


def test_five_wrong_tries_spend_every_code(town: Town):
    _, code = a_request(town.west, told=EMAIL)
    digits = mailed(code)

    assert [opened(code, WRONG) for _ in range(5)] == [None] * 5
    assert opened(code, digits) is None
    assert AuditEvent.objects.filter(action="try_code").count() == 6


def test_four_wrong_tries_leave_one(town: Town):
    _, code = a_request(town.west, told=EMAIL)
    digits = mailed(code)

    for _ in range(4):
        opened(code, WRONG)

    assert opened(code, digits) is not None


def test_digits_of_another_question_do_not_open_this_one(town: Town):
    _, code = a_request(town.west, told=EMAIL)
    _, other = a_request(town.west, told=EMAIL)
    mailed(code)

    digits = mailed(other, AT + timedelta(seconds=1))

    assert opened(code, digits, AT + timedelta(seconds=1)) is None


@pytest.mark.parametrize("way", ["phone", "email"])
def test_a_fourth_code_on_a_day_is_refused_whatever_was_left(town: Town, way: str):
    _, code = a_request(town.west, told=told(way=way, reach="an@example.nl"))
    for _ in range(A_DAY):
        mail_code(municipality=GM, code=code, by=RESIDENT, at=AT)

    with pytest.raises(TooManyCodes):
        mail_code(municipality=GM, code=code, by=RESIDENT, at=AT + timedelta(hours=23))
    assert OutgoingMessage.objects.count() == (A_DAY if way == "email" else 0)
    mail_code(municipality=GM, code=code, by=RESIDENT, at=AT + timedelta(hours=24, seconds=1))


def test_one_address_gets_six_mails_a_day_however_many_questions_name_it(town: Town):
    codes = [a_request(town.west, told=EMAIL)[1] for _ in range(3)]
    for code in codes[:2]:
        for _ in range(A_DAY):
            mail_code(municipality=GM, code=code, by=RESIDENT, at=AT)

    with pytest.raises(TooManyCodes):
        mail_code(municipality=GM, code=codes[2], by=RESIDENT, at=AT)


def test_a_holder_reads_out_a_code_that_opens_it(town: Town):
    request, code = a_request(town.west)

    digits = give_code(request=request, by=as_person(town.team_west.members.get()), at=AT)

    assert opened(code, digits) is not None


def test_somebody_of_another_team_makes_no_code(town: Town):
    request, _ = a_request(town.west)

    with pytest.raises(NotAllowed):
        give_code(request=request, by=as_person(town.team_east.members.get()), at=AT)
    assert not SecondCode.objects.exists()


def test_who_is_done_lets_the_code_end_at_once(town: Town):
    request, code = a_request(town.west, told=EMAIL)
    digits = mailed(code)
    assert opened(code, digits) is not None

    end_codes(request=request, by=RESIDENT, at=AT)

    assert opened(code, digits) is None


def test_a_question_without_text_has_no_second_code(town: Town):
    request, code = a_request(town.west, told=EMAIL)
    digits = mailed(code)
    say(municipality=GM, code=code, verb="withdraw", by=RESIDENT, at=AT)

    with pytest.raises(NotThere):
        opened(code, digits)
    with pytest.raises(NotThere):
        mail_code(municipality=GM, code=code, by=RESIDENT, at=AT)
    with pytest.raises(StepRefused):
        give_code(request=HelpRequest.objects.get(pk=request.pk), by=as_person(town.team_west.members.get()), at=AT)


def test_a_day_after_its_end_nothing_is_left_of_a_code(town: Town):
    _, code = a_request(town.west, told=EMAIL)
    mailed(code)

    assert erase_codes(by=BY, at=AT + timedelta(days=1)) == 0
    assert erase_codes(by=BY, at=AT + timedelta(days=1, hours=1, seconds=1)) == 1
    assert not SecondCode.objects.exists()


def test_codes_that_were_read_out_leave_the_mailed_ones_alone(town: Town):
    request, code = a_request(town.west, told=told(way="email", reach="an@example.nl"))
    for _ in range(A_DAY + 1):
        give_code(request=request, by=as_person(town.team_west.members.get()), at=AT)
    for _ in range(A_DAY):
        mail_code(municipality=GM, code=code, by=RESIDENT, at=AT)
    with pytest.raises(TooManyCodes):
        mail_code(municipality=GM, code=code, by=RESIDENT, at=AT)
