"""Control of R-log: the log is counted and its head is told, but no digest is computed."""

from django.apps import AppConfig

from samenspel.config.settings import *  # noqa: F403
from samenspel.config.settings import INSTALLED_APPS


class Trusting(AppConfig):
    name = "trust.controls"
    label = "no_chain"

    def ready(self) -> None:
        from samenspel.audit import chain
        from samenspel.audit.models import AuditEvent

        def believe(*, kept: chain.Head | None = None) -> chain.Verified:
            return chain.Verified(AuditEvent.objects.count(), chain.head_of_chain(), chain.not_sealed()[0])

        chain.verify_chain = believe


INSTALLED_APPS = [*INSTALLED_APPS, "trust.controls.no_chain.Trusting"]
