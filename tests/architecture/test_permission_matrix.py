"""Every address, every role, every method: what each finds is what the reviewed table says."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse

from tests.architecture.matrix import METHODS, address_of, the_cast, wrong_cells
from tests.architecture.test_permissions import ROUTES, TABLE

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", sorted(TABLE))
def test_each_of_the_cast_finds_at_an_address_what_the_table_says(name: str, settings: Any, tmp_path: Any):
    settings.DATA, settings.KEYS = tmp_path, tmp_path / "keys"

    assert list(wrong_cells(name, address_of(name, ROUTES[name]), TABLE[name], the_cast())) == []


def _for_accounts(request: HttpRequest, **given: object) -> HttpResponse:
    return HttpResponse("open")


@login_not_required
def _for_everyone(request: HttpRequest, **given: object) -> HttpResponse:
    return HttpResponse("open")


@pytest.mark.parametrize(
    ("view", "cells"),
    [
        pytest.param(_for_everyone, 17 * len(METHODS), id="open to everyone"),
        pytest.param(_for_accounts, 15 * len(METHODS), id="open to every account"),
    ],
)
def test_a_door_that_was_left_open_is_seen(
    view: Callable[..., HttpResponse], cells: int, monkeypatch: pytest.MonkeyPatch
):
    """The control: every cell that the open view changes is named; GET, HEAD and POST stay right for who may."""
    name = "workspace:ground"
    monkeypatch.setattr(ROUTES[name], "callback", view)

    wrong = list(wrong_cells(name, address_of(name, ROUTES[name]), TABLE[name], the_cast()))

    assert sum(cell.endswith(": 200") for cell in wrong) == cells - 3
    assert f"{name} | editor | GET: 200" in wrong
