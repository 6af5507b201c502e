"""`samenspel purge`: destroy what is past its term. `samenspel work` does the same every hour."""

from collections.abc import Callable, Mapping
from datetime import datetime, time
from functools import partial
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from samenspel.audit.action import Actor
from samenspel.audit.retention import destroy_old_events
from samenspel.cli.base import SamenspelCommand
from samenspel.engine.calendar import ZONE
from samenspel.engine.days import iso_day
from samenspel.handover.retention import (
    destroy_orphans,
    erase_codes,
    erase_ended,
    erase_grounds,
    erase_meldingen,
    erase_signs,
    forget_ended,
)
from samenspel.mail.outbox import discard_old
from samenspel.outcomes.retention import forget_group_counts, forget_old_counts, forget_old_shifts
from samenspel.people.accounts import forget_tries
from samenspel.people.sessions import forget_expired_sessions
from samenspel.policy.retention import forget_explorations
from samenspel.socialmap.retention import (
    erase_confirmation_requests,
    erase_ended_offerings,
    erase_withdrawn_organizations,
    forget_imports,
    forget_mendings,
)

BY = Actor("system", "purge")


class Command(SamenspelCommand):
    help = "vernietigt wat langer bewaard is dan mag; 'work' doet dit elk uur"
    answers_with_data = True

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--at",
            metavar="JJJJ-MM-DD",
            default="",
            help="vernietig wat op deze dag te oud is (ook op een dag die nog komt)",
        )

    def run(self, *, at: str, **options: Any) -> dict[str, int]:
        return purge(_start_of(at) if at else timezone.now())

    def show(self, answer: dict[str, int]) -> None:
        for what, count in answer.items():
            self.stdout.write(f"{count:>6} {what}")


def purge(at: datetime) -> dict[str, int]:
    """Destroy all that is due at a moment; how many of each, by Dutch word. Running it again destroys nothing more."""
    return {what: destroy() for what, destroy in purging(at).items()}


def purging(at: datetime) -> Mapping[str, Callable[[], int]]:
    """What destroys each kind that is due at a moment, by Dutch word; each works without the others."""
    by_action: dict[str, Callable[..., int]] = {
        "vragen van inwoners": erase_ended,
        "meldingen voorbij hun bewaartermijn": erase_meldingen,
        "signalen van wie zich zorgen maakte": erase_signs,
        "codes om een vraag te lezen": erase_codes,
        "grondslagen die niet meer gelden": erase_grounds,
        "concepten en stappen van inlezen": forget_imports,
        "verzoeken om te bevestigen": erase_confirmation_requests,
        "nagekeken wijzigingen van groepen": forget_mendings,
        "cijfers van groepen ouder dan 2 jaar": forget_group_counts,
        "keer beëindigd aanbod": erase_ended_offerings,
        "organisaties die niet vermeld willen staan": erase_withdrawn_organizations,
        "verkenningen ouder dan 1 jaar": forget_explorations,
        "gebeurtenissen ouder dan 7 jaar": destroy_old_events,
    }
    counted: dict[str, Callable[..., int]] = {
        "tellingen van vragen van tien jaar geleden": forget_ended,
        "sleutels zonder vraag": destroy_orphans,
        "mails die niet weg konden": discard_old,
        "pogingen om in te loggen": forget_tries,
        "verlopen sessies": forget_expired_sessions,
        "tellingen ouder dan 5 jaar": forget_old_counts,
        "tellingen van de verschuiving ouder dan 10 jaar, en oude verbindingen": forget_old_shifts,
    }
    return {what: partial(act, by=BY, at=at) for what, act in by_action.items()} | {
        what: partial(forget, at=at) for what, forget in counted.items()
    }


def _start_of(day: str) -> datetime:
    try:
        return datetime.combine(iso_day(day), time.min, tzinfo=ZONE)
    except ValueError as error:
        raise CommandError(f"--at: '{day}' is geen datum; schrijf hem als 2026-12-31") from error
