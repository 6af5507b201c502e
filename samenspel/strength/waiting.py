"""What waits for the people who keep the wijken and the policy of a municipality, as numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from samenspel.engine.coverage.states import State
from samenspel.people.models import User
from samenspel.policy.blocks import matrix
from samenspel.policy.challenges import late_promises
from samenspel.policy.gaps import OPEN, late_actions
from samenspel.policy.models import BlockState, GapAction, PublicQuestion
from samenspel.policy.permissions import may_see_blocks, may_see_policy
from samenspel.policy.reviews import open_reviews

GAP = (State.PARTLY, State.MISSING)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """How many are over their day or lie open; 0 of what somebody may not see."""

    actions: int = 0
    promises: int = 0
    questions: int = 0
    gaps: int = 0
    reviews: int = 0

    @property
    def is_any(self) -> bool:
        return any(vars(self).values())


def waiting(user: User, *, on: date) -> Waiting:
    """What waits on a day of what this person may see; at most 9 queries."""
    home = user.municipality
    reviews = open_reviews(home).count() if may_see_policy(user).allowed else 0
    if not may_see_blocks(user).allowed:
        return Waiting(reviews=reviews)
    questions = PublicQuestion.objects.filter(municipality=home, answered_on=None, due_on__lt=on)
    states = (state for row in matrix(home).rows for state in row if state)
    return Waiting(
        actions=late_actions(home, on).count(),
        promises=late_promises(home, on).count(),
        questions=questions.count(),
        gaps=len(gaps_without_action(home, states)),
        reviews=reviews,
    )


def gaps_without_action(municipality: str, states: Iterable[BlockState]) -> set[tuple[str, int]]:
    """The area and block of every block that is not enough and that no running action is about; 1 query."""
    rows = GapAction.objects.filter(municipality=municipality, status__in=OPEN).values_list("area", "block")
    return {(one.area, one.block) for one in states if one.state in GAP} - set(rows)
