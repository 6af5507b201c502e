"""The rows of `bench_overview`: wijken with all that stands there, judged, and the year before."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from math import cos, pi, sin
from typing import Any

HERE = "GM9901"
BUURTEN, POSTCODES, PLACES, OFFERINGS, STATES = 5, 20, 5, 30, 4
"""Of a wijk or a buurt, and the states that each block had before."""


def made(**given: Any) -> None:
    """Wijken with all that stands there, judged."""
    from dataclasses import replace

    from django.db import connection

    from samenspel.audit.action import Actor, action
    from samenspel.policy.blocks import refresh
    from samenspel.policy.models import FrameworkVersion
    from samenspel.policy.norms import EXAMPLE_NORMS, norms_of, set_norm
    from tests.policy.rows import a_framework

    by, at = Actor("system", "bench"), datetime.now(UTC)
    for facts in () if norms_of(HERE) else EXAMPLE_NORMS.values():
        stated = replace(facts, document="bench", since=date(2024, 1, 1))
        set_norm(municipality=HERE, facts=stated, by=by, at=at)
    action(_rows)(by=by, at=at, **given)
    refresh(municipality=HERE, by=by, at=at)
    action(_history)(by=by, at=at, **given)
    if not FrameworkVersion.objects.exists():
        a_framework(municipality=HERE)
    action(_lived)(by=by, at=at, **given)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _rows(*, wijken: range, by: Any, at: datetime) -> None:
    from samenspel.audit.action import record
    from samenspel.outcomes.models import ShiftCount
    from samenspel.people.models import Organization
    from samenspel.places.models import Area, AreaFigures, Postcode
    from samenspel.socialmap.models import MeetingPlace, Offering, Verification

    told = {"confirmed_at": at - timedelta(days=30), "method": "phone", "confirmed_by": "verbinder"}
    group: Any = None
    for n in wijken:
        west, south = 5 + n % 10 * 0.04, 52 + n // 10 * 0.03
        wijk = _area(Area, f"WK9901{n:02}", "district", f"Wijk {n:02} Wijk {n:02}", west, south, 0.04, 0.03)
        buurten = [
            _area(Area, f"BU9901{n:02}{m:02}", "neighborhood", f"Buurt {m}", west + m * 0.008, south, 0.008, 0.03, wijk)
            for m in range(BUURTEN)
        ]
        people = {"residents": 5_000, "residents_65_and_over": 1_000}
        known = [(wijk, {key: BUURTEN * value for key, value in people.items()}), *((one, people) for one in buurten)]
        AreaFigures.objects.bulk_create(
            AreaFigures(municipality=HERE, area=area, year=2024, source="bench", values=values)
            for area, values in known
        )
        Postcode.objects.bulk_create(
            Postcode(
                municipality=HERE, code=f"{1000 + n}{chr(65 + m)}{chr(65 + p)}", neighborhood=one, source="bench",
                longitude=one.west + (p + 0.5) * 0.008 / POSTCODES, latitude=south + 0.015,
            )
            for m, one in enumerate(buurten)
            for p in range(POSTCODES)
        )  # fmt: skip
        group = Organization.objects.create(
            municipality=HERE, name=f"Groep {n}", slug=f"groep-{n}", kind="association", listing_agreed_at=at,
            listing_agreed_via="visit",
        )  # fmt: skip
        hours = [{"weekday": day, "opens": "09:00", "closes": "22:00", "note": ""} for day in range(n % 3)]
        places = MeetingPlace.objects.bulk_create(
            MeetingPlace(
                municipality=HERE, name=f"Huis {n} {p}", slug=f"huis-{n}-{p}", host=group, hours=hours,
                longitude=west + 0.004 + p * 0.008, latitude=south + 0.01, neighborhood=buurten[p % BUURTEN],
            )
            for p in range(PLACES)
        )  # fmt: skip
        offerings = Offering.objects.bulk_create(
            Offering(
                municipality=HERE, name=f"Aanbod {n} {o}", slug=f"aanbod-{n}-{o}", organization=group, kind="activity",
                delivery="at_place", place=places[o % PLACES], themes=[("meet", "move", "money")[(o + n) % 3]], layer=2,
                summary="Samen iets doen.", needs=[], audiences=["everyone"],
            )
            for o in range(OFFERINGS)
        )  # fmt: skip
        Verification.objects.bulk_create(
            [
                *(Verification(municipality=HERE, place=one, **told) for one in places),
                *(Verification(municipality=HERE, offering=one, **told) for one in offerings),
            ]
        )
        ShiftCount.objects.bulk_create(
            ShiftCount(
                municipality=HERE, quarter=quarter, area=wijk.code, theme="" if moment == "solved" else theme,
                moment=moment, layer=layer, form=form, times=7 + n % 9,
            )
            for quarter in _quarters(at)
            for theme, form in (("care", "individual"), ("meet", "collective"))
            for moment in ("asked", "offered", "solved")
            for layer in (1, 2, 3, 4)
        )  # fmt: skip
    record(action="fill", on=group, by=by, at=at, municipality=HERE, number=len(wijken))


def _area(area: Any, code: str, kind: str, name: str, *box: Any) -> Any:
    """A round area of 60 points in a box of west, south, width and height."""
    import numpy as np
    import shapely

    from samenspel.places.geometry import boundary_fields

    west, south, wide, high = box[:4]
    turns = [2 * pi * point / 60 for point in range(60)]
    ring = [(west + wide * (0.5 + cos(turn) / 2), south + high * (0.5 + sin(turn) / 2)) for turn in turns]
    drawn = boundary_fields(np.array([shapely.Polygon(ring)]))[0]
    parent = box[4] if len(box) > 4 else None
    return area.objects.create(municipality=HERE, code=code, year=2024, kind=kind, name=name, parent=parent, **drawn)


def _quarters(at: datetime) -> Iterator[str]:
    """The eight quarters before the running one."""
    running = at.year * 4 + (at.month - 1) // 3
    for number in range(running - 8, running):
        yield f"{number // 4}Q{number % 4 + 1}"


def _history(*, wijken: range, by: Any, at: datetime) -> None:
    """Four states of each block in the year before the one of now."""
    from samenspel.audit.action import record
    from samenspel.policy.models import BlockState

    codes = [f"WK9901{n:02}" for n in wijken]
    day = at.date()
    BlockState.objects.filter(area__in=codes, until=None).update(since=day - timedelta(days=20))
    ends = [day - timedelta(days=20 + 110 * number) for number in range(STATES + 1)]
    rows = BlockState.objects.bulk_create(
        BlockState(
            municipality=HERE, area=code, block=block, state=("partly", "unknown", "present", "missing")[number],
            why="nothing_known", fresh=0, old=0, since=ends[number + 1], until=ends[number],
        )
        for code in codes
        for block in range(1, 6)
        for number in range(STATES)
    )  # fmt: skip
    record(action="fill", on=rows[0], by=by, at=at, municipality=HERE, number=len(rows))


def _lived(*, wijken: range, by: Any, at: datetime) -> None:
    """What was missed in four quarters; a network that met, a verbinder, and decisions about money of today."""
    from samenspel.audit.action import record
    from samenspel.outcomes.models import UnmetNeed
    from samenspel.people.models import AreaContact, Organization
    from samenspel.places.models import Area
    from samenspel.policy.models import (
        BlockEvidence,
        FrameworkVersion,
        NeighborhoodNetwork,
        RoleCase,
        RoleDecision,
        YearAmount,
    )
    from samenspel.socialmap.models import Offering

    day, version = at.date(), FrameworkVersion.objects.get()
    monday = day - timedelta(days=day.weekday())
    codes = [f"WK9901{n:02}" for n in wijken]
    UnmetNeed.objects.bulk_create(
        UnmetNeed(municipality=HERE, week=monday - timedelta(weeks=13 * ago), area=code, need=need, why=why, times=14)
        for code in codes
        for ago in range(1, 5)
        for need in ("eat_together", "walking_buddy", "transport", "form_help", "company")
        for why in ("nothing_near", "all_full")
    )
    networks = NeighborhoodNetwork.objects.bulk_create(
        NeighborhoodNetwork(municipality=HERE, area=code, name=f"Netwerk {code}") for code in codes
    )
    for n, network in zip(wijken, networks, strict=True):
        network.members.add(*Organization.objects.filter(slug__in=[f"groep-{m}" for m in range(max(0, n - 2), n + 1)]))
    BlockEvidence.objects.bulk_create(
        BlockEvidence(municipality=HERE, area=code, block=4, kind=kind, on=date(day.year, 1 + 3 * quarter, 1))
        for code in codes
        for kind in ("met", "to_informal", "to_formal")
        for quarter in range((day.month - 1) // 3)
    )
    AreaContact.objects.bulk_create(
        AreaContact(
            municipality=HERE, area=area, name="Sam", job_title="connector", phone="0320-55 50 01",
            hours=[{"weekday": 0, "opens": "09:00", "closes": "17:00", "note": ""}],
        )
        for area in Area.objects.filter(code__in=codes)
    )  # fmt: skip
    paid = Offering.objects.filter(slug__in=[f"aanbod-{n}-{o}" for n in wijken for o in range(3)])
    cases = RoleCase.objects.bulk_create(
        RoleCase(municipality=HERE, title=one.name, offering=one, began_at=at) for one in paid
    )
    decisions = RoleDecision.objects.bulk_create(
        RoleDecision(
            case=case, framework=version, facts={}, measures={}, advised="2", advice={}, decided="2", body="executive",
            reference=f"B&W {n}", decided_on=day - timedelta(days=90), evaluate_on=day + timedelta(days=365),
            recorded_at=at,
        )
        for n, case in enumerate(cases)
    )  # fmt: skip
    YearAmount.objects.bulk_create(
        YearAmount(decision=one, year=day.year + year, euros=1_000 + 10 * n)
        for n, one in enumerate(decisions)
        for year in range(4)
    )
    record(action="fill", on=cases[0], by=by, at=at, municipality=HERE, number=len(cases))
