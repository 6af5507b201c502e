"""The long-term agenda and its public dossiers, for anyone: no account, no cookie, nothing to fill in."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_safe

from samenspel.cockpit.around import around
from samenspel.policy.agenda import When, in_order
from samenspel.policy.dossiers import lines
from samenspel.policy.models import FormDossier, FormOption, PolicyProcess


@dataclass(frozen=True)
class Choice:
    """A public dossier: what must be done and by what is chosen, a line each, and what there is to choose from."""

    dossier: FormDossier
    tasks: list[str]
    criteria: list[str]
    options: list[tuple[FormOption, list[str]]]
    """Each with its tasks, a line each."""


@dataclass(frozen=True)
class OnAgenda:
    """A process, its moments in order and in Dutch words, and its dossier once that is public."""

    process: PolicyProcess
    moments: list[When]
    choice: Choice | None


@login_not_required
@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    """What runs, who decides when, what came out, and what there is to choose."""
    today = timezone.localdate()
    context = {**around(request.path), "today": today, "running": _running(settings.MUNICIPALITY, today)}
    return render(request, "cockpit/agenda_public.html", context)


def _running(municipality: str, today: date) -> list[OnAgenda]:
    """Processes that run, and ended ones with a public choice, by title; 5 queries.

    A dossier that is not public is not even read.
    """
    options = Prefetch("options", FormOption.objects.order_by("kind", "name"))
    dossiers = FormDossier.objects.filter(published_on__isnull=False).prefetch_related(options)
    rows = (
        PolicyProcess.objects.filter(municipality=municipality)
        .filter(Q(ended_on__isnull=True) | Q(ended_on__gt=today) | Q(dossier__published_on__isnull=False))
        .order_by("title")
        .prefetch_related("moments", "documents", Prefetch("dossier", dossiers))
    )
    with override("nl"):
        return [OnAgenda(row, in_order(row.moments.all(), today), _choice(row)) for row in rows]


def _choice(process: PolicyProcess) -> Choice | None:
    dossier: FormDossier | None = getattr(process, "dossier", None)
    if dossier is None:
        return None
    options = [(option, lines(option.tasks)) for option in dossier.options.all()]
    return Choice(dossier, lines(dossier.tasks), lines(dossier.criteria), options)
