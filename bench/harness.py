"""What the benchmarks share: the machine in a line, and a table with each peer beside it."""

import datetime
import os
import platform
from collections.abc import Iterable
from importlib.metadata import version


def machine() -> str:
    """Date, processor count, Python and the packages that decide the figures."""
    parts = [f"{name} {version(name)}" for name in ("django", "granian", "tantivy", "shapely")]
    today = datetime.datetime.now(datetime.UTC).date()
    return f"{today}, {os.cpu_count()} cores, Python {platform.python_version()}, {', '.join(parts)}"


def table(title: str, head: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    head = list(head)
    print(f"\n### {title}\n\n| {' | '.join(head)} |\n|{'---|' * len(head)}")
    for row in rows:
        print(f"| {' | '.join(str(cell) for cell in row)} |")
