"""The advisory council and a draft of the framework: the question, the advice, and what the college does with it."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from samenspel.cockpit.framework_forms import AdviceForm, ReactionForm
from samenspel.people.checks import FactRefused
from samenspel.people.permissions import can
from samenspel.policy.council import ask_advice, give_advice, newest_advice, open_question, react, withdraw_question
from samenspel.policy.frameworks import draft_of, framework_of_version
from samenspel.policy.models import FrameworkVersion
from samenspel.policy.permissions import may_see_policy
from samenspel.staff.access import actor, page, refused, say, show, who
from samenspel.staff.forms import WorkForm, carried_out, summary

STEPS = {
    "vraag": ("amend_framework", ask_advice, "De adviesraad is gevraagd."),
    "trek-in": ("amend_framework", withdraw_question, "De vraag is ingetrokken."),
    "advies": ("advise_on_policy", give_advice, "Het advies staat vast. Dank u wel."),
    "reactie": ("amend_framework", react, "De reactie is opgeslagen."),
}
"""What can be sent: the verb that it needs, the action, and what is said afterwards."""
_FORMS: dict[str, type[WorkForm]] = {"advies": AdviceForm, "reactie": ReactionForm}


@page(may_see_policy, "GET", "POST")
def council(request: HttpRequest) -> HttpResponse:
    """Where the advice stands, and the next step for who looks."""
    row = draft_of(who(request).municipality)
    if row is None:
        raise Http404
    step = request.POST.get("stap", "")
    if request.method != "POST":
        return _page(request, row)
    if step not in STEPS:
        return _page(request, row, status=HTTPStatus.BAD_REQUEST)
    verb, act, done = STEPS[step]
    verdict = can(who(request), verb)
    if not verdict.allowed:
        return refused(request, verdict.reason)
    form = _FORMS[step](request.POST) if step in _FORMS else None
    given = {"version": row, "by": actor(request), "at": timezone.now()}
    if form is None:
        try:
            act(**given)  # type: ignore[operator]
        except FactRefused as error:
            return refused(request, f"{error.reason.capitalize()}.", status=HTTPStatus.BAD_REQUEST)
    elif not (form.is_valid() and carried_out(form, lambda: act(**form.cleaned_data, **given))):  # type: ignore[operator]
        return _page(request, row, form, status=HTTPStatus.BAD_REQUEST)
    say(request, done)
    return redirect("cockpit:council")


def _page(
    request: HttpRequest, row: FrameworkVersion, form: WorkForm | None = None, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    newest, user, today = newest_advice(row), who(request), timezone.localdate()
    context = {
        "draft": row,
        "title": framework_of_version(row).title,
        "newest": newest,
        "is_open": open_question(row) is not None,
        "may_amend": can(user, "amend_framework").allowed,
        "may_advise": can(user, "advise_on_policy").allowed,
        "advice_form": form if isinstance(form, AdviceForm) else AdviceForm(initial={"advised_on": today}),
        "reaction_form": form if isinstance(form, ReactionForm) else ReactionForm(initial=_reaction(newest, today)),
        "errors": summary(form) if form else [],
    }
    return show(request, "cockpit/council.html", context, status=status)


def _reaction(newest: object, today: object) -> dict[str, object]:
    reacted_on = getattr(newest, "reacted_on", None)
    return {"reaction": getattr(newest, "reaction", ""), "reacted_on": reacted_on or today}
