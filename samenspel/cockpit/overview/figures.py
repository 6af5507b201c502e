"""All public figures as a file, for anyone: the same rows as `samenspel export statistics` and the API."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from samenspel.engine.calendar import ZONE
from samenspel.strength.statistics import csv_of, json_of, statistics


@login_not_required
@require_safe
def as_table(request: HttpRequest) -> HttpResponse:
    """For a spreadsheet; what is hidden is empty."""
    rows = statistics(settings.MUNICIPALITY, at=timezone.now())
    response = HttpResponse(csv_of(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="samenspel-cijfers.csv"'
    return response


@login_not_required
@require_safe
def as_json(request: HttpRequest) -> HttpResponse:
    """With what every figure means."""
    home, at = settings.MUNICIPALITY, timezone.now()
    found = json_of(home, at.astimezone(ZONE).date(), statistics(home, at=at))
    response = HttpResponse(found, content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="samenspel-cijfers.json"'
    return response
