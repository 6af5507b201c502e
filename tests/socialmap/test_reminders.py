"""The ladder of "klopt dit?": one reminder after a week, a call after two, three calls at most; each step once."""

from datetime import timedelta

import pytest

from samenspel.audit.models import AuditEvent
from samenspel.mail.models import OutgoingMessage
from samenspel.people.models import Organization
from samenspel.socialmap import answers
from samenspel.socialmap.confirm import LinkEnded, find_request, start_round
from samenspel.socialmap.listing import withdraw_listing
from samenspel.socialmap.models import ConfirmationRequest, Offering
from samenspel.socialmap.reminders import (
    CalledEnough,
    called_enough,
    note_all_stopped,
    note_no_answer,
    remind,
    remind_due,
    to_call,
)
from tests.people.rows import AT, BY, GM
from tests.socialmap.asking import DAY, a_club, answered, ask, secret_in_mail, the_request

pytestmark = pytest.mark.django_db
TO = "club@example.nl"


@pytest.fixture
def club() -> Organization:
    club = a_club(email=TO)
    ask(club)
    return club


def called(club: Organization) -> list[ConfirmationRequest]:
    return list(to_call(municipality=GM, at=AT + 15 * DAY).filter(organization=club))


@pytest.mark.parametrize(
    ("after", "sent"),
    [(timedelta(days=7) - timedelta(seconds=1), 0), (7 * DAY, 1), (59 * DAY, 1), (60 * DAY, 0)],
    ids=["a second too early", "after a week", "on the last day", "when the link ended"],
)
def test_a_second_mail_goes_after_a_week_for_as_long_as_the_link_works(club: Organization, after: timedelta, sent: int):
    assert remind_due(by=BY, at=AT + after) == sent
    assert OutgoingMessage.objects.count() == 1 + sent


def test_the_second_mail_goes_once_however_often_the_worker_looks(club: Organization):
    assert [remind_due(by=BY, at=AT + days * DAY) for days in (7, 7, 8, 30)] == [1, 0, 0, 0]
    assert the_request(club).reminded_at == AT + 7 * DAY


def test_the_links_of_both_mails_open_the_same_question(club: Organization):
    first = secret_in_mail(TO)
    remind_due(by=BY, at=AT + 7 * DAY)
    second = secret_in_mail(TO)

    assert first != second
    for secret in (first, second):
        assert find_request(secret, municipality=GM, at=AT + 8 * DAY) == the_request(club)
    assert second not in str(list(ConfirmationRequest.objects.values())) + str(list(AuditEvent.objects.values()))


def test_the_second_mail_says_so_and_keeps_the_first_end(club: Organization):
    remind_due(by=BY, at=AT + 7 * DAY)
    mail = OutgoingMessage.objects.latest("created_at")

    assert mail.subject == "Herinnering: klopt dit nog? Biljartclub"
    assert "Op 21-11-2026 vroegen wij u" in mail.body
    assert "De link werkt tot 20-01-2027" in mail.body
    assert "vroegen wij u" not in OutgoingMessage.objects.earliest("created_at").body


def test_nobody_is_reminded_who_answered_left_shielded_its_contact_or_got_a_letter():
    clubs = [a_club(name, email=f"{name}@example.nl") for name in ("ja", "weg")]
    lettered = a_club("brief")
    ask(*clubs, lettered)
    answered(clubs[0], DAY)
    withdraw_listing(organization=clubs[1], by=BY, at=AT + DAY)

    assert remind_due(by=BY, at=AT + 8 * DAY) == 0


def test_a_newer_round_ends_both_links(club: Organization):
    remind_due(by=BY, at=AT + 7 * DAY)
    second = secret_in_mail(TO)

    start_round(municipality=GM, organizations=[club], by=BY, at=AT + 9 * DAY)

    with pytest.raises(LinkEnded):
        find_request(second, municipality=GM, at=AT + 9 * DAY)


def test_an_answer_while_the_worker_was_about_to_remind_is_seen(club: Organization):
    stale = the_request(club)
    answered(club, DAY)

    with pytest.raises(LinkEnded):
        remind(request=stale, by=BY, at=AT + 7 * DAY)
    assert OutgoingMessage.objects.count() == 1


def test_who_is_silent_for_two_weeks_is_called_with_or_without_e_mail(club: Organization):
    ask(a_club("Koor"))

    assert not to_call(municipality=GM, at=AT + 14 * DAY - timedelta(seconds=1)).exists()
    assert to_call(municipality=GM, at=AT + 14 * DAY).count() == 2


def test_a_group_is_called_on_three_days_and_then_left_alone(club: Organization):
    for number in range(3):
        assert len(called(club)) == 1
        assert note_no_answer(request=the_request(club), by=BY, at=AT + (14 + number) * DAY) == number + 1

    assert called(club) == []
    assert called_enough(municipality=GM, at=AT + 17 * DAY).get() == the_request(club)
    with pytest.raises(CalledEnough):
        note_no_answer(request=the_request(club), by=BY, at=AT + 18 * DAY)


def test_two_taps_on_one_day_count_as_one_call(club: Organization):
    note_no_answer(request=the_request(club), by=BY, at=AT + 14 * DAY)

    with pytest.raises(CalledEnough):
        note_no_answer(request=the_request(club), by=BY, at=AT + 14 * DAY + timedelta(minutes=1))
    assert the_request(club).calls == 1


def test_who_answered_meanwhile_is_not_noted_as_not_reached(club: Organization):
    stale = the_request(club)
    answered(club, 14 * DAY)

    with pytest.raises(LinkEnded):
        note_no_answer(request=stale, by=BY, at=AT + 15 * DAY)
    with pytest.raises(LinkEnded):
        note_all_stopped(request=stale, by=BY, at=AT + 15 * DAY)
    assert Offering.objects.visible(AT + 15 * DAY).exists()


def test_not_any_more_takes_everything_of_the_group_off_the_map_and_nothing_else(club: Organization):
    other = a_club("Koor")

    assert note_all_stopped(request=the_request(club), by=BY, at=AT + 15 * DAY) == 1

    assert [one.organization for one in Offering.objects.visible(AT + 15 * DAY)] == [other]
    assert the_request(club).answered_at == AT + 15 * DAY


def test_full_is_an_answer_too_so_nobody_calls(club: Organization):
    answers.say_full(request=the_request(club), offering=club.offerings.get(), is_full=True, by=BY, at=AT + DAY)

    assert called(club) == []
    assert remind_due(by=BY, at=AT + 8 * DAY) == 0
