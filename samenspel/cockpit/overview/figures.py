"""All public figures as a file, for anyone: the same rows as `samenspel export statistics` and the API."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from samenspel.strength.statistics import as_csv, document


@login_not_required
@require_safe
def as_table(request: HttpRequest) -> HttpResponse:
    """For a spreadsheet; what is hidden is empty."""
    rows = document(settings.MUNICIPALITY, at=timezone.now())["items"]
    response = HttpResponse(as_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="samenspel-cijfers.csv"'
    return response


@login_not_required
@require_safe
def as_json(request: HttpRequest) -> HttpResponse:
    """With what every figure means."""
    found = document(settings.MUNICIPALITY, at=timezone.now())
    response = JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = 'attachment; filename="samenspel-cijfers.json"'
    return response
