"""What a case may say, as JSON Schema 2020-12, with the meaning of every fact in the words of a framework."""

from typing import Any

from samenspel.engine.frameworks import Framework, Threshold
from samenspel.engine.roles.cases import MOST_NUMBER, MOST_TEXT, OUTCOMES
from samenspel.engine.roles.facts import DECIDING, FACTS, MEASURES, SHARES, TRIGGERS

ANSWERS = ("yes", "no", "unknown", "ja", "nee", "onbekend", True, False)
OUTCOME_WORDS = {
    "no_involvement": ("Geen bemoeienis", "Dit is de persoonlijke leefsfeer (§2). De overheid heeft hier geen rol."),
    "not_done": (
        "De gemeente doet dit niet",
        "Geen steun van de gemeente. Het initiatief blijft bij de bewoners, en blijft op de kaart (§5.A).",
    ),
    "not_enough_known": ("Nog niet genoeg bekend", "Er ontbreekt een feit dat de rol bepaalt; `missing` noemt welk."),
}
"""Name and meaning of the outcomes that are no role; the roles have theirs in the framework."""
COMPARED = {"at_least": "minstens", "at_most": "hoogstens", "below": "minder dan", "above": "meer dan"}
SHARE_UNITS = {"participants_share": "procent", "volunteers_share": "procent", "own_income_share": "procent",
               "amount_per_participant": "euro"}  # fmt: skip


def case_schema(framework: Framework, *, days_are_text: bool = False) -> dict[str, Any]:
    """The schema of a case file in TOML, where a day is a day; JSON has days as text only."""
    day = {"type": "string", "format": "date"} if days_are_text else {"format": "date"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Casus voor een roladvies",
        "description": f"Een activiteit, voorziening of aanvraag, beoordeeld met: {framework.title}. Een feit dat niet "
        "genoemd is, is onbekend. Een getal dat een feit tegenspreekt wordt geweigerd.",
        **_object(
            {
                "title": _text("Waar het over gaat, in één regel.") | {"minLength": 1, "pattern": r"\S"},
                "story": _text("Wat er speelt, in gewone woorden. Noem geen personen."),
                "shows": _text("Van een casus bij een kader: welke zin uit de tekst hij laat zien."),
                "source": _text("Van een casus bij een kader: waar die zin staat."),
                "on": day
                | {"description": "De dag (JJJJ-MM-DD) waarvan de drempels gelden; anders vandaag."},
                "facts": _object({fact: _fact(fact, framework, day) for fact in FACTS})
                | {"description": "Per feit ja, nee of onbekend, en wie dat zei."},
                "measures": _object(
                    {name: {"type": "number", "minimum": 0, "exclusiveMaximum": MOST_NUMBER, "description": unit}
                     for name, unit in MEASURES.items()}
                )
                | {"description": f"Getallen bij de casus. Samenspel rekent zelf uit: {_shares()}."},
                "now": _object(
                    {
                        "role": {"enum": [1, 2, 3, 4], "description": "De rol die de gemeente nu heeft."},
                        "review_on": day | {"description": "De dag waarop de rol opnieuw bekeken zou worden."},
                    }
                )
                | {"description": "Hoe het nu is."},
                "expect": _object({"advice": {"$ref": "#/$defs/advice"}}, "advice")
                | {"description": "Van een casus bij een kader: het advies dat de tekst geeft."},
            },
            "title",
        ),
        "$defs": {"answer": ANSWER, "advice": {"description": "Elk advies.", "oneOf": _outcomes(framework)}},
    }  # fmt: skip


ANSWER: dict[str, Any] = {
    "description": "yes, no of unknown; ook ja, nee, onbekend, true en false.",
    "anyOf": [{"type": "string", "enum": [each for each in ANSWERS if isinstance(each, str)]}, {"type": "boolean"}],
}


def fact_meaning(fact: str, framework: Framework) -> str:
    """What a fact means, what it does, what works it out and where it stands, in Dutch."""
    part = framework.part("fact", fact)
    does = (
        "Bepaalt de uitkomst."
        if fact in DECIDING
        else "Is een reden om opnieuw te kijken."
        if fact in TRIGGERS
        else "Bepaalt eigenaar, leefsfeer of voorwaarden."
    )
    worked_out = [
        f"Ja als {in_words(each)} (vanaf {each.since})." for each in framework.thresholds if each.fact == fact
    ]
    return " ".join(filter(None, (part.question, part.text, does, *worked_out, f"Bron: {part.source}.")))


def in_words(threshold: Threshold) -> str:
    """A threshold as part of a sentence: "participants_share minder dan 5 procent is"."""
    unit = SHARE_UNITS.get(threshold.measure) or MEASURES[threshold.measure]
    return f"{threshold.measure} {COMPARED[threshold.comparison]} {threshold.value:g} {unit} is"


def outcome_words(key: int | str, framework: Framework) -> tuple[str, str]:
    """Name and meaning of an outcome."""
    if isinstance(key, str):
        return OUTCOME_WORDS[key]
    part = framework.part("role", str(key))
    return f"Rol {key}: {part.name}", part.text


def _outcomes(framework: Framework) -> list[dict[str, Any]]:
    worded = [(key, outcome_words(key, framework)) for key in OUTCOMES]
    return [{"const": key, "title": name, "description": text} for key, (name, text) in worded]


def _fact(fact: str, framework: Framework, day: dict[str, str]) -> dict[str, Any]:
    said = _object(
        {
            "answer": {"$ref": "#/$defs/answer"},
            "by": _text("Wie dit zei: een functie, nooit een naam."),
            "on": day | {"description": "De dag waarop dit gezegd is."},
            "evidence": _text("Waar het uit blijkt."),
        },
        "answer",
    )
    return {
        "title": framework.part("fact", fact).name,
        "description": fact_meaning(fact, framework),
        "anyOf": [{"$ref": "#/$defs/answer"}, said],
    }


def _shares() -> str:
    return ", ".join(f"{name} ({part} gedeeld door {whole})" for name, (part, whole) in SHARES.items())


def _object(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        **({"required": list(required)} if required else {}),
    }


def _text(description: str) -> dict[str, Any]:
    return {"type": "string", "maxLength": MOST_TEXT, "description": description}
