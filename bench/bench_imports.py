"""Reading a file of 5,000 offerings of 1,000 organizations at 300 places, and reading and undoing it again.

    python -m bench.bench_imports [--offerings 5000]

Goal: under 30 s from file to map. Peer in the same run: the single actions, one offering at a time, for 200 of them.
Uses a fresh store in a temporary folder (or DATABASE_URL when it is set, which must be empty).
"""

import argparse
import csv
import io
import os
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from bench.harness import table

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag")
PEER = 200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--offerings", type=int, default=5_000)
    count = parser.parse_args().offerings
    with tempfile.TemporaryDirectory(prefix="samenspel-bench-imports-") as folder:
        os.environ |= {
            "SAMENSPEL_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "samenspel.config.settings",
            "SAMENSPEL_MUNICIPALITY": "GM9901",
        }
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        table(
            f"Import of {count:,} offerings", ["step", "seconds", "of the processor", "offerings/s"], _measured(count)
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\npeak {peak:.0f} MB; goal 30 s for preview and carry out together")


def _measured(count: int) -> list[tuple[str, ...]]:
    from samenspel.audit.action import Actor
    from samenspel.places.models import Postcode
    from samenspel.socialmap.importers import carry_out, preview, undo

    Postcode.objects.bulk_create(
        Postcode(code=f"13{n:02}AB", municipality="GM9901", longitude=5.25, latitude=52.55, source="bench")
        for n in range(100)
    )
    by, at, data = Actor("system", "bench"), datetime.now(UTC), _file(count)
    given: dict[str, Any] = {
        "file_name": "bench.csv",
        "kind": "offerings",
        "municipality": "GM9901",
        "by": by,
        "at": at,
    }
    rows, runs = [], []

    def step(name: str, work: Callable[[], Any], lines: int = count) -> None:
        started, worked = time.perf_counter(), time.process_time()
        runs.append(work())
        seconds = time.perf_counter() - started
        rows.append((name, f"{seconds:.1f}", f"{time.process_time() - worked:.1f}", f"{lines / seconds:,.0f}"))

    step("preview", lambda: preview(data, **given))
    step("carry out", lambda: carry_out(run=runs[0], by=by, at=at))
    assert runs[0].report["new"] == count, runs[0].report["refusals"][:3]
    step("the same file again", lambda: preview(data, **given))
    step("peer: single actions", lambda: _one_by_one(PEER, by, at), PEER)
    step("undo", lambda: undo(run=runs[0], by=by, at=at))
    return rows


def _one_by_one(count: int, by: Any, at: datetime) -> None:
    from samenspel.people.models import Organization
    from samenspel.socialmap.actions import add_offering
    from samenspel.socialmap.facts import OfferingFacts

    group = Organization.objects.earliest("slug")
    for number in range(count):
        facts = OfferingFacts(
            name=f"Los {number}", kind="activity", summary="Samen.", organization=group, delivery="at_home"
        )
        add_offering(municipality="GM9901", facts=facts, by=by, at=at)


def _file(count: int) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(["naam", "soort", "samenvatting", "organisatie", "plek", "adres", "postcode", "dag", "begintijd",
                     "eindtijd", "kosten", "doelgroep", "thema"])  # fmt: skip
    for n in range(count):
        place = n % 300
        writer.writerow([
            f"Inloop {n}", "activiteit", f"Samen koffie drinken, groep {n}.", f"Stichting Buurt {n % 1000}",
            f"Gebouw {place}", f"Dorpsstraat {place}", f"13{place % 100:02} AB", f"elke {DAYS[n % 5]}",
            f"{9 + n % 8}:00", f"{10 + n % 8}:30", "gratis" if n % 3 else "€ 2,50", "iedereen", "ontmoeten",
        ])  # fmt: skip
    return text.getvalue().encode()


if __name__ == "__main__":
    main()
