"""What is no HSDS 3.0 is refused by name, and a broken line leaves the others alone."""

import json
from pathlib import Path
from typing import Any

import pytest

from samenspel.socialmap.hsds.importer import import_hsds
from samenspel.socialmap.models import SourceRecord
from tests.people.rows import AT, BY, GM
from tests.socialmap.hsds_feed import an_organization_record, take_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"id": "1", "name": "A", "physical_addresses": []}, "oudere versie"),
        ({"id": "1", "name": "A", "eligibilitys": []}, "oudere versie"),
        ({"id": "1", "name": "A", "siret": "1"}, "data·inclusion"),
        ({"@context": "https://schema.org", "id": "1", "name": "A"}, "schema.org"),
        ({"id": "x" * 201, "name": "A"}, "200 tekens"),
        ({"id": 7, "name": "A"}, "geen tekst"),
        ({"id": "1", "name": "A\x00"}, "teken dat niet kan"),
        ({"id": "1", "name": "A", "description": "x" * 1_000_001}, "langer dan"),
    ],
)
def test_a_record_of_another_version_or_format_says_what_it_is(tmp_path: Path, record: Any, reason: str):
    report = take_in(tmp_path, record)

    assert [reason in one.reason for one in report.refusals] == [True]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "leeg"),
        ("{", "geen geldige JSON"),
        ("7", "geen lijst of record"),
        ("[" * 100_000, "geen geldige JSON"),
        ('{"a": NaN}', "NaN is geen getal"),
        (b"\xff\xfe{\x00", "UTF-16"),
        (b'{"name": "\xff"}', "geen UTF-8"),
        (b"PK\x03\x04", "zip"),
        ('{"version": "1.1", "profile": "x", "organizations": []}', "HSDS 1.1"),
        ('{"version": "3.0", "profile": "x", "openapi_url": "y"}', "beschrijving van een feed"),
        ('{"totalElements": 3, "content": []}', "Open Referral UK 1"),
        ('{"type": "FeatureCollection", "features": []}', "GeoJSON"),
        ('{"contents": []}', "er staat geen organization"),
        ('{"services": [], "loose": {"x": 3}}', "geen lijst van records"),
    ],
)
def test_a_file_that_is_no_hsds_3_says_what_it_is(tmp_path: Path, content: str | bytes, reason: str):
    file = tmp_path / "feed.json"
    file.write_bytes(content.encode() if isinstance(content, str) else content)

    report = import_hsds(file, municipality=GM, by=BY, at=AT)

    assert reason in report.error
    assert not SourceRecord.objects.exists()


def test_a_folder_of_an_older_version_says_so(tmp_path: Path):
    (tmp_path / "organizations.csv").write_text("id,name\n1,A\n")
    (tmp_path / "physical_addresses.csv").write_text("id\n1\n")

    assert "oudere versie" in import_hsds(tmp_path, municipality=GM, by=BY, at=AT).error


def test_a_line_of_ndjson_or_csv_that_is_broken_leaves_the_others_alone(tmp_path: Path):
    lines = tmp_path / "feed.ndjson"
    lines.write_text(json.dumps(an_organization_record()) + "\n{kapot\n")
    folder = tmp_path / "csv"
    folder.mkdir()
    (folder / "organizations.csv").write_text('id,name,description\na,A,"x\ny"\nb,B\nc,C,z\n')

    first, second = (import_hsds(path, municipality=GM, by=BY, at=AT) for path in (lines, folder))

    assert ([one.line for one in first.refusals], first.new) == ([2], 1)
    assert ([(one.line, one.field) for one in second.refusals], second.new) == ([(4, "organizations.csv")], 2)
