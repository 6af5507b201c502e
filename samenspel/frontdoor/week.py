"""A week as seven days with what happens, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from samenspel.engine.calendar import Occurrence
from samenspel.frontdoor import words
from samenspel.socialmap.models import Offering
from samenspel.socialmap.schedules import Happening


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that happens: when, and where unless the page is about that place."""

    name: str
    href: str
    times: str = ""
    where: str = ""
    is_full: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    name: str
    items: tuple[Item, ...]


def week_of(happenings: Iterable[Happening], *, now: datetime, with_place: bool) -> tuple[Day, ...]:
    """Give today and the six days after it; a day without anything is there too, so that a gap can be seen."""
    today = now.astimezone(words.LOCAL).date()
    by_day: dict[int, list[Item]] = {number: [] for number in range(7)}
    for occurrence, offering in happenings:
        number = (occurrence.start.date() - today).days
        if number in by_day:  # the same hour a week later is another week
            by_day[number].append(item(offering, occurrence, with_place=with_place))
    return tuple(
        Day(words.sentence(words.day_of_week(today + timedelta(days=number), today=today)), tuple(items))
        for number, items in by_day.items()
    )


def item(offering: Offering, when: Occurrence | None = None, *, with_place: bool = False) -> Item:
    return Item(
        name=offering.name,
        href=reverse("frontdoor:offering", kwargs={"slug": offering.slug}),
        times=f"{words.clock(when.start)} - {words.clock(when.end)}" if when else "",
        where=offering.place.name if with_place and offering.place else "",
        is_full=offering.is_full,
    )
