"""What the trust checks share: a site of their own, an answer of one line, and a control that must fail.

Only the standard library: a check must not lean on the code that it judges. A control names a settings module in
`trust/controls/` that breaks the product on purpose.
"""

import argparse
import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = str(ROOT / ".venv" / "bin" / "python")


@dataclass(frozen=True)
class Site:
    """A running demo: its port, data folder and the process that supervises it."""

    port: int
    data: Path
    process: subprocess.Popen[bytes]
    environment: dict[str, str]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(
        self, path: str, method: str = "GET", body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers (lower-case names; repeated ones joined) and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(data: Path, settings: str | None = None) -> dict[str, str]:
    """The environment of a product process; `settings` names the module of a control."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SAMENSPEL_")}
    kept.pop("DATABASE_URL", None)
    return kept | {
        "SAMENSPEL_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": settings or "samenspel.config.settings",
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
    }


@contextmanager
def demo_site(settings: str | None = None) -> Iterator[Site]:
    """Run `samenspel demo` on a free port with its own data; end only what it started."""
    with tempfile.TemporaryDirectory(prefix="samenspel-trust-") as folder:
        data, port = Path(folder), free_port()
        env = environment(data, settings)
        with (data / "demo.log").open("wb") as log:
            process = subprocess.Popen(
                [PYTHON, "-m", "samenspel", "demo", "--port", str(port)], env=env, cwd=ROOT, stdout=log, stderr=log
            )
        site = Site(port, data, process, env)
        try:
            wait_until_up(site)
            yield site
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_until_up(site: Site, seconds: float = 180) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if site.process.poll() is not None:
            raise RuntimeError(f"the demo stopped: {(site.data / 'demo.log').read_text()[-2000:]}")
        try:
            site.get("/")
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the demo did not come up")


def report(name: str, goal: str, check: Callable[[bool], tuple[str, bool]]) -> None:
    """Run `check(control)`, which gives the figure and whether the goal is met; print the line; exit 0 or 1."""
    parser = argparse.ArgumentParser(description=sys.modules["__main__"].__doc__)
    parser.add_argument("--control", action="store_true", help="break the product on purpose: must end in FAIL")
    figure, met = check(parser.parse_args().control)
    print(f"{name} figure={figure} goal={goal} {'PASS' if met else 'FAIL'}")
    sys.exit(0 if met else 1)
