#!/usr/bin/env python3
"""R-mail: killed while it sends, `samenspel work` loses no mail; one that comes twice has one identity and is counted.

On both stores 500 mails wait for a real mail server. Every 40 to 60 mails the sender is killed (SIGKILL): by turns when
the server has the mail and did not answer yet, and a moment after its answer. After a kill the lease of what was in
hand is ended, as five minutes would do. At the end each mail must have arrived, each with one Message-ID however often,
and every repeat be counted in `samenspel doctor`.
"""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.mail.server import MailServer, serving
from trust.harness import PYTHON, ROOT, report
from trust.stores import STORES, Store, store

MAILS = 500
SEED = 20261122
LONGEST = 300.0
"""Seconds for one store; a mail that has not arrived by then is lost."""


def queue() -> None:
    """Put the mails in the outbox, as actions do."""
    from datetime import UTC, datetime

    import django

    django.setup()
    from django.db import transaction

    from samenspel.cli.base import prepare_store
    from samenspel.mail.outbox import queue as put

    prepare_store()
    for number in range(MAILS):
        with transaction.atomic():
            put(municipality="GM9901", to="an@example.org", subject=f"nummer {number}", body="x", at=datetime.now(UTC))


class Killing(MailServer):
    """A mail server that kills who sends to it, now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.dice = random.Random(SEED)
        self.sender: subprocess.Popen[bytes] | None = None
        self.kills = 0
        self.next_kill = 20

    async def handle_DATA(self, *given: Any) -> str:  # noqa: N802
        answer = await super().handle_DATA(*given)
        if len(self.taken) >= self.next_kill and self.sender is not None:
            self.next_kill = len(self.taken) + self.dice.randint(40, 60)
            if self.kills % 2:
                threading.Timer(self.dice.uniform(0, 0.02), self.kill).start()
            else:
                self.kill()
            self.kills += 1
        return answer

    def kill(self) -> None:
        assert self.sender is not None
        self.sender.send_signal(signal.SIGKILL)


def waiting(outbox: Store) -> int:
    return int(outbox.sql("SELECT COUNT(*) FROM mail_outgoingmessage")[0][0])


def send_all(outbox: Store, server: Killing) -> None:
    """Let `samenspel work` send until the outbox is empty, and start it again each time it was killed."""
    until = time.monotonic() + LONGEST
    while waiting(outbox) and time.monotonic() < until:
        if server.sender is None or server.sender.poll() is not None:
            outbox.sql("UPDATE mail_outgoingmessage SET not_before = created_at WHERE tries > 0")
            server.sender = subprocess.Popen([PYTHON, "-m", "samenspel", "work"], env=outbox.environment, cwd=ROOT)
        time.sleep(0.1)
    assert server.sender is not None
    sender, server.sender = server.sender, None
    sender.kill()
    sender.wait()


@dataclass
class Count:
    kills: int = 0
    lost: int = 0
    repeats: int = 0
    not_counted: int = 0
    other_identities: int = 0


def measure(kind: str, settings: str | None, count: Count) -> None:
    with serving(Killing()) as (server, port):
        address = {"SAMENSPEL_MAIL_HOST": "127.0.0.1", "SAMENSPEL_MAIL_PORT": str(port), "SAMENSPEL_MAIL_TLS": "0"}
        with store(kind, settings, **address, SAMENSPEL_MAIL_FROM="samenspel@markerwaard.example") as outbox:
            outbox.role("queue")
            send_all(outbox, server)
            counted = json.loads(outbox.samenspel("doctor", "--json").stdout)["mail"]["repeated_last_year"]
    arrived = Counter(mail["Subject"] for mail in server.taken)
    identities = {(mail["Subject"], mail["Message-ID"]) for mail in server.taken}
    repeats = sum(arrived.values()) - len(arrived)
    print(
        f"  {kind}: {server.kills} kills, {len(arrived)} mails arrived, {repeats} twice, {counted} counted as perhaps"
    )
    count.kills += server.kills
    count.lost += MAILS - len(arrived)
    count.repeats += repeats
    count.not_counted += max(0, repeats - counted)
    count.other_identities += len(identities) - len(arrived)


def check(control: bool) -> tuple[str, bool]:
    count = Count()
    for kind in STORES:
        measure(kind, "trust.controls.forgetful_outbox" if control else None, count)
    figure = (
        f"{count.lost}-lost-{count.repeats}-repeats-{count.not_counted}-not-counted"
        f"-{count.other_identities}-other-identities-after-{count.kills}-kills"
    )
    tried = count.kills >= 12 and count.repeats > 0
    return figure, tried and (count.lost, count.not_counted, count.other_identities) == (0, 0, 0)


if __name__ == "__main__":
    if os.environ.get("TRUST_ROLE") == "queue":
        queue()
    else:
        report("R-mail", "0-lost-0-not-counted-0-other-identities", check)
