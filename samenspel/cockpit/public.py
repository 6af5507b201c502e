"""The role conversation for anyone: no account, no cookie, and no answer in an address. What is said is nowhere kept.

Every page is one form that carries the answers along; the whole conversation works without JavaScript.
"""

from collections.abc import Callable
from datetime import date
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from samenspel.cockpit import conversation
from samenspel.cockpit.around import around
from samenspel.cockpit.numbers import as_typed, measure_labels, measured
from samenspel.cockpit.papers import advice_data, as_pdf
from samenspel.cockpit.talk import ROUNDS, Talk
from samenspel.engine.frameworks import Framework
from samenspel.engine.roles.advice import Advice, advise
from samenspel.engine.roles.facts import DECIDING, TRIGGERS
from samenspel.engine.roles.rules import Outcome
from samenspel.engine.roles.shipped import precedents_of, with_roles
from samenspel.engine.roles.table import outcome_of
from samenspel.policy.frameworks import framework_in_force

View = Callable[[HttpRequest], HttpResponse]


def open_to_all(view: View) -> View:
    """Open without account and kept by no browser, cache or log.

    Without a token against forgery: nothing is done or kept, so a forged request could do nothing either.
    """

    @login_not_required
    @csrf_exempt
    @sensitive_post_parameters()
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def unkept(request: HttpRequest) -> HttpResponse:
        response = view(request)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return unkept


@open_to_all
def talk(request: HttpRequest) -> HttpResponse:
    """The start, the next question, a short round, or the advice: whatever comes after what was sent."""
    framework, today = framework_in_force(settings.MUNICIPALITY), _today()
    if request.method != "POST":
        return _show(request, "start", {"framework": framework, "most": len(DECIDING)})
    sent, where = Talk.of(request.POST), request.POST.get("ga", "")
    if faults := sent.faults(framework, today):
        return _show(request, "numbers", _numbers(sent, framework, faults), sent=sent, here="cijfers", status=400)
    kind, _colon, fact = where.partition(":")
    if kind == "vraag" and fact in DECIDING:
        return _question(request, sent, fact, framework, today)
    if kind in ROUNDS:
        return _round(request, sent, kind, framework)
    return _next(request, sent, framework, today, to_result=kind == "uitslag")


@open_to_all
def paper(request: HttpRequest) -> HttpResponse:
    """The advice as a PDF of what was sent; nothing of it is kept here either."""
    framework, today = framework_in_force(settings.MUNICIPALITY), _today()
    sent = Talk.of(request.POST)
    if request.method != "POST" or sent.faults(framework, today):
        return HttpResponseRedirect(reverse("conversation:talk"))
    advice = _advice(sent, framework, today)
    shown = conversation.result(advice, framework, sent.kept)
    data = advice_data(sent.title or gettext("Rolgesprek"), shown, framework, sent.measures, on=today)
    return as_pdf("rolgesprek.pdf", data)


def _next(request: HttpRequest, sent: Talk, framework: Framework, today: date, *, to_result: bool) -> HttpResponse:
    if not to_result and (fact := conversation.next_question(sent.given)):
        return _question(request, sent, fact, framework, today)
    left = [one for one in ROUNDS if one not in sent.rounds]
    if not to_result and left and outcome_of(sent.given) != Outcome.NO_INVOLVEMENT:
        return _round(request, sent, left[0], framework)
    advice = _advice(sent, framework, today)
    context = {
        "advice": conversation.result(advice, framework, sent.kept),
        "title": sent.title,
        "framework": framework,
        "measures": measured(sent.measures),
        "is_public": True,
        "deciding": DECIDING,
    }
    return _show(request, "result", context, sent=sent, here="uitslag")


def _question(request: HttpRequest, sent: Talk, fact: str, framework: Framework, today: date) -> HttpResponse:
    advice = advise(sent.case(), framework, today)
    before = {one: answer for one, answer in sent.given.items() if one in DECIDING}
    context = {
        "question": conversation.question(fact, framework, sent.kept.get(fact)),
        "live": conversation.live(advice, framework),
        "answered": bool(before),
        "back": conversation.question_before(fact, sent.given),
        "progress": conversation.progress(fact, before),
        "skipped": [framework.part("fact", one).name for one in conversation.skipped(fact, sent.given)],
        "framework": framework,
        "carried": list(sent.carried(without=(fact,))),
        "title": sent.title,
    }
    return _show(request, "question", context, sent=sent, here=f"vraag:{fact}")


def _round(request: HttpRequest, sent: Talk, name: str, framework: Framework) -> HttpResponse:
    if name == "cijfers":
        return _show(request, "numbers", _numbers(sent, framework, []), sent=sent, here=name)
    facts = conversation.shaping(sent.given)
    context = {
        "questions": [conversation.question(fact, framework, sent.kept.get(fact)) for fact in facts],
        "carried": [one for one in sent.carried(without=facts) if one != ("rond", name)],
        "back": conversation.question_before("", sent.given),
    }
    return _show(request, "shape", context, sent=sent, here=name)


def _numbers(sent: Talk, framework: Framework, faults: list[dict[str, str]]) -> dict[str, Any]:
    wrong = {one["field"]: one["text"] for one in faults}
    known = {name: as_typed(number) for name, number in sent.measures.items()}
    return {
        "asked": [
            (conversation.question(fact, framework, sent.kept.get(fact)), wrong.get(f"f-{fact}", ""))
            for fact in TRIGGERS
        ],
        "fields": [
            {
                "name": name,
                "label": label,
                "value": {**known, **sent.typed}.get(name, ""),
                "error": wrong.get(f"m-{name}"),
            }
            for name, label in measure_labels().items()
        ],
        "role": sent.role,
        "errors": faults,
        "carried": [one for one in sent.carried(without=(*TRIGGERS, "cijfers")) if one != ("rond", "cijfers")],
    }


def _advice(sent: Talk, framework: Framework, today: date) -> Advice:
    return advise(sent.case(), framework, today, precedents_of(with_roles()))


def _show(
    request: HttpRequest,
    page: str,
    context: dict[str, Any],
    *,
    sent: Talk | None = None,
    here: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """Render a page of the conversation; `here` is where the other language goes on, with what was sent."""
    path = reverse("conversation:talk")
    frame = {**around(path), "action": path, "here": here, "again": list(sent.carried()) if sent else []}
    return render(request, f"conversation/{page}.html", {**frame, **context}, status=status)


def _today() -> date:
    return timezone.localdate()
