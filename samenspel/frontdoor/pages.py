"""What each page shows, as the context of its template; one judgement of the layers below per page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from samenspel.engine.matching import FoundNeed, Right, Urgent
from samenspel.frontdoor import words
from samenspel.frontdoor.cards import Card, cards, points
from samenspel.frontdoor.forms import BrowseForm, QuestionForm, errors_of
from samenspel.frontdoor.frame import language
from samenspel.frontdoor.maps import map_of
from samenspel.frontdoor.near import wijk_around
from samenspel.frontdoor.nothing import nothing_part
from samenspel.frontdoor.parts import rendered
from samenspel.frontdoor.people import panel_near, person_near
from samenspel.frontdoor.themes import about, themes
from samenspel.socialmap.ask import Answer, Language, Result
from samenspel.socialmap.urgent import urgent_help_in
from samenspel.sources.vocabulary import Theme


@dataclass(frozen=True, slots=True)
class Help:
    """Help for right now, or a right: what it is and, where there is one, a line to call and a page."""

    title: str
    text: str
    phone: str
    phone_link: str
    url: str
    site: str


def home(form: QuestionForm) -> dict[str, Any]:
    return {**_form(form), "examples": examples(), "urgent": urgent_in(form.data.get("vraag", ""))}


def results(answer: Answer, form: BrowseForm, *, now: datetime) -> dict[str, Any]:
    """Show an answer to a question, or what there is by theme and filter."""
    groups = grouped(answer, answer.results[: form.limit])
    shown = [result for _, results in groups for result in results]
    asked = isinstance(form, QuestionForm)
    place_is_known = bool(form.cleaned_data["plaats"])
    return {
        **_form(form),
        "choices": _choices_of(form),
        "heading": _heading(answer, form),
        "lead": _lead(form),
        "question": answer.question,
        "understood": _understood(answer),
        "near": answer.near.label,
        "place_is_known": place_is_known,
        "wijk": wijk_around(answer.near, at=now) if place_is_known else None,
        "narrowed": _narrowed(form),
        "urgent": [urgent_help(urgent) for urgent in answer.urgent],
        "worry": _worry(answer, now),
        "note": "" if answer.is_complete else answer.note,
        "nothing": nothing_part(
            answer,
            narrowed=_narrowed(form),
            examples=examples()[:2],
            place=form.cleaned_data["plaats"],
            now=now,
        ),
        "rights": [right_of_law(right) for right in answer.rights],
        "groups": _with_cards(groups, cards(shown, now=now, place_is_known=place_is_known, is_asked=asked)),
        "map": map_of(
            points(shown),
            municipality=settings.MUNICIPALITY,
            at=now,
            home=(answer.near.latitude, answer.near.longitude) if place_is_known else None,
        ),
        "more": form.kept(meer="1").items() if len(answer.results) > form.limit else (),
        "again": form.kept().items() if asked else (),
        "preference": _preference(form) if asked else (),
        "person": panel_near(answer.near.neighborhood, municipality=settings.MUNICIPALITY, at=now),
        "is_complete": answer.is_complete,
    }


def _with_cards(groups: Sequence[tuple[str, Sequence[Result]]], shown: Sequence[Card]) -> list[dict[str, Any]]:
    """Give each group its cards, which are numbered through."""
    left = iter(shown)
    return [{"heading": heading, "cards": list(islice(left, len(results)))} for heading, results in groups]


def refused(form: BrowseForm) -> dict[str, Any]:
    """Show the page of a theme without results, with what was wrong in the address."""
    return {
        **_form(form),
        "choices": _choices_of(form),
        "heading": gettext("Wat is er in de buurt?"),
        "lead": "",
        "question": "",
        "understood": "",
        "near": "",
        "place_is_known": False,
        "wijk": None,
        "narrowed": "",
        "urgent": (),
        "worry": "",
        "note": "",
        "nothing": "",
        "rights": (),
        "groups": (),
        "map": "",
        "more": (),
        "again": (),
        "person": "",
        "is_complete": True,
    }


def examples() -> tuple[str, ...]:
    """Give questions in plain words that show what may be asked."""
    return (
        gettext("Ik zoek iemand die met mijn moeder wil wandelen"),
        gettext("Ik snap die brief van de belasting niet"),
        gettext("Ik wil graag samen met anderen eten"),
        gettext("Ik zorg voor mijn man en ben moe"),
    )


def _worry(answer: Answer, now: datetime) -> SafeString:
    """Lead who worries about another to the page about that, and to the person to think along."""
    if not answer.worries:
        return SafeString()
    person = person_near(answer.near.neighborhood, municipality=settings.MUNICIPALITY, at=now)
    return rendered("frontdoor/worry_first.inc.html", {"href": reverse("frontdoor:worries"), "person": person})


def _form(form: BrowseForm) -> dict[str, Any]:
    errors = errors_of(form)
    names = ("vraag", *BrowseForm.base_fields, "professional")
    return {
        "typed": {name: form.data.get(name, "") for name in names},
        "errors": errors,
        "wrong": {"vraag": "", "plaats": "", "thema": "", "wanneer": ""}
        | {error["field"]: error["text"] for error in errors},
        "themes": themes(),
    }


def _choices_of(form: BrowseForm) -> SafeString:
    typed = form.data.get("wanneer", "")
    wrong = form.errors["wanneer"][0] if "wanneer" in form.errors else ""
    return _choices(
        bool(form.data.get("gratis")), bool(form.data.get("drempelvrij")), "?" if wrong else typed, wrong, language()
    )


@lru_cache(maxsize=64)
def _choices(is_free: bool, is_step_free: bool, chosen: str, wrong: str, _language: Language) -> SafeString:
    """Render the boxes to tick under a question; there are few ways to tick them."""
    context = {
        "is_free": is_free,
        "is_step_free": is_step_free,
        "chosen": chosen,
        "wrong": wrong,
        "when": (
            {"key": "", "label": gettext("maakt niet uit")},
            {"key": "vandaag", "label": gettext("vandaag")},
            {"key": "deze-week", "label": gettext("deze week")},
        ),
    }
    return rendered("frontdoor/choices.inc.html", context)


def _heading(answer: Answer, form: BrowseForm) -> str:
    if not answer.is_complete:
        return gettext("Zoeken lukt nu even niet")
    if not isinstance(form, QuestionForm):
        return _subject(form)
    if answer.results:
        return gettext("Dit vonden wij voor u")
    return gettext("U hoeft dit niet alleen te doen") if answer.urgent else gettext("Wij vonden niets dat goed past")


def _subject(form: BrowseForm) -> str:
    chosen = form.cleaned_data["thema"]
    return words.sentence(str(Theme(chosen).label)) if chosen else gettext("Wat is er in de buurt?")


def _lead(form: BrowseForm) -> str:
    """Say what a theme is about, on the page of that theme alone."""
    chosen = form.cleaned_data["thema"]
    return about(Theme(chosen)) if chosen and not isinstance(form, QuestionForm) else ""


_TOLD_FROM = 0.6
"""A need of less weight is looked for, but not told: it was hardly said."""
_MOST_TOLD = 2
"""Needs of one thing asked that are told; the others are its near neighbours."""


def _understood(answer: Answer) -> str:
    told = [need for need in answer.needs if need.weight >= _TOLD_FROM] or answer.needs
    by_ask: dict[int, list[str]] = {}
    for need in told:
        by_ask.setdefault(need.ask, []).append(_label(need))
    return words.listed([label for labels in by_ask.values() for label in labels[:_MOST_TOLD]])


def grouped(answer: Answer, results: Sequence[Result]) -> list[tuple[str, list[Result]]]:
    """Who asks two things gets the answers to each together, under its name, what has the best answer first; who asks
    one gets one list."""
    names: dict[int, str] = {}
    for need in answer.needs:
        names.setdefault(need.ask, words.sentence(_label(need)))
    asks = dict.fromkeys(result.ask for result in results if result.ask is not None)
    filled = [(names[ask], [result for result in results if result.ask == ask]) for ask in asks]
    if len(filled) < 2:
        return [("", list(results))] if results else []
    others = [result for result in results if result.ask is None]
    return [*filled, (gettext("Ook gevonden"), others)] if others else filled


def _label(need: FoundNeed) -> str:
    return need.label_en if language() == "en" else need.label


def _narrowed(form: BrowseForm) -> str:
    chosen = form.cleaned_data
    parts = (
        (chosen["gratis"], gettext("wat gratis is")),
        (chosen["drempelvrij"], gettext("waar een rolstoel naar binnen kan")),
        (chosen["wanneer"] == "vandaag", gettext("vandaag")),
        (chosen["wanneer"] == "deze-week", gettext("deze week")),
    )
    return words.listed([said for is_chosen, said in parts if is_chosen])


def _preference(form: BrowseForm) -> Any:
    """Ask again with the wish for a professional turned round."""
    return form.kept(professional="" if form.cleaned_data["professional"] else "1").items()


def right_of_law(right: Right) -> Help:
    """Put what the law gives into words."""
    english = language() == "en"
    return Help(
        title=right.title_en if english else right.title,
        text=right.text_en if english else right.text,
        phone="",
        phone_link="",
        url=right.url,
        site=words.site(right.url),
    )


def urgent_in(text: str) -> list[Help]:
    """Give help for right now when words ask for it, also where the rest of a form was wrong."""
    return [urgent_help(one) for one in urgent_help_in(text, municipality=settings.MUNICIPALITY)]


def urgent_help(urgent: Urgent) -> Help:
    """Put help for right now into words."""
    english = language() == "en"
    return Help(
        title=urgent.title_en if english else urgent.title,
        text=urgent.text_en if english else urgent.text,
        phone=urgent.phone,
        phone_link=words.dialled(urgent.phone),
        url=urgent.url,
        site=words.site(urgent.url),
    )
