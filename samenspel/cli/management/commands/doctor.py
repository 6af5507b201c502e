"""`samenspel doctor`: does the installation keep up? Exit code 1 when something has waited too long."""

from datetime import timedelta
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from samenspel.audit.chain import head_of_chain, not_sealed
from samenspel.cli.base import SamenspelCommand
from samenspel.mail.outbox import outbox_state

SEAL_WAITS = timedelta(minutes=5)
MAIL_WAITS = timedelta(hours=1)


class Command(SamenspelCommand):
    help = "kijkt of de installatie het bijhoudt: logboek en mail"
    answers_with_data = True

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if self._complaints:
            raise CommandError(f"{' en '.join(self._complaints)}; draait 'samenspel work'?")

    def run(self, **options: Any) -> dict[str, Any]:
        at = timezone.now()
        mail, (count, oldest) = outbox_state(at=at), not_sealed()
        waits = {
            "gebeurtenissen zijn na 5 minuten niet verzegeld": oldest is not None and at - oldest > SEAL_WAITS,
            "mail wacht langer dan een uur": mail.waiting_since is not None and at - mail.waiting_since > MAIL_WAITS,
        }
        self._complaints = [complaint for complaint, is_so in waits.items() if is_so]
        return {
            "audit": {"head": str(head_of_chain()), "not_sealed": count},
            "mail": {
                "waiting": mail.waiting,
                "waiting_since": mail.waiting_since.isoformat() if mail.waiting_since else None,
                "repeated_last_year": mail.repeated,
            },
            "complaints": self._complaints,
        }

    def show(self, answer: dict[str, Any]) -> None:
        audit, mail = answer["audit"], answer["mail"]
        self.stdout.write(f"logboek: {audit['not_sealed']} nog niet verzegeld, nieuwste zegel {audit['head']}")
        self.stdout.write(
            f"mail: {mail['waiting']} wachten, {mail['repeated_last_year']} in een jaar misschien twee keer verstuurd"
        )
