"""The goals, agenda and dossiers of Markerwaard are loaded once."""

from datetime import UTC, date, datetime

import pytest

from samenspel.demo.load import BY, MARKERWAARD
from samenspel.demo.policy_agenda import load_agenda
from samenspel.policy.agenda import years_without_plan
from samenspel.policy.models import DecisionMoment, FormOption, GoalLink, PolicyGoal, PolicyProcess
from tests.socialmap.rows import an_offering

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def test_goals_agenda_and_dossier_are_there_and_stay_as_they_are():
    an_offering(needs=["walking_buddy"])
    load_agenda(MARKERWAARD, BY, AT)
    first = (PolicyGoal.objects.count(), PolicyProcess.objects.count(), DecisionMoment.objects.count())
    load_agenda(MARKERWAARD, BY, AT)

    assert (PolicyGoal.objects.count(), PolicyProcess.objects.count(), DecisionMoment.objects.count()) == first
    assert (first[:2], FormOption.objects.count()) == ((7, 6), 6)
    assert GoalLink.objects.get().goal.title == "Meer inwoners bewegen elke week"


def test_two_strategic_partners_are_chosen_each_for_a_reason():
    load_agenda(MARKERWAARD, BY, AT)
    partners = FormOption.objects.filter(kind=FormOption.Kind.PARTNER).order_by("name")

    assert [bool(one.chosen_because) for one in partners] == [False, True, True]


def test_one_process_shows_what_a_missing_action_plan_looks_like():
    load_agenda(MARKERWAARD, BY, AT)
    process = PolicyProcess.objects.get(title="Sturing sociaal domein 2025-2027")
    assert years_without_plan(process, process.documents.all(), date(2026, 11, 22)) == [2026]
