"""The daily screen with 50,000 open questions in the municipality, of two teams of 30 people and three organizations.

    python -m bench.bench_daily [--questions 50000] [--looks 40]

Nearly all a team has is with one of its people; a tenth is of nobody yet, a tenth late, a fifteenth with a partner, and
of each hundred one waits for an answer and one came back. Whole pages through Django's client, in one process, each by
another person; the server adds what bench_pages measures. Peers in the same run: the same page where each row looks up
its own team, person and area, and the same page without the indexes of the lists. Queries are counted with 1 in 100 of
the questions and with all: the number must not grow. Goal: p95 under 100 ms.
"""

import argparse
import gc
import os
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from bench.apart import alone, at_rank
from bench.harness import table
from tests.postgres import postgres

HERE = "GM9901"
PEOPLE, CLUBS = 30, 3
SMALL = 100
"""One of so many questions is there when queries are counted first."""
BATCH = 5_000
Row = list[str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=50_000)
    parser.add_argument("--looks", type=int, default=40)
    asked = parser.parse_args()
    rows: list[Row] = []
    for store in ("SQLite", "PostgreSQL"):
        with (
            tempfile.TemporaryDirectory(prefix="samenspel-bench-daily-") as folder,
            postgres() if store == "PostgreSQL" else nullcontext("") as url,
        ):
            os.environ |= {"SAMENSPEL_DATA": folder, "DJANGO_SETTINGS_MODULE": "samenspel.config.settings"}
            os.environ |= {"SAMENSPEL_MUNICIPALITY": HERE, "SAMENSPEL_MEANING": "0", "DATABASE_URL": url}
            rows += [[store, *row] for row in alone(measured, asked.questions, asked.looks)]
    head = ["store", "page", "p50 ms", "p95 ms", f"queries, 1 in {SMALL}", "queries, all", "looks"]
    table(f"The daily screen with {asked.questions:,} open questions", head, rows)


def measured(questions: int, looks: int) -> list[Row]:
    """The rows of one store, in a process of its own."""
    from django.conf import settings
    from django.core.management import call_command

    from samenspel.people.models import User

    settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["*"], False
    call_command("migrate", verbosity=0)
    make_people()
    gc.freeze()  # as the server does when it has started (config.wsgi)
    fill(0, questions // SMALL)
    workers = list(User.objects.filter(access_role="connector").order_by("email"))
    club = User.objects.filter(access_role="volunteer_coordinator").order_by("email")[0]
    few = {user.access_role: queries(user) for user in (workers[0], club)}
    fill(questions // SMALL, questions)
    found = []
    for name, people, broken in (
        ("a worker", workers, as_it_is),
        ("a coordinator of an organization", [club], as_it_is),
        ("peer: a worker, looked up by row", workers, by_row),
        ("peer: a worker, no indexes", workers, no_indexes),
    ):
        with broken():
            number = queries(people[0])
            times = [look(inside(people[turn % len(people)])) for turn in range(looks)]
        figures = [f"{at_rank(times, share):.1f}" for share in (0.5, 0.95)]
        found.append([name, *figures, str(few[people[0].access_role]), str(number), str(looks)])
    return found


def make_people() -> None:
    """Two teams of PEOPLE in their own area, and CLUBS with a coordinator."""
    from samenspel.audit.action import Actor
    from samenspel.handover.grounds import fix_ground, proposal
    from samenspel.people.actions import add_organization, set_team
    from samenspel.people.facts import OrganizationFacts, TeamFacts
    from samenspel.people.models import User
    from samenspel.places.models import Area

    by, at = Actor("system", "bench"), datetime.now(UTC)
    for ground in proposal():
        fix_ground(municipality=HERE, facts=ground, by=by, at=at)
    for team in ("noord", "zuid"):
        area = Area.objects.create(municipality=HERE, code=f"BU{team}", name=team, year=2024, kind="neighborhood")
        members = User.objects.bulk_create(
            User(email=f"{team}-{n:02}@x.example", name=f"{team} {n}", municipality=HERE, access_role="connector")
            for n in range(PEOPLE)
        )
        facts = TeamFacts(name=team, phone="0320-555200", areas=(area,), members=tuple(members))
        set_team(municipality=HERE, facts=facts, by=by, at=at)
    for number in range(CLUBS):
        stated = OrganizationFacts(name=f"Club {number}", kind="association")
        club = add_organization(municipality=HERE, facts=stated, by=by, at=at)
        role, address = "volunteer_coordinator", f"club-{number}@x.example"
        User.objects.create(email=address, name="club", municipality=HERE, access_role=role, organization=club)


def fill(first: int, last: int) -> None:
    """Make questions of a number up to another, in batches, each with its hands; what they hold opens for nobody."""
    from samenspel.audit.action import Actor

    for begin in range(first, last, BATCH):
        batch = range(begin, min(begin + BATCH, last))
        _keep(numbers=batch, by=Actor("system", "bench"), at=datetime.now(UTC))
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _keep(**given: Any) -> None:
    from samenspel.audit.action import action

    action(_rows)(**given)


def _rows(*, numbers: range, by: Any, at: datetime) -> None:
    from samenspel.audit.action import record
    from samenspel.handover.models import Hand, Handover, HelpRequest, LegalGround
    from samenspel.people.models import Organization, Team

    teams = [(team, list(team.members.order_by("email")), team.areas.get()) for team in Team.objects.order_by("name")]
    clubs, ground = list(Organization.objects.order_by("slug")), LegalGround.objects.filter(for_sharing=True)[0]
    rows = []
    for n in numbers:
        dice = random.Random(n)
        team, members, area = dice.choice(teams)
        club = dice.choice(clubs) if dice.random() < 1 / 15 else None
        is_nobodys, is_late = dice.random() < 0.1, dice.random() < 0.1
        asked = at - timedelta(days=n % 50, minutes=n % 1440)
        spoken = None if n % 4 == 0 else asked + timedelta(hours=20)
        rows.append(
            HelpRequest(
                id=UUID(int=n + 1),
                municipality=HERE,
                team=team,
                area=area,
                person=None if club or is_nobodys else dice.choice(members),
                organization=club,
                code_hash=f"{n:064}",
                about="self",
                channel="web",
                state="active" if spoken else "waiting",
                hands=2 if club or n % 100 == 7 else 1,
                asked_at=asked,
                first_contact_at=spoken,
                came_back_at=at if club is None and (n % 100 == 7 or (n + 1) % 100 == 51) else None,
                next_on=at.date() + timedelta(days=-1 - n % 5 if is_late else n % 12),
                ends_on=at.date() + timedelta(days=60),
                sealed=b"closed for everyone" * 40,
            )
        )
    HelpRequest.objects.bulk_create(rows)
    Hand.objects.bulk_create(hand for row in rows for hand in _hands(row, Hand))
    Handover.objects.bulk_create(
        Handover(
            request=row,
            kind="holder",
            organization=clubs[row.pk.int % len(clubs)],
            state="waiting" if row.pk.int % 100 == 1 else "refused",
            ground=ground,
            until=row.ends_on,
            proposed_at=row.asked_at,
            approved_at=row.asked_at,
            approved_on_word="spoken",
            answer_by=at.date() + timedelta(days=2),
            answered_at=None if row.pk.int % 100 == 1 else at,
            refusal="" if row.pk.int % 100 == 1 else "full",
            sealed=b"closed",
        )
        for row in rows
        if row.organization_id is None and row.pk.int % 50 == 1
    )
    record(action="fill", on=rows[0], by=by, at=at, municipality=HERE, number=len(rows))


def _hands(row: Any, hand: type[Any]) -> Iterator[Any]:
    """The hands of a question: from its team, and for some to an organization or back."""
    at, held = row.asked_at, {"team": row.team, "person": row.person, "organization": row.organization}
    if row.hands == 1:
        yield hand(request=row, number=1, cause="asked", began_at=at, **held)
        return
    then = at + timedelta(hours=30)
    yield hand(request=row, number=1, cause="asked", began_at=at, ended_at=then, team=row.team)
    yield hand(request=row, number=2, cause="accepted" if row.organization else "given_back", began_at=then, **held)


def inside(user: Any) -> Any:
    """A client of somebody who signed in with both steps."""
    from django.test import Client

    from samenspel.people.sessions import BEGAN
    from samenspel.staff.access import PROVED

    client = Client()
    client.force_login(user)
    session = client.session
    session[BEGAN], session[PROVED] = datetime.now(UTC).timestamp(), True
    session.save()
    return client


def look(client: Any) -> float:
    """Milliseconds of one look at the daily screen."""
    begun = time.perf_counter()
    answer = client.get("/werk/")
    assert answer.status_code == 200, answer.status_code
    return (time.perf_counter() - begun) * 1000


def queries(user: Any) -> int:
    """How many queries the page takes; one look before warms templates."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = inside(user)
    look(client)
    with CaptureQueriesContext(connection) as caught:
        look(client)
    if os.environ.get("BENCH_QUERIES"):
        for one in sorted(caught.captured_queries, key=lambda query: -float(query["time"]))[:8]:
            print(one["time"], one["sql"][:1500])
    return len(caught)


@contextmanager
def as_it_is() -> Iterator[None]:
    yield


@contextmanager
def by_row() -> Iterator[None]:
    """The same page where every row looks up what belongs to it."""
    from samenspel.handover.models import HelpRequest
    from samenspel.workspace import daily

    good: Any = daily.shown
    daily.shown = lambda ids: {row.pk: row for row in HelpRequest.objects.filter(pk__in=ids).defer("sealed")}
    try:
        yield
    finally:
        daily.shown = good


@contextmanager
def no_indexes() -> Iterator[None]:
    """The same page in a store without the indexes that the lists lean on."""
    from django.db import connection

    from samenspel.handover.models import Hand, HelpRequest

    with connection.cursor() as cursor:
        for index in (*HelpRequest._meta.indexes, *Hand._meta.indexes):
            cursor.execute(f"DROP INDEX {index.name}")
        cursor.execute("ANALYZE")
    yield


if __name__ == "__main__":
    main()
