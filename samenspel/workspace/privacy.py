"""The register of processing and the papers of FG and CISO, to read and to take along; nothing can be changed here."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from samenspel.accountability.installation import installation
from samenspel.accountability.papers import FOLDER, as_zip, papers
from samenspel.accountability.permissions import may_see_privacy
from samenspel.accountability.register import register
from samenspel.staff.access import page, show, who


@page(may_see_privacy)
def privacy(request: HttpRequest) -> HttpResponse:
    """Every processing with what is kept of it, and the papers."""
    context = {
        "processings": register(),
        "installation": installation(),
        "papers": papers(municipality=who(request).municipality, at=timezone.now()),
        "folder": FOLDER,
    }
    return show(request, "workspace/privacy.html", context)


@page(may_see_privacy)
def privacy_file(request: HttpRequest, name: str) -> HttpResponse:
    """One paper, or all of them in one file."""
    at = timezone.now()
    files = papers(municipality=who(request).municipality, at=at)
    found = {paper.name: (paper.content, f"{paper.kind}; charset=utf-8") for paper in files}
    found[FOLDER] = (as_zip(files, at=at), "application/zip")
    if name not in found:
        raise Http404
    content, kind = found[name]
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
