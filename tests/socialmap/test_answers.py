"""What an organization answers: confirming, mending, stopping, full, yes and no; what others may not do."""

from typing import Any

import pytest

from samenspel.audit.models import AuditEvent
from samenspel.people.checks import FactRefused
from samenspel.people.models import Organization
from samenspel.socialmap import answers, mending
from samenspel.socialmap.actions import end_offering
from samenspel.socialmap.confirm import LinkEnded, open_requests, to_ask
from samenspel.socialmap.facts import OfferingFacts, ScheduleFacts
from samenspel.socialmap.models import Change, Offering, Verification
from tests.people.rows import AT, BY, GM, an_organization
from tests.socialmap.asking import DAY, a_club, ask, the_request
from tests.socialmap.rows import an_offering, tuesdays

pytestmark = pytest.mark.django_db


def test_everything_true_confirms_every_entry_by_the_way_of_the_request():
    organization = a_club()
    an_offering(name="Tweede", organization=organization)
    ask(organization)

    count = answers.confirm_all(request=the_request(organization), confirmed_by="penningmeester", by=BY, at=AT + DAY)

    assert count == 2
    assert set(Verification.objects.values_list("method", "confirmed_by")) == {("letter", "penningmeester")}
    assert the_request(organization).answered_at == AT + DAY


def test_the_first_answer_counts_and_a_later_one_does_not_move_it():
    organization = a_club()
    ask(organization)
    request = the_request(organization)
    offering = organization.offerings.get()

    answers.say_full(request=request, offering=offering, is_full=True, by=BY, at=AT + DAY)
    answers.confirm_entry(request=request, offering=offering, confirmed_by="voorzitter", by=BY, at=AT + 9 * DAY)

    assert the_request(organization).answered_at == AT + DAY
    assert Offering.objects.get().is_full


def test_a_name_is_refused_where_a_function_is_asked():
    organization = a_club()
    ask(organization)

    with pytest.raises(FactRefused, match="kies uit de lijst"):
        answers.confirm_all(request=the_request(organization), confirmed_by="Jan Jansen", by=BY, at=AT)
    assert the_request(organization).answered_at is None


def test_an_entry_of_another_group_is_refused_for_every_answer():
    organization, other = a_club("Eigen"), a_club("Ander")
    ask(organization)
    given: dict[str, Any] = {
        "request": the_request(organization),
        "offering": other.offerings.get(),
        "by": BY,
        "at": AT,
    }

    for answer in (
        lambda: answers.confirm_entry(**given, confirmed_by="voorzitter"),
        lambda: answers.stop_entry(**given),
        lambda: answers.say_full(**given, is_full=True),
        lambda: mending.mend_entry(**given, mended=mended(), confirmed_by="voorzitter"),
    ):
        with pytest.raises(FactRefused, match="van een andere groep"):
            answer()
    assert the_request(organization).answered_at is None
    assert other.offerings.get().active_until is None
    assert not Offering.objects.filter(is_full=True).exists()


def mended(**changes: Any) -> mending.Mended:
    return mending.Mended(
        **{
            "summary": "Biljarten voor iedereen.",
            "phone": "0320-555 999",
            "cost_kind": "paid",
            "cost_cents": 250,
            "cost_note": "koffie erbij",
            "schedules": (tuesdays(),),
            **changes,
        }
    )


def test_mending_changes_what_was_wrong_keeps_the_rest_and_confirms():
    organization = a_club()
    offering = organization.offerings.get()
    ask(organization)
    before = OfferingFacts.of(offering)

    mending.mend_entry(
        request=the_request(organization),
        offering=offering,
        mended=mended(schedules=(tuesdays(note="achterom"),)),
        confirmed_by="voorzitter",
        by=BY,
        at=AT,
    )

    after = Offering.objects.get()
    assert (after.summary, after.phone, after.cost_cents) == ("Biljarten voor iedereen.", "0320-555 999", 250)
    assert (after.name, after.needs, after.themes) == (before.name, before.needs, before.themes)
    assert ScheduleFacts.of(after.schedules.get()).note == "achterom"
    assert Verification.objects.get().offering == after


def test_a_wrong_number_changes_nothing_at_all():
    organization = a_club()
    ask(organization)

    with pytest.raises(FactRefused, match="telefoonnummer"):
        mending.mend_entry(
            request=the_request(organization),
            offering=organization.offerings.get(),
            mended=mended(phone="bel maar"),
            confirmed_by="voorzitter",
            by=BY,
            at=AT,
        )
    assert Offering.objects.get().phone == "0320-555 123"
    assert not Verification.objects.exists()
    assert the_request(organization).answered_at is None


def test_what_stopped_is_gone_at_once_also_when_it_was_only_announced():
    organization = a_club()
    an_offering(name="Straks", organization=organization, active_from=(AT + 9 * DAY).date())
    ask(organization)

    for offering in organization.offerings.all():
        answers.stop_entry(request=the_request(organization), offering=offering, by=BY, at=AT)

    assert not Offering.objects.visible(AT).exists()


def test_yes_by_letter_lists_the_group_and_no_takes_it_off_again():
    organization = an_organization(listed=False)
    an_offering(organization=organization)
    ask(organization)
    request = the_request(organization)

    answers.say_yes(request=request, by=BY, at=AT)
    assert Organization.objects.get().listing_agreed_via == "letter"
    assert Offering.objects.visible(AT).count() == 1

    answers.say_no(request=request, by=BY, at=AT + DAY)
    assert not Offering.objects.visible(AT).exists()
    assert Organization.objects.get().phone == ""


def test_no_of_a_group_that_never_said_yes_keeps_no_contact_and_is_not_asked_again():
    organization = an_organization(listed=False, email="club@example.nl", phone="0320-555 111", contact_name="Joke")
    an_offering(organization=organization, phone="0320-555 112", email="o@example.nl", first_contact="Joke doet open")
    ask(organization)

    answers.say_no(request=the_request(organization), by=BY, at=AT)

    row, offering = Organization.objects.get(), Offering.objects.get()
    assert row.listing_withdrawn_at == AT
    assert (row.email, row.phone, row.contact_name) == ("", "", "")
    assert (offering.phone, offering.email, offering.first_contact) == ("", "", "")
    assert not to_ask(municipality=GM, at=AT).exists()


def test_after_a_no_the_same_link_keeps_nothing_until_the_group_says_yes_again():
    organization = a_club()
    ask(organization)
    given: dict[str, Any] = {"offering": organization.offerings.get(), "by": BY, "at": AT + DAY}
    answers.say_no(request=the_request(organization), by=BY, at=AT)

    for answer, more in (
        (mending.mend_entry, {"mended": mended(), "confirmed_by": "voorzitter"}),
        (answers.confirm_entry, {"confirmed_by": "voorzitter"}),
        (answers.say_full, {"is_full": True}),
        (answers.stop_entry, {}),
    ):
        with pytest.raises(LinkEnded):
            answer(request=the_request(organization), **given, **more)
    assert Offering.objects.get().phone == ""

    answers.say_yes(request=the_request(organization), by=BY, at=AT + DAY)
    mending.mend_entry(request=the_request(organization), **given, mended=mended(), confirmed_by="voorzitter")
    assert Offering.objects.get().phone == "0320-555 999"


def test_every_answer_leaves_an_event_without_values_and_tells_the_index():
    organization = a_club()
    ask(organization)
    Change.objects.all().delete()

    mending.mend_entry(
        request=the_request(organization),
        offering=organization.offerings.get(),
        mended=mended(),
        confirmed_by="voorzitter",
        by=BY,
        at=AT,
    )

    events = AuditEvent.objects.filter(action__in=["answer_request", "change_offering", "confirm_offering"])
    assert events.count() == 3
    assert "0320-555 999" not in str(list(AuditEvent.objects.values_list("detail", flat=True)))
    assert Change.objects.exists()


def test_an_answer_by_phone_counts_as_much():
    organization = a_club()
    ask(organization)

    count = answers.note_answer(
        request=the_request(organization), method="phone", confirmed_by="voorzitter", by=BY, at=AT + DAY
    )

    assert count == 1
    assert Verification.objects.get().method == "phone"
    assert not open_requests(municipality=GM, at=AT + DAY).exists()


def test_confirming_without_entries_is_refused_in_words():
    organization = a_club()
    ask(organization)
    end_offering(offering=organization.offerings.get(), on=AT.date(), by=BY, at=AT)

    with pytest.raises(FactRefused, match="staat niets meer"):
        answers.confirm_all(request=the_request(organization), confirmed_by="voorzitter", by=BY, at=AT)
