#!/usr/bin/env python3
"""P6: from all that is told of unmet needs, page and files of every period, no number from 1 to 9 follows.

Every table of the running demo is fetched. In each, the hidden figures are bounded by what is shown beside them: a
figure of a wijk by the total of its quarter, a total by the year in which it stands. One that must be below 10, or that
is shown below 10, is a fault. So is a figure that is not rounded to fives, and a period that is not over.
"""

import csv
import datetime
import http.client
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from trust.harness import Site, demo_site, report

HIDDEN = "afgeschermd"
LEAST = 10
STEP = 5
"""What is told is rounded down to a multiple of this."""
FEWEST_FIGURES = 100
"""Less than this and the check looks in the wrong place."""

Line = tuple[list[int | None], int | None]
"""The figures of one row and their total; None is hidden."""


def signed_in(site: Site, who: str = "beheerder") -> str:
    """The cookie of somebody at work in the demo."""
    until = re.search(r"wachtwoord (\S+)", (site.data / "demo.log").read_text())
    assert until, "no password"
    _, headers, page = site.get("/werk/inloggen")
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token, "no form"
    form = {"email": f"{who}@example.nl", "password": until[1], "csrfmiddlewaretoken": token[1].decode()}
    sent = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": headers["set-cookie"].split(";")[0]}
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)
    connection.request("POST", "/werk/inloggen", urlencode(form).encode(), sent)
    answer = connection.getresponse()
    cookies = [one.split(";")[0] for one in answer.headers.get_all("Set-Cookie") or []]
    connection.close()
    assert answer.status == 302, answer.status
    return "; ".join(cookies)


def tables(site: Site, cookie: str) -> dict[str, dict[tuple[str, str], Line]]:
    """By period and by need with its reason, what its file tells."""
    page = site.get("/werk/gemist", headers={"Cookie": cookie})[2].decode()
    found = {}
    for key in re.findall(r'<option value="([\d-]+)"', page):
        status, _, content = site.get(f"/werk/gemist/{key}.csv", headers={"Cookie": cookie})
        assert status == 200, (key, status)
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))[1:]
        read = [(row[0], row[1], [None if cell == HIDDEN else int(cell) for cell in row[2:]]) for row in rows]
        found[key] = {(need, why): (figures[:-1], figures[-1]) for need, why, figures in read}
    return found


def faults(told: dict[str, dict[tuple[str, str], Line]]) -> Iterator[str]:
    for key, rows in told.items():
        if "-" not in key and int(key) >= datetime.datetime.now(datetime.UTC).year:
            yield f"{key} is not over"
        for name, (parts, total) in rows.items():
            if any(figure is not None and 0 < figure < LEAST for figure in (*parts, total)):
                yield f"{key} {name}: a small number is shown"
            if any(figure is not None and figure % STEP for figure in (*parts, total)):
                yield f"{key} {name}: a figure is told to the last one"
            if "-" in key and is_bounded(parts, total):
                yield f"{key} {name}: a wijk follows from the total"
            if "-" not in key and is_bounded(quarters(told, key, name), total):
                yield f"{key} {name}: a quarter follows from the year"


def quarters(told: dict[str, dict[tuple[str, str], Line]], year: str, name: tuple[str, str]) -> list[int | None]:
    """The totals of the quarters of a year; a need without a row has 0."""
    return [told[key].get(name, ([], 0))[1] for key in told if key.startswith(f"{year}-")]


def is_bounded(parts: list[int | None], total: int | None) -> bool:
    """Whether a hidden part must be small: each of the hidden is 1 or more, and the total at most STEP - 1 more."""
    hidden = parts.count(None)
    if not hidden or total is None:
        return False
    return hidden == 1 or total + STEP - 1 - sum(part or 0 for part in parts) - (hidden - 1) < LEAST


def check(control: bool) -> tuple[str, bool]:
    with demo_site("trust.controls.small_counts" if control else None) as site:
        told = tables(site, signed_in(site))
    wrong = list(faults(told))
    print("\n".join(f"  {one}" for one in wrong[:12]))
    figures = sum(len(parts) + 1 for rows in told.values() for parts, _ in rows.values())
    return f"{len(wrong)}-faults-in-{figures}-figures-of-{len(told)}-periods", not wrong and figures > FEWEST_FIGURES


if __name__ == "__main__":
    report("P6", "0-faults", check)
