"""Letters of a round: one PDF, new secrets, no contact that is shielded."""

import shutil
import subprocess
from typing import Any

import pytest

from samenspel.socialmap import letters
from samenspel.socialmap.actions import mark_full
from samenspel.socialmap.confirm import LinkEnded, find_request
from samenspel.socialmap.letters import NoLetters, letter_round
from tests.people.rows import AT, BY, GM, a_contact, an_area
from tests.socialmap.asking import DAY, a_club, answered, ask

pytestmark = pytest.mark.django_db


def test_letters_are_one_tagged_pdf_and_their_link_works(monkeypatch: pytest.MonkeyPatch):
    organization = a_club('Café ‘t Hoekje [#panic()] \\ $x$ "*_')
    mark_full(offering=organization.offerings.get(), by=BY, at=AT)
    ask(organization)
    given: list[dict[str, Any]] = []
    spy(monkeypatch, given)

    made = letter_round(municipality=GM, by=BY, at=AT)

    letter = given[0]["letters"][0]
    secret = letter["link"].rpartition("/")[2]
    assert made.startswith(b"%PDF")
    assert find_request(secret, municipality=GM, at=AT).organization == organization
    assert letter["entries"][0]["lines"][-1] == "Nu staat er: vol."


def text_of(made: bytes) -> str:
    reader = shutil.which("pdftotext") or pytest.skip("needs pdftotext (poppler-utils)")
    return subprocess.run([reader, "-", "-"], input=made, capture_output=True, check=True).stdout.decode()


def spy(monkeypatch: pytest.MonkeyPatch, given: list[dict[str, Any]]) -> None:
    real = letters.pdf

    def pdf(template: str, data: dict[str, Any]) -> bytes:
        given.append(data)
        return real(template, data)

    monkeypatch.setattr(letters, "pdf", pdf)


def test_a_letter_names_the_deputy_of_who_is_away_and_is_handed_in_at_the_town_hall(monkeypatch: pytest.MonkeyPatch):
    where = an_area(GM, "municipality", name="Markerwaard")
    away = {"deputy_name": "Arjan", "deputy_phone": "0320-55 51 07", "walk_in": "De Loods", "away": True}
    a_contact(where, name="Wietske", phone="0320-55 51 06", **away)
    ask(a_club())
    given: list[dict[str, Any]] = []
    spy(monkeypatch, given)

    letter_round(municipality=GM, by=BY, at=AT)

    letter = given[0]["letters"][0]
    assert letter["contact"] == {"name": "Arjan", "phone": "0320-55 51 07"}
    assert letter["hand_in"] == "Lever het blad in bij het gemeentehuis."
    assert "Wietske" not in str(given)


def test_letters_made_again_have_new_codes_and_the_old_ones_end(monkeypatch: pytest.MonkeyPatch):
    ask(a_club())
    given: list[dict[str, Any]] = []
    spy(monkeypatch, given)

    for _ in range(2):
        letter_round(municipality=GM, by=BY, at=AT)

    older, newer = (data["letters"][0]["link"].rpartition("/")[2] for data in given)
    with pytest.raises(LinkEnded):
        find_request(older, municipality=GM, at=AT)
    assert find_request(newer, municipality=GM, at=AT)


def test_a_pdf_that_fails_leaves_the_letters_that_are_out_working(monkeypatch: pytest.MonkeyPatch):
    ask(a_club())
    given: list[dict[str, Any]] = []
    spy(monkeypatch, given)
    letter_round(municipality=GM, by=BY, at=AT)

    def fail(template: str, data: dict[str, Any]) -> bytes:
        raise RuntimeError

    monkeypatch.setattr("samenspel.socialmap.letters.pdf", fail)
    with pytest.raises(RuntimeError):
        letter_round(municipality=GM, by=BY, at=AT)

    assert find_request(given[0]["letters"][0]["link"].rpartition("/")[2], municipality=GM, at=AT)


def test_no_letter_is_made_for_who_got_a_mail_or_answered():
    mailed, answered_already = a_club("A", email="a@example.nl"), a_club("B")
    ask(mailed, answered_already)
    answered(answered_already, DAY)

    with pytest.raises(NoLetters):
        letter_round(municipality=GM, by=BY, at=AT + DAY)


def test_a_shielded_contact_is_not_named_on_the_letter(monkeypatch: pytest.MonkeyPatch):
    ask(a_club("Lotgenoten", contact_name="Sanne", contact_shielded=True), a_club("Breiclub", contact_name="Ans"))
    given: list[dict[str, Any]] = []
    spy(monkeypatch, given)

    letter_round(municipality=GM, by=BY, at=AT)

    addresses = {one["name"]: one["address"] for one in given[0]["letters"]}
    assert addresses == {"Lotgenoten": ["Lotgenoten"], "Breiclub": ["Breiclub", "t.a.v. Ans"]}


@pytest.mark.parametrize(
    ("listed", "said", "unsaid"),
    [
        (True, ("Dan halen wij u eraf", "wij blijven op de kaart"), ("U staat er nog niet op", "zet ons er niet op")),
        (False, ("U staat er nog niet op", "Dan komt u er niet op", "zet ons er niet op"), ("halen wij u eraf",)),
    ],
)
def test_a_letter_says_no_more_than_is_so_of_who_is_on_the_map_and_who_is_not(
    listed: bool, said: tuple[str, ...], unsaid: tuple[str, ...]
):
    ask(a_club("Breiclub", listed=listed))
    text = " ".join(text_of(letter_round(municipality=GM, by=BY, at=AT)).split())

    assert [words for words in said if words not in text] == []
    assert [words for words in unsaid if words in text] == []
