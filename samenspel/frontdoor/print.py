"""Paper for a wijk or kern: the poster of its ingang and its wijkgids, as PDF."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from samenspel.frontdoor.frame import language, show
from samenspel.frontdoor.guide import entrance_on_paper, guide_data
from samenspel.places.models import Area
from samenspel.socialmap.wijk import WijkPage, find_wijk, wijk_page
from samenspel.ui.print.pdf import FontsMissing, pdf
from samenspel.ui.print.qr import qr_svg

_log = logging.getLogger("samenspel.print")


@login_not_required
@require_safe
def guide(request: HttpRequest, municipality: str, slug: str) -> HttpResponse:
    """Give the wijkgids as a booklet in large type, in the language of the address."""
    now = timezone.now()
    page = _find(municipality, slug, now)
    address = _address(municipality, slug)
    return as_pdf(
        request,
        f"wijkgids-{slug}.pdf",
        lambda: pdf(
            "frontdoor/paper/guide.typ",
            guide_data(page, address=address, language=language(), now=now),
            keep=True,
        ),
    )


@login_not_required
@require_safe
def poster(request: HttpRequest, municipality: str, slug: str) -> HttpResponse:
    """Give a poster of each ingang, A4 or `?formaat=a3`; always in Dutch with a line of English."""
    page = _find(municipality, slug, timezone.now())
    if not page.open_entrances:
        raise Http404("no ingang")
    paper = "a3" if request.GET.get("formaat") == "a3" else "a4"
    address = _address(municipality, slug)
    with translation.override("nl"):
        data = _poster(page, paper, address)
    return as_pdf(request, f"poster-{slug}-{paper}.pdf", lambda: pdf("frontdoor/paper/poster.typ", data, keep=True))


def _find(municipality: str, slug: str, now: datetime) -> WijkPage:
    try:
        wijk = find_wijk(municipality, slug, municipality=settings.MUNICIPALITY)
    except Area.DoesNotExist as missing:
        raise Http404 from missing
    return wijk_page(wijk, municipality=settings.MUNICIPALITY, at=now)


def _address(municipality: str, slug: str) -> str:
    """Give the address of the wijk's page in Dutch, whole, as it stands on paper."""
    with translation.override("nl"):
        path = reverse("frontdoor:wijk", kwargs={"municipality": municipality, "slug": slug})
    return settings.LINKS["area"].format(path=path)


def _poster(page: WijkPage, paper: str, address: str) -> dict[str, Any]:
    return {
        "paper": paper,
        "area": page.wijk.name,
        "address": address,
        "qr": qr_svg(address),
        "entrances": [entrance_on_paper(one) for one in page.open_entrances],
    }


def as_pdf(request: HttpRequest, name: str, make: Callable[[], bytes]) -> HttpResponse:
    """Answer with a PDF; without the typeface say in words that it cannot be printed now, and log what is missing."""
    try:
        response = HttpResponse(make(), content_type="application/pdf")
    except FontsMissing as missing:
        _log.error("%s", missing)
        context = {
            "heading": gettext("Dit kunnen wij nu niet printen"),
            "text": gettext("Dat ligt niet aan u. Bel ons. Dan sturen wij u wat u nodig hebt."),
            "typed": {},
        }
        return show(request, "frontdoor/error.html", context, status=503)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "no-cache"  # who withdraws is off the next print
    return response
