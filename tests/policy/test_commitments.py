"""A day that moves stays beside the day it became, and so do words that are replaced, of promises and actions alike."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from samenspel.audit.action import Actor, action, record
from samenspel.audit.models import AuditEvent
from samenspel.people.checks import FactRefused
from samenspel.policy.challenges import PromiseFacts, charter, close_promise, set_promise
from samenspel.policy.commitments import Earlier, earlier_of, take_out_earlier
from samenspel.policy.gaps import GapFacts, gap_actions, set_gap_action
from samenspel.policy.models import GapAction, PartnerPromise
from samenspel.policy.models.commitments import Commitment
from tests.people.rows import BY, GM
from tests.policy.planted import AT, TODAY
from tests.policy.wijk_rows import WIJK, a_challenge, a_gap_action, a_partner, a_promise, a_wijk

pytestmark = pytest.mark.django_db
FIRST = date(2026, 12, 1)
LATER = date(2027, 2, 1)
WHY = "De zaal was bezet."
Restate = Callable[..., Commitment]


@pytest.fixture(autouse=True)
def _wijk() -> None:
    a_wijk()


def restate_promise(*, at: datetime = AT, **facts: Any) -> PartnerPromise:
    """Say something else of the promise that there is, or of a new one."""
    row = PartnerPromise.objects.first() or a_promise(a_partner(a_challenge()), due_on=FIRST)
    stated = replace(PromiseFacts.of(row), **facts)
    return set_promise(partner=row.partner, facts=stated, promise=row, by=BY, at=at)


def restate_action(*, at: datetime = AT, **facts: Any) -> GapAction:
    row = GapAction.objects.first() or a_gap_action("Elke maand meelopen", due_on=FIRST)
    return set_gap_action(municipality=GM, facts=replace(GapFacts.of(row), **facts), gap_action=row, by=BY, at=at)


of_both = pytest.mark.parametrize("restate", [restate_promise, restate_action], ids=["promise", "action"])


@action
def forced(*, row: Commitment, values: dict[str, Any], by: Actor, at: datetime) -> None:
    """Write past the actions, as a mistake in one would."""
    type(row)._default_manager.filter(pk=row.pk).update(**values)
    record(action="forced", on=row, by=by, at=at, municipality=GM)


@of_both
def test_the_day_that_was_promised_first_stays_however_often_it_moves(restate: Restate):
    assert restate().first_due == FIRST
    restate(due_on=LATER, progress=WHY)
    restate(due_on=date(2026, 11, 24))
    row = restate(due_on=date(2027, 3, 1), progress="Toch niet.")
    row.refresh_from_db()

    assert (row.first_due, row.due_on) == (FIRST, date(2027, 3, 1))


@of_both
@pytest.mark.parametrize("said", ["", "  ", "Begonnen."], ids=["nothing", "blanks", "the same"])
def test_a_later_day_needs_new_words(restate: Restate, said: str):
    row = restate(progress="Begonnen.")
    with pytest.raises(FactRefused, match="1 december 2026") as refused:
        restate(due_on=LATER, progress=said)
    row.refresh_from_db()

    assert (refused.value.field, row.due_on) == ("progress", FIRST)


@of_both
def test_the_words_of_a_later_day_cannot_be_wiped(restate: Restate):
    restate(due_on=LATER, progress=WHY)
    with pytest.raises(FactRefused, match="later dan eerst beloofd") as refused:
        restate(progress="")
    assert refused.value.field == "progress"


@of_both
def test_the_store_itself_refuses_a_later_day_without_words(restate: Restate):
    row = restate()
    with pytest.raises(IntegrityError), transaction.atomic():
        forced(row=row, values={"due_on": LATER}, by=BY, at=AT)
    forced(row=row, values={"due_on": LATER, "progress": WHY}, by=BY, at=AT)


@of_both
def test_a_nearer_day_needs_no_words_and_is_shown_too(restate: Restate):
    row = restate(due_on=TODAY)
    assert (row.first_due, earlier_of(row)) == (FIRST, (Earlier(0, TODAY, (), FIRST, is_removed=False),))


@of_both
def test_what_is_replaced_stays_to_be_read_newest_first(restate: Restate):
    restate(progress="Begonnen.")
    restate(due_on=LATER, progress=WHY)
    row = restate(what="Elke week meelopen", at=AT + timedelta(days=3))
    row.refresh_from_db()

    assert earlier_of(row) == (
        Earlier(1, date(2026, 11, 24), ("Elke maand meelopen",), None, is_removed=False),
        Earlier(0, TODAY, ("Begonnen.",), FIRST, is_removed=False),
    )


def test_who_did_an_action_before_stays_to_be_read():
    row = restate_action(owner="beheerder")
    (found,) = gap_actions(GM, TODAY)
    assert (row.owner, [one.words for one in found.earlier]) == ("beheerder", [("verbinder",)])


@of_both
def test_what_does_not_change_leaves_nothing(restate: Restate):
    assert restate().earlier == []


def test_what_was_said_before_a_promise_was_closed_stays_to_be_read():
    promise = restate_promise(progress="Half klaar.")
    close_promise(promise=promise, outcome="kept", progress="Gedaan.", on=TODAY, by=BY, at=AT)
    promise.refresh_from_db()

    assert promise.progress == "Gedaan."
    assert [one.words for one in earlier_of(promise)] == [("Half klaar.",)]


@of_both
def test_words_of_one_text_are_taken_out_for_good_and_the_days_stay(restate: Restate):
    restate(what="Bellen met een inwoner")
    row = restate(due_on=LATER, progress=WHY, what="Bellen")
    take_out_earlier(row=row, number=1, municipality=GM, by=BY, at=AT)
    row.refresh_from_db()

    assert earlier_of(row) == (
        Earlier(1, TODAY, (), FIRST, is_removed=True),
        Earlier(0, TODAY, ("Elke maand meelopen",), None, is_removed=False),
    )
    assert (row.what, row.progress, row.due_on) == ("Bellen", WHY, LATER)
    assert "inwoner" not in str(row.earlier)
    assert AuditEvent.objects.filter(action="take_out_earlier", object_id=str(row.pk)).count() == 1


@of_both
def test_the_log_names_the_fields_that_changed_and_no_words(restate: Restate):
    restate()
    restate(due_on=LATER, progress="Een geheim van iemand")
    told = list(AuditEvent.objects.order_by("pk").values_list("detail", flat=True))

    assert told[-1] == {"fields": ["due_on", "progress"]}
    assert "geheim" not in str(told)


@pytest.mark.parametrize(
    ("outcome", "on", "is_late"),
    [
        ("kept", date(2026, 11, 10), False),
        ("kept", date(2026, 11, 11), True),
        ("partly", date(2026, 11, 11), True),
        ("broken", date(2026, 11, 20), False),
    ],
    ids=["on the first day", "the day after", "partly", "not kept"],
)
def test_a_promise_kept_after_its_first_day_is_said_to_be_late_though_the_day_moved(
    outcome: str, on: date, *, is_late: bool
):
    promise = a_promise(a_partner(a_challenge()), due_on=date(2026, 11, 10))
    facts = replace(PromiseFacts.of(promise), due_on=FIRST, progress=WHY)
    set_promise(partner=promise.partner, facts=facts, promise=promise, by=BY, at=AT)
    close_promise(promise=promise, outcome=outcome, progress="Zo ging het.", on=on, by=BY, at=AT)
    found = charter(promise.partner.challenge, TODAY)
    (said,) = found.sides[0].promises

    assert (said.is_kept_late, said.days_late, found.kept_late) == (is_late, 0, int(is_late))


@pytest.mark.parametrize("kind", ["promise", "action"])
@pytest.mark.parametrize(
    ("due_on", "said"),
    [(AT.date() - timedelta(days=1), "al voorbij"), (date(2036, 11, 22), "meer dan 10 jaar")],
    ids=["past", "far"],
)
def test_what_is_taken_on_is_due_from_today_up_to_ten_years(kind: str, due_on: date, said: str):
    partner = a_partner(a_challenge())
    work = GapFacts(area=WIJK, block=3, what="Een zaal", owner="verbinder", due_on=due_on)
    promise = PromiseFacts(what="Komen", due_on=due_on)
    take_on = {
        "promise": lambda: set_promise(partner=partner, facts=promise, by=BY, at=AT),
        "action": lambda: set_gap_action(municipality=GM, facts=work, by=BY, at=AT),
    }[kind]
    with pytest.raises(FactRefused, match=said) as refused:
        take_on()
    assert refused.value.field == "due_on"
    assert not PartnerPromise.objects.exists()
    assert not GapAction.objects.exists()


def test_what_was_taken_on_is_not_moved_more_than_ten_years_ahead():
    for restate in (restate_promise, restate_action):
        with pytest.raises(FactRefused, match="meer dan 10 jaar"):
            restate(due_on=date(2036, 11, 22), progress=WHY)
