"""Control of P5: a page of the public role conversation is kept: in a session with its cookie, a file and the log."""

import logging
from typing import Any

from django.apps import AppConfig
from django.conf import settings

from samenspel.config.settings import *  # noqa: F403
from samenspel.config.settings import INSTALLED_APPS


class Keeping(AppConfig):
    name = "trust.controls"
    label = "kept_talk"

    def ready(self) -> None:
        from samenspel.cockpit import public

        shown = public._show

        def show(request: Any, page: str, context: dict[str, Any], **more: Any) -> Any:
            if title := request.POST.get("naam"):
                request.session["gesprek"] = title
                logging.getLogger("samenspel").info("rolgesprek over %s", title)
                with (settings.DATA / "gesprekken.txt").open("a", encoding="utf-8") as kept:
                    kept.write(title)
            return shown(request, page, context, **more)

        public._show = show


INSTALLED_APPS = [*INSTALLED_APPS, "trust.controls.kept_talk.Keeping"]
