"""A group counts for itself: who comes, who helps and how heavy it is. What it shares of that is its own choice."""

from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from samenspel.organizers import pages
from samenspel.organizers.count_form import CountForm
from samenspel.organizers.forms import refusal
from samenspel.organizers.visit import Visit, door
from samenspel.outcomes import own_counts
from samenspel.people.checks import FactRefused
from samenspel.socialmap.models import Offering


@door
def counts(visit: Visit, offering: UUID) -> HttpResponse:
    """Show what the group noted and what it shares; note, wipe, share or take back one thing."""
    entry = visit.offering(offering)
    form = CountForm(None, initial=_initial(visit, entry))
    if visit.http.method != "POST":
        return _shown(visit, entry, form)
    verb, _colon, given = visit.http.POST.get("doe", "").partition(":")
    if verb == "tel":
        form = CountForm(visit.http.POST)
        return _kept(visit, entry, form)
    try:
        _VERBS[verb](visit, entry, date.fromisoformat(given))
    except FactRefused as refused:
        return _shown(visit, entry, form, [{"field": "kwartalen", "text": refusal(refused)}])
    except (KeyError, ValueError):  # a button that this page does not have
        return _shown(visit, entry, form, [{"field": "kwartalen", "text": _("Kies een knop op deze pagina.")}])
    return visit.back(verb, "organizers:counts", offering=entry.pk)


def _initial(visit: Visit, entry: Offering) -> dict[str, object]:
    """Today, and the numbers that seldom change as they were last time."""
    last = next(iter(own_counts.counts_of(entry)), None)
    same = {"hielpen": last.helpers, "leden": last.members} if last else {}
    return {"dag": timezone.localdate(visit.now), **same}


def _shown(visit: Visit, entry: Offering, form: CountForm, errors: list[dict[str, str]] | None = None) -> HttpResponse:
    context = pages.counting(entry, form, done=visit.http.GET.get("gedaan", ""), now=visit.now)
    errors = [*pages.errors_of(form), *(errors or [])]
    status = HTTPStatus.BAD_REQUEST if errors else HTTPStatus.OK
    return visit.show("organizers/counts.html", {**context, "errors": errors}, status=status)


def _kept(visit: Visit, entry: Offering, form: CountForm) -> HttpResponse:
    if not form.is_valid():
        return _shown(visit, entry, form)
    try:
        own_counts.keep_count(
            request=visit.asked,
            offering=entry,
            on=form.cleaned_data["dag"],
            counted=form.counted(),
            by=visit.by,
            at=visit.now,
        )
    except FactRefused as refused:
        form.refuse(refused)
        return _shown(visit, entry, form)
    return visit.back("tel", "organizers:counts", offering=entry.pk)


def _wipe(visit: Visit, entry: Offering, on: date) -> None:
    own_counts.forget_count(request=visit.asked, offering=entry, on=on, by=visit.by, at=visit.now)


def _share(visit: Visit, entry: Offering, begins: date) -> None:
    own_counts.release(request=visit.asked, offering=entry, begins=begins, by=visit.by, at=visit.now)


def _take_back(visit: Visit, entry: Offering, begins: date) -> None:
    own_counts.take_back(request=visit.asked, offering=entry, begins=begins, by=visit.by, at=visit.now)


_VERBS: dict[str, Callable[[Visit, Offering, date], None]] = {"wis": _wipe, "deel": _share, "terug": _take_back}
