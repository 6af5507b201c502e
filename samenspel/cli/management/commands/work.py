"""`samenspel work`: the one process per node that keeps index and words current, seals events, sends mail, tidies."""

import logging
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.db import close_old_connections, connection
from django.utils import timezone

from samenspel.audit.chain import head_of_chain, seal_events
from samenspel.cli import lifeline
from samenspel.cli.base import SamenspelCommand
from samenspel.cli.management.commands.purge import BY, purging
from samenspel.handover.handing import lapse_due
from samenspel.handover.holding import release_absent, wake_deputies
from samenspel.handover.signs import alert_unread
from samenspel.mail.outbox import send_due
from samenspel.policy.blocks import refresh_all
from samenspel.policy.reviews import open_due
from samenspel.socialmap.changes import prune_changes
from samenspel.socialmap.index import IndexBusy, IndexFolder, Writer
from samenspel.socialmap.meaning import bring_meaning_up_to_date
from samenspel.socialmap.models import Change
from samenspel.socialmap.reminders import remind_due
from samenspel.socialmap.wording import keep_published

_IN_TIME = (lapse_due, release_absent, wake_deputies, alert_unread, remind_due)
"""What must happen though nobody looks: silence ends, deputies are woken, reminders go out."""
_log = logging.getLogger("samenspel.work")

LOOK_EVERY = 0.25
"""Seconds between two looks for changes: what an action wrote is found well within a second."""
PAUSE_AFTER_FAILURE = 2.0
LOOK_AFTER_EVERY = 1.0
"""Seconds between two looks for mail."""
JUDGE_EVERY = timedelta(seconds=10)
"""While the map changes, between two times that the building blocks are judged."""
TIDY_EVERY = timedelta(hours=1)


class Failed(CommandError):
    """Some job failed; the others were done."""


class Command(SamenspelCommand):
    help = "houdt de zoekindex bij, verstuurt mail en ruimt op; er draait er één per machine"

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="doe wat er nu te doen is en stop dan")

    def run(self, *, once: bool, **options: Any) -> None:
        lifeline.bind_to_parent()
        stop = _stopped_by_signal()
        folder = IndexFolder.of_installation()
        try:
            with folder.writing(wait=0.0 if once else 5.0):
                if once:
                    _Due().work_off(timezone.now())
                else:
                    threading.Thread(target=_look_after, args=(stop,), daemon=True).start()
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
            keep_published()
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


def _look_after(stop: threading.Event) -> None:
    """Do what is due from time to time; beside the index, for a mail server may keep us waiting for long."""
    due = _Due()
    while not stop.is_set():
        try:
            due.work_off(timezone.now())
        except Failed:  # logged; the next look tries again
            connection.close()
        close_old_connections()
        stop.wait(LOOK_AFTER_EVERY)


@dataclass
class _Due:
    """What must be done: seals, mail and, where the extra is installed, vectors at every look; tidying every hour.

    The head of the chain of events goes to the log every hour: a log that is kept elsewhere is a kept head.
    """

    tidied_at: datetime | None = None
    reviewed_on: date | None = None
    """The day on which the reasons to look at a role again were last gone through."""
    judged: tuple[int | None, datetime] = (None, datetime.min.replace(tzinfo=UTC))
    """The last change of the map that the building blocks were judged after, and when."""

    def work_off(self, at: datetime) -> None:
        """Do every job, also when one before it failed; raises Failed at the end."""
        jobs: list[Callable[[], object]] = [
            seal_events,
            partial(send_due, clock=timezone.now, sender=settings.DEFAULT_FROM_EMAIL),
        ]
        if self.tidied_at is None or at - self.tidied_at >= TIDY_EVERY:
            self.tidied_at = at
            jobs += purging(at).values()
            jobs += [partial(job, by=BY, at=at) for job in _IN_TIME]
            jobs += [_log_head]
        if self.reviewed_on != at.date():
            self.reviewed_on = at.date()
            jobs += [partial(open_due, by=BY, at=at)]
        jobs += [partial(bring_meaning_up_to_date, at=at), partial(self._judge_blocks, at)]
        failed = [job for job in jobs if not _tried(job)]
        if failed:
            raise Failed(f"{len(failed)} van {len(jobs)} taken zijn niet gelukt; het log zegt waarom")

    def _judge_blocks(self, at: datetime) -> None:
        """Judge the building blocks again when the map changed, and every hour: evidence grows old by itself."""
        newest = Change.objects.order_by("-pk").values_list("pk", flat=True).first()
        change, since = self.judged
        if at - since >= (TIDY_EVERY if newest == change else JUDGE_EVERY):
            refresh_all(by=BY, at=at)
            self.judged = newest, at


def _tried(job: Callable[[], object]) -> bool:
    try:
        job()
    except Exception:
        _log.exception("what is due could not be done; trying again")
        return False
    return True


def _log_head() -> None:
    _log.info("head of the event log: %s", head_of_chain())
