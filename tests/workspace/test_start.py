"""The first page at work says what there is to do for who signed in."""

from datetime import UTC, datetime

import pytest

from samenspel.people.actions import set_recourse, set_team
from samenspel.people.facts import RecourseFacts, TeamFacts
from samenspel.places.models import Area
from samenspel.socialmap.entrances import EntranceFacts, set_entrance
from samenspel.workspace.checklist import Step, checklist
from tests.people.rows import AT, BY, ELSEWHERE, GM, a_contact, an_area
from tests.socialmap.rows import a_neighborhood, a_place, an_offering
from tests.workspace.accounts import an_account, signed_in

pytestmark = pytest.mark.django_db

BOX = {"longitude": 5.2, "latitude": 52.5, "west": 5.2, "south": 52.5, "east": 5.3, "north": 52.6, "boundary": b"x"}


def steps() -> dict[str, Step]:
    return {step.title: step for step in checklist(GM, at=datetime.now(UTC))}


def wijken() -> tuple[Area, Area]:
    """Two wijken, of two buurten and of one."""
    made = tuple(an_area(f"WK99010{n}", "district", **BOX) for n in (1, 2))
    for n, parent in ((1, made[0]), (2, made[0]), (3, made[1])):
        a_neighborhood(f"BU9901010{n}", parent=parent)
    return made  # type: ignore[return-value]


def test_an_empty_municipality_has_everything_still_to_do_and_says_how():
    found = steps()

    assert not any(step.is_done for step in found.values())
    assert all(step.do and (step.href or step.command) for step in found.values())
    assert found["Gebieden"].command.startswith("samenspel import areas")
    page = signed_in().get("/werk/").content.decode()
    assert "1 account." in page
    assert "0 van 11 stappen zijn klaar" in page


def test_each_thing_that_is_set_is_counted():
    wijken()
    an_offering(place=a_place(), delivery="at_place")
    for kind in ("client_support", "complaint", "objection"):
        facts = RecourseFacts(kind=kind, name="x", text="x", phone="0320-555401")
        set_recourse(municipality=GM, facts=facts, by=BY, at=AT)
    member = an_account("team_member")
    set_team(municipality=GM, facts=TeamFacts(name="T", phone="0320-555201", members=(member,)), by=BY, at=AT)

    done = {title for title, step in steps().items() if step.is_done}
    assert done == {"Gebieden", "Openbare gebouwen", "Organisaties en aanbod", "Teams", "Hulp, klacht en bezwaar"}


def test_a_wijk_has_an_ingang_when_it_or_each_of_its_buurten_has_one():
    first, second = wijken()
    hours = [{"weekday": 0, "opens": "09:00", "closes": "12:00", "note": ""}]
    facts = EntranceFacts(place=a_place(), host="Roos", phone="0320-555301", hours=hours)
    whole = an_area(GM, "municipality", **BOX)
    set_entrance(area=whole, facts=facts, by=BY, at=AT)
    assert steps()["Een ingang per wijk"].said == "0 van 2 wijken."

    set_entrance(area=second, facts=facts, by=BY, at=AT)
    kern = an_area("KERN-A", "village", **BOX)
    set_entrance(area=kern, facts=facts, by=BY, at=AT)
    kern.members.set([Area.objects.get(code="BU99010101")])
    assert steps()["Een ingang per wijk"].said == "1 van 2 wijken."

    kern.members.add(Area.objects.get(code="BU99010102"))
    assert steps()["Een ingang per wijk"].said == "2 van 2 wijken."
    assert steps()["Een ingang per wijk"].is_done
    assert steps()["Contactpersonen"].said == "0 van 2 wijken."
    a_contact(first)
    assert steps()["Contactpersonen"].said == "1 van 2 wijken."


def test_what_another_municipality_did_counts_for_nothing():
    an_area("WK990201", "district", municipality=ELSEWHERE, **BOX)
    an_account(email="x@elders.example", municipality=ELSEWHERE)
    an_account("desk", email="y@elders.example", municipality=ELSEWHERE)

    assert not any(step.is_done for step in steps().values())


def test_the_desk_is_shown_the_way_to_its_page_and_a_member_without_team_whom_to_ask():
    assert 'href="/balie"' in signed_in("desk").get("/werk/").content.decode()
    assert "U werkt nog niet in een team" in signed_in("team_member").get("/werk/").content.decode()


def test_the_menu_shows_only_what_one_may_open():
    administrator, member = (
        signed_in(role).get("/werk/").content.decode() for role in ("administrator", "team_member")
    )

    assert "/werk/inrichten" in administrator
    assert "/werk/vragen" not in administrator
    assert "/werk/vragen" in member
    assert "/werk/inrichten" not in member
