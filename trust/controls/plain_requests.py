"""Control of P3: what a resident tells is stored as it is."""

from uuid import UUID

from samenspel.config.settings import *  # noqa: F403
from samenspel.handover import keys


def _seal(plain: bytes, *, key: bytes, owner: UUID) -> bytes:
    return plain


def _unseal(sealed: bytes, *, owner: UUID) -> bytes:
    return sealed


keys.seal, keys.unseal = _seal, _unseal
