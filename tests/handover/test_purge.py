"""`samenspel purge` destroys what is past its term in every context, says how much, and does it once."""

import json
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import models

from samenspel.audit.action import Actor, action, record
from samenspel.audit.models import AuditEvent
from samenspel.cli.management.commands import work
from samenspel.cli.management.commands.purge import purge
from samenspel.handover.grounds import fix_ground, proposal
from samenspel.handover.models import HelpRequest, LegalGround
from samenspel.mail.models import OutgoingMessage
from samenspel.people.accounts import AccountFacts, add_account
from samenspel.people.mandates import FootingFacts, set_footing
from samenspel.people.models import Organization, SignInAttempt, WorkSession
from samenspel.socialmap.actions import add_offering, change_meeting_place, end_offering
from samenspel.socialmap.facts import PlaceFacts
from samenspel.socialmap.listing import withdraw_listing
from samenspel.socialmap.models import Change, ConfirmationRequest, ImportRun, Offering, SourceRecord
from tests.handover.rows import AT, BY, a_request, a_town
from tests.people.rows import GM, an_organization
from tests.socialmap.hsds_feed import a_service_record, take_in
from tests.socialmap.rows import a_place, offering_facts

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@action
def add(*, row: models.Model, by: Actor, at: datetime) -> Any:
    row.save()
    record(action="add", on=row, by=by, at=at, municipality=GM)
    return row


def an_offering(name: str, organization: Organization) -> Offering:
    facts = offering_facts(name=name, organization=organization)
    return add_offering(municipality=GM, facts=facts, by=BY, at=AT)


def test_help_requests_past_their_end_are_erased():
    a_request(a_town().west, days=14)

    assert purge(AT + 14 * DAY)["vragen van inwoners"] == 0
    assert purge(AT + 15 * DAY)["vragen van inwoners"] == 1
    assert HelpRequest.objects.count() == 0


def test_an_ended_offering_goes_after_a_month_with_a_change_for_the_index():
    club = an_organization()
    ended, running = an_offering("Oud", club), an_offering("Nieuw", club)
    end_offering(offering=ended, on=AT.date(), by=BY, at=AT)
    before = Change.objects.count()

    assert purge(AT + 27 * DAY)["keer beëindigd aanbod"] == 0
    assert purge(AT + 40 * DAY)["keer beëindigd aanbod"] == 1

    assert [one.pk for one in Offering.objects.all()] == [running.pk]
    assert Change.objects.filter(object_id=str(ended.pk)).exists()
    assert Change.objects.count() == before + 1


def test_a_withdrawn_organization_goes_after_a_month_with_its_offerings():
    gone, stays = an_organization(name="Weg"), an_organization(name="Blijft")
    an_offering("Van weg", gone)
    withdraw_listing(organization=gone, by=BY, at=AT + DAY)

    assert purge(AT + 27 * DAY)["organisaties die niet vermeld willen staan"] == 0
    assert purge(AT + 40 * DAY)["organisaties die niet vermeld willen staan"] == 1

    assert [one.pk for one in Organization.objects.all()] == [stays.pk]
    assert Offering.objects.count() == 0


def test_a_withdrawn_host_goes_too_and_its_place_stays_without_it():
    host = an_organization()
    place = a_place(host=host)
    withdraw_listing(organization=host, by=BY, at=AT + DAY)
    change_meeting_place(place=place, facts=replace(PlaceFacts.of(place), phone="0320-555 003"), by=BY, at=AT)

    assert purge(AT + 40 * DAY)["organisaties die niet vermeld willen staan"] == 1

    place.refresh_from_db()
    assert (Organization.objects.count(), place.host, place.phone, place.host_note) == (0, None, "", "")


def test_what_came_of_an_erased_row_goes_with_it_and_that_it_was_read_stays_known(tmp_path: Path):
    take_in(tmp_path, a_service_record(contacts=[{"id": "c9", "name": "Kees"}]))
    end_offering(offering=Offering.objects.get(), on=AT.date(), by=BY, at=AT)
    purge(AT + 40 * DAY)
    withdraw_listing(organization=Organization.objects.get(), by=BY, at=AT + 40 * DAY)
    purge(AT + 80 * DAY)

    rows = SourceRecord.objects.filter(kind__in=["offering", "organization"])
    assert "Kees" not in str(list(rows.values_list("remainder", flat=True)))
    assert rows.exclude(fingerprint="").filter(remainder={}).count() == 2


def test_drafts_go_after_a_day_and_steps_after_30_days():
    run = add(
        row=ImportRun(municipality=GM, kind="offerings", file_name="a.csv", state="done", created_at=AT, done_at=AT,
                      draft=[{"a": 1}], steps=[{"id": "x"}], report={"read": 1}),
        by=BY, at=AT,
    )  # fmt: skip

    purge(AT + timedelta(hours=23))
    run.refresh_from_db()
    assert (run.draft, run.steps) == ([{"a": 1}], [{"id": "x"}])

    purge(AT + 2 * DAY)
    run.refresh_from_db()
    assert (run.draft, run.steps) == ([], [{"id": "x"}])

    purge(AT + 31 * DAY)
    run.refresh_from_db()
    assert (run.draft, run.steps, run.report) == ([], [], {"read": 1})


def test_requests_to_confirm_go_after_a_year_events_after_seven_and_mail_after_three_days():
    add(
        row=ConfirmationRequest(municipality=GM, organization=an_organization(), secret_hash="x", way="link",
                                asked_at=AT, ends_at=AT + 14 * DAY),
        by=BY, at=AT,
    )  # fmt: skip
    OutgoingMessage.objects.create(
        municipality=GM, to="an@example.nl", subject="s", body="b", created_at=AT, not_before=AT
    )
    old = AuditEvent.objects.create(at=AT - 8 * 366 * DAY, actor_kind="system", action="x", object_kind="y")

    first = purge(AT + 360 * DAY)
    second = purge(AT + 367 * DAY)

    assert (first["verzoeken om te bevestigen"], first["mails die niet weg konden"]) == (0, 1)
    assert second["verzoeken om te bevestigen"] == 1
    assert first["gebeurtenissen ouder dan 7 jaar"] == 1
    assert not AuditEvent.objects.filter(pk=old.pk).exists()


@pytest.mark.parametrize("part", ["account", "controller", "joint"])
def test_a_withdrawn_organization_stays_while_it_has_a_part_in_our_work(part: str):
    club = an_organization()
    withdraw_listing(organization=club, by=BY, at=AT + DAY)
    if part == "account":
        facts = AccountFacts(email="bram@example.nl", name="Bram", access_role="partner", organization=club)
        add_account(municipality=GM, facts=facts, password=None, by=BY, at=AT)
    else:
        footing = {"controller": club} if part == "controller" else {"joint_with": (club,), "joint_agreement": "Z-1"}
        set_footing(team=a_town().team_west, facts=FootingFacts(**footing), by=BY, at=AT)

    purge(AT + timedelta(days=60))

    assert Organization.objects.filter(pk=club.pk).exists()


def test_sessions_go_when_they_expire_and_tries_to_sign_in_after_a_day():
    WorkSession.objects.create(session_key="x", session_data="", expire_date=AT + DAY)
    SignInAttempt.objects.create(subject="x", at=AT)

    assert (purge(AT + timedelta(hours=23))["verlopen sessies"], SignInAttempt.objects.count()) == (0, 1)
    gone = purge(AT + timedelta(hours=25))
    assert (gone["verlopen sessies"], gone["pogingen om in te loggen"]) == (1, 1)


def test_doing_it_again_destroys_nothing_more():
    town = a_town()
    a_request(town.west, days=14)
    club = an_organization()
    end_offering(offering=an_offering("Oud", club), on=AT.date(), by=BY, at=AT)
    later = AT + 100 * DAY

    assert sum(purge(later).values()) == 2
    events = AuditEvent.objects.count()
    assert sum(purge(later).values()) == 0
    assert AuditEvent.objects.count() == events


def test_the_command_takes_a_day_and_answers_as_json():
    a_request(a_town().west, days=14)
    out = StringIO()

    call_command("purge", "--at", "2026-12-05", "--json", stdout=out)

    assert json.loads(out.getvalue())["vragen van inwoners"] == 1


@pytest.mark.parametrize("day", ["morgen", "2026-W49-6"])
def test_the_command_refuses_what_is_no_day(day: str):
    with pytest.raises(CommandError, match="--at"):
        call_command("purge", "--at", day)


def test_work_sends_mail_at_every_look_and_tidies_every_hour(monkeypatch: pytest.MonkeyPatch):
    done: list[str] = []
    monkeypatch.setattr(work, "send_due", lambda **_: done.append("mail"))
    monkeypatch.setattr(work, "purging", lambda at: {"all": lambda: done.append("purge")})
    due, at = work._Due(), datetime(2026, 11, 21, tzinfo=UTC)

    for minutes in (0, 1, 59, 61, 62):
        due.work_off(at + timedelta(minutes=minutes))

    assert done == ["mail", "purge", "mail", "mail", "mail", "purge", "mail"]


def test_work_goes_on_when_what_is_due_fails(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture):
    stop, tries = threading.Event(), []

    def fail(**_: object) -> None:
        tries.append(1)
        if len(tries) == 2:
            stop.set()
        raise OSError("the mail server is away")

    monkeypatch.setattr(work, "send_due", fail)
    monkeypatch.setattr(work, "LOOK_AFTER_EVERY", 0.0)
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    monkeypatch.setattr(work.connection, "close", lambda: None)

    work._look_after(stop)

    assert len(tries) == 2
    assert "trying again" in caplog.text


def test_one_job_that_fails_stops_no_other_and_is_not_tried_again_every_second(monkeypatch: pytest.MonkeyPatch):
    done: list[str] = []

    def fail() -> int:
        done.append("fails")
        raise OSError("disk full")

    monkeypatch.setattr(work, "purging", lambda at: {"this": fail, "that": lambda: done.append("purged")})
    monkeypatch.setattr(work, "_IN_TIME", (lambda **_: done.append("in time"),))
    due, at = work._Due(), datetime(2026, 11, 21, tzinfo=UTC)
    with pytest.raises(work.Failed, match="1 van"):
        due.work_off(at)
    due.work_off(at + timedelta(seconds=1))

    assert done == ["fails", "purged", "in time"]


def test_a_ground_that_ended_goes_once_nothing_refers_to_it():
    town = a_town()
    for facts in proposal():
        fix_ground(municipality=GM, facts=facts, by=BY, at=AT)
    asked, _ = a_request(town.west, days=14)
    assert asked.ground is not None
    others = [facts for facts in proposal() if facts.key != asked.ground.key]
    for facts in (next(facts for facts in proposal() if facts.key == asked.ground.key), others[0]):
        fix_ground(municipality=GM, facts=facts, by=BY, at=AT)

    ended = LegalGround.objects.filter(ended_at__isnull=False)
    assert (ended.count(), purge(AT + DAY)["grondslagen die niet meer gelden"]) == (2, 1)
    assert ended.get() == asked.ground
    purge(AT + 15 * DAY)
    assert not ended.exists()
    assert LegalGround.objects.filter(ended_at=None).count() == len(proposal())
