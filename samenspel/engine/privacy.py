"""What every model must declare: why it holds its data, for how long, and how sensitive each field is.

A model carries the declaration as its class attribute `registry`; a test fails on a model or field without one, and
`docs/privacy.md` (the AVG register of processing) is generated from them.
Norms: AVG art. 5, 15, 17 and 30; BIO2 5.33.01.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Sensitivity(StrEnum):
    """How far a field may travel; only PUBLIC fields can leave by the open API."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SPECIAL = "special"


@dataclass(frozen=True, kw_only=True)
class Registered:
    """The declaration of one model.

    `retention` is a sentence with the term and what starts it; `export` and `erasure` say how a person's own data in
    it are given (AVG art. 15) and removed (art. 17), "" only when no field is personal or special.
    """

    purpose: str
    retention: str
    export: str = ""
    erasure: str = ""
    public: tuple[str, ...] = ()
    internal: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    special: tuple[str, ...] = ()
    classes: dict[str, Sensitivity] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        named = [(name, sensitivity) for sensitivity in Sensitivity for name in getattr(self, sensitivity.value)]
        if len(named) != len(dict(named)):
            raise ValueError("a field stands in two classes")
        object.__setattr__(self, "classes", dict(named))
        if (self.personal or self.special) and not (self.export and self.erasure):
            raise ValueError("personal fields need a way of export and of erasure")
