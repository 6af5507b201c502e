"""The role conversation in words: which question comes next and why, and what the advice is so far.

Shared by the public conversation and by the cases of the municipality. Words of the framework are as it has them, in
Dutch; our own are translated.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext

from samenspel.engine.frameworks import Framework
from samenspel.engine.roles.advice import Advice, Change, Earlier, Principle, Weighed
from samenspel.engine.roles.facts import DECIDING, SHAPING, TRIGGERS, Answer
from samenspel.engine.roles.rules import Outcome
from samenspel.engine.roles.table import that_matter
from samenspel.policy.earlier import MOST_EQUAL

Answers = Mapping[str, Answer]
WORDS = {answer.word: answer for answer in Answer}
"""Answers as forms and files have them."""
ALSO_SHAPING = ("open_to_others", "organized", "meets_law", "meets_conditions")
"""Deciding facts that also name the sphere or a principle: worth asking where the outcome no longer needs them."""


@dataclass(frozen=True)
class Question:
    """A fact as it is asked; `answer` is "" while nobody answered."""

    fact: str
    name: str
    question: str
    why: str
    text: str
    source: str
    answer: str = ""
    by: str = ""
    evidence: str = ""

    @property
    def said(self) -> str:
        return said(self.answer) if self.answer else ""


def question(fact: str, framework: Framework, kept: Mapping[str, str] | None = None) -> Question:
    """A fact in the words of the framework, with what was answered."""
    part, known = framework.part("fact", fact), kept or {}
    return Question(
        fact, part.name, part.question or part.name, part.why, part.text, part.source,
        known.get("answer", ""), known.get("by", ""), known.get("evidence", ""),
    )  # fmt: skip


def next_question(given: Answers) -> str:
    """The deciding fact to ask now; "" when none that is left can change the outcome. A skipped one is not asked again.

    `given` holds what was answered or skipped, and nothing else.
    """
    matter = that_matter(given)
    return next((fact for fact in DECIDING if fact in matter and fact not in given), "")


def question_before(fact: str, given: Answers) -> str:
    """The one that was answered before this one, to go back to; "" for the first. `fact` "" means after the last."""
    until = DECIDING.index(fact) if fact in DECIDING else len(DECIDING)
    return next((one for one in reversed(DECIDING[:until]) if one in given), "")


def progress(fact: str, given: Answers) -> str:
    """How far one is, in words: how many are answered, and how many can still matter."""
    matter = that_matter(given)
    left = sum(one in matter and one not in given and one != fact for one in DECIDING)
    done = sum(one in given and one != fact for one in DECIDING)
    answered = ngettext("%(number)s vraag beantwoord.", "%(number)s vragen beantwoord.", done) % {"number": done}
    if left == 0:
        return f"{answered} " + gettext("Dit is misschien de laatste vraag.")
    after = ngettext("Hierna hoogstens %(number)s vraag.", "Hierna hoogstens %(number)s vragen.", left)
    return f"{answered} {after % {'number': left}}"


def skipped(fact: str, given: Answers) -> list[str]:
    """Deciding facts before this one that were not asked, for they can no longer change the outcome."""
    until = DECIDING.index(fact) if fact in DECIDING else len(DECIDING)
    return [one for one in DECIDING[:until] if one not in given]


def shaping(given: Answers) -> tuple[str, ...]:
    """The facts of the round about how it is arranged; none of them can change the outcome (any more)."""
    matter = that_matter(given)
    return (*(fact for fact in ALSO_SHAPING if fact not in given and fact not in matter), *SHAPING)


def said(answer: str) -> str:
    return {"yes": gettext("ja"), "no": gettext("nee"), "unknown": gettext("weet ik niet")}[answer]


def owner(key: str) -> str:
    return {
        "community": gettext("de gemeenschap"),
        "party": gettext("een maatschappelijke partij"),
        "municipality": gettext("de gemeente"),
        "unknown": gettext("nog niet bekend"),
    }[key]


def verdict(key: str) -> str:
    return {
        "holds": gettext("klopt"),
        "fails": gettext("klopt niet"),
        "unknown": gettext("nog niet aangetoond"),
        "not_in_play": gettext("speelt hier niet"),
    }[key]


def short(outcome: Outcome) -> str:
    """An outcome in two or three words."""
    return {
        Outcome.ROLE_1: gettext("rol 1"),
        Outcome.ROLE_2: gettext("rol 2"),
        Outcome.ROLE_3: gettext("rol 3"),
        Outcome.ROLE_4: gettext("rol 4"),
        Outcome.NO_INVOLVEMENT: gettext("geen bemoeienis"),
        Outcome.NOT_DONE: gettext("de gemeente doet dit niet"),
        Outcome.NOT_ENOUGH_KNOWN: gettext("nog niet genoeg bekend"),
    }[outcome]


def sentence(outcome: Outcome) -> str:
    """What an outcome comes to, in a sentence."""
    return {
        Outcome.ROLE_1: gettext("Bewoners doen dit zelf. Steun van de gemeente is mogelijk, maar niet automatisch."),
        Outcome.ROLE_2: gettext("Bewoners beslissen. De gemeente kan als partner bijdragen, en neemt niet over."),
        Outcome.ROLE_3: gettext("De gemeente of een partij heeft de regie. Bewoners denken en doen mee."),
        Outcome.ROLE_4: gettext("De gemeente of een partij beslist, binnen een wet of een eigen kader."),
        Outcome.NO_INVOLVEMENT: gettext("Dit is van mensen zelf. De overheid heeft hier geen rol."),
        Outcome.NOT_DONE: gettext("De gemeente steunt dit niet. Het initiatief blijft bij de bewoners."),
        Outcome.NOT_ENOUGH_KNOWN: gettext("Er ontbreekt een antwoord dat de rol bepaalt."),
    }[outcome]


def heading(outcome: Outcome, framework: Framework) -> tuple[str, str]:
    """The outcome as a heading: our words, and the name that the framework gives to a role ("" where it is none)."""
    name = framework.part("role", str(outcome.key)).name if 1 <= outcome <= 4 else ""
    first = short(outcome)
    return f"{first[:1].upper()}{first[1:]}", name


def sphere(advice: Advice, framework: Framework) -> str:
    """The sphere in the words of the framework."""
    return framework.part("sphere", advice.sphere).name if advice.sphere != "unknown" else gettext("nog niet bekend")


def live(advice: Advice, framework: Framework) -> dict[str, Any]:
    """What it would be with what is known so far."""
    title, name = heading(advice.outcome, framework)
    return {
        "title": title,
        "name": name,
        "sentence": sentence(advice.outcome),
        "owner": owner(advice.owner),
        "sphere": sphere(advice, framework),
        "doubt": advice.sphere_doubt,
        "rule": next((rule for rule in advice.rules if rule.decides), None),
        "matter": [framework.part("fact", fact).name for fact in advice.missing],
    }


def result(
    advice: Advice,
    framework: Framework,
    kept: Mapping[str, Mapping[str, str]],
    equal: Mapping[Outcome, int] | None = None,
) -> dict[str, Any]:
    """The whole advice for a page or paper; `kept` is what was answered, by fact, `equal` how many equal cases."""
    return {
        **live(advice, framework),
        "outcome": advice.outcome,
        "weighing": _by_role(advice.rules),
        "principles": [_principle(one, framework) for one in advice.principles],
        "missing": [question(fact, framework) for fact in advice.missing],
        "changes": [_change(one, advice, framework) for one in sorted(advice.would_change, key=lambda c: len(c.facts))],
        "conditions": advice.conditions,
        "review": advice.review,
        "precedents": [_earlier(one) for one in advice.precedents],
        "equal_cases": [_earlier(one) for one in advice.equal_cases],
        "newest_of": newest_of(equal or {}),
        "answered": [
            question(fact, framework, kept[fact]) for fact in (*DECIDING, *SHAPING, *TRIGGERS) if fact in kept
        ],
        "worked_out": [
            question(fact, framework, {"answer": answer.word})
            for fact, answer in advice.answers.items()
            if answer != Answer.UNKNOWN and kept.get(fact, {}).get("answer", "unknown") == "unknown"
        ],
        "not_asked": [framework.part("fact", fact).name for fact in DECIDING if fact not in kept],
    }


def newest_of(counts: Mapping[Outcome, int]) -> str:
    """Of how many equal cases the newest are shown, and what was decided of how many; "" where all of them are shown.

    For the pages of people at work, which are in Dutch.
    """
    if all(number <= MOST_EQUAL for number in counts.values()):
        return ""
    times = ", ".join(f"{number} keer {short(outcome)}" for outcome, number in counts.items())
    return f"Dit zijn de nieuwste van {sum(counts.values())} gelijke gevallen. Besloten is: {times}."


def _by_role(rules: tuple[Weighed, ...]) -> list[dict[str, Any]]:
    """The rules that speak, by what they speak for, the one that decides first."""
    groups: dict[Outcome, list[Weighed]] = {}
    for rule in rules:
        groups.setdefault(rule.speaks_for, []).append(rule)
    return [{"outcome": short(outcome), "rules": group} for outcome, group in groups.items()]


def _principle(principle: Principle, framework: Framework) -> dict[str, Any]:
    part = framework.part("principle", str(principle.number))
    evidence = [(framework.part("fact", fact).name, said(answer.word)) for fact, answer in principle.evidence]
    return {
        "number": principle.number,
        "name": part.name,
        "text": principle.text,
        "source": part.source,
        "key": principle.verdict,
        "verdict": verdict(principle.verdict),
        "evidence": evidence if principle.verdict != "not_in_play" else [],
    }


def _change(change: Change, advice: Advice, framework: Framework) -> dict[str, Any]:
    title, name = heading(change.to, framework)
    facts = [
        {
            "fact": fact,
            "question": framework.part("fact", fact).question,
            "to": said(answer.word),
            "now": said(advice.answers[fact].word)
            if advice.answers[fact] != Answer.UNKNOWN
            else gettext("niet bekend"),
        }
        for fact, answer in change.facts.items()
    ]
    return {"title": title, "name": name, "facts": facts}


def _earlier(case: Earlier) -> dict[str, Any]:
    decided = short(case.decided) if case.decided is not None else ""
    return {
        "title": case.title,
        "where": case.where,
        "advice": short(case.advice),
        "decided": decided,
        "shows": case.shows,
        "pk": case.pk,
    }
