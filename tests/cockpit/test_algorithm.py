"""The entry for the national register of algorithms: every field of the standard, made from what is in force."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samenspel.engine.roles.rules import RULES
from samenspel.people.models import AccessRole
from samenspel.policy.register import OPEN, Field, entry
from tests.people.rows import GM, a_contact, an_area
from tests.policy.framework_rows import a_draft, adopted
from tests.workspace.accounts import signed_in

pytestmark = pytest.mark.django_db
OF_THE_STANDARD = [
    "name", "description_short", "organization", "category", "status", "begin_date", "contact_email", "website",
    "publication_category", "goal", "proportionality", "human_intervention", "risks", "lawful_basis",
    "lawful_basis_grouping", "process_index_url", "impacttoetsen_grouping", "impacttoetsen", "source_data",
    "methods_and_models", "provider", "publiccode", "lang", "standard_version", "source_id", "tags",
]  # fmt: skip
"""Of the fields of version 1.0 those that this entry has; it has no end, no other registration, and no open data."""


@pytest.fixture(autouse=True)
def town() -> None:
    area = an_area(GM, "municipality", name="Markerwaard")
    a_contact(area, email="beleid@markerwaard.example")


def said(key: str) -> str:
    return next(field.value for field in entry(GM, address="https://x.example") if field.key == key)


def test_the_entry_has_the_fields_of_the_standard_in_their_order():
    assert [field.key for field in entry(GM, address="")] == OF_THE_STANDARD


def test_it_says_what_is_in_force_and_since_when():
    assert said("status") == "In ontwikkeling"
    adopted(a_draft())

    assert (said("status"), said("begin_date")) == ("In gebruik", "2026-11")
    assert "Kader Markerwaard (gemeente Markerwaard, versie 1)" in said("lawful_basis")
    assert said("organization") == "Gemeente Markerwaard"


def test_the_contact_is_that_of_the_municipality_or_is_left_to_fill_in(settings: Any):
    assert said("contact_email") == "beleid@markerwaard.example"

    assert next(each.value for each in entry("GM0001", address="") if each.key == "contact_email") == OPEN


def test_how_it_works_names_every_rule_in_order_and_that_it_does_not_learn():
    text = said("methods_and_models")

    assert "4.782.969 combinaties" in text
    assert "Niet zelflerend" in text
    places = [text.index(f"\n{number}. ") for number in range(1, len(RULES) + 1)]
    assert places == sorted(places)
    assert "\n1. Recht, samen vormgegeven: rol 3 (§" in text
    assert "Minder dan 5 procent van de doelgroep doet mee." in text


def test_a_field_longer_than_the_standard_takes_is_no_field():
    with pytest.raises(ValueError, match="name: 101"):
        Field("x", "name", "Naam", "x" * 101, 100)


def test_it_can_be_taken_along_for_software_and_for_a_spreadsheet():
    client = signed_in(AccessRole.SUBSIDY_ADVISER)

    data = json.loads(client.get(reverse("cockpit:algorithm-json")).content)
    assert set(data) == set(OF_THE_STANDARD)
    assert data["lawful_basis_grouping"][0]["title"] == "Gemeentewet, artikel 108 en 160"
    rows = client.get(reverse("cockpit:algorithm-csv")).content.decode("utf-8-sig")
    assert "human_intervention;Menselijke tussenkomst;" in rows


@pytest.mark.parametrize("path", ["/rolgesprek/algoritme", "/en/rolgesprek/algoritme"])
def test_anyone_can_read_it_without_account_or_cookie(path: str):
    answer = Client().get(path)

    assert answer.status_code == 200
    assert not answer.cookies
    assert "Menselijke tussenkomst" in answer.content.decode()
