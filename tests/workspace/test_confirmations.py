"""Asking "klopt dit?" as staff: a round, letters, what was said on the phone, the share, and whom to call."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client

from samenspel.mail.models import OutgoingMessage
from samenspel.people.models import Organization
from samenspel.socialmap.models import ConfirmationRequest, Verification
from tests.people.rows import ELSEWHERE, an_organization
from tests.socialmap.asking import a_club, answered, ask
from tests.socialmap.rows import an_offering
from tests.workspace.accounts import signed_in

pytestmark = pytest.mark.django_db

PAGE = "/werk/klopt-dit"


@pytest.fixture
def work() -> Client:
    return signed_in()


def ago(days: int) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)


def test_who_is_chosen_is_asked_by_mail_or_letter_and_nobody_else(work: Client):
    mailed, lettered = a_club("Biljart", email="b@club.example"), a_club("Koor")
    a_club("Kaarten")
    answer = work.post(PAGE, {"organizations": [mailed.pk, lettered.pk]})

    assert "1 per e-mail, 1 met een brief" in work.get(answer["Location"]).content.decode()
    assert set(ConfirmationRequest.objects.values_list("organization__name", "way")) == {
        ("Biljart", "link"),
        ("Koor", "letter"),
    }
    assert OutgoingMessage.objects.get().to == "b@club.example"


def test_one_button_asks_everyone_after_asking_whether_that_is_meant(work: Client):
    a_club("Biljart")
    a_club("Koor")

    assert "U vraagt 2 organisaties" in work.post(PAGE, {"allemaal": "ja"}).content.decode()
    assert not ConfirmationRequest.objects.exists()

    work.post(PAGE, {"allemaal": "ja", "zeker": "ja"})

    assert ConfirmationRequest.objects.count() == 2


@pytest.mark.parametrize("chosen", [[], ["geen-nummer"], [str(UUID(int=7))]])
def test_a_choice_that_cannot_be_is_refused_with_a_reason_and_asks_nobody(work: Client, chosen: list[str]):
    a_club("Biljart")
    answer = work.post(PAGE, {"organizations": chosen})

    assert answer.status_code == 400
    assert 'href="#organisaties"' in answer.content.decode()
    assert not ConfirmationRequest.objects.exists()


def test_a_group_of_another_municipality_is_neither_shown_nor_asked(work: Client):
    away = an_organization(name="Ver weg", municipality=ELSEWHERE)
    an_offering(organization=away, municipality=ELSEWHERE)

    assert "Ver weg" not in work.get(PAGE).content.decode()
    assert work.post(PAGE, {"organizations": [away.pk]}).status_code == 400
    work.post(PAGE, {"allemaal": "ja", "zeker": "ja"})
    assert not ConfirmationRequest.objects.exists()


def test_after_two_weeks_the_share_is_shown_with_its_number_and_who_to_call(work: Client):
    said, silent = a_club("Biljart", email="b@club.example"), a_club("Koor", phone="0320-555 888")
    ask(said, silent, at=ago(20))
    answered(said, timedelta(days=3))
    ask(a_club("Kaarten", phone="0320-555 999"), at=ago(1))
    page = work.get(PAGE).content.decode()

    assert "1 van 2" in page
    assert '<td data-label="Gevraagd">1</td><td data-label="Antwoordde op tijd">0</td>' in page
    call, rest = page.split("Heeft nog tijd: 1")
    assert "1 organisatie had twee weken." in call
    assert 'href="/werk/klopt-dit/bellen"' in call
    assert "0320-555 999" in rest
    assert "0320-555 888" in work.get("/werk/klopt-dit/bellen").content.decode()


def test_letters_come_as_one_pdf_and_each_time_with_new_links(work: Client):
    ask(a_club("Koor"), at=ago(1))
    before = ConfirmationRequest.objects.get().secret_hash
    answer = work.post(f"{PAGE}/brieven")

    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Disposition"] == 'attachment; filename="klopt-dit-brieven.pdf"'
    assert ConfirmationRequest.objects.get().secret_hash != before
    assert work.get(f"{PAGE}/brieven").status_code == 405


def test_without_letters_to_make_the_page_says_so(work: Client):
    page = work.get(work.post(f"{PAGE}/brieven")["Location"]).content.decode()

    assert "Er zijn geen brieven te maken." in page


def test_what_was_said_on_the_phone_confirms_the_entries_without_a_name(work: Client):
    ask(a_club("Koor"), at=ago(20))
    request = ConfirmationRequest.objects.get()
    work.post(f"{PAGE}/{request.pk}", {"method": "phone", "confirmed_by": "penningmeester"})
    confirmation = Verification.objects.get()

    assert (confirmation.method, confirmation.confirmed_by) == ("phone", "penningmeester")
    request.refresh_from_db()
    assert request.answered_at
    assert "bij Koor klopt alles" in work.get(PAGE).content.decode()
    assert "Wie nog niet antwoordde" not in work.get(PAGE).content.decode()


@pytest.mark.parametrize(("form", "is_listed"), [({"agrees": "on"}, True), ({}, False)])
def test_a_group_that_is_not_listed_yet_may_say_yes_at_once(work: Client, form: dict[str, str], is_listed: bool):
    club = an_organization(name="Nieuw", listed=False)
    an_offering(organization=club)
    ask(club, at=ago(1))
    request = ConfirmationRequest.objects.get()
    work.post(f"{PAGE}/{request.pk}", {"method": "phone", "confirmed_by": "voorzitter", **form})
    club = Organization.objects.get(name="Nieuw")

    assert club.is_listed is is_listed
    assert club.listing_agreed_via == ("phone" if is_listed else "")


def test_a_made_up_function_is_refused(work: Client):
    ask(a_club("Koor"), at=ago(1))
    request = ConfirmationRequest.objects.get()
    answer = work.post(f"{PAGE}/{request.pk}", {"method": "phone", "confirmed_by": "Truus Jansen"})

    assert answer.status_code == 400
    assert not Verification.objects.exists()
