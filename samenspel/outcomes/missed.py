"""What a question did not find: judged once, for the page that says so and for the count of unmet needs."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Literal

from samenspel.engine.matching import FoundNeed
from samenspel.engine.matching.understand import ASKED_BY_NAME
from samenspel.outcomes.counting import count_unmet
from samenspel.outcomes.models import UnmetNeed
from samenspel.socialmap.ask import Answer, Result
from samenspel.socialmap.models import Offering

TOO_FAR = 5_000
"""Metres as the crow flies: about twenty minutes on a bicycle, and too far on foot."""


@dataclass(frozen=True, slots=True)
class Missed:
    """The needs of a question with no result at all, with results too far away, and with all that is near full."""

    nothing: tuple[FoundNeed, ...] = ()
    far: tuple[FoundNeed, ...] = ()
    full: tuple[FoundNeed, ...] = ()


def missed(answer: Answer) -> Missed:
    """Which things that were asked by name found no good answer.

    Of one thing asked, shown by the strongest of its needs, an offering for any of them is an answer; so may be one of
    which nobody told what it is for. Nothing is far from who named no place. Where nothing was found, a need that was
    only hinted at counts too.
    """
    least = ASKED_BY_NAME if answer.results else 0.0
    found: dict[str, list[FoundNeed]] = {"nothing": [], "far": [], "full": [], "": []}
    for _ask, group in groupby(sorted(answer.needs, key=lambda need: need.ask), key=lambda need: need.ask):
        needs = sorted(group, key=lambda need: -need.weight)
        if needs[0].weight >= least:
            found[_lack(answer, {need.key for need in needs})].append(needs[0])
    return Missed(tuple(found["nothing"]), tuple(found["far"]), tuple(found["full"]))


def count_missed(answer: Answer, *, at: datetime) -> None:
    """Count what a question without filters did not find; never with a cry for help in it."""
    if answer.urgent or not answer.is_complete:
        return
    found = missed(answer)
    names = [(need.key, UnmetNeed.Why.NOTHING_NEAR) for need in (*found.nothing, *found.far)]
    names += [(need.key, UnmetNeed.Why.ALL_FULL) for need in found.full]
    if not answer.needs and not answer.results:
        names = [("", UnmetNeed.Why.NOT_UNDERSTOOD)]
    near = answer.near
    count_unmet(municipality=near.municipality, neighborhood=near.neighborhood, missed=names, at=at)


def _lack(answer: Answer, needs: set[str]) -> Literal["nothing", "far", "full", ""]:
    """What is wrong with the results for one thing asked; "" when there is a good one."""
    answering = [one for one in answer.results if not one.entry.needs or needs.intersection(one.entry.needs)]
    near = [one for one in answering if answer.near.neighborhood is None or _is_near(one)]
    if not near:
        return "far" if answering else "nothing"
    return "full" if all(one.entry.is_full for one in near) else ""


def _is_near(result: Result) -> bool:
    """Whether it is within reach, comes to the home, or is by phone; an unknown distance is no distance."""
    return result.entry.delivery != Offering.Delivery.AT_PLACE or (result.distance_m or 0) <= TOO_FAR
