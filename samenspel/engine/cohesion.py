"""How welfare and care are divided over parties, and which organizations are linked with none.

Fragmentation counts funded professional parties in welfare and care only, so three choirs are no fragmentation: clubs,
faith communities, groups of residents and what volunteers run (layers 1 and 2) never count. The themes are those in
which the municipality has a duty of care (Wmo 2015, Jeugdwet, Participatiewet, Wet gemeentelijke schuldhulpverlening).
Meeting, eating, moving and creating are the life of a community. Learning stays out too: library and school have laws
of their own, and a taalhuis in every village is nearness.

Nothing here is good or bad by itself: two parties with the same offer may be a choice, and one large party a risk.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import combinations

DEFINITION = "samenhang 1 (2026-11-22)"
"""The version of these rules; a figure of another version is another figure."""
WELFARE_AND_CARE = ("care", "grief", "money", "grow_up", "home", "work")
"""The themes that count, in the order of a page."""
PROFESSIONAL_KINDS = frozenset({"foundation", "public_body", "business", "school"})
FUNDED_ROLES = frozenset({2, 3, 4})
"""The municipality contributes, or has it done (denkkader §4)."""
VOLUNTEER_LAYERS = frozenset({1, 2})


@dataclass(frozen=True, slots=True)
class Activity:
    """One offering in the area that is looked at, with what decides whether it counts.

    `role` is of the newest decision, else what the entry says; None is unknown. `euros` is what the municipality pays
    this year; None is unknown. `audiences` may be empty: then it is for everyone.
    """

    party: str
    kind: str
    themes: frozenset[str]
    needs: frozenset[str] = frozenset()
    audiences: frozenset[str] = frozenset()
    role: int | None = None
    layer: int | None = None
    euros: int | None = None


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two parties that meet the same `needs` of the same audience.

    `likeness` is Jaccard's: the needs that both meet, of all needs that they meet for the audiences they share
    (above 0, at most 1).
    """

    parties: tuple[str, str]
    needs: tuple[str, ...]
    likeness: float


@dataclass(frozen=True, slots=True)
class Concentration:
    """The Herfindahl-Hirschman index of `of` parties: from 1/of (all of one size) to 1 (one has all).

    Source: Herfindahl (1950); scale of the European guidelines on horizontal mergers (2004/C 31/03, points 19-20),
    which are about competition: below 0.10 is low, above 0.20 high. A low index is no vice in welfare, a high one no
    virtue.
    """

    index: float
    of: int

    @property
    def equal_parties(self) -> float:
        """How many parties of one size have the same index."""
        return 1 / self.index


@dataclass(frozen=True, slots=True)
class Fragmentation:
    """One theme in one area: the parties that count, how many offerings they have, and how these are divided.

    `overlaps` has the most alike first. `by_money` is over the `of` parties whose amount of this year is known, and
    None for fewer than two.
    """

    theme: str
    parties: tuple[str, ...]
    offerings: int
    overlaps: tuple[Overlap, ...]
    by_offerings: Concentration | None
    by_money: Concentration | None


@dataclass(frozen=True, slots=True)
class Link:
    """Organizations that do something together; a member may be one that is not on the map."""

    members: frozenset[str]


def counts(activity: Activity) -> bool:
    """Whether an offering is of a funded professional party."""
    is_funded = activity.role in FUNDED_ROLES or bool(activity.euros)
    return is_funded and activity.kind in PROFESSIONAL_KINDS and activity.layer not in VOLUNTEER_LAYERS


def fragmentation(activities: Iterable[Activity], theme: str) -> Fragmentation:
    """Judge one theme of welfare and care in one area; raises ValueError for another theme."""
    if theme not in WELFARE_AND_CARE:
        raise ValueError(f"{theme} is not welfare or care")
    here = [one for one in activities if theme in one.themes and counts(one)]
    offerings, money = Counter(one.party for one in here), Counter[str]()
    for one in here:
        money[one.party] += one.euros or 0
    paid = [euros for euros in money.values() if euros]
    return Fragmentation(
        theme=theme,
        parties=tuple(sorted(offerings)),
        offerings=len(here),
        overlaps=_overlaps(here),
        by_offerings=concentration(offerings.values()),
        by_money=concentration(paid) if len(paid) > 1 else None,
    )


def concentration(sizes: Collection[int]) -> Concentration | None:
    """The index of parties of these sizes; who has nothing is no party, and without parties there is no index."""
    there = [size for size in sizes if size > 0]
    if not there:
        return None
    return Concentration(sum(size * size for size in there) / sum(there) ** 2, len(there))


def isolated(organizations: Iterable[str], links: Iterable[Link]) -> frozenset[str]:
    """The organizations that are in no link with another."""
    return frozenset(organizations).difference(*(link.members for link in links if len(link.members) > 1))


_Served = dict[str, frozenset[str]]
"""By audience the needs that a party meets."""


def _overlaps(activities: Iterable[Activity]) -> tuple[Overlap, ...]:
    served: dict[str, _Served] = {}
    for one in activities:
        mine = served.setdefault(one.party, {})
        for audience in one.audiences or {"everyone"}:
            mine[audience] = mine.get(audience, frozenset()) | one.needs
    pairs = (_overlap((a, b), served[a], served[b]) for a, b in combinations(sorted(served), 2))
    return tuple(sorted((pair for pair in pairs if pair), key=lambda pair: (-pair.likeness, pair.parties)))


def _overlap(parties: tuple[str, str], one: _Served, other: _Served) -> Overlap | None:
    shared = one.keys() & other.keys()
    both = frozenset[str]().union(*(one[audience] & other[audience] for audience in shared))
    if not both:
        return None
    met = frozenset[str]().union(*(one[audience] | other[audience] for audience in shared))
    return Overlap(parties, tuple(sorted(both)), len(both) / len(met))
