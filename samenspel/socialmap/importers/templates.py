"""The files to download: an empty table with its explanation, and the problems of a file that was read."""

import io

import xlsxwriter

from samenspel.places.importers.report import FileRefused
from samenspel.socialmap.importers.columns import KINDS, Column, columns_of
from samenspel.socialmap.importers.formulas import csv_file
from samenspel.socialmap.models import ImportRun

FORMS = ("csv", "xlsx")
_ROWS_WITH_LISTS = 5_000


def template(kind: str, form: str) -> bytes:
    """A file to fill in: the columns, a line that explains them, an example, and the words that may be used.

    Both lines carry a word in the column `id` by which they are skipped when the file comes back.
    """
    if kind not in KINDS or form not in FORMS:
        raise FileRefused(f"kies uit {', '.join(KINDS)} en uit {', '.join(FORMS)}")
    rows = [
        [column.name for column in columns_of(kind)],
        ["uitleg", *(_explained(column) for column in columns_of(kind)[1:])],
        ["voorbeeld", *(column.example for column in columns_of(kind)[1:])],
    ]
    return csv_file(rows) if form == "csv" else _workbook(kind, rows)


def problems_csv(run: ImportRun) -> bytes:
    """What was refused and what to know, one problem a row, as a csv file."""
    rows = [["regel", "kolom", "soort", "wat er is"]]
    for word, listed in (("geweigerd", run.report["refusals"]), ("let op", run.report["notes"])):
        rows += [[str(one["line"] or ""), one["field"], word, one["reason"]] for one in listed]
    return csv_file(rows)


def _explained(column: Column) -> str:
    needed = "Verplicht. " if column.required else ""
    words = f" Kies uit: {', '.join(column.shown)}." if column.shown and column.name != "behoefte" else ""
    return f"{needed}{column.help}{words}"


def _workbook(kind: str, rows: list[list[str]]) -> bytes:
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(
        memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    grey = book.add_format({"italic": True, "font_color": "#595959", "text_wrap": True, "valign": "top"})
    text = book.add_format({"num_format": "@"})  # so that 0320-555 and 06-10-2026 stay what was typed
    sheet, words = book.add_worksheet(KINDS[kind].capitalize()), book.add_worksheet("Woorden")
    sheet.freeze_panes(1, 1)
    for place, column in enumerate(columns_of(kind)):
        sheet.set_column(place, place, 24, text)
        for row, style in enumerate((head, grey, grey)):
            sheet.write_string(row, place, rows[row][place], style)
        words.write_string(0, place, column.name, head)
        for row, word in enumerate(column.shown, 1):
            words.write_string(row, place, word)
        if column.shown:
            sheet.data_validation(3, place, _ROWS_WITH_LISTS, place, _choice_of(column, place))
    sheet.set_row(1, 120)
    book.close()
    return memory.getvalue()


def _choice_of(column: Column, place: int) -> dict[str, object]:
    """A list to choose from; where more words may stand together it warns and does not stop."""
    letters = xlsxwriter.utility.xl_col_to_name(place)
    return {
        "validate": "list",
        "source": f"=Woorden!${letters}$2:${letters}${len(column.shown) + 1}",
        "error_type": "information" if column.many else "warning",
        "error_title": column.name,
        "error_message": "Dit woord staat niet in de lijst op het blad Woorden.",
    }
