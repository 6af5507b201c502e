#!/usr/bin/env python3
"""P9: a sketch ("what if") is on no public page, in no open data and in no answer to a search; at work it is.

A sketch with an odd name is made in the running demo: it closes a dorpshuis and opens a place with an odd name. The
states are worked out again, and every public page that links lead to, the open data and a search are read.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from trust.harness import PYTHON, ROOT, Site, demo_site, report
from trust.p6_small_counts import signed_in

TITLE, PLACE = "Qworzelplan", "Qworzelhuis"
BEGIN = (
    "/raad/", "/en/raad/", "/raad/wijk/wierhaven/3", "/", "/wijken", f"/zoeken?q={PLACE}", f"/zoeken?q={TITLE}",
    "/api/v1/offerings", "/api/v1/areas", "/hsds/v3/services", "/hsds/v3/service_at_locations",
)  # fmt: skip
MOST_PAGES, FEWEST_PAGES = 250, 60
SKIPPED = ("/werk", "/static", "/vraag", "/taal")

MADE = f"""
import django
django.setup()
from django.utils import timezone
from samenspel.audit.action import Actor
from samenspel.policy.blocks import refresh
from samenspel.policy.blocks.steps import AddPlace, ClosePlace
from samenspel.policy.explorations import add_step, make_exploration
from samenspel.socialmap.models import MeetingPlace
place = MeetingPlace.objects.get(municipality="GM9901", slug="het-oude-schooltje")
here = dict(by=Actor("system", "trust"), at=timezone.now())
row = make_exploration(municipality="GM9901", title="{TITLE}", **here)
new = AddPlace("{PLACE}", place.longitude, place.latitude, 40, True)
for step in (new, ClosePlace(place.pk)):
    add_step(exploration=row, step=step, **here)
refresh(municipality="GM9901", **here)
print(row.pk)
"""


def public(site: Site) -> Iterator[tuple[str, str]]:
    """Every public page that links lead to, and the open data, by address."""
    waiting, seen = list(BEGIN), set()
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        status, headers, body = site.get(path)
        if status != 200:
            continue
        text = body.decode(errors="replace")
        yield path, text
        if "html" in headers.get("content-type", ""):
            found = re.findall(r'href="(/[^"#]*)"', text)
            waiting += [one.replace("&amp;", "&") for one in found if not one.startswith(SKIPPED)]


def words_in(text: str, words: tuple[str, ...], path: str) -> list[str]:
    """The words of the sketch in a text; of a search the word that was asked for is not counted."""
    return [word for word in words if word not in path and word.lower() in text.lower()]


def check(control: bool) -> tuple[str, bool]:
    with demo_site("trust.controls.leaking_sketch" if control else None) as site:
        made = subprocess.run(
            [PYTHON, "-c", MADE], env=site.environment, cwd=ROOT, capture_output=True, text=True, check=True
        )
        key = made.stdout.split()[-1]
        words = (TITLE, PLACE, key)
        shown = dict(public(site))
        wrong = [
            f"{path}: {', '.join(found)}" for path, text in shown.items() if (found := words_in(text, words, path))
        ]
        cookie = signed_in(site, "beleid")
        at_work = site.get(f"/werk/wijken/verkenningen/{key}", headers={"Cookie": cookie})[2].decode()
    print("\n".join(f"  {one}" for one in wrong[:12]))
    is_there = set(words_in(at_work, words, "")) == set(words)
    is_wide = len(shown) >= FEWEST_PAGES and any(path.startswith("/raad/wijk/") for path in shown)
    return f"{len(wrong)}-of-{len(shown)}-public-answers", is_there and is_wide and not wrong


if __name__ == "__main__":
    report("P9", "0-public-answers", check)
