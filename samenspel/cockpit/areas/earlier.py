"""Words of a promise or action that were replaced: they stay to be read, unless somebody takes some away for good."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from samenspel.cockpit.areas.around import FILL_IN
from samenspel.cockpit.forms import edited
from samenspel.policy.commitments import earlier_of, take_out_earlier
from samenspel.policy.models.commitments import Commitment
from samenspel.staff.access import actor, who
from samenspel.staff.forms import WorkForm, sent

STAYS = "Wat u vervangt, blijft te lezen als eerdere tekst."


def words_taken_out(
    request: HttpRequest, row: Commitment, number: int, back: tuple[str, str], *to: Any
) -> HttpResponse:
    """Ask whether an earlier text of a row goes, and take it out; then go `to` an address with its ids."""
    found = next((one for one in earlier_of(row) if one.number == number and one.words), None)
    if found is None:
        raise Http404
    form, home = WorkForm(sent(request)), who(request).municipality

    def act() -> str:
        take_out_earlier(row=row, number=number, municipality=home, by=actor(request), at=timezone.now())
        return f"Weg: een eerdere tekst van {row.what}."

    context = {
        "heading": "Eerdere tekst weghalen?",
        "lead": f"Weg gaat: “{' / '.join(found.words)}”. Doe dit alleen als er iets over een persoon staat. "
        "Terughalen kan niet. De dagen blijven te lezen.",
        "back": back,
        "button": "Haal de tekst weg",
    }
    return edited(request, form, act, FILL_IN, context, *to)
