"""From an understood question to results: search the index, rank all that was found at once, open what is shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Literal

import numpy as np

from samenspel.engine.calendar import ZONE
from samenspel.engine.freshness import freshness
from samenspel.engine.matching import Offers, Point, Ranked, Reason, Understanding, rank, reason_sentence, varied
from samenspel.engine.matching.offers import Bits, Flags, Floats, Whole
from samenspel.engine.matching.varied import LOOKED_AT
from samenspel.places.lookup import Near
from samenspel.socialmap.catalogue import cell, need_columns
from samenspel.socialmap.columns import offers, running, weighed
from samenspel.socialmap.entry import Entry
from samenspel.socialmap.index import View, schema
from samenspel.socialmap.index.reader import Hits, Pool, affordable
from samenspel.socialmap.index.schema import Clause
from samenspel.socialmap.meaning import nearest

MOST_CANDIDATES = 600
"""Candidates per way of finding that are ranked; where there are more of them, those nearby are added."""
DATES_SHOWN = 3

_BROWSED = 1.0
"""The text score of what is only browsed: the same for all, so that reach, time and trust decide."""
_SIDE_NEED = 0.9
_CELLS_AROUND = 2
_MOST_READ = 150_000
"""Places of words in the index that a question about the whole country reads at most; the rarest words first."""
_LEAST_SHARE = 0.5
"""The share of what the words of a question tell that an offering must have in common, to be found by words alone."""
_MOST_LIKE = 30
"""Offerings of nearly the same meaning that are looked at."""
_SPARE = 10
"""Results looked at beyond the limit, as some may be passed over."""

Language = Literal["nl", "en"]

Groups = Sequence[tuple[Sequence[str], float]]
"""Tokens that tell of one thing, with the weight of that thing."""


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


@dataclass(frozen=True)
class Question:
    """What is looked for, where and when; a place without a municipality stands for the whole country."""

    text: str
    understanding: Understanding
    near: Near
    at: datetime
    filters: Filters
    limit: int
    language: Language

    @property
    def point(self) -> Point | None:
        return Point(self.near.latitude, self.near.longitude) if self.near.municipality else None


@dataclass(frozen=True, slots=True)
class Result:
    """One offering that fits: its entry, why it is shown, and what holds at the moment of asking.

    `ranked` has the factors of its score, `why` the facts from which `reason` is told; `next_dates` are at most three.
    """

    entry: Entry
    ranked: Ranked
    why: Reason
    reason: str
    next_dates: tuple[datetime, ...]

    @property
    def slug(self) -> str:
        return self.entry.slug

    @property
    def ask(self) -> int | None:
        """Which of the things asked it answers best; None when it only shares words with the question."""
        return max(self.why.needs, key=lambda need: need.weight).ask if self.why.needs else None

    @property
    def distance_m(self) -> int | None:
        return self.ranked.distance_m

    @property
    def freshness(self) -> str:
        return self.why.freshness

    @property
    def confirmed_on(self) -> date | None:
        """The latest confirmation up to the day of asking."""
        return max((one.on for one in self.entry.confirmations if one.on <= self.why.at.date()), default=None)

    @property
    def confirmed_by_method(self) -> str:
        """How it was last confirmed: a value of `Verification.Method`, or ""."""
        on = self.confirmed_on
        return next((one.method for one in self.entry.confirmations if one.on == on), "")


def found(view: View, question: Question) -> tuple[Result, ...]:
    """What answers the needs of the question, and what its words or words of the same subject find."""
    understanding, conditions = question.understanding, _conditions(question)
    needs = understanding.needs
    marks = [(f"need:{need.key}", need.weight * _SIDE_NEED) for need in needs]
    marks += [(f"main:{need.key}", need.weight) for need in needs]
    if not conditions:
        marks = view.leading(marks, MOST_CANDIDATES)
    answering = _nearby(view, [*conditions, schema.best_mark(marks)], question) if needs else []
    return _results(
        view,
        question,
        answering,
        text=_by_words(view, question, conditions, [(understanding.terms, 1.0)]),
        subject=_by_words(view, question, conditions, understanding.related),
        meaning=_by_meaning(view, question, conditions),
        named=_by_name(view, question, conditions),
    )


def everything(view: View, question: Question) -> tuple[Result, ...]:
    """What fulfils the conditions, whatever was asked."""
    here = schema.any_mark([f"in:{question.near.municipality}"], score=_BROWSED)
    return _results(view, question, (), text=_nearby(view, [here, *_conditions(question)], question))


def _by_words(view: View, question: Question, conditions: list[Clause], groups: Groups) -> list[Hits]:
    """What the tokens find; of several groups the one that an offering answers best counts."""
    terms = view.terms(token for group, _ in groups for token in group)
    if not question.point:
        wanted = affordable(terms.values(), _MOST_READ)
        terms = {token: term for token, term in terms.items() if token in wanted}
    if not terms:
        return []
    known = (([terms[token] for token in group if token in terms], share) for group, share in groups)
    clauses = [*conditions, schema.best_text([(group, share) for group, share in known if group])]
    if question.point:
        return _nearby(view, clauses, question)
    return [view.search(clauses, MOST_CANDIDATES, by_prior=False)]


def _by_name(view: View, question: Question, conditions: list[Clause]) -> list[Hits]:
    """What bears the name of what is asked."""
    named = question.understanding.named
    return _nearby(view, [*conditions, schema.in_name(named)], question) if named else []


def _by_meaning(view: View, question: Question, conditions: list[Clause]) -> Hits | None:
    """What means nearly the same, where the encoder is there; the score is how far each stands out.

    A cry for help without a need is not searched for, by words or otherwise.
    """
    understanding = question.understanding
    if not question.point or (understanding.urgent and not understanding.needs):
        return None
    likeness = {one.id: one.standing for one in nearest(question.text, question.near.municipality, limit=_MOST_LIKE)}
    if not likeness:
        return None
    hits = view.search([*conditions, schema.any_id(likeness)], len(likeness))
    entries = map(view.entry, hits.versions.tolist(), hits.addresses)
    return replace(hits, scored=np.array([likeness[entry.id] for entry in entries], dtype=np.float64))


def _nearby(view: View, clauses: list[Clause], question: Question) -> list[Hits]:
    """The best hits, and when there are more than can be ranked, the best of those around as well."""
    parts = [view.search(clauses, MOST_CANDIDATES, by_prior=question.point is not None)]
    if parts[0].total > MOST_CANDIDATES and question.point:
        around = question.point
        reach = range(-_CELLS_AROUND, _CELLS_AROUND + 1)
        cells = [cell(around.latitude, around.longitude, north=north, east=east) for north in reach for east in reach]
        parts.append(view.search([*clauses, schema.any_mark(cells)], MOST_CANDIDATES))
    return parts


def _conditions(question: Question) -> list[Clause]:
    """What every result must fulfil, as marks of the index."""
    near, filters = question.near, question.filters
    marks = [f"in:{near.municipality}"] if near.municipality else []
    marks += ["free"] if filters.free_only else []
    marks += ["step_free"] if filters.step_free_only else []
    marks += [f"layer:{filters.layer}"] if filters.layer else []
    conditions = schema.marked(*marks)
    if filters.themes:
        conditions.append(schema.any_mark([f"theme:{theme}" for theme in filters.themes]))
    if filters.when:
        conditions.append(schema.any_mark([f"on:{day}" for day in _days(filters, question.at)]))
    return conditions


def _days(filters: Filters, at: datetime) -> list[date]:
    """The days of the filter on time: today, or today up to Sunday."""
    today = at.astimezone(ZONE).date()
    count = 1 if filters.when == "today" else 7 - today.weekday()
    return [today + timedelta(days=number) for number in range(count)]


def _results(
    view: View,
    question: Question,
    answering: Sequence[Hits],
    *,
    text: Sequence[Hits],
    subject: Sequence[Hits] = (),
    meaning: Hits | None = None,
    named: Sequence[Hits] = (),
) -> tuple[Result, ...]:
    pool = Pool.of((text, answering, subject, [meaning] if meaning else [], named))
    if pool is None:
        return ()
    here, leanings = question.near.neighborhood, question.understanding.leanings
    asked = [need.key for need in question.understanding.needs]

    def read(names: Sequence[str], rows: Whole) -> dict[str, Bits]:
        return view.columns(names, [pool.addresses[row] for row in rows.tolist()])

    known = view.columns(["facts"], pool.addresses)["facts"]
    rows = running(known, read, day=question.at.astimezone(ZONE).date(), neighborhood=here.code if here else None)
    facts = offers(
        weighed(known, read, rows, need_columns(), [*asked, *(key for key, _ in leanings)]),
        need_columns(),
        asked,
        leanings,
        text=_telling(view, question, pool.scores[0], pool.found_otherwise)[rows],
        subject=_telling_of(view, question, pool.scores[2])[rows],
        meaning=pool.scores[3][rows],
        named=pool.scores[4][rows] > 0,
        tie=-pool.priors[rows],
        day=view.state.day,
    )
    return tuple(islice(_shown(view, pool, rows, facts, question), question.limit))


def _telling(view: View, question: Question, scores: Floats, found_otherwise: Flags) -> Floats:
    """Which share of what the words of a question tell each offering has (more where they stand in its name); 0 for
    one that shares only the common words of it and nothing else.

    "Bungeejumpen leren" is not answered by whatever is about learning.
    """
    words = question.understanding.words
    if not words:
        return scores
    unknown = view.unknown
    weights = {token: term.weight for token, term in view.terms(question.understanding.terms).items()}
    asked = sum(max(weights.get(token, unknown) for token in word) for word in words)
    return np.where(found_otherwise | (scores >= _LEAST_SHARE * asked), scores / asked, 0.0)


def _telling_of(view: View, question: Question, scores: Floats) -> Floats:
    """Subject scores, without those of offerings that have only the commonest words of a subject."""
    terms = view.terms(token for group, _ in question.understanding.related for token in group)
    most = max((term.weight for term in terms.values()), default=0.0)
    return np.where(scores >= _LEAST_SHARE * most, scores, 0.0)


def _shown(view: View, pool: Pool, rows: Whole, facts: Offers, question: Question) -> Iterator[Result]:
    """The results one by one.

    Passed over is what is for another neighborhood after all, and, when a day was asked for, what was on today but is
    over now.
    """
    when, at, here = question.filters.when, question.at, question.near.neighborhood
    last_day = _days(question.filters, at)[-1] if when else date.max
    most = question.limit + (len(facts) if when else _SPARE)
    understanding = question.understanding
    ranked = rank(understanding, facts, near=question.point, at=at, limit=most * LOOKED_AT)
    for one in varied(understanding, facts, ranked, most):
        number = rows[one.row]
        entry = view.entry(int(pool.versions[number]), pool.addresses[number])
        if here and entry.serves and here.code not in entry.serves:
            continue
        result = _result(one, entry, question)
        if not when or (result.next_dates and result.next_dates[0].date() <= last_day):
            yield result


def _result(ranked: Ranked, entry: Entry, question: Question) -> Result:
    at = question.at.astimezone(ZONE)
    now = at.timestamp()
    coming = islice((start for start, end in entry.dates if end > now), DATES_SHOWN)
    next_dates = tuple(datetime.fromtimestamp(start, ZONE) for start in coming)
    why = Reason(
        needs=tuple(need for need in question.understanding.needs if need.key in entry.needs),
        distance_m=ranked.distance_m,
        next_date=next((moment for moment in next_dates if moment >= at), None),
        at=at,
        delivery=entry.delivery,
        area_name=entry.area,
        is_full=entry.is_full,
        freshness=freshness(entry.kind, entry.confirmations, at.date()),
    )
    return Result(entry, ranked, why, reason_sentence(why, question.language), next_dates)
