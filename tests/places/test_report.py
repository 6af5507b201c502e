"""The account of an import."""

from samenspel.places.importers import report as reports
from samenspel.places.importers.report import ImportReport, totals


def test_refusals_and_notes_are_told_by_line_and_field():
    report = ImportReport("a.csv", unit="regel")
    report.merged(new=2, unchanged=1)
    report.refuse(7, "inwoners", "geen getal")
    report.note(None, "", "let hierop")

    assert list(report.sentences()) == [
        "a.csv: 4 gelezen, 2 nieuw, 0 gewijzigd, 1 gelijk, 1 geweigerd",
        "  geweigerd: regel 7, inwoners: geen getal",
        "  let op: bestand: let hierop",
    ]


def test_refusals_are_told_in_order_of_line():
    report = ImportReport("a.csv")
    for line in (9, 2, 5):
        report.refuse(line, "", "fout")

    assert [one["line"] for one in report.as_data()["refusals"]] == [2, 5, 9]


def test_only_so_many_refusals_are_kept_but_all_are_counted():
    report = ImportReport("a.csv")
    for line in range(reports.SHOWN + 5):
        report.refuse(line, "", "fout")

    assert len(report.refusals) == reports.SHOWN
    assert report.refused == reports.SHOWN + 5
    assert list(report.sentences())[-1] == "  geweigerd: en nog 5 meer"


def test_nothing_is_read_when_every_line_is_refused():
    report = ImportReport("a.csv")
    report.refuse(2, "", "fout")
    assert report.nothing_read

    report.merged(unchanged=1)
    assert not report.nothing_read


def test_totals_are_the_sums_of_the_files():
    first, second = ImportReport("a"), ImportReport("b")
    first.merged(new=1)
    second.merged(changed=2)
    second.refuse(1, "x", "y")

    answer = totals([first, second])

    assert (answer["read"], answer["new"], answer["changed"], answer["refused"]) == (4, 1, 2, 1)
    assert answer["files"][1]["refusals"] == [{"line": 1, "field": "x", "reason": "y"}]
