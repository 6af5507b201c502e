"""One function behind the home page, the results page, `samenspel ask` and `POST /api/v1/match`.

A question in own words goes through three steps: the engine reads what is needed, the index finds who may have it in
this municipality, the engine orders what was found and tells why. Nothing of the question is kept.
"""

import gc
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from samenspel.engine.matching import FoundNeed, Right, Understanding, Urgent, Vocabulary, understand
from samenspel.people.contacts import contact_for
from samenspel.people.models import AreaContact
from samenspel.places.lookup import Near
from samenspel.socialmap.index import IndexMissing, View, index_reader
from samenspel.socialmap.meaning import warm_meaning
from samenspel.socialmap.retrieval import NO_FILTERS, Filters, Language, Question, Result, everything, found
from samenspel.socialmap.urgent import urgent_data
from samenspel.socialmap.vocabulary import vocabulary as words_of

_log = logging.getLogger(__name__)

__all__ = ["NO_FILTERS", "Answer", "Filters", "Language", "Result", "as_data", "ask", "browse", "warm"]


@dataclass(frozen=True)
class Answer:
    """What was understood and found. `contact` is the area's person when nothing was found; `note` says so in words,
    unless help must come at once.

    `needs` come strongest first; those with the same `ask` are one thing asked. `rights` are what the law gives besides
    what the neighbourhood offers. `worries` says that the question is about worry about another. `is_complete` is False
    when the index could not be read: then nothing found means nothing.
    """

    question: str
    near: Near
    urgent: tuple[Urgent, ...] = ()
    needs: tuple[FoundNeed, ...] = ()
    rights: tuple[Right, ...] = ()
    results: tuple[Result, ...] = ()
    worries: bool = False
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
    vocabulary: Vocabulary | None = None,
) -> Answer:
    """Answer a question in daily words. Takes no query when something is found, one (the contact) when not.

    `vocabulary` is another than the municipality's own, to see what it would change. A place without a
    municipality (`places.lookup.COUNTRY`) asks the whole index.
    """
    understanding = understand(question, vocabulary or words_of(near.municipality))
    if filters.professional:
        understanding = replace(understanding, wants_professional=True)
    results = _searched(found, Question(question, understanding, near, at, filters, limit, language))
    if results is None:
        return _unsearchable(question, near, understanding, language)
    return _answer(question, near, understanding, results, language)


def browse(
    *, near: Near, at: datetime, limit: int = 10, filters: Filters = NO_FILTERS, language: Language = "nl"
) -> Answer:
    """What there is by theme, filter and place, without a question: nearest, soonest and surest first."""
    nothing_asked = Understanding(wants_professional=filters.professional)
    results = _searched(everything, Question("", nothing_asked, near, at, filters, limit, language))
    if results is None:
        return _unsearchable("", near, nothing_asked, language)
    bare = tuple(replace(result, reason=_without_first_sentence(result.reason)) for result in results)
    return _answer("", near, nothing_asked, bare, language)


def warm() -> None:
    """Load what the first question would wait for: the dictionary, the vocabulary and the index (a few seconds)."""
    understand("koffieochtend", words_of())
    with suppress(IndexMissing):
        index_reader().view()
    warm_meaning()
    gc.collect()
    gc.freeze()  # what was loaded stays: looking through it for garbage would hold up a question for 0.3 s now and then


def as_data(answer: Answer) -> dict[str, Any]:
    """The answer in the keys that `samenspel ask --json` and the API share."""
    return {
        "question": answer.question,
        "near": answer.near.label,
        "urgent": urgent_data(answer.urgent),
        "needs": [{"key": need.key, "label": need.label, "ask": need.ask} for need in answer.needs],
        "rights": [{"key": one.key, "title": one.title, "text": one.text, "url": one.url} for one in answer.rights],
        "results": [
            {
                "id": result.entry.id,
                "name": result.entry.name,
                "summary": result.entry.summary,
                "kind": result.entry.kind,
                "layer": result.entry.layer,
                "area": result.entry.area,
                "distance_m": result.distance_m,
                "reason": result.reason,
                "confirmed_on": result.confirmed_on.isoformat() if result.confirmed_on else None,
            }
            for result in answer.results
        ],
        "note": answer.note,
    }


def _searched(search: Callable[[View, Question], tuple[Result, ...]], question: Question) -> tuple[Result, ...] | None:
    """The results; None when the index cannot be read. Whatever is wrong there, help that must come at once is shown,
    and the log gets the kind of fault only: its text could hold words of the question."""
    try:
        return search(index_reader().view(), question)
    except IndexMissing:
        return None
    except Exception as fault:
        _log.error("a search failed: %s", type(fault).__name__)
        return None


def _answer(
    question: str, near: Near, understanding: Understanding, results: tuple[Result, ...], language: Language
) -> Answer:
    answer = Answer(
        question,
        near,
        understanding.urgent,
        understanding.needs,
        understanding.rights,
        results,
        worries=understanding.worries,
    )
    if results:
        return answer
    contact = _contact(near)
    with override(language):
        note = "" if answer.urgent else _nothing_found(contact)
    return replace(answer, contact=contact, note=note)


def _unsearchable(question: str, near: Near, understanding: Understanding, language: Language) -> Answer:
    """What can still be said without an index: help that must come at once, rights, and whom to call."""
    with override(language):
        note = _("Zoeken lukt nu even niet. Probeer het over een paar minuten nog eens.")
    return Answer(
        question,
        near,
        understanding.urgent,
        understanding.needs,
        understanding.rights,
        worries=understanding.worries,
        note=note,
        contact=_contact(near),
        is_complete=False,
    )


def _contact(near: Near) -> AreaContact | None:
    return contact_for(near.neighborhood, municipality=near.municipality) if near.municipality else None


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
