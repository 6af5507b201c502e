"""Every model says why it holds its data and how sensitive each field is."""

import pytest
from django.apps import apps
from django.db import models

from samenspel.accountability.register import declarations
from samenspel.config.registry import OF_PACKAGES
from samenspel.engine.privacy import Registered
from tests.architecture.write_privacy import FILE, privacy_page

MODELS = sorted(apps.get_models(), key=lambda model: model._meta.label)


def fields(model: type[models.Model]) -> set[str]:
    return {field.name for field in [*model._meta.local_fields, *model._meta.local_many_to_many]}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_model_declares_its_registry_and_classes_each_field(model: type[models.Model]):
    declared = declarations()[model._meta.label]

    assert set(declared.classes) == fields(model)
    assert declared.purpose
    assert declared.retention


def test_no_declaration_outlives_its_model():
    assert set(OF_PACKAGES) <= {model._meta.label for model in MODELS}


def test_a_field_in_two_classes_is_refused():
    with pytest.raises(ValueError, match="two classes"):
        Registered(processing="questions", purpose="p", retention="r", public=("a",), internal=("a",))


def test_a_personal_field_needs_export_and_erasure():
    with pytest.raises(ValueError, match="erasure"):
        Registered(processing="questions", purpose="p", retention="r", personal=("name",))


def test_no_model_has_a_citizen_service_number():
    assert [f"{m._meta.label}.{name}" for m in MODELS for name in fields(m) if "bsn" in name] == []


def test_the_privacy_page_is_up_to_date():
    assert FILE.read_text(encoding="utf-8") == privacy_page(), "run: make docs"
