"""Pictures: well-formed, complete, the same for the same data, readable in grey, and never more than text."""

import json
import re
import xml.etree.ElementTree as ET
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pytest
import shapely
from django.template.loader import render_to_string
from django.utils.translation import override

from samenspel.engine.coverage.states import State
from samenspel.ui.charts import chart as drawing
from samenspel.ui.charts.areas import FILLS, Place, area_map
from samenspel.ui.charts.chart import DARK, LETTER, PATTERNS, WIDTH, Chart, Words, for_paper
from samenspel.ui.charts.figures import LINES, STEPS, Bar, Norm, bars, stacked, steps, trend
from samenspel.ui.charts.ties import Link, links

RUDE = '<script>x("y")</script> & {{1}} datum.x'
HIDDEN = "afgeschermd (minder dan 10)"
WORDS = Words("Hulp per kwartaal", "Samen in de buurt groeide.", ("Kwartaal", "Eigen kring", "Vrijwilliger"), HIDDEN)
QUARTERS = [("2026 K1", (1204, 40)), ("2026 K2", (None, 55)), ("2026 K3", (0, 61))]
STATES = {State.PRESENT: "aanwezig", State.PARTLY: "deels", State.MISSING: "ontbreekt", State.UNKNOWN: "onbekend"}


def square(west: float, south: float, size: float = 0.02) -> bytes:
    return bytes(shapely.to_wkb(shapely.box(west, south, west + size, south + size)))


def some_bars(name: str = "Zeestede", value: float | None = 61.5) -> Chart:
    words = Words("Dichtbij", "De helft is dichtbij.", ("Wijk", "Dichtbij", "n"), "niet gemeten", " %", 1)
    return bars(words, [Bar(name, value, 1234), Bar("Oost", None), Bar("West", 90, 12)], Norm(80, "Norm: 80 %"))


def some_parts(name: str = "Eigen kring") -> Chart:
    return stacked(replace(WORDS, columns=("Kwartaal", name, "Vrijwilliger")), QUARTERS)


def some_lines(name: str = "Eigen kring") -> Chart:
    return trend(replace(WORDS, columns=("Kwartaal", name, "Vrijwilliger")), QUARTERS)


def some_areas(name: str = "Zeestede") -> Chart:
    words = Words("Plekken", "Eén wijk heeft geen plek.", ("Nr", "Wijk", "Stand"), "onbekend")
    places = [Place(name, State.PRESENT, square(5.4, 52.1)), Place("Oost", State.MISSING, square(5.42, 52.1))]
    places += [Place("West", State.PARTLY, square(5.38, 52.1)), Place("Zuid", State.UNKNOWN, None)]
    return area_map(words, places, STATES)


def some_links(name: str = "Zeestede Welzijn") -> Chart:
    words = Words("Wie werkt met wie", "Eén organisatie staat los.", ("Nr", "Organisatie", "Met"), "geen verbinding")
    return links(words, [name, "De Kreek", "Humanitas", "Los"], [Link(0, 1, 4), Link(1, 2)])


KINDS: list[Callable[..., Chart]] = [some_bars, some_parts, some_lines, some_areas, some_links]
ALL_KINDS = pytest.mark.parametrize("make", KINDS, ids=[kind.__name__ for kind in KINDS])


def texts(chart: Chart) -> list[str]:
    """Every text of a picture, which also proves that it is XML."""
    return ["".join(one.itertext()) for one in ET.fromstring(chart.svg).iter("{http://www.w3.org/2000/svg}text")]


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def seen(fill: str) -> float:
    """The luminance of a fill from some distance; of a pattern the mixture of its two colours."""
    if fill.startswith("#"):
        return luminance(fill)
    pattern = PATTERNS[fill.removeprefix("url(#").removesuffix(")")]
    share = pattern.size / 8
    return share * luminance(pattern.ink) + (1 - share) * luminance(pattern.base)


@ALL_KINDS
def test_a_picture_is_a_small_svg_with_the_same_text_as_its_table(make: Callable[..., Chart]):
    chart = make()

    assert chart.svg.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert texts(chart)
    assert len(chart.svg) < 20_000
    assert {len(row) for row in chart.rows} == {len(chart.columns)}


@ALL_KINDS
def test_a_picture_is_as_wide_as_the_pages_count_on(make: Callable[..., Chart]):
    width = float(ET.fromstring(make().svg).attrib["width"])

    assert WIDTH - 12 <= width <= WIDTH + 8
    assert min(map(float, re.findall(r'font-size="([\d.]+)px"', make().svg))) >= LETTER * 0.75


@ALL_KINDS
def test_the_same_data_give_the_same_picture(make: Callable[..., Chart]):
    first = make()
    make("Anders")
    drawing._drawn.cache_clear()

    assert make().svg == first.svg


@ALL_KINDS
def test_names_stay_text_and_no_picture_can_load_or_run_anything(make: Callable[..., Chart]):
    chart = make(RUDE)

    assert any(RUDE in cell for row in [*chart.rows, chart.columns] for cell in row)
    tags = {one.tag.rpartition("}")[2] for one in ET.fromstring(chart.svg).iter()}
    assert tags <= {"svg", "g", "rect", "path", "line", "text", "tspan", "defs", "pattern"}
    assert not re.search(r"(href|src)=|url\((?!#)", chart.svg)


@pytest.mark.parametrize("make", [some_bars, some_parts, some_lines])
def test_a_picture_with_names_says_them_whole(make: Callable[..., Chart]):
    assert any("<script>" in text for text in texts(make(RUDE)))


@pytest.mark.parametrize("make", [some_bars, some_parts, some_lines])
def test_a_name_that_is_too_long_is_cut_in_the_picture_and_whole_in_the_table(make: Callable[..., Chart]):
    long = "Multifunctionele accommodatie De Gezamenlijke Ontmoeting aan de Ringdijk"
    chart = make(long)

    assert any("accommodatie" in text and "…" in text for text in texts(chart))
    assert any(long in cell for row in [*chart.rows, chart.columns] for cell in row)
    assert float(ET.fromstring(chart.svg).attrib["width"]) <= WIDTH + 8


def test_bars_say_every_area_its_figure_and_the_norm():
    chart = some_bars()

    assert texts(chart) == ["Zeestede: 61,5 % (n = 1.234)", "Oost: niet gemeten", "West: 90,0 % (n = 12)", "Norm: 80 %"]
    assert chart.rows == (
        ("Zeestede", "61,5 %", "1.234"),
        ("Oost", "niet gemeten", ""),
        ("West", "90,0 %", "12"),
    )


def test_figures_are_written_as_the_reader_of_the_page_does():
    with override("en"):
        chart = some_bars()

    assert chart.rows[0] == ("Zeestede", "61.5 %", "1,234")


def test_parts_say_every_quarter_and_series_and_hide_what_is_hidden():
    chart = some_parts()

    assert {"2026 K1", "2026 K2", "2026 K3", "Eigen kring", "Vrijwilliger", HIDDEN} <= set(texts(chart))
    assert chart.rows[1] == ("2026 K2", HIDDEN, "55")
    assert chart.svg.count('fill="url(#unknown)"') == 2  # the part and its key


def test_a_hidden_part_looks_the_same_whatever_it_hides():
    hidden = stacked(WORDS, [("2026 K1", (None, 40)), ("2026 K2", (None, 40)), ("2026 K3", (100, 50))])

    lengths = re.findall(r'd="M0,[\d.]+h([\d.]+)v24[^>]*fill="url\(#unknown\)"', hidden.svg)
    assert lengths
    assert set(lengths) == {lengths[0]}


def test_nothing_counted_draws_no_part_and_no_error():
    chart = stacked(WORDS, [("2026 K1", (0, 0)), ("2026 K2", (None, None))])

    assert chart.rows[0] == ("2026 K1", "0", "0")


def test_a_line_is_broken_where_a_figure_is_hidden():
    rows = [(f"2026 K{at}", (value, 50)) for at, value in enumerate((10, 20, None, 30, 40))]
    broken = trend(WORDS, rows)
    whole = trend(WORDS, [(name, (value or 25, 50)) for name, (value, _) in rows])

    def pieces(chart: Chart) -> int:
        line = next(one for one in re.findall(r'd="([^"]*)" stroke="([^"]*)"', chart.svg) if one[1] == LINES[0])
        return line[0].count("M")

    assert (pieces(whole), pieces(broken)) == (1, 2)
    assert broken.rows[2] == ("2026 K2", HIDDEN, "50")


def test_a_map_numbers_areas_as_its_table_and_says_each_state():
    chart = some_areas()

    assert [row[0] for row in chart.rows] == ["1", "2", "3", "4"]
    assert {"1", "2", "3", *STATES.values()} <= set(texts(chart))
    assert "4" not in texts(chart), "an area without boundary is in the table only"
    assert chart.rows[3] == ("4", "Zuid", "onbekend")


def test_a_map_of_nothing_still_has_its_table():
    words = Words("Plekken", "Er zijn geen grenzen bekend.", ("Nr", "Wijk", "Stand"), "onbekend")

    assert area_map(words, [Place("Zuid", State.UNKNOWN, None)], STATES).rows == (("1", "Zuid", "onbekend"),)


def test_numbers_on_a_map_do_not_lie_over_each_other():
    tiny = [Place(f"Wijk {at}", State.PARTLY, square(5.4 + at * 1e-4, 52.1, 1e-4)) for at in range(12)]
    words = Words("Plekken", "Deels.", ("Nr", "Wijk", "Stand"), "onbekend")
    chart = area_map(words, [*tiny, Place("Groot", State.PRESENT, square(5.3, 52.0, 0.3))], STATES)

    places = re.findall(r'translate\(([\d.]+),([\d.]+)\)"[^>]*font-weight="bold"[^>]*>\d+<', chart.svg)
    at = [(float(x), float(y)) for x, y in places]
    assert len(at) == 13
    assert all(abs(one[0] - other[0]) > 30 or abs(one[1] - other[1]) > 20 for one, other in combinations(at, 2))


def test_who_has_no_link_stands_apart_and_is_named_so():
    chart = some_links()

    assert chart.rows == (
        ("1", "Zeestede Welzijn", "1"),
        ("2", "De Kreek", "2"),
        ("3", "Humanitas", "1"),
        ("4", "Los", "geen verbinding"),
    )
    assert set(texts(chart)) == {"1", "2", "3", "4", "geen verbinding"}


def test_links_without_anyone_linked_or_without_anyone_are_a_picture_too():
    words = Words("Wie werkt met wie", "Niemand werkt samen.", ("Nr", "Organisatie", "Met"), "geen verbinding")

    assert links(words, ["A", "B"], []).rows[0] == ("1", "A", "geen verbinding")
    assert links(words, [], []).rows == ()


@pytest.mark.parametrize("make", [stacked, trend], ids=["stacked", "trend"])
def test_more_series_than_can_be_told_apart_are_refused(make: Callable[..., Chart]):
    names = tuple(f"Reeks {at}" for at in range(7))

    with pytest.raises(ValueError, match="7 parts|shorter"):
        make(replace(WORDS, columns=("Kwartaal", *names)), [("2026 K1", range(20, 27))])


@pytest.mark.parametrize("make", [bars, stacked, trend], ids=["bars", "stacked", "trend"])
def test_a_picture_of_no_rows_is_made(make: Callable[..., Chart]):
    assert make(WORDS, []).rows == ()


def test_a_picture_without_words_is_not_made():
    with pytest.raises(ValueError, match="without words"):
        bars(replace(WORDS, summary=" "), [Bar("Oost", 1)])


def test_the_four_states_differ_in_grey():
    greys = [seen(fill) for fill in FILLS.values()]

    assert min(contrast(one, other) for one, other in combinations(greys, 2)) >= 1.4
    assert len(set(FILLS.values())) == 4


@pytest.mark.parametrize("count", [2, 3, 4, 5, 6])
def test_parts_beside_each_other_differ_in_grey(count: int):
    greys = [luminance(fill) for fill in steps(count)]

    assert all(contrast(one, other) >= 1.4 for one, other in zip(greys, greys[1:], strict=False))


def test_lines_and_edges_stand_out_from_paper():
    drawn = [DARK, drawing.INK, drawing.SUBTLE, *LINES, *(pattern.ink for pattern in PATTERNS.values())]

    assert min(contrast(luminance(one), 1) for one in drawn) >= 4.5
    assert all(contrast(luminance(fill), luminance("#ffffff")) >= 4.5 for fill in STEPS[:3]), "white counts on it"
    assert all(contrast(luminance(fill), luminance(drawing.INK)) >= 4.5 for fill in STEPS[3:]), "dark counts on it"


@pytest.mark.parametrize("folded", [False, True], ids=["open", "folded"])
def test_a_page_shows_the_picture_with_its_words_and_the_table(folded: bool):
    chart = some_bars(RUDE)
    page = render_to_string("ui/chart.html", {"chart": chart, "level": 2, "folded": folded})

    assert '<h2 class="nl-heading nl-heading--level-2">Dichtbij</h2>' in page
    assert 'alt="De helft is dichtbij."' in page
    source = re.search(r'src="data:image/svg\+xml;base64,([^"]*)"', page)
    assert source
    assert b64decode(source[1]).decode() == chart.svg
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert page.count('scope="col"') == 3
    assert page.count('scope="row"') == 3
    assert page.count("<details") == folded
    assert "style=" not in page


def test_no_picture_asks_the_network_for_anything():
    spec = {"data": {"url": "http://127.0.0.1:9/figures.json"}, "mark": "bar"}

    with pytest.raises(ValueError, match="not allowed|denied|Permission|External"):
        drawing._drawn(json.dumps(spec))


def test_starting_the_converter_leaves_no_trace_in_later_pictures():
    before = some_bars().svg
    drawing._drawn.cache_clear()
    drawing.warm()

    assert some_bars().svg == before


def test_on_paper_the_letters_are_the_typeface_of_the_house():
    chart = some_bars()

    assert "Arial" in chart.svg
    assert "Arial" not in for_paper(chart)["svg"]
    assert for_paper(chart)["summary"] == chart.summary
