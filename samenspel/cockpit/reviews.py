"""The review calendar: what asks to be looked at now, and which decisions are looked back at when."""

from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from samenspel.cockpit.forms import edited
from samenspel.policy.models import RoleCase, RoleDecision, RoleReview
from samenspel.policy.permissions import may_make_policy, may_see_policy
from samenspel.policy.reviews import close_review, open_review, open_reviews, to_look_back_at
from samenspel.staff.access import actor, page, show, who
from samenspel.staff.forms import WorkForm, sent

A_YEAR = relativedelta(months=12)


class DecisionChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A decision by what was decided, when, and where it can be read."""

    def label_from_instance(self, decision: RoleDecision) -> str:
        return f"{decision.get_decided_display()}, {decision.decided_on:%d-%m-%Y}, {decision.reference}"


class CloseForm(WorkForm):
    conclusion = forms.CharField(
        label="Wat kwam eruit",
        max_length=4000,
        widget=forms.Textarea,
        help_text="Blijft de rol zo? Schrijf dan waarom. Deze tekst gaat over de activiteit, nooit over een persoon.",
    )
    decision = DecisionChoice(
        label="Besluit dat hieruit kwam",
        queryset=RoleDecision.objects.none(),
        required=False,
        empty_label="Geen: de rol blijft zoals die is",
    )

    def __init__(self, *args: Any, review: RoleReview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["decision"]
        assert isinstance(field, DecisionChoice)
        field.queryset = review.case.decisions.filter(decided_on__gte=review.opened_on)


class OpenForm(WorkForm):
    note = forms.CharField(
        label="Waarom nu", max_length=400, widget=forms.Textarea, help_text="Bijvoorbeeld: het gebouw gaat dicht."
    )


@page(may_see_policy)
def reviews(request: HttpRequest) -> HttpResponse:
    """Open reviews, the longest open first, and the coming twelve months."""
    home, today = who(request).municipality, timezone.localdate()
    coming = to_look_back_at(home, after=today, until=today + A_YEAR)
    months = groupby(coming, key=lambda row: _first_of_month(row.evaluate_on))
    context = {
        "open": open_reviews(home),
        "months": [(month, list(rows)) for month, rows in months],
        "may_make": may_make_policy(who(request)).allowed,
    }
    return show(request, "cockpit/reviews.html", context)


@page(may_make_policy, "GET", "POST")
def review(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Close a review with a conclusion."""
    rows = open_reviews(who(request).municipality)
    row = get_object_or_404(rows, pk=review_id)
    form = CloseForm(sent(request), review=row)

    def act() -> str:
        close_review(review=row, **form.cleaned_data, by=actor(request), at=timezone.now())
        return f"Afgerond: {row.case.title}."

    newest = row.case.decisions.last()
    return edited(request, form, act, "cockpit/review.html", {"review": row, "newest": newest}, "cockpit:reviews")


@page(may_make_policy, "GET", "POST")
def new_review(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Open a review for a reason of one's own."""
    case = get_object_or_404(RoleCase, municipality=who(request).municipality, pk=case_id)
    form = OpenForm(sent(request))

    def act() -> str:
        note, own = form.cleaned_data["note"], RoleReview.Trigger.OWN_REASON
        open_review(case=case, trigger=own, note=note, by=actor(request), at=timezone.now())
        return f"Staat op de lijst: {case.title}."

    return edited(request, form, act, "cockpit/review_new.html", {"case": case}, "cockpit:reviews")


def _first_of_month(day: date | None) -> date:
    return (day or date.max).replace(day=1)
