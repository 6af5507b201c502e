"""How the parties of a municipality or wijk divide welfare and care, and which organizations are linked with none.

The rules stand in `engine.cohesion`, where links come from in `strength.links`.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from samenspel.engine.calendar import ZONE
from samenspel.engine.cohesion import (
    PROFESSIONAL_KINDS,
    VOLUNTEER_LAYERS,
    WELFARE_AND_CARE,
    Activity,
    Concentration,
    Fragmentation,
    Link,
    fragmentation,
    isolated,
)
from samenspel.engine.privacy import LEAST, rounded
from samenspel.places.models import Area
from samenspel.policy.models import FormOption, RoleDecision
from samenspel.socialmap.models import Offering
from samenspel.socialmap.wijk import Wijk
from samenspel.strength.links import handed_on, in_groups, link


@dataclass(frozen=True, slots=True)
class Party:
    """An organization of the map; `kind` is one of `Organization.Kind`."""

    pk: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Placed:
    """An offering of a party with the codes of the areas where it is held or comes by (None: the whole municipality).

    `activity` is there where it may count as funded work of professionals.
    """

    party: str
    codes: frozenset[str] | None
    activity: Activity | None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one municipality on a day.

    `open_links` are those that anyone may know, `links` these and who handed on questions. `partners` has the
    strategic partners, chosen in a public dossier: their name, by the id of the organization.
    """

    on: date
    parties: dict[str, Party]
    placed: tuple[Placed, ...]
    open_links: tuple[Link, ...]
    links: tuple[Link, ...]
    partners: frozenset[str]


@dataclass(frozen=True, slots=True)
class Line:
    """One theme, with the parties of it that are linked with none and those that are strategic partners."""

    figures: Fragmentation
    isolated: tuple[Party, ...]
    partners: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class Cohesion:
    """A wijk or the whole municipality. `organizations` and `isolated` are of every kind, clubs too, by name.

    It names who is alone: only for who works in the area. Anyone else gets `PublicCohesion`.
    """

    lines: tuple[Line, ...]
    organizations: tuple[Party, ...]
    isolated: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class SameOffer:
    """Two parties by name, and the needs (keys of the vocabulary) that both meet."""

    names: tuple[str, ...]
    needs: tuple[str, ...]
    likeness: float


@dataclass(frozen=True, slots=True)
class PublicLine:
    """One theme as anyone may know it; `isolated` as in `PublicCohesion`."""

    theme: str
    parties: tuple[str, ...]
    offerings: int
    overlaps: tuple[SameOffer, ...]
    by_offerings: Concentration | None
    by_money: Concentration | None
    partners: tuple[str, ...]
    isolated: int | None


@dataclass(frozen=True, slots=True)
class PublicCohesion:
    """A wijk or the whole municipality as anyone may know it.

    Nobody is named for being alone. `isolated` is rounded down, and None when it is hidden: below 10, also when it is
    0 (else who is not in `known_pairs` could be told to be alone), and in every wijk, for there it is nearly always
    below 10. Organizations are no people, but a small club soon is one person.
    """

    lines: tuple[PublicLine, ...]
    organizations: int
    isolated: int | None


def known(municipality: str, *, at: datetime) -> Known:
    """Read what is known; 8 queries, however many organizations there are."""
    parties, placed, at_places = _map(municipality, at)
    links = (*at_places, *in_groups(municipality, at=at))
    return Known(
        on=at.astimezone(ZONE).date(),
        parties=parties,
        placed=placed,
        open_links=links,
        links=(*links, *handed_on(municipality, at=at)),
        partners=_partners(municipality),
    )


def cohesion(there: Known, wijk: Wijk | None = None) -> Cohesion:
    """The figures of a wijk or kern, or of the whole municipality."""
    here = [one for one in there.placed if _is_in(wijk, one.codes)]
    organizations = {one.party for one in here}
    activities = [one.activity for one in here if one.activity]
    alone = isolated(organizations, there.links)
    lines = []
    for theme in WELFARE_AND_CARE:
        figures = fragmentation(activities, theme)
        found = frozenset(figures.parties)
        lines.append(Line(figures, _named(there, alone & found), _named(there, there.partners & found)))
    return Cohesion(tuple(lines), _named(there, organizations), _named(there, alone))


def public_cohesion(there: Known, wijk: Wijk | None = None) -> PublicCohesion:
    """The same as anyone may know it."""
    found = cohesion(there, wijk)

    def told(number: int) -> int | None:
        return rounded(number) if wijk is None and number >= LEAST else None

    lines = tuple(_public_line(there, line, told(len(line.isolated))) for line in found.lines)
    return PublicCohesion(lines, len(found.organizations), told(len(found.isolated)))


def known_pairs(there: Known, wijk: Wijk | None = None) -> tuple[tuple[str, str], ...]:
    """The names of funded professional parties of welfare and care that are openly linked, each pair once."""
    found = {party for line in cohesion(there, wijk).lines for party in line.figures.parties}
    names = [sorted(there.parties[party].name for party in link.members & found) for link in there.open_links]
    return tuple(sorted({pair for several in names for pair in combinations(several, 2)}))


def _public_line(there: Known, line: Line, alone: int | None) -> PublicLine:
    figures = line.figures

    def names(parties: Iterable[str]) -> list[str]:
        return sorted((there.parties[party].name for party in parties), key=str.casefold)

    return PublicLine(
        theme=figures.theme,
        parties=tuple(names(figures.parties)),
        offerings=figures.offerings,
        overlaps=tuple(SameOffer(tuple(names(pair.parties)), pair.needs, pair.likeness) for pair in figures.overlaps),
        by_offerings=figures.by_offerings,
        by_money=figures.by_money,
        partners=tuple(party.name for party in line.partners),
        isolated=alone,
    )


def _is_in(wijk: Wijk | None, codes: frozenset[str] | None) -> bool:
    return wijk is None or codes is None or not codes.isdisjoint({wijk.area.code, *wijk.buurten})


def _named(there: Known, parties: "frozenset[str] | set[str]") -> tuple[Party, ...]:
    return tuple(sorted((there.parties[pk] for pk in parties), key=lambda party: (party.name.casefold(), party.pk)))


_COLUMNS = (
    "pk", "organization", "organization__name", "organization__kind", "delivery", "place__neighborhood__code",
    "place__host",
)  # fmt: skip
_JUDGED = ("pk", "organization", "organization__kind", "themes", "needs", "audiences", "municipal_role", "layer")


def _map(municipality: str, at: datetime) -> tuple[dict[str, Party], tuple[Placed, ...], set[Link]]:
    """Every organization with something on the map, every offering, and who is at whose place; 4 queries."""
    offerings = Offering.objects.visible(at).filter(municipality=municipality)
    served, activities = _served(municipality), _professional(offerings, municipality, at)
    parties: dict[UUID, Party] = {}
    placed, guests = [], set()
    for pk, organization, name, kind, delivery, buurt, host in offerings.values_list(*_COLUMNS):
        party = parties.get(organization) or parties.setdefault(organization, Party(str(organization), name, kind))
        at_place = delivery == Offering.Delivery.AT_PLACE
        codes = frozenset({buurt} - {None}) if at_place else served.get(pk)
        placed.append(Placed(party.pk, codes, activities.get(pk)))
        if host:
            guests.add((organization, host))
    return {one.pk: one for one in parties.values()}, tuple(placed), {link(*pair) for pair in guests}


def _professional(offerings: "QuerySet[Offering]", municipality: str, at: datetime) -> dict[UUID, Activity]:
    """The offerings that may count; 2 queries. What the rest is about is not read, for that takes most time."""
    decided = _decided(municipality, at.astimezone(ZONE).year)
    by_professionals = Q(layer__isnull=True) | ~Q(layer__in=VOLUNTEER_LAYERS)
    rows = offerings.filter(by_professionals, organization__kind__in=PROFESSIONAL_KINDS).values_list(*_JUDGED)
    found = {}
    for pk, party, kind, themes, needs, audiences, stated, layer in rows:
        role, euros = decided.get(pk, (stated, None))
        found[pk] = Activity(
            party=str(party),
            kind=kind,
            themes=frozenset(themes),
            needs=frozenset(needs),
            audiences=frozenset(audiences),
            role=role,
            layer=layer,
            euros=euros,
        )
    return found


def _served(municipality: str) -> dict[UUID, frozenset[str] | None]:
    """By what comes by: the codes of the areas it serves and of all that lies in them; None is everywhere."""
    rows = (
        Offering.serves.through.objects.filter(offering__municipality=municipality)
        .exclude(offering__delivery=Offering.Delivery.AT_PLACE)
        .values_list("offering", "area__kind", "area__code", "area__children__code", "area__members__code")
    )
    whole: set[UUID] = set()
    codes: defaultdict[UUID, set[str]] = defaultdict(set)
    for offering, kind, *found in rows:
        codes[offering].update(code for code in found if code)
        if kind == Area.Kind.MUNICIPALITY:
            whole.add(offering)
    return {pk: None if pk in whole else frozenset(found) for pk, found in codes.items()}


def _decided(municipality: str, year: int) -> dict[UUID, tuple[int | None, int | None]]:
    """By activity the role of its newest decision (None: the municipality does nothing) and the euros of this year."""
    rows = (
        RoleDecision.objects.filter(case__municipality=municipality, case__offering__isnull=False)
        .order_by("decided_on", "recorded_at")
        .values_list("case__offering", "pk", "decided", "amounts__year", "amounts__euros")
    )
    newest: dict[UUID, Any] = {}
    found: dict[UUID, tuple[int | None, int | None]] = {}
    for offering, decision, decided, of_year, euros in rows:
        role = int(decided) if decided.isdigit() else None
        if newest.get(offering) != decision:
            newest[offering], found[offering] = decision, (role, None)
        if of_year == year:
            found[offering] = (role, euros)
    return found


def _partners(municipality: str) -> frozenset[str]:
    """The strategic partners that are on the map, chosen in a public dossier."""
    rows = FormOption.objects.filter(
        kind=FormOption.Kind.PARTNER,
        organization__isnull=False,
        dossier__published_on__isnull=False,
        dossier__process__municipality=municipality,
    ).exclude(chosen_because="")
    return frozenset(str(pk) for pk in rows.values_list("organization", flat=True))
