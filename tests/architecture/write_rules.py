"""Write docs/rules.md from the rules and the framework that ships: `python -m tests.architecture.write_rules`."""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from samenspel.engine.frameworks import Framework
from samenspel.engine.roles.advice import WHATEVER, changes_of
from samenspel.engine.roles.cases import answers_of
from samenspel.engine.roles.facts import DECIDING, SHAPING, SHARES, TRIGGERS, Answer
from samenspel.engine.roles.rules import RULES, Known, Outcome
from samenspel.engine.roles.schema import in_words, outcome_words
from samenspel.engine.roles.shipped import cases_of, shipped, with_roles
from samenspel.engine.roles.table import outcome_of, outcomes
from tests.architecture.layers import ROOT

FILE = ROOT / "docs" / "rules.md"
HEAD = """\
<!-- What Samenspel advises about the role of a municipality, and why. Generated from the rules and the framework that
ships (`make docs`); do not edit. In Dutch, for it is what a municipality shows. Reasons: decision 0032. -->

# Hoe het roladvies tot stand komt

Samenspel geeft advies. Een mens beslist. De eerste regel die geldt, beslist. De andere regels die gelden, staan erbij.
Wat niet bekend is, is geen ja en geen nee. Elke combinatie van feiten heeft een uitkomst: dat is nagerekend voor alle
{all} combinaties. De woorden komen uit “{title}” ({of}, versie {version}).
Een gemeente kan ze aanpassen.
"""
ILLUSTRATIONS = ("Een koor vraagt een bijdrage voor een piano", "Een inwoner vraagt een hulpmiddel")
"""Titles of the cases that the text gives itself."""


def rules_page() -> str:
    framework = shipped(with_roles())
    about = {
        "all": f"{outcomes().size:,}".replace(",", "."),
        "title": framework.title,
        "of": framework.of,
        "version": framework.version,
    }
    sections = [
        HEAD.format(**about),
        "## Uitkomsten\n",
        "Het aandeel zegt hoe vaak een uitkomst voorkomt onder alle combinaties; niet hoe vaak in het echt.\n",
        _table(["Uitkomst", "Betekenis", "Alles bekend", "Ook met onbekend"], _outcomes(framework)),
        "## Feiten die de uitkomst bepalen\n",
        _facts(DECIDING, framework),
        "## Feiten voor eigenaar, leefsfeer en voorwaarden\n",
        _facts(SHAPING, framework),
        "## Redenen om opnieuw te kijken\n",
        "Een reden opent een gesprek. De rol verandert er nooit vanzelf door.\n",
        _facts(TRIGGERS, framework),
        "## Regels, in volgorde van gewicht\n",
        "Beslist: in hoeveel procent van de combinaties, als alles bekend is / als ook iets onbekend mag zijn.",
        "De laatste regel gaat voor “nog niet genoeg bekend”, waar elk antwoord dezelfde uitkomst geeft.\n",
        _table(["", "Regel", "Spreekt voor", "Tekst", "Bron", "Beslist"], _rules(framework)),
        "## Leidende principes\n",
        _parts("principle", framework),
        "## Voorwaarden bij een advies\n",
        _parts("condition", framework),
        "## Drempels\n",
        "Een drempel maakt van een getal een feit. De nieuwste waarde op de dag van het advies geldt.\n",
        _table(["Drempel", "Maakt waar", "Vanaf", "Bron"], _thresholds(framework)),
        "Samenspel rekent uit: " + "; ".join(f"`{n}` is {a} / {b}" for n, (a, b) in SHARES.items()) + ".\n",
        "## De voorbeelden uit de tekst, en wat het advies zou veranderen\n",
        *_illustrations(framework),
    ]
    return "\n".join(sections).rstrip() + "\n"


def _table(head: list[str], rows: Iterable[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |\n" for line in lines)


def _percent(share: float) -> str:
    return f"{share * 100:.1f}%".replace(".", ",")


def _outcomes(framework: Framework) -> list[list[str]]:
    complete = outcomes()[(slice(0, 3, 2),) * len(DECIDING)]
    worded = [(each, *outcome_words(each.key, framework)) for each in Outcome]
    return [
        [name, text, _percent(float((complete == each).mean())), _percent(float((outcomes() == each).mean()))]
        for each, name, text in worded
    ]


def _facts(names: Iterable[str], framework: Framework) -> str:
    parts = [framework.part("fact", name) for name in names]
    rows = [[f"{part.name} (`{part.id}`)", part.question, part.text, part.source] for part in parts]
    return _table(["Feit", "Vraag", "Betekenis", "Bron"], rows)


def _parts(kind: str, framework: Framework) -> str:
    return _table(["Naam", "Tekst", "Bron"], [[part.name, part.text, part.source] for part in framework.of_kind(kind)])


def _rules(framework: Framework) -> list[list[str]]:
    known = Known(dict(zip(DECIDING, np.indices(outcomes().shape, dtype=np.int8), strict=True)))
    open_, whatever, rows = np.ones(outcomes().shape, dtype=bool), np.zeros(outcomes().shape, dtype=bool), []
    for number, rule in enumerate(RULES, start=1):
        first = rule.holds(known) & open_
        open_ &= ~first
        decides = first & (outcomes() == rule.speaks_for)
        whatever |= first & ~decides
        name, _ = outcome_words(rule.speaks_for.key, framework)
        rows.append([str(number), *_rule(rule.id, name.partition(":")[0], decides, framework)])
    return [*rows, ["anders", *_rule(WHATEVER, "elk", whatever, framework)]]


def _rule(id_: str, speaks_for: str, decides: NDArray[np.bool_], framework: Framework) -> list[str]:
    part, complete = framework.part("rule", id_), decides[(slice(0, 3, 2),) * len(DECIDING)]
    shares = f"{_percent(float(complete.mean()))} / {_percent(float(decides.mean()))}"
    return [f"{part.name} (`{id_}`)", speaks_for, part.text, part.source, shares]


def _thresholds(framework: Framework) -> list[list[str]]:
    return [
        [each.text or each.id, f"`{each.fact}`: als {in_words(each)}", f"{each.since:%d-%m-%Y}", each.source]
        for each in framework.thresholds
    ]


def _illustrations(framework: Framework) -> Iterable[str]:
    cases = {case.title: case for case in cases_of(framework.name)}
    for case in (cases[title] for title in ILLUSTRATIONS):
        answers = answers_of(case, framework, case.on or framework.since)
        outcome = outcome_of(answers)
        yield f"### {case.title}\n"
        yield f"{case.shows} ({case.source})\n"
        yield f"Advies: {outcome_words(outcome.key, framework)[0]}.\n"
        rows = [
            [outcome_words(change.to.key, framework)[0], _in_words(change.facts, framework)]
            for change in changes_of(answers, outcome)
        ]
        yield _table(["Naar", "De kleinste verandering"], rows)


def _in_words(facts: Mapping[str, Answer], framework: Framework) -> str:
    words = {Answer.NO: "nee", Answer.UNKNOWN: "onbekend", Answer.YES: "ja"}
    return "; ".join(f"{framework.part('fact', fact).name}: {words[answer]}" for fact, answer in facts.items())


if __name__ == "__main__":
    FILE.write_text(rules_page(), encoding="utf-8")
