"""Control of A10: paper without tags, as most software prints it."""

from typing import Any

import typst

from samenspel.config.settings import *  # noqa: F403

_Compiler: Any = typst.Compiler


class Untagged:
    def __init__(self, **given: Any) -> None:
        self._compiler = _Compiler(**given)

    def compile(self, **_: Any) -> bytes:
        made: bytes = self._compiler.compile(format="pdf", pdf_tags=False)
        return made


typst.Compiler = Untagged  # type: ignore[assignment, misc]
