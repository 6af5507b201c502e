"""Recording what a person decided about a role: first looked at as it will stand, then for good."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from samenspel.cockpit import conversation
from samenspel.cockpit.case_forms import DecisionForm
from samenspel.cockpit.cases import advice_so_far, find_case, today
from samenspel.people.checks import FactRefused
from samenspel.policy.cases import newest_decision
from samenspel.policy.deciding import AlreadyDecided, advice_for, decide_role, framework_on
from samenspel.policy.equal import decided_otherwise
from samenspel.policy.frameworks import framework_of_version
from samenspel.policy.mandates import about_roles
from samenspel.policy.models import RoleCase
from samenspel.policy.permissions import may_make_policy
from samenspel.staff.access import actor, page, refused, say, show
from samenspel.staff.forms import carried_out, sent, summary


@page(may_make_policy, "GET", "POST")
def decide(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Fill in a decision, look at it beside the advice of that day, and record it."""
    case = find_case(request, case_id)
    try:
        version = framework_on(case.municipality, today())
    except FactRefused as reason:
        return refused(request, f"{reason.reason[:1].upper()}{reason.reason[1:]}.", status=409)
    framework = framework_of_version(version)
    advice = advice_so_far(case, framework)
    start = {"decided_on": today(), "conditions": [one.text for one in advice.conditions]}  # who decides is not led
    about: dict[str, Any] = {
        "municipality": case.municipality,
        "advice": advice,
        "framework": framework,
        "today": today(),
    }
    form = DecisionForm(sent(request), initial=start, **about)
    is_sure = "zeker" in request.POST and "terug" not in request.POST
    if form.is_bound and form.is_valid() and "terug" not in request.POST:
        try:
            if carried_out(form, lambda: _carry_out(request, case, form, keep=is_sure)):
                return _recorded(request, case) if is_sure else _preview(request, case, form)
        except AlreadyDecided:
            return redirect("cockpit:case", case.pk)
    context = {
        "case": case,
        "form": form,
        "errors": [] if "terug" in request.POST else summary(form),
        "advice": conversation.live(advice, framework),
        "newest": newest_decision(case),
        "framework": framework,
    }
    return show(request, "cockpit/decide.html", context, status=400 if context["errors"] else 200)


def _carry_out(request: HttpRequest, case: RoleCase, form: DecisionForm, *, keep: bool) -> None:
    """Record the decision, or only see whether it can be: then nothing of it stays."""
    with transaction.atomic():
        decide_role(case=case, decision=form.decision(), by=actor(request), at=timezone.now())
        if not keep:
            transaction.set_rollback(True)


def _recorded(request: HttpRequest, case: RoleCase) -> HttpResponse:
    say(request, "Het besluit is vastgelegd. Het blijft staan; een later besluit volgt erop.")
    return redirect("cockpit:case", case.pk)


def _preview(request: HttpRequest, case: RoleCase, form: DecisionForm) -> HttpResponse:
    decision = form.decision()
    version = framework_on(case.municipality, decision.decided_on)
    framework = framework_of_version(version)
    advice = advice_for(case, version, decision.decided_on)
    context: dict[str, Any] = {
        "case": case,
        "decision": decision,
        "decided": dict(form.fields["decided"].choices)[decision.decided],  # type: ignore[attr-defined]
        "body": dict(form.fields["body"].choices)[decision.body],  # type: ignore[attr-defined]
        "advice": conversation.live(advice, framework),
        "deviates": decision.decided != str(advice.outcome.key),
        "unequal": decided_otherwise(case, advice.answers, decision.decided, framework),
        "is_other_mandate": decision.mandate is not None and not about_roles([decision.mandate]),
        "framework": framework,
        "version": version,
        "amounts": sorted(decision.amounts.items()),
        "sent": [
            (name, value) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken" for value in values
        ],
    }
    return show(request, "cockpit/decide_sure.html", context)
