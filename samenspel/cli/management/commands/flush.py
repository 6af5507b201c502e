"""`samenspel flush`: Django's own, which the sealed events would refuse (docs/decisions/0027-sealed-log.md)."""

from typing import Any

from django.core.management.commands import flush

from samenspel.audit import guard


class Command(flush.Command):
    help = "leegt de hele database, het logboek ook; vraagt eerst of u het zeker weet"

    def handle(self, **options: Any) -> None:
        with guard.lifted():
            super().handle(**options)
