"""How sure we are: confirmed when, by whom and how, and stale when that is long ago."""

from datetime import timedelta

import pytest

from samenspel.engine.freshness import Freshness
from samenspel.socialmap.actions import confirm_offering, confirm_place
from samenspel.socialmap.models import Offering
from samenspel.socialmap.trust import trust_in_offering, trust_in_place
from tests.people.rows import AT, BY
from tests.socialmap.rows import a_place, an_offering

pytestmark = pytest.mark.django_db


def confirm(offering: Offering, *, days_ago: int, method: str = "phone", by: str = "penningmeester") -> None:
    confirm_offering(
        offering=offering,
        method=method,
        confirmed_by=by,
        by=BY,
        at=AT,
        confirmed_at=AT - timedelta(days=days_ago),
    )


def test_what_nobody_confirmed_is_unconfirmed():
    trust = trust_in_offering(an_offering(), AT)

    assert (trust.confidence, trust.state, trust.confirmed_on) == (0, Freshness.UNCONFIRMED, None)


def test_the_last_confirmation_is_told_with_who_and_how():
    offering = an_offering()
    confirm(offering, days_ago=40)
    confirm(offering, days_ago=3, method="use", by="bezoeker")

    trust = trust_in_offering(offering, AT)

    assert trust.confirmed_on == (AT - timedelta(days=3)).date()
    assert (trust.method, trust.method_label, trust.confirmed_by) == ("use", "door gebruik", "bezoeker")
    assert trust.state == Freshness.FRESH


def test_trust_decays_and_the_entry_becomes_stale():
    offering = an_offering()
    confirm(offering, days_ago=0)

    trust = [trust_in_offering(offering, AT + timedelta(days=days)) for days in (0, 200, 500)]

    assert [one.state for one in trust] == [Freshness.FRESH, Freshness.AGEING, Freshness.STALE]
    assert trust[0].confidence > trust[1].confidence > trust[2].confidence


def test_what_is_confirmed_later_does_not_count_before():
    offering = an_offering()
    confirm(offering, days_ago=0)

    assert trust_in_offering(offering, AT - timedelta(days=1)).state == Freshness.UNCONFIRMED


def test_a_place_is_trusted_longer_than_an_initiative():
    place = a_place()
    offering = an_offering(kind="initiative")
    confirm_place(place=place, method="visit", confirmed_by="verbinder", by=BY, at=AT)
    confirm(offering, days_ago=0, method="visit")
    later = AT + timedelta(days=365)

    assert trust_in_place(place, later).confidence > trust_in_offering(offering, later).confidence


def test_a_list_takes_no_query_per_row(django_assert_num_queries):
    organization = an_offering().organization
    for number in range(3):
        confirm(an_offering(organization=organization, name=f"Aanbod {number}"), days_ago=number)
    offerings = list(Offering.objects.complete())

    with django_assert_num_queries(0):
        assert [trust_in_offering(offering, AT).state for offering in offerings].count(Freshness.FRESH) == 3
