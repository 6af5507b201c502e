"""Areas of a municipality's own over several buurten."""

from pathlib import Path

import pytest

from samenspel.places.geometry import shape_of
from samenspel.places.importers.areas import import_areas
from samenspel.places.importers.working_areas import import_working_areas
from samenspel.places.models import Area
from samenspel.places.working_areas import Defined, WorkingAreaRefused, define_working_area
from tests.places import make

pytestmark = pytest.mark.django_db


def _define(**changes: object) -> Defined:
    facts: dict[str, object] = {
        "municipality": "GM9901", "code": "TEAM-OOST", "name": "Team Oost", "kind": "working_area",
        "members": ["BU99010100", "BU99010101"], "year": 2024,
    }  # fmt: skip
    return define_working_area(**{**facts, **changes})  # type: ignore[arg-type]


def test_its_boundary_is_the_union_of_its_buurten(areas: None):
    area = _define().area

    shape = shape_of(area)
    assert shape is not None
    assert shape.bounds == (5.20, 52.50, 5.22, 52.51)
    assert [member.code for member in area.members.order_by("code")] == ["BU99010100", "BU99010101"]


def test_the_same_again_changes_nothing_and_other_members_do(areas: None):
    first = _define()

    again, wider = _define(), _define(members=["BU99010100", "BU99010101", "BU99010102"])

    assert (first.is_new, first.is_changed) == (True, False)
    assert (again.is_new, again.is_changed) == (False, False)
    assert (wider.is_new, wider.is_changed) == (False, True)
    assert Area.objects.filter(code="TEAM-OOST").count() == 1
    assert wider.area.members.count() == 3


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"members": ["BU99010100", "BU00000000"]}, "members"),
        ({"members": []}, "members"),
        ({"members": ["BU99010100", "BU99010100"]}, "members"),
        ({"members": ["WK990101"]}, "members"),
        ({"year": 2023}, "members"),
        ({"municipality": "GM0001"}, "members"),
        ({"municipality": "9901"}, "municipality"),
        ({"code": "BU99010100"}, "code"),
        ({"code": ""}, "code"),
        ({"name": " "}, "name"),
        ({"kind": "district"}, "kind"),
    ],
)
def test_what_cannot_be_is_refused_by_the_name_of_its_field(areas: None, change: dict[str, object], field: str):
    with pytest.raises(WorkingAreaRefused) as refused:
        _define(**change)

    assert refused.value.field == field
    assert not Area.objects.filter(kind=Area.Kind.WORKING_AREA).exists()


def test_buurten_without_any_boundary_make_no_area(areas: None):
    Area.objects.update(boundary=None)

    with pytest.raises(WorkingAreaRefused, match="grens"):
        _define()


TOML = """
[[areas]]
code = "KERN-DORP"
name = "Dorp"
buurten = ["BU99010100", "BU99010101"]

[[areas]]
code = "TEAM-FOUT"
name = "Fout"
buurten = ["BU99010199"]

[[areas]]
code = "TEAM-OOST"
name = "Team Oost"
buurten = ["BU99010200"]

[[contacts]]
name = "hoort hier niet bij"
"""


def test_a_file_of_working_areas_is_read_entry_by_entry(areas: None, tmp_path: Path):
    file = make.table(tmp_path / "areas.toml", TOML)

    first, second = import_working_areas(file), import_working_areas(file)

    assert (first.read, first.new, first.refused) == (3, 2, 1)
    assert (first.refusals[0].line, first.refusals[0].field) == (2, "buurten")
    assert (second.new, second.changed, second.unchanged) == (0, 0, 2)
    assert Area.objects.get(code="KERN-DORP").kind == Area.Kind.VILLAGE


def test_without_a_year_the_newest_buurten_are_meant(areas: None, tmp_path: Path):
    import_areas([make.geojson(tmp_path / "b_2025.geojson", make.neighborhood(0), make.neighborhood(1))])

    import_working_areas(make.table(tmp_path / "areas.toml", TOML))

    assert Area.objects.get(code="KERN-DORP").year == 2025


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"[[areas]\n", "TOML"),
        (b"x = 1\n", "[[areas]]"),
        (b"areas = 7\n", "[[areas]]"),
        (b'name = "\xe9"\n', "UTF-8"),
        (b"#" * (2 * 1024**2 + 1), "groter"),
    ],
)
def test_a_file_that_is_something_else_is_refused_as_a_whole(db: None, tmp_path: Path, content: bytes, reason: str):
    file = tmp_path / "areas.toml"
    file.write_bytes(content)

    report = import_working_areas(file)

    assert reason in report.error


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ("areas = [7]", ""),
        ('[[areas]]\nname = "A"\nbuurten = ["BU99010100"]', "code"),
        ('[[areas]]\ncode = "A"\nname = "A"\nbuurten = "BU99010100"', "buurten"),
        ('[[areas]]\ncode = "A"\nname = "A"\nbuurten = ["GM9901"]', "buurten"),
        ('[[areas]]\ncode = "A"\nname = "A"\nbuurten = ["BU00010100"]', "buurten"),
        ('[[areas]]\ncode = "A"\nname = "A"\nkind = "land"\nbuurten = ["BU99010100"]', "kind"),
    ],
)
def test_a_wrong_entry_names_its_field(areas: None, tmp_path: Path, entry: str, field: str):
    report = import_working_areas(make.table(tmp_path / "areas.toml", entry))

    assert (report.read, report.refused, report.refusals[0].field) == (1, 1, field)
