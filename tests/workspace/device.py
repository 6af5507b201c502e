"""A device with one passkey, in software: answers as a browser does, rightly or with something changed.

Source: Web Authentication, level 3, chapters 6.1 (authenticator data) and 6.5 (attestation).
"""

import hashlib
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

ORIGIN = "https://testserver"
PRESENT, VERIFIED, WITH_KEY = 1, 4, 64


class Device:
    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.number = secrets.token_bytes(16)

    def make(self, options: dict[str, Any], **changed: str) -> str:
        """The answer to a request to make a passkey."""
        key = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        made = bytes(16) + len(self.number).to_bytes(2, "big") + self.number + key
        data = _data(options["rp"]["id"], PRESENT | VERIFIED | WITH_KEY) + made
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        client = _client("webauthn.create", options, changed)
        return self._answer({"clientDataJSON": client, "attestationObject": attestation})

    def use(self, options: dict[str, Any], **changed: str) -> str:
        """The answer to a request to sign in."""
        data = _data(options["rpId"], PRESENT | VERIFIED)
        client = _client("webauthn.get", options, changed)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer({"clientDataJSON": client, "authenticatorData": data, "signature": signature})

    def _answer(self, response: dict[str, bytes]) -> str:
        number = websafe_encode(self.number)
        said = {name: websafe_encode(value) for name, value in response.items()}
        return json.dumps(
            {"id": number, "rawId": number, "type": "public-key", "response": said, "clientExtensionResults": {}}
        )


def _data(site: str, flags: int) -> bytes:
    return hashlib.sha256(site.encode()).digest() + bytes([flags]) + bytes(4)


def _client(kind: str, options: dict[str, Any], changed: dict[str, str]) -> bytes:
    return json.dumps({"type": kind, "challenge": options["challenge"], "origin": ORIGIN, **changed}).encode()
