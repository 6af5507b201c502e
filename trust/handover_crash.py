#!/usr/bin/env python3
"""R-handover: killed at whatever moment, no handover is half done: one holder, hands counted right, no mail lost.

On both stores several processes hand a few questions over all the time: propose, say yes, say no, give back, say that
it helped and that it did not. They and `samenspel work`, which mails, are killed (SIGKILL) at random moments. A step is
told to this check after its action returned. Afterwards every step that was told must be there, every question have one
holder, who is its last hand; every hand belong to a yes or a return; and as many mails have arrived as the steps ask
for, each with one Message-ID, every repeat counted.
"""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.mail.server import MailServer, serving
from trust.harness import PYTHON, ROOT, report
from trust.stores import STORES, Store, store

WORKERS, QUESTIONS = 4, 8
KILLS = 60
SEED = 20261122
LONGEST = 240.0
"""Seconds that the mails of one store may take to arrive; what has not by then is lost."""
HERE = "GM9901"
PATHS = {
    ("propose", "approve"): {"waiting", "cancelled"},
    ("propose", "approve", "refuse"): {"refused"},
    ("propose", "approve", "accept"): {"accepted", "ended"},
    ("propose", "approve", "accept", "give_back"): {"ended"},
}
"""All that can have happened to a handover, and how it stands then: it ends too when stokje or question does."""
NOTE_MAILS = {
    "sqlite": "CREATE TRIGGER note AFTER INSERT ON mail_outgoingmessage BEGIN INSERT INTO asked VALUES (NEW.id); END",
    "postgresql": "CREATE RULE note AS ON INSERT TO mail_outgoingmessage DO ALSO INSERT INTO asked VALUES (NEW.id)",
}
"""In the transaction that asks for a mail, the store itself writes down which."""


# --- roles that run the product's own code ---


def prepare() -> None:
    """Two teams and a club with an account, grounds, and questions; print the codes."""
    import django

    django.setup()
    from datetime import UTC, datetime
    from uuid import uuid4

    from samenspel.audit.action import Actor
    from samenspel.cli.base import prepare_store
    from samenspel.handover.actions import ask_for_help
    from samenspel.handover.grounds import fix_ground, proposal
    from samenspel.handover.told import Told
    from samenspel.people.actions import add_organization, set_team
    from samenspel.people.facts import OrganizationFacts, TeamFacts
    from samenspel.people.models import User
    from samenspel.places.models import Area

    prepare_store()
    by, at = Actor("system"), datetime.now(UTC)
    facts = OrganizationFacts(name="Club", kind="association", email="club@example.org")
    club = add_organization(municipality=HERE, facts=facts, by=by, at=at)
    rows = (("een", "connector", None), ("twee", "connector", None), ("drie", "volunteer_coordinator", club))
    people = [
        User.objects.create(email=f"{name}@x.example", municipality=HERE, access_role=role, organization=where)
        for name, role, where in rows
    ]
    areas = [Area.objects.create(municipality=HERE, code=f"BU{n}", year=2024, kind="neighborhood") for n in (1, 2)]
    for area, member in zip(areas, people, strict=False):
        phone, mail = "0320-555200", f"team-{area.code}@example.org"
        team = TeamFacts(name=area.code, phone=phone, email=mail, areas=(area,), members=(member,))
        set_team(municipality=HERE, facts=team, by=by, at=at)
    for ground in proposal():
        fix_ground(municipality=HERE, facts=ground, by=by, at=at)
    told = Told(text="vraag", name="An", way="phone", reach="0320-555300")
    for number in range(QUESTIONS):
        asked = {"municipality": HERE, "area": areas[number % 2], "about": "self", "channel": "web", "days": 60}
        print(ask_for_help(told=told, token=uuid4(), by=by, at=at, **asked)[1])  # type: ignore[arg-type]


def hand_over() -> None:
    """Let a child begin for every line read, each with its number; a child works until it is killed."""
    import django

    django.setup()
    import samenspel.handover.handing
    import samenspel.handover.holding  # noqa: F401

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        seed, *codes = line.split()
        if child := os.fork():
            _tell({"began": child})
            continue
        work = _Work(random.Random(int(seed)), codes)
        while True:
            work.step()


def _tell(what: dict[str, Any]) -> None:
    os.write(1, json.dumps(what).encode() + b"\n")


class _Work:
    """One who does random steps, each told after it was done."""

    def __init__(self, dice: random.Random, codes: list[str]) -> None:
        self.dice, self.codes = dice, codes

    def step(self) -> None:
        from samenspel.handover.handing import AlreadyAnswered
        from samenspel.handover.states import StepRefused
        from samenspel.handover.steps import NotAllowed, NotThere
        from samenspel.people.checks import FactRefused

        verb = self.dice.choice((self.propose, self.propose, self.answer, self.answer, self.answer, self.say))
        try:
            done = verb()
        except (AlreadyAnswered, FactRefused, NotAllowed, NotThere, StepRefused):
            return
        except Exception as fault:
            if "locked" not in str(fault):  # SQLite let it wait too long and said no: nothing was done
                _tell({"fault": f"{type(fault).__name__}: {fault}"[:200]})
            return
        if done:
            _tell({"action": done[0], "object": str(done[1].pk)})
        time.sleep(self.dice.uniform(0, 0.03))

    def propose(self) -> "tuple[str, Any] | None":
        from samenspel.handover.handing import Proposal, propose
        from samenspel.handover.models import HelpRequest, LegalGround
        from samenspel.handover.shared import Shared
        from samenspel.people.models import Organization, Team

        request = self.dice.choice(list(HelpRequest.objects.select_related("team")))
        others = list(Team.objects.exclude(pk=request.team_id))
        to: dict[str, Any] = (
            {"team": others[0]} if self.dice.random() < 0.5 else {"organization": Organization.objects.get()}
        )
        ground = LegalGround.objects.filter(for_sharing=True).first()
        assert ground is not None
        wanted = Proposal(kind="holder", shared=Shared(text="hulp"), ground=ground, until=request.ends_on, **to)
        by = self._someone(request.team, request.organization_id)
        return "approve", propose(request=request, proposal=wanted, spoken=True, by=by, at=self._now())

    def answer(self) -> "tuple[str, Any] | None":
        from samenspel.handover.handing import accept, give_back, refuse
        from samenspel.handover.models import Handover

        live = list(Handover.objects.filter(state__in=("waiting", "accepted")).select_related("request", "team"))
        if not live:
            return None
        row = self.dice.choice(live)
        by, at = self._someone(row.team, row.organization_id), self._now()
        if row.state == Handover.State.ACCEPTED:
            give_back(handover=row, by=by, at=at)
            return "give_back", row
        if self.dice.random() < 0.3:
            refuse(handover=row, refusal="full", by=by, at=at)
            return "refuse", row
        accept(handover=row, by=by, at=at)
        return "accept", row

    def say(self) -> "tuple[str, Any] | None":
        from samenspel.audit.action import Actor
        from samenspel.handover.holding import say

        verb = self.dice.choice(("say_helped", "say_not_helped", "say_not_helped"))
        code = self.dice.choice(self.codes)
        return verb, say(municipality=HERE, code=code, verb=verb, by=Actor("resident"), at=self._now())

    def _someone(self, team: Any, organization: Any) -> Any:
        from samenspel.audit.action import Actor
        from samenspel.people.models import User

        person = User.objects.get(organization=organization) if organization else team.members.get()
        return Actor("person", str(person.pk))

    def _now(self) -> Any:
        from datetime import UTC, datetime

        return datetime.now(UTC)


# --- the check ---


@dataclass
class Load:
    """The processes that hand over, and what they told."""

    process: "subprocess.Popen[str]"
    codes: list[str]
    told: list[tuple[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    alive: list[int] = field(default_factory=list)
    begun: int = 0

    def begin(self) -> None:
        assert self.process.stdin is not None
        self.begun += 1
        self.process.stdin.write(f"{SEED + self.begun} {' '.join(self.codes)}\n")
        self.process.stdin.flush()

    def listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            said = json.loads(line)
            if "began" in said:
                self.alive.append(said["began"])
            elif "fault" in said:
                self.faults.append(said["fault"])
            else:
                self.told.append((said["action"], said["object"].replace("-", "")))

    def kill(self, dice: random.Random) -> None:
        """After some steps more, and a moment, kill one and let another begin."""
        enough = len(self.told) + dice.randint(4, 16)
        wait_for(lambda: len(self.alive) == WORKERS and len(self.told) >= enough)
        time.sleep(dice.uniform(0, 0.1))
        os.kill(self.alive.pop(dice.randrange(WORKERS)), signal.SIGKILL)
        self.begin()


@contextmanager
def loading(place: Store, codes: list[str]) -> Iterator[Load]:
    """Let WORKERS hand over; none is left after it."""
    env = place.environment | {"TRUST_ROLE": "hand_over"}
    process = subprocess.Popen(
        [PYTHON, __file__], env=env, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    load = Load(process, codes)
    listener = threading.Thread(target=load.listen)
    listener.start()
    try:
        for _ in range(WORKERS):
            load.begin()
        wait_for(lambda: len(load.told) > WORKERS)
        yield load
        wait_for(lambda: len(load.alive) == WORKERS)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(timeout=20)
        for child in load.alive:
            os.kill(child, signal.SIGKILL)
        listener.join(timeout=20)


def wait_for(holds: Any, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            raise RuntimeError("it did not come so far")
        time.sleep(0.01)


class Mailing:
    """`samenspel work`, which can be killed and begins again; a kill ends the leases as five minutes would do."""

    def __init__(self, place: Store) -> None:
        self.place = place
        self.process = self._begin()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.process = self._begin()

    def finish(self) -> None:
        """Until every mail has left."""
        until = time.monotonic() + LONGEST
        while self.place.sql("SELECT COUNT(*) FROM mail_outgoingmessage")[0][0] and time.monotonic() < until:
            time.sleep(0.2)
        self.process.kill()
        self.process.wait()

    def _begin(self) -> "subprocess.Popen[bytes]":
        self.place.sql("UPDATE mail_outgoingmessage SET not_before = created_at WHERE tries > 0")
        return subprocess.Popen([PYTHON, "-m", "samenspel", "work"], env=self.place.environment, cwd=ROOT)


def wrongs(place: Store, told: list[tuple[str, str]]) -> Iterator[str]:
    """What is not as it must be, read past the product."""
    events: dict[str, list[str]] = defaultdict(list)
    for action, what in place.sql("SELECT action, object_id FROM audit_auditevent ORDER BY id"):
        events[str(what).replace("-", "")].append(action)
    lost = Counter(told) - Counter((action, what) for what, several in events.items() for action in several)
    yield from (f"lost: {action} of {what}" for action, what in lost)
    handovers = [tuple(map(str, row)) for row in place.sql("SELECT id, request_id, state FROM handover_handover")]
    moves: dict[str, Counter[str]] = defaultdict(Counter)
    for row, request, state in handovers:
        path = tuple(events[row.replace("-", "")])
        if state not in PATHS.get(path, ()):
            yield f"handover {row} is {state} after {path}"
        moves[request].update(path)
    yield from _wrong_hands(place, moves)


def _wrong_hands(place: Store, moves: dict[str, Counter[str]]) -> Iterator[str]:
    hands = defaultdict(list)
    query = "SELECT request_id, number, cause, ended_at, team_id, organization_id FROM handover_hand"
    for request, *hand in place.sql(f"{query} ORDER BY request_id, number"):
        hands[str(request)].append(hand)
    held = place.sql("SELECT id, hands, state, team_id, organization_id FROM handover_helprequest")
    for request, number, state, team, organization in ((str(row[0]), *row[1:]) for row in held):
        own, is_open = hands[request], state in ("waiting", "active")
        if [hand[0] for hand in own] != list(range(1, number + 1)):
            yield f"{request}: {number} hands, written down {[hand[0] for hand in own]}"
        if [hand[2] is None for hand in own] != [False] * (len(own) - 1) + [is_open]:
            yield f"{request}: {state}, and open are {[hand[0] for hand in own if hand[2] is None]}"
        if own[-1][3:] != [team, organization]:
            yield f"{request}: the last hand is not the holder"
        causes, done = Counter(hand[1] for hand in own), moves[request]
        if causes["accepted"] != done["accept"]:
            yield f"{request}: {causes['accepted']} hands by a yes, and {done['accept']} yeses"
        if causes["given_back"] > done["give_back"]:
            yield f"{request}: a hand came back and nobody gave it"


@dataclass
class Count:
    steps: int = 0
    kills: int = 0
    wrong: int = 0
    mails_lost: int = 0
    mails_not_counted: int = 0


def measure(kind: str, settings: str | None, count: Count) -> None:
    dice = random.Random(SEED)
    with serving(MailServer()) as (server, port):
        address = {"SAMENSPEL_MAIL_HOST": "127.0.0.1", "SAMENSPEL_MAIL_PORT": str(port), "SAMENSPEL_MAIL_TLS": "0"}
        with store(
            kind, settings, **address, SAMENSPEL_MAIL_FROM="s@markerwaard.example", SAMENSPEL_MEANING="0"
        ) as place:
            codes = place.role("prepare").split()
            place.sql("CREATE TABLE asked (id TEXT)" if kind == "sqlite" else "CREATE TABLE asked (id UUID)")
            place.sql(NOTE_MAILS[kind])
            mailing = Mailing(place)
            try:
                with loading(place, codes) as load:
                    for kill in range(KILLS):
                        load.kill(dice)
                        if kill % 12 == 11:
                            mailing.kill()
                            count.kills += 1
            finally:
                mailing.finish()
            wrong = [*wrongs(place, load.told), *load.faults]
            asked = {f"{row[0]}".replace("-", "") for row in place.sql("SELECT id FROM asked")}
            repeated = place.sql("SELECT COUNT(*) FROM mail_repeatedmail")[0][0]
    arrived = Counter(identity.strip("<>").partition("@")[0].replace("-", "") for identity in server.identities)
    twice = sum(arrived.values()) - len(arrived)
    print("\n".join(f"  {kind}: {one}" for one in wrong[:12]))
    print(f"  {kind}: {len(load.told)} steps told, {len(asked)} mails asked, {len(arrived)} arrived, {twice} twice")
    count.steps += len(load.told)
    count.kills += KILLS
    count.wrong += len(wrong)
    count.mails_lost += len(asked ^ set(arrived))
    count.mails_not_counted += max(0, twice - repeated)


def check(control: bool) -> tuple[str, bool]:
    count = Count()
    for kind in STORES:
        measure(kind, "trust.controls.halfway_hands" if control else None, count)
    figure = (
        f"{count.wrong}-wrong-{count.mails_lost}-mails-lost-{count.mails_not_counted}-not-counted"
        f"-in-{count.steps}-steps-after-{count.kills}-kills"
    )
    return figure, count.steps > 8 * KILLS and (count.wrong, count.mails_lost, count.mails_not_counted) == (0, 0, 0)


if __name__ == "__main__":
    roles = {"prepare": prepare, "hand_over": hand_over}
    if role := os.environ.get("TRUST_ROLE"):
        roles[role]()
    else:
        report("R-handover", "0-wrong-0-mails-lost-0-not-counted", check)
