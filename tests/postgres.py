"""A PostgreSQL of its own for every process of a test run: `python -m pytest -p tests.postgres -n auto …`.

The cluster lives in a temporary folder, listens on a socket in it only, and ends with its process. Workers share none:
which changes are settled depends on the oldest transaction of the whole cluster, so a slow test beside would count.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@contextmanager
def postgres(options: dict[str, str] = FAST) -> Iterator[str]:
    """Yield the DATABASE_URL of a fresh cluster; end it by its own process id."""
    folder = Path(tempfile.mkdtemp(prefix="samenspel-pg-"))
    server = None
    try:
        make = ["-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        _as_owner(folder, [_program("initdb"), "-D", f"{folder}/data", *make])
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        server = subprocess.Popen(
            _owner_prefix()
            + [
                _program("postgres"),
                "-D",
                f"{folder}/data",
                "-k",
                str(folder),
                "-c",
                "listen_addresses=",
                *settings,
            ],
            stderr=subprocess.DEVNULL,
        )
        _wait_until_ready(folder)
        subprocess.run([_program("createdb"), "-h", str(folder), "-U", "postgres", "samenspel"], check=True)
        yield f"postgres://postgres@{quote(str(folder), safe='')}/samenspel"
    finally:
        if server:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_until_ready(folder: Path) -> None:
    for _ in range(100):
        if subprocess.run([_program("pg_isready"), "-q", "-h", str(folder)], check=False).returncode == 0:
            return
        time.sleep(0.1)
    raise RuntimeError("PostgreSQL did not start")


def _program(name: str) -> str:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which(name) or next((str(f / name) for f in folders if (f / name).exists()), None)
    if not found:
        raise SystemExit(f"{name} not found: install PostgreSQL 15 or newer")
    return found


def _owner_prefix() -> list[str]:
    """PostgreSQL refuses to run as root: then it runs as the user `postgres`."""
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []


def _as_owner(folder: Path, command: list[str]) -> None:
    if os.getuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    subprocess.run(_owner_prefix() + command, check=True, stdout=subprocess.DEVNULL)


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Start before Django reads its settings; a wrapper goes before every plugin that does."""
    cluster = ExitStack()
    early_config.add_cleanup(cluster.close)
    os.environ["DATABASE_URL"] = cluster.enter_context(postgres())
    yield
