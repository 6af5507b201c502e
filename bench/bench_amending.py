"""What another framework would change for 50,000 decided cases.

    python -m bench.bench_amending [--cases 50000] [--times 5]

Every case has two decisions; the newest one weighs. The amended framework has two thresholds with another value and a
new one. Two mixes of cases: for a fifth the numbers cross a threshold, and for every one of them. Peer in the same run:
the same with every case read by the engine's own reader and judged whole under both frameworks. Goal: under 2 s.
"""

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from bench.apart import alone
from bench.harness import table
from tests.postgres import postgres

HERE = "GM9901"
TODAY = date(2026, 11, 22)
BATCH = 5_000
SAYS = ("coördinator sociale basis", "gesprek met de vereniging, jaarverslag 2025, pagina 14")
Row = list[str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=50_000)
    parser.add_argument("--times", type=int, default=7)
    asked = parser.parse_args()
    rows: list[Row] = []
    for store in ("SQLite", "PostgreSQL"):
        for share in (0.2, 1.0):
            with (
                tempfile.TemporaryDirectory(prefix="samenspel-bench-amending-") as folder,
                postgres() if store == "PostgreSQL" else nullcontext("") as url,
            ):
                os.environ |= {"SAMENSPEL_DATA": folder, "DJANGO_SETTINGS_MODULE": "samenspel.config.settings"}
                os.environ |= {"SAMENSPEL_MUNICIPALITY": HERE, "SAMENSPEL_MEANING": "0", "DATABASE_URL": url}
                rows += [[store, f"{share:.0%}", *row] for row in alone(measured, asked.cases, share, asked.times)]
    head = ["store", "numbers that cross", "way", "other advice", "best s", "worst s"]
    table(f"{asked.cases:,} cases advised again under an amended framework", head, rows)


def measured(cases: int, share: float, times: int) -> list[Row]:
    """The rows of one store and mix, in a process of its own."""
    from django.core.management import call_command

    from samenspel.engine.roles.shipped import shipped, with_roles
    from samenspel.engine.roles.table import outcomes
    from samenspel.policy.amending import changed_advice

    call_command("migrate", verbosity=0)
    fill(cases, share)
    old = shipped(with_roles())
    new = replace(old, thresholds=(*old.thresholds, *_amended(old.thresholds[0])))
    outcomes()  # the table is worked out once, when the server starts
    found = []
    for way, judge in (("changed_advice", changed_advice), ("peer: every case whole", whole)):
        seconds, changes = zip(*(timed(judge, old, new) for _ in range(times)), strict=True)
        found.append([way, f"{changes[0]:,}", f"{min(seconds):.2f}", f"{max(seconds):.2f}"])
    assert found[0][1] == found[1][1], found
    return found


def timed(judge: Callable[..., Any], old: Any, new: Any) -> tuple[float, int]:
    begun = time.perf_counter()
    found = judge(HERE, old, new, TODAY)
    return time.perf_counter() - begun, sum(each.is_other for each in found)


def whole(municipality: str, old: Any, new: Any, on: date) -> list[Any]:
    """Every newest decision as a case of the engine, judged under both."""
    from samenspel.engine.roles.cases import answers_of
    from samenspel.engine.roles.table import outcome_of
    from samenspel.policy.amending import ChangedAdvice
    from samenspel.policy.earlier import as_case
    from samenspel.policy.models import RoleDecision

    rows = RoleDecision.objects.filter(case__municipality=municipality).select_related("case").order_by("decided_on")
    newest = {row.case_id: row for row in rows}
    found = []
    for row in newest.values():
        case = as_case(row.case.title, row.facts, row.measures)
        before, after = (outcome_of(answers_of(case, each, on)) for each in (old, new))
        if before != after:
            found.append(ChangedAdvice(case.title, before, after, (), row.case_id))
    return found


def _amended(threshold: Any) -> list[Any]:
    since = date(2026, 1, 1)
    given = {"since": since, "source": "besluit"}
    return [
        replace(threshold, id="few_participants", value=8.0, since=since),
        replace(
            threshold, id="proven", fact="proven", measure="years_running", comparison="at_least", value=3.0, **given
        ),
        replace(
            threshold, id="volunteers_stop", fact="volunteers_stop", measure="volunteers_share", value=50.0, **given
        ),
    ]


def fill(cases: int, share: float) -> None:
    """Cases with two decisions each, in batches."""
    from samenspel.audit.action import Actor, action

    at, by = datetime.now(UTC), Actor("system", "bench")
    for begin in range(0, cases, BATCH):
        action(_rows)(numbers=range(begin, min(begin + BATCH, cases)), share=share, by=by, at=at)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _rows(*, numbers: range, share: float, by: Any, at: datetime) -> None:
    from samenspel.audit.action import record
    from samenspel.policy.models import FrameworkVersion, RoleCase, RoleDecision

    given = {"municipality": HERE, "content": {}, "adopted_by": "raad", "published_at": at}
    version, _ = FrameworkVersion.objects.get_or_create(number=1, defaults=given)
    cases, decisions = [], []
    for n in numbers:
        facts, measures = _facts(random.Random(n)), _measures(random.Random(n), crosses=(n * 7 % 100) < share * 100)
        case = RoleCase(id=UUID(int=n + 1), municipality=HERE, title=f"Activiteit {n}", began_at=at)
        cases.append(case)
        decisions += [
            RoleDecision(
                case=case, framework=version, facts=facts, measures=measures, advised="1", advice={}, decided="1",
                body="executive", reference="besluit", decided_on=date(year, 3, 1), recorded_at=at,
            )
            for year in (2024, 2025)
        ]  # fmt: skip
    RoleCase.objects.bulk_create(cases)
    RoleDecision.objects.bulk_create(decisions)
    record(action="fill", on=cases[0], by=by, at=at, municipality=HERE, number=len(cases))


def _facts(dice: random.Random) -> dict[str, dict[str, str]]:
    """What somebody said of each deciding fact but the proof; mostly a community that asks for help."""
    from samenspel.engine.roles.facts import DECIDING

    usual = {"residents_decide": "yes", "open_to_others": "yes", "organized": "yes", "meets_law": "yes",
             "meets_conditions": "yes", "fits_policy": "yes"}  # fmt: skip
    answers = {fact: usual.get(fact, "no") for fact in DECIDING if fact != "proven"}
    answers[dice.choice(list(answers))] = dice.choice(("yes", "no", "unknown"))
    return {
        fact: {"answer": answer, "by": SAYS[0], "on": "2025-02-01", "evidence": SAYS[1]}
        for fact, answer in answers.items()
    }


def _measures(dice: random.Random, *, crosses: bool) -> dict[str, float]:
    numbers = {"participants": dice.randint(20, 40), "target_group": 200, "volunteers": 9, "volunteers_before": 10}
    return {**numbers, **({"years_running": dice.randint(1, 9)} if crosses else {})}


if __name__ == "__main__":
    main()
