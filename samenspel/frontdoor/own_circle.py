"""One's own people first, for who wants that: a guide on screen and paper that asks, sends and keeps nothing.

The one thing that is counted is the button that it worked out, per wijk and week. Nobody has to come by here first: the
way to a professional stands on top.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from samenspel.frontdoor.frame import frame, language, show
from samenspel.frontdoor.print import as_pdf
from samenspel.frontdoor.requests.views import private
from samenspel.outcomes.counting import count_own_circle, count_shift
from samenspel.outcomes.layers import OWN_CIRCLE
from samenspel.places.models import Area
from samenspel.socialmap.wijk import Wijk, wijken
from samenspel.ui.print.pdf import pdf


@login_not_required
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Questions to think with; the only field is a choice of wijk beside the button."""
    return show(request, "frontdoor/own_circle.html", {"steps": _steps(), "wijken": _wijken()})


@login_not_required
@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """The same questions on one sheet, with circles to draw in."""
    return as_pdf(request, "eigen-kring.pdf", lambda: pdf("frontdoor/paper/own_circle.typ", _sheet(), keep=True))


@private
def worked(request: HttpRequest) -> HttpResponse:
    """Count that it worked out, and say thanks."""
    if request.method != "POST":
        return show(request, "frontdoor/own_circle_worked.html")
    chosen = request.POST.get("wijk", "")
    here, now = settings.MUNICIPALITY, timezone.now()
    area = next((one.area for one in _districts() if one.area.code == chosen), None)
    count_own_circle(municipality=here, area=area.code if area else "", at=now)
    count_shift(municipality=here, area=area, shifts=[OWN_CIRCLE], at=now)
    return HttpResponseRedirect(reverse("frontdoor:own-circle-worked"))


def _wijken() -> list[tuple[str, str]]:
    """Code and name of each."""
    return [(one.area.code, one.name) for one in _districts()]


def _districts() -> list[Wijk]:
    """Each wijk; a kern of several wijken would be counted twice."""
    return [one for one in wijken(settings.MUNICIPALITY) if one.area.kind == Area.Kind.DISTRICT]


def _steps() -> list[dict[str, Any]]:
    """The questions, by what they are about."""
    return [
        {
            "title": gettext("Wat wilt u graag?"),
            "questions": [
                gettext("Wat zou vandaag al helpen?"),
                gettext("Wat kunt u zelf, en wat lukt niet meer?"),
                gettext("Hoe vaak hebt u hulp nodig: één keer of elke week?"),
            ],
        },
        {
            "title": gettext("Wie zijn er om u heen?"),
            "questions": [
                gettext("Wie ziet u elke week? Denk aan familie, vrienden en buren."),
                gettext("Wie kent u van werk, school, kerk, moskee of club?"),
                gettext("Wie hielp u eerder? Wie hielp u zelf?"),
            ],
        },
        {
            "title": gettext("Wie wilt u vragen?"),
            "questions": [
                gettext("Bij wie voelt u zich op uw gemak?"),
                gettext("Wie kan dit goed, of doet dit graag?"),
                gettext("Wie heeft het zelf al te druk? Sla die over."),
            ],
        },
        {
            "title": gettext("Hoe vraagt u het?"),
            "questions": [
                gettext("Vraag iets kleins: “Wil je dinsdag met mij mee?”"),
                gettext("Zeg erbij: “Nee zeggen mag.”"),
                gettext("Spreek af tot wanneer. Zeg ook wat u terug kunt doen."),
            ],
        },
    ]


def _sheet() -> dict[str, Any]:
    desk = frame(timezone.now()).desk
    return {
        "language": language(),
        "title": gettext("Mijn eigen kring"),
        "lead": gettext("Dit blad is van u. Niemand bewaart het. Helpen is vrijwillig: niemand hoeft."),
        "steps": _steps(),
        "draw": gettext("Teken uw kring"),
        "how": gettext("Schrijf namen op. Dichtbij is wie u vaak ziet, verder weg wie u minder ziet."),
        "me": gettext("ik"),
        "corners": [
            gettext("familie"),
            gettext("vrienden en buren"),
            gettext("hulp en zorg"),
            gettext("werk, school, kerk of club"),
        ],
        "call": gettext("Liever een professional? Dat mag altijd. Bel:"),
        "desk": desk.helper if desk else "",
        "phone": desk.phone if desk else "",
    }
