"""What belongs to another team, organization or municipality is not there: for every address that names an object."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from samenspel.audit.models import AuditEvent
from tests.architecture.matrix import inside
from tests.architecture.objects import OF_A_TEAM, Place, a_place
from tests.architecture.test_permissions import ROUTES, TABLE
from tests.people.rows import ELSEWHERE, GM

pytestmark = pytest.mark.django_db

WORDS = {"verb": "ja", "form": "json", "number": 0}
"""What the addresses have besides ids."""
KINDS = {"workspace:answer": "answer"}
"""Which object an address means where the name of its id does not say so."""
NOT_THERE = (403, 404, 405)


def ids_of(name: str) -> list[str]:
    """The ids in a guarded address; those of an address that anyone may open are secrets or public."""
    converters = ROUTES[name].pattern.converters
    return [key for key, one in converters.items() if "UUID" in type(one).__name__ and TABLE[name] != "public"]


WITH_IDS = sorted(name for name in ROUTES if ids_of(name))
OF_TEAMS = [name for name in WITH_IDS if set(ids_of(name)) <= set(OF_A_TEAM) and name not in KINDS]


@pytest.fixture
def here(settings: Any, tmp_path: Any) -> Place:
    settings.DATA, settings.KEYS = tmp_path, tmp_path / "keys"
    return a_place(GM)


def address(name: str, place: Place) -> str:
    objects = {key: place.objects[KINDS.get(name, key)] for key in ids_of(name)}
    rest = {key: WORDS[key] for key in ROUTES[name].pattern.converters if key not in objects}
    return reverse(name, kwargs={**objects, **rest})


def leaks(name: str, place: Place, knockers: Place) -> Iterator[str]:
    """Who of those that the table lets in gets something else than a refusal, or a refusal with a word of the object.

    Whom the table does not let in is refused before anything is looked up: see the matrix.
    """
    for role in TABLE[name].split():
        client = inside(knockers.people[role])
        for method in ("GET", "POST"):
            answer = client.generic(method, address(name, place))
            said = answer.content.decode(errors="replace") + str(answer.headers)  # some answers are a PDF
            if answer.status_code not in NOT_THERE or place.mark in said:
                yield f"{name} | {role} | {method}: {answer.status_code}"


@pytest.mark.parametrize("name", WITH_IDS)
def test_an_object_of_another_municipality_is_not_there_and_no_word_of_it(name: str, here: Place):
    there = a_place(ELSEWHERE)
    before = AuditEvent.objects.count()

    assert list(leaks(name, there, here)) == []
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize("name", OF_TEAMS)
def test_an_object_of_another_team_and_organization_is_not_there_and_no_word_of_it(name: str, here: Place):
    next_door = a_place(GM)
    before = AuditEvent.objects.count()

    assert list(leaks(name, next_door, here)) == []
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize("name", WITH_IDS)
def test_the_same_address_is_there_for_its_own_people(name: str, here: Place):
    """The control: a sweep over addresses that lead nowhere would find nothing; here it finds someone."""
    assert next(leaks(name, here, here), None)
