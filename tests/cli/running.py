"""Running a command of Samenspel in a test."""

import sys
from typing import Any

from django.core.management import CommandError, call_command, load_command_class


def run(name: str, *words: Any) -> int:
    """Run a command; its exit code, with the refusal on stderr as the shell shows it."""
    try:
        call_command(load_command_class("samenspel.cli", name), *map(str, words))
    except CommandError as refusal:
        sys.stderr.write(f"{refusal}\n")
        return refusal.returncode
    return 0
