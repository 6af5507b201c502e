"""Actions leave an event, and guarded rows change only inside one."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError

from samenspel.audit.action import ActionLeftNoEvent, Actor, OutsideAction, action, record
from samenspel.audit.models import AuditEvent
from samenspel.people.models import Organization

pytestmark = pytest.mark.django_db
BY = Actor("system", "test")
AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@action
def found(*, name: str, by: Actor, at: datetime) -> Organization:
    group = Organization.objects.create(municipality="GM9901", slug=name, name=name, kind="informal_group")
    record(action="found", on=group, by=by, at=at, municipality="GM9901", name=name)
    return group


@action
def say_nothing(*, by: Actor, at: datetime) -> None:
    Organization.objects.create(municipality="GM9901", slug="stil", name="Stil", kind="informal_group")


@action
def fail_late(*, by: Actor, at: datetime) -> None:
    found(name="half", by=by, at=at)
    raise ValueError("later")


def test_an_action_writes_the_row_and_the_event_together():
    group = found(name="wandelgroep", by=BY, at=AT)

    event = AuditEvent.objects.get()
    assert (event.action, event.object_kind, event.object_id) == ("found", "people.organization", str(group.id))
    assert (event.actor_kind, event.actor_id, event.at) == ("system", "test", AT)


def test_an_action_without_an_event_is_undone():
    with pytest.raises(ActionLeftNoEvent):
        say_nothing(by=BY, at=AT)

    assert not Organization.objects.exists()


@action
def found_by_another(*, by: Actor, at: datetime) -> None:
    found(name="koor", by=by, at=at)


def test_the_event_of_an_action_that_it_calls_is_enough():
    found_by_another(by=BY, at=AT)

    assert AuditEvent.objects.count() == 1


def test_an_action_that_fails_leaves_neither_row_nor_event():
    with pytest.raises(ValueError, match="later"):
        fail_late(by=BY, at=AT)

    assert not Organization.objects.exists()
    assert not AuditEvent.objects.exists()


WAYS_ROUND = {
    "create": lambda group: Organization.objects.create(municipality="GM9901", slug="x", name="x", kind="school"),
    "save": lambda group: group.save(),
    "save of a new row": lambda group: Organization(municipality="GM9901", slug="y", name="y", kind="school").save(),
    "update": lambda group: Organization.objects.update(name="x"),
    "bulk_create": lambda group: Organization.objects.bulk_create(
        [Organization(municipality="GM9901", slug="z", name="z")]
    ),
    "bulk_update": lambda group: Organization.objects.bulk_update([group], ["name"]),
    "get_or_create": lambda group: Organization.objects.get_or_create(municipality="GM9901", slug="q"),
    "delete": lambda group: group.delete(),
    "delete of many": lambda group: Organization.objects.all().delete(),
}


@pytest.mark.parametrize("way", WAYS_ROUND)
def test_a_guarded_row_cannot_be_written_outside_an_action(way: str):
    group = found(name="koor", by=BY, at=AT)

    with pytest.raises(OutsideAction):
        WAYS_ROUND[way](group)


def test_an_event_outside_an_action_is_refused():
    group = found(name="koor", by=BY, at=AT)

    with pytest.raises(OutsideAction):
        record(action="sing", on=group, by=BY, at=AT, municipality="GM9901")


def test_an_action_must_be_keyword_only_and_say_who_and_when():
    with pytest.raises(TypeError, match="keyword-only"):

        @action
        def wrong(name: str, *, by: Actor, at: datetime) -> None: ...

    with pytest.raises(TypeError, match="`by` and `at`"):

        @action
        def nameless(*, by: Actor) -> None: ...


def test_a_withdrawn_organization_keeps_no_contact_even_by_mistake():
    @action
    def withdraw_carelessly(*, by: Actor, at: datetime) -> None:
        group = found(name="koor", by=by, at=at)
        group.email = "koor@example.nl"
        group.listing_agreed_at, group.listing_agreed_via, group.listing_withdrawn_at = at, "phone", at
        group.save()

    with pytest.raises(IntegrityError, match="organization_withdrawn_keeps_no_contact"):
        withdraw_carelessly(by=BY, at=AT)
