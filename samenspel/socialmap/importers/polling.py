"""The list of polling places of an election as meeting places: buildings that are open to everyone.

Form: "Waar is mijn stemlokaal" (Open State Foundation, CC0), as cleaned by Centerdata: gemeentecode, naam, type,
gebruiksdoel, straat, huisnummer, huisletter, postcode, plaats, lat, lon, open, toegankelijk. Names and opening times
are those of election day: the name is tidied, the times are not taken. What a list cannot say stays unknown.
"""

import re
from math import cos, hypot, radians
from typing import Any

from samenspel.people.checks import whole_postcode
from samenspel.places.geometry import place_problem
from samenspel.places.importers.report import ImportReport
from samenspel.socialmap.importers import values
from samenspel.socialmap.importers.columns import key_of
from samenspel.socialmap.importers.records import Kind, Record
from samenspel.socialmap.importers.tables import Table
from samenspel.socialmap.importers.values import Unreadable

COLUMNS = (
    "id", "gemeentecode", "naam", "type", "gebruiksdoel", "straat", "huisnummer", "postcode", "plaats", "lat", "lon",
    "toegankelijk",
)  # fmt: skip
NEAR = 50
"""Metres between two records of one building."""
_STEP_FREE = {"ja": "yes", "nee": "no"}
_NOT_A_BUILDING = re.compile(
    r"\bmobiel|stembus\b|verkiezingsbus|\btent\b|portakabin|\bcontainer\b|drive[- ]?(thru|through|in)\b|pop-?up|"
    r"parkeerplaats|parkeerterrein|tijdelijke? (unit|stem)",
    re.IGNORECASE,
)
_NOT_TO_MEET = re.compile(
    r"\bpeniten|\bgevangenis|huis van bewaring|justitieel|ziekenhuis|\bkliniek|\bggz\b|medisch centrum|\bumc\b|"
    r"crematori|uitvaart|begraafplaats|\b(trein|bus|metro|ns|centraal|wsd)[- ]?station|stationshal|brandweer|"
    r"politiebureau|supermarkt|\balbert heijn\b|tankstation",
    re.IGNORECASE,
)
_CELLS = "celfunctie"
"""The use of a building that is a prison and nothing else."""
_TIDY = re.compile(
    r"(\s*[-,(/]?\s*\b(stembureau|stemlokaal|stembur\.?|zaal|nummer|nr\.?)\s*\d+(\s*(/|en)\s*\d+)?\)?\s*$)"
    r"|(\s*\(\s*(nummer |nr\.? |zaal )?\d+\s*\)\s*$)|(\s+-?\s*\d/\d\s*$)|(\s*\((grote|kleine)? ?zaal\)\s*$)"
    r"|(^\s*stembureau\s*(\d+)?\s*[-:,]?\s*(?=\S))",
    re.IGNORECASE,
)


def is_polling(header: list[str]) -> bool:
    """Whether a file has the columns of this form."""
    return set(COLUMNS) <= set(header)


def read(table: Table, municipality: str, report: ImportReport) -> list[Record]:
    """The meeting places of one municipality, doubles merged; what is left out is told in the report."""
    found: list[Record] = []
    mobile = elsewhere = 0
    for line, cells in table.rows:
        row = dict(zip(table.header, cells, strict=True))
        if row["gemeentecode"] != municipality:
            elsewhere += 1
        elif row["type"] == "mobiel" or _NOT_A_BUILDING.search(row["naam"]):
            mobile += 1
        elif reason := _why_not(row):
            report.note(line, "naam", f"{row['naam'][:80]}: niet overgenomen, {reason}")
        elif record := _record(line, row, report):
            _add(found, record, report)
    if elsewhere:
        report.note(None, "gemeentecode", f"{elsewhere} regels van andere gemeenten zijn overgeslagen")
    if mobile:
        report.note(None, "type", f"{mobile} mobiele of tijdelijke stemlokalen zijn overgeslagen")
    return found


def lines_of(record: Record) -> list[int]:
    """The lines that were merged into a record."""
    return [int(one["regel"]) for one in record.sources.values()]


def tidy(name: str) -> str:
    """A name without what only election day needed: "Het Honk, stembureau 12" becomes "Het Honk"."""
    plain = " ".join(name.split())
    while (shorter := _TIDY.sub("", plain).strip(" -,")) != plain and shorter:
        plain = shorter
    return f"'{plain}" if plain.startswith("t ") else plain


def _why_not(row: dict[str, str]) -> str:
    found = _NOT_TO_MEET.search(row["naam"])
    if found and "voormalig" not in row["naam"].lower():
        return f"hier komt men niet om elkaar te ontmoeten ({found.group().strip().lower()})"
    return "het gebouw is een gevangenis" if row["gebruiksdoel"].lower() == _CELLS else ""


def _record(line: int, row: dict[str, str], report: ImportReport) -> Record | None:
    try:
        point = {"latitude": values.degrees(row["lat"]), "longitude": values.degrees(row["lon"])}
        name = tidy(values.clean(row["naam"]))
    except Unreadable as reason:
        report.refuse(line, "lat, lon", str(reason))
        return None
    if problem := place_problem(point["longitude"], point["latitude"], point["longitude"], point["latitude"]):
        report.refuse(line, "lat, lon", problem)
        return None
    facts: dict[str, Any] = point | {
        "name": name,
        "street": row["straat"].strip(),
        "house_number": (row["huisnummer"] + row.get("huisletter", "")).strip(),
        "postcode": whole_postcode(row["postcode"]),
        "city": row["plaats"].strip(),
        "step_free": _STEP_FREE.get(row["toegankelijk"].lower(), "unknown"),
    }
    remainder = {"regel": str(line), "naam": row["naam"], "gebruiksdoel": row["gebruiksdoel"],
                 "extra_adres": row.get("extra_adres", "")}  # fmt: skip
    source = f"stemlokalen-{row.get('open', '')[:4]}".rstrip("-")
    return Record(kind=Kind.PLACE.value, source=source, source_id=row["id"], line=line, name=name, facts=facts,
                  sources={row["id"]: remainder})  # fmt: skip


def _add(found: list[Record], record: Record, report: ImportReport) -> None:
    """Add a record, or merge it with one of the same building."""
    same = next((one for one in found if _is_same(one, record)), None)
    if same is None:
        found.append(record)
        return
    same.sources |= record.sources
    if same.facts["step_free"] != record.facts["step_free"]:
        same.facts["step_free"] = "unknown"  # two doors, or two opinions: for the host to say
    report.note(record.line, "naam", f"{record.name[:80]}: hetzelfde gebouw als regel {same.line}; samengevoegd")


def _is_same(one: Record, other: Record) -> bool:
    """The same address, or a similar name within 50 metres."""
    if _address(one) and _address(one) == _address(other):
        return True
    return _metres(one.facts, other.facts) < NEAR and _alike(one.name, other.name)


def _address(record: Record) -> tuple[str, str] | None:
    facts = record.facts
    return (facts["postcode"], key_of(facts["house_number"])) if facts["postcode"] and facts["house_number"] else None


def _alike(one: str, other: str) -> bool:
    short, long = sorted((key_of(one), key_of(other)), key=len)
    return len(short) >= 4 and short in long


def _metres(one: dict[str, Any], other: dict[str, Any]) -> float:
    """Between two points, near enough within a town."""
    north = one["latitude"] - other["latitude"]
    east = (one["longitude"] - other["longitude"]) * cos(radians(one["latitude"]))
    return 111_195 * hypot(north, east)
