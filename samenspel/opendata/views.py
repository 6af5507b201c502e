"""Addresses of the open data door that are not operations of the API."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from samenspel.opendata import openapi as document


@login_not_required
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document, for every site to read."""
    root = request.build_absolute_uri().removesuffix("/openapi.json")
    response = JsonResponse(document.at(root.partition("?")[0]))
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
