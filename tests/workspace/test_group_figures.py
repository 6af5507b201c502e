"""What groups shared is on the workspace's pages; what they keep to themselves is nowhere."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from samenspel.outcomes.own_counts import Counted, keep_count, release, take_back
from samenspel.outcomes.periods import quarter_with
from samenspel.people.models import Organization
from tests.people.rows import BY
from tests.socialmap.asking import a_club, ask, the_request
from tests.workspace.accounts import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/werk/groepen"
MARKED = (4021, 4022, 4026)
"""Single meetings that can be recognised; their mean is 4023."""


@pytest.fixture
def work() -> Client:
    return signed_in("policy_adviser")


@pytest.fixture
def club() -> Organization:
    """A club that counted in the last quarter that is over."""
    club, now = a_club("Koor"), datetime.now(UTC)
    ask(club, at=now)
    begins = quarter_with(quarter_with(timezone.localdate(now)).begins - timedelta(days=1)).begins
    for week, came in enumerate(MARKED):
        keep_count(
            request=the_request(club),
            offering=club.offerings.get(),
            on=begins + timedelta(weeks=week),
            counted=Counted(came=came),
            by=BY,
            at=now,
        )
    return club


def shares(club: Organization, verb: object = release) -> None:
    now = datetime.now(UTC)
    begins = quarter_with(quarter_with(timezone.localdate(now)).begins - timedelta(days=1)).begins
    verb(request=the_request(club), offering=club.offerings.get(), begins=begins, by=BY, at=now)  # type: ignore[operator]


def pages(work: Client, club: Organization) -> str:
    addresses = (PAGE, f"{PAGE}/aanbod/{club.offerings.get().pk}")
    return "".join(work.get(address).content.decode() for address in addresses)


def test_without_a_release_no_number_of_the_group_is_anywhere(work: Client, club: Organization):
    page = pages(work, club)

    assert "Er is nu geen groep die cijfers deelt." in page
    assert "De groep deelt geen cijfers. Dat hoeft ook niet." in page
    assert "<td>" not in page


def test_what_was_released_is_shown_as_a_mean_and_gone_when_taken_back(work: Client, club: Organization):
    shares(club)
    page = pages(work, club)

    assert re.findall(r"<td>(\d+)</td>", page) == ["3", "4023"] * 2
    assert "niet bekend" in page

    shares(club, take_back)
    assert "<td>" not in pages(work, club)


def test_an_offering_of_another_municipality_or_none_is_not_found(work: Client):
    assert work.get(f"{PAGE}/aanbod/00000000-0000-0000-0000-000000000007").status_code == 404
