"""The codes of CBS: GM and four digits, WK with two more characters, BU with four more.

A code carries its parents: BU18590102 lies in WK185901 and in GM1859.
"""

import re

from samenspel.places.models import Area

MUNICIPALITY_CODE = re.compile(r"GM[0-9]{4}")
_FORMS = {
    Area.Kind.MUNICIPALITY: MUNICIPALITY_CODE,
    Area.Kind.DISTRICT: re.compile(r"WK[0-9]{4}[0-9A-Z]{2}"),
    Area.Kind.NEIGHBORHOOD: re.compile(r"BU[0-9]{4}[0-9A-Z]{4}"),
}


def kind_of(code: str) -> Area.Kind | None:
    """The kind of area a CBS code stands for; None when it has not the form of one."""
    return next((kind for kind, form in _FORMS.items() if form.fullmatch(code)), None)


def municipality_of(code: str) -> str:
    """The municipality that a CBS code of any kind lies in."""
    return f"GM{code[2:6]}"


def parent_of(code: str) -> str:
    """The wijk that a buurt lies in, the gemeente that a wijk lies in."""
    return f"WK{code[2:8]}" if code.startswith("BU") else municipality_of(code)
