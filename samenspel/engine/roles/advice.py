"""Advice about the role of the municipality with all that led to it. A person decides (decision 0004)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from samenspel.engine.frameworks import Framework
from samenspel.engine.roles.cases import Case, answers_of
from samenspel.engine.roles.facts import DECIDING, SHAPING, TRIGGERS, Answer
from samenspel.engine.roles.rules import RULES, Known, Outcome
from samenspel.engine.roles.table import outcome_of, smallest_change, that_matter

Answers = Mapping[str, Answer]
ACTIVE = frozenset({Outcome.ROLE_2, Outcome.ROLE_3, Outcome.ROLE_4})
"""Where the municipality does something, so that principles 3 to 5 are in play."""
_SETTLED = tuple(outcome for outcome in Outcome if outcome != Outcome.NOT_ENOUGH_KNOWN)
WHATEVER = "whatever"
"""Decides where no rule that is sure holds, but all answers to what is unknown lead to one outcome."""
NEAR = 3
"""A case of which at most so many facts differ is a precedent."""
_OF_THE_CASE = ("party_owns", "paid_staff", "shared_delivery", "multi_use")
"""What shapes an advice and is no doing of the municipality itself."""
_COMPARED = (*DECIDING, *SHAPING)
MOST_PRECEDENTS = 3


@dataclass(frozen=True)
class Weighed:
    """A rule that speaks; the first one `decides`."""

    id: str
    source: str
    speaks_for: Outcome
    text: str
    decides: bool


@dataclass(frozen=True)
class Principle:
    """How a guiding principle fares: `holds`, `fails`, `unknown` (no evidence) or `not_in_play`."""

    number: int
    verdict: str
    text: str
    evidence: tuple[tuple[str, Answer], ...]


@dataclass(frozen=True)
class Note:
    """A condition, or a reason to look again."""

    id: str
    text: str
    source: str


@dataclass(frozen=True)
class Change:
    """The smallest change of facts that leads to another outcome."""

    to: Outcome
    facts: Mapping[str, Answer]


@dataclass(frozen=True)
class Earlier:
    """A case judged before: `where` it stands, what was advised, and what was decided (null where nobody did)."""

    title: str
    where: str
    answers: Answers
    advice: Outcome
    decided: Outcome | None = None
    shows: str = ""
    pk: str = ""
    """Of a case of the municipality: what leads to its page."""


@dataclass(frozen=True)
class Advice:
    """All of it; `sphere_doubt` is a sentence, "" where there is none."""

    outcome: Outcome
    owner: str
    sphere: str
    sphere_doubt: str
    answers: Answers
    rules: tuple[Weighed, ...]
    principles: tuple[Principle, ...]
    missing: tuple[str, ...]
    would_change: tuple[Change, ...]
    conditions: tuple[Note, ...]
    review: tuple[Note, ...]
    precedents: tuple[Earlier, ...]
    equal_cases: tuple[Earlier, ...]


def advise(case: Case, framework: Framework, on: date, earlier: Iterable[Earlier] = ()) -> Advice:
    """The advice on a case by a framework on a day, beside cases judged earlier."""
    answers = answers_of(case, framework, on)
    outcome = outcome_of(answers)
    sphere, doubt = sphere_of(answers)
    equal, precedents = _beside(answers, outcome, [other for other in earlier if other.pk or other.title != case.title])
    return Advice(
        outcome=outcome,
        owner=owner_of(answers, outcome),
        sphere=sphere,
        sphere_doubt=doubt,
        answers=answers,
        rules=rules_that_speak(answers, framework),
        principles=principles_of(answers, outcome, framework),
        missing=that_matter(answers),
        would_change=changes_of(answers, outcome),
        conditions=_notes("condition", _conditions(answers, outcome, case), framework),
        review=_notes("trigger", triggers_of(answers, outcome, case.now.role), framework),
        precedents=precedents,
        equal_cases=equal,
    )


def rules_that_speak(answers: Answers, framework: Framework) -> tuple[Weighed, ...]:
    """Every rule that holds, in order of weight; the first decides. What is not known speaks only where it decides."""
    known = Known({fact: np.asarray(answers.get(fact, Answer.UNKNOWN), dtype=np.int8) for fact in DECIDING})
    outcome = outcome_of(answers)
    holding = [(rule.id, rule.speaks_for) for rule in RULES if rule.holds(known)]
    if holding[0][1] != outcome:
        holding.insert(0, (WHATEVER, outcome))
    speaking = [(id_, role) for id_, role in holding if role in (outcome, *_SETTLED)]
    worded = [(framework.part("rule", id_), role) for id_, role in speaking]
    return tuple(
        Weighed(part.id, part.source, role, part.text, decides=at == 0) for at, (part, role) in enumerate(worded)
    )


def owner_of(answers: Answers, outcome: Outcome) -> str:
    """`community`, `party`, `municipality` or `unknown`; what a person may claim by law is the municipality's."""
    if outcome == Outcome.NOT_ENOUGH_KNOWN:
        return "unknown"
    if outcome in (Outcome.ROLE_3, Outcome.ROLE_4):
        is_partys = answers["party_owns"] == Answer.YES and answers["individual_right"] != Answer.YES
        return "party" if is_partys else "municipality"
    if outcome == Outcome.NOT_DONE and answers["residents_decide"] != Answer.YES:
        if answers["party_owns"] == Answer.YES:
            return "party"
        return "municipality" if answers["residents_decide"] == Answer.NO else "community"
    return "community"


def sphere_of(answers: Answers) -> tuple[str, str]:
    """The sphere (§2) and, in Dutch, why it is in doubt ("" where it is not).

    The text lists "bewonersinitiatieven" under the personal sphere and describes joint activity as communal: what
    residents begin without a form is therefore always in doubt.
    """
    yes = {fact for fact, answer in answers.items() if answer == Answer.YES}
    if "own_circle" in yes:
        return _own_circle(answers, yes)
    if yes & {"individual_right", "statutory_task", "institutional_choice"} and "residents_decide" not in yes:
        return "institutional", ""
    if "residents_decide" in yes:
        if yes & {"paid_staff", "statutory_task", "institutional_choice"}:
            return (
                "community",
                "Bewoners beslissen, maar er is ook een betaalde kracht of een besluit van een instelling.",
            )
        if answers["organized"] == Answer.NO:
            return (
                "community",
                "De tekst noemt bewonersinitiatieven bij de persoonlijke leefsfeer; dit is samen, zonder vaste vorm.",
            )
        return "community", ""
    if yes & {"paid_staff", "party_owns"}:
        return (
            "institutional",
            "" if "paid_staff" in yes else "Er is een partij eigenaar; of er betaalde krachten zijn, is niet bekend.",
        )
    if yes & {"organized", "open_to_others"}:
        not_they = answers["residents_decide"] == Answer.NO
        return "community", "Bewoners beslissen er niet over." if not_they else "Wie erover beslist, is niet bekend."
    return "unknown", "Er is nog te weinig bekend."


def _own_circle(answers: Answers, yes: set[str]) -> tuple[str, str]:
    if yes & {"open_to_others", "organized"}:
        return "community", "Het begint in eigen kring, maar het heeft een vaste vorm of anderen kunnen meedoen."
    if yes & {"paid_staff", "individual_right", "statutory_task", "institutional_choice"}:
        return "personal", "Het gebeurt in eigen kring, maar er is ook een recht, een taak of een betaalde kracht."
    if Answer.UNKNOWN in (answers["open_to_others"], answers["organized"]):
        return "personal", "Of anderen kunnen meedoen of er een vaste vorm is, is niet bekend."
    return "personal", ""


def principles_of(answers: Answers, outcome: Outcome, framework: Framework) -> tuple[Principle, ...]:
    """The five guiding principles (§5.B); missing evidence blocks nothing, but it is shown."""
    active = outcome in ACTIVE
    facts = {
        1: (outcome != Outcome.NO_INVOLVEMENT, ("meets_law", "meets_conditions")),
        2: (_asks_help(answers, outcome), ("fits_policy", "proven")),
        3: (active, ("multi_use", "future_proof")),
        4: (active, ("multi_year_open",)),
        5: (active, ("evaluation_agreed",)),
    }
    return tuple(
        Principle(
            number,
            _verdict([answers[fact] for fact in names]) if in_play else "not_in_play",
            framework.part("principle", str(number)).text,
            tuple((fact, answers[fact]) for fact in names),
        )
        for number, (in_play, names) in facts.items()
    )


def _asks_help(answers: Answers, outcome: Outcome) -> bool:
    """Principle 2 is about what the community cannot do alone, so not about a right, a task or a choice."""
    owned = outcome in (Outcome.ROLE_4, Outcome.NO_INVOLVEMENT) or Answer.YES in (
        answers["individual_right"], answers["statutory_task"]
    )  # fmt: skip
    return not owned and answers["can_alone"] != Answer.YES


def _verdict(answers: list[Answer]) -> str:
    return {Answer.NO: "fails", Answer.UNKNOWN: "unknown", Answer.YES: "holds"}[min(answers)]


def changes_of(answers: Answers, outcome: Outcome) -> tuple[Change, ...]:
    """Per other outcome, but for "not enough known", the smallest change of facts that leads to it."""
    others = [other for other in Outcome if other not in (outcome, Outcome.NOT_ENOUGH_KNOWN)]
    changes = [(other, smallest_change(answers, other)) for other in others]
    return tuple(Change(other, facts) for other, facts in changes if facts is not None)


def _conditions(answers: Answers, outcome: Outcome, case: Case) -> list[str]:
    yes = {fact for fact, answer in answers.items() if answer == Answer.YES}
    no = {fact for fact, answer in answers.items() if answer == Answer.NO}
    active, in_law = outcome in ACTIVE, bool(yes & {"individual_right", "statutory_task"})
    fails = bool(no & {"meets_law", "meets_conditions"})
    not_done = outcome == Outcome.NOT_DONE
    holds = {
        "right_stands": "individual_right" in yes,
        "ask_right": outcome in (Outcome.NO_INVOLVEMENT, Outcome.NOT_DONE) and "individual_right" not in no,
        "mend_not_refuse": in_law and fails,
        "pool": outcome in (Outcome.ROLE_3, Outcome.ROLE_4) and "shared_delivery" in yes,
        "not_automatic": outcome == Outcome.ROLE_1,
        "transition": outcome == Outcome.ROLE_1 and (case.now.role or 1) > 1,
        "carry_itself": active and "could_carry" in yes,
        "stays_on_the_map": not_done and not no & {"residents_decide", "meets_law"},
        "may_return": not_done and fails,
        "seek_residents": outcome == Outcome.ROLE_3 and not yes & {"codesign", "residents_decide"},
        "temporary": outcome == Outcome.ROLE_2 and "proven" not in yes,
        "check_principle_1": active and not {"meets_law", "meets_conditions"} <= yes and not fails,
        "multi_use": active and not in_law and "multi_use" not in yes,
        "future_proof": active and "future_proof" not in yes,
        "multi_year_money": active and "multi_year_open" not in yes,
        "evaluation_date": active and "evaluation_agreed" not in yes,
        "no_record": outcome == Outcome.NO_INVOLVEMENT,
    }
    return [condition for condition, applies in holds.items() if applies]


def triggers_of(answers: Answers, outcome: Outcome, role: int | None) -> list[str]:
    """The reasons to look again; none about people among themselves.

    What the community could carry is a reason only where somebody else carries it now, by choice and not by law.
    """
    if outcome == Outcome.NO_INVOLVEMENT:
        return []
    by_law = Answer.YES in (answers["individual_right"], answers["statutory_task"])
    is_carried = (role or 2) > 1
    could = Answer.YES in (answers["could_carry"], answers["can_alone"] if outcome in ACTIVE else Answer.NO)
    holds = {fact: answers[fact] == Answer.YES for fact in TRIGGERS} | {
        "could_carry": could and is_carried and not by_law
    }
    return [fact for fact in TRIGGERS if holds[fact]]


def _notes(kind: str, ids: Iterable[str], framework: Framework) -> tuple[Note, ...]:
    parts = [framework.part(kind, id_) for id_ in ids]
    return tuple(Note(part.id, part.text, part.source) for part in parts)


def are_equal(one: Answers, other: Answers) -> bool:
    """Whether two cases have every deciding fact the same, and what shapes them does not contradict.

    A question that was answered in one of them only does not make them differ.
    """
    return all(one[fact] == other[fact] for fact in DECIDING) and not any(
        {one[fact], other[fact]} == {Answer.NO, Answer.YES} for fact in _OF_THE_CASE
    )


def _beside(
    answers: Answers, outcome: Outcome, earlier: Iterable[Earlier]
) -> tuple[tuple[Earlier, ...], tuple[Earlier, ...]]:
    """Equal cases, and others near with the same advice."""
    equal = [other for other in earlier if are_equal(answers, other.answers)]
    far = [
        (sum(answers[fact] != other.answers[fact] for fact in _COMPARED), other)
        for other in earlier
        if other.advice == outcome and not are_equal(answers, other.answers)
    ]
    near = sorted((pair for pair in far if pair[0] <= NEAR), key=lambda pair: (pair[0], pair[1].title))
    return tuple(equal), tuple(other for _, other in near[:MOST_PRECEDENTS])


def as_data(advice: Advice) -> dict[str, Any]:
    """In the keys that `samenspel advise --json` and the API share."""
    return {
        "advice": advice.outcome.key,
        "owner": advice.owner,
        "sphere": {"value": advice.sphere, "doubt": advice.sphere_doubt},
        "rules": [
            {"id": r.id, "source": r.source, "speaks_for": r.speaks_for.key, "text": r.text, "decides": r.decides}
            for r in advice.rules
        ],
        "principles": [
            {
                "number": principle.number,
                "verdict": principle.verdict,
                "text": principle.text,
                "evidence": {fact: answer.word for fact, answer in principle.evidence},
            }
            for principle in advice.principles
        ],
        "missing": list(advice.missing),
        "would_change": [
            {"to": change.to.key, "facts": {fact: answer.word for fact, answer in change.facts.items()}}
            for change in advice.would_change
        ],
        "conditions": [_note(each) for each in advice.conditions],
        "review": [_note(each) for each in advice.review],
        "precedents": [_earlier(each) for each in advice.precedents],
        "equal_cases": [_earlier(each) for each in advice.equal_cases],
    }


def _note(note: Note) -> dict[str, str]:
    return {"id": note.id, "text": note.text, "source": note.source}


def _earlier(case: Earlier) -> dict[str, Any]:
    decided = case.decided.key if case.decided is not None else None
    return {
        "title": case.title,
        "where": case.where,
        "advice": case.advice.key,
        "decided": decided,
        "shows": case.shows,
    }


__all__ = ["DECIDING", "SHAPING", "Advice", "Earlier", "advise", "as_data"]
