"""Sessions that know whose they are, so that they can be counted and ended; the engine of Django's sessions.

Source: docs.djangoproject.com/en/5.2/topics/http/sessions, "Extending database-backed session engines".
"""

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DBStore

from samenspel.people.models import User, WorkSession

BEGAN = "began"
"""The key under which a session holds when its account signed in: seconds since 1970."""
MOST = 3
"""Sessions of one account at a time: a phone, a laptop and a desk."""


class SessionStore(DBStore):
    """Django's sessions in the database, each with its account."""

    @classmethod
    def get_model_class(cls) -> type[WorkSession]:
        return WorkSession

    def create_model_instance(self, data: dict[str, Any]) -> WorkSession:
        row: WorkSession = super().create_model_instance(data)  # type: ignore[assignment]
        row.account_id = data.get(SESSION_KEY)
        row.began_at = datetime.fromtimestamp(data[BEGAN], UTC) if data.get(BEGAN) else None
        return row


def end_sessions(user: User, *, keep: str | None = None) -> int:
    """Sign an account out everywhere, but for the session with the key `keep`; how many ended."""
    return WorkSession.objects.filter(account=user).exclude(session_key=keep or "").delete()[0]


def end_oldest_sessions(user: User, *, keep: str | None, at: datetime) -> int:
    """Leave an account MOST sessions that did not expire: `keep` and the newest others; how many ended."""
    others = WorkSession.objects.filter(account=user, expire_date__gt=at).exclude(session_key=keep or "")
    newest = others.order_by("-began_at").values_list("session_key", flat=True)[: MOST - 1]
    return others.exclude(session_key__in=list(newest)).delete()[0]


def forget_expired_sessions(*, at: datetime) -> int:
    """Delete the sessions that expired; how many."""
    return WorkSession.objects.filter(expire_date__lt=at).delete()[0]
