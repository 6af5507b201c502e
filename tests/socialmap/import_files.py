"""Small files of offerings, organizations and places for the tests of importing."""

import csv
import io
from datetime import datetime
from typing import Any

import xlsxwriter

from samenspel.people.models import Organization
from samenspel.places.models import Postcode
from samenspel.socialmap.importers import carry_out, preview
from samenspel.socialmap.models import ImportRun, MeetingPlace, Offering, Schedule, SourceRecord
from tests.people.rows import AT, BY, GM

GOOD = {
    "naam": "Dinsdagommetje",
    "soort": "activiteit",
    "samenvatting": "Samen een rondje lopen.",
    "organisatie": "Wandelclub De Ringdijk",
    "plek": "Het Peilhuis",
    "adres": "Dorpsstraat 1",
    "postcode": "1381 AB",
    "dag": "elke dinsdag",
    "begintijd": "10:00",
    "eindtijd": "11.30 uur",
    "kosten": "€ 2,50",
}


def a_line(**cells: str) -> dict[str, str]:
    return {**GOOD, **cells}


def a_csv(*lines: dict[str, str], separator: str = ";", encoding: str = "utf-8") -> bytes:
    names = list(dict.fromkeys(name for line in lines for name in line))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, names, delimiter=separator, restval="")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue().encode(encoding)


def an_xlsx(*rows: list[Any]) -> bytes:
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True})
    sheet = book.add_worksheet()
    day, clock = book.add_format({"num_format": "dd-mm-yyyy"}), book.add_format({"num_format": "hh:mm"})
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            style = day if hasattr(cell, "year") else clock if hasattr(cell, "hour") else None
            sheet.write(number, place, cell, style)
    book.close()
    return memory.getvalue()


def looked_at(data: bytes, *, kind: str = "offerings", at: datetime = AT, file_name: str = "lijst.csv") -> ImportRun:
    return preview(data, file_name=file_name, kind=kind, municipality=GM, by=BY, at=at)


def read_in(data: bytes, *, kind: str = "offerings", at: datetime = AT) -> ImportRun:
    return carry_out(run=looked_at(data, kind=kind, at=at), by=BY, at=at)


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    report = run.report
    return report["new"], report["changed"], report["unchanged"], report["refused"]


def problems(run: ImportRun) -> list[tuple[int | None, str]]:
    return [(one["line"], one["field"]) for one in run.report["refusals"]]


def rows() -> tuple[int, ...]:
    """How many organizations, places, offerings, times and records read there are."""
    return tuple(model.objects.count() for model in (Organization, MeetingPlace, Offering, Schedule, SourceRecord))


def postcodes(*codes: str) -> None:
    Postcode.objects.bulk_create(
        Postcode(code=code, municipality=GM, longitude=5.25, latitude=52.55, source="test") for code in codes
    )
