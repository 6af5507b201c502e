"""`samenspel audit verify`: compute the whole chain of events anew; exit code 1 with the first place that is wrong."""

from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import CommandError, CommandParser

from samenspel.audit.chain import ChainBroken, Head, verify_chain
from samenspel.cli.base import SamenspelCommand


class Command(SamenspelCommand):
    help = "rekent het logboek na: is er niets veranderd, weggehaald of tussengevoegd?"
    answers_with_data = True

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head", type=_head, metavar="ZEGEL", help="een eerder bewaard zegel (van 'samenspel audit head')"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if self._broken:
            raise CommandError(f"het logboek is niet heel; {self._broken}")

    def run(self, *, head: Head | None, **options: Any) -> dict[str, Any]:
        self._broken: ChainBroken | None = None
        try:
            found = verify_chain(kept=head)
        except ChainBroken as broken:
            self._broken = broken
            return {"whole": False, "broken": {"number": broken.number, "reason": broken.reason}}
        return {
            "whole": True,
            "events": found.events,
            "head": str(found.head),
            "not_sealed": found.not_sealed,
            "kept_is_older": found.kept_is_older,
        }

    def show(self, answer: dict[str, Any]) -> None:
        if not answer["whole"]:
            return
        self.stdout.write("{events} gebeurtenissen kloppen; {not_sealed} zijn nog niet verzegeld".format(**answer))
        self.stdout.write(f"nieuwste zegel: {answer['head']}")
        if answer["kept_is_older"]:
            self.stdout.write("het bewaarde zegel hoort bij een gebeurtenis die na haar termijn vernietigd is")


def _head(text: str) -> Head:
    try:
        return Head.read(text)
    except ValueError as error:
        raise ArgumentTypeError("dit is geen zegel zoals 12:3f… (van 'samenspel audit head')") from error
