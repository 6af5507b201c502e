"""On what a team stands: its controller, its articles of law and its mandates."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from samenspel.audit.models import AuditEvent
from samenspel.people.actions import set_team
from samenspel.people.checks import FactRefused
from samenspel.people.facts import TeamFacts
from samenspel.people.mandates import FootingFacts, MandateFacts, articles, set_footing, set_mandate
from samenspel.people.models import Mandate, Team
from tests.people.rows import AT, BY, ELSEWHERE, GM, an_organization

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
DAY = timedelta(days=1)


def a_team() -> Team:
    return set_team(municipality=GM, facts=TeamFacts(name="Team Oost", phone="0320-555201"), by=BY, at=AT)


def a_mandate(team: Team, mandate: Mandate | None = None, **given: Any) -> Mandate:
    facts = {"decision": "Wmo-beschikking", "in_name_of": "executive", "reference": "2026/14", "valid_from": FIRST}
    return set_mandate(team=team, facts=MandateFacts(**{**facts, **given}), mandate=mandate, by=BY, at=AT)


def test_a_team_starts_under_the_municipality_without_article_or_mandate():
    team = a_team()

    assert FootingFacts.of(team) == FootingFacts()
    assert not team.mandates.exists()


def test_controllers_and_articles_are_kept_and_changing_the_team_leaves_them():
    team, partner, other = a_team(), an_organization(name="Welzijn"), an_organization(name="Zorg")
    facts = FootingFacts(
        controller=partner, joint_with=(other,), joint_agreement="Z-2026-9", law_articles=("wmo-2-2-3", "wgs-3")
    )
    set_footing(team=team, facts=facts, by=BY, at=AT)
    a_team()
    team.refresh_from_db()

    assert FootingFacts.of(team) == facts
    event = AuditEvent.objects.get(action="set_footing")
    assert event.detail["fields"] == ["controller", "joint_with", "joint_agreement", "law_articles"]
    assert "Welzijn" not in str(event.detail)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"joint_agreement": "Z-1"}, "joint_agreement"),
        ({"joint_with": ("zorg",)}, "joint_agreement"),
        ({"controller": "zorg", "joint_with": ("zorg",), "joint_agreement": "Z-1"}, "joint_with"),
        ({"controller": "elders"}, "controller"),
        ({"joint_with": ("elders",), "joint_agreement": "Z-1"}, "joint_with"),
        ({"law_articles": ("bestaat-niet",)}, "law_articles"),
    ],
    ids=["agreement-alone", "no-agreement", "with-itself", "elsewhere", "joint-elsewhere", "no-article"],
)
def test_what_cannot_be_is_refused_by_field_and_nothing_changes(given: dict[str, Any], field: str):
    rows = {"zorg": an_organization(name="Zorg"), "elders": an_organization(name="Elders", municipality=ELSEWHERE)}
    if "controller" in given:
        given = {**given, "controller": rows[given["controller"]]}
    if "joint_with" in given:
        given = {**given, "joint_with": tuple(rows[name] for name in given["joint_with"])}
    team = a_team()

    with pytest.raises(FactRefused) as refused:
        set_footing(team=team, facts=FootingFacts(**given), by=BY, at=AT)
    assert refused.value.field == field
    team.refresh_from_db()
    assert FootingFacts.of(team) == FootingFacts()


@pytest.mark.parametrize(
    ("on", "until", "holds"),
    [
        (FIRST - DAY, None, False),
        (FIRST, None, True),
        (LAST, LAST, True),
        (LAST + DAY, LAST, False),
        (LAST + DAY, None, True),
    ],
    ids=["before", "first-day", "last-day", "after", "no-end"],
)
def test_a_mandate_holds_from_its_first_day_to_its_last(on: date, until: date | None, holds: bool):
    mandate = a_mandate(a_team(), valid_until=until)

    assert (mandate in Mandate.objects.in_force(on)) == holds


def test_a_mandate_ends_on_a_day_that_is_filled_in_and_stays_to_be_read():
    team = a_team()
    mandate = a_mandate(team)
    a_mandate(team, mandate, valid_until=LAST)

    assert list(team.mandates.values_list("valid_until", flat=True)) == [LAST]


def test_a_mandate_never_ends_before_it_begins():
    team = a_team()

    with pytest.raises(FactRefused) as refused:
        a_mandate(team, valid_until=FIRST - DAY)
    assert refused.value.field == "valid_until"
    a_mandate(team)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE people_mandate SET valid_until = %s", [FIRST - DAY])


def test_every_article_says_what_it_is_and_since_when():
    for one in articles().values():
        assert one.article
        assert one.says
        assert one.since <= date(2026, 11, 22)
        assert one.until is None or one.until >= one.since
        assert not one.holds(one.since - DAY)
        assert one.holds(one.since)
