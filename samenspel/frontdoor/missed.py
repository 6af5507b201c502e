"""What a question did not find: judged once, for the page that says so and for the count of unmet needs."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from samenspel.engine.matching import FoundNeed
from samenspel.engine.matching.understand import ASKED_BY_NAME
from samenspel.frontdoor.forms import QuestionForm
from samenspel.outcomes.counting import count_unmet
from samenspel.outcomes.models import UnmetNeed
from samenspel.socialmap.ask import Answer, Filters


@dataclass(frozen=True, slots=True)
class Missed:
    """The needs of a question for which there is nothing, and those for which all is full."""

    nothing: tuple[FoundNeed, ...] = ()
    full: tuple[FoundNeed, ...] = ()


def missed(answer: Answer) -> Missed:
    """Which things that were asked by name have no result at all, or only full ones.

    Of one thing asked, shown by the strongest of its needs, an offering for any of them is an answer; so may be one of
    which nobody told what it is for. Where nothing was found, a need that was only hinted at counts too.
    """
    least = ASKED_BY_NAME if answer.results else 0.0
    nothing, full = [], []
    for _ask, group in groupby(sorted(answer.needs, key=lambda need: need.ask), key=lambda need: need.ask):
        needs = sorted(group, key=lambda need: -need.weight)
        if needs[0].weight < least:
            continue
        keys = {need.key for need in needs}
        entries = [result.entry for result in answer.results]
        answering = [entry for entry in entries if not entry.needs or keys.intersection(entry.needs)]
        if not answering:
            nothing.append(needs[0])
        elif all(entry.is_full for entry in answering):
            full.append(needs[0])
    return Missed(tuple(nothing), tuple(full))


def count_missed(answer: Answer, form: QuestionForm, *, at: datetime) -> None:
    """Count what a question did not find, the first time it is asked; never with a cry for help in it."""
    if answer.urgent or not answer.is_complete or form.is_again or form.filters != Filters():
        return
    found = missed(answer)
    names = [(need.key, UnmetNeed.Why.NOTHING_FOUND) for need in found.nothing]
    names += [(need.key, UnmetNeed.Why.ALL_FULL) for need in found.full]
    if not answer.needs and not answer.results:
        names = [("", UnmetNeed.Why.NOT_UNDERSTOOD)]
    near = answer.near
    count_unmet(municipality=near.municipality, neighborhood=near.neighborhood, missed=names, at=at)
