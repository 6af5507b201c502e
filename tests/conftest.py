"""What every test may lean on: a network that refuses, and the demo site for the browser."""

import socket

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings

from samenspel.outcomes import shift

settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")  # a machine with other work fails no test
_connect = socket.socket.connect


@pytest.fixture(autouse=True)
def in_dutch() -> None:
    """A request in English leaves its thread in English; the next test starts in Dutch again."""
    translation.activate("nl")


@pytest.fixture(autouse=True)
def counted_anew() -> None:
    """A store that is rolled back gives numbers out again; no running store does."""
    shift._kept.cache_clear()


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this machine may be reached."""

    def connect(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {address[0]}")
        _connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", connect)
