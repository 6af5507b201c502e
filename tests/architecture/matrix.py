"""The cast that knocks on every door, and what each of them must find there."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.test import Client
from django.urls import URLPattern, reverse
from django.urls.converters import IntConverter

from samenspel.people.models import AccessRole, User
from samenspel.people.sessions import BEGAN
from tests.people.rows import ELSEWHERE, GM, employer

METHODS = ("HEAD", "GET", "OPTIONS", "PUT", "PATCH", "DELETE", "POST")
"""POST last: signing out is one."""
REFUSED, NO_SUCH_METHOD = 403, 405


@dataclass(frozen=True)
class Knocker:
    """Someone at the door; `role` is "" for who has no account that works."""

    name: str
    role: str
    client: Client


def inside(user: User) -> Client:
    """A client whose session is that of a working day that just began."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    session = client.session
    session[BEGAN] = datetime.now(UTC).timestamp()
    session.save()
    return client


def an_account(role: str, municipality: str) -> User:
    return User.objects.create(
        email=f"{role}@{municipality.lower()}.example",
        name=role,
        municipality=municipality,
        access_role=role,
        organization=employer(role, municipality),
    )


def the_cast() -> list[Knocker]:
    """One of each role here, an administrator of elsewhere, a closed account, and nobody."""
    cast = [Knocker(role, role, inside(an_account(role, GM))) for role in AccessRole.values]
    far = an_account("administrator", ELSEWHERE)
    left = User.objects.create(email="weg@x.example", name="weg", municipality=GM, access_role="administrator")
    gone = inside(left)
    User.objects.filter(pk=left.pk).update(is_active=False)
    return [
        *cast,
        Knocker("administrator of elsewhere", "administrator", inside(far)),
        Knocker("closed account", "", gone),
        Knocker("nobody", "", Client(raise_request_exception=False)),
    ]


def address_of(name: str, pattern: URLPattern) -> str:
    """An address of this route, with ids of objects that do not exist."""
    return reverse(name, kwargs={key: _sample(one) for key, one in pattern.pattern.converters.items()})


def _sample(converter: object) -> object:
    if isinstance(converter, IntConverter):
        return 1
    return uuid.UUID(int=1) if "UUID" in type(converter).__name__ else "x"


def wrong_cells(name: str, address: str, entry: str, cast: Iterable[Knocker]) -> Iterator[str]:
    """The cells of one address that are not what the table says: "name | who | method: status".

    A public page does not look at who knocks: there nobody tries every method, and each of the others GET.
    """
    allowed = set(entry.split())
    for who in cast:
        methods = METHODS if "public" not in allowed or who.name == "nobody" else ("GET",)
        answers = {method: who.client.generic(method, address) for method in methods}
        for method, answer in answers.items():
            if not _is_right(allowed, who, method, answer):
                yield f"{name} | {who.name} | {method}: {answer.status_code}"
        may = bool(allowed & {"public", "signed_in", who.role})
        if who.role and not may and REFUSED not in {answers[method].status_code for method in ("GET", "POST")}:
            yield f"{name} | {who.name}: not told why"


def _is_right(allowed: set[str], who: Knocker, method: str, answer: Any) -> bool:
    code, to_sign_in = answer.status_code, f"{reverse('workspace:sign-in')}?next=" in answer.headers.get("Location", "")
    if code >= 500:
        return False
    if "public" in allowed:
        return not to_sign_in and code != REFUSED and (code >= 400 or method not in ("PUT", "PATCH", "DELETE"))
    if not who.role:
        return code == 302 and to_sign_in
    if method in ("OPTIONS", "PUT", "PATCH", "DELETE"):
        return code == NO_SUCH_METHOD
    if allowed.isdisjoint({who.role, "signed_in"}):
        return code in (REFUSED, NO_SUCH_METHOD)
    return code != REFUSED and not to_sign_in
