#!/usr/bin/env python3
"""P7: what a group counts for itself is on no page at work and in no open data; it shares means, until it takes back.

A club of the running demo counts meetings whose numbers can be recognised. Every page that an administrator can reach
by links and the open data are searched for them: before sharing, after sharing a quarter, after taking it back.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from trust.harness import PYTHON, ROOT, Site, demo_site, report
from trust.p6_small_counts import signed_in

CAME = (7411, 7523, 7637)
MEAN = 7524
_NUMBER = re.compile(r"(?<![\w.-])\d{4}(?![\w.-])")
"""A number that stands alone: no part of a key, a coordinate or a date."""
OPEN = ("/api/v1/offerings", "/hsds/v3/services")
MOST_PAGES = 150
FEWEST_PAGES = 15
"""Less than this and the check looks in the wrong place."""

ASKED = """
import django, json
django.setup()
from datetime import timedelta
from django.db import transaction
from django.utils import timezone
from samenspel.audit.action import Actor
from samenspel.mail.models import OutgoingMessage
from samenspel.outcomes.periods import quarter_with
from samenspel.socialmap.confirm import start_round, to_ask, way_of
now = timezone.now()
club = next(one for one in to_ask(municipality="GM9901", at=now) if way_of(one) == "link" and one.is_listed)
with transaction.atomic():
    start_round(municipality="GM9901", organizations=[club], by=Actor("system", "trust"), at=now)
    body = OutgoingMessage.objects.get(to=club.email, created_at=now).body
begins = quarter_with(quarter_with(timezone.localdate()).begins - timedelta(days=1)).begins
print(json.dumps({
    "path": "/klopt-dit/" + body.partition("/klopt-dit/")[2].split()[0],
    "offering": str(club.offerings.order_by("name").first().pk),
    "begins": begins.isoformat(),
    "days": [(begins + timedelta(weeks=week)).strftime("%d-%m-%Y") for week in range(3)],
}))
"""


def post(site: Site, path: str, **form: str) -> int:
    body = urlencode(form).encode()
    return site.get(path, "POST", body, {"Content-Type": "application/x-www-form-urlencoded"})[0]


def pages(site: Site, cookie: str, offering: str) -> Iterator[tuple[str, str]]:
    """Every page at work that links lead to, and the open data."""
    waiting = ["/werk/", f"/werk/groepen/aanbod/{offering}", *OPEN]
    seen: set[str] = set()
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        status, headers, body = site.get(path, headers={"Cookie": cookie})
        if status != 200 or "pdf" in headers.get("content-type", ""):
            continue
        text = body.decode(errors="replace")
        yield path, text
        if path.startswith("/werk"):
            waiting += re.findall(r'href="(/werk/[^"#?]*)"', text)


def numbers(text: str) -> set[int]:
    return {int(one) for one in _NUMBER.findall(text)}


def check(control: bool) -> tuple[str, bool]:
    with demo_site("trust.controls.group_counts" if control else None) as site:
        made = subprocess.run(
            [PYTHON, "-c", ASKED], env=site.environment, cwd=ROOT, capture_output=True, text=True, check=True
        )
        club = json.loads(made.stdout.splitlines()[-1])
        page = f"{club['path']}/tellen/{club['offering']}"
        noted = [
            post(site, page, doe="tel", dag=day, kwamen=str(came)) for day, came in zip(club["days"], CAME, strict=True)
        ]
        cookie = signed_in(site)
        looked, wrong, told = 0, [], []
        for verb in ("", f"deel:{club['begins']}", f"terug:{club['begins']}"):
            if verb:
                noted.append(post(site, page, doe=verb))
            shown = dict(pages(site, cookie, club["offering"]))
            looked += len(shown)
            wrong += [f"{path} after '{verb}'" for path, text in shown.items() if numbers(text) & {*CAME}]
            told.append(sum(MEAN in numbers(text) for text in shown.values()))
    print("\n".join(f"  {one}" for one in wrong[:12]))
    is_right = noted == [303] * 5 and told[0] == told[2] == 0 < told[1] and looked >= 3 * FEWEST_PAGES
    return f"{len(wrong)}-single-meetings-in-{looked}-pages-mean-on-{told[1]}-then-{told[2]}", is_right and not wrong


if __name__ == "__main__":
    report("P7", "0-single-meetings", check)
