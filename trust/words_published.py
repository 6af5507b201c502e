#!/usr/bin/env python3
"""R-words: what an editor publishes or withdraws holds in every web process within two seconds.

A phrase is published and withdrawn by the actions themselves, in a process of its own, while a running site with two
web processes is asked the same question over and over, each time on a new connection. The clock stops when the last
answer that is not yet right has been given; after that 40 answers on end must be right.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from trust.harness import PYTHON, ROOT, Site, demo_site, report

LIMIT = 2.0  # seconds
ON_END = 40
MOST = 2000
"""Answers after the commit; whoever is not right by then never will be."""
QUESTION = {"question": "wie wil er blarf snork", "postcode": "1291AC", "limit": 1}
NEED = "walking_buddy"


def change(verb: str) -> None:
    """In a process with the product's own code: publish the phrase, or withdraw it; prints when it was committed."""
    import django

    django.setup()
    from datetime import UTC, datetime

    from samenspel.audit.action import Actor
    from samenspel.socialmap.models import OwnPhrase
    from samenspel.socialmap.wording import PhraseFacts, add_phrase, publish, withdraw

    by, at = Actor("person", "trust"), datetime.now(UTC)
    if verb == "publish":
        facts = PhraseFacts(text="blarf snork", effect="names", target=NEED, reason="proef")
        phrase = add_phrase(municipality="GM9901", facts=facts, by=by, at=at)
        publish(phrases=[phrase], note="proef", by=by, at=at)
    else:
        withdraw(phrase=OwnPhrase.objects.get(stage="published"), reason="proef", by=by, at=at)
    print(time.time())


def understood(site: Site) -> bool:
    headers = {"content-type": "application/json", "accept": "application/json"}
    status, _, body = site.get("/api/v1/match", "POST", json.dumps(QUESTION).encode(), headers)
    assert status == 200, f"{status} {body!r}"
    return NEED in [need["key"] for need in json.loads(body)["needs"]]


def seconds_until(site: Site, verb: str) -> float:
    """How long after the commit the last wrong answer came."""
    environment = site.environment | {"SAMENSPEL_MUNICIPALITY": "GM9901"}
    process = subprocess.Popen([PYTHON, __file__, verb], env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    last_wrong, right, left = 0.0, 0, MOST
    while right < ON_END and left:
        left -= process.poll() is not None
        if understood(site) == (verb == "publish"):
            right += 1
        else:
            right, last_wrong = 0, time.time()
    committed, _ = process.communicate()
    return last_wrong - float(committed)


def check(control: bool) -> tuple[str, bool]:
    with demo_site("trust.controls.deaf_words" if control else None) as site:
        assert not understood(site), "the invented words mean something already"
        slowest = max(seconds_until(site, verb) for verb in ("publish", "withdraw"))
    return f"{slowest:.2f}s", slowest <= LIMIT


if __name__ == "__main__":
    if sys.argv[1:] in (["publish"], ["withdraw"]):
        change(sys.argv[1])
    else:
        report("R-words", "2.00s", check)
