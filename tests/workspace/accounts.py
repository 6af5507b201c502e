"""Accounts to sign in with, made by the actions themselves."""

from datetime import UTC, datetime
from typing import Any

from django.test import Client

from samenspel.people.accounts import AccountFacts, add_account
from samenspel.people.models import User
from tests.people.rows import BY, GM, employer

PASSWORD = "zeven-groene-fietsen"


def an_account(role: str = "administrator", *, email: str = "", municipality: str = GM, name: str = "Ans") -> User:
    facts = AccountFacts(
        email=email or f"{role}@markerwaard.example",
        name=name,
        access_role=role,
        organization=employer(role, municipality),
    )
    return add_account(municipality=municipality, facts=facts, password=PASSWORD, by=BY, at=datetime.now(UTC))


def sign_in(client: Client, email: str, password: str = PASSWORD, **headers: Any) -> Any:
    return client.post("/werk/inloggen", {"email": email, "password": password}, **headers)


def signed_in(role: str = "administrator", **account: Any) -> Client:
    """A client of a new account, through the page itself."""
    client = Client()
    assert sign_in(client, an_account(role, **account).email).status_code == 302
    return client
