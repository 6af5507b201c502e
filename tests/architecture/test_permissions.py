"""Every address of the URL map stands in one reviewed table; what is not public needs an account.

Who finds what behind each is in test_permission_matrix.py.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from samenspel.config.settings import MIDDLEWARE
from samenspel.people.models import AccessRole

TABLE: dict[str, str] = tomllib.loads((Path(__file__).parent / "permissions.toml").read_text())["routes"]


def routes(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, pattern.namespace or space)
        else:
            yield f"{space}:{pattern.name or pattern.pattern}".lstrip(":"), pattern


ROUTES = dict(routes(get_resolver()))


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


def test_the_table_names_no_role_that_does_not_exist():
    named = {who for several in TABLE.values() for who in several.split()}

    assert named <= {"public", "signed_in", *AccessRole.values}
