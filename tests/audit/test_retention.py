"""After 7 years the oldest part of the log goes, and what stays can still be verified."""

from datetime import UTC, datetime, timedelta

import pytest
from dateutil.relativedelta import relativedelta

from samenspel.audit import retention
from samenspel.audit.chain import DESTROY, ChainBroken, Head, head_of_chain, seal_events, verify_chain
from samenspel.audit.models import Anchor, AuditEvent
from samenspel.audit.retention import destroy_old_events
from tests.audit.events import BY, happen

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
OLD, YOUNG = NOW - timedelta(days=8 * 366), NOW - timedelta(days=5)


def sealed(*moments: datetime) -> Head:
    for at in moments:
        happen(by=BY, at=at)
    seal_events()
    return head_of_chain()


def test_old_events_go_and_an_anchor_and_an_event_stay():
    last_old, head = sealed(OLD, OLD, OLD), sealed(YOUNG)

    assert destroy_old_events(by=BY, at=NOW) == 3
    assert destroy_old_events(by=BY, at=NOW) == 0

    assert [(row.number, row.digest) for row in Anchor.objects.all()] == [(3, last_old.digest)]
    told = AuditEvent.objects.get(action=DESTROY)
    assert (told.object_id, told.detail) == ("3", {"digest": last_old.digest})
    assert verify_chain(kept=head).events == 1
    seal_events()
    verified = verify_chain(kept=head)
    assert (verified.events, verified.head.number, verified.kept_is_older) == (2, 5, False)


def test_the_chain_goes_on_when_all_before_was_destroyed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    first, last = sealed(OLD), sealed(OLD, OLD)

    assert destroy_old_events(by=BY, at=NOW) == 3
    assert (head_of_chain(), verify_chain().head) == (last, last)

    seal_events()
    verified = verify_chain(kept=last)
    assert (verified.events, verified.head.number, verified.kept_is_older) == (2, 5, False)
    assert verify_chain(kept=first).kept_is_older


def test_another_anchor_than_the_kept_one_is_found():
    last = sealed(OLD)
    destroy_old_events(by=BY, at=NOW)
    seal_events()

    with pytest.raises(ChainBroken, match="gebeurtenis 1: is een andere"):
        verify_chain(kept=Head(last.number, "0" * 64))


def test_an_old_event_behind_a_younger_one_goes_with_that_one():
    sealed(OLD, YOUNG, OLD)

    assert destroy_old_events(by=BY, at=NOW) == 1
    assert [row.number for row in AuditEvent.objects.exclude(number=None).order_by("number")] == [2, 3]
    seal_events()
    assert destroy_old_events(by=BY, at=YOUNG + relativedelta(years=7, days=1)) == 2


def test_old_events_that_nobody_sealed_go_too():
    happen(by=BY, at=OLD)
    happen(by=BY, at=YOUNG)

    assert destroy_old_events(by=BY, at=NOW) == 1
    assert not Anchor.objects.exists()
