"""All public figures of a municipality as rows, the same for page, file, command and API; licence CC0.

Counts of people are there for quarters that are over only, so that two publications after each other never differ by
one question. What is counted once is told once: "in eigen kring" is a layer of the shift, and questions themselves are
not counted here, for the page of a wijk tells of those; here stands only how long they took, in the whole municipality,
of quarters that lie so far back that nearly all of them ended.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from statistics import median
from typing import Any

from samenspel.engine.calendar import ZONE
from samenspel.engine.privacy import LEAST, STEP
from samenspel.engine.shift import ASKED, MOMENTS, OFFERED, Shift
from samenspel.handover.counting import days_between
from samenspel.handover.models import EndedQuestion, HelpRequest
from samenspel.handover.states import State
from samenspel.outcomes import shift as ledger
from samenspel.outcomes.models import UnmetNeed
from samenspel.outcomes.periods import Period, quarter_of
from samenspel.outcomes.unmet import NO_PLACE, UnmetRow, periods_of, unmet_needs
from samenspel.places.lookup import plain_name
from samenspel.places.models import Area
from samenspel.policy.blocks import matrix
from samenspel.policy.models import BlockState
from samenspel.socialmap.importers.formulas import csv_file
from samenspel.strength.definitions import definitions
from samenspel.strength.suppression import AREA, LAYER, THEME, Row, gated

LICENCE = "CC0-1.0"
THEMED = (ASKED, OFFERED)
"""The moments of which the theme is known."""
SETTLED = timedelta(days=183)
"""How long a quarter must be over before its days are told: by then nearly every question has its end."""
MEASURES = {
    "block_state": "De stand van een bouwsteen: present, partly, missing of unknown. Onbekend is niet: ontbreekt.",
    "block_reached": "Deel van de inwoners (0 tot 1) dat dichtbij genoeg woont.",
    "block_reached_older": "Hetzelfde, van inwoners van 65 jaar en ouder.",
    "block_amount": "Wat een inwoner gemiddeld binnen bereik heeft, in de eenheid van de bouwsteen.",
    "block_per_thousand": (
        "Ruimte voor elke 1.000 inwoners. Bij bouwsteen 5: uren per week waarop u de verbinder kunt bereiken."
    ),
    "unmet": "Hoe vaak inwoners iets zochten en niet vonden, per kwartaal van hele weken.",
    "shift_asked": "Op welke laag mensen dit meestal zoeken. Laag 0 is de eigen kring, laag 4 de specialist.",
    "shift_offered": "Op welke laag de voordeur iets vond.",
    "shift_solved": "Op welke laag het lukte; laag 0 is in eigen kring.",
    "shift_returned": "Op welke laag een vraag terugkwam.",
    "shift_movement": "Gemiddelde laag gevraagd min opgelost; boven 0 is lichter.",
    "shift_return_rate": "Teruggekomen voor elke vraag die was opgelost.",
    "shift_collective": "Deel (0 tot 100) dat samen met anderen ging.",
    "days_to_contact": "Dagen tot het eerste gesprek: de helft van de vragen korter, de helft langer.",
    "days_to_helped": "Dagen tot het hielp: de helft van de vragen korter, de helft langer.",
    "hands": "Handen per vraag: de helft van de vragen minder, de helft meer.",
}
"""What each measure says; its version stands in every row."""
_HELPED = (State.HELPED, State.OWN_CIRCLE)
_WHY = {label: key for key, label in UnmetNeed.Why.choices}
_OF_THE_MAP = "sociale kaart, normen van de raad"
_COUNTED = "tellingen over niemand"


def statistics(municipality: str, *, at: datetime) -> tuple[Row, ...]:
    """Every public figure, in an order that stays; a number of queries that grows with the quarters only."""
    on = at.astimezone(ZONE).date()
    name = _names(municipality).get(municipality, municipality)
    rows = [
        *_blocks(municipality, on),
        *_unmet(municipality, name, at),
        *_shift(municipality, name, at),
        *_days(municipality, name, on),
    ]
    return tuple(sorted(gated(rows), key=lambda row: row.id))


def as_data(row: Row) -> dict[str, Any]:
    """A row as file and API give it, its keys in the order of a table."""
    given = dict(zip(COLUMNS, (row.id, *row), strict=False))  # without the last field, that only `gated` needs
    if row.as_of:
        given["as_of"] = row.as_of.isoformat()
    return given


COLUMNS = ["id", *Row._fields[:-1]]


def document(municipality: str, *, at: datetime) -> dict[str, Any]:
    """All rows with what they mean, as one document; a table of them is `as_csv` of its items."""
    return _document(municipality, at.astimezone(ZONE).date(), statistics(municipality, at=at))


@lru_cache(maxsize=1)
def csv_of(rows: tuple[Row, ...]) -> bytes:
    """Rows as a file; the last one is kept, by all that stands in it."""
    return as_csv([as_data(row) for row in rows])


@lru_cache(maxsize=1)
def json_of(municipality: str, on: date, rows: tuple[Row, ...]) -> bytes:
    """The document of a day as a file; the last one is kept, by all that stands in it."""
    return json.dumps(_document(municipality, on, rows), ensure_ascii=False).encode()


def _document(municipality: str, on: date, rows: Sequence[Row]) -> dict[str, Any]:
    known = definitions()
    return {
        "municipality": municipality,
        "published_on": on.isoformat(),
        "license": LICENCE,
        "definition_version": known.version,
        "least": LEAST,
        "rounded_down_to": STEP,
        "measures": MEASURES,
        "not_measured": list(known.not_measured["nl"]),
        "items": [as_data(row) for row in rows],
    }


def as_csv(items: Sequence[Mapping[str, Any]]) -> bytes:
    """Rows of a document as a file for a spreadsheet; what is not there is an empty cell."""
    rows = [[cell if type(cell) is str else _cell(cell) for cell in one.values()] for one in items]
    return csv_file([COLUMNS, *rows])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)


def _names(municipality: str, **of: str) -> dict[str, str]:
    areas = Area.objects.filter(municipality=municipality, **of).order_by("year")
    return {code: plain_name(name) for code, name in areas.values_list("code", "name")}


def _blocks(municipality: str, on: date) -> Iterator[Row]:
    found = matrix(municipality)
    for code, name, states in zip(found.wijken.codes, found.wijken.names, found.rows, strict=True):
        for state in states:
            if state:
                yield from _block(state, name, on, code)


def _block(state: BlockState, name: str, on: date, code: str) -> Iterator[Row]:
    """A state and the four figures behind it; of what is unknown the figures are not measured."""
    about: dict[str, Any] = {
        "period": on.isoformat(),
        "area": code,
        "area_name": name,
        "part": f"block-{state.block}",
        "n": state.fresh,
        "source": _OF_THE_MAP,
        "as_of": on,
        "definition_version": definitions().version,
    }
    yield Row(measure="block_state", word=state.state, **about)
    is_known = state.state != BlockState.State.UNKNOWN
    for figure in ("reached", "reached_older", "amount", "per_thousand"):
        yield Row(measure=f"block_{figure}", value=getattr(state, figure) if is_known else None, **about)


def _unmet(municipality: str, name: str, at: datetime) -> Iterator[Row]:
    """What was looked for and not found; the file has no years, so that each figure stands in one sum only."""
    wijken = _names(municipality, kind=Area.Kind.DISTRICT)  # a kern or buurt is often called as its wijk
    codes = {called: code for code, called in wijken.items()} | {NO_PLACE: ""}
    for period in periods_of(municipality, at=at):
        if period.quarter:
            table = unmet_needs(municipality, period)
            areas = [(codes.get(area, area), area) for area in table.areas]
            for row in table.rows:
                total = _unmet_total(row, period, municipality, name)
                yield total
                for (area, called), figure in zip(areas, row.areas, strict=True):
                    yield _part_of(total, total.id, AREA, area, called, figure, part=total.part)


def _unmet_total(row: UnmetRow, period: Period, municipality: str, name: str) -> Row:
    return Row(
        measure="unmet",
        period=f"{period.year}Q{period.quarter}",
        area=municipality,
        area_name=name,
        part=f"{row.need}-{_WHY[row.why]}" if row.need else UnmetNeed.Why.NOT_UNDERSTOOD,
        value=row.total,
        is_hidden=row.total is None,
        source=_COUNTED,
        as_of=period.last_day,
        definition_version=definitions().version,
        is_count=True,
    )


def _shift(municipality: str, name: str, at: datetime) -> Iterator[Row]:
    """The ledger: each layer stands in the number of its moment, and is split by area and by theme."""
    for table in ledger.shift_of(municipality, at=at):
        for moment in MOMENTS:
            whole = getattr(table.whole, moment)
            number = Row(
                measure=f"shift_{moment}",
                period=table.quarter,
                area=municipality,
                area_name=name,
                value=whole.n,
                is_hidden=whole.n is None,
                source=_COUNTED,
                as_of=_last_day(table.quarter),
                definition_version=ledger.VERSION,
                is_count=True,
            )
            yield number
            for layer, figure in enumerate(whole.layers):
                total = _part_of(number, number.id, LAYER, municipality, name, figure, part=f"layer-{layer}")
                yield total
                key = total.id
                for one in table.areas:
                    area = "" if one.key == municipality else one.key
                    yield _part_of(total, key, AREA, area, one.name, _layer(one.shift, moment, layer), part=total.part)
                for one in table.themes if moment in THEMED else ():
                    part = f"{total.part}-{one.key or 'unknown'}"
                    figure_of = _layer(one.shift, moment, layer)
                    yield _part_of(total, key, THEME, municipality, name, figure_of, part=part)
        yield from _moved(table, municipality, name)


def _layer(shift: Shift, moment: str, layer: int) -> int | None:
    figure: int | None = getattr(shift, moment).layers[layer]
    return figure


def _moved(table: ledger.ShiftTable, municipality: str, name: str) -> Iterator[Row]:
    """What follows from the figures that are told, and the share that went together with others."""
    areas = [(municipality, name, table.whole)]
    areas += [("" if one.key == municipality else one.key, one.name, one.shift) for one in table.areas]
    for area, called, shift in areas:
        for measure in ("movement", "return_rate", "collective"):
            value = getattr(shift, measure)
            if value is not None:
                yield Row(
                    measure=f"shift_{measure}",
                    period=table.quarter,
                    area=area,
                    area_name=called,
                    value=value,
                    source=_COUNTED,
                    as_of=_last_day(table.quarter),
                    definition_version=ledger.VERSION,
                )


def _part_of(total: Row, key: str, split: str, area: str, name: str, figure: int | None, *, part: str) -> Row:
    """A part of a total with the id `key`."""
    return Row(
        measure=total.measure,
        period=total.period,
        area=area,
        area_name=name,
        part=part,
        value=figure,
        is_hidden=figure is None,
        adds_to=key,
        split=split,
        source=total.source,
        as_of=total.as_of,
        definition_version=total.definition_version,
        is_count=total.is_count,
    )


def _days(municipality: str, name: str, on: date) -> Iterator[Row]:
    """How long questions took that were asked in a quarter that is settled; None of fewer than LEAST; 2 queries."""
    waited: dict[tuple[str, str], list[int]] = defaultdict(list)
    quarters: set[str] = set()
    for quarter, hands, contact, helped in (*_erased(municipality), *_there(municipality)):
        if _last_day(quarter) + SETTLED < on:
            quarters.add(quarter)
            waited[quarter, "hands"].append(hands)
            waited[quarter, "days_to_contact"] += [contact] if contact is not None else []
            waited[quarter, "days_to_helped"] += [helped] if helped is not None else []
    for quarter in sorted(quarters):
        for measure in ("days_to_contact", "days_to_helped", "hands"):
            known = waited[quarter, measure]
            is_told = len(known) >= LEAST
            yield Row(
                measure=measure,
                period=quarter,
                area=municipality,
                area_name=name,
                value=float(median(known)) if is_told else None,
                is_hidden=not is_told,
                source="vragen van inwoners",
                as_of=_last_day(quarter),
                definition_version=definitions().version,
            )


_Asked = tuple[str, int, int | None, int | None]
"""Of a question: the quarter in which it was asked, its hands, the days until contact, and until it helped."""


def _erased(municipality: str) -> list[_Asked]:
    rows = EndedQuestion.objects.filter(municipality=municipality)
    return list(rows.values_list("quarter", "hands", "days_to_contact", "days_to_helped"))


def _there(municipality: str) -> list[_Asked]:
    rows = HelpRequest.objects.filter(municipality=municipality)
    return [
        (quarter_of(asked), hands, days_between(asked, met), days_between(asked, ended if state in _HELPED else None))
        for asked, met, ended, state, hands in rows.values_list(
            "asked_at", "first_contact_at", "ended_at", "state", "hands"
        )
    ]


def _last_day(quarter: str) -> date:
    """The last day of a quarter of the calendar ("2026Q3")."""
    year, number = int(quarter[:4]), int(quarter[-1])
    return date(year + number // 4, number % 4 * 3 + 1, 1) - timedelta(days=1)
