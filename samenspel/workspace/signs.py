"""Early signs for who works in the team of the area: a list without text, opened one by one."""

from http import HTTPStatus
from uuid import UUID

from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from samenspel.handover.keys import Unreadable
from samenspel.handover.models import EarlySign
from samenspel.handover.signs import read_sign, wipe_sign
from samenspel.handover.steps import NotAllowed
from samenspel.people.permissions import may_see_signs
from samenspel.staff.access import actor, page, refused, say, show, who


@page(may_see_signs)
def signs(request: HttpRequest) -> HttpResponse:
    """The signs of one's teams, unread ones first."""
    rows = _there(request).defer("sealed", "area__boundary").order_by(F("read_at").asc(nulls_first=True), "told_at")
    return show(request, "workspace/signs.html", {"signs": rows})


@page(may_see_signs, "GET", "POST")
def sign(request: HttpRequest, sign_id: UUID) -> HttpResponse:
    """What is known of a sign without opening it; a POST opens it, or destroys it when nothing needs to be done."""
    row = get_object_or_404(_there(request).defer("area__boundary"), pk=sign_id)
    if request.method != "POST":
        return show(request, "workspace/sign.html", {"sign": row})
    try:
        if "wis" in request.POST:
            wipe_sign(sign=row, by=actor(request), at=timezone.now())
            say(request, "Het bericht is gewist.")
            return redirect("workspace:signs")
        worry = read_sign(sign=row, by=actor(request), at=timezone.now())
    except NotAllowed as refusal:
        return refused(request, str(refusal))
    except Unreadable:
        return refused(request, "Dit bericht is niet meer te lezen. De zes weken zijn voorbij.", status=HTTPStatus.GONE)
    return show(request, "workspace/sign.html", {"sign": row, "worry": worry})


def _there(request: HttpRequest) -> "QuerySet[EarlySign]":
    """The signs of one's teams whose text is still there."""
    rows: QuerySet[EarlySign] = EarlySign.objects.visible_to(who(request)).exclude(sealed=b"")
    return rows.select_related("team", "area")
