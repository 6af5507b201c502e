"""A page of the role conversation: public, and of a case at work with its decisions.

    python -m bench.bench_conversation [--looks 200] [--cases 5000]

Whole pages through Django's client, in one process, on SQLite and PostgreSQL, with a framework of the municipality's
own that builds on the one that ships, and decisions about other cases beside it. Each look is another turn of the
conversation. Peer in the same run: the same first question with everything that is kept ready thrown away each time.
Goal: p95 under 50 ms.
"""

import argparse
import gc
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from typing import Any

from bench.apart import alone, at_rank
from bench.harness import table
from tests.postgres import postgres

HERE = "GM9901"
URL = "/rolgesprek/"
BATCH = 5_000
CHOIR = {
    "individual_right": "no", "statutory_task": "no", "own_circle": "no", "open_to_others": "yes", "organized": "yes",
    "meets_law": "yes", "meets_conditions": "yes", "institutional_choice": "no", "residents_decide": "yes",
    "can_alone": "unknown", "fits_policy": "yes",
}  # fmt: skip
Row = list[str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--looks", type=int, default=200)
    parser.add_argument("--cases", type=int, default=5_000)
    asked = parser.parse_args()
    rows: list[Row] = []
    for store in ("SQLite", "PostgreSQL"):
        with (
            tempfile.TemporaryDirectory(prefix="samenspel-bench-conversation-") as folder,
            postgres() if store == "PostgreSQL" else nullcontext("") as url,
        ):
            os.environ |= {"SAMENSPEL_DATA": folder, "DJANGO_SETTINGS_MODULE": "samenspel.config.settings"}
            os.environ |= {"SAMENSPEL_MUNICIPALITY": HERE, "SAMENSPEL_MEANING": "0", "DATABASE_URL": url}
            rows += [[store, *row] for row in alone(measured, asked.looks, asked.cases)]
    title = f"The role conversation, with {asked.cases} decided cases beside it"
    table(title, ["store", "page", "p50 ms", "p95 ms", "looks"], rows)


def measured(looks: int, cases: int) -> list[Row]:
    """The rows of one store, in a process of its own."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse

    from samenspel.engine.roles import table as outcomes

    settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["*"], False
    call_command("migrate", verbosity=0)
    case = fill(cases)
    outcomes.warm()
    gc.freeze()
    public, staff = Client(), inside()
    talk, page = (reverse(f"cockpit:{name}", args=[case]) for name in ("case-talk", "case"))
    return [
        row("a question", looks, asks(public)),
        row("the advice", looks, lambda: public.post(URL, {**facts(len(CHOIR)), "ga": "uitslag"})),
        row("a question of a case at work", looks, lambda: staff.get(talk, {"vraag": "proven"})),
        row("a case at work", looks, lambda: staff.get(page)),
        row("peer: a question, nothing kept ready", min(looks, 5), forgetful(asks(public))),
    ]


def row(name: str, looks: int, look: Callable[[], Any]) -> Row:
    """A page by its name; one look before warms its templates."""
    times = []
    for turn in range(looks + 1):
        begun = time.perf_counter()
        answer = look()
        assert answer.status_code == 200, (name, answer.status_code)
        if turn:
            times.append((time.perf_counter() - begun) * 1000)
    return [name, *(f"{at_rank(times, share):.1f}" for share in (0.5, 0.95)), str(looks)]


def asks(client: Any) -> Callable[[], Any]:
    """Each look another question of the conversation, from the first to the last but one."""
    turns: Iterator[int] = cycle(range(len(CHOIR)))
    return lambda: client.post(URL, facts(next(turns)))


def facts(number: int) -> dict[str, str]:
    """What was answered after so many questions."""
    return {f"f-{fact}": CHOIR[fact] for fact in list(CHOIR)[:number]}


def forgetful(look: Callable[[], Any]) -> Callable[[], Any]:
    """The same after the outcomes were thrown away."""
    from samenspel.engine.roles import table as outcomes

    def again() -> Any:
        outcomes.outcomes.cache_clear()
        return look()

    return again


def fill(cases: int) -> Any:
    """A framework, and so many cases with a decision; the id of the last one, which has a full set of facts.

    Of every second case the facts are the choir's or the helped choir's, so that the last one has many equals; of the
    others a few answers are drawn.
    """
    from samenspel.audit.action import action
    from tests.people.rows import BY
    from tests.policy.rows import AT, CHOIR, HELPED, a_case, a_decision, a_framework

    version = a_framework()
    for begin in range(0, cases, BATCH):
        numbers = range(begin, min(begin + BATCH, cases))
        action(_rows)(numbers=numbers, usual=(CHOIR, HELPED), version=version, by=BY, at=AT)
    case = a_case("De laatste zaak", CHOIR)
    a_decision(case, unequal_reason="Het kan hier.")
    return case.pk


def _rows(*, numbers: range, usual: tuple[dict[str, str], ...], version: Any, by: Any, at: datetime) -> None:
    from samenspel.audit.action import record
    from samenspel.policy.models import RoleCase, RoleDecision

    cases, decisions = [], []
    for n in numbers:
        answers, dice = dict(usual[n // 2 % 2]), random.Random(n)
        if n % 2:
            answers |= {fact: dice.choice(("yes", "no", "unknown")) for fact in dice.sample(sorted(answers), 3)}
        facts = {fact: {"answer": answer, "by": "coördinator"} for fact, answer in answers.items()}
        case = RoleCase(municipality=HERE, title=f"Zaak {n}", began_at=at)
        cases.append(case)
        decisions.append(
            RoleDecision(
                case=case, framework=version, facts=facts, measures={}, advised="1", advice={},
                decided=("1", "2")[n // 4 % 2], body="executive",
                reference=f"B&W {n}", decided_on=date(2025, 1, 1) + timedelta(days=n % 600),
                evaluate_on=date(2027, 12, 1), reason="Het kan hier.", recorded_at=at - timedelta(seconds=n),
            )
        )  # fmt: skip
    RoleCase.objects.bulk_create(cases)
    RoleDecision.objects.bulk_create(decisions)
    record(action="fill", on=cases[0], by=by, at=at, municipality=HERE, number=len(cases))


def inside() -> Any:
    """A client of a policy adviser who signed in with both steps."""
    from django.test import Client

    from samenspel.people.models import User
    from samenspel.people.sessions import BEGAN
    from samenspel.staff.access import PROVED

    user = User.objects.create(email="b@x.example", name="b", municipality=HERE, access_role="policy_adviser")
    client = Client()
    client.force_login(user)
    session = client.session
    session[BEGAN], session[PROVED] = datetime.now(UTC).timestamp(), True
    session.save()
    return client


if __name__ == "__main__":
    main()
