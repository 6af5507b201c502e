"""A real mail server on a free port of this machine, which fails as it is told."""

import socket
from asyncio import AbstractServer
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any, TypeVar

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

Handler = TypeVar("Handler", bound="MailServer")


class MailServer:
    """Takes mail, but `refuse`s recipients, is `busy` for some tries, or takes a mail and `falls_silent` once."""

    def __init__(self) -> None:
        self.taken: list[Message] = []
        self.refuse = ""
        self.busy = 0
        self.falls_silent = False

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address == self.refuse:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.busy:
            self.busy -= 1
            return "451 try again later"
        assert isinstance(envelope.content, bytes)
        self.taken.append(message_from_bytes(envelope.content))
        if self.falls_silent:
            self.falls_silent = False
            assert server.transport is not None
            server.transport.abort()
        return "250 OK"

    @property
    def identities(self) -> list[str]:
        return [message["Message-ID"] for message in self.taken]


class _OnFreePort(Controller):
    """The library's own controller takes no port that the system chose."""

    def __init__(self, handler: MailServer) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        super().__init__(handler, hostname="127.0.0.1", port=self._socket.getsockname()[1])

    def _create_server(self) -> Coroutine[Any, Any, AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self._socket)


@contextmanager
def serving(handler: Handler) -> Iterator[tuple[Handler, int]]:
    """Run it in a thread; give it with its port."""
    controller = _OnFreePort(handler)
    controller.start()
    try:
        yield handler, controller.port
    finally:
        controller.stop()
