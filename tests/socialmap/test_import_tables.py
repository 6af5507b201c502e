"""Files as people save them, and files that are something else."""

import gzip
import os
from datetime import date, time
from pathlib import Path

import pytest

from samenspel.places.importers.report import FileRefused
from samenspel.socialmap.importers import tables
from tests.socialmap.import_files import an_xlsx


def read(file: Path | bytes) -> tuple[list[str], list[tuple[int, list[str]]], list[str], list[str]]:
    """Header, rows, refusals and notes."""
    refused: list[str] = []
    noted: list[str] = []
    table = tables.read_table(
        file,
        refuse=lambda line, field, reason: refused.append(f"{line} {field}: {reason}"),
        note=lambda line, field, reason: noted.append(reason),
    )
    return table.header, list(table.rows), refused, noted


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_separator_and_line_end_is_understood(separator: str, end: str):
    text = end.join([f"naam{separator}soort", f'"Koffie{separator} thee"{separator}activiteit'])

    assert read(text.encode())[:2] == (["naam", "soort"], [(2, [f"Koffie{separator} thee", "activiteit"])])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_accents_survive_every_usual_encoding(encoding: str):
    header, rows, refused, noted = read("naam;soort\nCafé Crème;activiteit\n€ 5;x\n".encode(encoding))

    assert (header, rows[0][1][0], rows[1][1][0], refused) == (["naam", "soort"], "Café Crème", "€ 5", [])
    assert len(noted) == (1 if encoding == "cp1252" else 0)


def test_a_line_in_another_encoding_than_the_rest_is_refused_alone():
    data = "naam;soort\nCafé;a\n".encode() + "Crème;b\n".encode("cp1252") + b"Thee;c\n"

    _, rows, refused, _ = read(data)

    assert [line for line, _ in rows] == [2, 4]
    assert refused[0].startswith("3 naam: hier staan tekens die niet bij de rest")


def test_a_lost_quote_refuses_its_line_and_not_the_rest():
    _, rows, refused, _ = read(b'naam;soort\n"Koffie;a\nThee;b\nSoep;c\n')

    assert ([line for line, _ in rows], refused) == (
        [3, 4],
        ["2 : een aanhalingsteken in deze regel is niet goed gesloten"],
    )


def test_a_cell_with_several_lines_is_one_cell_and_lines_keep_their_number():
    _, rows, _, _ = read(b'naam;soort\n"Koffie\nen thee";a\nSoep;b\n')

    assert rows == [(2, ["Koffie\nen thee", "a"]), (4, ["Soep", "b"])]


def test_a_line_with_too_few_or_too_many_cells_is_refused_alone():
    _, rows, refused, _ = read(b"a;b\n1\n1;2;3\n1;2;;\n")

    assert rows == [(4, ["1", "2"])]
    assert [reason.split(" ")[0] for reason in refused] == ["2", "3"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "leeg"),
        (b"\xef\xbb\xbf \n", "leeg"),
        (b"%PDF-1.7", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "afbeelding"),
        (b"<html><table>", "webpagina"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "oud Excel-bestand"),
        (b"PK\x03\x04stuk", "beschadigd"),
        (b"naam\0;soort\n", "geen tekstbestand"),
        (b"a;a\n1;2\n", "twee keer"),
        (b";".join(b"k%d" % n for n in range(300)), "meer dan 200 kolommen"),
        (gzip.compress(b"0" * 40_000_000, mtime=0), "uitgepakt"),
        (gzip.compress(b"a;b\n1;2\n", mtime=0)[:-9], "niet heel aangekomen"),
        (b"x" * (tables.MAX_BYTES + 1), "groter dan 16 MB"),
    ],
)
def test_what_is_no_table_is_refused_by_name(data: bytes, reason: str):
    with pytest.raises(FileRefused, match=reason):
        read(data)


def test_a_file_with_too_many_lines_is_refused():
    with pytest.raises(FileRefused, match="meer dan 20000 regels"):
        read(b"a\n" + b"1\n" * 20_001)


def test_a_folder_a_pipe_and_a_missing_file_are_refused_without_waiting(tmp_path: Path):
    os.mkfifo(tmp_path / "pijp.csv")

    for file, reason in ((tmp_path, "geen gewoon bestand"), (tmp_path / "pijp.csv", "geen gewoon bestand"),
                         (tmp_path / "weg.csv", "bestaat niet")):  # fmt: skip
        with pytest.raises(FileRefused, match=reason):
            read(file)


def test_excel_cells_are_read_as_someone_would_type_them():
    data = an_xlsx(["naam", "vanaf", "begintijd", "plaatsen", "graden", "mag"],
                   ["Koffie", date(2026, 10, 6), time(10, 30), 12, 52.5, True])  # fmt: skip

    assert read(data)[1] == [(2, ["Koffie", "06-10-2026", "10:30", "12", "52,5", "ja"])]


def test_an_excel_file_that_claims_a_gigantic_sheet_ends_in_a_refusal():
    cells = [""] * 16_383 + ["x"]

    with pytest.raises(FileRefused, match=r"200 kolommen|beschadigd"):
        read(an_xlsx(cells, *([["a"]] * 3)))
