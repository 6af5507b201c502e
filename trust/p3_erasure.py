#!/usr/bin/env python3
"""P3: what a resident tells stands nowhere in plain, and after withdrawal or end date no copy of it can be opened.

A marker is typed in every field of a question on a running site, in a form that is refused, in one that meets a fault,
and in a search. It stands too in the text that is shared of a question, in name and address of who is asked without an
account, in the address of a verwijzer, in an early sign and in a melding. Backups are made while all is open. One
question is withdrawn, of two and of the sign the end date passes, the melding is handed in, one question stays.
Before and after, every byte on disk is read: store with WAL and free pages, index, logs, mails, keys and backups, on
SQLite and on PostgreSQL with its WAL. The marker must be in none (as UTF-8, UTF-16 and base64), the destroyed keys in
none (raw, hex, base64); what the backups hold must open with no key that is left. The marker is random and short, so
that the compression of PostgreSQL (pglz) and of the index (lz4), which copies new bytes as they are, cannot hide it.
"""

import base64
import datetime
import os
import re
import secrets
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlencode, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.postgres import postgres
from trust.harness import PYTHON, ROOT, Site, environment, free_port, report

HERE, PLACE = "GM9901", "1291AA"
WEB_FORM = {"content-type": "application/x-www-form-urlencoded"}
CONTROLS = {"sqlite": "trust.controls.plain_requests", "postgresql": "trust.controls.kept_keys"}


# --- roles that run the product's own code ---


def prepare() -> None:
    """A municipality with one buurt and one team."""
    import django

    django.setup()
    import shapely

    from samenspel.audit.action import Actor
    from samenspel.cli.base import prepare_store
    from samenspel.people.actions import set_team
    from samenspel.people.facts import TeamFacts
    from samenspel.people.mandates import FootingFacts, MandateFacts, set_footing, set_mandate
    from samenspel.people.models import AccessRole, User
    from samenspel.places.models import Area, Postcode

    prepare_store()
    box = shapely.to_wkb(shapely.box(5.2, 52.5, 5.3, 52.6))
    sides = {"west": 5.2, "south": 52.5, "east": 5.3, "north": 52.6, "longitude": 5.25, "latitude": 52.55}
    shape = {"boundary": box, "municipality": HERE, "year": 2024, **sides}
    whole = Area.objects.create(code=HERE, kind=Area.Kind.MUNICIPALITY, name="Markerwaard", **shape)
    buurt = Area.objects.create(code="BU99010101", kind=Area.Kind.NEIGHBORHOOD, name="Buurt", parent=whole, **shape)
    point = {"longitude": 5.25, "latitude": 52.55}
    Postcode.objects.create(municipality=HERE, code=PLACE, place_name="Zeestede", neighborhood=buurt, **point)
    member = User.objects.create(
        email="lianne@example.nl", name="Lianne", municipality=HERE, access_role=AccessRole.TEAM_MEMBER
    )
    by, at = Actor("system"), datetime.datetime.now(datetime.UTC)
    facts = TeamFacts(name="Wijkteam", phone="0320-55 52 00", members=(member,))
    team = set_team(municipality=HERE, facts=facts, by=by, at=at)
    set_footing(team=team, facts=FootingFacts(law_articles=("wmo-2-3-2",)), by=by, at=at)
    mandate = MandateFacts(decision="onderzoek", in_name_of="executive", reference="1", valid_from=at.date())
    set_mandate(team=team, facts=mandate, by=by, at=at)


def plant() -> None:
    """Read "marker code …"; ask another for two questions, tell a sign, bring a question: print what each sealed."""
    import uuid

    import django

    django.setup()
    from samenspel.audit.action import Actor
    from samenspel.handover.actions import ask_for_help
    from samenspel.handover.grounds import fix_ground, proposal
    from samenspel.handover.handing import Proposal, propose, read_shared
    from samenspel.handover.melding import mark
    from samenspel.handover.models import HelpRequest, LegalGround
    from samenspel.handover.shared import Shared
    from samenspel.handover.signs import Worry, read_sign, tell_sign
    from samenspel.handover.states import Word
    from samenspel.handover.told import Told
    from samenspel.people.models import User

    marker, *codes = sys.stdin.read().split()
    at, by = datetime.datetime.now(datetime.UTC), Actor("person", str(User.objects.get().pk))
    for facts in proposal():
        fix_ground(municipality=HERE, facts=facts, by=Actor("system"), at=at)
    ground = LegalGround.objects.filter(for_sharing=True)[0]
    shared = Shared(text=f"Hulp bij x{marker}.", receiver=f"Jo x{marker}", email=f"x{marker}@example.nl")
    asked = [HelpRequest.objects.with_code(code, municipality=HERE, on=at.date()).get() for code in codes]
    for request in asked[:2]:
        wanted = Proposal(kind="partner", shared=shared, ground=ground, until=request.ends_on)
        handover = propose(request=request, proposal=wanted, spoken=True, by=by, at=at)
        read_shared(handover=handover, by=Actor("link"), at=at)
        print(request.pk, bytes(handover.sealed).hex())
    sign, _code = tell_sign(municipality=HERE, area=None, about="person", person_knows=True, token=uuid.uuid4(),
                            worry=Worry(text=f"Bij {marker}.", name=marker), by=Actor("resident"), at=at)  # fmt: skip
    read_sign(sign=sign, by=by, at=at)
    print(sign.pk, bytes(sign.sealed).hex())
    told = Told(text=marker, name="An", way="visit", referrer="gp", feedback_to=f"y{marker}@example.nl")
    brought, _code = ask_for_help(municipality=HERE, area=None, about="knows", channel="referrer", told=told, days=14,
                                  token=uuid.uuid4(), by=Actor("resident"), at=at)  # fmt: skip
    print(brought.pk, bytes(brought.sealed).hex())
    mark(request=asked[-1], kind="wmo", word=Word.CARD, by=Actor("resident"), at=at)


def hand_in() -> None:
    """Take the melding out for the zaaksysteem, and note its receipt."""
    import django

    django.setup()
    from samenspel.audit.action import Actor
    from samenspel.handover.melding import take_out, teams_for, transfer
    from samenspel.handover.models import Melding
    from samenspel.people.models import User

    at, by = datetime.datetime.now(datetime.UTC), Actor("person", str(User.objects.get().pk))
    melding = Melding.objects.select_related("request").get()
    take_out(melding=melding, by=by, at=at).as_json()
    transfer(melding=melding, team=teams_for(melding, at=at)[0], receipt="Z-1", by=by, at=at)


def sealed() -> None:
    """Print id, state and sealed bytes (hex) of every question, and whether it opens."""
    import django

    django.setup()
    from samenspel.handover import keys
    from samenspel.handover.models import HelpRequest

    for row in HelpRequest.objects.order_by("asked_at"):
        try:
            keys.unseal(bytes(row.sealed), owner=row.pk)
            opens = "opens"
        except keys.Unreadable:
            opens = "closed"
        print(row.pk, row.state, bytes(row.sealed).hex() or "-", opens)


def open_with_any_key(folder: str) -> None:
    """Read "id hex" lines; print how many open with any key that is left in any file of `folder`."""
    from uuid import UUID

    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    left = [file.read_bytes() for file in Path(folder).rglob("*") if file.is_file()]
    opened = 0
    for line in sys.stdin:
        owner, text = line.split()
        whole = bytes.fromhex(text)
        for key in left:
            try:
                AESGCM(key).decrypt(whole[:12], whole[12:], UUID(owner).bytes)
                opened += 1
            except (InvalidTag, ValueError):
                continue
    print(opened)


# --- the check ---


@dataclass
class Run:
    """One store: a root folder under which all that is written stands, and the running site."""

    root: Path
    env: dict[str, str]
    site: Site
    store: str
    marker: str = field(default_factory=lambda: "q" + secrets.token_hex(9) + "z")
    children: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    @property
    def data(self) -> Path:
        return self.site.data

    def role(self, name: str, *arguments: str, given: str = "") -> str:
        command = [PYTHON, __file__, *arguments]
        done = subprocess.run(
            command, env=self.env | {"TRUST_ROLE": name}, cwd=ROOT, input=given, capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-1500:])
        return done.stdout

    def start(self, *words: str) -> None:
        log = (self.root / "logs" / f"{words[0]}.log").open("ab")
        self.children.append(
            subprocess.Popen([PYTHON, "-m", "samenspel", *words], env=self.env, cwd=ROOT, stdout=log, stderr=log)
        )

    def post(self, path: str, **form: str) -> tuple[int, str]:
        status, _, body = self.site.get(path, "POST", urlencode(form).encode(), WEB_FORM)
        return status, body.decode()

    def told(self, **changes: str) -> dict[str, str]:
        import uuid

        return {
            "kenmerk": str(uuid.uuid4()), "taal": "nl", "voor": "mijzelf", "plaats": PLACE, "manier": "post",
            "vraag": f"Over {self.marker} wil ik praten.", "bereik": f"{self.marker} 1", "naam": self.marker,
            "tijd": self.marker, "bericht": "nee", "dagen": "60", **changes,
        }  # fmt: skip

    def ask(self, days: str) -> str:
        """Leave a question; its code."""
        status, page = self.post("/vraag/versturen", **self.told(dagen=days))
        found = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page)
        if status != 200 or not found:
            raise RuntimeError(f"a question was not taken: {status} {page[:300]}")
        return found[0]


@contextmanager
def running(store: str, settings: str | None) -> Iterator[Run]:
    with tempfile.TemporaryDirectory(prefix="samenspel-trust-") as folder:
        root = Path(folder)
        (root / "logs").mkdir()
        with postgres({}) if store == "postgresql" else nullcontext("") as url:
            env = environment(root / "data", settings) | {"SAMENSPEL_MUNICIPALITY": HERE}
            env |= {"DATABASE_URL": url} if url else {}
            run = Run(root, env, Site(free_port(), root / "data", None, env), store)  # type: ignore[arg-type]
            run.role("prepare")
            try:
                run.start("work")
                run.start("serve", "--port", str(run.site.port))
                wait(run, "/vraag/")
                yield run
            finally:
                for child in run.children:
                    child.terminate()
                for child in run.children:
                    child.wait(timeout=60)


def wait(run: Run, path: str) -> None:
    until = time.monotonic() + 180
    while time.monotonic() < until:
        try:
            if run.site.get(path)[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError((run.root / "logs" / "serve.log").read_text()[-2000:])


def folders(run: Run) -> list[Path]:
    """Where all that is written stands."""
    return [run.root] + ([cluster(run)] if run.store == "postgresql" else [])


def cluster(run: Run) -> Path:
    """The folder of the PostgreSQL cluster."""
    return Path(unquote(urlsplit(run.env["DATABASE_URL"]).netloc.partition("@")[2]))


def back_up(run: Run, name: str) -> None:
    """A backup as an administrator makes it: the store, not the keys."""
    folder = run.root / "backups" / name
    folder.mkdir(parents=True)
    if run.store == "postgresql":
        pg = ["-h", str(cluster(run)), "-U", "postgres"]
        dump = subprocess.run(["pg_dump", *pg, "samenspel"], capture_output=True, check=True).stdout
        (folder / "dump.sql").write_bytes(dump)
        subprocess.run(["psql", *pg, "-qc", "CHECKPOINT", "samenspel"], check=True)
        return
    for file in run.data.glob("samenspel.sqlite3*"):
        shutil.copy(file, folder / f"raw-{file.name}")
    with sqlite3.connect(run.data / "samenspel.sqlite3") as source, sqlite3.connect(folder / "copy.sqlite3") as copy:
        source.backup(copy)


def forms_of(text: bytes) -> list[bytes]:
    """The ways in which a text may stand in a file."""
    plain = text.decode("latin-1")
    shifted = [base64.b64encode(b"x" * n + text)[4 * (n > 0) : -4] for n in range(3)]
    return [text, plain.encode("utf-16-le"), plain.encode("utf-16-be"), text.hex().encode(), *shifted]


def scan(run: Run, needles: list[bytes], *, without: Path | None = None) -> list[str]:
    """Every file that holds one of the needles."""
    found = []
    for root in folders(run):
        for file in root.rglob("*"):
            if not file.is_file() or (without and file.is_relative_to(without)):
                continue
            try:
                content = file.read_bytes()
            except FileNotFoundError:  # a file of a moment
                continue
            if any(needle in content for needle in needles):
                found.append(str(file.relative_to(root)))
    return sorted(found)


def meet_a_fault(run: Run) -> int:
    """Leave a question while no key can be written: status of the answer."""
    folder, away = run.data / "keys", run.data / "keys-away"
    folder.rename(away)
    folder.write_text("in the way")
    status, _ = run.post("/vraag/versturen", **run.told())
    folder.unlink()
    away.rename(folder)
    return status


def leave_traces(run: Run) -> list[str]:
    """Type the marker wherever one can; the codes of four questions: to withdraw, to end, to stay, a melding."""
    codes = [run.ask("60"), run.ask("14"), run.ask("60"), run.ask("60")]
    run.post("/vraag/", verder="1", voor="mijzelf", plaats=PLACE, vraag=run.marker)
    refused, _ = run.post("/vraag/versturen", **run.told(manier=""))
    missing, _ = run.post("/bestaat-niet", vraag=run.marker)
    fault = meet_a_fault(run)
    run.post("/zoeken", vraag=run.marker, plaats=PLACE)
    run.post("/balie", vraag=run.marker, plaats=PLACE)
    run.post("/vraag/kaart", code=codes[0], adres="an@example.nl")
    if (refused, missing, fault) != (400, 404, 500):
        raise RuntimeError(f"expected refusals, got {(refused, missing, fault)}")
    until = time.monotonic() + 60
    while not list((run.data / "mail").glob("*")) and time.monotonic() < until:
        time.sleep(0.2)
    if not list((run.data / "mail").glob("*")):
        raise RuntimeError("the card was not mailed")
    return codes


def wrongs(run: Run) -> tuple[list[str], int]:
    """What is wrong with one store; and how many files were read."""
    marker = forms_of(run.marker.encode())
    codes = leave_traces(run)
    rows = [line.split() for line in run.role("sealed").splitlines()]
    if [row[3] for row in rows] != ["opens"] * 4:
        raise RuntimeError(f"questions do not open: {[row[3] for row in rows]}")
    planted = [line.split() for line in run.role("plant", given=" ".join((run.marker, *codes))).splitlines()]
    gone = [*(row[0] for row in (rows[0], rows[1], rows[3])), *(row[0] for row in planted[2:])]
    back_up(run, "open")
    wrong = [f"before the end, plain text in {name}" for name in scan(run, marker)]
    if not scan(run, [bytes.fromhex(rows[0][2]), rows[0][2].encode()], without=run.data):
        raise RuntimeError("the backup does not hold what was sealed: this check looks in the wrong place")
    keys = [(run.data / "keys" / owner).read_bytes() for owner in gone]

    run.post("/vraag/intrekken", code=codes[0], zeker="1")
    run.role("hand_in")
    later = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=50)
    subprocess.run([PYTHON, "-m", "samenspel", "purge", "--at", str(later)], env=run.env, cwd=ROOT, check=True,
                   capture_output=True)  # fmt: skip
    back_up(run, "after")

    after = {row[0]: row[1:] for row in map(str.split, run.role("sealed").splitlines())}
    if after.get(rows[0][0], ["?"])[:2] != ["withdrawn", "-"] or rows[1][0] in after:
        wrong.append("a question is still there")
    if after.get(rows[3][0], ["?"])[:2] != ["transferred", "-"]:
        wrong.append("a melding kept its text")
    if after.get(rows[2][0], ["", "", ""])[2] != "opens":
        wrong.append("the question that stays can no longer be read")
    forms = [form for key in keys for form in (key, key.hex().encode(), base64.b64encode(key))]
    wrong += [f"after the end, plain text in {name}" for name in scan(run, marker)]
    wrong += [f"after the end, its key in {name}" for name in scan(run, forms)]
    wrong += [f"after the end, the key of {owner}" for owner in gone if (run.data / "keys" / owner).exists()]
    copies = "".join(f"{owner} {text}\n" for owner, text in [*((row[0], row[2]) for row in rows), *planted]
                     if owner in gone)  # fmt: skip
    if opened := int(run.role("open", str(run.data / "keys"), given=copies)):
        wrong.append(f"{opened} of the backup still open")
    return wrong, sum(1 for root in folders(run) for file in root.rglob("*") if file.is_file())


def check(control: bool) -> tuple[str, bool]:
    clean, parts = [], []
    for store, settings in CONTROLS.items():
        with running(store, settings if control else None) as run:
            wrong, files = wrongs(run)
        print("\n".join(f"  {store}: {one}" for one in wrong[:12]))
        clean.append(not wrong)
        parts.append(f"{store}-{len(wrong)}-hits-in-{files}-files")
    return "-and-".join(parts), any(clean) if control else all(clean)  # each control must be seen to fail


if __name__ == "__main__":
    roles = {"prepare": prepare, "sealed": sealed, "plant": plant, "hand_in": hand_in}
    roles["open"] = lambda: open_with_any_key(sys.argv[1])
    if role := os.environ.get("TRUST_ROLE"):
        roles[role]()
    else:
        report("P3", "0-hits", check)
