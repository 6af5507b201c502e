"""Times, days, distances, money and opening hours in words that a resident uses, in the language of the request."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import get_language, gettext

LOCAL = ZoneInfo("Europe/Amsterdam")


class Fact(NamedTuple):
    """A label with what we say in the language of the page, and what the organization itself says, in Dutch."""

    label: str
    said: str
    own_words: str = ""


class Hours(NamedTuple):
    """When someone is there, in the language of the page, and a remark about it, in Dutch."""

    said: str
    own_words: str = ""

    def __str__(self) -> str:
        return f"{self.said} {self.own_words}".strip()


def clock(moment: time | datetime) -> str:
    """Say "9.30" in Dutch and "9:30" in English."""
    return gettext("%(hour)d.%(minute)02d") % {"hour": moment.hour, "minute": moment.minute}


def from_to(start: time | datetime, end: time | datetime) -> str:
    return gettext("%(start)s tot %(end)s uur") % {"start": clock(start), "end": clock(end)}


def weekday(number: int) -> str:
    """Name a day of the week; Monday is 0."""
    return str(WEEKDAYS[number])


def day(on: date) -> str:
    """Say "12 oktober 2026"."""
    return _day(on, get_language() or "")


def day_of_week(on: date, *, today: date) -> str:
    """Say "vandaag", "morgen" or "dinsdag 24 november"; the year only when it is another one."""
    if on == today:
        return gettext("vandaag")
    if on == today + timedelta(days=1):
        return gettext("morgen")
    return _day_of_week(on, on.year != today.year, get_language() or "")


@lru_cache(maxsize=2048)
def _day(on: date, _language: str) -> str:
    return f"{on.day} {MONTHS[on.month]} {on.year}"


@lru_cache(maxsize=2048)
def _day_of_week(on: date, with_year: bool, _language: str) -> str:
    year = f" {on.year}" if with_year else ""
    return f"{WEEKDAYS[on.weekday()]} {on.day} {MONTHS[on.month]}{year}"


def moment(at: datetime, *, today: date) -> str:
    """Say "dinsdag 24 november om 10.00 uur"; `at` is aware."""
    local = at.astimezone(LOCAL)
    when = day_of_week(local.date(), today=today)
    return gettext("%(day)s om %(time)s uur") % {"day": when, "time": clock(local)}


def euros(cents: int) -> str:
    """Say "€ 3" or "€ 3,50"."""
    whole, rest = divmod(cents, 100)
    decimals = gettext(",") + f"{rest:02d}" if rest else ""
    return f"€ {whole}{decimals}"


def cost(kind: str, cents: int | None) -> str:
    """Say what it costs, from the stored kind and the amount per time."""
    if kind == "free":
        return gettext("gratis")
    if kind == "voluntary":
        return gettext("u geeft wat u kunt missen")
    if kind == "paid" and cents:
        return gettext("%(amount)s per keer") % {"amount": euros(cents)}
    return gettext("niet gratis") if kind == "paid" else gettext("niet bekend")


def cost_fact(kind: str, cents: int | None, note: str) -> Fact:
    """Tell the cost, and the organization's own words about it."""
    said = sentence(cost(kind, cents))
    return Fact(gettext("Kosten"), f"{said}." if note else said, note)


def listed(words: Sequence[str]) -> str:
    """Join as "maandag, dinsdag en donderdag"."""
    if len(words) < 2:
        return "".join(words)
    return gettext("%(first)s en %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def sentence(words: str) -> str:
    """Start with a capital; the rest stays as it is."""
    return words[:1].upper() + words[1:]


def hours_by_day(hours: Iterable[dict[str, str | int]]) -> tuple[tuple[str, str], ...]:
    """Give seven rows (day, times) of weekly hours in the form of `AreaContact.hours`; a day without is closed."""
    rows: list[list[str]] = [[] for _ in range(7)]
    for entry in sorted(hours, key=lambda e: (e["weekday"], e["opens"])):
        note = f" ({entry['note']})" if entry.get("note") else ""
        rows[int(entry["weekday"])].append(_span(entry) + note)
    return tuple(
        (sentence(weekday(number)), listed(spans) if spans else gettext("gesloten"))
        for number, spans in enumerate(rows)
    )


def hours_in_short(hours: Iterable[dict[str, str | int]]) -> tuple[Hours, ...]:
    """Give lines as "maandag tot en met vrijdag: 9.00 tot 12.00 uur", days with the same times together."""
    days_of: dict[tuple[str, str], list[int]] = {}
    for entry in sorted(hours, key=lambda e: (e["weekday"], e["opens"])):
        days_of.setdefault((_span(entry), str(entry.get("note") or "")), []).append(int(entry["weekday"]))
    return tuple(
        Hours(f"{sentence(_weekdays(days))}: {times}", f"({note})" if note else "")
        for (times, note), days in days_of.items()
    )


def _weekdays(days: Sequence[int]) -> str:
    """Name days in order: a row of three or more as "maandag tot en met vrijdag"."""
    if len(days) > 2 and list(days) == list(range(days[0], days[-1] + 1)):
        return gettext("%(first)s tot en met %(last)s") % {"first": weekday(days[0]), "last": weekday(days[-1])}
    return listed([weekday(day) for day in days])


def _span(entry: dict[str, str | int]) -> str:
    return from_to(time.fromisoformat(str(entry["opens"])), time.fromisoformat(str(entry["closes"])))


def dialled(phone: str) -> str:
    """Give the address of a phone link ("tel:0320555010")."""
    return "tel:" + "".join(character for character in phone if character.isdigit() or character == "+")


def postcode(code: str) -> str:
    """Write "1291AB" as "1291 AB"."""
    return f"{code[:4]} {code[4:]}" if len(code) == 6 else code


def site(address: str) -> str:
    """Name a website as people say it: without protocol and www."""
    return urlsplit(address).netloc.removeprefix("www.")


def language_name(code: str) -> str:
    """Name a language; a code that is not listed stays as it is."""
    return {
        "nl": gettext("Nederlands"),
        "en": gettext("Engels"),
        "ar": gettext("Arabisch"),
        "tr": gettext("Turks"),
        "pl": gettext("Pools"),
        "uk": gettext("Oekraïens"),
        "ti": gettext("Tigrinya"),
        "fa": gettext("Farsi"),
        "so": gettext("Somalisch"),
        "fr": gettext("Frans"),
        "de": gettext("Duits"),
        "fy": gettext("Fries"),
    }.get(code, code)
