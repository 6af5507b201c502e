"""Changes are noted in the transaction that makes them, and pruned when no index needs them."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from samenspel.socialmap.changes import (
    EVERYTHING,
    note_change,
    note_changes,
    prune_changes,
)
from samenspel.socialmap.models import Change
from tests.people.rows import AT, GM


def note(object_id: str, at=AT) -> None:
    with transaction.atomic():
        note_change(municipality=GM, object_id=object_id, at=at)


def noted() -> list[str]:
    return list(Change.objects.order_by("transaction", "id").values_list("object_id", flat=True))


@pytest.mark.django_db(transaction=True)
def test_changes_stand_in_the_order_in_which_they_were_made():
    note("a")
    with transaction.atomic():
        note_changes(municipality=GM, object_ids=["b", "c"], at=AT)
    note(EVERYTHING)

    assert noted() == ["a", "b", "c", EVERYTHING]


@pytest.mark.django_db(transaction=True)
def test_on_postgresql_a_change_knows_its_transaction():
    note("a")

    number = Change.objects.get().transaction
    assert number > 0 if connection.vendor == "postgresql" else number == 0


@pytest.mark.django_db(transaction=True)
def test_what_is_undone_was_never_noted():
    with transaction.atomic():
        note_change(municipality=GM, object_id="a", at=AT)
        transaction.set_rollback(True)

    assert noted() == []


@pytest.mark.django_db(transaction=True)
def test_a_change_outside_a_transaction_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        note_change(municipality=GM, object_id="a", at=AT)


@pytest.mark.django_db
def test_old_changes_are_pruned_and_the_newest_always_stays():
    old = AT - timedelta(days=15)
    for object_id in "abc":
        note(object_id, old)

    assert prune_changes(at=AT) == 2
    assert [change.object_id for change in Change.objects.all()] == ["c"]


@pytest.mark.django_db
def test_changes_of_the_last_two_weeks_stay():
    note("a", AT - timedelta(days=15))
    note("b", AT - timedelta(days=13))
    note("c", AT)

    prune_changes(at=AT)

    assert [change.object_id for change in Change.objects.order_by("pk")] == ["b", "c"]


@pytest.mark.django_db
def test_pruning_an_empty_table_does_nothing():
    assert prune_changes(at=AT) == 0
