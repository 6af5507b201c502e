"""Paper: tagged PDF in the house's typeface; text is never an instruction; what cannot be printed does not break it."""

import re
import zlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import typst

from samenspel.ui.print import pdf as paper
from samenspel.ui.print.pdf import PRINTABLE, FontsMissing, pdf
from samenspel.ui.print.qr import qr_svg

POSTER = "frontdoor/paper/poster.typ"
ENTRANCE = {
    "place": "Het Peilhuis",
    "lines": ["Westersingel 22", "1291 AA Zeestede"],
    "hours": ["Maandag: 9.00 tot 12.00 uur"],
    "host": "Mieke, gastvrouw",
    "phone": "0320-55 51 20",
    "note": "",
}


def poster_data(**changes: Any) -> dict[str, Any]:
    address = "https://markerwaard.example/wijk/markerwaard/zeestede"
    given = {"paper": "a4", "area": "Zeestede", "address": address, "qr": qr_svg(address)}
    return given | {"entrances": [ENTRANCE | changes]}


def a_poster(**changes: Any) -> bytes:
    return pdf(POSTER, poster_data(**changes))


def pages(made: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", made + b"".join(streams(made))))


def streams(made: bytes) -> list[bytes]:
    found = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", made, re.DOTALL)
    return [zlib.decompressobj().decompress(one) for one in found if one[:1] == b"x"]


def test_a_pdf_is_tagged_has_a_language_a_title_and_says_that_it_is_accessible():
    made = a_poster()

    assert made.startswith(b"%PDF-")
    assert b"/MarkInfo" in made
    assert b"/StructTreeRoot" in made
    assert b"/Lang" in made
    assert b"/DisplayDocTitle true" in made
    metadata = re.search(rb"<x:xmpmeta.*?</x:xmpmeta>|<\?xpacket begin.*?<\?xpacket end", made, re.DOTALL)
    assert metadata
    assert b"pdfuaid" in metadata[0]
    assert b"Waar kunnen we mee helpen?" in metadata[0]


def test_a_picture_without_words_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(paper, "_PACKAGE", tmp_path)
    source = '#set document(title: "T")\n= Kop\n#image(bytes(json(bytes(sys.inputs.data)).svg), format: "svg")'
    (tmp_path / "bad.typ").write_text(source)

    with pytest.raises(typst.TypstError, match="missing alt text"):
        pdf("bad.typ", {"svg": qr_svg("x")})


@pytest.mark.parametrize(
    "name",
    [
        '#panic("x")',
        '"); #panic() //',
        "$ x $ *vet* _schuin_ `code` = Kop",
        '#read("/config/settings.py")',
        "\\",
        "<label> @ref",
        "-- --- ... https://example.nl",
    ],
)
def test_a_name_is_text_whatever_it_looks_like(name: str):
    assert pages(a_poster(place=name, host=name, note=name, lines=[name], hours=[name])) == 1


@pytest.mark.parametrize(
    "name",
    ["😀 Koffie", "日本語", "مرحبا", "ሰላም", "a\x07b", "\x00", "e\u0301\u0327\u0489", "\U000e0001", "﷽", "\u202e"],
)
def test_signs_that_cannot_be_printed_do_not_break_the_page(name: str):
    assert pages(a_poster(place=name, host=name)) == 1


def test_a_letter_that_cannot_be_printed_leaves_a_mark_and_a_picture_leaves_nothing():
    assert paper._printable({"a": ["日 Café 😀", 3, None]}) == {"a": ["▯ Café ", 3, None]}


def test_every_sign_that_we_call_printable_can_be_printed():
    ends = re.compile(f"[{PRINTABLE}]")
    every = "".join(chr(code) for code in range(0x10000) if ends.match(chr(code)))

    assert len(every) > 700
    assert pages(pdf("frontdoor/paper/poster.typ", _only(every))) == 1


def _only(text: str) -> dict[str, Any]:
    entrance = ENTRANCE | {"note": "", "host": " ".join(text)}
    return {"paper": "a3", "area": "x", "address": "https://x.nl", "qr": qr_svg("x"), "entrances": [entrance]}


@pytest.mark.parametrize("size", ["a4", "a3"])
def test_the_poster_stays_one_page_however_long_the_names_are(size: str):
    made = pdf(
        POSTER,
        {
            "paper": size,
            "area": "Zeestede-Noord en omstreken",
            "address": "https://www.een-heel-lang-adres.markerwaard.example/wijk/markerwaard/zeestede-noord",
            "qr": qr_svg("x"),
            "entrances": [
                ENTRANCE
                | {
                    "place": "Multifunctionele accommodatie De Gezamenlijke Ontmoeting aan de Ringdijk " * 2,
                    "hours": [
                        f"Maandag tot en met vrijdag: {hour}.00 tot {hour}.45 uur (op afspraak)" for hour in range(9)
                    ],
                    "note": "De koffie staat klaar. " * 8,
                }
            ],
        },
    )

    assert pages(made) == 1


def test_two_ingangen_give_two_posters():
    address = "https://x.nl"
    given = {"paper": "a4", "area": "Z", "address": address, "qr": qr_svg(address), "entrances": [ENTRANCE, ENTRANCE]}

    assert pages(pdf(POSTER, given)) == 2


def test_the_typeface_is_ours():
    assert b"AtkinsonHyperlegible" in b"".join([a_poster(), *streams(a_poster())])


def test_without_the_typeface_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(paper, "settings", SimpleNamespace(ROOT=tmp_path))

    with pytest.raises(FontsMissing, match="make install"):
        a_poster(place="zonder letters")


def test_paper_that_many_ask_for_is_made_once_and_paper_with_secrets_is_not_kept(monkeypatch: pytest.MonkeyPatch):
    data = poster_data(place="Eén keer")
    first = pdf(POSTER, data, keep=True)
    monkeypatch.setattr(typst, "Compiler", lambda **_: pytest.fail("compiled again"))

    assert pdf(POSTER, data, keep=True) == first
    with pytest.raises(pytest.fail.Exception):
        pdf(POSTER, data)


def test_a_qr_code_is_a_stand_alone_picture_without_style():
    drawn = qr_svg("https://markerwaard.example/klopt-dit/AAAAAAAAAAAAAAAAAAAAAA")

    assert drawn.startswith("<svg xmlns=")
    assert "style" not in drawn
    assert "http://www.w3.org/2000/svg" in drawn
