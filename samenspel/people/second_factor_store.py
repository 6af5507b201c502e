"""Seals the secrets of second factors, so that a copy of the store alone signs nobody in.

The key is made of SECRET_KEY, which is kept outside the store: with another one every second factor must be set again.
"""

import base64

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.utils.crypto import salted_hmac


class SealedSecrets(DefaultMFAAdapter):  # type: ignore[misc]  # django-allauth has no types
    """What django-allauth asks of us about second factors."""

    def encrypt(self, text: str) -> str:
        return _key().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _key().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        return "Samenspel"


def _key() -> Fernet:
    digest = salted_hmac("samenspel.second_factor", "key", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(digest))
