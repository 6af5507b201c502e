"""Every address of the URL map stands in one reviewed table; what is not public needs an account."""

import tomllib
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import UUIDConverter

from samenspel.config.settings import MIDDLEWARE
from samenspel.people.models import AccessRole
from tests.workspace.accounts import signed_in

TABLE: dict[str, str] = tomllib.loads((Path(__file__).parent / "permissions.toml").read_text())["routes"]


def routes(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, pattern.namespace or space)
        else:
            yield f"{space}:{pattern.name or pattern.pattern}".lstrip(":"), pattern


ROUTES = dict(routes(get_resolver()))
GUARDED = sorted(name for name, who in TABLE.items() if who != "public")


def status(client: Client, name: str) -> tuple[int, str]:
    """What an address answers, by the method it takes; for objects that do not exist."""
    converters = ROUTES[name].pattern.converters
    sample = {key: uuid.UUID(int=1) if isinstance(one, UUIDConverter) else "x" for key, one in converters.items()}
    address = reverse(name, kwargs=sample)
    answer = client.get(address)
    if answer.status_code == 405:
        answer = client.post(address)
    return answer.status_code, answer.headers.get("Location", "")


def test_the_table_and_the_url_map_name_the_same_addresses():
    assert set(ROUTES) == set(TABLE)


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_an_address_is_open_without_account_only_when_the_table_says_public(name: str):
    is_open = getattr(ROUTES[name].callback, "login_required", True) is False

    assert is_open == (TABLE[name] == "public")


def test_a_view_that_says_nothing_is_refused_without_an_account():
    def forgotten(request: object) -> HttpResponse:
        raise AssertionError("reached")

    request = RequestFactory().get("/vergeten")
    request.user = AnonymousUser()

    response = LoginRequiredMiddleware(lambda _: HttpResponse()).process_view(request, forgotten, (), {})

    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in MIDDLEWARE
    assert response is not None
    assert response.status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("name", GUARDED)
def test_who_has_not_signed_in_is_sent_to_do_so(name: str):
    code, location = status(Client(), name)

    assert (code, location.startswith(reverse("workspace:sign-in"))) == (302, True)


@pytest.mark.django_db
@pytest.mark.parametrize("role", AccessRole.values)
@pytest.mark.parametrize("name", GUARDED)
def test_only_the_role_in_the_table_passes_and_is_refused_before_anything_is_looked_up(name: str, role: str):
    code, location = status(signed_in(role), name)

    assert (code == 403) == {role, "signed_in"}.isdisjoint(TABLE[name].split())
    assert not location.startswith(reverse("workspace:sign-in"))


def test_the_table_names_no_role_that_does_not_exist():
    named = {who for several in TABLE.values() for who in several.split()}

    assert named <= {"public", "signed_in", *AccessRole.values}
