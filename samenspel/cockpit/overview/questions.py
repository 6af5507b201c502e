"""Questions of the council and inbreng of residents with their answers, for anyone; as pages and as files."""

import json
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from samenspel.cockpit.around import around
from samenspel.cockpit.questions import Listed, listed
from samenspel.people.contacts import contact_for
from samenspel.policy.challenges import judged
from samenspel.policy.models import PublicQuestion
from samenspel.policy.questions import questions_of
from samenspel.socialmap.importers.formulas import csv_file
from samenspel.socialmap.wijk import Wijk, wijken
from samenspel.sources.vocabulary import BuildingBlock
from samenspel.staff.forms import WorkForm

A_PAGE = 25
ORIGINS = {
    PublicQuestion.Origin.COUNCIL.value: gettext_lazy("vraag van de raad"),
    PublicQuestion.Origin.MEETING.value: gettext_lazy("van een bijeenkomst met bewoners"),
    PublicQuestion.Origin.UNMET.value: gettext_lazy("vaak gezocht en niet gevonden"),
}
_ALL = ("", gettext_lazy("alles"))


class ChosenForm(WorkForm):
    """What to look at, from the address; what is no choice chooses everything."""

    wijk = forms.ChoiceField(label=gettext_lazy("Wijk"), required=False)
    bouwsteen = forms.TypedChoiceField(
        label=gettext_lazy("Bouwsteen"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[_ALL, *BuildingBlock.choices],
    )

    def __init__(self, *args: Any, wijken: tuple[Wijk, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = {one.slug: one.area.code for one in wijken}
        cast(forms.ChoiceField, self.fields["wijk"]).choices = [_ALL, *((one.slug, one.name) for one in wijken)]

    def chosen(self) -> dict[str, Any]:
        """The area and block, as `questions_of` takes them."""
        self.is_valid()
        given = self.cleaned_data
        return {"area": self.codes.get(given.get("wijk", ""), ""), "block": given.get("bouwsteen")}


@login_not_required
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """How to ask or bring in something; what waits with its day, and what was answered."""
    form, rows = _chosen(request)
    answered = [one for one in rows if one.question.answered_on]
    frame, is_chosen = around(request.path), any(form.chosen().values())
    part = Paginator(answered, A_PAGE).get_page(request.GET.get("p"))
    if part.number > 1 and not is_chosen:
        frame["canonical"] += f"?p={part.number}"
    context = {
        **frame,
        "form": form,
        "is_chosen": is_chosen,
        "open": [one for one in rows if not one.question.answered_on],
        "part": part,
        "desk": contact_for(None, municipality=settings.MUNICIPALITY),
    }
    return render(request, "cockpit/overview/questions.html", context)


@login_not_required
@require_safe
def question(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """One question and what came of it."""
    row = get_object_or_404(PublicQuestion, municipality=settings.MUNICIPALITY, pk=question_id)
    one = listed([row], wijken(settings.MUNICIPALITY), _today())[0]
    context = {**around(request.path), "one": one, "origin": ORIGINS[row.origin]}
    return render(request, "cockpit/overview/question.html", context)


@login_not_required
@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """The same list for a spreadsheet."""
    _form, rows = _chosen(request)
    heading = [
        _("vraag"), _("toelichting"), _("herkomst"), _("van wie"), _("wijk of kern"), _("bouwsteen"), _("gesteld op"),
        _("antwoord uiterlijk op"), _("beantwoord op"), _("antwoord"), _("adres"), _("later opgeschreven op"),
    ]  # fmt: skip
    response = HttpResponse(csv_file([heading, *map(_cells, rows)]), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="samenspel-vragen.csv"'
    return response


@login_not_required
@require_safe
def as_json(request: HttpRequest) -> HttpResponse:
    """The same list for a program: fields of `PublicQuestion`, days as in ISO 8601."""
    _form, rows = _chosen(request)
    found = [_as_data(one.question) for one in rows]
    return HttpResponse(json.dumps(found, ensure_ascii=False), content_type="application/json; charset=utf-8")


def _chosen(request: HttpRequest) -> tuple[ChosenForm, list[Listed]]:
    """The form and its rows; 4 queries."""
    known = wijken(settings.MUNICIPALITY)
    form = ChosenForm(request.GET, wijken=judged(known))
    return form, listed(questions_of(settings.MUNICIPALITY, **form.chosen()), known, _today())


def _cells(one: Listed) -> list[str]:
    row = one.question
    return [
        row.title,
        row.text,
        str(ORIGINS[row.origin]),
        row.asked_by,
        one.wijk or _("hele gemeente"),
        str(BuildingBlock(row.block).label) if row.block else "",
        row.asked_on.isoformat(),
        row.due_on.isoformat(),
        row.answered_on.isoformat() if row.answered_on else "",
        row.answer,
        _address(row),
        row.entered_on.isoformat() if row.entered_on else "",
    ]


def _as_data(row: PublicQuestion) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "origin": row.origin,
        "title": row.title,
        "text": row.text,
        "asked_by": row.asked_by,
        "area": row.area,
        "block": row.block,
        "asked_on": row.asked_on.isoformat(),
        "due_on": row.due_on.isoformat(),
        "answered_on": row.answered_on.isoformat() if row.answered_on else None,
        "answer": row.answer,
        "entered_on": row.entered_on.isoformat() if row.entered_on else None,
        "url": _address(row),
    }


def _address(row: PublicQuestion) -> str:
    return settings.ADDRESS + reverse("overview:question", args=[row.pk])


def _today() -> date:
    return timezone.localdate()
