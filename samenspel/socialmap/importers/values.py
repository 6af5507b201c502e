"""What people type in a cell, read as a value: dates, times, money, days of the week. Pure; errors are Dutch."""

import re
import unicodedata
from datetime import date, time

from samenspel.engine.days import iso_day
from samenspel.engine.dutch import fold

WEEKDAYS = {
    "maandag": "MO", "dinsdag": "TU", "woensdag": "WE", "donderdag": "TH", "vrijdag": "FR", "zaterdag": "SA",
    "zondag": "SU", "ma": "MO", "di": "TU", "wo": "WE", "do": "TH", "vr": "FR", "za": "SA", "zo": "SU",
}  # fmt: skip
ORDINALS = {
    "eerste": "1", "1e": "1", "1ste": "1", "tweede": "2", "2e": "2", "2de": "2", "derde": "3", "3e": "3", "3de": "3",
    "vierde": "4", "4e": "4", "4de": "4", "laatste": "-1",
}  # fmt: skip
_EVERY = {"elke", "iedere", "op", "in", "de", "van", "en", "en/of", "week", "per", "wekelijks", "op:", "s"}
_MONTH = {"maand", "maandelijks"}
_TWO_WEEKS = re.compile(
    r"\b(om de week|om de (twee|2) weken|(elke|iedere|per|eens per|1x per|een keer per) (twee|2) weken|tweewekelijks|"
    r"2-wekelijks|14-daags|(elke|iedere) (andere|14 dagen))\b"
)
_DAYS = {"werkdagen": "MO,TU,WE,TH,FR", "doordeweeks": "MO,TU,WE,TH,FR", "weekend": "SA,SU"}
_DATE = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00)?)?")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.u](\d{2})(?::00)?)?\s*(?:uur|u|h)?")
_MONEY = re.compile(r"(?:€|euro?)?\s*(\d{1,7})(?:[.,](\d{1,2}|-))?\s*(?:€|euro?)?(?:\s+(\D.*))?", re.IGNORECASE)
_HIDDEN = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad\u200e\u200f"))
_TURNS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


class Unreadable(ValueError):
    """A cell cannot be read; the message says in Dutch why and what can be written instead."""


def clean(text: str) -> str:
    """A cell as it is kept: one form of accents, no hidden signs, no space around; raises Unreadable."""
    if _TURNS.search(text):
        raise Unreadable("hier staat een teken in dat de leesrichting omdraait; typ de tekst opnieuw")
    text = unicodedata.normalize("NFC", text.translate(_HIDDEN)).replace("\u00a0", " ")
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def day(text: str) -> date:
    """A date as 12-10-2026 (also / and .), or as 2026-10-12; raises Unreadable."""
    try:
        if found := _ISO.fullmatch(text):
            return iso_day(found[1])
        if found := _DATE.fullmatch(text):
            read = date(int(found[3]), int(found[2]), int(found[1]))
            if 2000 <= read.year <= 2100:
                return read
    except ValueError:
        pass
    raise Unreadable(f"'{text[:40]}' is geen datum; schrijf dd-mm-jjjj, zoals 12-10-2026")


def clock(text: str) -> time:
    """A time as 10:00, 10.00 uur, 10u30 or 10 uur; raises Unreadable."""
    found = _CLOCK.fullmatch(text.lower())
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise Unreadable(f"'{text[:40]}' is geen tijd; schrijf 10:00")
    return time(int(found[1]), int(found[2] or 0))


def whole(text: str) -> int:
    """A whole number from 0; raises Unreadable."""
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise Unreadable(f"'{text[:40]}' is geen heel getal van 0 of meer")
    return int(text)


def degrees(text: str) -> float:
    """Degrees with a comma or point; raises Unreadable."""
    if not re.fullmatch(r"-?\d{1,3}([.,]\d{1,15})?", text, flags=re.ASCII):
        raise Unreadable(f"'{text[:40]}' is geen getal in graden, zoals 52,551")
    return float(text.replace(",", "."))


def money(text: str) -> tuple[str, int | None, str]:
    """The kind of cost, whole cents and what is said beside it ("per keer"); raises Unreadable."""
    plain = fold(text).strip()
    if plain in ("gratis", "vrij", "geen", "0", "€ 0", "nee", "kosteloos", "0,00", "€ 0,00"):
        return "free", None, ""
    if plain in ("onbekend", "niet bekend", "?", "kosten niet bekend"):
        return "unknown", None, ""
    if plain in ("vrijwillige bijdrage", "vrije gift", "vrijwillig", "donatie"):
        return "voluntary", None, ""
    if plain == "betaald":
        return "paid", None, ""
    found = _MONEY.fullmatch(" ".join(text.split()))
    if not found:
        raise Unreadable(f"'{text[:40]}' is geen bedrag; schrijf gratis, onbekend of een bedrag als € 2,50")
    cents = (found[2] or "0").replace("-", "0").ljust(2, "0")
    return "paid", int(found[1]) * 100 + int(cents), found[3] or ""


def recurrence(text: str) -> str | date:
    """A rule of RFC 5545 for "elke dinsdag" and the like, or the one date that it is; raises Unreadable.

    Understands weekdays (one or more), every week, every two weeks, the first to fourth or last of a month, every
    day, and days from Monday to Friday.
    """
    plain = " ".join(fold(text).replace(",", " ").replace("&", " en ").split())
    if _DATE.fullmatch(plain) or _ISO.fullmatch(plain):
        return day(plain)
    if plain in ("dagelijks", "elke dag", "iedere dag", "alle dagen"):
        return "FREQ=DAILY"
    two_weeks = bool(_TWO_WEEKS.search(plain))
    words = _TWO_WEEKS.sub(" ", plain).split()
    days, ordinals, unknown, monthly = _sorted_out(words)
    if unknown or not days or (ordinals and two_weeks) or (monthly and not ordinals):
        raise Unreadable(
            f"'{text[:60]}' begrijpen wij niet; schrijf elke dinsdag, om de week op woensdag, "
            "eerste maandag van de maand, of een datum als 12-10-2026"
        )
    if ordinals:
        return "FREQ=MONTHLY;BYDAY=" + ",".join(f"{ordinal}{one}" for ordinal in ordinals for one in days)
    return f"FREQ=WEEKLY{';INTERVAL=2' if two_weeks else ''};BYDAY={','.join(days)}"


def _sorted_out(words: list[str]) -> tuple[list[str], list[str], list[str], bool]:
    """The days, the ordinals, the words that are neither, and whether it speaks of months."""
    days: list[str] = []
    ordinals: list[str] = []
    unknown: list[str] = []
    for word in words:
        if word in ORDINALS:
            ordinals.append(ORDINALS[word])
        elif word in _DAYS:
            days += _DAYS[word].split(",")
        elif (named := word.removesuffix("en") if word.endswith("dagen") else word.removesuffix("s")) in WEEKDAYS:
            days.append(WEEKDAYS[named])
        elif word not in _EVERY and word not in _MONTH:
            unknown.append(word)
    return list(dict.fromkeys(days)), list(dict.fromkeys(ordinals)), unknown, bool(_MONTH & set(words))
