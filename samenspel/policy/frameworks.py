"""Which framework a municipality judges by: its own published one, or the denkkader as it ships."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from samenspel.engine.days import iso_day
from samenspel.engine.frameworks import Framework, framework_of
from samenspel.engine.roles.cases import Case, answers_of, checked_case
from samenspel.engine.roles.rules import RULES
from samenspel.engine.roles.shipped import cases_of, find, shipped, with_roles
from samenspel.engine.roles.table import outcome_of
from samenspel.engine.toml_lines import Refused, Written
from samenspel.people.checks import FactRefused
from samenspel.policy.models import FrameworkVersion

Content = dict[str, Any]
"""What the municipality wrote itself, in the shape of a `framework.toml` with its `cases` beside it."""
_FIELDS = {"from": "since", "at_least": "value", "at_most": "value", "below": "value", "above": "value"}
"""The name of a field where it differs from the key in the file."""


def published(municipality: str) -> FrameworkVersion | None:
    """The newest version that was published."""
    versions = FrameworkVersion.objects.filter(municipality=municipality, published_at__isnull=False)
    newest: FrameworkVersion | None = versions.order_by("-number").first()
    return newest


def draft_of(municipality: str) -> FrameworkVersion | None:
    """The version that is being worked on; there is one at most."""
    found: FrameworkVersion | None = FrameworkVersion.objects.filter(
        municipality=municipality, published_at=None
    ).first()
    return found


def framework_in_force(municipality: str) -> Framework:
    """What the municipality judges by today."""
    version = published(municipality)
    return framework_of_version(version) if version else shipped(with_roles())


def framework_of_version(version: FrameworkVersion) -> Framework:
    """A version with all that it builds on; raises Refused for content that is no framework."""
    return framework_of_content(version.content, version.number)


def framework_of_content(content: Content, number: int) -> Framework:
    """The same of content that is not kept yet."""
    own = {key: value for key, value in content.items() if key != "cases"}
    return _read(json.dumps(own, sort_keys=True), number)  # a store may give keys back in another order


@lru_cache(maxsize=32)
def _read(own: str, number: int) -> Framework:
    """Read once: what it builds on are files that do not change while a process runs."""
    return framework_of(Written(f"kader, versie {number}", with_days(json.loads(own))), find)


def below(content: Content, number: int) -> Framework:
    """What a version builds on, without the words and thresholds of the municipality itself."""
    return framework_of_content({"framework": content["framework"]}, number)


def own_cases(content: Content, framework: Framework) -> tuple[Case, ...]:
    """The municipality's own cases; raises Refused for one that is no case or contradicts a threshold."""
    return tuple(
        checked_case(Written(f"casus {number}", dict(case)), framework)
        for number, case in enumerate(content.get("cases", ()), 1)
    )


def all_cases(content: Content, framework: Framework) -> tuple[Case, ...]:
    """The cases of what it builds on, and its own."""
    of_bases = [case for base in framework.extends for case in cases_of(base)]
    return (*of_bases, *own_cases(content, framework))


def checked(content: Content, number: int) -> Framework:
    """The framework that this content makes, cases and all; raises FactRefused with the field that is wrong."""
    try:
        framework = framework_of_content(content, number)
        own_cases(content, framework)
    except Refused as refused:
        key = refused.path.rpartition(".")[2]
        raise FactRefused(_FIELDS.get(key, key), refused.reason) from refused
    if any(("rule", rule.id) not in framework.parts for rule in RULES):
        raise FactRefused("extends", "kies ook een kader dat regels voor de rol heeft")
    return framework


def unexpected(cases: Sequence[Case], framework: Framework, on: date) -> Iterator[tuple[Case, int | str]]:
    """The cases that get other advice than they expect, with what they get."""
    for case in cases:
        advised = outcome_of(answers_of(case, framework, case.on or on)).key
        if case.expect not in (None, advised):
            yield case, advised


def day_of(framework: Framework, today: date) -> date:
    """The first day, from today on, on which all of its thresholds are in force."""
    return max([today, *(threshold.since for threshold in framework.thresholds)])


def with_days(value: Any, key: str = "") -> Any:
    """JSON has no days: `from` becomes one again; what is none stays, and is refused by its reader."""
    if isinstance(value, dict):
        return {name: with_days(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [with_days(each) for each in value]
    if key in ("from", "on", "review_on") and isinstance(value, str):
        try:
            return iso_day(value)
        except ValueError:
            return value
    return value
