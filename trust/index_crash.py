#!/usr/bin/env python3
"""R-index: whatever is killed at whatever moment, every answer is one state of the database, and the index ends right.

Five offerings change together, in one transaction, all the time. Meanwhile the writer of the index, and now and then a
web process, is killed (SIGKILL), also halfway new builds. Every answer of the API must show all of them in one and the
same state; afterwards the index must equal the database.
"""

import datetime
import http.client
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from trust.harness import PYTHON, ROOT, environment, free_port, report

KILLS = 36
WEB_SHARE, REBUILD_SHARE = 0.2, 0.5
SEED = 20261121
WORD = "qx7zq"
"""No word, so that nothing else in the demo is found by it."""
ALL, SOME = 5, 3
"""Offerings that there are, and in every third state."""


def expected(state: int) -> int:
    return SOME if state % 3 == 0 else ALL


# --- the one who changes: the only part that runs the product's own code ---


def change() -> None:
    """Bring the offerings from state to state until standard input ends; say each number before it is committed."""
    import django

    django.setup()
    from django.db import transaction

    from samenspel.audit.action import Actor
    from samenspel.people.models import Organization
    from samenspel.socialmap import actions
    from samenspel.socialmap.facts import OfferingFacts

    by, at = Actor("system"), datetime.datetime.now(datetime.UTC)
    today, later = at.date(), at.date() + datetime.timedelta(days=900)
    group = Organization.objects.filter(listing_agreed_at__isnull=False).order_by("slug").first()
    assert group is not None

    def facts(number: int, state: int) -> OfferingFacts:
        summary = f"stand {state}"
        name = f"{WORD.capitalize()} {number}"
        return OfferingFacts(name=name, kind="activity", summary=summary, organization=group, delivery="remote")

    with transaction.atomic():
        rows = [
            actions.add_offering(municipality=group.municipality, facts=facts(number, 1), by=by, at=at)
            for number in range(ALL)
        ]
    stop = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
    state = 1
    print(state, flush=True)
    while not stop.wait(0.03):
        state += 1
        print(state, flush=True)
        with transaction.atomic():
            for number, row in enumerate(rows):
                actions.change_offering(offering=row, facts=facts(number, state), by=by, at=at)
            for row in rows[SOME:]:
                actions.end_offering(offering=row, on=today if expected(state) == SOME else later, by=by, at=at)


# --- the check ---


@dataclass
class Count:
    answers: int = 0
    wrong: list[str] = field(default_factory=list)
    unreachable: int = 0
    kills: int = 0
    last_state: int = 0
    lags: list[float] = field(default_factory=list)


@dataclass
class Site:
    port: int
    data: Path
    environment: dict[str, str]
    children: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def start(self, name: str) -> None:
        words = {"work": ["work"], "serve": ["serve", "--port", str(self.port)]}[name]
        command = [PYTHON, "-m", "samenspel", *words]
        quiet = None if os.environ.get("TRUST_VERBOSE") else subprocess.DEVNULL
        self.children[name] = subprocess.Popen(command, env=self.environment, cwd=ROOT, stdout=quiet, stderr=quiet)

    def keep_up(self, seconds: float) -> None:
        """Wait, and put back what fell meanwhile."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for name, child in self.children.items():
                if child.poll() is not None:
                    self.start(name)
            time.sleep(0.05)

    def end(self) -> None:
        for child in self.children.values():
            child.kill()
        for child in self.children.values():
            child.wait()

    def ask(self, limit: int = 50) -> list[str]:
        """The summaries of what is found; raises OSError or HTTPException when nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            body = json.dumps({"question": WORD, "limit": limit})
            connection.request("POST", "/api/v1/match", body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            data = json.loads(answer.read())
            if answer.status != 200:
                raise AssertionError(f"status {answer.status}: {data}")
            return [result["summary"] for result in data["results"]]
        finally:
            connection.close()


@contextmanager
def site(control: bool) -> Iterator[Site]:
    with tempfile.TemporaryDirectory(prefix="samenspel-trust-") as folder:
        settings = "trust.controls.broken_index" if control else "samenspel.config.settings"
        made = Site(free_port(), Path(folder), environment(Path(folder), settings))
        load = [PYTHON, "-m", "samenspel", "demo", "--load-only"]
        sound = environment(Path(folder))
        subprocess.run(load, env=sound, cwd=ROOT, check=True, capture_output=not os.environ.get("TRUST_VERBOSE"))
        try:
            yield made
        finally:
            made.end()


@contextmanager
def changing(made: Site, count: Count) -> Iterator[None]:
    """Let the offerings change; `count.last_state` is the newest state that can have been committed."""
    role = environment(made.data, "samenspel.config.settings") | {"TRUST_ROLE": "change"}
    process = subprocess.Popen(
        [PYTHON, __file__], env=role, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdin is not None
    count.last_state = int(process.stdout.readline())
    lines = process.stdout

    def listen() -> None:
        for line in lines:
            count.last_state = int(line)

    listener = threading.Thread(target=listen)
    listener.start()
    try:
        yield
    finally:
        process.stdin.close()
        process.wait(timeout=20)
        listener.join()


def judge(summaries: list[str], newest: int) -> str:
    """What is wrong with an answer; "" when it is one state that the database had."""
    states = {int(found[1]) for summary in summaries if (found := re.fullmatch(r"stand (\d+)", summary))}
    if len(states) != 1:
        return f"{len(states)} states in {len(summaries)} results"
    state = states.pop()
    if state > newest:
        return f"state {state} of the future"
    if len(summaries) != expected(state):
        return f"state {state} with {len(summaries)} results"
    return ""


def keep_asking(made: Site, count: Count, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            summaries = made.ask()
        except (OSError, http.client.HTTPException):
            count.unreachable += 1
            stop.wait(0.02)
            continue
        except AssertionError as error:
            count.wrong.append(str(error))
            continue
        count.answers += 1
        if wrong := judge(summaries, count.last_state):
            count.wrong.append(wrong)


def kill_one(made: Site, dice: random.Random) -> None:
    """Kill the writer, or a web process."""
    if dice.random() < WEB_SHARE:
        serve = made.children["serve"]
        found = subprocess.run(
            ["ps", "--ppid", str(serve.pid), "-o", "pid="], capture_output=True, text=True, check=False
        ).stdout.split()
        if found:
            os.kill(int(dice.choice(found)), signal.SIGKILL)
        return
    if dice.random() < REBUILD_SHARE:
        (made.data / "index" / "rebuild-wanted").touch()
        time.sleep(dice.uniform(0.0, 0.9))
    made.children["work"].kill()


def settle(made: Site, count: Count) -> str:
    """Wait until the newest state is shown, then compare index and database; "" when all is well."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            summaries = made.ask()
        except (OSError, http.client.HTTPException, AssertionError):
            summaries = []
        if summaries and summaries[0] == f"stand {count.last_state}" and not judge(summaries, count.last_state):
            break
        time.sleep(0.1)
    else:
        return "newest-state-lost"
    verify = [PYTHON, "-m", "samenspel", "index", "verify"]
    sound = environment(made.data)
    return "" if subprocess.run(verify, env=sound, cwd=ROOT, check=False).returncode == 0 else "unequal"


def check(control: bool) -> tuple[str, bool]:
    dice, count, stop = random.Random(SEED), Count(), threading.Event()
    with site(control) as made:
        with changing(made, count):
            made.start("work")
            made.start("serve")
            until = time.monotonic() + 30
            while time.monotonic() < until:
                try:
                    if not judge(made.ask(), count.last_state):
                        break
                except (OSError, http.client.HTTPException, AssertionError):
                    pass
                time.sleep(0.1)
            askers = [threading.Thread(target=keep_asking, args=(made, count, stop)) for _ in range(2)]
            for asker in askers:
                asker.start()
            while count.kills < KILLS and not (control and count.wrong):
                made.keep_up(dice.uniform(1.5, 2.5))  # a writer needs about a second to start
                kill_one(made, dice)
                count.kills += 1
            stop.set()
            for asker in askers:
                asker.join()
        made.keep_up(2.0)
        end = settle(made, count)
    for wrong in sorted(set(count.wrong))[:5]:
        print(f"  wrong: {wrong}")
    print(f"  {count.last_state} states, {count.answers} answers, {count.unreachable} times nobody answered")
    figure = f"{len(count.wrong)}-wrong-in-{count.answers}-answers-after-{count.kills}-kills-then-{end or 'equal'}"
    return figure, not count.wrong and not end and count.answers > 1000 and count.kills >= 30


if __name__ == "__main__":
    if os.environ.get("TRUST_ROLE") == "change":
        change()
    else:
        report("R-index", "0-wrong-then-equal", check)
