"""A question from anywhere has a team that holds it; help on the resident's side is always there."""

from typing import Any

import pytest

from samenspel.audit.models import AuditEvent
from samenspel.people.actions import set_recourse, set_team
from samenspel.people.checks import FactRefused
from samenspel.people.contacts import team_for
from samenspel.people.facts import RecourseFacts, TeamFacts
from samenspel.people.models import AccessRole, Recourse, Team, User
from samenspel.places.models import Area
from tests.people.rows import AT, BY, GM, an_area

pytestmark = pytest.mark.django_db


def a_team(
    name: str, *areas: Area, phone: str = "0320-555200", role: str = AccessRole.TEAM_MEMBER, active: bool = True
) -> Team:
    """A team in which one person works."""
    who = {"name": "Lianne", "municipality": GM, "access_role": role, "is_active": active}
    member, _ = User.objects.get_or_create(email=f"{role}.{active}@example.nl".lower(), defaults=who)
    facts = TeamFacts(name=name, phone=phone, areas=areas, members=(member,))
    return set_team(municipality=GM, facts=facts, by=BY, at=AT)


def holder(area: Area | None) -> str:
    team = team_for(area, municipality=GM)
    return team.name if team else ""


def test_the_team_of_the_smallest_area_holds_a_question_and_else_that_of_all():
    district = an_area("WK990101", "district")
    neighborhood = an_area("BU99010101", "neighborhood", parent=district)
    other = an_area("WK990102", "district")
    a_team("Alle wijken")
    a_team("Oost", other)
    assert (holder(neighborhood), holder(None)) == ("Alle wijken", "Alle wijken")

    a_team("West", district)
    assert holder(neighborhood) == "West"

    a_team("Dijkbuurt", neighborhood)
    assert (holder(neighborhood), holder(district), holder(other)) == ("Dijkbuurt", "West", "Oost")


@pytest.mark.parametrize("who", [{"active": False}, {"role": AccessRole.DESK}])
def test_a_team_in_which_nobody_reads_questions_gets_none(who: dict[str, Any]):
    district = an_area("WK990101", "district")
    a_team("West", district, **who)
    assert holder(district) == ""

    a_team("Alle wijken")
    assert holder(district) == "Alle wijken"

    a_team("West", district)
    assert holder(district) == "West"


def test_without_a_team_nobody_is_named():
    a_team("Oost", an_area("WK990102", "district"))

    assert holder(an_area("BU99010101", "neighborhood")) == ""
    assert holder(None) == ""


def test_a_team_is_replaced_by_name_and_its_event_holds_no_names_of_people():
    west = an_area("WK990101", "district")
    first = a_team("West")

    second = a_team("West", west, phone="0320-555201")

    assert first.pk == second.pk
    assert [area.code for area in second.areas.all()] == ["WK990101"]
    (member,) = second.members.all()
    detail = {"areas": ["WK990101"], "members": [str(member.pk)]}
    assert AuditEvent.objects.filter(action="set_team").latest("pk").detail == detail


def test_a_team_without_a_good_phone_is_refused():
    with pytest.raises(FactRefused) as refused:
        a_team("West", phone="bel maar")
    assert refused.value.field == "phone"

    with pytest.raises(FactRefused):
        a_team("West", phone="")


def test_recourse_is_one_of_a_kind_and_can_be_reached():
    facts = RecourseFacts(kind="client_support", name="Naast u", text="Gratis en onafhankelijk.", phone="0320-555300")
    set_recourse(municipality=GM, facts=facts, by=BY, at=AT)
    set_recourse(municipality=GM, facts=facts, by=BY, at=AT)
    assert RecourseFacts.of(Recourse.objects.get()) == facts

    with pytest.raises(FactRefused):
        set_recourse(
            municipality=GM, facts=RecourseFacts(kind="complaint", name="Klacht", text="Schrijf ons."), by=BY, at=AT
        )
