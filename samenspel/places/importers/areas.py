"""Gemeenten, wijken and buurten from GeoJSON (WGS84), recognised by their properties, in any order."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from django.db import transaction

from samenspel.places.codes import kind_of, municipality_of, parent_of
from samenspel.places.geometry import boundary_fields, boundary_problem
from samenspel.places.importers.files import NOT_UTF8, features, opened, text_problem, year_of
from samenspel.places.importers.parents import link_parents
from samenspel.places.importers.report import FileRefused, ImportReport, LineRefused, Progress
from samenspel.places.models import Area

SOURCE = "CBS/Kadaster, CC BY 4.0"
_CHUNK = 500
"""Features per transaction: some tens of milliseconds, so that other writers hardly wait."""
_NAMES = {
    Area.Kind.NEIGHBORHOOD: ("buurtcode", "buurtnaam"),
    Area.Kind.DISTRICT: ("wijkcode", "wijknaam"),
    Area.Kind.MUNICIPALITY: ("gemeentecode", "gemeentenaam"),
}
"""Per kind the properties of its code and name, the smallest first: a buurt also names its wijk and gemeente."""
_FIELDS = (
    "kind", "name", "province", "boundary", "west", "south", "east", "north", "longitude", "latitude", "source",
)  # fmt: skip


def import_areas(
    files: Iterable[Path], *, year: int | None = None, source: str = SOURCE, progress: Progress | None = None
) -> list[ImportReport]:
    """Merge the areas of every file, then give each its parent; one report per file, in the order given.

    `year` is the year of the codes; without it each file name must carry one. Never raises for what a file holds.
    """
    reports = [_import_file(file, year, source, progress) for file in files]
    link_parents()
    return reports


def _import_file(file: Path, year: int | None, source: str, progress: Progress | None) -> ImportReport:
    report = ImportReport(file.name, unit="object")
    try:
        of_year = year_of(file, year)
        with opened(file) as stream:
            areas = _areas(features(stream, report), of_year, source, report)
            while chunk := list(islice(areas, _CHUNK)):
                _merge(chunk, report)
                if progress:
                    progress(report.file, report.read)
    except FileRefused as refused:
        report.error = str(refused)
    return report


def _areas(found: Iterator[tuple[int, Any, str]], year: int, source: str, report: ImportReport) -> Iterator[Area]:
    """The acceptable features as areas that are not saved yet; the others go to the report."""
    first_seen: dict[str, int] = {}
    while chunk := list(islice(found, _CHUNK)):
        accepted: list[tuple[int, Area]] = []
        texts: list[str] = []
        for number, feature, text in chunk:
            try:
                area = _area(feature, text, year, source)
                if (first := first_seen.setdefault(area.code, number)) != number:
                    raise LineRefused("code", f"{area.code} staat al bij object {first}")
            except LineRefused as refused:
                report.refuse(number, refused.field, refused.reason)
            else:
                accepted.append((number, area))
                texts.append(text)
        yield from _bounded(accepted, texts, report)


def _area(feature: Any, text: str, year: int, source: str) -> Area:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict) or "geometry" not in feature:
        raise LineRefused("", "geen GeoJSON-Feature met properties en geometry")
    kind = next((kind for kind, (code, _) in _NAMES.items() if code in properties), None)
    if kind is None:
        raise LineRefused("properties", "buurtcode, wijkcode of gemeentecode ontbreekt")
    code_field, name_field = _NAMES[kind]
    code = _text(properties, code_field, 10)
    if kind_of(code) is not kind:
        raise LineRefused(code_field, f"{code!r} is geen {code_field} van het CBS")
    _check_parents(kind, code, properties)
    if NOT_UTF8.search(text):
        raise LineRefused("", text_problem(text))
    return Area(
        municipality=municipality_of(code),
        code=code,
        year=year,
        kind=kind,
        name=_text(properties, name_field, 120),
        province=_text(properties, "provincie", 40) if properties.get("provincie") else "",
        source=source,
    )


def _text(properties: dict[str, Any], field: str, longest: int) -> str:
    value = properties.get(field)
    if not isinstance(value, str) or not value.strip():
        raise LineRefused(field, "ontbreekt of is leeg")
    value = value.strip()
    if len(value) > longest:
        raise LineRefused(field, f"is langer dan {longest} tekens")
    if problem := text_problem(value):
        raise LineRefused(field, problem)
    return value


def _check_parents(kind: Area.Kind, code: str, properties: dict[str, Any]) -> None:
    expected = {"gemeentecode": municipality_of(code)}
    if kind == Area.Kind.NEIGHBORHOOD:
        expected["wijkcode"] = parent_of(code)
    for field, value in expected.items():
        if properties.get(field, value) != value:
            raise LineRefused(field, f"{properties[field]!r} past niet bij {code}: dat ligt in {value}")


def _bounded(accepted: list[tuple[int, Area]], texts: list[str], report: ImportReport) -> Iterator[Area]:
    with np.errstate(all="ignore"):  # a coordinate of 1e400 is refused below, not warned about
        shapes = shapely.force_2d(shapely.from_geojson(np.array(texts, dtype=object), on_invalid="ignore"))
    problems = [boundary_problem(shape) for shape in shapes]
    for (number, _), problem in zip(accepted, problems, strict=True):
        if problem:
            report.refuse(number, "geometry", problem)
    good = [place for place, problem in enumerate(problems) if not problem]
    for place, fields in zip(good, boundary_fields(shapes[good]), strict=True):
        area = accepted[place][1]
        for name, value in fields.items():
            setattr(area, name, value)
        yield area


def _merge(areas: list[Area], report: ImportReport) -> None:
    """Write what is new or differs, in one short transaction; later readers see all of the chunk or none."""
    stored = {
        area.code: area for area in Area.objects.filter(year=areas[0].year, code__in=[area.code for area in areas])
    }
    new = [area for area in areas if area.code not in stored]
    changed = [area for area in areas if area.code in stored and _facts(area) != _facts(stored[area.code])]
    if new or changed:
        with transaction.atomic():
            Area.objects.bulk_create(
                new + changed,
                update_conflicts=True,
                unique_fields=["municipality", "code", "year"],
                update_fields=_FIELDS,
            )
    report.merged(new=len(new), changed=len(changed), unchanged=len(areas) - len(new) - len(changed))


def _facts(area: Area) -> list[Any]:
    return [bytes(value) if isinstance(value := getattr(area, name), memoryview) else value for name in _FIELDS]
