"""Clubs and rounds of "klopt dit?" that several tests start from."""

from datetime import datetime, timedelta
from typing import Any

from samenspel.mail.models import OutgoingMessage
from samenspel.people.models import Organization
from samenspel.socialmap import answers
from samenspel.socialmap.confirm import Round, start_round
from samenspel.socialmap.models import ConfirmationRequest
from tests.people.rows import AT, BY, GM, an_organization
from tests.socialmap.rows import an_offering, tuesdays

DAY = timedelta(days=1)


def a_club(name: str = "Biljartclub", *, email: str = "", **facts: Any) -> Organization:
    organization = an_organization(name=name, email=email, **facts)
    an_offering(name=f"{name} op dinsdag", organization=organization, schedules=[tuesdays()], phone="0320-555 123")
    return organization


def ask(*organizations: Organization, at: datetime = AT) -> Round:
    return start_round(municipality=GM, organizations=organizations, by=BY, at=at)


def secret_in_mail(to: str) -> str:
    body = OutgoingMessage.objects.filter(to=to).latest("created_at").body
    return body.partition("/klopt-dit/")[2].split()[0]


def the_request(organization: Organization) -> ConfirmationRequest:
    return ConfirmationRequest.objects.filter(organization=organization).latest("asked_at")


def answered(organization: Organization, after: timedelta) -> None:
    request = the_request(organization)
    answers.confirm_all(request=request, confirmed_by="voorzitter", by=BY, at=request.asked_at + after)
