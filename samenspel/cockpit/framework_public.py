"""The framework in force and the entry of its algorithm, for anyone: no account, no cookie, nothing to fill in."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from samenspel.cockpit.algorithm import by_group, entry_of
from samenspel.cockpit.around import around
from samenspel.cockpit.framework_words import KINDS, dated, groups
from samenspel.policy.council import settled
from samenspel.policy.frameworks import framework_in_force, published
from samenspel.policy.models import FrameworkVersion

FIRST = ("sphere", "role", "principle")
REST = tuple(kind for kind in KINDS if kind not in (*FIRST, "fact", "condition"))
"""What stands below; the questions are those of the conversation, the conditions come with an advice."""


@login_not_required
@require_safe
def framework(request: HttpRequest) -> HttpResponse:
    """Spheres, roles, principles, thresholds with their days, the versions, and what the council said."""
    home = settings.MUNICIPALITY
    whole, version = framework_in_force(home), published(home)
    versions = FrameworkVersion.objects.filter(municipality=home, published_at__isnull=False).order_by("-number")
    context = {
        "framework": whole,
        "version": version,
        "versions": versions,
        "advice": settled(version) if version else None,
        "main": list(groups(whole, FIRST)),
        "rest": list(groups(whole, REST)),
        "thresholds": dated(whole, timezone.localdate()),
    }
    return _show(request, "cockpit/framework_public.html", context)


@login_not_required
@require_safe
def algorithm(request: HttpRequest) -> HttpResponse:
    """The entry for the register of algorithms."""
    return _show(request, "cockpit/algorithm_public.html", {"groups": by_group(entry_of(settings.MUNICIPALITY))})


def _show(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, {**around(request.path), **context})
