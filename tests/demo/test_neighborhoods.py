"""The wijkopgaven, networks and actions of Markerwaard are loaded once, and show what can go well and wrong."""

from datetime import UTC, datetime

import pytest

from samenspel.audit.action import Actor
from samenspel.demo.load import BY, MARKERWAARD, load_demo
from samenspel.demo.neighborhoods import load_neighborhoods
from samenspel.policy.challenges import charters
from samenspel.policy.gaps import gap_actions
from samenspel.policy.models import (
    AreaChallenge,
    BlockEvidence,
    ChallengePartner,
    GapAction,
    NeighborhoodNetwork,
    NetworkMeeting,
    PartnerPromise,
)
from samenspel.policy.networks import networks_by_area

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
MODELS = (
    AreaChallenge,
    ChallengePartner,
    PartnerPromise,
    NeighborhoodNetwork,
    NetworkMeeting,
    BlockEvidence,
    GapAction,
)


def counts() -> list[int]:
    return [model.objects.count() for model in MODELS]


def test_every_kind_of_promise_network_and_action_is_there_once():
    load_demo(AT)
    load_neighborhoods(MARKERWAARD, BY, AT)
    first = counts()
    load_neighborhoods(MARKERWAARD, Actor("import", "again"), AT)
    assert counts() == first

    known = charters(MARKERWAARD, AT.date())
    running = [one for one in known if not one.challenge.ended_on]
    assert len(running) == 3
    assert all(4 <= len(one.sides) <= 6 for one in running)
    kinds = [{side.partner.kind for side in one.sides} for one in running]
    assert set.intersection(*kinds) >= {"housing", "police", "school"}
    for state in ("kept", "partly", "broken", "running", "overdue", "kept_late"):
        assert sum(getattr(one, state) for one in known), state

    networks = networks_by_area(MARKERWAARD)
    assert len(networks) == 7
    assert all(met_on for _, met_on in networks.values())
    assert NetworkMeeting.objects.count() == BlockEvidence.objects.count()

    actions = gap_actions(MARKERWAARD, AT.date())
    assert len(actions) == 6
    assert {one.action.status for one in actions} == {"planned", "busy", "done", "stopped"}
    assert {None, 0} < {one.action.amount for one in actions}
    assert [one for one in actions if one.days_late]
    promises = [said.promise for one in running for side in one.sides for said in side.promises]
    for rows in (promises, [one.action for one in actions]):
        assert [one for one in rows if one.due_on > one.first_due and one.earlier]


def test_dates_move_with_the_day_of_loading():
    later = datetime(2027, 3, 8, 9, 0, tzinfo=UTC)
    load_demo(later)
    load_neighborhoods(MARKERWAARD, BY, later)
    newest = NetworkMeeting.objects.order_by("-on")[0].on

    assert 0 <= (later.date() - newest).days <= 7
