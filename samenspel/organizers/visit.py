"""One visit to the organizers' door: who came with which secret, and what every page there shares.

Reading changes nothing, for mail scanners open every link. The pages set no cookie; a forged post needs the secret, and
who has that needs no victim.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from samenspel.audit.action import Actor
from samenspel.organizers import pages
from samenspel.organizers.forms import FUNCTION, function_of
from samenspel.socialmap.confirm import LinkEnded, entries_of, find_request, municipality_name
from samenspel.socialmap.models import ConfirmationRequest, Offering

View = Callable[..., HttpResponse]
_OTHER = {"nl": ("en", "English"), "en": ("nl", "Nederlands")}


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of a browser that came with a secret that works."""

    http: HttpRequest
    secret: str
    asked: ConfirmationRequest
    now: datetime

    @property
    def by(self) -> Actor:
        return Actor("organization", str(self.asked.organization_id))

    @property
    def function(self) -> str:
        """What the visitor does at the organization, "" when not (rightly) chosen yet."""
        return function_of(self.http.POST if self.http.method == "POST" else self.http.GET)

    def offering(self, pk: UUID) -> Offering:
        """An entry of this organization; raises LinkEnded when it is not (or no longer) there."""
        found = entries_of(self.now).filter(organization=self.asked.organization, pk=pk).first()
        if found is None:
            raise LinkEnded
        return found

    def back(self, done: str, where: str = "organizers:confirm", **named: Any) -> HttpResponse:
        """Show a page again (the entries unless told), with what was done; reloading then repeats nothing."""
        query = {"gedaan": done} | ({FUNCTION: self.function} if self.function else {})
        address = reverse(where, kwargs={"secret": self.secret, **named})
        return HttpResponseRedirect(f"{address}?{urlencode(query)}", status=HTTPStatus.SEE_OTHER)

    def show(self, template: str, context: dict[str, Any], *, status: int = HTTPStatus.OK) -> HttpResponse:
        around = {
            "secret": self.secret,
            "municipality": municipality_name(self.asked.municipality),
            "switch": other_language(self.http),
        }
        return render(self.http, template, around | context, status=status)


def other_language(request: HttpRequest) -> dict[str, str]:
    """The link to the same page in the other language."""
    other, name = _OTHER["en" if get_language() == "en" else "nl"]
    return {"href": translate_url(request.path, other), "language": other, "name": name}


def door(view: Callable[..., HttpResponse]) -> View:
    """Open a view to who holds a secret; anyone else gets one calm page with a number to call."""

    @login_not_required
    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def opened(request: HttpRequest, secret: str, **named: Any) -> HttpResponse:
        now = timezone.now()
        try:
            asked = find_request(secret, municipality=settings.MUNICIPALITY, at=now)
            response = view(Visit(request, secret, asked, now), **named)
        except LinkEnded:
            context = pages.ended(settings.MUNICIPALITY)
            response = render(request, "organizers/ended.html", context, status=HTTPStatus.NOT_FOUND)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return opened
