"""The database's own refusal to change an event, or to delete one that is sealed: triggers on both stores.

They stop mistakes and injected statements. Whoever may drop a trigger is found by `chain.verify_chain`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

_FACTS = "id, municipality, at, actor_kind, actor_id, action, object_kind, object_id, result, detail"


def _row(prefix: str) -> str:
    return "(" + ", ".join(f"{prefix}.{name}" for name in _FACTS.split(", ")) + ")"


_ON = {
    "sqlite": (
        f"""CREATE TRIGGER audit_event_unchanged BEFORE UPDATE ON audit_auditevent
            WHEN OLD.number IS NOT NULL OR {_row("OLD")} IS NOT {_row("NEW")}
            BEGIN SELECT RAISE(ABORT, 'an event stays as it was written'); END""",
        """CREATE TRIGGER audit_event_kept BEFORE DELETE ON audit_auditevent
            WHEN OLD.number > (SELECT COALESCE(MAX(number), 0) FROM audit_anchor)
            BEGIN SELECT RAISE(ABORT, 'an event stays as it was written'); END""",
    ),
    "postgresql": (
        """CREATE FUNCTION audit_event_stays() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'DELETE' THEN
                    IF OLD.number <= (SELECT MAX(number) FROM audit_anchor) THEN RETURN OLD; END IF;
                ELSIF TG_OP = 'TRUNCATE' THEN
                    IF NOT EXISTS (SELECT FROM audit_auditevent WHERE number IS NOT NULL) THEN RETURN NULL; END IF;
                END IF;
                RAISE EXCEPTION 'an event stays as it was written' USING ERRCODE = 'integrity_constraint_violation';
            END $$""",
        f"""CREATE TRIGGER audit_event_unchanged BEFORE UPDATE ON audit_auditevent FOR EACH ROW
            WHEN (OLD.number IS NOT NULL OR {_row("OLD")} IS DISTINCT FROM {_row("NEW")})
            EXECUTE FUNCTION audit_event_stays()""",
        """CREATE TRIGGER audit_event_kept BEFORE DELETE ON audit_auditevent FOR EACH ROW
            WHEN (OLD.number IS NOT NULL) EXECUTE FUNCTION audit_event_stays()""",
        """CREATE TRIGGER audit_event_not_emptied BEFORE TRUNCATE ON audit_auditevent
            FOR EACH STATEMENT EXECUTE FUNCTION audit_event_stays()""",
    ),
}
_OFF = {
    "sqlite": ("DROP TRIGGER audit_event_unchanged", "DROP TRIGGER audit_event_kept"),
    "postgresql": ("DROP FUNCTION audit_event_stays() CASCADE",),
}


def put_on(database: BaseDatabaseWrapper = connection) -> None:
    """Make the triggers."""
    _run(database, _ON[database.vendor])


def take_off(database: BaseDatabaseWrapper = connection) -> None:
    """Drop the triggers."""
    _run(database, _OFF[database.vendor])


@contextmanager
def lifted() -> Iterator[None]:
    """Let a whole store be emptied, in one transaction."""
    with transaction.atomic():
        take_off()
        yield
        put_on()


def _run(database: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with database.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
