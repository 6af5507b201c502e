"""Actions: the only way to change what the event log and the search index depend on.

An action is a keyword-only function with `by=` (who) and `at=` (when), run in one transaction. It must leave an event;
models that inherit `ActionModel` refuse every write outside an action.
"""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import models, transaction

from samenspel.audit.models import AuditEvent

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


class OutsideAction(RuntimeError):
    """A guarded row was written outside an action."""


class ActionLeftNoEvent(RuntimeError):
    """An action ended without a row in the event log."""


@dataclass(frozen=True)
class Actor:
    """Who acts: a kind (`system`, `import`, `organization`, `person`) and an id; never a name."""

    kind: str
    id: str = ""


@dataclass
class _Running:
    events: list[AuditEvent] = field(default_factory=list)


_running: ContextVar[_Running | None] = ContextVar("running_action", default=None)


def action(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Run `function` in one transaction and demand an event, its own or of an action it calls.

    Raises ActionLeftNoEvent, and TypeError for a function that is not keyword-only or takes no `by` and `at`.
    """
    names = inspect.signature(function).parameters
    if not {"by", "at"} <= set(names) or any(p.kind is not p.KEYWORD_ONLY for p in names.values()):
        raise TypeError(f"{function.__qualname__}: an action is keyword-only and takes `by` and `at`")

    @wraps(function)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        with transaction.atomic(), _run() as running:
            result = function(*args, **kwargs)
            if not running.events:
                raise ActionLeftNoEvent(function.__qualname__)
        return result

    return run


@contextmanager
def _run() -> Iterator[_Running]:
    outer, running = _running.get(), _Running()
    token = _running.set(running)
    try:
        yield running
    finally:
        _running.reset(token)
    if outer:
        outer.events += running.events


def record(*, action: str, on: models.Model, by: Actor, at: datetime, municipality: str, **detail: Any) -> AuditEvent:
    """Write one event in the running action; raises OutsideAction when there is none."""
    running = _running.get()
    if running is None:
        raise OutsideAction(f"event {action} outside an action")
    event = AuditEvent.objects.create(
        municipality=municipality,
        at=at,
        actor_kind=by.kind,
        actor_id=by.id,
        action=action,
        object_kind=on._meta.label_lower,
        object_id=str(on.pk),
        detail=detail,
    )
    running.events.append(event)
    return event


def _require_action(what: str) -> None:
    if _running.get() is None:
        raise OutsideAction(f"{what}: only through an action (docs/decisions/0005-actions.md)")


class GuardedQuerySet(models.QuerySet[Any]):
    """A QuerySet that reads freely and writes only inside an action; `Model.save()` passes through it too."""

    def _insert(self, *args: Any, **kwargs: Any) -> Any:
        _require_action(f"insert {self.model._meta.label}")
        return super()._insert(*args, **kwargs)  # type: ignore[misc]

    def _update(self, values: Any) -> Any:
        _require_action(f"update {self.model._meta.label}")
        return super()._update(values)  # type: ignore[misc]

    def update(self, **values: Any) -> int:
        _require_action(f"update {self.model._meta.label}")
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        _require_action(f"delete {self.model._meta.label}")
        return super().delete()


class ActionModel(models.Model):
    """Base of the models that change only through actions."""

    objects = GuardedQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        _require_action(f"delete {self._meta.label}")
        return super().delete(*args, **kwargs)
