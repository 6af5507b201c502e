"""An action that leaves one event."""

from collections.abc import Sequence
from datetime import UTC, datetime

from samenspel.audit.action import Actor, action, record
from samenspel.audit.models import AuditEvent
from samenspel.people.models import Team

BY = Actor("system", "test")
AT = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=UTC)


@action
def happen(*, by: Actor, at: datetime, fields: Sequence[str] = ("name",), run: int = 0) -> AuditEvent:
    return record(
        action="change_team", on=Team(pk=7), by=by, at=at, municipality="GM9901", fields=list(fields), run=run
    )
