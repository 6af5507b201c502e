#!/usr/bin/env python3
"""R-log: a sealed event stays; whoever gets past the database's refusal and changes the log is found by its chain.

On both stores. First the database must refuse to change or remove a sealed event. Then, with the triggers off as only
who owns the database can, the log is tampered with in ten ways, the end cut off among them; after each
`samenspel audit verify` with the head that was kept before must name a place, and after putting all back none.
"""

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from trust.harness import report
from trust.stores import STORES, Store, store

EVENTS, PLACE = 200, 100
TABLE = "audit_auditevent"
COLUMNS = "municipality, at, actor_kind, actor_id, action, object_kind, object_id, result, detail"
MOVE = f"UPDATE {TABLE} SET number = number + 1000000 WHERE number > {PLACE}"

REFUSED = (
    f"UPDATE {TABLE} SET actor_id = '99' WHERE number = {PLACE}",
    f"UPDATE {TABLE} SET number = NULL, digest = '' WHERE number = {PLACE}",
    f"DELETE FROM {TABLE} WHERE number = {PLACE}",
    f"DELETE FROM {TABLE}",
)
TAMPERED = {
    "another actor": (f"UPDATE {TABLE} SET actor_id = '99' WHERE number = {PLACE}",),
    "another action": (f"UPDATE {TABLE} SET action = 'read_nothing' WHERE number = {PLACE}",),
    "one removed": (f"DELETE FROM {TABLE} WHERE number = {PLACE}",),
    "one removed, the gap closed": (
        f"DELETE FROM {TABLE} WHERE number = {PLACE}",
        MOVE,
        f"UPDATE {TABLE} SET number = number - 1000001 WHERE number > 1000000",
    ),
    "one put between": (
        MOVE,
        f"UPDATE {TABLE} SET number = number - 999999 WHERE number > 1000000",
        f"INSERT INTO {TABLE} ({COLUMNS}, number, digest)"
        f" SELECT {COLUMNS}, number + 1, digest FROM {TABLE} WHERE number = {PLACE}",
    ),
    "the oldest removed": (f"DELETE FROM {TABLE} WHERE number < {PLACE}",),
    "the oldest removed under a false anchor": (
        f"INSERT INTO audit_anchor (number, digest, at) SELECT number, digest, at FROM {TABLE} WHERE number = {PLACE}",
        f"DELETE FROM {TABLE} WHERE number <= {PLACE}",
    ),
    "the end cut off": (f"DELETE FROM {TABLE} WHERE number > {PLACE}",),
    "the end written anew": (
        f"DELETE FROM {TABLE} WHERE number = {EVENTS}",
        f"INSERT INTO {TABLE} ({COLUMNS}, digest) SELECT {COLUMNS}, '' FROM {TABLE} WHERE number = 1",
    ),
    "all removed": (f"DELETE FROM {TABLE}",),
}


def fill() -> None:
    """Leave events and seal them; print the head."""
    from datetime import UTC, datetime

    import django

    django.setup()
    from samenspel.audit.action import Actor, action, record
    from samenspel.audit.chain import head_of_chain, seal_events
    from samenspel.cli.base import prepare_store
    from samenspel.people.models import Team

    @action
    def read(*, number: int, by: Actor, at: datetime) -> None:
        record(action="read_help", on=Team(pk=number), by=by, at=at, municipality="GM9901", state="open")

    prepare_store()
    for number in range(EVENTS):
        read(number=number, by=Actor("person", str(number % 7)), at=datetime.now(UTC))
    seal_events()
    print(head_of_chain())


def seal() -> None:
    """Seal as `samenspel work` does."""
    import django

    django.setup()
    from samenspel.audit.chain import seal_events

    seal_events()


def is_refused(log: Store, statement: str) -> bool:
    try:
        log.sql(statement)
    except Exception as refusal:
        return "stays as it was written" in str(refusal)
    return False


def triggers_off(log: Store) -> None:
    if log.kind == "postgresql":
        log.sql(f"ALTER TABLE {TABLE} DISABLE TRIGGER USER")
    else:
        log.sql("DROP TRIGGER audit_event_unchanged", "DROP TRIGGER audit_event_kept")


def is_whole(log: Store, head: str) -> bool:
    """What `samenspel audit verify` says by its exit code, and by its answer the same."""
    done = log.samenspel("audit", "verify", "--json", "--head", head)
    if bool(done.returncode) == json.loads(done.stdout)["whole"]:
        raise RuntimeError(f"exit code and answer differ: {done.stdout}")
    return done.returncode == 0


def judged(kind: str, settings: str | None) -> tuple[int, int, int]:
    """How many statements the database refused, how many tamperings were found, how often a whole log was whole."""
    with store(kind, settings) as log:
        head = log.role("fill")
        refused = sum(is_refused(log, statement) for statement in REFUSED)
        whole = is_whole(log, head)
        triggers_off(log)
        log.sql(f"CREATE TABLE spare AS SELECT * FROM {TABLE}")
        found = 0
        for name, statements in TAMPERED.items():
            log.sql(*statements)
            log.role("seal")
            if is_whole(log, head):
                print(f"  {kind}: not found: {name}")
            else:
                found += 1
            log.sql("DELETE FROM audit_anchor", f"DELETE FROM {TABLE}", f"INSERT INTO {TABLE} SELECT * FROM spare")
        return refused, found, whole + is_whole(log, head)


def check(control: bool) -> tuple[str, bool]:
    settings = "trust.controls.no_chain" if control else None
    refused, found, whole = (sum(counts) for counts in zip(*(judged(kind, settings) for kind in STORES), strict=True))
    all_refused, all_found, all_whole = len(STORES) * len(REFUSED), len(STORES) * len(TAMPERED), len(STORES) * 2
    figure = f"{refused}-of-{all_refused}-refused-{found}-of-{all_found}-found-{whole}-of-{all_whole}-whole"
    return figure, (refused, found, whole) == (all_refused, all_found, all_whole)


if __name__ == "__main__":
    roles = {"fill": fill, "seal": seal}
    if role := roles.get(os.environ.get("TRUST_ROLE", "")):
        role()
    else:
        report("R-log", "all-refused-all-found-whole-stays-whole", check)
