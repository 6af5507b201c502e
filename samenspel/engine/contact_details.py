"""Finding a telephone number or e-mail address in a text that everyone reads, so that it can be refused."""

import re

_EMAIL = re.compile(r"\S+@\S+\.\w")
_PHONE = re.compile(
    r"(?<![0-9])(?![0-9]{2}[-./][0-9]{2}[-./](?:19|20)[0-9]{2}(?![0-9]))"
    r"(?:(?:\+|00)31[ ()./-]{0,3}(?:0[ )./-]{0,3})?|0[ ()./-]{0,3})[1-9](?:[ ()./-]{0,3}[0-9]){8}(?![0-9])"
)
"""Ten digits from a nought, or nine after the country; no date ("06-01-2026"), year ("2025-2026") or amount."""


def holds_contact(text: str) -> bool:
    """Say whether somebody can be called or mailed by what stands in the text; 0800 and other short numbers pass."""
    return bool(_EMAIL.search(text) or _PHONE.search(text))
