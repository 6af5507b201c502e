"""Runs `samenspel import offerings FILE --json` for each file named on standard input, in a fork of its own.

Forking a process in which everything is loaded saves the start of ninety processes; the memory of a fork counts what
it was born with. Answers each file with one line of JSON: status, seconds, megabytes (its own and that of its largest
child, added).
"""

import json
import os
import resource
import signal
import sys
import time
from pathlib import Path

import django

KEEP_ALIVE = 3 * 1024**3
"""Bytes of memory that no fork may pass, so that a control does not take the machine along."""
GIVE_UP = 90
"""Seconds after which a fork is ended."""


def megabytes() -> float:
    return sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


def run(file: str, folder: Path) -> None:
    """In the fork: read the file, write what was said to `folder`, and end."""
    from samenspel.__main__ import main

    resource.setrlimit(resource.RLIMIT_AS, (KEEP_ALIVE, KEEP_ALIVE))
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    status = 2
    try:
        main(["import", "offerings", file, "--json"])
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    except BaseException as error:  # a crash is what the check looks for: say it and end
        print(f"Traceback {type(error).__name__}: {str(error)[:300]}", file=sys.stderr)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        (folder / "megabytes").write_text(f"{megabytes():.1f}")
        os._exit(status)


def wait(pid: int) -> int:
    until = time.monotonic() + GIVE_UP
    while time.monotonic() < until:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return -signal.SIGKILL


def main() -> None:
    django.setup()
    from samenspel.cli.management.commands import import_offerings  # noqa: F401
    from samenspel.socialmap.importers.columns import columns_of

    columns_of("offerings")
    folder = Path(sys.argv[1])
    for line in sys.stdin:
        (folder / "megabytes").unlink(missing_ok=True)
        started = time.monotonic()
        pid = os.fork()
        if pid == 0:
            run(line.rstrip("\n"), folder)
        status = wait(pid)
        seconds = time.monotonic() - started
        measured = folder / "megabytes"
        print(json.dumps([status, seconds, float(measured.read_text()) if measured.exists() else 9999.0]), flush=True)


if __name__ == "__main__":
    main()
