"""Signing in by the municipality's own accounts (OpenID Connect code flow with PKCE); authlib checks what comes back.

The identity token counts only with the provider's signature, our nonce, issuer and audience, and within its time.
"""

import logging
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from joserfc.errors import JoseError
from requests import RequestException

from samenspel.audit.action import Actor
from samenspel.people.models import User
from samenspel.people.single_sign_on import NoAccount, account_bound_to, bind
from samenspel.workspace.entering import PATIENCE, after_first_step, go_in, wanted

BY = Actor("system", "single_sign_on")
WANTED = "wanted"
TIMEOUT = 10
"""Seconds that the provider gets for an answer."""
_FAILURES = (AuthlibBaseError, JoseError, RequestException, ValueError, RuntimeError, KeyError)

_log = logging.getLogger("samenspel.single_sign_on")


@login_not_required
@never_cache
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Send someone to the identity provider."""
    request.session[WANTED] = wanted(request)
    request.session.set_expiry(int(PATIENCE.total_seconds()))
    try:
        answer: HttpResponse = _provider().authorize_redirect(request, _return_address())
    except _FAILURES as error:
        return _refused(request, error)
    return answer


@login_not_required
@never_cache
@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """Let in who comes back from the identity provider with a token that holds, and has an account here."""
    now, issuer = timezone.now(), settings.SINGLE_SIGN_ON["issuer"]
    goes_to = request.session.pop(WANTED, "")
    try:
        claims = _claims(request)
        user = _account(issuer, claims)
    except NoAccount:
        reason = "Uw werkaccount hoort nog niet bij een account hier. Vraag uw beheerder."
        return _failed(request, reason, HTTPStatus.FORBIDDEN)
    except _FAILURES as error:
        return _refused(request, error)
    if _proved_twice(claims):
        return go_in(request, user, now, wanted=goes_to, proved=True)
    return after_first_step(request, user, now, wanted=goes_to)


def _claims(request: HttpRequest) -> dict[str, Any]:
    issuer, client = settings.SINGLE_SIGN_ON["issuer"], settings.SINGLE_SIGN_ON["client_id"]
    options = {
        "iss": {"essential": True, "values": [issuer, f"{issuer}/"]},
        "aud": {"essential": True, "value": client},
        "nonce": {"essential": True},
    }
    token = _provider().authorize_access_token(request, claims_options=options)
    return dict(token["userinfo"])


def _account(issuer: str, claims: dict[str, Any]) -> User:
    """The account of who signed in; the address counts only the first time, and only when the provider verified it."""
    known = account_bound_to(issuer=issuer, subject=claims["sub"])
    if known is not None:
        return known
    if claims.get("email_verified") is not True or not claims.get("email"):
        raise NoAccount
    return bind(issuer=issuer, subject=claims["sub"], email=claims["email"], by=BY, at=timezone.now())


def _proved_twice(claims: dict[str, Any]) -> bool:
    ways, level = claims.get("amr"), claims.get("acr")
    said = [*(ways if isinstance(ways, list) else ()), level]
    return any(one in settings.SINGLE_SIGN_ON_TWO_STEPS for one in said)


def _provider() -> Any:
    given = settings.SINGLE_SIGN_ON
    if not given["issuer"]:
        raise Http404
    return _client(given["issuer"], given["client_id"], given["client_secret"])


@lru_cache(maxsize=1)
def _client(issuer: str, client_id: str, client_secret: str) -> Any:
    registry = OAuth()
    return registry.register(
        "work",
        client_id=client_id,
        client_secret=client_secret,
        server_metadata_url=f"{issuer}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email", "code_challenge_method": "S256", "default_timeout": TIMEOUT},
    )


def _return_address() -> str:
    return f"{settings.ADDRESS}{reverse('workspace:single-sign-on-back')}"


def _refused(request: HttpRequest, error: Exception) -> HttpResponse:
    _log.warning("signing in elsewhere failed: %s", type(error).__name__)
    reason = "Inloggen met uw werkaccount is niet gelukt. Probeer het nog eens, of log in met uw wachtwoord."
    return _failed(request, reason, HTTPStatus.BAD_GATEWAY)


def _failed(request: HttpRequest, reason: str, status: HTTPStatus) -> HttpResponse:
    return render(request, "workspace/not_signed_in.html", {"reason": reason}, status=status)
