"""Forms at work in the house style: labels, hints, and errors that name the field."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from samenspel.people.checks import FactRefused

_LOOKS = {
    forms.Textarea: "utrecht-textarea",
    forms.TextInput: "utrecht-textbox",
    forms.EmailInput: "utrecht-textbox",
    forms.URLInput: "utrecht-textbox",
    forms.PasswordInput: "utrecht-textbox",
    forms.Select: "samenspel-select",
}


class WorkForm(forms.Form):
    """A form whose browser leaves the checking to us: our errors name the field in plain Dutch."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if look := _LOOKS.get(type(field.widget)):
                field.widget.attrs["class"] = look
            is_file = isinstance(field, forms.FileField)
            field.error_messages["required"] = "kies een bestand" if is_file else "vul dit in"


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form gets: what was sent, or None when the page was only asked for."""
    return request.POST if request.method == "POST" else None


def carried_out(form: forms.Form, act: Callable[[], Any]) -> bool:
    """Whether the action was done; what it refuses becomes an error of the field that it names."""
    try:
        act()
    except FactRefused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        return False
    return True


def summary(form: forms.Form) -> list[dict[str, str]]:
    """The errors for the top of the page: what to say, and the field to go to ("" in a form of one button)."""
    found = []
    for name, errors in form.errors.items():
        label = f"{form[name].label}: " if name in form.fields else ""
        field = name if name in form.fields else next(iter(form.fields), "")
        found += [{"field": form[field].auto_id if field else "", "text": f"{label}{error}"} for error in errors]
    return found
