"""Accounts of colleagues: added, changed, helped with a new password, and closed when someone leaves."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from samenspel.people.accounts import AccountFacts, add_account, change_account, close_account, facts_of
from samenspel.people.checks import FactRefused
from samenspel.people.models import HOLDING_ROLES, Team, User
from samenspel.people.passwords import send_link
from samenspel.people.permissions import may_set_up
from samenspel.people.second_factor import drop_second_factors
from samenspel.staff.access import actor, page, say, show, who
from samenspel.staff.forms import carried_out, sent, summary
from samenspel.workspace.accounts_forms import AccountForm, CloseForm
from samenspel.workspace.manning import left_alone, unmanned


@page(may_set_up)
def accounts(request: HttpRequest) -> HttpResponse:
    """Everybody who can sign in here, by name."""
    rows = _accounts(request).select_related("organization").prefetch_related("teams", "authenticator_set")
    return show(request, "workspace/accounts.html", {"accounts": rows.order_by("name", "email")})


@page(may_set_up, "GET", "POST")
def account(request: HttpRequest, account_id: UUID | None = None) -> HttpResponse:
    """Add an account and mail its owner a link, or change one."""
    home, now = who(request).municipality, timezone.now()
    row = get_object_or_404(_accounts(request), pk=account_id) if account_id else None
    form = AccountForm(sent(request), initial=vars(facts_of(row)) if row else {}, municipality=home)
    if row == who(request):
        form.fields["access_role"].disabled = True  # so that there is always an administrator

    def act() -> None:
        if row:
            _keep_teams_manned(row, form.facts())
            change_account(user=row, facts=form.facts(), by=actor(request), at=now)
            return
        with transaction.atomic():
            made = add_account(municipality=home, facts=form.facts(), password=None, by=actor(request), at=now)
            send_link(user=made, by=actor(request), at=now)

    if form.is_bound and form.is_valid() and carried_out(form, act):
        say(request, f"Opgeslagen: {form.cleaned_data['name']}." + ("" if row else " De link is onderweg per mail."))
        return redirect("workspace:accounts")
    context = {
        "form": form,
        "errors": summary(form),
        "account": row,
        "heading": row.name if row else "Een account toevoegen",
        "is_self": row == who(request),
    }
    return show(request, "workspace/account.html", context, status=_status(form))


@page(may_set_up, "POST")
def account_link(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Mail a colleague a link to choose a password."""
    row = get_object_or_404(_accounts(request), pk=account_id)
    send_link(user=row, by=actor(request), at=timezone.now())
    say(request, f"{row.name} krijgt een mail met een link. Die werkt één keer en 48 uur lang.")
    return redirect("workspace:account", row.pk)


@page(may_set_up, "POST")
def no_second_factor(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Take away the second step of a colleague who lost phone and codes; never one's own."""
    row = get_object_or_404(_accounts(request).exclude(pk=who(request).pk), pk=account_id)
    drop_second_factors(user=row, by=actor(request), at=timezone.now())
    say(request, f"{row.name} is overal uitgelogd en zet de tweede stap opnieuw aan.")
    return redirect("workspace:account", row.pk)


@page(may_set_up, "GET", "POST")
def closing(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Close the account of who leaves; a team with open questions never ends up empty without a word about it."""
    row = get_object_or_404(_accounts(request).exclude(pk=who(request).pk), pk=account_id)
    alone, now = left_alone(row, keeps=()), timezone.now()
    form = CloseForm(sent(request), user=row, is_last=bool(alone))
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            if successor := form.cleaned_data.get("successor"):
                _join(request, successor, [team for team, _ in alone])
            close_account(user=row, by=actor(request), at=now)
        say(request, f"Het account van {row.name} is gesloten.")
        return redirect("workspace:accounts")
    context = {"form": form, "errors": summary(form), "account": row, "alone": alone}
    return show(request, "workspace/closing.html", context, status=_status(form))


def _join(request: HttpRequest, to: User, teams: list[Team]) -> None:
    """Let someone work in the teams too; the questions of who leaves go back to these teams."""
    facts = facts_of(to)
    joined = replace(facts, teams=tuple({*(facts.teams or ()), *teams}))
    change_account(user=to, facts=joined, by=actor(request), at=timezone.now())


def _keep_teams_manned(user: User, facts: AccountFacts) -> None:
    keeps = (facts.teams or ()) if facts.access_role in HOLDING_ROLES else ()
    for team, count in left_alone(user, keeps=keeps):
        raise FactRefused("teams", unmanned(team, count))


def _accounts(request: HttpRequest) -> Any:
    return User.objects.filter(municipality=who(request).municipality)


def _status(form: Any) -> HTTPStatus:
    return HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
