"""What every command shares: the store exists first, answers as text or JSON, refusals in one line."""

import json
import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser


class SamenspelCommand(BaseCommand):
    """Base of our commands: `run(**options)` does the work and may return data that `--json` prints.

    Raise CommandError for a refusal: one line on stderr, exit code 1. Typing errors end with exit code 2.
    """

    requires_system_checks: list[str] = []
    requires_migrations_checks = False
    answers_with_data = False
    _called_from_command_line: bool
    """Django's own mark: False when another command or a test calls this one."""

    def add_arguments(self, parser: CommandParser) -> None:
        if self.answers_with_data:
            parser.add_argument("--json", action="store_true", help="antwoord als JSON")
        self.arguments(parser)

    def arguments(self, parser: CommandParser) -> None:
        """Add the command's own arguments."""

    def execute(self, *args: Any, **options: Any) -> None:
        try:
            prepare_store()
            super().execute(*args, **options)
        except CommandError as refusal:
            if not self._called_from_command_line:
                raise
            self.stderr.write(f"samenspel: {refusal}")
            sys.exit(refusal.returncode)

    def handle(self, *args: Any, **options: Any) -> None:
        answer = self.run(**options)
        if self.answers_with_data:
            if options["json"]:
                self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
            else:
                self.show(answer)

    run: Callable[..., Any]
    """`run(*, …, **options)`: the command's own work."""

    def show(self, answer: Any) -> None:
        """Print the answer for a person."""
        raise NotImplementedError


def prepare_store() -> None:
    """Create the data folder and bring the store to the newest shape."""
    settings.DATA.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
