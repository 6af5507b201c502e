"""Saying that something is not there for a while: until when, back by itself, and what residents see of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from samenspel.socialmap.models import Offering
from tests.socialmap.asking import a_club, ask, secret_in_mail

pytestmark = pytest.mark.django_db
SOON = timedelta(days=40)


@pytest.fixture
def link() -> str:
    ask(a_club("Biljartclub", email="club@example.nl"), at=datetime.now(UTC))
    return f"/klopt-dit/{secret_in_mail('club@example.nl')}"


@pytest.fixture
def page(link: str) -> str:
    return f"{link}/even-niet/{Offering.objects.get().pk}"


def typed(day: date) -> dict[str, str]:
    return {"tot": f"{day:%d-%m-%Y}"}


def test_a_pause_says_until_when_and_can_be_ended_sooner(client: Client, link: str, page: str):
    until = timezone.localdate() + SOON

    response = client.post(page, typed(until) | {"functie": "voorzitter"})

    assert response.status_code == 303
    assert Offering.objects.get().paused_until == until
    shown = client.get(response["Location"]).content.decode()
    assert "Er staat nu bij dat het er even niet is." in shown
    assert "is dit er even niet. Daarna staat het er vanzelf weer." in shown
    assert '<option value="voorzitter" selected>' in shown

    client.post(link, {"doe": f"door:{Offering.objects.get().pk}"})
    assert Offering.objects.get().paused_until is None
    assert "Even niet" not in client.get(link).content.decode()


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("", "Vul de datum in."),
        ("straks", "Schrijf een datum als 31-12-2026."),
        ("01-01-2020", "Kies een dag na vandaag en binnen een jaar."),
        ("01-01-2999", "Kies een dag na vandaag en binnen een jaar."),
        ("1-1-\x00", "Schrijf een datum als 31-12-2026."),
    ],
    ids=["nothing", "words", "past", "far away", "null character"],
)
def test_a_day_that_cannot_be_is_refused_beside_its_field(client: Client, page: str, given: str, reason: str):
    response = client.post(page, {"tot": given})

    assert response.status_code == 400
    assert reason in response.content.decode()
    assert 'href="#id_tot"' in response.content.decode()
    assert Offering.objects.get().paused_until is None


def test_today_is_too_soon_and_opening_changes_nothing(client: Client, page: str):
    assert client.get(page).status_code == 200
    assert client.post(page, typed(timezone.localdate())).status_code == 400
    assert Offering.objects.get().paused_until is None


def test_the_residents_page_says_until_when_and_shows_no_date_before_that(client: Client, page: str):
    slug = Offering.objects.get().slug
    assert "Even niet" not in client.get(f"/aanbod/{slug}").content.decode()
    client.post(page, typed(timezone.localdate() + timedelta(days=300)))

    shown = client.get(f"/aanbod/{slug}").content.decode()

    assert "is dit er even niet." in shown
    assert "Elke dinsdag van 10.00 tot 11.30 uur" in shown
    coming = shown.partition("Komende keren:")[2].partition("</ul>")[0]
    assert str((timezone.localdate() + timedelta(days=300)).year) in coming


def test_the_page_is_there_in_english_with_a_way_to_the_other_language(client: Client, link: str, page: str):
    english = client.get(f"/en{page}").content.decode()

    assert '<html lang="en"' in english
    assert f'href="{page}"' in english
    assert f'href="/en{link}"' in client.get(link).content.decode()
