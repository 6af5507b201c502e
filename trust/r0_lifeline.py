#!/usr/bin/env python3
"""R0: when `samenspel demo` dies in any way, every process that it started is gone within one second."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from trust.harness import demo_site, report

LIMIT = 1.0  # seconds


def descendants(pid: int) -> list[int]:
    children = subprocess.run(
        ["ps", "--ppid", str(pid), "-o", "pid="], capture_output=True, text=True, check=False
    ).stdout
    found = [int(child) for child in children.split()]
    return found + [pid for child in found for pid in descendants(child)]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def check(control: bool) -> tuple[str, bool]:
    slowest, left = 0.0, 0
    for deadly in (signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV):
        with demo_site("trust.controls.no_lifeline" if control else None) as site:
            family = descendants(site.process.pid)
            assert len(family) >= 4, f"expected server, two web processes and a worker, saw {len(family)}"
            os.kill(site.process.pid, deadly)
            start = time.monotonic()
            while any(alive(pid) for pid in family) and time.monotonic() - start < 3:
                time.sleep(0.02)
            slowest = max(slowest, time.monotonic() - start)
            survivors = [pid for pid in family if alive(pid)]
            left += len(survivors)
            for pid in survivors:
                os.kill(pid, signal.SIGKILL)
    return f"{slowest:.2f}s-{left}-left", slowest <= LIMIT and not left


if __name__ == "__main__":
    report("R0", "1.00s-0-left", check)
