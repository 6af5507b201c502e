"""Links to choose a password: mailed, once, for two days; and changing one's own."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.tokens import PasswordResetTokenGenerator

from samenspel.audit.models import AuditEvent
from samenspel.mail.models import OutgoingMessage
from samenspel.mail.outbox import TooMuchMail
from samenspel.people.accounts import AccountFacts, add_account, change_account
from samenspel.people.checks import FactRefused
from samenspel.people.models import User, WorkSession
from samenspel.people.passwords import LinkSpent, account_of_link, change_password, choose_password, send_link
from tests.people.rows import AT, BY, GM

pytestmark = pytest.mark.django_db
NEW = "acht-blauwe-stoepen"


def an_account(email: str = "ans@example.nl") -> User:
    facts = AccountFacts(email=email, name="Ans", access_role="desk")
    return add_account(municipality=GM, facts=facts, password=None, by=BY, at=AT)


def mailed(settings: Any) -> str:
    """The secret of the newest link in the outbox."""
    body = OutgoingMessage.objects.latest("created_at").body
    (line,) = [line for line in body.splitlines() if line.startswith(settings.ADDRESS)]
    return line.partition("/werk/wachtwoord/")[2]


def test_a_link_is_mailed_and_its_owner_chooses_a_password(settings: Any):
    user = an_account()
    assert not user.has_usable_password()
    send_link(user=user, by=BY, at=AT)
    message = OutgoingMessage.objects.get()
    choose_password(secret=mailed(settings), password=NEW, by=BY, at=AT)
    user.refresh_from_db()

    assert (message.to, message.kind) == ("ans@example.nl", "password")
    assert "23 november 2026" in message.body
    assert user.check_password(NEW)


def test_a_link_works_once_and_ends_all_sessions(settings: Any):
    user = an_account()
    WorkSession.objects.create(session_key="there", account=user, expire_date=AT, began_at=AT)
    send_link(user=user, by=BY, at=AT)
    secret = mailed(settings)
    choose_password(secret=secret, password=NEW, by=BY, at=AT)

    assert not user.sessions.exists()
    with pytest.raises(LinkSpent):
        choose_password(secret=secret, password="negen-rode-bankjes", by=BY, at=AT)


def test_a_second_link_does_not_outlive_the_first(settings: Any):
    user = an_account()
    send_link(user=user, by=BY, at=AT)
    first = mailed(settings)
    send_link(user=user, by=BY, at=AT + timedelta(seconds=1))
    choose_password(secret=mailed(settings), password=NEW, by=BY, at=AT)

    with pytest.raises(LinkSpent):
        account_of_link(first)


@pytest.mark.parametrize(("hours", "works"), [(47, True), (49, False)])
def test_a_link_works_for_two_days(settings: Any, monkeypatch: pytest.MonkeyPatch, hours: int, works: bool):
    user = an_account()
    send_link(user=user, by=BY, at=AT)
    secret = mailed(settings)
    later = datetime.now() + timedelta(hours=hours)  # noqa: DTZ005  as Django counts
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self: later)

    if works:
        assert account_of_link(secret) == user
    else:
        with pytest.raises(LinkSpent):
            account_of_link(secret)


@pytest.mark.parametrize("secret", ["", "x", ".", "AAAA.BBBB", "é.é", "a" * 300])
def test_what_is_no_link_is_refused(secret: str):
    an_account()

    with pytest.raises(LinkSpent):
        account_of_link(secret)


def test_the_link_of_one_account_opens_no_other(settings: Any):
    send_link(user=an_account(), by=BY, at=AT)
    token = mailed(settings).partition(".")[2]
    send_link(user=an_account("bram@example.nl"), by=BY, at=AT + timedelta(seconds=1))
    other = mailed(settings).partition(".")[0]

    with pytest.raises(LinkSpent):
        account_of_link(f"{other}.{token}")


def test_a_closed_account_or_a_changed_address_has_no_link(settings: Any):
    user = an_account()
    send_link(user=user, by=BY, at=AT)
    secret = mailed(settings)
    change_account(user=user, facts=AccountFacts(email="x@example.nl", name="Ans", access_role="desk"), by=BY, at=AT)

    with pytest.raises(LinkSpent):
        account_of_link(secret)


def test_an_easy_password_is_refused_and_the_link_stays_good(settings: Any):
    send_link(user=an_account(), by=BY, at=AT)
    secret = mailed(settings)

    with pytest.raises(FactRefused, match="12 tekens"):
        choose_password(secret=secret, password="kort", by=BY, at=AT)
    assert account_of_link(secret)


def test_who_asks_for_links_of_someone_else_does_not_flood_them():
    user = an_account()
    for _ in range(3):
        send_link(user=user, by=BY, at=AT, most_a_day=3)

    with pytest.raises(TooMuchMail):
        send_link(user=user, by=BY, at=AT, most_a_day=3)
    assert OutgoingMessage.objects.count() == 3


def test_changing_ones_own_password_takes_the_present_one_and_keeps_this_session():
    user = an_account()
    user.set_password("zeven-groene-fietsen")
    user.save()
    for key in ("here", "there"):
        WorkSession.objects.create(session_key=key, account=user, expire_date=AT, began_at=AT)

    with pytest.raises(FactRefused) as refused:
        change_password(user=user, current="niet", password=NEW, keep="here", by=BY, at=AT)
    assert refused.value.field == "current"
    change_password(user=user, current="zeven-groene-fietsen", password=NEW, keep="here", by=BY, at=AT)

    assert list(user.sessions.values_list("session_key", flat=True)) == ["here"]
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_events_hold_no_link_and_no_password(settings: Any):
    send_link(user=an_account(), by=BY, at=AT)
    secret = mailed(settings)
    choose_password(secret=secret, password=NEW, by=BY, at=AT)

    events = AuditEvent.objects.filter(action__in=["send_password_link", "choose_password"])
    assert events.count() == 2
    assert not any(secret in str(event.detail) or NEW in str(event.detail) for event in events)
