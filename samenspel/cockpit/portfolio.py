"""All activities by sphere, role, layer and goal: the picture, the list, and a file for a spreadsheet."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from samenspel.policy.goals import goals_in_force
from samenspel.policy.permissions import may_make_policy, may_see_policy
from samenspel.policy.portfolio import (
    LAYERS,
    NO_DECISION,
    ORDERS,
    ROLES,
    SPHERES,
    UNKNOWN,
    Chosen,
    Portfolio,
    Row,
    goals_of,
    portfolio,
)
from samenspel.socialmap.importers.formulas import csv_file
from samenspel.socialmap.wijk import wijken
from samenspel.sources.vocabulary import Theme
from samenspel.staff.access import page, show, who
from samenspel.staff.forms import WorkForm

A_PAGE = 25
SHADES = 4
"""A cell is shaded in so many steps, the fullest cell most."""
_ALL = ("", "alles")


class ChosenForm(WorkForm):
    """What to look at, from the address."""

    sfeer = forms.ChoiceField(label="Leefsfeer", required=False, choices=[_ALL, *SPHERES.items()])
    rol = forms.ChoiceField(
        label="Rol", required=False, choices=[_ALL, *ROLES.items(), (NO_DECISION, "nog geen besluit")]
    )
    laag = forms.ChoiceField(label="Laag", required=False, choices=[_ALL, *LAYERS.items()])
    doel = forms.ChoiceField(label="Doel", required=False)
    thema = forms.ChoiceField(label="Thema", required=False, choices=[_ALL, *Theme.choices])
    wijk = forms.ChoiceField(label="Wijk of kern", required=False)
    volgorde = forms.ChoiceField(label="Volgorde", required=False, choices=[*ORDERS.items()])
    herzien = forms.BooleanField(label="Alleen wat u opnieuw moet bekijken", required=False)

    def __init__(self, *args: Any, municipality: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.goals = {str(goal.pk): goal for goal in goals_in_force(municipality, today)}
        self.wijken = {wijk.slug: wijk for wijk in wijken(municipality)}
        self._offer("doel", [(key, goal.title) for key, goal in self.goals.items()])
        self._offer("wijk", [(key, wijk.name) for key, wijk in self.wijken.items()])

    def _offer(self, field: str, choices: list[tuple[str, str]]) -> None:
        chosen = self.fields[field]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [_ALL, *choices]

    def chosen(self) -> Chosen:
        """What was chosen; a word in the address that is no choice chooses everything."""
        self.is_valid()
        given = self.cleaned_data
        goal = self.goals.get(given.get("doel", ""))
        return Chosen(
            sphere=given.get("sfeer", ""),
            role=given.get("rol", ""),
            layer=given.get("laag", ""),
            goal=goal.pk if goal else None,
            theme=given.get("thema", ""),
            wijk=self.wijken.get(given.get("wijk", "")),
            review=given.get("herzien", False),
            order=given.get("volgorde") or "naam",
        )


@dataclass(frozen=True)
class Cell:
    """How many there are of a role in a sphere; `shade` is 0 to SHADES."""

    sphere: str
    label: str
    count: int
    shade: int


@dataclass(frozen=True)
class Line:
    """One role of the picture."""

    role: str
    label: str
    cells: tuple[Cell, ...]
    total: int


@dataclass(frozen=True)
class Activity:
    """A row of the list with the goals it contributes to."""

    row: Row
    goals: list[str]


@page(may_see_policy)
def overview(request: HttpRequest) -> HttpResponse:
    """The picture of what was chosen, and the list."""
    form = ChosenForm(request.GET, municipality=who(request).municipality)
    found = portfolio(who(request).municipality, form.chosen(), at=timezone.now())
    part = Paginator(found.rows, A_PAGE).get_page(request.GET.get("p"))
    goals = goals_of([row.pk for row in part.object_list])
    context = {
        "form": form,
        "found": found,
        "lines": _lines(found),
        "spheres": [SPHERES[sphere] for sphere in _spheres(found)],
        "part": part,
        "activities": [Activity(row, goals.get(row.pk, [])) for row in part.object_list],
        "is_chosen": any(value for key, value in request.GET.items() if key not in ("p", "volgorde")),
        "may_make": may_make_policy(who(request)).allowed,
    }
    return show(request, "cockpit/portfolio.html", context)


@page(may_see_policy)
def file(request: HttpRequest) -> HttpResponse:
    """The same list as a file for a spreadsheet."""
    form = ChosenForm(request.GET, municipality=who(request).municipality)
    found = portfolio(who(request).municipality, form.chosen(), at=timezone.now())
    goals = goals_of([row.pk for row in found.rows])
    rows = [["activiteit", "leefsfeer", "rol", "waar de rol staat", "laag", "doelen", "terugkijken op", "herzien"]]
    rows += [_cells(row, goals.get(row.pk, [])) for row in found.rows]
    response = HttpResponse(csv_file(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="samenspel-portfolio.csv"'
    return response


def _cells(row: Row, goals: list[str]) -> list[str]:
    return [
        row.name,
        row.sphere_label,
        row.role_label,
        "besluit" if row.is_decided else "opgegeven" if row.is_stated else "niet bekend",
        row.layer_label,
        ", ".join(goals),
        row.evaluate_on.isoformat() if row.evaluate_on else "",
        "ja" if row.needs_review else "nee",
    ]


def _spheres(found: Portfolio) -> list[str]:
    """The columns; the personal sphere only where something was decided to belong there."""
    personal = any(sphere == "personal" for _, sphere in found.counts)
    return [sphere for sphere in SPHERES if sphere != "personal" or personal]


def _lines(found: Portfolio) -> list[Line]:
    """The picture: roles that are there, and always the four of the denkkader and what is not known."""
    most = max(found.counts.values(), default=0)
    lines = []
    for role, label in ROLES.items():
        cells = tuple(
            Cell(sphere, SPHERES[sphere], count, -(-SHADES * count // most) if count else 0)
            for sphere in _spheres(found)
            for count in [found.counts.get((role, sphere), 0)]
        )
        total = sum(cell.count for cell in cells)
        if total or role in ("1", "2", "3", "4", UNKNOWN):
            lines.append(Line(role, label, cells, total))
    return lines
