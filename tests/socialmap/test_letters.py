"""Letters of a round: one PDF, new secrets, no contact that is shielded."""

from typing import Any

import pytest

from samenspel.socialmap import letters
from samenspel.socialmap.actions import mark_full
from samenspel.socialmap.confirm import LinkEnded, find_request
from samenspel.socialmap.letters import NoLetters, letter_round
from tests.people.rows import AT, BY, GM
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


def spy(monkeypatch: pytest.MonkeyPatch, given: list[dict[str, Any]]) -> None:
    real = letters.pdf

    def pdf(template: str, data: dict[str, Any]) -> bytes:
        given.append(data)
        return real(template, data)

    monkeypatch.setattr(letters, "pdf", pdf)


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
