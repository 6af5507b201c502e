#!/usr/bin/env python3
"""P4-register: every column of the database stands in the register of processing with its class (AVG art. 30)."""

import json
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from trust.harness import PYTHON, ROOT, environment, report

OF_THE_STORE = ("django_migrations", "sqlite_sequence")
"""What was migrated, and SQLite's own counters: about no data."""
OTHERWISE_NAMED = {"django_content_type": "contenttypes_contenttype", "django_session": "people_worksession"}


def check(control: bool) -> tuple[str, bool]:
    with tempfile.TemporaryDirectory(prefix="samenspel-trust-") as folder:
        data = Path(folder)
        env = environment(data, "trust.controls.forgotten_field" if control else None)
        command = [PYTHON, "-m", "samenspel", "folder", "--out", str(data / "map")]
        env["SAMENSPEL_MUNICIPALITY"] = "GM9901"
        subprocess.run(command, env=env, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        told = _register(json.loads((data / "map" / "verwerkingsregister.json").read_text(encoding="utf-8")))
        columns = _columns(data / "samenspel.sqlite3")
    missing = [f"{table}.{column}" for table, column in columns if not _stands_in(told, table, column)]
    print("\n".join(missing[:20]))
    return f"{len(missing)}-of-{len(columns)}-columns-missing", not missing and len(columns) > 200


def _register(document: dict[str, list[dict[str, list[dict[str, object]]]]]) -> dict[str, set[str]]:
    """Table name to the names of its fields, as the register tells them."""
    found: dict[str, set[str]] = {}
    for processing in document["processings"]:
        for kept in processing["kept"]:
            fields = kept["fields"]
            names = {name for several in fields.values() for name in several}  # type: ignore[attr-defined]
            found[str(kept["label"]).lower().replace(".", "_")] = names
    return found


def _columns(store: Path) -> list[tuple[str, str]]:
    connection = sqlite3.connect(store)
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = [
        (table, column[1])
        for table in tables
        if table not in OF_THE_STORE
        for column in connection.execute(f"PRAGMA table_info('{table}')")
    ]
    connection.close()
    return found


def _stands_in(told: dict[str, set[str]], table: str, column: str) -> bool:
    """Whether a column is a field of its table, or its whole table is a field of another (a list of links)."""
    fields = told.get(OTHERWISE_NAMED.get(table, table))
    if fields is not None:
        return column in fields or column.removesuffix("_id") in fields
    return any(table == f"{owner}_{field}" for owner, names in told.items() for field in names)


if __name__ == "__main__":
    report("P4-register", "0-columns-missing", check)
