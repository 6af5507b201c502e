"""A verwijzer without an account brings a question in a minute, with the resident's yes, and hears one thing."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

from samenspel.audit.action import Actor
from samenspel.audit.models import AuditEvent
from samenspel.frontdoor.requests.log_words import who_did
from samenspel.handover import keys
from samenspel.handover.access_log import log_of
from samenspel.handover.holding import note_contact
from samenspel.handover.models import ContactTry, HelpRequest
from samenspel.handover.told import Referrer, Told
from samenspel.mail.models import OutgoingMessage
from samenspel.people.models import Team, User
from tests.frontdoor.request_rows import PLACE, SECRET, a_neighborhood, a_team, code_on

OWN = "praktijk@example.nl"


@pytest.fixture(autouse=True)
def team(db: None, tmp_path: Path, settings: object) -> Team:
    settings.KEYS = tmp_path / "keys"  # type: ignore[attr-defined]
    return a_team(datetime.now(UTC), a_neighborhood())


def a_referral(**typed: str) -> dict[str, str]:
    return {
        "kenmerk": str(uuid4()),
        "akkoord": "ja",
        "plaats": PLACE,
        "vraag": f"Zoekt gezelschap {SECRET}",
        "bereik": "0320-55 53 00",
        "naam": "mevrouw De Boer",
        "soort": "huisarts",
        "eigen": "",
        **typed,
    }


def referred(client: Client, *, at: str = "/verwijzen", **typed: str) -> tuple[int, str]:
    answer = client.post(at, a_referral(**typed))
    return answer.status_code, answer.content.decode()


def opened() -> Told:
    request = HelpRequest.objects.get()
    return Told.from_bytes(keys.unseal(bytes(request.sealed), owner=request.pk))


def contact(*, reached: bool, after: timedelta = timedelta()) -> None:
    worker, at = User.objects.get(email="lianne@example.nl"), datetime.now(UTC) + after
    note_contact(
        request=HelpRequest.objects.get(), way=ContactTry.Way.PHONE, reached=reached,
        by=Actor("person", str(worker.pk)), at=at,
    )  # fmt: skip


def test_a_referral_is_a_question_with_a_card_for_the_resident(client: Client):
    status, page = referred(client)
    assert status == 200
    assert "Deze kaart is voor de inwoner" in page
    assert code_on(page)
    assert SECRET not in page
    assert client.cookies == {}
    request = HelpRequest.objects.get()
    assert (request.channel, request.about, request.state) == ("referrer", "knows", "waiting")


def test_who_referred_is_known_only_inside_the_seal(client: Client):
    referred(client, hoort="ja", eigen=OWN)
    told = opened()
    assert (told.referrer, told.feedback_to, told.way, told.may_leave_message) == (Referrer.GP, OWN, "phone", False)
    row = HelpRequest.objects.filter().values().get()
    assert not [name for name, value in row.items() if "praktijk" in str(value) or "huisarts" in str(value)]
    assert OWN.encode() not in bytes(row["sealed"])
    events = [str(event) + json.dumps(event.detail) for event in AuditEvent.objects.all()]
    assert events
    assert not [event for event in events if OWN in event or SECRET in event]


def test_the_resident_reads_that_a_referrer_brought_it(client: Client):
    referred(client)
    assert [who_did(one) for one in log_of(HelpRequest.objects.get())] == ["wie u verwees"]


def test_a_mail_address_of_the_resident_is_a_way_to_write(client: Client):
    referred(client, bereik="boer@example.nl")
    assert (opened().way, opened().reach) == ("email", "boer@example.nl")


def test_without_the_residents_yes_the_page_helps_to_talk_first_and_keeps_nothing(client: Client):
    status, page = referred(client, akkoord="nee", plaats="")
    assert status == 200
    assert "Praat er eerst over" in page
    assert SECRET not in page
    assert not HelpRequest.objects.exists()
    assert list(keys.kept()) == []


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"akkoord": ""}, "akkoord", "Kies of de inwoner dit goed vindt."),
        ({"plaats": "Verweggistan"}, "plaats", "Verweggistan"),
        ({"plaats": ""}, "plaats", "Vul een postcode"),
        ({"vraag": ""}, "vraag", "Eén zin is genoeg."),
        ({"vraag": "x" * 501}, "vraag", "Dit is te lang."),
        ({"vraag": "bsn 111222333"}, "vraag", "burgerservicenummer"),
        ({"bereik": "de linkerbel"}, "bereik", "telefoonnummer met 10 cijfers"),
        ({"bereik": ""}, "bereik", "hoe wij de inwoner bereiken"),
        ({"soort": "spion"}, "soort", "Kies waar u werkt."),
        ({"hoort": "ja"}, "eigen", "uw eigen e-mailadres"),
        ({"eigen": OWN}, "eigen", "Zet dan een vinkje."),
        ({"kenmerk": "geen"}, "vraag", "Dit formulier werkt niet meer."),
    ],
    ids=["yes", "far", "nowhere", "empty", "long", "bsn", "reach", "no-reach", "work", "address", "consent", "token"],
)  # fmt: skip
def test_what_is_missing_is_said_at_its_field_and_nothing_is_kept(
    client: Client, typed: dict[str, str], field: str, says: str
):
    status, page = referred(client, **typed)
    assert status == 400
    assert says in page.split(f'id="{field}-fout">', 1)[1].split("</p>", 1)[0]
    assert not HelpRequest.objects.exists()
    assert list(keys.kept()) == []


def test_the_same_form_twice_is_one_question_with_one_card(client: Client):
    token = str(uuid4())
    codes = {code_on(referred(client, kenmerk=token)[1]) for _ in range(2)}
    assert len(codes) == 1
    assert HelpRequest.objects.count() == 1


def test_the_referrer_hears_once_that_there_was_contact_and_nothing_else(client: Client):
    referred(client, hoort="ja", eigen=OWN)
    contact(reached=False)
    assert not OutgoingMessage.objects.exists()
    contact(reached=True)
    contact(reached=True, after=timedelta(hours=1))
    mail = OutgoingMessage.objects.get()
    assert (mail.to, mail.kind, mail.language) == (OWN, "contact_made", "nl")
    assert "Er is contact gelegd" in mail.body
    assert SECRET not in mail.body
    assert "Boer" not in mail.body


def test_who_referred_in_english_hears_it_in_english(client: Client):
    referred(client, at="/en/verwijzen", hoort="ja", eigen=OWN)
    contact(reached=True)
    assert OutgoingMessage.objects.get().language == "en"


def test_without_consent_nobody_hears_of_the_contact(client: Client):
    referred(client)
    contact(reached=True)
    assert not OutgoingMessage.objects.exists()


def test_contact_is_noted_even_when_the_key_is_lost(client: Client):
    referred(client, hoort="ja", eigen=OWN)
    keys.destroy(HelpRequest.objects.get().pk)
    contact(reached=True)
    assert HelpRequest.objects.get().first_contact_at is not None
    assert not OutgoingMessage.objects.exists()


def test_a_text_of_before_there_were_referrers_still_opens():
    old = b'{"text": "t", "name": "n", "way": "phone", "reach": "", "may_leave_message": false, "when": "",' \
          b' "language": "nl"}'  # fmt: skip
    told = Told.from_bytes(old)
    assert (told.referrer, told.feedback_to) == ("", "")


def test_danger_in_the_words_puts_urgent_help_on_top(client: Client):
    _, page = referred(client, vraag="Haar man slaat haar")
    assert page.index("0800-2000") < page.index("Wij hebben de vraag")


def test_without_a_team_it_must_be_said_on_the_phone(client: Client, team: Team):
    team.members.clear()
    status, page = referred(client)
    assert "Bel ons met uw vraag" in page
    assert not HelpRequest.objects.exists()
