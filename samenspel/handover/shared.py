"""What of a question is shared with a receiver: one short text that the resident approved."""

import json
import re
from dataclasses import asdict, dataclass, field
from typing import Self

from samenspel.engine.bsn import holds_bsn
from samenspel.handover.told import Told
from samenspel.people.checks import FactRefused

LONGEST = 400
"""Characters: a few sentences."""
_ADDRESSES = re.compile(r"\S+@\S+|\b[1-9][0-9]{3} ?[A-Za-z]{2}\b|[0-9](?:[ ()./+-]*[0-9]){7,}")
"""An e-mail address, a postcode, or eight digits and more: by any of them somebody can be found."""
_WORDS = re.compile(r"\w{2,}")
_TITLES = {"mevrouw", "meneer", "mijnheer", "familie", "van", "der", "den", "de", "te", "ten", "ter", "het", "en"}


@dataclass(frozen=True, kw_only=True)
class Shared:
    """The approved text, and who is asked when that is a person without account; printed, it shows nothing."""

    text: str = field(repr=False)
    receiver: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)

    def as_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")

    @classmethod
    def from_bytes(cls, plain: bytes) -> Self:
        return cls(**json.loads(plain.decode("utf-8", "surrogatepass")))


def check_shared(shared: Shared, told: Told) -> None:
    """Refuse a text that is empty, long, or says who the resident is; raises FactRefused.

    A receiver reads it before accepting, so it may hold no part of the name and no number or address of `told`.
    """
    text = shared.text.strip()
    if not text:
        raise FactRefused("text", "schrijf in een paar zinnen waar het om gaat")
    for name, typed in (("text", text), ("receiver", shared.receiver)):
        if holds_bsn(typed):
            raise FactRefused(name, "hier lijkt een burgerservicenummer te staan; haal dat nummer weg")
    if len(text) > LONGEST:
        raise FactRefused("text", f"gebruik hoogstens {LONGEST} tekens")
    words = {word.casefold() for word in _WORDS.findall(text)}
    if words & {word.casefold() for word in _WORDS.findall(told.name)} - _TITLES:
        raise FactRefused("text", "laat de naam weg; die ziet de ander pas na het ja")
    if _ADDRESSES.search(text) or (told.reach and told.reach.casefold() in text.casefold()):
        raise FactRefused("text", "laat het nummer of adres weg; dat ziet de ander pas na het ja")


def first_name(name: str) -> str:
    """The first name alone, or the whole of a short form of address ("mevrouw Nel")."""
    parts = name.split()
    if not parts:
        return ""
    return " ".join(parts[:2]) if parts[0].casefold() in _TITLES else parts[0]
