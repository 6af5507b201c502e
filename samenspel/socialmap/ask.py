"""One function behind the home page, the results page, `samenspel ask` and `POST /api/v1/match`.

A question in own words goes through three steps: the engine reads what is needed, the index finds who may have it in
this municipality, the engine orders what was found and tells why. Nothing of the question is kept.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import override

from samenspel.engine.calendar import ZONE
from samenspel.engine.matching import (
    Candidate,
    FoundNeed,
    Match,
    Point,
    Understanding,
    Urgent,
    rank,
    reason_sentence,
    understand,
)
from samenspel.people.contacts import contact_for
from samenspel.people.models import AreaContact
from samenspel.places.lookup import Near
from samenspel.socialmap.candidates import Prepared, prepared
from samenspel.socialmap.catalogue import Entry, cell
from samenspel.socialmap.index import IndexMissing, View, index_reader, schema
from samenspel.socialmap.index.reader import Hit
from samenspel.socialmap.index.schema import Clause
from samenspel.socialmap.vocabulary import vocabulary

MOST_CANDIDATES = 200
"""Candidates per way of finding that are ranked; a municipality with more of them adds those nearby."""

_BROWSED = 1.0
"""The text score of what is only browsed: the same for all, so that reach, time and trust decide."""

_CELLS_AROUND = 2

Language = Literal["nl", "en"]


@dataclass(frozen=True)
class Filters:
    """What someone ticked. `when` is "", "today" or "this_week"; `layer` is 1-4.

    `professional` asks for a professional first, as the words "liever een professional" do.
    """

    themes: tuple[str, ...] = ()
    free_only: bool = False
    step_free_only: bool = False
    when: Literal["", "today", "this_week"] = ""
    layer: int | None = None
    professional: bool = False


NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Result:
    """One offering that fits, with all that a card shows; `entry` has the facts that do not change with the moment."""

    match: Match
    reason: str
    entry: Entry
    next_dates: tuple[datetime, ...]

    @property
    def slug(self) -> str:
        return self.entry.slug

    @property
    def candidate(self) -> Candidate:
        return self.match.candidate

    @property
    def confirmed_on(self) -> date | None:
        return self.match.candidate.confirmed_on

    @property
    def confirmed_by_method(self) -> str:
        """How it was last confirmed: a value of `Verification.Method`, or ""."""
        on = self.confirmed_on
        return next((one.method for one in self.entry.confirmations if one.on == on), "")

    @property
    def freshness(self) -> str:
        return self.match.candidate.freshness


@dataclass(frozen=True)
class Answer:
    """What was understood and found. `contact` is the area's person when nothing was found; `note` says so in words,
    unless help must come at once.

    `is_complete` is False when the index could not be read: then nothing found means nothing.
    """

    question: str
    near: Near
    urgent: tuple[Urgent, ...] = ()
    needs: tuple[FoundNeed, ...] = ()
    results: tuple[Result, ...] = ()
    note: str = ""
    contact: AreaContact | None = None
    is_complete: bool = True


def ask(
    question: str,
    *,
    near: Near,
    at: datetime,
    limit: int = 10,
    filters: Filters = NO_FILTERS,
    language: Language = "nl",
) -> Answer:
    """Answer a question in daily words. Takes no query when something is found, one (the contact) when not."""
    understanding = understand(question, vocabulary())
    if filters.professional:
        understanding = replace(understanding, wants_professional=True)
    try:
        hits = _hits(index_reader().view(), understanding, near, _conditions(near, filters, at))
    except IndexMissing:
        return _unsearchable(question, near, understanding, language)
    found = _suited(hits, near=near, filters=filters, at=at)
    results = _results(understanding, found, near=near, at=at, limit=limit, language=language)
    return _answer(question, near, understanding, results, language)


def browse(
    *, near: Near, at: datetime, limit: int = 10, filters: Filters = NO_FILTERS, language: Language = "nl"
) -> Answer:
    """What there is by theme, filter and place, without a question: nearest, soonest and surest first."""
    nothing_asked = Understanding(wants_professional=filters.professional)
    here = schema.any_mark([f"in:{near.municipality}"], score=_BROWSED)
    try:
        hits = _nearby(index_reader().view(), [here, *_conditions(near, filters, at)], near)
    except IndexMissing:
        return _unsearchable("", near, nothing_asked, language)
    found = _suited((hit._replace(score=_BROWSED) for hit in hits), near=near, filters=filters, at=at)
    results = _results(nothing_asked, found, near=near, at=at, limit=limit, language=language)
    bare = tuple(replace(result, reason=_without_first_sentence(result.reason)) for result in results)
    return _answer("", near, nothing_asked, bare, language)


def warm() -> None:
    """Load what the first question would wait for: the dictionary, the vocabulary and the index (about a second)."""
    understand("koffieochtend", vocabulary())
    with suppress(IndexMissing):
        index_reader().view()


def as_data(answer: Answer) -> dict[str, Any]:
    """The answer in the keys that `samenspel ask --json` and the API share."""
    return {
        "question": answer.question,
        "near": answer.near.label,
        "urgent": [
            {"key": one.key, "title": one.title, "phone": one.phone, "text": one.text, "url": one.url,
             "direct_danger": one.direct_danger}
            for one in answer.urgent
        ],
        "needs": [{"key": need.key, "label": need.label} for need in answer.needs],
        "results": [
            {
                "id": result.entry.id,
                "name": result.entry.name,
                "summary": result.entry.summary,
                "kind": result.entry.kind,
                "layer": result.entry.layer,
                "area": result.entry.area,
                "distance_m": result.match.distance_m,
                "reason": result.reason,
                "confirmed_on": result.confirmed_on.isoformat() if result.confirmed_on else None,
            }
            for result in answer.results
        ],
        "note": answer.note,
    }  # fmt: skip


Found = tuple[Prepared, float]
"""A candidate and its text score."""


def _hits(view: View, understanding: Understanding, near: Near, conditions: list[Clause]) -> Iterable[Hit]:
    """What answers the needs of the question, and what its words find with a text score; each offering once."""
    hits: dict[int, Hit] = {}
    if understanding.needs:
        wanted = schema.any_mark([f"need:{need.key}" for need in understanding.needs], score=1.0)
        hits = {hit.version: hit._replace(score=0.0) for hit in _nearby(view, [*conditions, wanted], near)}
    if weights := view.rarity(near.municipality, understanding.terms):
        hits |= {hit.version: hit for hit in _nearby(view, [*conditions, schema.text(weights)], near)}
    return hits.values()


def _nearby(view: View, clauses: list[Clause], near: Near) -> list[Hit]:
    """The best hits, and when there are more than can be ranked, the best of those around as well."""
    total, hits = view.search(clauses, MOST_CANDIDATES)
    if total > MOST_CANDIDATES:
        reach = range(-_CELLS_AROUND, _CELLS_AROUND + 1)
        cells = [cell(near.latitude, near.longitude, north=north, east=east) for north in reach for east in reach]
        hits += view.search([*clauses, schema.any_mark(cells)], MOST_CANDIDATES)[1]
    return hits


def _conditions(near: Near, filters: Filters, at: datetime) -> list[Clause]:
    """What every result must fulfil, as marks of the index."""
    marks = [f"in:{near.municipality}"]
    marks += ["free"] if filters.free_only else []
    marks += ["step_free"] if filters.step_free_only else []
    marks += [f"layer:{filters.layer}"] if filters.layer else []
    conditions = schema.marked(*marks)
    if filters.themes:
        conditions.append(schema.any_mark([f"theme:{theme}" for theme in filters.themes]))
    if filters.when:
        conditions.append(schema.any_mark([f"on:{day}" for day in _days(filters, at)]))
    return conditions


def _days(filters: Filters, at: datetime) -> list[date]:
    """The days of the filter on time: today, or today up to Sunday."""
    today = at.astimezone(ZONE).date()
    count = 1 if filters.when == "today" else 7 - today.weekday()
    return [today + timedelta(days=number) for number in range(count)]


def _suited(hits: Iterable[Hit], *, near: Near, filters: Filters, at: datetime) -> Iterator[Found]:
    """The hits that run now, are for this area, and are not yet over on the days asked for."""
    today = at.astimezone(ZONE).date()
    last_day = _days(filters, at)[-1] if filters.when else date.max
    here = near.neighborhood.code if near.neighborhood else ""
    for hit in hits:
        entry = hit.entry
        if not entry.is_active(today) or (here and entry.serves and here not in entry.serves):
            continue
        found = prepared(entry, hit.version, at=at)
        if not filters.when or (found.next_dates and found.next_dates[0].date() <= last_day):
            yield found, round(hit.score, 1)


def _results(
    understanding: Understanding, found: Iterable[Found], *, near: Near, at: datetime, limit: int, language: Language
) -> tuple[Result, ...]:
    kept = list(found)
    by_id = {one.entry.id: one for one, _ in kept}
    matches = rank(
        understanding,
        [one.scored(score) for one, score in kept],
        near=Point(near.latitude, near.longitude),
        at=at,
        limit=limit,
    )
    return tuple(_result(match, by_id[match.candidate.id], language) for match in matches)


def _result(match: Match, found: Prepared, language: Language) -> Result:
    return Result(match, reason_sentence(match, language), found.entry, found.next_dates)


def _answer(
    question: str, near: Near, understanding: Understanding, results: tuple[Result, ...], language: Language
) -> Answer:
    answer = Answer(question, near, understanding.urgent, understanding.needs, results)
    if results:
        return answer
    contact = contact_for(near.neighborhood, municipality=near.municipality)
    with override(language):
        note = "" if answer.urgent else _nothing_found(contact)
    return replace(answer, contact=contact, note=note)


def _unsearchable(question: str, near: Near, understanding: Understanding, language: Language) -> Answer:
    """What can still be said without an index: help that must come at once, and whom to call."""
    contact = contact_for(near.neighborhood, municipality=near.municipality)
    with override(language):
        note = _("Zoeken lukt nu even niet. Probeer het over een paar minuten nog eens.")
    urgent, needs = understanding.urgent, understanding.needs
    return Answer(question, near, urgent, needs, note=note, contact=contact, is_complete=False)


def _nothing_found(contact: AreaContact | None) -> str:
    if contact is None:
        return _("Wij vonden niets dat hierbij past.")
    return _("Wij vonden niets dat hierbij past. Bel gerust %(name)s (%(job)s): %(phone)s.") % {
        "name": contact.helper,
        "job": contact.get_job_title_display(),
        "phone": contact.helper_phone,
    }


def _without_first_sentence(reason: str) -> str:
    """Leave out that it looks like what was asked: nothing was."""
    return reason.partition(". ")[2]
