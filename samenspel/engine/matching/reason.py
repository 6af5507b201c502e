"""The reason for a match, told in plain words (B1) from the facts that made the score."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from samenspel.engine.matching.understand import FoundNeed

Language = Literal["nl", "en"]


@dataclass(frozen=True, slots=True)
class Reason:
    """The facts from which a reason is told. ``distance_m`` in metres, ``next_date`` aware."""

    needs: tuple[FoundNeed, ...]
    distance_m: int | None
    next_date: datetime | None
    at: datetime
    delivery: str
    area_name: str
    is_full: bool
    freshness: str


_NEEDS_TOLD = 2
#: A need of less weight was hardly said, and is no reason beside one that was.
_TOLD_FROM = 0.4


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_DAYS = {
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "nl": _names("januari februari maart april mei juni juli augustus september oktober november december"),
    "en": _names("January February March April May June July August September October November December"),
}
_WORDS = {
    "nl": {
        "fits": "Past bij: {needs}.",
        "text": "Lijkt op wat u vraagt.",
        "here": "vlak bij u",
        "metres": "{n}\N{NO-BREAK SPACE}meter van u vandaan",
        "kilometres": "{n}\N{NO-BREAK SPACE}kilometer van u vandaan",
        "area": "in {area}",
        "at_home": "komt bij u thuis",
        "fetched": "haalt u thuis op",
        "remote": "per telefoon of online",
        "today": "vandaag",
        "tomorrow": "morgen",
        "clock": "om {time} uur",
        "full": "Het is nu vol. Vraag of u op de lijst kunt.",
        "stale": "Wij hebben dit lang niet nagevraagd. Bel eerst even.",
        "unconfirmed": "Wij hebben dit nog niet nagevraagd. Bel eerst even.",
        "and": " en ",
    },
    "en": {
        "fits": "Fits: {needs}.",
        "text": "Looks like what you ask for.",
        "here": "very near you",
        "metres": "{n}\N{NO-BREAK SPACE}metres from you",
        "kilometres": "{n}\N{NO-BREAK SPACE}kilometres from you",
        "area": "in {area}",
        "at_home": "comes to your home",
        "fetched": "fetches you at home",
        "remote": "by telephone or online",
        "today": "today",
        "tomorrow": "tomorrow",
        "clock": "at {time}",
        "full": "It is full now. Ask to be put on the list.",
        "stale": "We have not checked this for a long time. Please call first.",
        "unconfirmed": "We have not checked this yet. Please call first.",
        "and": " and ",
    },
}


def reason_sentence(reason: Reason, language: Language = "nl") -> str:
    """Tell in one or two short sentences why something is shown, where and when it is.

    For instance "Past bij: samen wandelen. 600 meter van u vandaan, dinsdag om 10.00 uur."
    Raises ``KeyError`` for a language other than "nl" and "en".
    """
    say = _WORDS[language]
    sentences = [_fits(reason, language), _where_and_when(reason, language)]
    if reason.is_full:
        sentences.append(say["full"])
    elif reason.freshness in ("stale", "unconfirmed"):
        sentences.append(say[reason.freshness])
    return " ".join(sentence for sentence in sentences if sentence)


def _fits(reason: Reason, language: Language) -> str:
    say = _WORDS[language]
    said = [need for need in reason.needs if need.weight >= _TOLD_FROM] or reason.needs[:1]
    labels = [need.label if language == "nl" else need.label_en for need in said[:_NEEDS_TOLD]]
    return say["fits"].format(needs=say["and"].join(labels)) if labels else say["text"]


def _where_and_when(reason: Reason, language: Language) -> str:
    facts = [_where(reason, language)]
    if reason.next_date is not None:
        facts.append(_when(reason.next_date, reason.at, language))
    told = ", ".join(fact for fact in facts if fact)
    return f"{told[0].upper()}{told[1:]}." if told else ""


def _where(reason: Reason, language: Language) -> str:
    say = _WORDS[language]
    if reason.delivery in ("at_home", "fetched", "remote"):
        return say[reason.delivery]
    if reason.distance_m is not None:
        return _distance(reason.distance_m, language)
    return say["area"].format(area=reason.area_name) if reason.area_name else ""


def _distance(metres: int, language: Language) -> str:
    say = _WORDS[language]
    if metres < 50:
        return say["here"]
    rounded = round(metres / 50) * 50 if metres < 300 else round(metres / 100) * 100
    if rounded < 1000:
        return say["metres"].format(n=rounded)
    kilometres = f"{metres / 1000:.1f}" if metres < 9950 else f"{metres / 1000:.0f}"
    kilometres = kilometres.removesuffix(".0")
    return say["kilometres"].format(n=kilometres.replace(".", ",") if language == "nl" else kilometres)


def _when(moment: datetime, at: datetime, language: Language) -> str:
    say = _WORDS[language]
    day, today = moment.date(), at.astimezone(moment.tzinfo).date()
    time = f"{moment.hour}.{moment.minute:02d}" if language == "nl" else f"{moment:%H:%M}"
    if day == today:
        name = say["today"]
    elif day == today + timedelta(days=1):
        name = say["tomorrow"]
    else:
        name = _DAYS[language][day.weekday()]
        if day >= today + timedelta(days=7):
            name = f"{name} {day.day} {_MONTHS[language][day.month - 1]}"
    return f"{name} {say['clock'].format(time=time)}"
