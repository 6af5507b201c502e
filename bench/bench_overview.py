"""The council's pages of a municipality of 50 wijken with a year of history behind every block.

    python -m bench.bench_overview [--wijken 50] [--looks 60]

A wijk has 5 buurten with a boundary of 60 points each and 20 postcodes a buurt, 5 meeting places and 30 offerings; each
of its blocks was in four other states in the year before, and the shift was counted for eight quarters. Whole pages
through Django's client, in one process; the server adds what bench_pages measures. The cells are looked at in turn, so
that each look is another page. Peer in the same run: the front page where the states are worked out at each look in
place of read. Queries are counted with 5 wijken and with all: the number must not grow. Goal: p95 under 100 ms.
"""

import argparse
import gc
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, date, datetime, timedelta
from math import cos, pi, sin
from typing import Any
from unittest.mock import patch

from bench.apart import alone, at_rank
from bench.harness import table
from tests.postgres import postgres

HERE = "GM9901"
FEW = 5
BUURTEN, POSTCODES, PLACES, OFFERINGS, STATES = 5, 20, 5, 30, 4
"""Of a wijk or a buurt, and the states that each block had before."""
PEER = "peer: the front page, states worked out at each look"
Row = list[str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wijken", type=int, default=50)
    parser.add_argument("--looks", type=int, default=60)
    asked = parser.parse_args()
    rows: list[Row] = []
    for store in ("SQLite", "PostgreSQL"):
        with (
            tempfile.TemporaryDirectory(prefix="samenspel-bench-overview-") as folder,
            postgres() if store == "PostgreSQL" else nullcontext("") as url,
        ):
            os.environ |= {"SAMENSPEL_DATA": folder, "DJANGO_SETTINGS_MODULE": "samenspel.config.settings"}
            os.environ |= {"SAMENSPEL_MUNICIPALITY": HERE, "SAMENSPEL_MEANING": "0", "DATABASE_URL": url}
            rows += [[store, *row] for row in alone(measured, asked.wijken, asked.looks)]
    head = ["store", "page", "p50 ms", "p95 ms", f"queries, {FEW} wijken", f"queries, {asked.wijken}", "looks"]
    table(f"Pages of the council with {asked.wijken} wijken", head, rows)


def measured(wijken: int, looks: int) -> list[Row]:
    """The rows of one store, in a process of its own."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from samenspel.ui.charts.chart import warm

    settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["*"], False
    call_command("migrate", verbosity=0)
    warm()
    gc.freeze()  # as the server does when it has started (config.wsgi), and looks as rarely
    gc.set_threshold(50_000, 20, 100)
    _made(wijken=range(FEW))
    pages: list[tuple[str, Callable[[int], str]]] = [
        ("front page", lambda turn: f"/raad/?bouwsteen={turn % 5 + 1}"),
        ("front page at work", lambda turn: "/werk/wijken/"),
        ("a cell", lambda turn: f"/raad/wijk/wijk-{turn % wijken:02}/{turn % 5 + 1}"),
        ("shift", lambda turn: f"/raad/verschuiving?wijk=wijk-{turn % 10:02}" if turn % 2 else "/raad/verschuiving"),
    ]
    anyone, adviser = Client(), inside()
    clients = [adviser if "at work" in name else anyone for name, _ in pages]
    few = [queries(client, address(0)) for client, (_, address) in zip(clients, pages, strict=True)]
    _made(wijken=range(FEW, wijken))
    found = []
    for client, (name, address), queries_of_few in zip(clients, pages, few, strict=True):
        times, number = timed(client, address, looks), queries(client, address(0))
        found.append([name, *figures(times), str(queries_of_few), str(number), str(looks)])
    with worked_out():
        times, number = timed(anyone, pages[0][1], looks), queries(anyone, pages[0][1](0))
    return [*found, [PEER, *figures(times), "", str(number), str(looks)]]


def timed(client: Any, address: Callable[[int], str], looks: int) -> list[float]:
    """Milliseconds of each look, after ten that warm templates and pictures."""
    for turn in range(10):
        look(client, address(turn))
    return [look(client, address(turn)) for turn in range(looks)]


def figures(times: list[float]) -> Row:
    return [f"{at_rank(times, share):.1f}" for share in (0.5, 0.95)]


def inside() -> Any:
    """A client of a policy adviser who signed in with both steps; public pages need none."""
    from django.test import Client

    from samenspel.people.models import User
    from samenspel.people.sessions import BEGAN
    from samenspel.staff.access import PROVED

    user = User.objects.create(email="beleid@x.example", name="x", municipality=HERE, access_role="policy_adviser")
    client = Client()
    client.force_login(user)
    session = client.session
    session[BEGAN], session[PROVED] = datetime.now(UTC).timestamp(), True
    session.save()
    return client


def look(client: Any, address: str) -> float:
    begun = time.perf_counter()
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return (time.perf_counter() - begun) * 1000


def queries(client: Any, address: str) -> int:
    """How many queries the page takes; one look before warms templates."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    look(client, address)
    with CaptureQueriesContext(connection) as caught:
        look(client, address)
    return len(caught)


@contextmanager
def worked_out() -> Iterator[None]:
    """The front page as it would be without states that are kept."""
    from samenspel.cockpit.overview import home
    from samenspel.policy.blocks import Matrix, judge
    from samenspel.policy.blocks.keeping import figures_of
    from samenspel.policy.blocks.reading import wijken_of
    from samenspel.policy.models import BlockState

    def now(municipality: str) -> Matrix:
        of = wijken_of(municipality)
        since = datetime.now(UTC).date()
        rows: list[list[Any]] = [[None] * 5 for _ in of.codes]
        for one in judge(municipality, at=datetime.now(UTC)):
            kept = BlockState(area=one.area, block=one.block, since=since, **figures_of(one))
            rows[of.number[one.area]][one.block - 1] = kept
        return Matrix(of, tuple(tuple(row) for row in rows))

    with patch.object(home, "matrix", now):
        yield


def _made(**given: Any) -> None:
    """Wijken with all that stands there, judged."""
    from dataclasses import replace

    from django.db import connection

    from samenspel.audit.action import Actor, action
    from samenspel.policy.blocks import refresh
    from samenspel.policy.norms import EXAMPLE_NORMS, norms_of, set_norm

    by, at = Actor("system", "bench"), datetime.now(UTC)
    for facts in () if norms_of(HERE) else EXAMPLE_NORMS.values():
        stated = replace(facts, document="bench", since=date(2024, 1, 1))
        set_norm(municipality=HERE, facts=stated, by=by, at=at)
    action(_rows)(by=by, at=at, **given)
    refresh(municipality=HERE, by=by, at=at)
    action(_history)(by=by, at=at, **given)
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


if __name__ == "__main__":
    main()
