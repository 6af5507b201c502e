"""No text of or about a person reaches the index: every field that is not public is planted and looked for."""

from pathlib import Path
from typing import Any

import pytest
import tantivy
from django.db import models

from samenspel.audit.action import Actor, action, record
from samenspel.engine.privacy import Sensitivity
from samenspel.people.models import AreaContact, Organization, User
from samenspel.socialmap.index import IndexFolder, Writer
from samenspel.socialmap.models import MeetingPlace, Offering
from tests.socialmap.index_cast import AT, BY, Town, town_with_offerings

pytestmark = pytest.mark.django_db

SECRET = "zz9q8x7"
PUBLIC = "zz4q2x3"
"""Words that the analysis of Dutch leaves as they are."""


@action
def plant(*, town: Town, by: Actor, at: object) -> None:
    """Put a mark in every text field that is not public, and another one in a public field as control."""
    for model in (Organization, Offering, MeetingPlace):
        for row in model.objects.all():
            for field in texts(model):
                setattr(row, field.name, SECRET)
            row.save()
    Offering.objects.update(description=f"Hier staat {PUBLIC}.")
    AreaContact.objects.update(name=SECRET, phone=SECRET, email=f"{SECRET}@example.nl", deputy_name=SECRET)
    record(action="plant", on=town.groups["club"], by=by, at=AT, municipality=town.municipality)


def texts(model: Any) -> list[Any]:
    """The free text fields of a model that are not public."""
    classes = model.registry.classes
    kinds = models.CharField | models.TextField
    fields = [field for field in model._meta.get_fields() if isinstance(field, kinds) and not field.choices]
    return [field for field in fields if classes[field.name] is not Sensitivity.PUBLIC]


def everything_in(build: Path) -> str:
    """All bytes of the files, all stored documents and all words of the index as one text."""
    files = b"\0".join(path.read_bytes() for path in sorted(build.iterdir()))
    index = tantivy.Index.open(str(build))
    searcher = index.searcher()
    hits = searcher.search(tantivy.Query.all_query(), 1000).hits
    stored = [str(searcher.doc(address).to_dict()) for _, address in hits]
    entries = [bytes(searcher.doc(address)["entry"][0]).decode() for _, address in hits]
    fields = ("id", "mark", "name", "keywords", "summary", "organization", "area", "description")
    words = [str(searcher.terms_with_prefix(field, "")) for field in fields]
    return "\n".join([files.decode("latin-1"), *stored, *entries, *words])


def test_no_field_that_is_not_public_leaves_a_trace_in_the_index(tmp_path: Path) -> None:
    town = town_with_offerings()
    User.objects.create(email=f"{SECRET}@example.nl", name=SECRET)
    plant(town=town, by=BY, at=AT)
    index = IndexFolder(tmp_path)

    with index.writing():
        writer = Writer(index)
        writer.bring_up_to_date(at=AT)
        writer.close()
    build = index.current()
    assert build is not None
    found = everything_in(build)

    assert PUBLIC in found  # the search does find what is there
    assert Offering.objects.exclude(phone="").filter(phone__startswith=SECRET).exists()
    assert SECRET not in found
