"""The second step: a code works once, recovery codes go one by one, and nothing readable is kept."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from cryptography.fernet import InvalidToken
from django.utils.crypto import salted_hmac

from samenspel.audit.models import AuditEvent
from samenspel.people import second_factor_store
from samenspel.people.accounts import AccountFacts, add_account
from samenspel.people.models import TWO_STEP_ROLES, AccessRole, User, WorkSession
from samenspel.people.second_factor import (
    PERIOD,
    WrongCode,
    app_address,
    drop_second_factors,
    make_secret,
    must_prove_twice,
    prove_by_code,
    renew_recovery_codes,
    second_factors_of,
    set_up_app,
)
from tests.people.rows import AT, BY, GM

pytestmark = pytest.mark.django_db

STEP = timedelta(seconds=PERIOD)


def an_account() -> User:
    facts = AccountFacts(email="ans@example.nl", name="Ans", access_role="connector")
    return add_account(municipality=GM, facts=facts, password=None, by=BY, at=AT)


def code(secret: str, at: object = AT) -> str:
    return format_hotp_value(hotp_value(secret, int(at.timestamp()) // PERIOD))  # type: ignore[attr-defined]


def with_an_app(user: User) -> tuple[str, list[str]]:
    secret = make_secret()
    return secret, set_up_app(user=user, secret=secret, code=code(secret), keep=None, by=BY, at=AT)


def test_an_app_is_taken_into_use_by_its_first_code_only():
    user, secret = an_account(), make_secret()

    with pytest.raises(WrongCode):
        set_up_app(user=user, secret=secret, code="000000", keep=None, by=BY, at=AT)
    assert not second_factors_of(user).any

    codes = set_up_app(user=user, secret=secret, code=code(secret), keep=None, by=BY, at=AT)
    found = second_factors_of(user)
    assert (found.app, found.passkeys, found.codes_left) == (True, (), 10)
    assert len(set(codes)) == 10


def test_the_arithmetic_is_that_of_the_standard():
    """RFC 6238, appendix B, with its own key, SHA-1 and the last six digits."""
    key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

    shown = {moment: format_hotp_value(hotp_value(key, moment // PERIOD)) for moment in (59, 1111111109, 20000000000)}

    assert shown == {59: "287082", 1111111109: "081804", 20000000000: "353130"}


@pytest.mark.parametrize("drift", [-1, 0, 1])
def test_the_clock_of_a_phone_may_be_half_a_minute_off(drift: int):
    user = an_account()
    secret, _ = with_an_app(user)
    later = AT + 10 * STEP

    prove_by_code(user=user, code=code(secret, later + drift * STEP), by=BY, at=later)


@pytest.mark.parametrize("drift", [-2, 2])
def test_an_older_or_later_code_is_refused(drift: int):
    user = an_account()
    secret, _ = with_an_app(user)
    later = AT + 10 * STEP

    with pytest.raises(WrongCode):
        prove_by_code(user=user, code=code(secret, later + drift * STEP), by=BY, at=later)


def test_a_code_works_once_and_so_does_every_one_before_it():
    user = an_account()
    secret, _ = with_an_app(user)
    later = AT + 10 * STEP
    prove_by_code(user=user, code=code(secret, later), by=BY, at=later)

    for used in (later, later - STEP):
        with pytest.raises(WrongCode):
            prove_by_code(user=user, code=code(secret, used), by=BY, at=later)
    prove_by_code(user=user, code=code(secret, later + STEP), by=BY, at=later + STEP)


def test_the_code_that_set_it_up_does_not_work_again():
    user = an_account()
    secret, _ = with_an_app(user)

    with pytest.raises(WrongCode):
        prove_by_code(user=user, code=code(secret), by=BY, at=AT)


def test_each_recovery_code_works_once_however_it_is_typed():
    user = an_account()
    _, codes = with_an_app(user)
    typed = f"{codes[3][:4]} {codes[3][4:]}"
    prove_by_code(user=user, code=typed, by=BY, at=AT)

    with pytest.raises(WrongCode):
        prove_by_code(user=user, code=codes[3], by=BY, at=AT)
    assert second_factors_of(user).codes_left == 9


def test_new_recovery_codes_replace_the_old():
    user = an_account()
    _, old = with_an_app(user)
    new = renew_recovery_codes(user=user, keep=None, by=BY, at=AT)

    assert set(old).isdisjoint(new)
    with pytest.raises(WrongCode):
        prove_by_code(user=user, code=old[0], by=BY, at=AT)
    prove_by_code(user=user, code=new[0], by=BY, at=AT)


def test_another_phone_takes_the_place_of_the_first_and_the_paper_stays_good():
    user = an_account()
    first, codes = with_an_app(user)
    second, still = with_an_app(user)
    later = AT + 10 * STEP

    assert still == codes
    with pytest.raises(WrongCode):
        prove_by_code(user=user, code=code(first, later), by=BY, at=later)
    prove_by_code(user=user, code=code(second, later), by=BY, at=later)


def test_the_code_of_a_colleague_is_no_code():
    user = an_account()
    facts = AccountFacts(email="bram@example.nl", name="Bram", access_role="connector")
    other = add_account(municipality=GM, facts=facts, password=None, by=BY, at=AT)
    secret, codes = with_an_app(other)
    later = AT + 10 * STEP

    for theirs in (code(secret, later), codes[0]):
        with pytest.raises(WrongCode):
            prove_by_code(user=user, code=theirs, by=BY, at=later)


def test_nothing_that_is_kept_signs_anyone_in(monkeypatch: pytest.MonkeyPatch):
    user = an_account()
    secret, codes = with_an_app(user)
    kept = " ".join(str(row.data) for row in Authenticator.objects.all())

    assert secret not in kept
    assert not any(one in kept for one in codes)
    monkeypatch.setattr(
        second_factor_store, "salted_hmac", lambda *words, **how: salted_hmac("another", "key", secret="x", **how)
    )
    with pytest.raises(InvalidToken):
        prove_by_code(user=user, code=codes[0], by=BY, at=AT)


def test_a_changed_second_factor_ends_the_other_sessions():
    user = an_account()
    for key in ("here", "there"):
        WorkSession.objects.create(session_key=key, account=user, expire_date=AT, began_at=AT)
    secret = make_secret()
    set_up_app(user=user, secret=secret, code=code(secret), keep="here", by=BY, at=AT)

    assert list(user.sessions.values_list("session_key", flat=True)) == ["here"]
    drop_second_factors(user=user, by=BY, at=AT)
    assert not user.sessions.exists()
    assert not second_factors_of(user).any


def test_events_say_that_it_was_set_used_and_dropped_and_hold_no_code():
    user = an_account()
    secret, codes = with_an_app(user)
    prove_by_code(user=user, code=codes[0], by=BY, at=AT)
    drop_second_factors(user=user, by=BY, at=AT)

    events = AuditEvent.objects.filter(object_id=str(user.pk)).order_by("pk").values_list("action", "detail")
    assert [action for action, _ in events][1:] == ["set_second_factor", "second_step", "drop_second_factors"]
    assert not any(codes[0] in str(detail) or secret in str(detail) for _, detail in events)


def test_who_reads_what_residents_told_or_gives_access_must_prove_twice():
    must = {role for role in AccessRole.values if must_prove_twice(User(access_role=role))}

    assert must == {role.value for role in TWO_STEP_ROLES}
    assert {"administrator", "connector", "prevention_worker", "team_member", "partner"} <= must


def test_the_address_for_the_app_names_the_account_and_samenspel():
    assert app_address(an_account(), "ABC") == "otpauth://totp/ans%40example.nl?secret=ABC&issuer=Samenspel"
