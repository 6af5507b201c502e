"""Paper: a Typst template and data become a tagged PDF (PDF/UA-1) in the house's typeface.

The data travel as JSON beside the template and never in its source, so that no text can become an instruction. Typst
itself refuses a document without title, with a picture without words or with headings out of order.
"""

import json
import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

_PACKAGE = Path(__file__).resolve().parents[2]
_TYPEFACE = "AtkinsonHyperlegible_400Regular.ttf"
KEPT = 32
"""How many documents are kept ready; the same data give the same document."""

PRINTABLE = (
    "\n\u0020-\u007e\u00a0-\u00ac\u00ae-\u024f\u0386-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u045f\u1e80-\u1e85\u2010-\u2015"
    "\u2018-\u201e\u2020-\u2022\u2026\u2030\u2032\u2033\u2039\u203a\u20ac\u2122\u2190-\u2193\u2212\u25af\u2610"
)
"""The characters that our typeface and Typst's own can print: Latin, Greek and Cyrillic. A test prints them all."""
MARK = "▯"
_NOT_PRINTABLE = re.compile(f"[^{PRINTABLE}]")


class FontsMissing(RuntimeError):
    """The house's typeface is not installed; the message (Dutch) says how to get it."""


def pdf(template: str, data: dict[str, Any], *, keep: bool = False) -> bytes:
    """Make a PDF of a template inside this package ("frontdoor/paper/poster.typ") and JSON-able data.

    The template reads `data` with `house.typ`. Letters that cannot be printed become MARK, other signs go. With `keep`
    the last few are remembered, for paper without secrets that many ask for. Raises FontsMissing, and typst.TypstError
    for a template that is wrong.
    """
    text = json.dumps(_printable(data), ensure_ascii=False)
    return _kept(template, text) if keep else _pdf(template, text)


@lru_cache(maxsize=KEPT)
def _kept(template: str, data: str) -> bytes:
    return _pdf(template, data)


def _pdf(template: str, data: str) -> bytes:
    compiler = typst.Compiler(
        input=str(_PACKAGE / template),
        root=str(_PACKAGE),
        font_paths=[str(_fonts())],
        ignore_system_fonts=True,  # the same paper on every machine
        sys_inputs={"data": data},
    )
    made = compiler.compile(format="pdf", pdf_standards=["ua-1"])
    if not isinstance(made, bytes):
        raise TypeError(f"{template}: not one document")
    return made


def _fonts() -> Path:
    folder: Path = settings.ROOT / "node_modules" / "@expo-google-fonts" / "atkinson-hyperlegible"
    if not (folder / "400Regular" / _TYPEFACE).exists():
        raise FontsMissing(f"Het lettertype Atkinson Hyperlegible staat niet in {folder}. Voer `make install` uit.")
    return folder


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        shown = _NOT_PRINTABLE.sub(_instead, unicodedata.normalize("NFC", value))
        return shown if shown.strip() or not value else MARK  # a heading without words is refused
    if isinstance(value, dict):
        return {key: _printable(one) for key, one in value.items()}
    return [_printable(one) for one in value] if isinstance(value, list | tuple) else value


def _instead(sign: re.Match[str]) -> str:
    return MARK if sign[0].isalnum() else ""
