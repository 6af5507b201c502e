"""Working areas of a municipality's own from TOML: `[[areas]]` with code, name and buurten."""

import tomllib
from pathlib import Path
from typing import Any

from django.db.models import Max

from samenspel.places.codes import kind_of, municipality_of
from samenspel.places.importers.files import opened
from samenspel.places.importers.report import FileRefused, ImportReport, LineRefused
from samenspel.places.models import Area
from samenspel.places.working_areas import WorkingAreaRefused, define_working_area

MAX_TOML = 2 * 1024**2
"""Bytes; the whole file is read at once."""

_FIELDS = {"municipality": "buurten", "members": "buurten"}
"""The arguments that have another name in the file."""


def import_working_areas(file: Path, *, year: int | None = None, source: str = "") -> ImportReport:
    """Merge the `[[areas]]` of one file; without `year` the newest year of the buurten. Other tables are left alone.

    `kind` is "village" (kern) or "working_area"; without it a code that starts with KERN- is a village.
    Never raises for what the file holds.
    """
    report = ImportReport(file.name, unit="gebied")
    try:
        for number, entry in enumerate(_entries(file), start=1):
            try:
                _merge(entry, year, source, report)
            except LineRefused as refused:
                report.refuse(number, refused.field, refused.reason)
            except WorkingAreaRefused as refused:
                report.refuse(number, _FIELDS.get(refused.field, refused.field), str(refused))
    except FileRefused as refused:
        report.error = str(refused)
    return report


def _entries(file: Path) -> list[Any]:
    with opened(file) as stream:
        raw = stream.read(MAX_TOML + 1)
    if len(raw) > MAX_TOML:
        raise FileRefused(f"het bestand is groter dan {MAX_TOML} bytes")
    try:
        areas = tomllib.loads(raw.decode("utf-8-sig")).get("areas")
    except UnicodeDecodeError as error:
        raise FileRefused("het bestand is geen UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise FileRefused(f"geen geldige TOML ({error})") from error
    if not isinstance(areas, list) or not areas:
        raise FileRefused("er staat geen [[areas]] in")
    return areas


def _merge(entry: Any, year: int | None, source: str, report: ImportReport) -> None:
    if not isinstance(entry, dict):
        raise LineRefused("", "geen [[areas]] met code, name en buurten")
    code, name = _text(entry, "code"), _text(entry, "name")
    buurten = entry.get("buurten")
    if not isinstance(buurten, list) or not buurten or any(not isinstance(one, str) for one in buurten):
        raise LineRefused("buurten", "is geen lijst met codes van buurten")
    if wrong := [one for one in buurten if kind_of(one) is not Area.Kind.NEIGHBORHOOD]:
        raise LineRefused("buurten", f"{wrong[0][:40]!r} is geen code van een buurt")
    defined = define_working_area(
        municipality=municipality_of(buurten[0]),
        code=code,
        name=name,
        kind=str(entry.get("kind") or _kind(code)),
        members=buurten,
        year=year or _newest_year(municipality_of(buurten[0])),
        source=source,
    )
    report.merged(new=defined.is_new, changed=defined.is_changed, unchanged=not (defined.is_new or defined.is_changed))


def _text(entry: dict[str, Any], field: str) -> str:
    value = entry.get(field)
    if not isinstance(value, str):
        raise LineRefused(field, "ontbreekt of is geen tekst")
    return value


def _kind(code: str) -> Area.Kind:
    return Area.Kind.VILLAGE if code.startswith("KERN-") else Area.Kind.WORKING_AREA


def _newest_year(municipality: str) -> int:
    buurten = Area.objects.filter(municipality=municipality, kind=Area.Kind.NEIGHBORHOOD)
    year: int | None = buurten.aggregate(newest=Max("year"))["newest"]
    if year is None:
        raise LineRefused("buurten", f"er zijn nog geen buurten van {municipality} ingelezen")
    return year
