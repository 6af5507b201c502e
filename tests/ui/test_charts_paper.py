"""Pictures on paper: inside a PDF/UA-1 with their words and their table, in the typeface of the house."""

import re
import shutil
from pathlib import Path

import pytest
import typst

from samenspel.ui.charts.chart import Chart, for_paper
from samenspel.ui.print import pdf as paper
from samenspel.ui.print.pdf import pdf
from tests.ui.test_charts import ALL_KINDS, RUDE, some_areas, some_bars
from tests.ui.test_pdf import streams

TEMPLATE = """
#import "/ui/print/house.typ": data, house
#import "/ui/print/chart.typ": chart
#show: house.with(title: "Brief")
#heading(level: 1, "Brief")
#for one in data.charts { chart(one) }
"""


@pytest.fixture(autouse=True)
def letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A template of our own beside the house's templates."""
    shutil.copytree(paper._PACKAGE / "ui" / "print", tmp_path / "ui" / "print")
    (tmp_path / "letter.typ").write_text(TEMPLATE)
    monkeypatch.setattr(paper, "_PACKAGE", tmp_path)


@ALL_KINDS
def test_every_kind_of_picture_goes_into_an_accessible_pdf_with_words_and_table(make):
    chart: Chart = make(RUDE)
    made = pdf("letter.typ", {"charts": [for_paper(chart)]})
    whole = b"".join([made, *streams(made)])

    assert b"pdfuaid" in whole
    assert re.search(rb"/Alt\s*[(<]", whole)
    assert b"/Figure" in whole
    assert whole.count(b"/TH") >= len(chart.columns)


def test_the_letters_in_a_picture_are_the_typeface_of_the_house_and_are_letters():
    made = pdf("letter.typ", {"charts": [for_paper(some_areas())]})
    fonts = set(re.findall(rb"/BaseFont\s*/(?:[A-Z]{6}\+)?([\w-]+)", b"".join([made, *streams(made)])))

    assert fonts
    assert all(font.startswith(b"AtkinsonHyperlegible") for font in fonts)


def test_without_words_a_picture_does_not_reach_paper():
    with pytest.raises(typst.TypstError, match="alt"):
        pdf("letter.typ", {"charts": [for_paper(some_bars()) | {"summary": None}]})
