"""Which buurten a PC4 covers: puts right the point of a PC4 that lies in none of them.

A good point stays. A wrong one moves to the buurt where most people of the PC4 live: its share of the area times the
density of the buurt. The share alone would send most of them into the empty land around a village; it decides only
where no density is known (read the figures first).
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from samenspel.places.importers.report import FileRefused, ImportReport, LineRefused
from samenspel.places.lookup import Locator
from samenspel.places.models import Area, AreaFigures, Postcode

PUT_RIGHT = "CBS postcodevlakken en buurten, CC BY 4.0"
"""The source of a point that was put right; a PC4 file that is read again leaves such a point alone."""

_SHARE = re.compile(r"0(\.[0-9]{1,15})?|1(\.0{1,15})?")


@dataclass(frozen=True)
class _Share:
    line: int
    neighborhood: Area
    share: float


def put_right(lines: Iterator[tuple[int, dict[str, str]]], locator: Locator, report: ImportReport) -> None:
    """Give every PC4 whose point lies outside its own buurten a point in the buurt where most of its people live."""
    if not len(locator):
        raise FileRefused("er zijn nog geen buurten ingelezen; lees die eerst in")
    known = {
        postcode.code: postcode
        for postcode in Postcode.objects.filter(code__regex=r"^[0-9]{4}$")
        .select_related("neighborhood")
        .defer("neighborhood__boundary")
    }
    shares = _shares(lines, known, locator, report)
    wrong = {code for code, own in shares.items() if _is_wrong(known[code], own)}
    density = _density()
    changed = [known[code] for code in sorted(wrong) if _move(known[code], _main(shares[code], density), locator)]
    report.merged(changed=len(changed), unchanged=sum(map(len, shares.values())) - len(changed))
    with transaction.atomic():
        Postcode.objects.bulk_update(
            changed, ["longitude", "latitude", "neighborhood", "municipality", "source"], batch_size=100
        )


def _shares(
    lines: Iterator[tuple[int, dict[str, str]]], known: dict[str, Postcode], locator: Locator, report: ImportReport
) -> dict[str, list[_Share]]:
    shares: dict[str, list[_Share]] = defaultdict(list)
    first_seen: dict[tuple[str, str], int] = {}
    for line, cells in lines:
        try:
            share = _share(line, cells, known, locator)
            if (first := first_seen.setdefault((cells["pc4"], share.neighborhood.code), line)) != line:
                raise LineRefused(
                    "buurtcode", f"{share.neighborhood.code} bij {cells['pc4']} staat al op regel {first}"
                )
        except LineRefused as refused:
            report.refuse(line, refused.field, refused.reason)
        else:
            shares[cells["pc4"]].append(share)
    return shares


def _share(line: int, cells: dict[str, str], known: dict[str, Postcode], locator: Locator) -> _Share:
    if cells["pc4"] not in known:
        raise LineRefused(
            "pc4", f"{cells['pc4'][:40]!r} is nog niet ingelezen; lees eerst de postcodes van vier cijfers in"
        )
    neighborhood = locator.with_code(cells["buurtcode"])
    if neighborhood is None:
        raise LineRefused("buurtcode", f"{cells['buurtcode'][:40]!r} is geen buurt die wij kennen")
    if not _SHARE.fullmatch(cells["aandeel_pc4_opp"]):
        raise LineRefused("aandeel_pc4_opp", f"{cells['aandeel_pc4_opp'][:40]!r} is geen getal van 0 tot en met 1")
    return _Share(line, neighborhood, float(cells["aandeel_pc4_opp"]))


def _is_wrong(postcode: Postcode, shares: list[_Share]) -> bool:
    """The point lies outside its own buurten, or did and is judged again by what is known now."""
    own = {share.neighborhood.code for share in shares}
    return postcode.source == PUT_RIGHT or postcode.neighborhood is None or postcode.neighborhood.code not in own


def _density() -> dict[int, float]:
    """Residents per km² by area id, for the buurten where it is known."""
    rows = AreaFigures.objects.filter(area__kind=Area.Kind.NEIGHBORHOOD).values_list("area_id", "values")
    return {area: values["density_per_km2"] for area, values in rows if "density_per_km2" in values}


def _main(shares: list[_Share], density: dict[int, float]) -> Area:
    """The buurt with most people of a PC4, as far as known; else with most of its area."""

    def weight(one: _Share) -> tuple[float, float, str]:
        return one.share * density.get(one.neighborhood.pk, 0), one.share, one.neighborhood.code

    return max(shares, key=weight).neighborhood


def _move(postcode: Postcode, to: Area, locator: Locator) -> bool:
    """Put the postcode at the inner point of a buurt; False when it was there already."""
    if to.longitude is None or to.latitude is None:
        return False
    if (postcode.longitude, postcode.latitude) == (to.longitude, to.latitude):
        return False
    postcode.longitude, postcode.latitude = to.longitude, to.latitude
    postcode.neighborhood = locator.find(latitude=to.latitude, longitude=to.longitude) or to
    postcode.municipality = postcode.neighborhood.municipality
    postcode.source = PUT_RIGHT
    return True
