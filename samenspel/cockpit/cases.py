"""The cases of the municipality: the same role conversation, with who said what, and what was decided when."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from samenspel.cockpit import conversation
from samenspel.cockpit.case_forms import CaseForm, NumbersForm, SayForm
from samenspel.cockpit.forms import edited
from samenspel.cockpit.numbers import measured
from samenspel.cockpit.papers import advice_data, as_pdf, decision_sections, only_a_view
from samenspel.engine.frameworks import Framework
from samenspel.engine.roles.advice import Advice, advise
from samenspel.engine.roles.facts import DECIDING, TRIGGERS, Answer
from samenspel.engine.roles.rules import Outcome as Advised
from samenspel.engine.roles.table import outcome_of
from samenspel.people.checks import FactRefused
from samenspel.policy.advice import advice_on
from samenspel.policy.cases import as_it_stands, describe_case, drop_case, open_case, state_facts
from samenspel.policy.equal import equal_counts
from samenspel.policy.frameworks import framework_in_force, published
from samenspel.policy.models import Outcome, RoleCase, RoleDecision, RoleReview
from samenspel.policy.permissions import may_make_policy, may_see_policy
from samenspel.socialmap.models import Offering
from samenspel.staff.access import actor, page, refused, say, show, who
from samenspel.staff.forms import carried_out, sent, summary

SHOWN = 40
"""Cases on a page of the list."""


@page(may_see_policy)
def cases(request: HttpRequest) -> HttpResponse:
    """All cases, found by their title; open ones are those without a decision."""
    wanted, kind = request.GET.get("zoek", "").replace("\x00", "").strip()[:80], request.GET.get("toon", "")
    rows = _listed(who(request).municipality)
    if wanted:
        rows = rows.filter(title__icontains=wanted)
    if kind in ("open", "besloten"):
        rows = rows.filter(decided__isnull=kind == "open")
    part = Paginator(rows, SHOWN).get_page(request.GET.get("p"))
    outcomes = dict(Outcome.choices)
    lines = [{"case": row, "decided": outcomes.get(row.decided, ""), "on": row.decided_on} for row in part]
    kinds = [("", "Alle"), ("open", "Nog geen besluit"), ("besloten", "Besloten")]
    kept = request.GET.copy()
    kept.pop("p", None)
    context = {
        "lines": lines,
        "part": part,
        "wanted": wanted,
        "kind": kind,
        "kinds": kinds,
        "query": kept.urlencode(),
        "may_state": may_make_policy(who(request)).allowed,
    }
    return show(request, "cockpit/cases.html", context)


def _listed(municipality: str) -> QuerySet[Any]:
    """Cases with what was decided last and whether a review is open; one query."""
    newest = RoleDecision.objects.filter(case=OuterRef("pk")).order_by("-decided_on", "-recorded_at")
    rows: QuerySet[Any] = RoleCase.objects.filter(municipality=municipality).annotate(
        decided=Subquery(newest.values("decided")[:1]),
        decided_on=Subquery(newest.values("decided_on")[:1]),
        is_reviewed=Exists(RoleReview.objects.filter(case=OuterRef("pk"), closed_on__isnull=True)),
    )
    return rows.order_by("-began_at", "pk")


@page(may_make_policy, "GET", "POST")
def edit(request: HttpRequest, case_id: UUID | None = None) -> HttpResponse:
    """Open a case, or change what one is about; a search on the page finds an activity of the social map."""
    municipality = who(request).municipality
    case = find_case(request, case_id) if case_id else None
    form = CaseForm(sent(request), initial=_about(request, case), municipality=municipality, today=today())
    if request.method == "POST" and "zoek" in request.POST:
        form.full_clean()
        form.errors.clear()
        return show(request, "cockpit/case_edit.html", {"form": form, "case": case, "errors": [], "searched": True})
    opened: list[RoleCase] = []

    def act() -> str:
        facts = {name: form.cleaned_data[name] for name in ("title", "story", "offering", "goals")}
        if case:
            opened.append(describe_case(case=case, **facts, by=actor(request), at=timezone.now()))
            return "Opgeslagen."
        opened.append(open_case(municipality=municipality, **facts, by=actor(request), at=timezone.now()))
        return "De zaak is begonnen. Hier is de eerste vraag."

    if form.is_bound and form.is_valid() and carried_out(form, lambda: say(request, act())):
        return redirect("cockpit:case" if case else "cockpit:case-talk", opened[0].pk)
    context = {"form": form, "case": case, "errors": summary(form)}
    return show(request, "cockpit/case_edit.html", context, status=400 if form.errors else 200)


def _about(request: HttpRequest, case: RoleCase | None) -> dict[str, Any]:
    if case:
        goals = list(case.goals.all())
        return {"title": case.title, "story": case.story, "offering": case.offering_id, "goals": goals}
    try:
        wanted = UUID(request.GET.get("aanbod", ""))
    except ValueError:
        return {}
    offering = Offering.objects.filter(municipality=who(request).municipality, pk=wanted).first()
    return {"title": offering.name, "offering": offering.pk} if offering else {}


@page(may_make_policy, "GET", "POST")
def talk(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One question of the conversation on a case; without one left, the numbers or the case itself."""
    case, framework = find_case(request, case_id), framework_in_force(who(request).municipality)
    given = given_of(case)
    fact = request.GET.get("vraag", "")
    if fact not in DECIDING:
        fact = conversation.next_question(given)
    if not fact:
        return redirect(_after_the_questions(case, given), case.pk)
    kept = case.facts.get(fact, {})
    start = {"by": kept.get("by") or who(request).get_access_role_display(), "evidence": kept.get("evidence", "")}
    form = SayForm(sent(request), initial=start)

    def act() -> str:
        if request.POST.get("antwoord") not in conversation.WORDS:
            raise FactRefused("", "kies een antwoord")
        stated = {"answer": request.POST["antwoord"], "on": today().isoformat(), **form.cleaned_data}
        state_facts(case=case, facts={fact: stated}, by=actor(request), at=timezone.now())
        return "Genoteerd."

    context = {
        "case": case,
        "framework": framework,
        "question": conversation.question(fact, framework, kept),
        "live": conversation.live(advice_so_far(case, framework), framework),
        "back": conversation.question_before(fact, given),
        "progress": conversation.progress(fact, given),
        "skipped": [framework.part("fact", one).name for one in conversation.skipped(fact, given)],
    }
    return edited(request, form, act, "cockpit/case_talk.html", context, "cockpit:case-talk", case.pk)


def _after_the_questions(case: RoleCase, given: dict[str, Answer]) -> str:
    """The numbers once, unless it is of the personal sphere; then the case itself."""
    is_done = bool(case.measures) or any(name not in DECIDING for name in case.facts)
    return "cockpit:case" if is_done or outcome_of(given) == Advised.NO_INVOLVEMENT else "cockpit:case-numbers"


@page(may_make_policy, "GET", "POST")
def numbers(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The numbers of a case, how it is arranged, and reasons to look again; all of it may stay empty."""
    case, framework = find_case(request, case_id), framework_in_force(who(request).municipality)
    facts = (*conversation.shaping(given_of(case)), *TRIGGERS)
    start = {"by": who(request).get_access_role_display()}
    form = NumbersForm(sent(request), case=case, facts=facts, framework=framework, initial=start)

    def act() -> str:
        stated = form.changed(today())
        state_facts(case=case, facts=stated, measures=form.measures(), by=actor(request), at=timezone.now())
        return "Opgeslagen."

    return edited(request, form, act, "cockpit/case_numbers.html", {"case": case}, "cockpit:case", case.pk)


@page(may_see_policy)
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The advice on a case, what was decided over the years, what it cost, and what asks for a new look."""
    row, framework = find_case(request, case_id), framework_in_force(who(request).municipality)
    advice = advice_of(row, framework)
    decisions = decisions_of(row)
    may_state = may_make_policy(who(request)).allowed
    context = {
        "case": row,
        "framework": framework,
        "own_framework": published(row.municipality),
        "advice": _result(row, advice, framework),
        "measures": measured(row.measures),
        "decisions": decisions,
        "money": money_of(decisions),
        "reviews": row.reviews.filter(closed_on__isnull=True).order_by("opened_on"),
        "may_state": may_state,
        "deciding": DECIDING,
        "may_drop": may_state and not decisions,
        "is_personal": advice.outcome == Advised.NO_INVOLVEMENT,
        "next": conversation.next_question(given_of(row)),
    }
    return show(request, "cockpit/case.html", context)


@page(may_see_policy)
def paper(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The case as an annex to a council paper."""
    row, framework = find_case(request, case_id), framework_in_force(who(request).municipality)
    shown = _result(row, advice_of(row, framework), framework)
    data = advice_data(row.title, shown, framework, row.measures, on=today())
    decisions = decisions_of(row)
    data["sections"] = [*decision_sections(decisions, money_of(decisions)), *data["sections"]]
    data["closing"] = [only_a_view()]
    data["story"] = row.story
    return as_pdf("roladvies.pdf", data)


@page(may_make_policy, "POST")
def drop(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Throw away a case about which nothing was decided."""
    try:
        drop_case(case=find_case(request, case_id), by=actor(request), at=timezone.now())
    except FactRefused as reason:
        return refused(request, f"{reason.reason[:1].upper()}{reason.reason[1:]}.", status=409)
    say(request, "De zaak is weg.")
    return redirect("cockpit:cases")


def find_case(request: HttpRequest, case_id: UUID) -> RoleCase:
    """A case of the municipality of who looks; else there is none."""
    return get_object_or_404(RoleCase, municipality=who(request).municipality, pk=case_id)


def advice_of(case: RoleCase, framework: Framework) -> Advice:
    """The advice on a case as it stands today."""
    judged = as_it_stands(case)
    return advice_on(judged, municipality=case.municipality, on=today(), framework=framework, leave_out=case)


def _result(case: RoleCase, advice: Advice, framework: Framework) -> dict[str, Any]:
    return conversation.result(advice, framework, case.facts, equal_counts(case, advice.answers, framework))


def advice_so_far(case: RoleCase, framework: Framework) -> Advice:
    """The same without the cases beside it, which take time by their number."""
    return advise(as_it_stands(case), framework, today())


def given_of(case: RoleCase) -> dict[str, Answer]:
    """What was answered or skipped."""
    return {fact: conversation.WORDS[said["answer"]] for fact, said in case.facts.items()}


def decisions_of(case: RoleCase) -> list[RoleDecision]:
    """Newest first, with their money and mandates; two queries."""
    rows = case.decisions.select_related("framework", "mandate__team").prefetch_related("amounts")
    return list(rows.order_by("-decided_on", "-recorded_at"))


def money_of(decisions: list[RoleDecision]) -> list[tuple[int, int, str]]:
    """Per year the euros of the newest decision that names it, and where that decision is."""
    found: dict[int, tuple[int, str]] = {}
    for decision in reversed(decisions):
        found |= {one.year: (one.euros, decision.reference) for one in decision.amounts.all()}
    return [(year, *found[year]) for year in sorted(found)]


def today() -> date:
    return timezone.localdate()
