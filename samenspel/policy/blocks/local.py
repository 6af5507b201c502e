"""What is known of an area beside the map: who looked, whether its network met, who is its verbinder; 4 queries."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from samenspel.engine.coverage.states import Cell, Norm
from samenspel.people.models import AreaContact
from samenspel.places.models import Area
from samenspel.policy.blocks.reading import Wijken, people_of, weekly_hours
from samenspel.policy.models import BlockEvidence, NeighborhoodNetwork
from samenspel.sources.vocabulary import BuildingBlock

JOBS = (AreaContact.JobTitle.CONNECTOR, AreaContact.JobTitle.PREVENTION_WORKER)
"""Who is a verbinder; a wijkteam is where questions go, and connects nobody by that."""
HANDED_ON = (BlockEvidence.Kind.TO_INFORMAL, BlockEvidence.Kind.TO_FORMAL)
QUARTER = relativedelta(months=3)


@dataclass(frozen=True)
class Verbinder:
    """Hours a week on which a verbinder can be reached, for each 1,000 residents of the area they are there for, and
    whether one is reached. How long they work nobody tells us."""

    area: str
    hours: float
    is_reached: bool


@dataclass(frozen=True)
class Local:
    """By the code of a wijk: the newest look that found nothing, the newest meeting, the newest quarter in which
    questions went each way, whether there is a network, and the verbinder (that of a wider area too).

    Only quarters that are over, so that no page tells the day on which one question was handed on.
    """

    none_found: Mapping[tuple[str, int], date]
    met_on: Mapping[str, date]
    handed_on: Mapping[str, Mapping[str, date]]
    networks: frozenset[str]
    verbinder: Mapping[str, Verbinder]


def local(municipality: str, of: Wijken, *, on: date) -> Local:
    """Read it, as it was known on a day."""
    none_found: dict[tuple[str, int], date] = {}
    met_on: dict[str, date] = {}
    handed_on: dict[str, dict[str, date]] = defaultdict(dict)
    quarter = quarter_begin(on)
    rows = BlockEvidence.objects.filter(municipality=municipality, on__lte=on).order_by("on")
    for area, block, kind, on in rows.values_list("area", "block", "kind", "on"):
        if kind == BlockEvidence.Kind.NONE_FOUND:
            none_found[area, block] = on
        elif kind == BlockEvidence.Kind.MET:
            met_on[area] = on
        elif on < quarter:
            handed_on[area][kind] = on
    networks = NeighborhoodNetwork.objects.filter(municipality=municipality).values_list("area", flat=True)
    return Local(none_found, met_on, handed_on, frozenset(networks), _verbinders(municipality, of))


def quarter_begin(on: date) -> date:
    """The first day of the quarter of a day."""
    return on.replace(month=(on.month - 1) // 3 * 3 + 1, day=1)


def looked_on(known: Local, code: str, block: int, norm: Norm, on: date) -> date | None:
    """The day on which somebody looked and found nothing; a look grows old as any evidence does."""
    looked = known.none_found.get((code, block))
    return looked if looked and looked >= on - relativedelta(months=norm.months) else None


def network_cell(known: Local, code: str, norm: Norm, on: date) -> Cell:
    """Of the network: reached when it met in time; the amount is in how many directions questions went in the last two
    quarters that are over; each of these facts is a piece of evidence."""
    met = known.met_on.get(code)
    has_met = met is not None and met >= on - relativedelta(months=norm.months)
    last = quarter_begin(on) - 2 * QUARTER
    directions = sum(known.handed_on.get(code, {}).get(kind, date.min) >= last for kind in HANDED_ON)
    is_old = not has_met and (met is not None or code in known.networks)
    return Cell(
        reached=1.0 if has_met else 0.0,
        amount=directions,
        fresh=has_met + directions,
        old=int(is_old),
        none_found_on=looked_on(known, code, BuildingBlock.NETWORK, norm, on),
    )


def verbinder_cell(known: Local, code: str, norm: Norm, on: date) -> Cell:
    """Of the verbinder: reached when they or a deputy can be reached; the amount is the hours on which, for
    1,000 residents."""
    found = known.verbinder.get(code)
    return Cell(
        reached=1.0 if found and found.is_reached else 0.0,
        amount=found.hours if found else 0.0,
        fresh=int(found is not None),
        old=0,
        none_found_on=looked_on(known, code, BuildingBlock.CONNECTOR, norm, on),
    )


def _verbinders(municipality: str, of: Wijken) -> dict[str, Verbinder]:
    """By wijk the verbinder of the smallest area around it; hours of two in one area add up."""
    people = people_of(municipality, of.codes)
    rows = AreaContact.objects.filter(municipality=municipality, job_title__in=JOBS).values_list(
        "area__code", "hours", "away", "deputy_phone"
    )
    hours: dict[str, float] = defaultdict(float)
    is_reached: dict[str, bool] = defaultdict(bool)
    for code, week, away, deputy in rows:
        hours[code] += weekly_hours(week)
        is_reached[code] |= not away or bool(deputy)
    around = _around(municipality, of)
    found = {}
    for wijk in of.codes:
        wide = next((code for code in (wijk, *around.get(wijk, ()), municipality) if code in hours), None)
        if wide is not None:
            number = sum(people.get(code, (0.0, 0.0))[0] for code in _wijken_in(wide, wijk, municipality, of, around))
            found[wijk] = Verbinder(wide, 1000 * hours[wide] / number if number else 0.0, is_reached[wide])
    return found


def _wijken_in(wide: str, wijk: str, municipality: str, of: Wijken, around: Mapping[str, list[str]]) -> list[str]:
    """The wijken whose people share a verbinder."""
    if wide == wijk:
        return [wijk]
    return [code for code in of.codes if wide == municipality or wide in around.get(code, ())]


def _around(municipality: str, of: Wijken) -> dict[str, list[str]]:
    """By wijk the kernen and working areas that hold at least one of its buurten, the smallest first."""
    rows = (
        Area.objects.filter(municipality=municipality, kind__in=[Area.Kind.VILLAGE, Area.Kind.WORKING_AREA])
        .newest()
        .values_list("code", "members__code")
    )
    size: dict[str, int] = defaultdict(int)
    found: dict[str, set[str]] = defaultdict(set)
    for code, member in rows:
        size[code] += 1
        if member in of.number:
            found[of.codes[of.number[member]]].add(code)
    return {wijk: sorted(codes, key=lambda code: (size[code], code)) for wijk, codes in found.items()}
