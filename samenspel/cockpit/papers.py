"""Advice about a role on paper: the sheet of the public conversation, and the annex to a council paper."""

import logging
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from samenspel.cockpit.numbers import in_words, measured
from samenspel.engine.frameworks import Framework
from samenspel.policy.models import RoleDecision
from samenspel.ui.print.pdf import FontsMissing, pdf

_log = logging.getLogger("samenspel.print")


def advice_data(
    title: str, shown: dict[str, Any], framework: Framework, measures: dict[str, float], *, on: date
) -> dict[str, Any]:
    """The data of `cockpit/paper/advice.typ`; `shown` is `conversation.result`. Rows of a fact are [words, answer]."""
    return {
        "language": "en" if get_language() == "en" else "nl",
        "title": title,
        "kind": gettext("Advies over de rol van de gemeente"),
        "only_advice": gettext("Dit is een advies. Een mens beslist."),
        "printed": f"Samenspel, {date_format(on, 'j F Y')}",
        "outcome": shown["title"],
        "name": shown["name"],
        "sentence": shown["sentence"],
        "facts": [
            [gettext("Eigenaar"), shown["owner"], False],
            [gettext("Leefsfeer"), shown["sphere"], True],
            *([[gettext("Twijfel over de leefsfeer"), shown["doubt"], True]] if shown["doubt"] else []),
            [gettext("Kader"), f"{framework.title}, {framework.of}, {gettext('versie')} {framework.version}", True],
        ],
        "story": "",
        "sections": [one for one in _sections(shown, measures) if one["items"] or one["rows"]],
        "closing": [gettext("Dit blad is gemaakt uit uw antwoorden. Wij bewaren niets."), only_a_view()],
    }


def only_a_view() -> str:
    """What an advice about a role is not."""
    return gettext("Dit gaat over de rol van de gemeente. Het is geen besluit over subsidie of een voorziening.")


def _sections(shown: dict[str, Any], measures: dict[str, float]) -> list[dict[str, Any]]:
    """Each a title with items, [label, words of the framework], or with rows of a table under a head."""
    return [
        _list(gettext("Waarom dit advies"), [
            [_capital(group["outcome"]), f"{rule.text} ({rule.source})"]
            for group in shown["weighing"]
            for rule in group["rules"]
        ]),
        _list(gettext("Voorwaarden"), [["", f"{one.text} ({one.source})"] for one in shown["conditions"]]),
        _list(gettext("Redenen om opnieuw te kijken"), [["", f"{one.text} ({one.source})"] for one in shown["review"]]),
        _list(gettext("Wat nog niet bekend is"), [["", one.question] for one in shown["missing"]]),
        _list(gettext("Wat zou dit veranderen?"), [
            [
                f"{change['title']} {gettext('als')}",
                "; ".join(f"{fact['question']} {fact['now']} → {fact['to']}" for fact in change["facts"]),
            ]
            for change in shown["changes"]
        ]),
        _table(gettext("De vijf principes"), [gettext("Principe"), gettext("Oordeel")], [
            [f"{one['number']}. {one['text']}", one["verdict"]] for one in shown["principles"]
        ]),
        _table(gettext("De antwoorden"), [gettext("Vraag"), gettext("Antwoord")], [
            [one.question, _answer(one)] for one in (*shown["answered"], *shown["worked_out"])
        ]),
        _table(gettext("De cijfers"), [gettext("Wat"), gettext("Aantal")], [list(one) for one in measured(measures)]),
        _list(gettext("Gevallen die hierop lijken"), [
            *([["", shown["newest_of"]]] if shown["newest_of"] else []),
            *[
                [one["decided"] or one["advice"], f"{one['title']} ({one['where']})"]
                for one in (*shown["equal_cases"], *shown["precedents"])
            ],
        ]),
    ]  # fmt: skip


def decision_sections(decisions: list[RoleDecision], money: list[tuple[int, int, str]]) -> list[dict[str, Any]]:
    """What was decided over the years and what it cost, newest first; staff pages are in Dutch."""
    history = [_decided(one) for one in decisions]
    costs = [[str(year), f"{in_words(euros)} euro", reference] for year, euros, reference in money]
    sections = [
        _list("Besluiten over de rol", history),
        _table("Geld over de jaren", ["Jaar", "Bijdrage", "Besluit"], costs),
    ]
    return [one for one in sections if one["items"] or one["rows"]]


def _decided(decision: RoleDecision) -> list[str]:
    said = [
        f"{_capital(decision.get_decided_display())}; advies was {decision.get_advised_display()}.",
        f"Besluit {decision.reference} van {decision.get_body_display()}, volgens kader {decision.framework}.",
        *([f"Afwijking van het advies: {decision.reason}"] if decision.reason else []),
        *([f"Anders dan een gelijk geval: {decision.unequal_reason}"] if decision.unequal_reason else []),
        *([f"Voorwaarden: {' '.join(decision.conditions)}"] if decision.conditions else []),
        *([f"Terugkijken op {date_format(decision.evaluate_on, 'j F Y')}."] if decision.evaluate_on else []),
    ]
    return [date_format(decision.decided_on, "j F Y"), " ".join(said)]


def _answer(question: Any) -> str:
    return f"{question.said} ({question.by})" if question.by else str(question.said)


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _list(title: str, items: list[list[str]]) -> dict[str, Any]:
    return {"title": title, "items": items, "head": [], "rows": []}


def _table(title: str, head: list[str], rows: list[list[str]]) -> dict[str, Any]:
    return {"title": title, "items": [], "head": head, "rows": rows}


def as_pdf(name: str, data: dict[str, Any], *, template: str = "cockpit/paper/advice.typ") -> HttpResponse:
    """Answer with the PDF of a template; without the typeface say so in words, and log what is missing."""
    try:
        made = pdf(template, data)
    except FontsMissing as missing:
        _log.error("%s", missing)
        words = gettext("Dit kunnen wij nu niet printen. Gebruik de knop Afdrukken van uw browser.")
        return HttpResponse(words, content_type="text/plain; charset=utf-8", status=503)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
