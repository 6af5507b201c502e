"""The frameworks that ship with Samenspel, and their cases (`samenspel/frameworks/<name>/`)."""

from functools import cache
from importlib.resources import files

from samenspel.engine.frameworks import Framework, read_framework
from samenspel.engine.roles.advice import Earlier
from samenspel.engine.roles.cases import Case, answers_of, read_case
from samenspel.engine.roles.rules import RULES
from samenspel.engine.roles.table import outcome_of

_FOLDER = files("samenspel") / "frameworks"


def names() -> tuple[str, ...]:
    """The frameworks that ship, by name."""
    return tuple(sorted(each.name for each in _FOLDER.iterdir() if (each / "framework.toml").is_file()))


def find(name: str) -> tuple[bytes, str] | None:
    """The file of a framework that ships, for `read_framework`."""
    if name not in names():
        return None
    return (_FOLDER / name / "framework.toml").read_bytes(), f"frameworks/{name}/framework.toml"


@cache
def shipped(name: str) -> Framework:
    """A framework that ships; raises KeyError for another name."""
    found = find(name)
    if found is None:
        raise KeyError(name)
    return read_framework(*found, find)


@cache
def with_roles() -> str:
    """The framework that has words for every rule: what a municipality without its own judges by."""
    return next(name for name in names() if all(("rule", rule.id) in shipped(name).parts for rule in RULES))


@cache
def cases_of(name: str) -> tuple[Case, ...]:
    """The cases of a framework that ships, in order of their file names."""
    folder = _FOLDER / name / "cases"
    written = sorted((each for each in folder.iterdir()), key=lambda each: each.name) if folder.is_dir() else []
    return tuple(
        read_case(each.read_bytes(), f"frameworks/{name}/cases/{each.name}", shipped(name)) for each in written
    )


@cache
def precedents_of(name: str) -> tuple[Earlier, ...]:
    """The same cases as what was judged before, by the thresholds of the day on which the framework began."""
    framework = shipped(name)
    judged = [(case, answers_of(case, framework, case.on or framework.since)) for case in cases_of(name)]
    return tuple(
        Earlier(case.title, f"{framework.title}, {case.source}", answers, outcome_of(answers), shows=case.shows)
        for case, answers in judged
    )
