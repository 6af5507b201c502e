"""Cells that a spreadsheet would take for a formula: written so that they stay text, read back as they were.

Source: OWASP ASVS 1.2.10. A quote before the cell keeps Excel and LibreOffice from calculating; a cell that already
begins with quotes before such a sign gets one more, so that reading back takes off exactly one.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

_DANGEROUS = re.compile(r"'*[=+\-@\t\r\n|%＝＋－＠]")
_PROTECTED = re.compile(r"'+[=+\-@\t\r\n|%＝＋－＠]")


def protected(cell: str) -> str:
    """The cell as it is written in a file that a spreadsheet may open."""
    return f"'{cell}" if _DANGEROUS.match(cell) else cell


def unprotected(cell: str) -> str:
    """The cell as it was before `protected`."""
    return cell[1:] if _PROTECTED.match(cell) else cell


def csv_file(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as a csv file that Dutch Excel opens well: UTF-8 with its mark, semicolons, no cell that calculates."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_MINIMAL)
    writer.writerows([protected(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")
