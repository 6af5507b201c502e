"""The hostile corpus of S6: files made by code, each with what must come of it. Only the standard library."""

import gzip
import io
import os
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

HEADER = "naam;soort;samenvatting;organisatie;waar;leeftijd vanaf;begintijd;eindtijd;dag;kosten;omschrijving"
GOOD = "Koffie;activiteit;Samen koffie.;Buurtgroep;thuis;;10:00;11:00;elke dinsdag;gratis;Welkom"

READ, REFUSED = "read", "refused"
"""What must come of a file: its good line is on the map, or nothing is and one sentence says why."""


def line(**cells: str) -> str:
    names = HEADER.split(";")
    values = dict(zip(names, GOOD.split(";"), strict=True)) | cells
    return ";".join(values[name] for name in names)


def text(*lines: str, end: str = "\n") -> bytes:
    return (end.join((HEADER, *lines)) + end).encode()


def corpus(folder: Path, *, large: bool = True) -> Iterator[tuple[str, Path, str]]:
    """Write each file and give its name, place and what must come of it; `large` ones are 200 MB and more."""
    for name, content, expected in chain(_texts(), _others(), _books()):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        yield name, file, expected
        file.unlink()
    yield from _special(folder)
    if large:
        yield from _large(folder)


def _texts() -> Iterator[tuple[str, bytes, str]]:
    """Csv files: half of them are wrong in one line and must keep the good one."""
    wrong = {
        "formula": line(naam="=cmd|' /C calc'!A0"),
        "hyperlink": line(naam='=HYPERLINK("http://evil.example";1)'.replace(";", ",")),
        "controls": line(naam="Kof\x07\x1b[2Jfie"),
        "right-to-left": line(naam="\u202eeiffoK"),
        "emoji": line(naam="🙂" * 200),
        "zalgo": line(naam="K" + "\u0301" * 5000),
        "zero-width": line(naam="\u200b\u200b\u200b"),
        "date-1900": line(dag="00-01-1900"),
        "date-9999": line(dag="31-12-9999"),
        "date-no": line(dag="30-02-2026"),
        "nan": line(kosten="NaN"),
        "infinite": line(kosten="inf"),
        "negative-age": line(**{"leeftijd vanaf": "-5"}),
        "huge-age": line(**{"leeftijd vanaf": "9" * 400}),
        "huge-price": line(kosten="€ 9999999,99"),
        "arabic-digits": line(**{"leeftijd vanaf": "١٢"}),
        "citizen-number": line(omschrijving="bel 111222333"),
        "cell-10-mb": line(omschrijving="x" * 10_000_000),
        "cell-20-kb": line(omschrijving="x" * 20_000),
        "unclosed-quote": line(naam='"Koffie'),
        "stray-quote": line(naam='Kof"fie'),
        "too-few": "Koffie;activiteit",
        "too-many": line() + ";x;y;z",
        "rule-endless": line(dag="FREQ=SECONDLY"),
        "regex-trap": line(dag="1" * 5000 + "e maandag"),
    }
    for name, bad in wrong.items():
        yield f"line-{name}.csv", text(bad, line(naam="Goed")), READ
    yield "html.csv", text(line(naam="<script>alert(1)</script>Goed"[:80])), READ
    yield "sql.csv", text(line(naam="Goed'),(1); DROP TABLE socialmap_offering--".replace(";", ","))), READ
    yield "windows-1252.csv", text(line(naam="Goed é €")).decode().encode("cp1252"), READ
    yield "utf-16.csv", text(line(naam="Goed é")).decode().encode("utf-16"), READ
    yield "mixed.csv", text(line(naam="Goed é")) + line(naam="Goéd").encode("cp1252") + b"\n", READ
    yield "cr-only.csv", text(line(naam="Goed"), end="\r"), READ
    yield "no-end.csv", text(line(naam="Goed")).rstrip(), READ
    yield "text-that-is-called.xlsx", text(line(naam="Goed")), REFUSED
    yield "utf-16-that-is-not.csv", b"\xff\xfe" + text(line()), REFUSED
    yield "nul.csv", text(line(naam="Kof\0fie"), line(naam="Goed")), REFUSED
    yield "half-utf-16.csv", b"\xff\xfe\x00", REFUSED
    yield "empty.csv", b"", REFUSED
    yield "blank.csv", b"\xef\xbb\xbf\r\n \r\n", REFUSED
    yield "only-header.csv", text(), REFUSED
    yield "no-header.csv", (GOOD + "\n").encode(), REFUSED
    yield "double-header.csv", text(GOOD).replace(b"soort", b"naam", 1), REFUSED
    yield "16000-columns.csv", (";".join(f"k{n}" for n in range(16_384)) + "\n").encode() * 3, REFUSED
    yield "one-line-10-mb.csv", b"naam;soort" + b"a" * 10_000_000, REFUSED
    yield "quotes-only.csv", b'"' * 3_000_000, REFUSED
    yield "semicolons-only.csv", b";" * 3_000_000, REFUSED
    yield "newlines-only.csv", b"\n" * 10_000_000, REFUSED


def _others() -> Iterator[tuple[str, bytes, str]]:
    """Files that are no table, whatever they are called."""
    noise = random.Random(6).randbytes(100_000)
    gz = gzip.compress(text(line(naam="Goed")))
    yield "png.csv", b"\x89PNG\r\n\x1a\n" + noise, REFUSED
    yield "pdf.xlsx", b"%PDF-1.7\n" + noise, REFUSED
    yield "page.csv", b"<!DOCTYPE html><table><tr><td>naam</td></tr></table>", REFUSED
    yield (
        "xml-bomb.csv",
        b'<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><z>&b;</z>',
        REFUSED,
    )
    yield "old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise, REFUSED
    yield "with-password.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), REFUSED
    yield "noise.csv", noise, REFUSED
    yield "noise.xlsx", b"PK\x03\x04" + noise, REFUSED
    yield "json.csv", b'{"naam": "Koffie"}', REFUSED
    yield "good.csv.gz", gz, READ
    yield "cut.csv.gz", gz[:-12], REFUSED
    yield "bomb.csv.gz", _gzip_of_zeros(400_000_000), REFUSED
    yield "bomb-in-bomb.gz", gzip.compress(_gzip_of_zeros(300_000_000)), REFUSED


def _gzip_of_zeros(size: int) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    piece = b"0" * 1_000_000
    return b"".join([*(packer.compress(piece) for _ in range(size // len(piece))), packer.flush()])


TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
ROOT = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)
BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>'
)


def sheet(*rows: str, head: str = "") -> str:
    """A sheet of rows whose cells are parted by semicolons."""
    lines = (
        f'<row r="{n}">' + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row.split(";")) + "</row>"
        for n, row in enumerate(rows, 1)
    )
    return (
        f'{head}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f"{''.join(lines)}</sheetData></worksheet>"
    )


def book(sheet_text: str | bytes, **more: bytes) -> bytes:
    """An XLSX file around one sheet; `more` are parts by name, with __ for / and _ for ."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("_rels/.rels", ROOT)
        package.writestr("xl/workbook.xml", BOOK)
        package.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        package.writestr("xl/worksheets/sheet1.xml", sheet_text)
        for name, content in more.items():
            package.writestr(name.replace("__", "/").replace("_", "."), content)
    return memory.getvalue()


def _books() -> Iterator[tuple[str, bytes, str]]:
    good = line(naam="Goed")
    whole = book(sheet(HEADER, good))
    entities = '<!DOCTYPE z [<!ENTITY a "' + "a" * 1000 + '">]>'
    outside = '<!DOCTYPE z [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    formula = sheet(HEADER, good).replace('<row r="2">', '<row r="2"><!-- --><!-- -->')
    yield "good.xlsx", whole, READ
    yield "called-csv.csv", whole, READ
    yield "external-link.xlsx", book(formula, xl__externalLinks__link1_xml=b"<externalLink/>"), READ
    yield "cut.xlsx", whole[: len(whole) // 2], REFUSED
    yield "macro.xlsm", book(sheet(HEADER, good), xl__vbaProject_bin=b"\xd0\xcf"), REFUSED
    yield "word.docx", _zip({"[Content_Types].xml": TYPES.encode(), "word/document.xml": b"<w/>"}), REFUSED
    yield "open-document.ods", _zip({"mimetype": b"x", "content.xml": b"<x/>"}), REFUSED
    yield "plain.zip", _zip({"lijst.csv": text(good)}), REFUSED
    yield "nested.xlsx", book(sheet(HEADER, good), xl__embeddings__in_zip=_zip({"a": b"0" * 1000})), REFUSED
    yield "path.xlsx", _zip({"../../etc/cron.d/x": b"", "xl/workbook.xml": BOOK.encode()}), REFUSED
    yield "entity-bomb.xlsx", book(sheet(HEADER, "&amp;a;", head=entities)), REFUSED
    yield "xxe.xlsx", book(sheet(HEADER, "&amp;a;", head=outside)), REFUSED
    yield "xxe-utf-16.xlsx", book(sheet(HEADER, good, head=outside).encode("utf-16")), REFUSED
    yield "zip-bomb.xlsx", book(b" " * 200_000_000), REFUSED
    yield "liar.xlsx", _lying(book(sheet(HEADER, good) + " " * 150_000_000)), REFUSED
    yield (
        "shared-strings-bomb.xlsx",
        book(sheet(HEADER, good), xl__sharedStrings_xml=b"<sst>" + b"<si><t/></si>" * 8_000_000),
        REFUSED,
    )
    yield (
        "absurd-size.xlsx",
        book(
            sheet(HEADER, good).replace(
                "</row></sheetData>", '</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
            )
        ),
        REFUSED,
    )
    yield (
        "million-rows.xlsx",
        book(
            sheet(HEADER).replace(
                "</sheetData>",
                "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(2, 1_000_002)) + "</sheetData>",
            )
        ),
        REFUSED,
    )
    yield "wide.xlsx", book(sheet(";".join(f"k{n}" for n in range(16_000)), *["x"] * 50)), REFUSED
    yield "cell-30-mb.xlsx", book(sheet(HEADER, line(naam="x" * 30_000_000))), REFUSED
    yield "quine.xlsx", _overlapping(), REFUSED
    yield (
        "many-parts.xlsx",
        _zip({"xl/workbook.xml": BOOK.encode()} | {f"xl/p{n}.xml": b"" for n in range(30_000)}),
        REFUSED,
    )


def _zip(parts: dict[str, bytes]) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return memory.getvalue()


def _lying(data: bytes) -> bytes:
    """The table of contents says that the sheet is small."""
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/worksheets/sheet1.xml"))
    return data[: at + 24] + struct.pack("<L", 5_000) + data[at + 28 :]


def _overlapping() -> bytes:
    """A table of contents in which 900 parts are one and the same piece of the file (a bomb without nesting)."""
    whole = _zip({"xl/workbook.xml": BOOK.encode(), "xl/a0000.xml": b" " * 4_000_000})
    start = whole.index(b"PK\x01\x02")
    end = whole.index(b"PK\x05\x06")
    first = whole.index(b"PK\x01\x02", start + 4)
    entry = whole[first:end]
    entries = [entry.replace(b"xl/a0000.xml", b"xl/a%04d.xml" % n) for n in range(900)]
    contents = whole[start:first] + b"".join(entries)
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 901, 901, len(contents), start, 0)
    return whole[:start] + contents + tail


def _special(folder: Path) -> Iterator[tuple[str, Path, str]]:
    """Names of files that are no file, or point elsewhere."""
    good = folder / "good.csv"
    good.write_bytes(text(line(naam="Goed")))
    places = {"link.csv": good, "device.csv": Path("/dev/zero"), "loop.csv": folder / "loop.csv"}
    for name, target in places.items():
        (folder / name).symlink_to(target)
        yield f"symlink-{name}", folder / name, READ if name == "link.csv" else REFUSED
    os.mkfifo(folder / "pipe.csv")
    yield "pipe.csv", folder / "pipe.csv", REFUSED
    yield "folder", folder, REFUSED
    yield "missing", folder / "weg.csv", REFUSED
    yield "long-name", folder / ("x" * 300 + ".csv"), REFUSED
    yield "up-and-down", folder / ".." / folder.name / "good.csv", READ


def _large(folder: Path) -> Iterator[tuple[str, Path, str]]:
    for name, piece, count in (
        ("200-mb.csv", b"x" * 1_000_000, 200),
        ("million-lines.csv", f"{GOOD}\n".encode() * 1000, 1000),
    ):
        with (folder / name).open("wb") as stream:
            stream.write(text())
            for _ in range(count):
                stream.write(piece)
        yield name, folder / name, REFUSED
        (folder / name).unlink()
