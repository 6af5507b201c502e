"""What the forms of goals, agenda and dossiers share: a day, and a page that is filled in."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from samenspel.staff.access import say, show
from samenspel.staff.forms import WorkForm, carried_out, summary


def a_day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    """A field for a day; browsers show a calendar."""
    attributes = {"type": "date", "class": "utrecht-textbox"}
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs=attributes, format="%Y-%m-%d"),
        error_messages={"invalid": "dit is geen datum"},
    )


def edited(
    request: HttpRequest, form: WorkForm, act: Callable[[], str], template: str, context: dict[str, Any], *to: Any
) -> HttpResponse:
    """Show a form; once it is sent well, do `act`, say what it says, and go `to` an address with its ids."""
    said: list[str] = []
    if form.is_bound and form.is_valid() and carried_out(form, lambda: said.append(act())):
        say(request, said[0])
        return redirect(*to)
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return show(request, template, {"form": form, "errors": summary(form), **context}, status=status)
