"""Addresses under /api/v1: no slash at the end."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, path

from samenspel.opendata import views
from samenspel.opendata.api import api

app_name = "opendata"


def _operations() -> list[URLPattern]:
    """The operations of the API, open to all: nothing in it is anyone's own."""
    patterns = [one for one in api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"]
    for pattern in patterns:
        if pattern.callback is not None:
            pattern.callback = login_not_required(pattern.callback)
    return patterns


urlpatterns = [
    path("openapi.json", views.openapi, name="openapi"),
    *_operations(),
    path("", views.unknown, name="nothing-here"),
    path("<path:rest>", views.unknown, name="unknown"),
]
