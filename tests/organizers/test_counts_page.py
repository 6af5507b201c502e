"""The page on which a group counts for itself: numbers only, its own, shared and taken back by one button."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from samenspel.outcomes.models import GroupCount, ReleasedFigure
from samenspel.outcomes.periods import Period, quarter_with
from samenspel.people.models import Organization
from samenspel.socialmap.models import Offering
from tests.socialmap.asking import a_club, ask, secret_in_mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def club() -> Organization:
    club = a_club("Biljartclub", email="club@example.nl")
    ask(club, at=datetime.now(UTC))
    return club


@pytest.fixture
def page(club: Organization) -> str:
    return f"/klopt-dit/{secret_in_mail('club@example.nl')}/tellen/{club.offerings.get().pk}"


def last_quarter() -> Period:
    """The newest quarter that is over."""
    return quarter_with(quarter_with(timezone.localdate()).begins - timedelta(days=1))


def note(client: Client, page: str, on: date, **given: str) -> int:
    return client.post(page, {"doe": "tel", "dag": f"{on:%d-%m-%Y}", "kwamen": "8", **given}).status_code


def three_times(client: Client, page: str) -> str:
    begins = last_quarter().begins
    for week in range(3):
        note(client, page, begins + timedelta(weeks=week), kwamen=str(6 + 2 * week), zwaar="4")
    return begins.isoformat()


def test_a_meeting_is_noted_and_stands_there_with_seldom_changing_numbers_ready(client: Client, page: str):
    assert note(client, page, timezone.localdate(), hielpen="3", leden="24", zwaar="2") == 303

    row = GroupCount.objects.get()
    assert (row.came, row.helpers, row.members, row.load) == (8, 3, 24, 2)
    shown = client.get(page).content.decode()
    assert "Kwamen: 8. Hielpen: 3. Leden: 24. Goed te doen." in shown
    assert 'value="24"' in shown
    assert "De gemeente ziet ze niet." in shown


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kwamen": ""}, "id_kwamen"),
        ({"kwamen": "veel"}, "id_kwamen"),
        ({"kwamen": "-1"}, "id_kwamen"),
        ({"kwamen": "10001"}, "id_kwamen"),
        ({"hielpen": "Jan en Piet"}, "id_hielpen"),
        ({"leden": "99999999999999999999"}, "id_leden"),
        ({"zwaar": "6"}, "id_zwaar"),
        ({"dag": "gisteren"}, "id_dag"),
        ({"dag": "01-01-2999"}, "id_dag"),
        ({"dag": "01-01-2001"}, "id_dag"),
    ],
    ids=["empty", "words", "below zero", "too many", "names", "huge", "load 6", "no date", "future", "long ago"],
)
def test_what_is_no_number_is_refused_beside_its_field_and_kept_nowhere(
    client: Client, page: str, given: dict[str, str], field: str
):
    response = client.post(page, {"doe": "tel", "dag": f"{timezone.localdate():%d-%m-%Y}", "kwamen": "8", **given})

    assert response.status_code == 400
    assert f'href="#{field}"' in response.content.decode()
    assert f'id="{field}_error"' in response.content.decode()
    assert not GroupCount.objects.exists()


def test_wiping_one_meeting_leaves_the_others(client: Client, page: str):
    today = timezone.localdate()
    note(client, page, today)
    note(client, page, today - timedelta(days=7))

    client.post(page, {"doe": f"wis:{today.isoformat()}"})

    assert [one.on for one in GroupCount.objects.all()] == [today - timedelta(days=7)]


def test_a_quarter_is_shown_as_the_municipality_would_see_it_then_shared_and_taken_back(client: Client, page: str):
    key = three_times(client, page)
    shown = client.get(page).content.decode()
    assert "Dit ziet de gemeente als u deelt:" in shown
    assert "<dt>Mensen per keer, gemiddeld</dt><dd>8</dd>" in shown
    assert not ReleasedFigure.objects.exists()

    response = client.post(page, {"doe": f"deel:{key}"})
    assert "De gemeente ziet nu dit kwartaal." in client.get(response["Location"]).content.decode()
    assert ReleasedFigure.objects.get().came == 8

    client.post(page, {"doe": f"terug:{key}"})
    assert not ReleasedFigure.objects.exists()


def test_too_few_meetings_cannot_be_shared(client: Client, page: str):
    begins = last_quarter().begins
    note(client, page, begins)
    shown = client.get(page).content.decode()
    assert "Hier noteerde u minder dan drie keer." in shown
    assert f"deel:{begins.isoformat()}" not in shown

    assert client.post(page, {"doe": f"deel:{begins.isoformat()}"}).status_code == 400
    assert not ReleasedFigure.objects.exists()


@pytest.mark.parametrize("verb", ["", "deel:", "deel:morgen", "alles", "wis:2026-13-01", "tel:x\x00"])
def test_a_button_that_is_not_there_changes_nothing(client: Client, page: str, verb: str):
    assert client.post(page, {"doe": verb}).status_code == 400
    assert not GroupCount.objects.exists()


def test_another_groups_page_is_not_opened_by_this_link(client: Client, page: str):
    other = a_club("Koor").offerings.get()
    address = page.replace(str(Offering.objects.get(organization__name="Biljartclub").pk), str(other.pk))

    assert client.get(address).status_code == 404
    assert note(client, address, timezone.localdate()) == 404
    assert not GroupCount.objects.exists()


def test_opening_the_page_changes_nothing_and_sets_no_cookie(client: Client, page: str):
    response = client.get(page)

    assert response.status_code == 200
    assert not response.cookies
    assert response["Cache-Control"] == "no-store"
    assert not GroupCount.objects.exists()
