"""The two stores as the trust checks see them: made, filled and looked into from outside the product."""

import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.postgres import postgres
from trust.harness import PYTHON, ROOT, environment

STORES = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Store:
    """A store with a data folder of its own; `environment` is that of the processes that work on it."""

    kind: str
    data: Path
    environment: dict[str, str]

    def samenspel(self, *words: str) -> "subprocess.CompletedProcess[str]":
        command = [PYTHON, "-m", "samenspel", *words]
        return subprocess.run(command, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False)

    def role(self, name: str) -> str:
        """Run the check's own file as a part that uses the product's code; what it prints."""
        sound = {"DJANGO_SETTINGS_MODULE": "samenspel.config.settings", "TRUST_ROLE": name}
        command = [PYTHON, sys.modules["__main__"].__file__ or ""]
        done = subprocess.run(
            command, env=self.environment | sound, cwd=ROOT, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        return done.stdout.strip()

    def sql(self, *statements: str) -> list[tuple[Any, ...]]:
        """Run statements past the product, each at once; the rows of the last."""
        if self.kind == "postgresql":
            with psycopg.connect(self.environment["DATABASE_URL"], autocommit=True) as server:
                return _run(server, statements)
        file = sqlite3.connect(self.data / "samenspel.sqlite3", isolation_level=None, timeout=30)
        try:
            return _run(file, statements)
        finally:
            file.close()


def _run(connection: Any, statements: tuple[str, ...]) -> list[tuple[Any, ...]]:
    cursor = connection.cursor()
    for statement in statements:
        cursor.execute(statement)
    return list(cursor.fetchall()) if cursor.description else []


@contextmanager
def store(kind: str, settings: str | None = None, **more: str) -> Iterator[Store]:
    """A fresh store that syncs to disk as in service; `settings` names the module of a control."""
    with (
        tempfile.TemporaryDirectory(prefix="samenspel-trust-") as folder,
        postgres({}) if kind == "postgresql" else nullcontext("") as url,
    ):
        made = environment(Path(folder), settings) | {"SAMENSPEL_MUNICIPALITY": "GM9901"} | more
        yield Store(kind, Path(folder), made | ({"DATABASE_URL": url} if url else {}))
