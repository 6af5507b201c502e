"""What the draft of the framework would change, shown before it is published. Nothing changes by itself."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from samenspel.cockpit.framework_words import outcome, sentence
from samenspel.engine.frameworks import Framework
from samenspel.engine.roles.facts import Answer
from samenspel.policy.amending import ChangedAdvice, changed_advice, counts
from samenspel.policy.frameworks import all_cases, day_of, draft_of, framework_in_force, framework_of_version
from samenspel.policy.permissions import may_see_policy
from samenspel.staff.access import page, show, who

ON_A_PAGE = 50
_ANSWERS = {Answer.YES: "ja", Answer.NO: "nee", Answer.UNKNOWN: "niet bekend"}


@page(may_see_policy)
def changes(request: HttpRequest) -> HttpResponse:
    """How many cases go from which advice to which, and each of them with the threshold that does it."""
    home = who(request).municipality
    draft = draft_of(home)
    if draft is None:
        raise Http404
    new, old = framework_of_version(draft), framework_in_force(home)
    on = day_of(new, timezone.localdate())
    found = changed_advice(home, old, new, on, all_cases(draft.content, new))
    ordered = sorted(found, key=lambda each: (not each.is_other, each.case_id is None))
    part = Paginator(ordered, ON_A_PAGE).get_page(request.GET.get("p"))
    context = {
        "draft": draft,
        "on": on,
        "later": on > timezone.localdate(),
        "counts": [(outcome(a, new), outcome(b, new), n) for a, b, n in counts(found)],
        "other": sum(each.is_other for each in found),
        "looks": sum(not each.is_other for each in found),
        "part": part,
        "rows": [(each, outcome(each.before, new), outcome(each.after, new), _why(each, new)) for each in part],
    }
    return show(request, "cockpit/changes.html", context)


def _why(change: ChangedAdvice, framework: Framework) -> list[tuple[str, str, str, str]]:
    """Of each fact its name, how it was answered and is now, and the threshold as a sentence."""
    return [
        (
            framework.part("fact", each.fact).name,
            _ANSWERS[each.before],
            _ANSWERS[each.after],
            sentence(each.threshold, framework),
        )
        for each in change.because
    ]
