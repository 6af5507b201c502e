"""The words in which a framework is shown and changed: kinds of parts, and a threshold as a sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format, number_format

from samenspel.engine.frameworks import Framework, Part, Threshold
from samenspel.engine.roles.facts import DECIDING, FACTS, MEASURES, SAID_ONLY, SHAPING, SHARES
from samenspel.engine.roles.rules import Outcome
from samenspel.engine.roles.schema import COMPARED, OUTCOME_WORDS, SHARE_UNITS

KINDS = {
    "sphere": "Leefsferen",
    "role": "Rollen",
    "principle": "Principes",
    "building_block": "Bouwstenen",
    "layer": "Lagen",
    "ingang": "De ingang",
    "opgave": "Opgaven van de wijk",
    "partner": "Partners",
    "theme": "Thema’s",
    "pilot": "Proeven",
    "effect": "Effecten",
    "term": "Begrippen",
    "fact": "Vragen van het rolgesprek",
    "rule": "Regels die wegen",
    "condition": "Voorwaarden bij een advies",
    "trigger": "Redenen om opnieuw te kijken",
}
"""The kinds in the order in which they are read."""
ONE_OF = {
    "principle": "een principe",
    "building_block": "een bouwsteen",
    "layer": "een laag",
    "ingang": "een regel voor de ingang",
    "opgave": "een opgave van de wijk",
    "partner": "een partner",
    "theme": "een thema",
    "pilot": "een proef",
    "effect": "een effect",
    "term": "een begrip",
}
MEASURE_WORDS = {
    "participants": "het aantal deelnemers",
    "target_group": "het aantal mensen in de doelgroep",
    "years_running": "het aantal jaren dat het loopt",
    "volunteers": "het aantal vrijwilligers",
    "volunteers_before": "het aantal vrijwilligers een jaar eerder",
    "amount": "het gevraagde bedrag",
    "yearly_cost": "de kosten per jaar",
    "own_income": "de eigen inkomsten per jaar",
    "opening_hours": "het aantal uren open per week",
    "participants_share": "het deel van de doelgroep dat meedoet",
    "volunteers_share": "het deel van de vrijwilligers dat er nog is",
    "own_income_share": "het deel van de kosten dat uit eigen inkomsten komt",
    "amount_per_participant": "het gevraagde bedrag per deelnemer",
}
_UNITS = {
    "amount": "euro",
    "yearly_cost": "euro",
    "own_income": "euro",
    **SHARE_UNITS,
    "amount_per_participant": "euro",
}


@dataclass(frozen=True)
class Group:
    """The parts of one kind."""

    kind: str
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Dated:
    """A threshold as a sentence; `state` is "geldt nu", "komt nog" or "gold eerder"."""

    threshold: Threshold
    name: str
    sentence: str
    state: str


def groups(framework: Framework, kinds: Sequence[str] = tuple(KINDS)) -> Iterator[Group]:
    """The parts by kind in the order in which they are read, those with a number first; not the kinds it lacks."""
    for kind in kinds:
        if parts := sorted(framework.of_kind(kind), key=lambda part: not part.id.isdecimal()):
            yield Group(kind, KINDS[kind], tuple(parts))


def sentence(threshold: Threshold, framework: Framework) -> str:
    """The whole of a threshold: from when which fact is true, and where it is not."""
    fact = framework.part("fact", threshold.fact).name
    unit = _UNITS.get(threshold.measure, "")
    value = f"{number_format(threshold.value, use_l10n=True)} {unit}".replace(",0 ", " ").strip().removesuffix(",0")
    return (
        f"Vanaf {date_format(threshold.since, 'j F Y')} is “{fact}” waar als {MEASURE_WORDS[threshold.measure]}"
        f" {COMPARED[threshold.comparison]} {value} is."
    )


def dated(framework: Framework, today: date) -> list[Dated]:
    """All thresholds by their fact and day, with whether they hold."""
    in_force = framework.in_force(today)

    def state(threshold: Threshold) -> str:
        if threshold.since > today:
            return "komt nog"
        return "geldt nu" if threshold in in_force else "gold eerder"

    ordered = sorted(framework.thresholds, key=lambda each: (each.id, each.since))
    return [
        Dated(each, framework.part("fact", each.fact).name, sentence(each, framework), state(each)) for each in ordered
    ]


def outcome(found: Outcome | int | str, framework: Framework) -> str:
    """An outcome in a few words."""
    key = found.key if isinstance(found, Outcome) else found
    return OUTCOME_WORDS[key][0] if isinstance(key, str) else f"Rol {key}"


def fact_choices(framework: Framework) -> list[tuple[str, list[tuple[str, str]]]]:
    """The facts that a number may answer, by what they do."""

    def named(facts: Sequence[str]) -> list[tuple[str, str]]:
        return [(fact, framework.part("fact", fact).name) for fact in facts]

    others = [fact for fact in FACTS if fact not in DECIDING and fact not in SHAPING]
    return [
        ("Reden om opnieuw te kijken", named(others)),
        ("Bepaalt de uitkomst", named([fact for fact in DECIDING if fact not in SAID_ONLY])),
        ("Bepaalt eigenaar, leefsfeer of voorwaarden", named(SHAPING)),
    ]


def measure_choices() -> list[tuple[str, str]]:
    """The measures to choose from, those that are worked out first."""
    return [
        (name, MEASURE_WORDS[name] + (f" ({_UNITS[name]})" if name in _UNITS else "")) for name in (*SHARES, *MEASURES)
    ]
