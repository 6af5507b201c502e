"""Setting up: teams, ingang, contacts and help, by forms that name what is wrong and change nothing half."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from samenspel.audit.models import AuditEvent
from samenspel.people.actions import set_team
from samenspel.people.facts import TeamFacts
from samenspel.people.models import AreaContact, Recourse, Team
from samenspel.places.models import Area
from samenspel.socialmap.actions import change_meeting_place
from samenspel.socialmap.facts import PlaceFacts
from samenspel.socialmap.models import Entrance
from tests.handover.rows import a_request
from tests.people.rows import AT, BY, ELSEWHERE, GM, a_contact, an_area
from tests.socialmap.rows import a_neighborhood, a_place
from tests.workspace.accounts import an_account, signed_in

pytestmark = pytest.mark.django_db

HOURS = [
    {"weekday": 0, "opens": "09:00", "closes": "12:00", "note": ""},
    {"weekday": 0, "opens": "13:30", "closes": "17:00", "note": ""},
    {"weekday": 2, "opens": "19:00", "closes": "21:00", "note": "koffie"},
]
WEEK = {
    "hours-0-1-opens": "9",
    "hours-0-1-closes": "12 uur",
    "hours-0-2-opens": "13.30",
    "hours-0-2-closes": "17:00",
    "hours-2-1-opens": "19:00",
    "hours-2-1-closes": "21:00",
    "hours-2-note": "koffie",
}


@pytest.fixture
def wijk() -> Area:
    box = a_neighborhood()
    return an_area(
        "WK990101",
        "district",
        name="Zeestede-Oost",
        boundary=box.boundary,
        longitude=5.2,
        latitude=52.5,
        west=5.2,
        south=52.5,
        east=5.3,
        north=52.6,
    )


@pytest.fixture
def work() -> Client:
    return signed_in()


def said(client: Client, answer: Any) -> str:
    """The page that a form led to."""
    assert answer.status_code == 302, answer.content.decode()
    return client.get(answer["Location"]).content.decode()


def test_a_team_is_made_and_changed_with_its_areas_and_members(work: Client, wijk: Area):
    member = an_account("team_member", name="Bram")
    form = {"name": "Team Oost", "phone": "0320-555201", "email": "", "areas": [wijk.pk], "members": [member.pk]}
    page = said(work, work.post("/werk/inrichten/team", form))
    team = Team.objects.get()

    assert "Opgeslagen" in page
    assert "Bram" in page
    assert (list(team.areas.all()), list(team.members.all())) == ([wijk], [member])
    said(work, work.post(f"/werk/inrichten/team/{team.pk}", {"phone": "0320-555202"}))
    team.refresh_from_db()
    assert (team.name, team.phone, team.members.count()) == ("Team Oost", "0320-555202", 0)


def test_a_team_with_open_questions_keeps_somebody_who_reads_them(
    work: Client, wijk: Area, tmp_path: Path, settings: Any
):
    settings.KEYS = tmp_path / "keys"
    bram, mieke = an_account("team_member", name="Bram"), an_account("connector", email="mieke@x.example")
    form = {"name": "Team Oost", "phone": "0320-555201", "areas": [wijk.pk], "members": [bram.pk]}
    work.post("/werk/inrichten/team", form)
    team = Team.objects.get()
    a_request(wijk)
    answer = work.post(f"/werk/inrichten/team/{team.pk}", form | {"members": []})

    assert answer.status_code == 400
    assert "Team Oost heeft 1 open vragen en dan niemand meer" in answer.content.decode()
    assert list(team.members.all()) == [bram]
    said(work, work.post(f"/werk/inrichten/team/{team.pk}", form | {"members": [mieke.pk]}))
    assert list(team.members.all()) == [mieke]


def test_a_team_without_people_says_that_no_question_goes_there(work: Client):
    set_team(municipality=GM, facts=TeamFacts(name="Team Oost", phone="0320-555201"), by=BY, at=AT)

    assert "Nog niemand werkt in dit team: vragen gaan hier niet heen." in work.get("/werk/inrichten").content.decode()


def test_only_team_members_of_this_municipality_can_be_chosen(work: Client):
    stranger = an_account("team_member", email="x@elders.example", municipality=ELSEWHERE)
    desk = an_account("desk")
    for chosen in (stranger, desk):
        answer = work.post("/werk/inrichten/team", {"name": "T", "phone": "0320-555201", "members": [chosen.pk]})
        assert answer.status_code == 400
    assert not Team.objects.exists()


def test_a_wrong_field_is_named_at_the_top_and_what_was_typed_stays(work: Client):
    page = work.post("/werk/inrichten/team", {"name": "Team Oost", "phone": "bel maar"}).content.decode()

    assert 'href="#id_phone"' in page
    assert "Telefoon: dit is geen telefoonnummer" in page
    assert 'value="bel maar"' in page
    assert 'value="Team Oost"' in page
    assert "<title>Fout:" in page
    assert not Team.objects.exists()


def test_the_ingang_of_a_wijk_is_set_with_its_week_and_shown_again(work: Client, wijk: Area):
    place = a_place()
    form = {"place": place.pk, "host": "Roos, gastvrouw", "phone": "0320-555301", **WEEK}
    said(work, work.post("/werk/inrichten/ingang/WK990101", form))
    entrance = Entrance.objects.get()

    assert (entrance.area, entrance.place, entrance.hours) == (wijk, place, HOURS)
    again = work.get("/werk/inrichten/ingang/WK990101").content.decode()
    assert 'name="hours-0-2-opens" value="13:30"' in again
    assert 'name="hours-2-note" value="koffie"' in again
    assert AuditEvent.objects.filter(action="set_entrance").count() == 1


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"hours-1-1-opens": "9:00"}, "dinsdag: vul een tijd in bij van en bij tot"),
        ({"hours-1-1-opens": "25:00", "hours-1-1-closes": "26:00"}, "dinsdag: vul een tijd in"),
        ({"hours-4-1-opens": "12:00", "hours-4-1-closes": "9:00"}, "vrijdag: het sluit voordat het open gaat"),
    ],
)
def test_a_wrong_time_names_its_day_and_stays_in_the_table(work: Client, wijk: Area, typed: dict, problem: str):
    form = {"place": a_place().pk, "host": "Roos", "phone": "0320-555301", **typed}
    page = work.post("/werk/inrichten/ingang/WK990101", form).content.decode()

    assert problem in page
    assert 'href="#id_hours"' in page
    assert 'id="id_hours"' in page
    name, value = next(iter(typed.items()))
    assert f'name="{name}" value="{value}"' in page
    assert not Entrance.objects.exists()


def test_an_ingang_without_any_hour_is_refused(work: Client, wijk: Area):
    page = work.post("/werk/inrichten/ingang/WK990101", {"place": a_place().pk, "host": "R", "phone": "0320-555301"})

    assert "vul ten minste één dag in" in page.content.decode()
    assert not Entrance.objects.exists()


def test_a_day_that_opens_more_often_than_twice_keeps_all_its_hours(work: Client, wijk: Area):
    hours = [{"weekday": 0, "opens": f"{hour:02}:00", "closes": f"{hour:02}:30", "note": ""} for hour in (8, 10, 12)]
    a_contact(wijk, hours=hours)
    page = work.get("/werk/inrichten/contact/WK990101/connector")
    typed = {field.name: field.value() or "" for field in page.context["form"] if field.name != "hours"}
    for slot, line in enumerate(hours, 1):
        typed |= {f"hours-0-{slot}-opens": line["opens"], f"hours-0-{slot}-closes": line["closes"]}
    said(work, work.post("/werk/inrichten/contact/WK990101/connector", typed))

    assert 'name="hours-0-3-opens" value="12:00"' in page.content.decode()
    assert AreaContact.objects.get().hours == hours


def test_a_contact_with_a_deputy_is_set_and_taken_away(work: Client, wijk: Area):
    form = {
        "name": "Gülsen",
        "job_title": "connector",
        "phone": "0320-555101",
        "deputy_name": "Wim",
        "deputy_phone": "0320-555102",
        **WEEK,
    }
    assert "Gülsen, verbinder" in said(work, work.post("/werk/inrichten/contact/WK990101", form))
    contact = AreaContact.objects.get()
    assert (contact.deputy_name, contact.hours) == ("Wim", HOURS)

    page = said(work, work.post("/werk/inrichten/contact/WK990101/connector/weg"))
    assert "geen contactpersoon meer" in page
    assert not AreaContact.objects.exists()


def test_help_complaint_and_objection_each_have_a_form(work: Client):
    for kind in ("client_support", "complaint", "objection"):
        form = {"name": "Naast U", "text": "Iemand die naast u staat.", "phone": "0320-555401"}
        said(work, work.post(f"/werk/inrichten/hulp/{kind}", form))

    assert Recourse.objects.count() == 3
    page = work.post("/werk/inrichten/hulp/complaint", {"name": "Klacht", "text": "Schrijf ons."}).content.decode()
    assert "geef een telefoonnummer, e-mailadres, website of adres" in page
    assert work.get("/werk/inrichten/hulp/verzonnen").status_code == 404


def test_an_area_or_team_of_another_municipality_does_not_exist_here(work: Client, wijk: Area):
    an_area(
        "WK990201",
        "district",
        municipality=ELSEWHERE,
        boundary=wijk.boundary,
        longitude=5.2,
        latitude=52.5,
        west=5.2,
        south=52.5,
        east=5.3,
        north=52.6,
    )

    assert work.get("/werk/inrichten/ingang/WK990201").status_code == 404
    assert work.get("/werk/inrichten/contact/WK990201").status_code == 404
    assert "WK990201" not in work.get("/werk/inrichten").content.decode()


def test_a_place_with_a_hostile_name_is_shown_as_text(work: Client, wijk: Area):
    a_place(name="<script>alert(1)</script>")
    page = work.get("/werk/inrichten/ingang/WK990101").content.decode()

    assert "&lt;script&gt;" in page
    assert "<script" not in page


def test_a_contact_who_is_away_needs_a_deputy_and_is_marked_in_the_list(work: Client, wijk: Area):
    form = {"name": "Gülsen", "job_title": "connector", "phone": "0320-555101", "away": "on", "deputy_name": "Wim"}
    page = work.post("/werk/inrichten/contact/WK990101", form).content.decode()
    assert "Telefoon van de vervanger: wie er niet is, heeft een vervanger" in page
    assert not AreaContact.objects.exists()

    page = said(work, work.post("/werk/inrichten/contact/WK990101", {**form, "deputy_phone": "0320-555102"}))

    assert "Gülsen, verbinder (is er nu niet)" in page
    assert AreaContact.objects.get().away
    said(work, work.post("/werk/inrichten/contact/WK990101/connector", {**form, "away": ""}))
    assert not AreaContact.objects.get().away


def test_an_ingang_at_a_place_that_closed_is_refused_and_one_that_closes_later_is_marked(work: Client, wijk: Area):
    place = a_place()
    form = {"place": place.pk, "host": "R", "phone": "0320-555301", **WEEK}
    said(work, work.post("/werk/inrichten/ingang/WK990101", form))
    facts = replace(PlaceFacts.of(place), closed_on=date(2020, 8, 17))
    change_meeting_place(place=place, facts=facts, by=BY, at=AT)

    assert "Het Peilhuis (dicht, kies een andere plek)" in work.get("/werk/inrichten").content.decode()
    assert "0 van 1 wijken" in work.get("/werk/").content.decode()
    page = work.post("/werk/inrichten/ingang/WK990101", form)
    assert (page.status_code, "deze plek is dicht" in page.content.decode()) == (400, True)
