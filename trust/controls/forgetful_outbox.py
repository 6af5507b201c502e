"""Control of R-mail: a mail is taken from the outbox before it is sent."""

from datetime import datetime

from django.apps import AppConfig

from samenspel.config.settings import *  # noqa: F403
from samenspel.config.settings import INSTALLED_APPS


class Forgetful(AppConfig):
    name = "trust.controls"
    label = "forgetful_outbox"

    def ready(self) -> None:
        from samenspel.mail import outbox
        from samenspel.mail.models import OutgoingMessage

        def take(message: OutgoingMessage, at: datetime, *, is_handed: bool) -> bool:
            return bool(OutgoingMessage.objects.filter(pk=message.pk).delete()[0])

        outbox._take = take


INSTALLED_APPS = [*INSTALLED_APPS, "trust.controls.forgetful_outbox.Forgetful"]
