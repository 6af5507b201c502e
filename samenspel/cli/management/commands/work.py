"""`samenspel work`: the one process per node that keeps the index current (and later sends mail and runs due jobs)."""

import logging
import signal
import threading
from contextlib import suppress
from datetime import date
from types import FrameType
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import close_old_connections, connection
from django.utils import timezone

from samenspel.cli import lifeline
from samenspel.cli.base import SamenspelCommand
from samenspel.socialmap.changes import prune_changes
from samenspel.socialmap.index import IndexBusy, IndexFolder, Writer

_log = logging.getLogger("samenspel.work")

LOOK_EVERY = 0.25
"""Seconds between two looks for changes: what an action wrote is found well within a second."""
PAUSE_AFTER_FAILURE = 2.0


class Command(SamenspelCommand):
    help = "houdt de zoekindex bij; er draait er één per machine"

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="doe wat er nu te doen is en stop dan")

    def run(self, *, once: bool, **options: Any) -> None:
        lifeline.bind_to_parent()
        stop = _stopped_by_signal()
        folder = IndexFolder.of_installation()
        try:
            with folder.writing(wait=0.0 if once else 5.0):
                _keep_current(folder, stop, once=once)
        except IndexBusy as error:
            raise CommandError("er draait al een 'samenspel work' op deze map; stop die eerst") from error


def _stopped_by_signal() -> threading.Event:
    stop = threading.Event()

    def note(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        with suppress(ValueError):  # signals reach the main thread only
            signal.signal(number, note)
    return stop


def _keep_current(folder: IndexFolder, stop: threading.Event, *, once: bool) -> None:
    """Take in changes until told to stop. A failure (database away, disk full) is logged and tried again."""
    writer: Writer | None = None
    pruned_on: date | None = None
    while not stop.is_set():
        try:
            at = timezone.now()
            writer = writer or Writer(folder)
            writer.bring_up_to_date(at=at)
            if pruned_on != at.date():
                prune_changes(at=at)
                pruned_on = at.date()
            pause = LOOK_EVERY
        except Exception:
            if once:
                raise
            _log.exception("the index could not be brought up to date; trying again")
            writer, pause = None, PAUSE_AFTER_FAILURE
            connection.close()
        if once:
            break
        close_old_connections()
        stop.wait(pause)
    if writer is not None:
        writer.close()
