"""`samenspel demo`: the invented municipality Markerwaard, loaded and served."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from samenspel.cli import lifeline
from samenspel.cli.base import SamenspelCommand
from samenspel.cli.management.commands.serve import refuse_busy_port
from samenspel.demo.at_work import ACCOUNTS, load_people_at_work
from samenspel.demo.blocks import load_year_of_blocks
from samenspel.demo.exploration import load_exploration
from samenspel.demo.load import BY, MARKERWAARD, load_demo
from samenspel.demo.neighborhoods import load_neighborhoods
from samenspel.demo.questions import load_questions
from samenspel.demo.shift import load_shift
from samenspel.demo.unmet import load_unmet
from samenspel.people.models import Organization


class Command(SamenspelCommand):
    help = "laadt de verzonnen gemeente Markerwaard en toont haar in de browser"

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="poort om op te luisteren")
        parser.add_argument("--reset", action="store_true", help="begin met een lege demo")
        parser.add_argument("--load-only", action="store_true", help="laad de gegevens en stop")

    def run(self, *, port: int, reset: bool, load_only: bool, **options: Any) -> None:
        if not load_only:
            refuse_busy_port("127.0.0.1", port)
        if Organization.objects.exclude(municipality=MARKERWAARD).exists():
            raise CommandError("in deze gegevensmap staat een echte gemeente. Kies een andere map met SAMENSPEL_DATA.")
        if reset:
            call_command("flush", interactive=False, verbosity=0)
        _make_home()
        counts = load_demo(timezone.now())
        self.stderr.write("Markerwaard is geladen: " + ", ".join(f"{n} {what}" for what, n in counts.items()))
        call_command("index_rebuild", stdout=self.stderr)
        password = load_people_at_work(timezone.now())
        load_unmet(timezone.now())
        load_neighborhoods(MARKERWAARD, BY, timezone.now())
        load_questions(MARKERWAARD, BY, timezone.now())
        load_exploration(MARKERWAARD, BY, timezone.now())
        load_shift(timezone.now())
        load_year_of_blocks(timezone.now())
        addresses = ", ".join(account.email for account in ACCOUNTS)
        self.stderr.write(f"Werken in de demo: /werk/ als {addresses}; wachtwoord {password}")
        if not load_only:
            self.stderr.write(f"Open http://127.0.0.1:{port}/ in uw browser. Stoppen: Ctrl-C.")
            os.environ.setdefault("SAMENSPEL_SECOND_FACTOR", "0")
            os.environ.setdefault("SAMENSPEL_ADDRESS", f"http://127.0.0.1:{port}")
            sys.exit(_supervise([["serve", "--port", str(port)], ["work"]]))


def _make_home() -> None:
    """Make Markerwaard the home municipality of this process, its children and later commands on this data folder."""
    Path(settings.DATA / "municipality").write_text(MARKERWAARD, encoding="ascii")
    os.environ["SAMENSPEL_MUNICIPALITY"] = settings.MUNICIPALITY = MARKERWAARD


def _supervise(commands: list[list[str]]) -> int:
    """Run the commands side by side, start one again when it falls, and end them all together."""
    environment = {**os.environ, lifeline.PARENT: str(os.getpid())}
    lifeline.bind_to_parent()
    children = [_start(words, environment) for words in commands]
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        while True:
            time.sleep(0.5)
            for number, child in enumerate(children):
                if child.poll() is not None:
                    children[number] = _start(commands[number], environment)
    except KeyboardInterrupt:
        return 0
    finally:
        for child in children:
            child.terminate()
        for child in children:
            _end(child)


def _start(words: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "samenspel", *words], env=environment)


def _end(child: subprocess.Popen[bytes]) -> None:
    try:
        child.wait(timeout=5)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
