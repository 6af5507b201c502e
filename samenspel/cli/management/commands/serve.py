"""`samenspel serve`: the web processes."""

import os
import socket
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from granian import Granian
from granian.constants import Interfaces

from samenspel.cli import lifeline
from samenspel.cli.base import SamenspelCommand


class Command(SamenspelCommand):
    help = "toont de site: de webprocessen"

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="adres om op te luisteren")
        parser.add_argument("--port", type=int, default=8000, help="poort om op te luisteren")
        parser.add_argument("--workers", type=int, default=2, help="aantal webprocessen")

    def run(self, *, host: str, port: int, workers: int, **options: Any) -> None:
        refuse_busy_port(host, port)
        os.environ.setdefault(lifeline.PARENT, str(os.getpid()))
        lifeline.bind_to_parent()
        module, _, name = settings.WSGI_APPLICATION.rpartition(".")
        Granian(
            f"{module}:{name}",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            respawn_failed_workers=True,
            blocking_threads=1,  # measured: more threads a worker only make requests wait for each other
            log_access=False,
        ).serve()


def refuse_busy_port(host: str, port: int) -> None:
    """Raise CommandError when something listens there already, before anything is started."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise CommandError(
                f"kan niet luisteren op {host}:{port} ({error}). Kies een andere poort met --port."
            ) from error
