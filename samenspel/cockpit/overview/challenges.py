"""Every wijkopgave for anyone: its partners, what they promised, and whether they kept it; as a page and a file."""

from datetime import date

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samenspel.cockpit.areas.around import code_of, names_of, today
from samenspel.cockpit.areas.challenges import by_wijk
from samenspel.cockpit.around import around
from samenspel.policy.challenges import charters, judged
from samenspel.socialmap.importers.formulas import csv_file
from samenspel.socialmap.wijk import wijken

HEAD = [
    "wijk", "wijkopgave", "begonnen", "klaar", "partner", "soort", "belofte", "uiterlijk", "stand", "gesloten",
    "eerst beloofd voor",
]  # fmt: skip


@login_not_required
@require_safe
def challenges(request: HttpRequest) -> HttpResponse:
    """What runs per wijk, and what came of the rest; `?wijk=` shows one wijk."""
    home, day = settings.MUNICIPALITY, today()
    found = wijken(home)
    names, chosen = names_of(found), code_of(judged(found), request.GET.get("wijk", ""))
    known = [one for one in charters(home, day) if chosen in ("", one.challenge.area)]
    context = {
        **around(request.path),
        "today": day,
        "chosen": chosen,
        "running": by_wijk((one for one in known if not one.challenge.ended_on), names),
        "ended": by_wijk((one for one in known if one.challenge.ended_on), names),
    }
    return render(request, "cockpit/overview/challenges.html", context)


@login_not_required
@require_safe
def challenges_file(request: HttpRequest) -> HttpResponse:
    """The same as a file for a spreadsheet, a row for each promise; in Dutch."""
    home = settings.MUNICIPALITY
    names = names_of(wijken(home))
    rows = [
        [
            names.get(one.challenge.area, one.challenge.area),
            one.challenge.title,
            one.challenge.began_on.isoformat(),
            _day(one.challenge.ended_on),
            side.partner.name,
            side.partner.get_kind_display(),
            said.promise.what,
            said.promise.due_on.isoformat(),
            said.promise.get_state_display(),
            _day(said.promise.closed_on),
            said.promise.first_due.isoformat(),
        ]
        for one in charters(home, today())
        for side in one.sides
        for said in side.promises
    ]
    response = HttpResponse(csv_file([HEAD, *rows]), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="samenspel-wijkopgaven.csv"'
    return response


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""
