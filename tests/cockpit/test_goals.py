"""Pages of goals, by who may see and who may make policy."""

from datetime import date

import pytest

from samenspel.policy.models import GoalLink, PolicyGoal
from tests.people.rows import ELSEWHERE
from tests.policy.planted import a_goal
from tests.socialmap.rows import an_offering
from tests.workspace.accounts import signed_in

pytestmark = pytest.mark.django_db
MAKER = "policy_adviser"
GIVEN = {
    "title": "Langer thuis",
    "document": "Visie 2026, h. 3",
    "adopted_on": "2026-01-15",
    "text": "",
    "indicator": "",
}


def test_a_goal_is_added_seen_changed_and_ended():
    client = signed_in(MAKER)
    assert client.get("/werk/beleid/doelen").content.decode().count("Er staan nog geen doelen.") == 1
    assert client.post("/werk/beleid/doelen/nieuw", GIVEN)["Location"] == "/werk/beleid/doelen"
    goal = PolicyGoal.objects.get()
    page = client.get("/werk/beleid/doelen").content.decode()
    assert "Opgeslagen: Langer thuis." in page
    assert "Nog niet te meten." in page

    client.post(f"/werk/beleid/doelen/{goal.pk}/wijzigen", {**GIVEN, "indicator": "Monitor"})
    assert "Monitor" in client.get(f"/werk/beleid/doelen/{goal.pk}").content.decode()
    client.post(f"/werk/beleid/doelen/{goal.pk}/einde", {"ended_on": "2026-06-01"})
    goal.refresh_from_db()
    assert goal.ended_on == date(2026, 6, 1)
    assert "Gold tot 1 juni 2026." in client.get("/werk/beleid/doelen").content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"title": ""}, "Doel: vul dit in"),
        ({"document": ""}, "In welk stuk staat het: vul dit in"),
        ({"adopted_on": "gisteren"}, "Vastgesteld op: dit is geen datum"),
    ],
    ids=["title", "document", "day"],
)
def test_what_is_wrong_is_said_by_field_and_nothing_is_kept(given: dict[str, str], said: str):
    answer = signed_in(MAKER).post("/werk/beleid/doelen/nieuw", {**GIVEN, **given})

    assert (answer.status_code, said in answer.content.decode()) == (400, True)
    assert not PolicyGoal.objects.exists()


def test_a_goal_that_ends_before_it_began_is_refused_at_the_day():
    goal = a_goal()
    answer = signed_in(MAKER).post(f"/werk/beleid/doelen/{goal.pk}/einde", {"ended_on": "2025-01-01"})
    assert "geldt het niet meer: het einde ligt voor het begin" in answer.content.decode()


def test_the_goals_of_an_activity_are_chosen():
    offering, goal, client = an_offering(), a_goal(), signed_in(MAKER)
    path = f"/werk/beleid/doelen/van/{offering.pk}"
    assert goal.title in client.get(path).content.decode()
    client.post(path, {"goals": [str(goal.pk)]})
    assert GoalLink.objects.get().offering == offering
    assert offering.name in client.get(f"/werk/beleid/doelen/{goal.pk}").content.decode()

    client.post(path, {})
    assert not GoalLink.objects.exists()


def test_a_goal_of_elsewhere_is_not_there_and_cannot_be_chosen():
    goal, client = a_goal("Elders", municipality=ELSEWHERE), signed_in(MAKER)
    assert client.get(f"/werk/beleid/doelen/{goal.pk}").status_code == 404
    assert "Elders" not in client.get("/werk/beleid/doelen").content.decode()

    answer = client.post(f"/werk/beleid/doelen/van/{an_offering().pk}", {"goals": [str(goal.pk)]})
    assert (answer.status_code, GoalLink.objects.exists()) == (400, False)


@pytest.mark.parametrize("role", ["administrator", "advisory_council"])
def test_who_only_looks_sees_no_way_to_change(role: str):
    goal, client = a_goal(), signed_in(role)
    page = (
        client.get(f"/werk/beleid/doelen/{goal.pk}").content.decode()
        + client.get("/werk/beleid/doelen").content.decode()
    )
    assert goal.title in page
    assert "wijzigen" not in page
    assert "nieuw" not in page
    assert client.get(f"/werk/beleid/doelen/{goal.pk}/wijzigen").status_code == 403
