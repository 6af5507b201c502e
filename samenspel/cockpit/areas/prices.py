"""What one question costs on each layer by the municipality's own books: what holds, what held, and a new price."""

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format

from samenspel.cockpit.areas.around import FILL_IN, today
from samenspel.cockpit.forms import a_day, edited
from samenspel.outcomes.models import UnitPrice
from samenspel.outcomes.prices import in_force, prices_of, set_unit_price
from samenspel.policy.permissions import may_see_blocks, may_set_norms
from samenspel.sources.vocabulary import PyramidLayer
from samenspel.staff.access import actor, page, show, who
from samenspel.staff.forms import WorkForm, sent

LAYERS = {0: "eigen kring", **{layer.value: str(layer.label) for layer in PyramidLayer}}
"""By the number that is stored: the layers of the pyramid, and below them the zero layer."""
MOST = 1_000_000
"""Euros for one question; more is a slip of the pen."""


@dataclass(frozen=True)
class Said:
    """A price with its amount in words."""

    price: UnitPrice
    words: str


@dataclass(frozen=True)
class Layer:
    """A layer with the price that holds and every other one, newest first."""

    number: int
    label: str
    now: Said | None
    others: tuple[Said, ...]


def _euros(label: str, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=MOST,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": "schrijf hele euro's, zonder teken",
            "min_value": "schrijf nul of meer",
            "max_value": "dit bedrag is te hoog",
        },
    )


class PriceForm(WorkForm):
    layer = forms.TypedChoiceField(label="Laag", coerce=int, choices=[*LAYERS.items()])
    low = _euros("Laagste bedrag", "Hele euro's voor één vraag, van begin tot eind.")
    high = _euros("Hoogste bedrag")
    since = a_day("Vanaf welke dag geldt dit", help_text="Vandaag of later. Alleen de eerste prijs mag eerder ingaan.")
    source = forms.CharField(
        label="Waar komt het bedrag vandaan", max_length=200, help_text="Zoals: jaarrekening 2025, bladzijde 41."
    )


@page(may_see_blocks)
def prices(request: HttpRequest) -> HttpResponse:
    """Every layer with the price that holds, and the other ones."""
    rows = prices_of(who(request).municipality)
    hold = in_force(rows, today())
    layers = [
        Layer(
            number=number,
            label=label,
            now=_said(hold[number]) if number in hold else None,
            others=tuple(_said(row) for row in reversed(rows) if row.layer == number and row != hold.get(number)),
        )
        for number, label in LAYERS.items()
    ]
    context = {"layers": layers, "may_set": may_set_norms(who(request)).allowed}
    return show(request, "cockpit/areas/prices.html", context)


@page(may_set_norms, "GET", "POST")
def new_price(request: HttpRequest) -> HttpResponse:
    """Say what a question costs on a layer from a day on."""
    form = PriceForm(sent(request), initial={"layer": request.GET.get("laag", "")})

    def act() -> str:
        home, by, at = who(request).municipality, actor(request), timezone.now()
        set_unit_price(municipality=home, **form.cleaned_data, by=by, at=at)
        return f"Vastgelegd: een prijs voor {LAYERS[form.cleaned_data['layer']]}."

    context = {
        "heading": "Een prijs vastleggen",
        "lead": "Geef een laagste en een hoogste bedrag. Zo blijft te zien hoe zeker u bent.",
        "back": (reverse("areas:prices"), "Prijzen"),
        "button": "Vastleggen",
    }
    return edited(request, form, act, FILL_IN, context, "areas:prices")


def _said(row: UnitPrice) -> Said:
    low, high = (number_format(amount, force_grouping=True) for amount in (row.low, row.high))
    return Said(row, f"{low} euro" if low == high else f"{low} tot {high} euro")
