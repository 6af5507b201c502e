"""The published profile says exactly what we give: no field of ours is missing in it, and none is made up."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from samenspel.socialmap.hsds.feed import package
from samenspel.socialmap.hsds.profile import taxonomies, taxonomy_records, term_records
from tests.people.rows import AT, GM
from tests.places.conftest import REAL
from tests.socialmap.test_hsds_round import everything

__all__ = ["everything"]
PROFILE = Path(__file__).resolve().parents[2] / "docs" / "hsds-nl"
SCHEMAS = REAL / "hsds-3" / "spec-3.0" / "schema"
NESTED = {"schedules": "schedule", "addresses": "address", "accessibility": "accessibility"}


def fields_by_kind(found: dict[str, Any]) -> dict[str, set[str]]:
    """The names of all fields of a document, by kind of record."""
    names: dict[str, set[str]] = {}
    parts = {"organizations": "organization", "locations": "location", "services": "service", "events": "service"}
    for part, kind in parts.items():
        for record in found[part]:
            names.setdefault(kind, set()).update(record)
            for field, nested in NESTED.items():
                for one in record.get(field, ()):
                    names.setdefault(nested, set()).update(one)
    return names


@pytest.mark.django_db
@pytest.mark.real_data
def test_what_we_give_is_hsds_or_stands_in_the_profile(everything: None):
    if not SCHEMAS.is_dir():
        pytest.skip(f"the public files are not at {SCHEMAS}")
    for kind, given in fields_by_kind(package(municipality=GM, at=AT)).items():
        theirs = json.loads((SCHEMAS / f"{kind}.json").read_text(encoding="utf-8"))["properties"]
        ours = json.loads((PROFILE / "schema" / f"{kind}.json").read_text(encoding="utf-8"))["properties"]
        ours.pop("events", None)  # only where an organization is asked for by itself
        assert given - theirs.keys() == ours.keys(), kind


def test_the_published_taxonomies_are_those_of_the_code():
    published = json.loads((PROFILE / "taxonomies.json").read_text(encoding="utf-8"))

    assert published == {"taxonomies": taxonomy_records(), "taxonomy_terms": term_records()}


def test_the_taxonomies_are_dutch_whatever_the_reader_speaks():
    taxonomies.cache_clear()
    with translation.override("en"):
        assert dict(taxonomies()["sphere"].terms)["community"] == "gemeenschappelijk"
    taxonomies.cache_clear()


def test_every_patch_is_valid_json_with_a_reason_for_each_field():
    for file in (PROFILE / "schema").glob("*.json"):
        patch = json.loads(file.read_text(encoding="utf-8"))
        assert all("description" in one for one in patch.get("properties", {}).values()), file.name
