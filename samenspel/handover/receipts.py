"""The receipt of a question: a code that only the resident has, and an id, both made from the form that was sent.

The form carries a random token. Token and text together, under the secret of the installation, give the same id and
the same code when the same form is sent twice: so it becomes one question, and its card can be shown again. Neither
the token nor the code is kept. A code has 60 bits: a thousand guesses a second find one of ten thousand questions in
about 3,600 years, so that guessing needs no lock-out, which would close a whole library.
"""

import hashlib
import hmac
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that looks like another."""
_LENGTH, _GROUP = 12, 4
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", " ": "", "-": "", ".": "", "\u00a0": "", "\u2013": ""})


@dataclass(frozen=True, slots=True)
class Receipt:
    """The id of a question, and its code as it stands on the card ("7K2M-94XQ-B3TD")."""

    id: UUID
    code: str


def receipt_for(token: UUID, content: bytes) -> Receipt:
    """The receipt of one form with one text."""
    sent = token.bytes + content
    number = int.from_bytes(_keyed(b"receipt code", sent)[:8])
    signs = "".join(_LETTERS[number >> 5 * place & 31] for place in range(_LENGTH))
    code = "-".join(signs[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))
    return Receipt(UUID(bytes=_keyed(b"receipt id", sent)[:16], version=4), code)


def hash_of(code: str) -> str:
    """What is kept of a code, however it was typed; anything that is no code has a hash that nothing has."""
    plain = code.upper().translate(_MISREAD)
    return _keyed(b"receipt hash", plain.encode("utf-8", "replace")).hex()


def hash_of_link(secret: str) -> str:
    """What is kept of the secret of a link."""
    return _keyed(b"handover link", secret.encode("utf-8", "replace")).hex()


def hash_of_second(digits: str, *, owner: UUID) -> str:
    """What is kept of the second code of the question `owner`, with or without spaces."""
    plain = "".join(sign for sign in digits if sign.isdecimal())
    return _keyed(b"second code", owner.bytes + plain.encode()).hex()


def _keyed(use: bytes, content: bytes) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), use + b"\0" + content, hashlib.sha256)
