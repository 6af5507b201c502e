"""Areas of a municipality's own making: a kern, or what one wijkteam covers, as a set of buurten."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from django.db import transaction

from samenspel.places.codes import MUNICIPALITY_CODE, kind_of
from samenspel.places.geometry import boundary_fields, shape_of
from samenspel.places.models import Area

KINDS = (Area.Kind.VILLAGE, Area.Kind.WORKING_AREA)


class WorkingAreaRefused(ValueError):
    """A working area that cannot be; `field` is the argument, the message says why in Dutch."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


@dataclass(frozen=True)
class Defined:
    """The area as it is stored now, and whether this call made or changed it."""

    area: Area
    is_new: bool
    is_changed: bool


def define_working_area(
    *, municipality: str, code: str, name: str, kind: str, members: Sequence[str], year: int, source: str = ""
) -> Defined:
    """Store an area over the buurten `members` (CBS codes of `year`); its boundary is their union.

    The same call again changes nothing. Raises WorkingAreaRefused when a fact is wrong or a buurt is unknown, of
    another municipality or of another year.
    """
    _check(municipality, code, name, kind, members)
    buurten = _members(municipality, members, year)
    facts = {"kind": kind, "name": name.strip(), "source": source, **_union(buurten)}
    with transaction.atomic():
        stored = Area.objects.filter(municipality=municipality, code=code, year=year).first()
        if stored and _same(stored, facts, buurten):
            return Defined(stored, is_new=False, is_changed=False)
        area, is_new = Area.objects.update_or_create(municipality=municipality, code=code, year=year, defaults=facts)
        area.members.set(buurten)
    return Defined(area, is_new=is_new, is_changed=not is_new)


def _check(municipality: str, code: str, name: str, kind: str, members: Sequence[str]) -> None:
    if not MUNICIPALITY_CODE.fullmatch(municipality):
        raise WorkingAreaRefused("municipality", f"{municipality!r} is geen code van een gemeente")
    if not code.strip() or len(code) > 40 or not code.isprintable():
        raise WorkingAreaRefused("code", "een werkgebied heeft een code van 1 tot 40 tekens")
    if kind_of(code) is not None:
        raise WorkingAreaRefused("code", f"{code} is een code van het CBS; kies een eigen code, zoals TEAM-OOST")
    if not name.strip() or len(name) > 120 or not name.isprintable():
        raise WorkingAreaRefused("name", "een werkgebied heeft een naam van 1 tot 120 tekens")
    if kind not in KINDS:
        raise WorkingAreaRefused("kind", f"{kind!r} is geen soort werkgebied; kies uit: {', '.join(KINDS)}")
    if not members:
        raise WorkingAreaRefused("members", "een werkgebied bestaat uit ten minste één buurt")
    if twice := {code for code in members if list(members).count(code) > 1}:
        raise WorkingAreaRefused("members", f"{min(twice)} staat er twee keer in")


def _members(municipality: str, codes: Sequence[str], year: int) -> list[Area]:
    buurten = list(Area.objects.filter(kind=Area.Kind.NEIGHBORHOOD, year=year, code__in=codes).order_by("code"))
    if missing := sorted(set(codes) - {buurt.code for buurt in buurten}):
        raise WorkingAreaRefused("members", f"{', '.join(missing)}: geen buurt van {year} die wij kennen")
    if elsewhere := [buurt.code for buurt in buurten if buurt.municipality != municipality]:
        raise WorkingAreaRefused("members", f"{', '.join(elsewhere)} ligt niet in {municipality}")
    return buurten


def _union(buurten: list[Area]) -> dict[str, Any]:
    shapes = [shape for buurt in buurten if (shape := shape_of(buurt)) is not None]
    if not shapes:
        raise WorkingAreaRefused("members", "geen van deze buurten heeft een grens")
    return boundary_fields(np.array([shapely.union_all(shapes)]))[0]


def _same(stored: Area, facts: dict[str, Any], buurten: list[Area]) -> bool:
    before = {name: getattr(stored, name) for name in facts} | {"boundary": bytes(stored.boundary or b"")}
    return before == facts and set(stored.members.values_list("pk", flat=True)) == {buurt.pk for buurt in buurten}
