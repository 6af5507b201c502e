"""The page on which an administrator says on what a team stands."""

from datetime import date
from typing import Any

import pytest

from samenspel.people.actions import set_team
from samenspel.people.facts import TeamFacts
from samenspel.people.mandates import FootingFacts
from samenspel.people.models import Mandate, Team
from tests.people.rows import AT, BY, ELSEWHERE, GM, an_organization
from tests.workspace.accounts import signed_in

pytestmark = pytest.mark.django_db


def a_team(municipality: str = GM) -> Team:
    facts = TeamFacts(name="Team Oost", phone="0320-555201")
    return set_team(municipality=municipality, facts=facts, by=BY, at=AT)


def path(team: Team, what: str) -> str:
    return f"/werk/inrichten/team/{team.pk}/{what}"


def mandate(**given: Any) -> dict[str, str]:
    return {
        "decision": "Wmo-beschikking",
        "in_name_of": "executive",
        "reference": "2026/14",
        "valid_from": "2026-01-01",
        "valid_until": "",
        **given,
    }


def test_who_answers_for_the_data_and_the_law_are_saved_and_shown():
    team, partner, other = a_team(), an_organization(name="Welzijn"), an_organization(name="Zorg")
    client = signed_in()
    given = {
        "controller": partner.pk,
        "joint_with": [other.pk],
        "joint_agreement": "Z-2026-9",
        "law_articles": ["wmo-2-2-3"],
    }
    assert client.post(path(team, "grondslag"), given)["Location"] == path(team, "grondslag")
    team.refresh_from_db()

    assert FootingFacts.of(team).controller == partner
    page = client.get(path(team, "grondslag")).content.decode()
    assert "Opgeslagen: Team Oost." in page
    assert "Wmo 2015, artikel 2.2.3" in page
    assert "Dit team heeft geen mandaat." in page


def test_joint_controllers_without_an_agreement_are_refused_by_field():
    team, other = a_team(), an_organization(name="Zorg")
    answer = signed_in().post(path(team, "grondslag"), {"joint_with": [other.pk]})

    assert (answer.status_code, "Afspraak daarover: noem de afspraak" in answer.content.decode()) == (400, True)


def test_a_mandate_is_added_shown_and_ended():
    team, client = a_team(), signed_in()
    client.post(path(team, "mandaat"), mandate())
    row = Mandate.objects.get()
    assert "Geldt: vanaf 1 januari 2026." in client.get(path(team, "grondslag")).content.decode()

    client.post(path(team, f"mandaat/{row.pk}"), mandate(valid_until="2026-02-01"))
    row.refresh_from_db()
    assert row.valid_until == date(2026, 2, 1)
    assert (
        "Geldt nu niet: vanaf 1 januari 2026 tot en met 1 februari 2026."
        in client.get(path(team, "grondslag")).content.decode()
    )


def test_a_last_day_before_the_first_is_said_by_field():
    answer = signed_in().post(path(a_team(), "mandaat"), mandate(valid_until="2025-12-31"))

    assert "Laatste dag: de laatste dag ligt voor de eerste dag" in answer.content.decode()
    assert not Mandate.objects.exists()


def test_a_team_of_another_municipality_and_its_mandates_do_not_exist_here():
    team, client = a_team(ELSEWHERE), signed_in()

    for what in ("grondslag", "mandaat"):
        assert client.post(path(team, what), mandate()).status_code == 404
    own = a_team()
    client.post(path(own, "mandaat"), mandate())
    assert client.get(path(team, f"mandaat/{Mandate.objects.get().pk}")).status_code == 404
