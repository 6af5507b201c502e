"""Norms of the building blocks: what holds, what held, and writing down what the council adopted."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst

from samenspel.cockpit.areas.around import FILL_IN, today
from samenspel.cockpit.forms import a_day, edited
from samenspel.policy.blocks import refresh
from samenspel.policy.models import BlockNorm
from samenspel.policy.norms import EXAMPLE_NORMS, NormFacts, drop_norm, in_words, norms_in_force, norms_of, set_norm
from samenspel.policy.permissions import may_see_blocks, may_set_norms
from samenspel.sources.vocabulary import BuildingBlock, Theme
from samenspel.staff.access import actor, page, show, who
from samenspel.staff.forms import WorkForm, sent

_NEAR = ("metres", "share")
_FIELDS = {
    BuildingBlock.PEOPLE: ("amount", *_NEAR),
    BuildingBlock.PROVISIONS: ("themes", *_NEAR),
    BuildingBlock.MEETING_PLACES: ("amount", "evening", *_NEAR),
    BuildingBlock.NETWORK: ("directions",),
    BuildingBlock.CONNECTOR: ("amount",),
}
"""What is asked of each block beside the term, the day and the document."""
_AMOUNTS = {
    BuildingBlock.PEOPLE: "Hoeveel groepen heeft een inwoner dichtbij",
    BuildingBlock.MEETING_PLACES: "Hoeveel uur per week is er iets open",
    BuildingBlock.CONNECTOR: "Hoeveel uur per week kunt u de verbinder bereiken, voor elke 1.000 inwoners",
}


def _whole(label: str, help_text: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "vul een heel getal in"},
    )


@dataclass(frozen=True)
class Said:
    """A norm with what it asks in sentences."""

    norm: BlockNorm
    words: str


@dataclass(frozen=True)
class Held:
    """The norms of one block: what holds now, what is to come, and what held, newest first."""

    block: BuildingBlock
    now: Said | None
    coming: tuple[Said, ...]
    held: tuple[Said, ...]


class NormForm(WorkForm):
    """What one block asks; the fields of other blocks are left out."""

    themes = forms.MultipleChoiceField(
        label="Welke thema's",
        choices=Theme.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Bij elk thema dat u kiest, moet er aanbod dichtbij zijn.",
    )
    directions = forms.TypedChoiceField(
        label="Vragen gaan over en weer",
        choices=[("2", "beide kanten op"), ("1", "minstens één kant op")],
        coerce=int,
        widget=forms.RadioSelect,
        help_text="Van vrijwilligers of groepen naar professionals, en andersom.",
    )
    amount = forms.FloatField(
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text="Gemiddeld. Een komma mag.",
        error_messages={"invalid": "dit is geen getal"},
    )
    evening = forms.BooleanField(label="Ook op een avond", required=False)
    metres = _whole("Binnen hoeveel meter", "In een rechte lijn.")
    share = _whole("Voor welk deel van de inwoners", "In procenten, 1 tot en met 100.")
    months = _whole("Hoeveel maanden telt een bevestiging mee", "Wat ouder is, telt niet mee.")
    since = a_day("Vanaf welke dag geldt dit")
    document = forms.CharField(
        label="In welk stuk staat het",
        max_length=200,
        help_text="Met de plek erin, zoals: Raadsbesluit 2026-61, artikel 2.",
    )

    def __init__(self, *args: Any, block: BuildingBlock, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - {*_FIELDS[block], "months", "since", "document"}:
            del self.fields[name]
        if "amount" in self.fields:
            self.fields["amount"].label = _AMOUNTS[block]
        self.block = block

    def facts(self) -> NormFacts:
        """What was filled in; the amount of themes is their number."""
        given = {key: value for key, value in self.cleaned_data.items() if key != "directions"}
        if "themes" in given:
            given["themes"] = tuple(given["themes"])
            given["amount"] = len(given["themes"])
        if "directions" in self.fields:
            given["amount"] = self.cleaned_data["directions"]
        return NormFacts(block=self.block, **given)


@page(may_see_blocks)
def norms(request: HttpRequest) -> HttpResponse:
    """Every block with what holds now, what is to come and what held."""
    rows = norms_of(who(request).municipality)
    context = {
        "blocks": [_held(block, [row for row in rows if row.block == block]) for block in BuildingBlock],
        "may_set": may_set_norms(who(request)).allowed,
    }
    return show(request, "cockpit/areas/norms.html", context)


@page(may_set_norms, "GET", "POST")
def new_norm(request: HttpRequest, block: int) -> HttpResponse:
    """Write down the norm of a block from a day on; begins with what holds, or with the example (?voorbeeld)."""
    if block not in BuildingBlock.values:
        raise Http404
    asked, home = BuildingBlock(block), who(request).municipality
    holds = norms_in_force(home, today()).get(asked)
    with_example = "voorbeeld" in request.GET or holds is None
    begin = EXAMPLE_NORMS[asked] if with_example or holds is None else NormFacts.of(holds)
    form = NormForm(sent(request), initial=_initial(begin), block=asked)

    def act() -> str:
        facts, known = form.facts(), norms_of(home)
        set_norm(municipality=home, facts=facts, by=actor(request), at=timezone.now())
        refresh(municipality=home, by=actor(request), at=timezone.now())
        said = f"Vastgelegd: de norm voor {asked.label}."
        is_replaced = any((row.block, row.since) == (asked, facts.since) for row in known)
        return f"{said} Dit vervangt wat u vastlegde voor {date_format(facts.since)}." if is_replaced else said

    context = {
        "heading": f"Een norm voor {asked.label}",
        "lead": "Leg vast wat de raad besloot. Alle wijken worden daarna opnieuw bekeken.",
        "back": (reverse("areas:norms"), "Normen"),
        "button": "Vastleggen",
        "with_example": with_example,
    }
    return edited(request, form, act, "cockpit/areas/norm_edit.html", context, "areas:norms")


@page(may_set_norms, "GET", "POST")
def drop(request: HttpRequest, norm_id: UUID) -> HttpResponse:
    """Take away a norm that has not begun."""
    row = get_object_or_404(BlockNorm, municipality=who(request).municipality, pk=norm_id)
    form = WorkForm(sent(request))

    def act() -> str:
        drop_norm(norm=row, by=actor(request), at=timezone.now())
        return "De norm is weg."

    context = {
        "heading": "Deze norm weghalen?",
        "lead": f"{capfirst(row.get_block_display())}, vanaf {date_format(row.since)}. {in_words(row)}",
        "back": (reverse("areas:norms"), "Normen"),
        "button": "Haal de norm weg",
    }
    return edited(request, form, act, FILL_IN, context, "areas:norms")


def _held(block: BuildingBlock, rows: list[BlockNorm]) -> Held:
    began = [_said(row) for row in rows if row.since <= today()]
    coming = tuple(_said(row) for row in reversed(rows) if row.since > today())
    return Held(block, began[0] if began else None, coming, tuple(began[1:]))


def _said(row: BlockNorm) -> Said:
    return Said(row, in_words(row))


def _initial(facts: NormFacts) -> dict[str, Any]:
    """The fields as the form begins; the day and the document are a person's to give."""
    amount = facts.amount if facts.amount % 1 else int(facts.amount)
    return {**vars(facts), "amount": amount, "directions": str(amount), "since": None, "document": ""}
