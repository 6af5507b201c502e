"""A melding: dated when it is made, moved by nothing, gone from here after its receipt."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from samenspel.audit.action import Actor
from samenspel.audit.models import AuditEvent
from samenspel.handover import keys
from samenspel.handover.actions import NotDue, erase_help, withdraw_help
from samenspel.handover.handing import accept
from samenspel.handover.holding import close, note_contact, say
from samenspel.handover.melding import confirmation, mark, open_for, set_hold, take_out, teams_for, transfer
from samenspel.handover.models import HelpRequest, Melding
from samenspel.handover.permissions import may_transfer
from samenspel.handover.retention import erase_ended, erase_meldingen
from samenspel.handover.states import StepRefused, Word
from samenspel.handover.steps import NotAllowed
from samenspel.mail.models import OutgoingMessage
from samenspel.people.checks import FactRefused
from samenspel.people.mandates import FootingFacts, MandateFacts, set_footing, set_mandate
from samenspel.people.models import Team, User
from tests.handover.rows import AT, BY, RESIDENT, a_person, a_request, a_team, told
from tests.handover.test_one_holder import World, a_world, as_person, proposed
from tests.people.rows import GM

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def a_mandated_team(world: World, *articles: str, until: date | None = None) -> tuple[Team, User]:
    person = a_person("toegang")
    team = a_team("Toegang", world.town.east, members=(person,))
    set_footing(team=team, facts=FootingFacts(law_articles=articles), by=BY, at=AT)
    facts = MandateFacts(
        decision="onderzoek na een melding",
        in_name_of="executive",
        reference="2026-17",
        valid_from=date(2026, 1, 1),
        valid_until=until,
    )
    set_mandate(team=team, facts=facts, by=BY, at=AT)
    return team, person


def by_card(world: World, kind: str = "wmo") -> Melding:
    return mark(request=world.request, kind=kind, word=Word.CARD, by=RESIDENT, at=AT)


def take_over(melding: Melding, team: Team, person: User, *, receipt: str, at: datetime = AT) -> None:
    take_out(melding=melding, by=as_person(person), at=at)
    transfer(melding=melding, team=team, receipt=receipt, by=as_person(person), at=at)


def test_the_resident_makes_it_a_melding_with_the_card_alone_and_gets_the_term_of_the_law():
    world = a_world()
    melding = by_card(world)
    said = confirmation(melding)
    assert (melding.marked_by, melding.melded_on, melding.term_ends_on) == ("resident", TODAY, date(2027, 1, 4))
    assert "2.3.2" in melding.term_source
    assert (said.personal_plan_until, said.term_is_certain) == (TODAY + timedelta(days=7), True)
    world.request.refresh_from_db()
    assert world.request.ends_on == date(2027, 1, 19)  # 60 days; the term and two weeks would be a day earlier


def test_marking_twice_gives_the_same_melding_and_another_kind_a_second():
    world = a_world()
    assert by_card(world) == by_card(world)
    assert by_card(world, "debt").reference != by_card(world).reference
    with pytest.raises(FactRefused):
        by_card(world, "iets anders")


def test_nothing_light_moves_its_dates():
    world = a_world()
    lianne, _, _, coordinator = (as_person(person) for person in world.people)
    melding = by_card(world)
    before = (melding.melded_on, melding.term_ends_on, melding.keep_until)
    note_contact(request=world.request, way="phone", reached=True, by=lianne, at=world.tick())
    accept(handover=proposed(world, lianne, "holder", "organization"), by=coordinator, at=world.tick())
    say(municipality=GM, code=world.code, verb="say_helped", by=RESIDENT, at=world.tick())
    melding.refresh_from_db()
    assert (melding.melded_on, melding.term_ends_on, melding.keep_until) == before
    assert melding.closed_on is None


def test_a_question_with_an_open_melding_outlives_its_end_date():
    world = a_world()
    melding = by_card(world)
    much_later = AT + timedelta(days=200)
    assert erase_ended(by=BY, at=much_later) == 0
    team, person = a_mandated_team(world, "wmo-2-3-2")
    take_over(melding, team, person, receipt="Z-1", at=much_later)
    assert erase_ended(by=BY, at=much_later) == 1
    melding.refresh_from_db()
    assert (melding.request_id, melding.receipt) == (None, "Z-1")


def test_only_a_team_with_article_and_mandate_takes_it_out_and_the_text_is_gone_after_the_receipt():
    world = a_world()
    melding = by_card(world)
    assert teams_for(melding, at=AT) == []
    team, person = a_mandated_team(world, "wmo-2-3-2")
    lianne = as_person(world.people[0])
    with pytest.raises(NotAllowed, match="mandaat"):
        take_out(melding=melding, by=lianne, at=AT)
    package = take_out(melding=melding, by=as_person(person), at=AT)
    assert package.told == told()
    assert told().text not in repr(package)
    assert AuditEvent.objects.filter(action="take_out").count() == 1

    with pytest.raises(FactRefused):
        transfer(melding=melding, team=team, receipt=" ", by=as_person(person), at=AT)
    transfer(melding=melding, team=team, receipt="Z-2026-44", by=as_person(person), at=AT)
    world.request.refresh_from_db()
    assert (world.request.state, bytes(world.request.sealed)) == ("transferred", b"")
    with pytest.raises(keys.Unreadable):
        keys.unseal(b"x" * 40, owner=world.request.pk)


def test_the_text_stays_until_the_last_of_two_meldingen_is_transferred():
    world = a_world()
    first, second = by_card(world), by_card(world, "debt")
    team, person = a_mandated_team(world, "wmo-2-3-2", "wgs-4")
    take_over(first, team, person, receipt="1")
    assert HelpRequest.objects.get(pk=world.request.pk).state == "waiting"
    take_over(second, team, person, receipt="2")
    assert HelpRequest.objects.get(pk=world.request.pk).state == "transferred"


def test_a_mandate_that_ended_gives_no_way_in():
    world = a_world()
    melding = by_card(world)
    _, person = a_mandated_team(world, "wmo-2-3-2", until=TODAY - timedelta(days=1))
    assert not may_transfer(person, melding, on=TODAY).allowed
    assert may_transfer(person, melding, on=TODAY - timedelta(days=1)).allowed
    assert list(open_for(person, on=TODAY)) == []
    assert list(open_for(person, on=TODAY - timedelta(days=1))) == [melding]


def test_what_is_withdrawn_is_a_melding_no_more_and_says_when():
    world = a_world()
    melding = by_card(world)
    withdraw_help(municipality=GM, code=world.code, by=RESIDENT, at=AT)
    melding.refresh_from_db()
    assert melding.closed_on == TODAY
    with pytest.raises(StepRefused):
        mark(request=world.request, kind="wmo", word=Word.CARD, by=RESIDENT, at=AT)


def test_a_question_that_helped_opens_again_when_it_becomes_a_melding():
    world = a_world()
    say(municipality=GM, code=world.code, verb="say_helped", by=RESIDENT, at=world.tick())
    world.request.refresh_from_db()
    by_card(world)
    world.request.refresh_from_db()
    assert (world.request.state, world.request.reopened) == ("waiting", 1)


def test_a_receipt_is_destroyed_at_its_end_unless_it_is_held():
    world = a_world()
    team, person = a_mandated_team(world, "wmo-2-3-2")
    melding = by_card(world)
    take_over(melding, team, person, receipt="1")
    set_hold(melding=melding, hold_reason="objection", by=as_person(person), at=AT)
    later = AT + timedelta(days=366 * 16)
    assert erase_meldingen(by=BY, at=later) == 0
    set_hold(melding=melding, hold_reason="", by=as_person(person), at=AT)
    assert erase_meldingen(by=BY, at=later) == 1


def test_someone_else_may_not_mark_and_nobody_without_account():
    world = a_world()
    for actor in (as_person(world.people[2]), RESIDENT, Actor("link")):
        with pytest.raises(NotAllowed):
            mark(request=world.request, kind="wmo", word=Word.SPOKEN, by=actor, at=AT)
    assert mark(
        request=world.request, kind="wmo", word=Word.SPOKEN, by=as_person(world.people[0]), at=AT
    ).marked_by == ("holder")


def test_the_database_refuses_a_transfer_without_receipt_or_two_ends():
    world = a_world()
    melding = by_card(world)
    team, _ = a_mandated_team(world, "wmo-2-3-2")
    for wrong in (
        {"transferred_at": AT},
        {"transferred_at": AT, "receipt": "1", "team": team, "closed_on": TODAY},
        {"term_ends_on": TODAY - timedelta(days=1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            QuerySet(Melding).filter(pk=melding.pk).update(**wrong)  # past the guard of actions


def test_moving_ends_a_melding_for_the_holder_says_so():
    world = a_world()
    melding = by_card(world)
    close(request=world.request, verb="close_moved", by=as_person(world.people[0]), at=AT)
    melding.refresh_from_db()
    assert melding.closed_on == TODAY


def test_nothing_is_transferred_that_nobody_took_out_and_nothing_twice():
    world = a_world()
    melding = by_card(world)
    team, person = a_mandated_team(world, "wmo-2-3-2")
    with pytest.raises(NotAllowed, match="eerst op"):
        transfer(melding=melding, team=team, receipt="1", by=as_person(person), at=AT)
    assert HelpRequest.objects.get(pk=world.request.pk).sealed
    take_over(melding, team, person, receipt="1")
    with pytest.raises(NotAllowed, match="afgerond"):
        transfer(melding=melding, team=team, receipt="2", by=as_person(person), at=AT)
    melding.refresh_from_db()
    assert melding.receipt == "1"


def test_a_partner_cannot_close_a_question_in_which_a_melding_runs():
    world = a_world()
    lianne, _, _, coordinator = (as_person(person) for person in world.people)
    melding = by_card(world)
    accept(handover=proposed(world, lianne, "holder", "organization"), by=coordinator, at=world.tick())
    for verb in ("close_moved", "close_deceased", "withdraw"):
        with pytest.raises(NotAllowed, match="melding"):
            close(request=world.request, verb=verb, by=coordinator, at=world.tick())
    close(request=world.request, verb="close_moved", by=lianne, at=world.tick())
    melding.refresh_from_db()
    assert melding.closed_on is not None
    assert AuditEvent.objects.filter(action="close_melding", object_id=str(melding.pk)).count() == 1


def test_a_question_kept_longer_in_the_meantime_is_not_erased():
    world = a_world()
    stale = HelpRequest.objects.get(pk=world.request.pk)
    by_card(world)
    with pytest.raises(NotDue):
        erase_help(request=stale, by=BY, at=AT + timedelta(days=61))
    assert HelpRequest.objects.filter(pk=stale.pk).exists()


def test_a_late_melding_stays_to_be_followed_with_the_card():
    world = a_world()
    by_card(world)
    much_later = (AT + timedelta(days=200)).date()
    assert HelpRequest.objects.with_code(world.code, municipality=GM, on=much_later).get() == world.request


def test_a_resident_who_is_mailed_gets_the_melding_confirmed_without_its_theme():
    world = a_world()
    request, _ = a_request(world.town.west, told=told(way="email", reach="an@example.nl"))
    melding = mark(request=request, kind="debt", word=Word.CARD, by=RESIDENT, at=AT)
    mail = OutgoingMessage.objects.get(kind="melding")
    assert mail.to == "an@example.nl"
    assert "schuld" not in (mail.subject + mail.body).lower()
    assert melding.reference not in mail.subject
