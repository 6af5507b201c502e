"""Accounts: made, renewed and closed; guessing is slowed down and never closes the door for the owner."""

from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction

from samenspel.audit.models import AuditEvent
from samenspel.people.accounts import (
    FREE_TRIES,
    KEEP,
    LONGEST_WAIT,
    WITHIN,
    AccountFacts,
    account_of,
    add_account,
    close_account,
    note_sign_in,
    renew_account,
    seconds_to_wait,
)
from samenspel.people.actions import set_team
from samenspel.people.checks import FactRefused
from samenspel.people.facts import TeamFacts
from samenspel.people.models import SignInAttempt, Team, User
from tests.people.rows import AT, BY, ELSEWHERE, GM, an_organization

pytestmark = pytest.mark.django_db

HOME, AWAY = "192.0.2.1", "198.51.100.7"
PASSWORD = "zeven-groene-fietsen"


def facts(**given: Any) -> AccountFacts:
    return AccountFacts(**{"email": "ans@example.nl", "name": "Ans", "access_role": "administrator", **given})


def an_account(**given: Any) -> User:
    return add_account(municipality=GM, facts=facts(**given), password=PASSWORD, by=BY, at=AT)


def guess(times: int, *, email: str = "ans@example.nl", network: str = HOME, at: datetime = AT) -> list[int]:
    return [seconds_to_wait(email=email, network=network, at=at) for _ in range(times)]


def test_an_address_is_one_account_however_it_is_typed():
    made = an_account(email=" Ans@Example.NL ")

    assert made.email == "ans@example.nl"
    assert account_of("ANS@example.nl") == made
    with pytest.raises(FactRefused, match="heeft al een account"):
        an_account(email="ans@example.nl")


@pytest.mark.parametrize(
    ("given", "field"),
    [({"email": "geen adres"}, "email"), ({"name": ""}, "name"), ({"access_role": "koning"}, "access_role")],
)
def test_a_fact_that_cannot_be_is_refused_by_name_and_nothing_is_stored(given: dict[str, str], field: str):
    with pytest.raises(FactRefused) as refused:
        an_account(**given)

    assert refused.value.field == field
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("role", "has_employer"), [("partner", False), ("volunteer_coordinator", False), ("team_member", True)]
)
def test_a_partner_works_for_an_organization_and_a_colleague_for_none(role: str, has_employer: bool):
    with pytest.raises(FactRefused) as refused:
        an_account(access_role=role, organization=an_organization() if has_employer else None)

    assert refused.value.field == "organization"
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="x@example.nl", name="X", municipality=GM, access_role="partner")


def test_nobody_works_for_an_organization_of_another_municipality():
    elsewhere = an_organization(municipality=ELSEWHERE)

    with pytest.raises(FactRefused, match="andere gemeente") as refused:
        an_account(access_role="partner", organization=elsewhere)
    assert refused.value.field == "organization"


@pytest.mark.parametrize(
    ("password", "reason"), [("kort", "ten minste 12 tekens"), ("password1234", "makkelijk te raden")]
)
def test_a_password_that_is_easy_to_guess_is_refused_in_dutch(password: str, reason: str):
    with pytest.raises(FactRefused, match=reason) as refused:
        add_account(municipality=GM, facts=facts(), password=password, by=BY, at=AT)

    assert refused.value.field == "password"


def test_events_name_no_person_and_closing_deletes_the_row():
    user = an_account()
    pk = str(user.pk)
    renew_account(user=user, facts=facts(name="Anne"), password=PASSWORD, by=BY, at=AT)
    close_account(user=user, by=BY, at=AT)

    events = AuditEvent.objects.filter(object_id=pk)
    assert list(events.order_by("pk").values_list("action", flat=True)) == [
        "add_account",
        "renew_account",
        "close_account",
    ]
    assert not any("ans" in str(event.detail).lower() for event in events)
    assert not User.objects.exists()


def test_the_first_wrong_tries_cost_nothing_and_then_each_takes_longer_up_to_a_limit():
    free = FREE_TRIES["account_here"]
    assert guess(free) == [0] * free

    waits, at = [], AT
    for _ in range(10):
        waits.append(seconds_to_wait(email="ans@example.nl", network=HOME, at=at))
        at += timedelta(seconds=waits[-1])
        assert seconds_to_wait(email="ans@example.nl", network=HOME, at=at) == 0

    assert waits == [1, 2, 4, 8, 16, *[LONGEST_WAIT] * 5]


def test_waiting_does_not_count_as_a_try_so_that_impatience_costs_nothing():
    guess(FREE_TRIES["account_here"])

    assert guess(50) == [1] * 50


def test_one_network_that_guesses_as_fast_as_it_may_never_makes_the_owner_wait_elsewhere():
    at, end = AT, AT + 3 * WITHIN
    while at < end:
        at += timedelta(seconds=max(1, seconds_to_wait(email="ans@example.nl", network=AWAY, at=at)))
        tries = SignInAttempt.objects.count()
        assert tries
    assert seconds_to_wait(email="ans@example.nl", network=HOME, at=at) == 0


def test_one_network_that_tries_many_accounts_is_slowed_down_too():
    waits = [wait for number in range(100) for wait in guess(1, email=f"{number}@example.nl")]

    assert waits[: FREE_TRIES["network"]] == [0] * FREE_TRIES["network"]
    assert set(waits[FREE_TRIES["network"] :]) == {1}


def test_many_networks_that_guess_one_account_are_slowed_down_too():
    waits = [wait for number in range(200) for wait in guess(1, network=f"203.0.113.{number}")]

    assert sum(not wait for wait in waits) == FREE_TRIES["account"]


def test_neighbours_in_one_ipv6_network_are_one_network():
    assert guess(6, network="2001:db8::1")[-1] == guess(1, network="2001:db8::ffff")[0] == 1


def test_signing_in_forgets_the_tries_of_the_account_and_leaves_an_event():
    user = an_account()
    guess(3, at=AT - timedelta(seconds=9))
    guess(1)
    note_sign_in(user=user, network=HOME, by=BY, at=AT)

    assert SignInAttempt.objects.count() == 3
    assert AuditEvent.objects.filter(action="sign_in", object_id=str(user.pk)).count() == 1


def test_a_day_later_nothing_is_left_of_a_try():
    guess(3)
    guess(1, at=AT + KEEP + timedelta(seconds=1))

    assert SignInAttempt.objects.count() == 3


def test_what_is_kept_of_a_try_shows_neither_address_nor_network():
    guess(1)

    kept = " ".join(SignInAttempt.objects.values_list("subject", flat=True))
    assert "ans" not in kept
    assert HOME not in kept


def command(*words: str) -> str:
    said = StringIO()
    call_command("account", *words, stdout=said)
    return said.getvalue()


def test_the_command_makes_an_account_in_a_team_and_shows_its_password_once():
    set_team(municipality=GM, facts=TeamFacts(name="Team Oost", phone="0320-555201"), by=BY, at=AT)
    said = command("bram@example.nl", "--name", "Bram", "--role", "team_member", "--team", "Team Oost", "--generate")
    user = User.objects.get()

    assert user.check_password(said.split()[-1])
    assert list(Team.objects.get().members.all()) == [user]
    assert user.municipality == GM


def test_the_command_makes_an_account_of_a_partner_and_drops_the_organization_with_the_role():
    organization = an_organization(name="De Haven")
    command("bram@example.nl", "--name", "Bram", "--role", "partner", "--organization", organization.slug, "--generate")
    assert User.objects.get().organization == organization
    command("bram@example.nl", "--generate")
    assert User.objects.get().organization == organization

    command("bram@example.nl", "--role", "desk", "--generate")
    assert User.objects.get().organization is None


def test_the_command_renews_an_account_and_keeps_what_was_not_said():
    user = an_account(name="Ans")
    said = command("ans@example.nl", "--generate")
    user.refresh_from_db()

    assert "vernieuwd" in said
    assert (user.name, user.access_role) == ("Ans", "administrator")
    assert not user.check_password(PASSWORD)


def test_the_command_closes_an_account():
    an_account()
    command("ans@example.nl", "--close")

    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("nieuw@example.nl", "--generate"), "--name en --role"),
        (("nieuw@example.nl", "--name", "N", "--role", "desk", "--team", "Geen", "--generate"), "geen team 'Geen'"),
        (
            ("n@example.nl", "--name", "N", "--role", "partner", "--organization", "Geen", "--generate"),
            "geen organisatie",
        ),
        (("geen-adres", "--name", "N", "--role", "desk", "--generate"), "email: "),
        (("nieuw@example.nl", "--close"), "heeft geen account"),
        (("x@elders.example", "--generate"), "andere gemeente"),
    ],
)
def test_the_command_says_in_one_line_why_not(words: tuple[str, ...], reason: str):
    add_account(municipality="GM9902", facts=facts(email="x@elders.example"), password=PASSWORD, by=BY, at=AT)

    with pytest.raises(CommandError, match=reason):
        command(*words)
    assert User.objects.count() == 1
