"""On what a team stands: who answers for the personal data, the articles of law, and what it may decide for whom."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Self

from samenspel.audit.action import Actor, action, record
from samenspel.people.checks import FactRefused, check_row, check_same_municipality
from samenspel.people.facts import differences, lock, state
from samenspel.people.models import Mandate, Organization, Team


@dataclass(frozen=True)
class Article:
    """An article of law, what it says in plain words, and the days between which it is in force."""

    key: str
    article: str
    says: str
    since: date
    until: date | None

    def holds(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, kw_only=True)
class FootingFacts:
    """Who answers for the data of a team (None: the municipality itself), with whom, and its articles (`articles`)."""

    controller: Organization | None = None
    joint_with: tuple[Organization, ...] = ()
    joint_agreement: str = ""
    law_articles: tuple[str, ...] = ()

    @classmethod
    def of(cls, team: Team) -> Self:
        return cls(
            controller=team.controller,
            joint_with=tuple(team.joint_with.order_by("name")),
            joint_agreement=team.joint_agreement,
            law_articles=tuple(team.law_articles),
        )


@dataclass(frozen=True, kw_only=True)
class MandateFacts:
    """The whole of what is stated about one mandate."""

    decision: str
    in_name_of: str
    reference: str
    valid_from: date
    valid_until: date | None = None


@cache
def articles() -> dict[str, Article]:
    """Every article that a team can work under, by key."""
    read = tomllib.loads(Path(__file__).with_name("laws.toml").read_text(encoding="utf-8"))
    return {
        key: Article(key, entry["article"], entry["says"], entry["from"], entry.get("until"))
        for key, entry in read.items()
    }


@action
def set_footing(*, team: Team, facts: FootingFacts, by: Actor, at: datetime) -> Team:
    """Replace who answers for the data of a team and the articles it works under; raises FactRefused."""
    lock(team)
    changed = differences(FootingFacts.of(team), facts)
    check_same_municipality(team.municipality, controller=facts.controller)
    for organization in facts.joint_with:
        check_same_municipality(team.municipality, joint_with=organization)
    _check_joint(facts)
    if unknown := set(facts.law_articles) - set(articles()):
        raise FactRefused("law_articles", f"dit artikel staat niet in de lijst: {', '.join(sorted(unknown))}")
    team.controller, team.joint_agreement = facts.controller, facts.joint_agreement
    team.law_articles = list(facts.law_articles)
    check_row(team)
    team.save(update_fields=["controller", "joint_agreement", "law_articles"])
    team.joint_with.set(facts.joint_with)
    record(action="set_footing", on=team, by=by, at=at, municipality=team.municipality, fields=changed)
    return team


@action
def set_mandate(*, team: Team, facts: MandateFacts, by: Actor, at: datetime, mandate: Mandate | None = None) -> Mandate:
    """Give a team a mandate, or replace what is stated about `mandate`, such as its last day; raises FactRefused."""
    row = mandate or Mandate(team=team)
    state(row, facts)
    check_row(row)
    row.save()
    record(action="set_mandate", on=row, by=by, at=at, municipality=team.municipality, team=str(team.pk))
    return row


def _check_joint(facts: FootingFacts) -> None:
    if facts.controller in facts.joint_with:
        raise FactRefused("joint_with", "deze organisatie is al de verantwoordelijke zelf")
    if bool(facts.joint_with) != bool(facts.joint_agreement):
        raise FactRefused("joint_agreement", "noem de afspraak (AVG artikel 26) als u samen verantwoordelijk bent")
