"""Wijkopgaven, networks and actions of Markerwaard (`neighborhoods.toml`), once, each step on its own day."""

import tomllib
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from samenspel.audit.action import Actor
from samenspel.demo.load import WRITTEN_ON
from samenspel.engine.calendar import ZONE
from samenspel.people.models import Organization
from samenspel.policy.challenges import (
    ChallengeFacts,
    PartnerFacts,
    PromiseFacts,
    close_promise,
    end_challenge,
    set_challenge,
    set_partner,
    set_promise,
)
from samenspel.policy.gaps import GapFacts, end_gap_action, set_gap_action
from samenspel.policy.models import AreaChallenge, ChallengePartner, GapAction, NeighborhoodNetwork
from samenspel.policy.networks import MeetingFacts, NetworkFacts, set_meeting, set_network

FILE = Path(__file__).with_name("neighborhoods.toml")
_OVER = ("done", "stopped")
_APART = ("on", "status", "result", "organization", "moved")


def load_neighborhoods(municipality: str, by: Actor, at: datetime) -> None:
    """Make what is not there yet; dates move by whole weeks with the day of loading, as those of the map do."""
    weeks = (at.astimezone(ZONE).date() - WRITTEN_ON).days // 7
    told = _moved(tomllib.loads(FILE.read_text(encoding="utf-8")), timedelta(weeks=weeks))
    organizations = {one.slug: one for one in Organization.objects.filter(municipality=municipality)}
    if not AreaChallenge.objects.filter(municipality=municipality).exists():
        for entry in told["challenge"]:
            _load_challenge(municipality, entry, organizations, by)
    if not NeighborhoodNetwork.objects.filter(municipality=municipality).exists():
        for entry in told["network"]:
            _load_network(municipality, entry, organizations, by)
    if not GapAction.objects.filter(municipality=municipality).exists():
        for entry in told["action"]:
            _load_action(municipality, entry, organizations, by)


def _load_challenge(municipality: str, told: dict[str, Any], organizations: dict[str, Organization], by: Actor) -> None:
    given = {key: value for key, value in told.items() if key not in ("partner", "ended_on", "result")}
    began = _moment(told["began_on"])
    challenge = set_challenge(municipality=municipality, facts=ChallengeFacts(**given), by=by, at=began)
    for entry in told["partner"]:
        organization = organizations[entry["organization"]] if "organization" in entry else None
        facts = PartnerFacts(kind=entry["kind"], name=entry.get("name", ""), organization=organization)
        partner = set_partner(challenge=challenge, facts=facts, by=by, at=began)
        for promise in entry["promises"]:
            _load_promise(partner, promise, by, began)
    if "ended_on" in told:
        on = told["ended_on"]
        end_challenge(challenge=challenge, on=on, result=told["result"], by=by, at=_moment(on))


def _load_promise(partner: ChallengePartner, told: dict[str, Any], by: Actor, began: datetime) -> None:
    is_closed = "state" in told
    progress = told.get("progress", "")
    facts = PromiseFacts(what=told["what"], due_on=told["due_on"], progress="" if is_closed else progress)
    promise = set_promise(partner=partner, facts=facts, by=by, at=began)
    if "moved" in told:
        on, later = _later(told["moved"])
        set_promise(partner=partner, facts=replace(facts, **later), promise=promise, by=by, at=on)
    if is_closed:
        on = told["closed_on"]
        close_promise(promise=promise, outcome=told["state"], progress=progress, on=on, by=by, at=_moment(on))


def _load_network(municipality: str, told: dict[str, Any], organizations: dict[str, Organization], by: Actor) -> None:
    began = _moment(told["meetings"][0]["on"])
    members = tuple(organizations[slug] for slug in told["members"])
    facts = NetworkFacts(name=told["name"], members=members)
    network = set_network(municipality=municipality, area=told["area"], facts=facts, by=by, at=began)
    for entry in told["meetings"]:
        held = _moment(entry["on"])
        set_meeting(network=network, facts=MeetingFacts(**entry), next_on=told.get("next_on"), by=by, at=held)


def _load_action(municipality: str, told: dict[str, Any], organizations: dict[str, Organization], by: Actor) -> None:
    began, status = _moment(told["on"]), told.get("status", "planned")
    given = {key: value for key, value in told.items() if key not in _APART}
    organization = organizations[told["organization"]] if "organization" in told else None
    stated = {**given, "organization": organization, **({} if status in _OVER else {"status": status})}
    facts = GapFacts(**stated)
    gap_action = set_gap_action(municipality=municipality, facts=facts, by=by, at=began)
    if "moved" in told:
        on, later = _later(told["moved"])
        moved = replace(facts, **later)
        set_gap_action(municipality=municipality, facts=moved, gap_action=gap_action, by=by, at=on)
    if status in _OVER:
        over = _moment(told["due_on"])
        end_gap_action(gap_action=gap_action, status=status, result=told["result"], by=by, at=over)


def _later(told: dict[str, Any]) -> tuple[datetime, dict[str, Any]]:
    """When a day was moved, and what was then stated anew."""
    return _moment(told["on"]), {key: value for key, value in told.items() if key != "on"}


def _moved(told: Any, by: timedelta) -> Any:
    """The same with every date moved."""
    if isinstance(told, date):
        return told + by
    if isinstance(told, dict):
        return {key: _moved(value, by) for key, value in told.items()}
    return [_moved(one, by) for one in told] if isinstance(told, list) else told


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=ZONE)
