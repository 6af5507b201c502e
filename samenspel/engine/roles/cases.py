"""A case as a policy officer writes it down: TOML in, or refused with file, line and reason."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from samenspel.engine.days import iso_day
from samenspel.engine.frameworks import Framework, Threshold
from samenspel.engine.roles.facts import FACTS, MEASURES, SHARES, Answer, Said, measured
from samenspel.engine.toml_lines import Refused, Written, read

_WORDS: Mapping[object, Answer] = {
    "yes": Answer.YES, "ja": Answer.YES, True: Answer.YES,
    "no": Answer.NO, "nee": Answer.NO, False: Answer.NO,
    "unknown": Answer.UNKNOWN, "onbekend": Answer.UNKNOWN,
}  # fmt: skip
OUTCOMES = (1, 2, 3, 4, "no_involvement", "not_done", "not_enough_known")
_TABLES = {"title", "story", "shows", "source", "on", "facts", "measures", "now", "expect"}
MOST_TEXT = 2_000
MOST_NUMBER = 1e12
NOT_NEW = 10
"""Years after which nobody calls it new any more; what is between new and this, people judge."""
_NOTHING_KNOWN = dict.fromkeys(FACTS, Answer.UNKNOWN)


@dataclass(frozen=True)
class Now:
    """How it is today; null where nobody decided or it is not known."""

    role: int | None = None
    review_on: date | None = None


@dataclass(frozen=True)
class Case:
    """One activity, provision or request about which a role is chosen."""

    title: str
    facts: Mapping[str, Said] = field(default_factory=dict)
    measures: Mapping[str, float] = field(default_factory=dict)
    now: Now = Now()
    on: date | None = None
    """The day on which it is judged; null is today, which the caller fills in."""
    story: str = ""
    shows: str = ""
    """Of a case of a framework: which sentence of the text it shows."""
    source: str = ""
    expect: int | str | None = None
    """Of a case of a framework: the advice that the text gives."""


def read_case(content: bytes, file: str, framework: Framework, on: date | None = None) -> Case:
    """A case; raises Refused, also where a fact contradicts a number or a day beside it, as they are on that day.

    The day is `on`, else the one in the file, else the first day of the framework.
    """
    return checked_case(read(content, file), framework, on)


def checked_case(written: Written, framework: Framework, on: date | None = None) -> Case:
    """The same of what was read already."""
    case = _case(written)
    day = on or case.on or framework.since
    _refuse_contradictions(written, case, framework.in_force(day))
    _refuse_impossible(written, case, day)
    return case


def case_of(data: dict[str, Any], name: str) -> Case:
    """A case of what is kept already, which nobody checks against today's thresholds again; raises Refused."""
    return _case(Written(name, data))


def _case(written: Written) -> Case:
    data = written.data
    if odd := set(data) - _TABLES:
        raise written.refuse(min(odd), f"“{min(odd)}” hoort niet in een casus")
    return Case(
        title=_text(written, data, "title"),
        facts={name: _said(written, name, value) for name, value in _table(written, "facts").items()},
        measures={name: _number(written, name, value) for name, value in _table(written, "measures").items()},
        now=_now(written),
        on=_day(written, data, "on"),
        story=_text(written, data, "story", ""),
        shows=_text(written, data, "shows", ""),
        source=_text(written, data, "source", ""),
        expect=_expected(written),
    )


def answers_of(case: Case, framework: Framework, on: date) -> dict[str, Answer]:
    """Every fact: what somebody said, else what the thresholds of that day make of the numbers, else unknown.

    But for the day to look back: a no of before that day says nothing about it. And a party that owns it has chosen to.
    """
    answers = _NOTHING_KNOWN.copy()
    answers |= {fact: answer for fact, (answer, _) in worked_out_of(case, framework.in_force(on)).items()}
    unknown = Answer.UNKNOWN
    answers |= {fact: said.answer for fact, said in case.facts.items() if said.answer is not unknown}
    if case.now.review_on and case.now.review_on <= on:
        answers["review_due"] = Answer.YES
    if answers["party_owns"] == Answer.YES and answers["institutional_choice"] == unknown:
        answers["institutional_choice"] = Answer.YES
    return answers


def worked_out_of(case: Case, thresholds: tuple[Threshold, ...]) -> dict[str, tuple[Answer, Threshold]]:
    """Per fact what its thresholds make of the numbers, with the one that settles it.

    Where several thresholds are about one fact, all must hold for a yes and one that does not makes a no.
    """
    found: dict[str, tuple[Answer, Threshold]] = {}
    for threshold in thresholds:
        value = measured(threshold.measure, case.measures)
        answer = Answer.UNKNOWN if value is None else Answer.YES if threshold.holds(value) else Answer.NO
        if threshold.fact not in found or answer < found[threshold.fact][0]:
            found[threshold.fact] = (answer, threshold)
    return found


def _refuse_contradictions(written: Written, case: Case, thresholds: tuple[Threshold, ...]) -> None:
    """Nobody denies what the numbers show; who sees what the numbers do not show yet may be right."""
    m = case.measures
    if m.get("participants", 0) > m.get("target_group", float("inf")):
        raise written.refuse("measures.participants", "er zijn meer deelnemers dan mensen in de doelgroep")
    for fact, (answer, threshold) in worked_out_of(case, thresholds).items():
        said = case.facts.get(fact, Said(Answer.UNKNOWN)).answer
        if said == Answer.NO and answer == Answer.YES:
            value = measured(threshold.measure, m)
            raise written.refuse(
                f"facts.{fact}",
                f"{fact} is “{said.word}”, maar {threshold.measure} is {value:g} en drempel {threshold.id}"
                f" ({threshold.comparison} {threshold.value:g} vanaf {threshold.since}) maakt daar “{answer.word}” van",
            )


def _refuse_impossible(written: Written, case: Case, day: date) -> None:
    """What cannot be by the meaning of the fact, whatever a framework makes of numbers; only where that is certain."""
    back, years = case.now.review_on, case.measures.get("years_running", 0)
    impossible = {
        ("review_due", Answer.NO): back is not None
        and back <= day
        and f"de dag om terug te kijken was {back} (now.review_on)",
        ("evaluation_agreed", Answer.NO): back is not None
        and back > day
        and f"er is een dag om terug te kijken: {back} (now.review_on)",
        ("new_initiative", Answer.YES): years >= NOT_NEW and f"het is al {years:g} jaar bezig (measures.years_running)",
    }
    for (fact, answer), but in impossible.items():
        if but and case.facts.get(fact, Said(Answer.UNKNOWN)).answer == answer:
            raise written.refuse(f"facts.{fact}", f"{fact} is “{answer.word}”, maar {but}")


def _said(written: Written, name: str, value: object) -> Said:
    path = f"facts.{name}"
    if name not in FACTS:
        raise written.refuse(path, f"“{name}” is geen feit dat Samenspel kent")
    table = value if isinstance(value, dict) else {"answer": value}
    if odd := set(table) - {"answer", "by", "on", "evidence"}:
        raise written.refuse(path, f"“{min(odd)}” hoort niet bij een feit")
    answer = table.get("answer")
    if not isinstance(answer, str | bool) or answer not in _WORDS:
        raise written.refuse(path, f"{name} is “yes”, “no” of “unknown”")
    on = _day(written, table, "on", f"{path}.on")
    return Said(_WORDS[answer], _text(written, table, "by", "", path), on, _text(written, table, "evidence", "", path))


def _number(written: Written, name: str, value: object) -> float:
    path = f"measures.{name}"
    if name not in MEASURES:
        worked_out = " (die wordt zelf uitgerekend)" if name in SHARES else ""
        raise written.refuse(path, f"“{name}” is geen maat{worked_out}; kies uit {', '.join(MEASURES)}")
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < MOST_NUMBER:
        raise written.refuse(path, f"{name} is een getal van nul of meer ({MEASURES[name]})")
    return float(value)


def _now(written: Written) -> Now:
    table = _table(written, "now")
    if odd := set(table) - {"role", "review_on"}:
        raise written.refuse(f"now.{min(odd)}", f"“{min(odd)}” hoort niet bij [now]")
    role = table.get("role")
    if role is not None and (type(role) is not int or role not in (1, 2, 3, 4)):
        raise written.refuse("now.role", "role is 1, 2, 3 of 4")
    return Now(role, _day(written, table, "review_on", "now.review_on"))


def _expected(written: Written) -> int | str | None:
    table = _table(written, "expect")
    if not table:
        return None
    advice = table.get("advice")
    is_word = isinstance(advice, int | str) and not isinstance(advice, bool)
    if set(table) != {"advice"} or not is_word or advice not in OUTCOMES:
        raise written.refuse("expect", "[expect] heeft alleen advice: 1-4, no_involvement, not_done, not_enough_known")
    return advice if isinstance(advice, int) else str(advice)


def _table(written: Written, name: str) -> dict[str, Any]:
    table = written.data.get(name, {})
    if not isinstance(table, dict):
        raise written.refuse(name, f"{name} is een tabel: [{name}]")
    return table


def _text(written: Written, table: dict[str, Any], key: str, default: str | None = None, path: str = "") -> str:
    value = table.get(key, default)
    at = f"{path}.{key}".lstrip(".")
    if not isinstance(value, str) or (default is None and not value.strip()):
        raise written.refuse(at, f"{key} ontbreekt of is geen tekst")
    if len(value) > MOST_TEXT:
        raise written.refuse(at, f"{key} is langer dan {MOST_TEXT} tekens")
    return value.strip()


def _day(written: Written, table: dict[str, Any], key: str, path: str = "") -> date | None:
    value = table.get(key)
    if isinstance(value, str):  # what came as JSON has its days as text
        with suppress(ValueError):
            value = iso_day(value)
    if value is not None and (not isinstance(value, date) or hasattr(value, "hour")):
        raise written.refuse(path or key, f"{key} is een datum: JJJJ-MM-DD")
    return value


__all__ = ["Case", "Now", "Refused", "answers_of", "case_of", "checked_case", "read_case", "worked_out_of"]
