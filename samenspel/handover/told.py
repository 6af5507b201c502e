"""What a resident tells; it exists in memory, on the screen of who may read it, and sealed."""

import json
from dataclasses import asdict, dataclass, field
from typing import Self

from django.db import models


class ContactWay(models.TextChoices):
    """How the resident wants to be reached."""

    PHONE = "phone", "bel mij"
    EMAIL = "email", "stuur een e-mail"
    POST = "post", "stuur een brief"
    VISIT = "visit", "ik kom zelf langs"


class Referrer(models.TextChoices):
    """The work of who brings a resident's question, with the resident's yes and without an account."""

    GP = "gp", "huisarts of praktijkondersteuner"
    SCHOOL = "school", "school"
    NURSE = "nurse", "wijkverpleging"
    HOUSING = "housing", "woningcorporatie"


@dataclass(frozen=True, kw_only=True)
class Told:
    """The question and the safe way to react; nothing of it is shown when a `Told` is printed.

    `reach` is a number or address, as `way` asks. `may_leave_message` is whether a voicemail or an opened letter is
    safe; `when` is when it is safe to talk, in the resident's words; `language` is that of the page. `referrer` is the
    work (`Referrer`) of who brought the question, and `feedback_to` the address that hears of the first contact, with
    the resident's consent; both are "" where nobody did, and in a text of before they were asked.
    """

    text: str = field(repr=False)
    name: str = field(repr=False)
    way: str = field(repr=False)
    reach: str = field(default="", repr=False)
    may_leave_message: bool = field(default=False, repr=False)
    when: str = field(default="", repr=False)
    language: str = field(default="nl", repr=False)
    referrer: str = field(default="", repr=False)
    feedback_to: str = field(default="", repr=False)

    def as_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")

    @classmethod
    def from_bytes(cls, plain: bytes) -> Self:
        return cls(**json.loads(plain.decode("utf-8", "surrogatepass")))
