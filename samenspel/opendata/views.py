"""Addresses of the open data door that are not operations of the API."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from samenspel.opendata import openapi as document
from samenspel.opendata.problems import Refused, refuse


@login_not_required
@csrf_exempt
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document, for every site to read."""
    root = request.build_absolute_uri().removesuffix("/openapi.json")
    return JsonResponse(document.at(root.partition("?")[0]))


@login_not_required
@csrf_exempt
def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Every address of the API that does not exist."""
    return refuse(Refused(404, "Dit adres is er niet."))
