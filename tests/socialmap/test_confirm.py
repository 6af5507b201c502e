"""Rounds of "klopt dit?": who is asked how, what is kept of a secret, how long a link works, and the share."""

from typing import Any

import pytest

from samenspel.audit.models import AuditEvent
from samenspel.mail.models import OutgoingMessage
from samenspel.people.checks import OtherMunicipality
from samenspel.socialmap import answers, confirm
from samenspel.socialmap.actions import end_offering
from samenspel.socialmap.confirm import LinkEnded, NobodyToAsk, find_request, to_ask
from samenspel.socialmap.listing import withdraw_listing
from samenspel.socialmap.models import ConfirmationRequest, Verification
from tests.people.rows import AT, BY, ELSEWHERE, GM, a_contact, an_area, an_organization
from tests.socialmap.asking import DAY, a_club, answered, ask, secret_in_mail, the_request
from tests.socialmap.rows import an_offering

pytestmark = pytest.mark.django_db


def test_a_group_with_an_address_gets_a_mail_and_the_others_a_letter():
    mailed = a_club("Biljartclub", email="club@example.nl")
    without_address = a_club("Breiclub")
    shielded = a_club("Lotgenoten", email="geheim@example.nl", contact_shielded=True)

    done = ask(mailed, without_address, shielded)

    assert (done.mailed, done.letters) == (1, 2)
    assert [one.to for one in OutgoingMessage.objects.all()] == ["club@example.nl"]
    assert the_request(shielded).way == "letter"


def test_the_mail_names_the_group_the_link_and_whom_to_call():
    a_contact(an_area(GM, "municipality", name="Markerwaard"), name="Infopunt", phone="0320-55 50 10")

    ask(a_club("Biljartclub", email="club@example.nl"))

    body = OutgoingMessage.objects.get().body
    assert "Beste mensen van Biljartclub," in body
    assert "Op de kaart van Markerwaard" in body
    assert "/klopt-dit/" in body
    assert "Bel Infopunt: 0320-55 50 10." in body
    assert "20-01-2027" in body


def test_the_mail_names_the_deputy_of_who_is_away():
    where = an_area(GM, "municipality", name="Markerwaard")
    a_contact(
        where, name="Wietske", phone="0320-55 51 06", deputy_name="Arjan", deputy_phone="0320-55 51 07", away=True
    )

    ask(a_club("Biljartclub", email="club@example.nl"))

    assert "Bel Arjan: 0320-55 51 07." in OutgoingMessage.objects.get().body


def test_a_group_that_did_not_say_yes_yet_is_asked_for_it():
    organization = an_organization(listed=False, email="club@example.nl")
    an_offering(organization=organization)

    ask(organization)

    assert "Wij vragen uw ja." in OutgoingMessage.objects.get().body


def test_the_store_keeps_no_secret():
    ask(a_club(email="club@example.nl"))
    secret = secret_in_mail("club@example.nl")

    stored = ConfirmationRequest.objects.values().get()

    assert len(secret) == 22
    assert secret not in str(stored)
    assert secret not in str(list(AuditEvent.objects.values()))


def test_two_groups_never_share_a_secret():
    ask(a_club("A", email="a@example.nl"), a_club("B", email="b@example.nl"))

    assert secret_in_mail("a@example.nl") != secret_in_mail("b@example.nl")


def test_a_link_opens_its_own_request_until_it_ends():
    organization = a_club(email="club@example.nl")
    ask(organization)
    secret = secret_in_mail("club@example.nl")

    assert find_request(secret, municipality=GM, at=AT + 59 * DAY).organization == organization
    with pytest.raises(LinkEnded):
        find_request(secret, municipality=GM, at=AT + 60 * DAY)
    with pytest.raises(LinkEnded):
        find_request(secret, municipality=ELSEWHERE, at=AT)
    with pytest.raises(LinkEnded):
        find_request(secret[:-1], municipality=GM, at=AT)


def test_a_new_round_ends_the_older_link():
    organization = a_club(email="club@example.nl")
    ask(organization)
    older = secret_in_mail("club@example.nl")

    ask(organization, at=AT + DAY)

    with pytest.raises(LinkEnded):
        find_request(older, municipality=GM, at=AT + DAY)
    assert find_request(secret_in_mail("club@example.nl"), municipality=GM, at=AT + DAY)


def test_an_answer_on_a_page_that_stood_open_is_refused_after_a_new_round():
    organization = a_club(email="club@example.nl")
    ask(organization)
    request = the_request(organization)
    ask(organization, at=AT + DAY)

    with pytest.raises(LinkEnded):
        answers.confirm_all(request=request, confirmed_by="voorzitter", by=BY, at=AT + 2 * DAY)
    assert not Verification.objects.exists()


def test_a_round_without_groups_or_with_one_that_withdrew_sends_nothing():
    withdrawn, other = a_club("Weg", email="weg@example.nl"), a_club("Er", email="er@example.nl")
    withdraw_listing(organization=withdrawn, by=BY, at=AT)

    with pytest.raises(NobodyToAsk, match="Kies eerst"):
        ask()
    with pytest.raises(NobodyToAsk, match="Weg wil niet op de kaart"):
        ask(other, withdrawn)
    assert not OutgoingMessage.objects.exists()
    assert not ConfirmationRequest.objects.exists()


def test_a_group_of_another_municipality_is_refused():
    with pytest.raises(OtherMunicipality):
        ask(an_organization(municipality=ELSEWHERE))


def test_to_ask_are_those_with_an_entry_that_did_not_withdraw():
    an_organization(name="Zonder aanbod")
    stopped, withdrawn = a_club("Gestopt"), a_club("Weg")
    asked, unlisted = a_club("Bekend"), an_organization(name="Nieuw", listed=False)
    an_offering(organization=unlisted)
    end_offering(offering=stopped.offerings.get(), on=AT.date(), by=BY, at=AT)
    withdraw_listing(organization=withdrawn, by=BY, at=AT)
    ask(asked)

    rows = to_ask(municipality=GM, at=AT)

    assert [(one.name, one.entries, one.last_asked_at) for one in rows] == [("Bekend", 1, AT), ("Nieuw", 1, None)]


def test_a_round_of_forty_groups_costs_a_bounded_number_of_queries(django_assert_max_num_queries: Any):
    clubs = [a_club(f"Club {number}", email=f"c{number}@example.nl") for number in range(40)]

    with django_assert_max_num_queries(20 + 2 * 40):  # an event and a mail for each, the rest together
        ask(*clubs)


def test_the_share_counts_answers_within_14_days_of_requests_that_had_14_days():
    in_time, late, silent, recent = (a_club(name) for name in ("Op tijd", "Laat", "Stil", "Net gevraagd"))
    ask(in_time, late, silent)
    ask(recent, at=AT + 10 * DAY)
    answered(in_time, 14 * DAY)
    answered(late, 15 * DAY)
    answered(recent, DAY)

    share = confirm.share_confirmed(municipality=GM, at=AT + 16 * DAY)

    assert (share.asked, share.answered, share.percent) == (3, 1, None)
    assert share.by_way == {"letter": (3, 1), "link": (0, 0)}


def test_the_share_takes_the_newest_round_of_each_group_that_had_its_time():
    organization = a_club(email="club@example.nl")
    ask(organization)
    ask(organization, at=AT + 30 * DAY)
    answered(organization, DAY)

    assert confirm.share_confirmed(municipality=GM, at=AT + 50 * DAY).by_way["link"] == (1, 1)
    assert confirm.share_confirmed(municipality=GM, at=AT + 31 * DAY).by_way["link"] == (1, 0)


def test_ten_groups_give_a_percentage():
    clubs = [a_club(f"Club {number}") for number in range(10)]
    ask(*clubs)
    for club in clubs[:7]:
        answered(club, DAY)

    assert confirm.share_confirmed(municipality=GM, at=AT + 14 * DAY).percent == 70


def test_without_rounds_the_share_is_nothing_of_nothing():
    share = confirm.share_confirmed(municipality=GM, at=AT)

    assert (share.asked, share.answered, share.percent) == (0, 0, None)
