"""Layers where import-linter cannot look: foreign keys, addresses in templates, models beside views."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from tests.architecture.layers import PACKAGE, level_of_apps

LEVEL = level_of_apps()
DOORS = ("frontdoor", "opendata", "organizers", "workspace", "cockpit")


def pointers(model: type[models.Model]) -> Iterator[tuple[models.Field, str]]:
    for field in [*model._meta.fields, *model._meta.many_to_many]:
        if field.related_model and not isinstance(field.related_model, str):
            yield field, field.related_model._meta.app_label


def points_up(app: str, target: str) -> bool:
    return LEVEL[target] > LEVEL[app] or (LEVEL[target] == LEVEL[app] and target != app)


def test_foreign_keys_point_down_or_stay_in_the_app():
    wrong = [
        f"{model._meta.label}.{field.name} -> {target}"
        for model in apps.get_models()
        if model._meta.app_label in LEVEL
        for field, target in pointers(model)
        if target in LEVEL and points_up(model._meta.app_label, target)
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("app", "target", "up"),
    [("places", "socialmap", True), ("people", "places", False), ("places", "audit", True)],
)
def test_a_pointer_up_or_sideways_would_be_seen(app: str, target: str, up: bool):
    assert points_up(app, target) is up


OWNER = {"hsds": "opendata", "conversation": "cockpit", "areas": "cockpit", "overview": "cockpit"}
"""Names of addresses that are not the name of their door."""


def test_addresses_in_templates_and_code_belong_to_the_door_that_names_them():
    wrong = []
    for file in [*PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.py")]:
        app = file.relative_to(PACKAGE).parts[0]
        for door in re.findall(
            r"""(?:\{%\s*url|reverse\(|redirect\()\s*["'](\w+):""", file.read_text(encoding="utf-8")
        ):
            if OWNER.get(door, door) != app:
                wrong.append(f"{file.relative_to(PACKAGE)}: {door}")

    assert wrong == []


def test_apps_with_models_have_no_views_and_apps_with_views_have_no_models():
    both = [
        app.label
        for app in apps.get_app_configs()
        if app.name.startswith("samenspel.") and list(app.get_models()) and (PACKAGE / app.label / "views.py").exists()
    ]

    assert both == []
    assert [
        door
        for door in DOORS
        if apps.is_installed(f"samenspel.{door}") and list(apps.get_app_config(door).get_models())
    ] == []
