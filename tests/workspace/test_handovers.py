"""Asking another from the page of a question, and answering it: on screen, with the resident's yes, one answer."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from samenspel.audit.models import AuditEvent
from samenspel.handover.access_log import log_of
from samenspel.handover.grounds import end_ground
from samenspel.handover.models import Handover, HelpRequest, LegalGround
from samenspel.mail.models import OutgoingMessage
from samenspel.socialmap.listing import withdraw_listing
from tests.people.rows import BY, an_organization
from tests.workspace.accounts import an_account
from tests.workspace.days import NAME, NUMBER, WORD, Morning, a_morning, acting, asked, at_work, handed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys(settings: Any, tmp_path: Any) -> None:
    settings.KEYS = tmp_path / "keys"


@pytest.fixture
def morning() -> Morning:
    return a_morning()


@pytest.fixture
def row(morning: Morning) -> HelpRequest:
    return asked(morning, holder=morning.bram)


@pytest.fixture
def work(morning: Morning) -> Client:
    return at_work(morning.bram)


def typed(morning: Morning, row: HelpRequest, **given: Any) -> dict[str, Any]:
    return {
        "who": "organisatie",
        "organization": morning.club.pk,
        "kind": "partner",
        "text": "Zoekt een wandelmaatje op dinsdag.",
        "ground": morning.ground.pk,
        "sees": "contact",
        "until": row.ends_on.isoformat(),
        "yes": "gesproken",
    } | given


def ask(client: Client, morning: Morning, row: HelpRequest, **given: Any) -> Any:
    return client.post(f"/werk/vragen/{row.pk}/vraag-iemand", typed(morning, row, **given), follow=True)


def test_another_team_is_asked_with_the_approved_text_and_a_mail_that_names_nothing(
    work: Client, morning: Morning, row: HelpRequest
):
    page = ask(work, morning, row, who="team", team=morning.west.pk).content.decode()

    handover = Handover.objects.get()
    assert (handover.state, handover.team, handover.approved_on_word) == ("waiting", morning.west, "spoken")
    assert "wacht op antwoord" in page
    mails = " ".join(f"{mail.subject} {mail.body}" for mail in OutgoingMessage.objects.all())
    assert "Team West" in mails
    assert [word for word in ("wandelmaatje", WORD, NAME, NUMBER, str(row.pk)) if word in mails] == []


def test_by_the_card_it_waits_for_the_resident_until_a_spoken_yes(work: Client, morning: Morning, row: HelpRequest):
    ask(work, morning, row, yes="kaart")
    handover = Handover.objects.get()
    assert handover.state == "draft"

    work.post(f"/werk/overdracht/{handover.pk}/stap/ja")
    handover.refresh_from_db()
    assert (handover.state, handover.approved_on_word) == ("waiting", "spoken")


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "a BSN": ({"text": "Mijn nummer is 111222333."}, "burgerservicenummer"),
    "the name": ({"text": f"{NAME} zoekt iemand."}, "laat de naam weg"),
    "the number": ({"text": f"Bel {NUMBER}."}, "laat het nummer of adres weg"),
    "too long": ({"text": "a" * 401}, "hoogstens 400 tekens"),
    "no organization": ({"organization": ""}, "vul dit in"),
    "the stokje to a person": (
        {"who": "persoon", "kind": "holder", "receiver": "An", "email": "an@example.nl"},
        "alleen naar een team of organisatie",
    ),
    "yesterday": ({"until": date(2020, 1, 1).isoformat()}, "kies een dag van vandaag"),
    "no word of the resident": ({"yes": ""}, "vul dit in"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_asked(
    work: Client, morning: Morning, row: HelpRequest, case: str
):
    given, said = WRONG[case]
    answer = ask(work, morning, row, **given)

    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Handover.objects.exists()


def test_without_a_ground_of_the_fg_nothing_can_be_shared(work: Client, morning: Morning, row: HelpRequest):
    fg = acting(an_account("privacy_officer"))
    for ground in LegalGround.objects.all():
        end_ground(ground=ground, by=fg, at=datetime.now(UTC))

    page = work.get(f"/werk/vragen/{row.pk}/vraag-iemand").content.decode()
    assert "Bel uw FG." in page
    assert "<textarea" not in page
    assert ask(work, morning, row).status_code == 400


def test_the_button_beside_an_offering_fills_in_who(work: Client, morning: Morning, row: HelpRequest):
    page = work.post(f"/werk/vragen/{row.pk}/vraag-iemand", {"vraag": str(morning.club.pk)}).content.decode()

    assert f'<option value="{morning.club.pk}" selected>' in page
    assert not Handover.objects.exists()


def test_reading_is_a_post_that_leaves_an_event_and_shows_no_identity_before_the_yes(
    morning: Morning, row: HelpRequest
):
    handover = handed(morning, row)
    roos = at_work(morning.roos)
    assert "wandelmaatje" not in roos.get(f"/werk/overdracht/{handover.pk}").content.decode()

    page = roos.post(f"/werk/overdracht/{handover.pk}").content.decode()
    assert "Zoekt een wandelmaatje." in page
    assert [word for word in (WORD, NAME, NUMBER) if word in page] == []
    assert AuditEvent.objects.filter(action="read_shared").count() == 1


def test_a_yes_passes_the_stokje_and_who_comes_second_hears_who_was_first(morning: Morning, row: HelpRequest):
    handover = handed(morning, row, team=morning.west)
    first, second = at_work(morning.omar), at_work(morning.omar)
    assert first.post(f"/werk/overdracht/{handover.pk}/ja").url == f"/werk/vragen/{row.pk}"

    late = second.post(f"/werk/overdracht/{handover.pk}/ja")
    assert late.status_code == 409
    assert "Dit is al aangenomen, door Omar." in late.content.decode()
    assert second.post(f"/werk/overdracht/{handover.pk}/nee", {"refusal": "full"}).status_code == 409
    row.refresh_from_db()
    assert (row.team, row.person, row.hands) == (morning.west, morning.omar, 2)


def test_a_no_needs_a_reason_and_leaves_the_question_where_it_was(morning: Morning, row: HelpRequest):
    handover = handed(morning, row)
    roos = at_work(morning.roos)
    assert roos.post(f"/werk/overdracht/{handover.pk}/nee").status_code == 400

    roos.post(f"/werk/overdracht/{handover.pk}/nee", {"refusal": "too_far"})
    handover.refresh_from_db()
    row.refresh_from_db()
    assert (handover.state, handover.refusal, row.person) == ("refused", "too_far", morning.bram)
    assert "het is te ver" in at_work(morning.bram).get(f"/werk/vragen/{row.pk}").content.decode()


def test_it_is_a_referral_until_the_three_met(work: Client, morning: Morning, row: HelpRequest):
    handover = handed(morning, row, kind="partner")
    at_work(morning.roos).post(f"/werk/overdracht/{handover.pk}/ja")
    assert "Nu heet dit een verwijzing." in work.get(f"/werk/vragen/{row.pk}").content.decode()
    assert work.post(f"/werk/overdracht/{handover.pk}/stap/warm", {"how": "call"}).status_code == 400

    work.post(f"/werk/overdracht/{handover.pk}/stap/warm", {"how": "call", "on": datetime.now(UTC).date().isoformat()})
    page = work.get(f"/werk/vragen/{row.pk}").content.decode()
    assert "Warme overdracht" in page
    assert "met zijn drieën gebeld" in page


def test_what_is_taken_back_can_no_longer_be_answered(work: Client, morning: Morning, row: HelpRequest):
    handover = handed(morning, row)
    work.post(f"/werk/overdracht/{handover.pk}/stap/stop")

    assert at_work(morning.roos).post(f"/werk/overdracht/{handover.pk}/ja").status_code == 404


def test_who_took_the_stokje_can_give_it_back_from_the_page(morning: Morning, row: HelpRequest):
    handover = handed(morning, row)
    roos = at_work(morning.roos)
    roos.post(f"/werk/overdracht/{handover.pk}/ja")
    assert "Geef het stokje terug" in roos.get(f"/werk/vragen/{row.pk}").content.decode()

    roos.post(f"/werk/overdracht/{handover.pk}/terug")
    row.refresh_from_db()
    assert (row.organization, row.person, row.hands) == (None, morning.bram, 3)
    assert roos.get(f"/werk/vragen/{row.pk}").status_code == 404


@pytest.mark.parametrize("path", ["", "/ja", "/nee", "/terug", "/stap/stop", "/stap/ja", "/stap/warm"])
def test_a_handover_of_others_is_not_there(morning: Morning, row: HelpRequest, path: str):
    handover = handed(morning, row)

    assert at_work(morning.omar).post(f"/werk/overdracht/{handover.pk}{path}").status_code == 404
    handover.refresh_from_db()
    assert handover.state == "waiting"


def test_a_step_that_does_not_exist_is_not_there(work: Client, morning: Morning, row: HelpRequest):
    assert work.post(f"/werk/overdracht/{handed(morning, row).pk}/stap/dans").status_code == 404


def test_a_person_without_account_gets_a_link_that_can_be_sent_again(work: Client, morning: Morning, row: HelpRequest):
    page = ask(work, morning, row, who="persoon", receiver="Gerrit", email="gerrit@example.nl").content.decode()
    handover, mail = Handover.objects.get(), OutgoingMessage.objects.get()
    assert (mail.kind, mail.to, bool(handover.link_hash)) == ("offered", "gerrit@example.nl", True)
    assert "Stuur de link opnieuw" in page
    assert "Gerrit" not in page

    work.post(f"/werk/overdracht/{handover.pk}/stap/link")
    assert OutgoingMessage.objects.count() == 2
    assert Handover.objects.get().link_hash != handover.link_hash


def test_by_the_card_no_link_leaves_before_the_residents_yes(work: Client, morning: Morning, row: HelpRequest):
    given = {"who": "persoon", "receiver": "Gerrit", "email": "gerrit@example.nl", "yes": "kaart"}
    ask(work, morning, row, **given)
    assert not OutgoingMessage.objects.exists()

    work.post(f"/werk/overdracht/{Handover.objects.get().pk}/stap/ja")
    assert OutgoingMessage.objects.get().kind == "offered"


def test_an_organization_without_account_or_address_is_called_and_its_yes_is_written_down(
    work: Client, morning: Morning, row: HelpRequest
):
    club = an_organization(name="Breiclub")
    ask(work, morning, row, organization=club.pk, kind="holder")
    handover = Handover.objects.get()
    page = work.get(f"/werk/vragen/{row.pk}").content.decode()
    assert "Er is geen e-mailadres. Wij kennen ook geen nummer. Ga langs, of vraag het wijkteam." in page
    assert not OutgoingMessage.objects.filter(kind="offered").exists()

    path = f"/werk/overdracht/{handover.pk}/stap/antwoord"
    assert work.post(path, {"answer": "misschien"}).status_code == 400
    assert work.post(path, {"answer": "ja"}).status_code == 302
    row.refresh_from_db()
    assert (row.organization, row.hands) == (club, 2)
    assert [one.action for one in log_of(row)][0] == "note_yes"
    assert work.post(path, {"answer": "full"}).status_code == 409


def choices(client: Client, row: HelpRequest) -> list[str]:
    page = client.get(f"/werk/vragen/{row.pk}/vraag-iemand").content.decode()
    return re.findall(r"<option[^>]*>([^<]*)</option>", page)


def test_only_who_wants_to_be_on_the_map_can_be_chosen(work: Client, morning: Morning, row: HelpRequest):
    asked_yet, gone = an_organization(name="Motorclub", listed=False), an_organization(name="Damclub")
    withdraw_listing(organization=gone, by=BY, at=datetime.now(UTC))
    assert {"Motorclub", "Damclub"}.isdisjoint(name.partition(" (")[0] for name in choices(work, row))

    assert ask(work, morning, row, organization=asked_yet.pk).status_code == 400
    assert not Handover.objects.exists()


def test_before_sending_it_says_of_whom_no_mail_address_is_known_and_what_to_do(
    work: Client, morning: Morning, row: HelpRequest
):
    an_organization(name="Koor", email="koor@x.example", phone="0320-555001")
    an_organization(name="Kaarters", phone="0320-555002")
    an_organization(name="Breiclub")
    an_organization(name="Praatgroep", phone="0320-555003", email="p@x.example", contact_shielded=True)
    found = choices(work, row)

    for said in (
        "Koor",
        "Kaarters (geen e-mail: bel 0320-555002)",
        "Breiclub (geen e-mail of nummer: ga langs, of vraag het wijkteam)",
        "Praatgroep (geen e-mail of nummer: ga langs, of vraag het wijkteam)",
        morning.club.name,
    ):
        assert said in found
    assert not any("0320-555003" in said for said in found)


def test_who_must_be_called_is_shown_with_the_number(work: Client, morning: Morning, row: HelpRequest):
    club = an_organization(name="Kaarters", phone="0320-555002")
    page = ask(work, morning, row, organization=club.pk).content.decode()
    assert "Bel ze nu op 0320-555002, en noteer hieronder wat ze zeggen." in page
    assert "Er is geen e-mailadres. Bel ze op 0320-555002." in work.get(f"/werk/vragen/{row.pk}").content.decode()


def test_the_ground_of_the_work_itself_stands_first_and_danger_to_life_last(
    work: Client, morning: Morning, row: HelpRequest
):
    page = work.get(f"/werk/vragen/{row.pk}/vraag-iemand").content.decode()
    names = [re.sub("<[^>]*>", "", one) for one in re.findall(r'name="ground".*?</label>', page, re.DOTALL)]
    assert "Taak van de gemeente" in names[0]
    assert "Levensgevaar" in names[-1]
