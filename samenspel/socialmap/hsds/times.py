"""The schedules of HSDS as lines of a schedule here, as far as they name days with a begin and an end."""

from collections.abc import Iterator
from datetime import date, time

from samenspel.socialmap.facts import ScheduleFacts
from samenspel.socialmap.hsds.mapping import day, dicts, number, short, text
from samenspel.socialmap.hsds.profile import Record

_NOT_HERE = ("byweekno", "byyearday")
_PARTS = ("byday", "bymonthday", "wkst")


def schedule_facts(record: Record, *, today: date) -> tuple[list[ScheduleFacts], int]:
    """The lines that fit here, and how many do not; a rule without a first day counts from `today`."""
    lines = list(_schedules(record))
    found = [facts for line in lines if (facts := _line(line, today)) is not None]
    return found, len(lines) - len(found)


def _schedules(record: Record) -> Iterator[Record]:
    """Those of the service, else those of it at its first location."""
    own = dicts(record, "schedules")
    places = dicts(record, "service_at_locations")
    yield from own or (dicts(places[0], "schedules") if places else [])


def _line(record: Record, today: date) -> ScheduleFacts | None:
    starts, ends = _time(record, "opens_at"), _time(record, "closes_at")
    first = day(record, "dtstart") or day(record, "valid_from")
    rule = _rule(record)
    if starts is None or ends is None or rule is None or not (rule or first):
        return None
    return ScheduleFacts(
        starts_on=first or today,
        starts=starts,
        ends=ends,
        rrule=rule,
        until=(day(record, "until") or day(record, "valid_to")) if rule else None,
        skips_school_holidays=record.get("skips_school_holidays") is True,
        skips_public_holidays=record.get("skips_public_holidays") is True,
        exdates=_dates(record.get("exdates")),
        note=short(text(record, "notes"), 120),
    )


def _rule(record: Record) -> str | None:
    """The recurrence rule, "" for one date, None when HSDS says more than we can keep."""
    if "rrule" in record:
        return text(record, "rrule")
    frequency = text(record, "freq") or ("WEEKLY" if text(record, "byday") else "")
    if not frequency:
        return ""
    if any(record.get(name) for name in _NOT_HERE):
        return None
    parts = {name: text(record, name).replace(" ", "") for name in _PARTS}
    if frequency == "WEEKLY" and parts["bymonthday"]:
        return None
    numbers = {name: number(record, name) for name in ("interval", "count")}
    if numbers["interval"] == 1:
        numbers["interval"] = None
    if numbers["count"] and (day(record, "until") or day(record, "valid_to")):
        return None
    given = {**parts, **{name: str(value) for name, value in numbers.items() if value}}
    return ";".join([f"FREQ={frequency}", *(f"{name.upper()}={value}" for name, value in given.items() if value)])


def _time(record: Record, name: str) -> time | None:
    """A time of day without a zone of its own, to the minute."""
    try:
        found = time.fromisoformat(text(record, name))
    except ValueError:
        return None
    return found if found.tzinfo is None else None


def _dates(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
