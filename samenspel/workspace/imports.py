"""Reading a municipality's own files in: template, upload, a look before, step by step, and undo."""

from http import HTTPStatus
from pathlib import Path
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from samenspel.people.permissions import may_import
from samenspel.socialmap.importers import (
    KINDS,
    MAX_BYTES,
    FileRefused,
    NotPossible,
    carry_out,
    preview,
    problems_csv,
    template,
    undo,
)
from samenspel.socialmap.models import ImportRun
from samenspel.staff.access import actor, page, refused, say, show, who
from samenspel.staff.forms import WorkForm, sent, summary

AT_ONCE = 100
"""Lines that are carried out in one request: well below a second."""
FORMS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_FORM_OVERHEAD = 64 * 1024
"""Bytes that a form adds around the file in it."""
_SHOWN = 20
"""How many earlier imports, and how many problems, a page shows."""


class UploadForm(WorkForm):
    kind = forms.ChoiceField(label="Wat staat erin", choices=list(KINDS.items()), widget=forms.RadioSelect)
    file = forms.FileField(
        label="Bestand",
        max_length=200,
        help_text=f"CSV of Excel (.xlsx), hooguit {MAX_BYTES // 1024**2} MB.",
        error_messages={"empty": "dit bestand is leeg"},
    )


@csrf_exempt  # the size is judged before anything of the body is read; `_upload` checks the token
@page(may_import, "GET", "POST")
def imports(request: HttpRequest) -> HttpResponse:
    """Choose a kind, take its template, send a file; with the imports of before."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES + _FORM_OVERHEAD:
        reason = f"Dit bestand is te groot. Het mag hooguit {MAX_BYTES // 1024**2} MB zijn."
        return refused(request, reason, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    request.upload_handlers = [TemporaryFileUploadHandler(request)]
    return _upload(request)


@csrf_protect
def _upload(request: HttpRequest) -> HttpResponse:
    form = UploadForm(sent(request), request.FILES or None, initial={"kind": "offerings"})
    if request.method == "POST" and form.is_valid():
        try:
            run = _previewed(request, form.cleaned_data["file"], form.cleaned_data["kind"])
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("workspace:import", run.pk)
    context = {"form": form, "errors": summary(form), "kinds": KINDS.items(), "runs": _runs(request)[:_SHOWN]}
    return show(
        request, "workspace/imports.html", context, status=HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    )


@page(may_import)
def import_template(request: HttpRequest, kind: str, form: str) -> HttpResponse:
    """The empty file of a kind, to fill in."""
    if kind not in KINDS or form not in FORMS:
        raise Http404
    return _attached(template(kind, form), FORMS[form], f"samenspel-{KINDS[kind]}.{form}")


@page(may_import, "GET", "POST")
def one_import(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """What a file would change or has changed; a POST begins with it, or begins to undo it."""
    run = get_object_or_404(_runs(request), pk=run_id)
    if request.method == "POST":
        if request.POST.get("do") == ("undo" if run.state == ImportRun.State.DONE else "carry_out"):
            _advance(request, run)
        return redirect("workspace:import-busy", run.pk)
    report = run.report
    context = {
        "run": run,
        "kind": KINDS[run.kind],
        "report": report,
        "columns": list(report["rows_shown"][0]) if report["rows_shown"] else [],
        "rows": [list(row.values()) for row in report["rows_shown"]],
        "problems": (report["refusals"] + report["late_refusals"])[:_SHOWN],
        "problem_count": report["refused"] + len(report["late_refusals"]),
        "progress": progress(run),
        "undo_notes": report.get("undo_notes", [])[:_SHOWN],
    }
    return show(request, "workspace/import.html", context)


@page(may_import)
def import_busy(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Take the next step of what a POST began and show how far it is; the page asks for the step after it itself.

    A GET changes something here, but only goes on with what was asked for, and coming twice is no harm.
    """
    run = get_object_or_404(_runs(request), pk=run_id)
    if progress(run) is None or not _advance(request, run) or (far := progress(run)) is None:
        return redirect("workspace:import", run.pk)
    response = show(request, "workspace/import_busy.html", {"run": run, "progress": far})
    response["Refresh"] = "1"
    return response


@page(may_import)
def import_problems(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """The lines that were refused, as a file to work through."""
    run = get_object_or_404(_runs(request), pk=run_id)
    return _attached(problems_csv(run), FORMS["csv"], "samenspel-fouten.csv")


def _previewed(request: HttpRequest, file: TemporaryUploadedFile, kind: str) -> ImportRun:
    return preview(
        Path(file.temporary_file_path()),
        file_name=file.name or "",
        kind=kind,
        municipality=who(request).municipality,
        by=actor(request),
        at=timezone.now(),
    )


def progress(run: ImportRun) -> tuple[int, int] | None:
    """How many records of how many are done, of an import or its undoing that has begun and is not finished."""
    report = run.report
    if run.state == ImportRun.State.PREVIEWED and report["carried_out"]:
        return report["carried_out"], report["to_do"]
    if run.state == ImportRun.State.DONE and "undo" in report:
        undone = report["undo"]
        return undone["removed"] + undone["restored"] + undone["kept"], undone["to_do"]
    return None


def _advance(request: HttpRequest, run: ImportRun) -> bool:
    """Do the next lines of an import, or undo the next lines of one that is done; False when it cannot go on."""
    act = undo if run.state == ImportRun.State.DONE else carry_out
    try:
        act(run=run, by=actor(request), at=timezone.now(), most=AT_ONCE)
    except NotPossible as refusal:
        say(request, str(refusal))
        return False
    run.refresh_from_db()
    return True


def _runs(request: HttpRequest) -> QuerySet[ImportRun]:
    return ImportRun.objects.filter(municipality=who(request).municipality).order_by("-created_at")


def _attached(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
