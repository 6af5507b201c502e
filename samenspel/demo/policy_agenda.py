"""Goals, the long-term agenda and two dossiers of Markerwaard (`policy_agenda.toml`), once."""

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from samenspel.audit.action import Actor
from samenspel.engine.calendar import ZONE
from samenspel.people.models import Organization
from samenspel.policy.agenda import DocumentFacts, MomentFacts, ProcessFacts, set_document, set_moment, set_process
from samenspel.policy.dossiers import (
    ChoiceFacts,
    DossierFacts,
    OptionFacts,
    choose_option,
    publish_dossier,
    set_dossier,
    set_option,
)
from samenspel.policy.goals import GoalFacts, set_goal, set_goals_of
from samenspel.policy.models import PolicyGoal, PolicyProcess
from samenspel.policy.reviews import open_due
from samenspel.socialmap.models import Offering

FILE = Path(__file__).with_name("policy_agenda.toml")


def load_agenda(municipality: str, by: Actor, at: datetime) -> None:
    """Make goals and agenda where there are none yet, and open the reviews that are due."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    if not PolicyGoal.objects.filter(municipality=municipality).exists():
        _load_goals(municipality, told["goal"], by, at)
    if not PolicyProcess.objects.filter(municipality=municipality).exists():
        for process in told["process"]:
            _load_process(municipality, process, by, at)
    open_due(by=by, at=at)


def _load_goals(municipality: str, told: list[dict[str, Any]], by: Actor, at: datetime) -> None:
    """The goals, each with the activities that meet one of its needs."""
    served: dict[PolicyGoal, set[str]] = {}
    for entry in told:
        facts = GoalFacts(**{key: value for key, value in entry.items() if key != "needs"})
        goal = set_goal(municipality=municipality, facts=facts, by=by, at=at)
        served[goal] = set(entry["needs"])
    for offering in Offering.objects.visible(at).filter(municipality=municipality):
        if goals := [goal for goal, needs in served.items() if needs & set(offering.needs)]:
            set_goals_of(offering=offering, goals=goals, by=by, at=at)


def _load_process(municipality: str, told: dict[str, Any], by: Actor, at: datetime) -> None:
    facts = ProcessFacts(title=told["title"], text=told.get("text", ""), framework_use=told["framework_use"])
    process = set_process(municipality=municipality, facts=facts, by=by, at=at)
    for entry in told["moments"]:
        moment = MomentFacts(**{"precision": "day", **entry})
        set_moment(process=process, facts=moment, by=by, at=_moment(entry["held_on"]) if "held_on" in entry else at)
    for entry in told["documents"]:
        set_document(process=process, facts=DocumentFacts(**entry), by=by, at=at)
    if "dossier" in told:
        _load_dossier(process, told["dossier"], by)


def _load_dossier(process: PolicyProcess, told: dict[str, Any], by: Actor) -> None:
    at = _moment(told["on"])
    given = {key: told[key].strip() for key in ("question", "tasks", "criteria", "procedure")}
    dossier = set_dossier(process=process, facts=DossierFacts(**given), by=by, at=at)
    publish_dossier(dossier=dossier, by=by, at=at)
    for entry in told["option"]:
        organizations = Organization.objects.filter(municipality=process.municipality)
        chosen = entry.pop("chosen", None)
        facts = {**entry, "organization": organizations.filter(slug=entry.get("organization", "")).first()}
        option = set_option(dossier=dossier, facts=OptionFacts(**facts), by=by, at=at)
        if chosen:
            choose_option(option=option, facts=ChoiceFacts(**chosen), by=by, at=_moment(chosen["decided_on"]))


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=ZONE)
