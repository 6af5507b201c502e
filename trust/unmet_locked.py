#!/usr/bin/env python3
"""R-count: while another process holds the store, a question without an answer is answered as fast as ever.

A question that nobody understands is asked of a running site, first with a free store and then while a writer holds it
(SQLite, the whole store at once) for the length of the check. Every answer must be right, and the middle one come
within a second, for this machine may be busy. The count of those in the second half is lost, of the first half each is
there, and the store holds no word of any.
"""

import secrets
import sqlite3
import statistics
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from trust.harness import Site, demo_site, report

TIMES = 10
MOST_SECONDS = 1.0
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def ask(site: Site, word: str) -> float:
    """Ask about a word that does not exist; seconds until the right answer, endless for a wrong one."""
    began = time.monotonic()
    status, _, page = site.get("/zoeken", "POST", urlencode({"vraag": word, "plaats": "1291AC"}).encode(), _FORM)
    took = time.monotonic() - began
    return took if status == 200 and b"Wij begrepen uw vraag niet goed" in page else float("inf")


def asked(site: Site, word: str) -> float:
    """The middle of TIMES answers, in seconds; endless when one was wrong."""
    times = [ask(site, word) for _ in range(TIMES)]
    return max(statistics.median(times), max(times) if float("inf") in times else 0)


def counted(store: sqlite3.Connection) -> int:
    rows = store.execute("SELECT SUM(times) FROM outcomes_unmetneed WHERE need = ''")
    return int(rows.fetchone()[0])


def check(control: bool) -> tuple[str, bool]:
    word = "x" + secrets.token_hex(8)
    with demo_site("trust.controls.patient_count" if control else None) as site:
        store = sqlite3.connect(site.data / "samenspel.sqlite3", isolation_level=None, timeout=30)
        for _ in range(TIMES):  # every process of the site reads its words at its first question
            ask(site, word)
        before = counted(store)
        free = asked(site, word)
        kept = counted(store) - before
        store.execute("BEGIN IMMEDIATE")
        locked = asked(site, word)
        store.execute("ROLLBACK")
        lost = counted(store) - before - kept
        store.close()
        words = sum(word.encode() in file.read_bytes() for file in site.data.rglob("*") if file.is_file())
    figure = f"{free:.2f}-s-free-{locked:.2f}-s-locked-{kept}-and-{lost}-counted-{words}-words-kept"
    return figure, max(free, locked) < MOST_SECONDS and (kept, lost, words) == (TIMES, 0, 0)


if __name__ == "__main__":
    report("R-count", "below-1-s-10-and-0-counted-0-words", check)
