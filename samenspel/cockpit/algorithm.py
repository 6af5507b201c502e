"""The entry for the national register of algorithms: to look over and to take along."""

import json
from itertools import groupby

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from samenspel.policy.permissions import may_see_policy
from samenspel.policy.register import Field, as_data, entry
from samenspel.socialmap.importers.formulas import csv_file
from samenspel.staff.access import page, show, who


@page(may_see_policy)
def algorithm(request: HttpRequest) -> HttpResponse:
    """Every field of the standard with what it says."""
    return show(request, "cockpit/algorithm.html", {"groups": by_group(entry_of(who(request).municipality))})


@page(may_see_policy)
def as_json(request: HttpRequest) -> HttpResponse:
    """The entry by the keys of the standard."""
    content = json.dumps(as_data(entry_of(who(request).municipality)), ensure_ascii=False, indent=2)
    return _file(content.encode(), "application/json", "json")


@page(may_see_policy)
def as_csv(request: HttpRequest) -> HttpResponse:
    """The entry as a line a field, for a spreadsheet."""
    fields = entry_of(who(request).municipality)
    rows = [["veld", "naam", "inhoud"], *([field.key, field.label, field.value] for field in fields)]
    return _file(csv_file(rows), "text/csv", "csv")


def entry_of(municipality: str) -> tuple[Field, ...]:
    """The entry, which names our own public page."""
    return entry(municipality, address=settings.ADDRESS + reverse("conversation:algorithm"))


def by_group(fields: tuple[Field, ...]) -> list[tuple[str, list[Field]]]:
    """The fields under the headings of the standard."""
    return [(name, list(of_group)) for name, of_group in groupby(fields, key=lambda field: field.group)]


def _file(content: bytes, kind: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="algoritmeregister-roladvies.{ending}"'
    return response
