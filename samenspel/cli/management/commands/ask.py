"""`samenspel ask "VRAAG"`: the matching of the front door on the command line."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser, OutputWrapper
from django.utils import timezone

from samenspel.cli.base import SamenspelCommand
from samenspel.engine.matching import MAX_QUESTION
from samenspel.places.lookup import Near, UnknownPlace, centre_of, find_near
from samenspel.socialmap.ask import as_data, ask
from samenspel.socialmap.index import IndexBusy, IndexFolder, Writer, is_current
from samenspel.socialmap.urgent import urgent_data, urgent_help_in

MOST_RESULTS = 100
WAIT_FOR_WRITER = 3.0
"""Seconds to wait for a running `samenspel work` to take in what changed last."""


class Command(SamenspelCommand):
    help = "beantwoordt een vraag in gewone woorden, zoals de voorpagina dat doet"
    answers_with_data = True

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("question", metavar="VRAAG", help="de vraag in gewone woorden, tussen aanhalingstekens")
        parser.add_argument(
            "--near", default="", metavar="POSTCODE", help="postcode of naam van een kern, wijk of buurt"
        )
        parser.add_argument("--limit", type=int, default=10, help=f"hoogste aantal antwoorden (1 tot {MOST_RESULTS})")

    def run(self, *, question: str, near: str, limit: int, **options: Any) -> dict[str, Any]:
        try:
            place = _place(question, near, limit)
        except CommandError:
            _show_urgent(urgent_data(urgent_help_in(question, municipality=settings.MUNICIPALITY)), self.stderr)
            raise
        bring_up_to_date()
        return as_data(ask(question, near=place, at=timezone.now(), limit=limit))

    def show(self, answer: dict[str, Any]) -> None:
        _show_urgent(answer["urgent"], self.stdout)
        if answer["needs"]:
            self.stdout.write("Wij begrepen: " + ", ".join(need["label"] for need in answer["needs"]) + "\n")
        self.stdout.write(f"In de buurt van {answer['near']}:\n")
        for number, result in enumerate(answer["results"], start=1):
            self.stdout.write(f"{number:3}. {result['name']} ({result['area']})\n     {result['summary']}")
            self.stdout.write(f"     {result['reason']}\n")
        if answer["note"]:
            self.stdout.write(answer["note"])


def _show_urgent(urgent: list[dict[str, Any]], out: OutputWrapper) -> None:
    for one in urgent:
        out.write(f"! {one['title']}: {one['phone']}\n  {one['text']}\n")


def _place(question: str, text: str, limit: int) -> Near:
    """Where to look; raises CommandError for what cannot be answered."""
    if not question.strip():
        raise CommandError("de vraag is leeg")
    if len(question) > MAX_QUESTION:
        raise CommandError(f"de vraag is langer dan {MAX_QUESTION} tekens")
    if not 1 <= limit <= MOST_RESULTS:
        raise CommandError(f"--limit {limit}: kies een aantal van 1 tot en met {MOST_RESULTS}")
    if not settings.MUNICIPALITY:
        raise CommandError("SAMENSPEL_MUNICIPALITY is leeg: zet er de CBS-code van uw gemeente in, zoals GM1859")
    try:
        return find_near(text, municipality=settings.MUNICIPALITY) if text else centre_of(settings.MUNICIPALITY)
    except UnknownPlace as error:
        raise CommandError(f"--near: {error}" if text else str(error)) from error


def bring_up_to_date() -> None:
    """Take in what changed, or wait shortly for the writer that runs beside us to do it."""
    folder = IndexFolder.of_installation()
    try:
        with folder.writing():
            writer = Writer(folder)
            writer.bring_up_to_date(at=timezone.now())
            writer.close()
    except IndexBusy:
        deadline = time.monotonic() + WAIT_FOR_WRITER
        while not is_current(folder) and time.monotonic() < deadline:
            time.sleep(0.05)
