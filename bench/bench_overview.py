"""The council's pages, files and API of a municipality of 50 wijken with a year of history behind every block.

    python -m bench.bench_overview [--wijken 50] [--looks 60]

A wijk has 5 buurten with a boundary of 60 points each and 20 postcodes a buurt, 5 meeting places and 30 offerings; each
of its blocks was in four other states in the year before, the shift was counted for eight quarters and what was missed
for four; it has a wijknetwerk, a verbinder, and three activities with a decision about money. Whole pages through
Django's client, in one process; the server adds what bench_pages measures. The pages of a wijk are looked at in turn,
so that each look is another page. "First" is the first look of a process, with the pictures of that look; a file is
kept after it for as long as no figure in it changes. Peers in the same run: the front page where the states are worked
out at each look in place of read, and a file that is not kept. Queries are counted with 5 wijken and with all: the
number must not grow. Goal: p95 under 100 ms.
"""

import argparse
import gc
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from functools import partial
from typing import Any
from unittest.mock import patch

from bench.apart import alone, at_rank
from bench.harness import table
from bench.overview_rows import HERE, made
from tests.postgres import postgres

FEW = 5
PEER = "peer: the front page, states worked out at each look"
PEER_FILE = "peer: figures, csv, not kept"
Row = list[str]


def _in_turn(page: str) -> Callable[..., str]:
    return lambda turn, wijken: page.format(n=turn % wijken, block=turn % 5 + 1)


PAGES = {
    "front page": _in_turn("/raad/?bouwsteen={block}"),
    "front page at work": _in_turn("/werk/wijken/"),
    "a cell": _in_turn("/raad/wijk/wijk-{n:02}/{block}"),
    "a cell at work": _in_turn("/werk/wijken/wijk-{n:02}/{block}"),
    "a wijk": _in_turn("/raad/wijk/wijk-{n:02}"),
    "a wijk on paper": _in_turn("/raad/wijk/wijk-{n:02}/profiel.pdf"),
    "letter to the council": _in_turn("/raad/raadsbrief.pdf"),
    "shift": _in_turn("/raad/verschuiving"),
    "shift of a wijk": _in_turn("/raad/verschuiving?wijk=wijk-{n:02}"),
    "cohesion": _in_turn("/raad/samenhang"),
    "cohesion of a wijk": _in_turn("/raad/samenhang?wijk=wijk-{n:02}"),
    "cohesion, csv": _in_turn("/raad/samenhang.csv"),
    "money": _in_turn("/raad/geld"),
    "money, csv": _in_turn("/raad/geld.csv"),
    "wijkopgaven": _in_turn("/raad/wijkopgaven"),
    "questions": _in_turn("/raad/vragen"),
    "figures, csv": _in_turn("/raad/cijfers.csv"),
    "figures, JSON": _in_turn("/raad/cijfers.json"),
    "API: blocks of a wijk": _in_turn("/api/v1/areas/WK9901{n:02}/blocks"),
    "API: statistics": _in_turn("/api/v1/statistics"),
}
"""Each page by its name: from the number of a look and how many wijken there are follows its address."""


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
    head = ["store", "page", "p50 ms", "p95 ms", "first", f"queries, {FEW} wijken", f"queries, {asked.wijken}", "looks"]
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
    made(wijken=range(FEW))
    pages = {name: partial(address, wijken=wijken) for name, address in PAGES.items()}
    anyone, adviser = Client(), inside()
    clients = {name: adviser if "at work" in name else anyone for name in pages}
    few = {name: queries(clients[name], address(0)) for name, address in pages.items()}
    made(wijken=range(FEW, wijken))
    found = []
    for name, address in pages.items():
        times, number = timed(clients[name], address, looks), queries(clients[name], address(0))
        found.append([name, *figures(times), str(few[name]), str(number), str(looks)])
    for peer, unkept in ((PEER, worked_out), (PEER_FILE, not_kept)):
        with unkept():
            address = pages["front page" if peer == PEER else "figures, csv"]
            times, number = timed(anyone, address, looks), queries(anyone, address(0))
        found.append([peer, *figures(times), "", str(number), str(looks)])
    return found


def timed(client: Any, address: Callable[[int], str], looks: int) -> list[float]:
    """Milliseconds of the first look, and of each after ten that warm templates and pictures."""
    first, *_ = [look(client, address(turn)) for turn in range(10)]
    return [first, *(look(client, address(turn)) for turn in range(looks))]


def figures(times: list[float]) -> Row:
    first, *others = times
    return [*(f"{at_rank(others, share):.1f}" for share in (0.5, 0.95)), f"{first:.1f}"]


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


@contextmanager
def not_kept() -> Iterator[None]:
    """The file as it would be without one that is kept."""
    from samenspel.cockpit.overview import figures as page
    from samenspel.strength.statistics import csv_of

    with patch.object(page, "csv_of", csv_of.__wrapped__):
        yield


if __name__ == "__main__":
    main()
