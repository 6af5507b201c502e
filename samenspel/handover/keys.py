"""The keys of residents' questions: 32 random bytes, one file each in `settings.KEYS`, in no store and no backup.

What was sealed cannot be read without its key, wherever a copy of it lies. Sealing is AES-256-GCM; the id of the
question is its associated data, so that a text put under another question does not open.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_BITS, _NONCE = 256, 12


class Unreadable(Exception):
    """The key is gone, or does not fit: this question can no longer be read."""


def new_key() -> bytes:
    return AESGCM.generate_key(_BITS)


def seal(plain: bytes, *, key: bytes, owner: UUID) -> bytes:
    """Encrypt under a fresh nonce, which stands before the text."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, owner.bytes)


def seal_more(plain: bytes, *, owner: UUID) -> bytes:
    """Encrypt with the kept key of `owner`; raises Unreadable."""
    try:
        return seal(plain, key=_file(owner).read_bytes(), owner=owner)
    except FileNotFoundError as error:
        raise Unreadable(str(owner)) from error


def unseal(sealed: bytes, *, owner: UUID) -> bytes:
    """Decrypt with the kept key of `owner`; raises Unreadable."""
    try:
        key = _file(owner).read_bytes()
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], owner.bytes)
    except (FileNotFoundError, InvalidTag, ValueError) as error:
        raise Unreadable(str(owner)) from error


def keep(key: bytes, *, owner: UUID) -> None:
    """Write a key to disk for good, readable by this user only."""
    settings.KEYS.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(_file(owner), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key)
        _to_disk(file.fileno())
    _folder_to_disk()


def destroy(owner: UUID) -> None:
    """Overwrite a key and remove it; no error when it is gone already."""
    try:
        descriptor = os.open(_file(owner), os.O_WRONLY)
    except FileNotFoundError:
        return
    with os.fdopen(descriptor, "wb") as file:
        file.write(bytes(os.fstat(file.fileno()).st_size))
        _to_disk(file.fileno())
    _file(owner).unlink(missing_ok=True)
    _folder_to_disk()


def kept() -> Iterator[tuple[UUID, datetime]]:
    """Every key with when it was written."""
    if not settings.KEYS.is_dir():
        return
    for path in settings.KEYS.iterdir():
        try:
            yield UUID(path.name), datetime.fromtimestamp(path.stat().st_mtime, UTC)
        except (ValueError, FileNotFoundError):  # not ours, or destroyed meanwhile
            continue


def _file(owner: UUID) -> Path:
    return Path(settings.KEYS) / str(owner)


def _to_disk(descriptor: int) -> None:
    os.fsync(descriptor)


def _folder_to_disk() -> None:
    descriptor = os.open(settings.KEYS, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
