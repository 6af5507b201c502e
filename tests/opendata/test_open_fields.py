"""Only public fields leave by the open API: every field that it gives is held against the registry of its model."""

from typing import Any

import pytest
from django.db import models
from ninja import Schema

from samenspel.engine.privacy import Sensitivity
from samenspel.opendata import schemas
from samenspel.opendata.resources import router
from samenspel.people.models import Organization
from samenspel.places.models import Area
from samenspel.socialmap.models import MeetingPlace, Offering, Schedule, Verification

MODELS: dict[type[Schema], type[models.Model]] = {
    schemas.AreaData: Area,
    schemas.Boundary.Properties: Area,
    schemas.OfferingData: Offering,
    schemas.ScheduleData: Schedule,
    schemas.VerificationData: Verification,
    schemas.PlaceData: MeetingPlace,
    schemas.OrganizationData: Organization,
    schemas.Reference: Organization,
}
DERIVED = {
    "contact": "the rule of `public_contact`: what the group itself wants to be reached by, empty when shielded",
    "schedules": "rows of Schedule, checked as ScheduleData",
    "last_verification": "a row of Verification, checked as VerificationData",
}
WITHOUT_MODEL = {
    schemas.ContactData: "see `contact`",
    schemas.HoursData: "the form of MeetingPlace.hours, a public field",
    schemas.RoomData: "the form of MeetingPlace.rooms, a public field",
    schemas.Boundary: "GeoJSON around Area.boundary, a public field",
    schemas.Boundary.Geometry: "GeoJSON of Area.boundary",
    schemas.Problem: "an error",
    schemas.Problem.FieldError: "an error",
}


def given() -> set[type[Schema]]:
    """Every schema of the module, those inside another too."""
    found = {one for one in vars(schemas).values() if isinstance(one, type) and issubclass(one, Schema)} - {Schema}
    inside = {one for outer in found for one in vars(outer).values() if isinstance(one, type)}
    return found | {one for one in inside if issubclass(one, Schema)}


def test_every_schema_is_held_against_a_model_or_has_a_reason() -> None:
    assert given() == set(MODELS) | set(WITHOUT_MODEL)
    assert not set(MODELS) & set(WITHOUT_MODEL)


@pytest.mark.parametrize("schema", MODELS, ids=lambda schema: schema.__name__)
def test_every_field_that_is_given_is_public(schema: type[Schema]) -> None:
    classes: dict[str, Any] = MODELS[schema].registry.classes  # type: ignore[attr-defined]
    wrong = {name: classes.get(name) for name in schema.model_fields if classes.get(name) != Sensitivity.PUBLIC}

    assert set(wrong) <= set(DERIVED), wrong


def test_what_is_derived_is_no_field_of_a_model_that_is_not_public() -> None:
    for model in set(MODELS.values()):
        for name in DERIVED:
            assert model.registry.classes.get(name, Sensitivity.PUBLIC) == Sensitivity.PUBLIC  # type: ignore[attr-defined]


def test_a_reference_names_only_what_is_public_of_all_that_it_refers_to() -> None:
    for model in (Organization, MeetingPlace):
        assert {model.registry.classes[name] for name in schemas.Reference.model_fields} == {Sensitivity.PUBLIC}


def test_a_personal_field_would_be_found() -> None:
    classes = Offering.registry.classes

    assert classes["phone"] == classes["email"] == classes["first_contact"] == Sensitivity.PERSONAL
    assert not {"phone", "email", "first_contact"} & set(schemas.OfferingData.model_fields)


def test_every_answer_has_one_of_these_forms() -> None:
    """An operation that gave a model or a loose dictionary would pass the check by; none does."""
    answers = set()
    for view in router.path_operations.values():
        for operation in view.operations:
            model = operation.response_models[200].model_fields["response"].annotation
            answers.add(model.model_fields["items"].annotation.__args__[0] if "items" in model.model_fields else model)

    assert answers == {
        schemas.AreaData, schemas.Boundary, schemas.OfferingData, schemas.PlaceData, schemas.OrganizationData,
    }  # fmt: skip
