"""One cell of the matrix, opened: the norm, the records behind it, and what could fill a gap, by name."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from django.db.models import Q
from scipy.spatial import cKDTree

from samenspel.engine.calendar import ZONE
from samenspel.engine.coverage.matrix import columns_of
from samenspel.engine.coverage.remedies import Kind
from samenspel.engine.coverage.states import Norm
from samenspel.people.models import AreaContact
from samenspel.places.lookup import plain_name
from samenspel.places.models import Area
from samenspel.policy.blocks.judging import ON_THE_MAP, counts_in, covered, norms_for
from samenspel.policy.blocks.local import HANDED_ON, JOBS, quarter_begin
from samenspel.policy.blocks.reading import SHOWN_HOST, Known, Thing, known_of
from samenspel.policy.models import BlockEvidence, BlockNorm, BlockState, GapAction, NeighborhoodNetwork
from samenspel.policy.norms import norms_in_force
from samenspel.socialmap.models import MeetingPlace, Offering
from samenspel.socialmap.wijk import Wijk
from samenspel.sources.vocabulary import BuildingBlock

_KINDS: Mapping[int, tuple[str, ...]] = {
    BuildingBlock.PEOPLE: ("offering",),
    BuildingBlock.PROVISIONS: ("offering",),
    BuildingBlock.MEETING_PLACES: ("place",),
}
"""Which things count for a block of the map."""


@dataclass(frozen=True)
class Piece:
    """One record behind a cell: what it is called, whose, whether it still counts, and since when it is confirmed.

    `kind` is "offering" or "place"; `slug` leads to its page.
    """

    kind: str
    name: str
    slug: str
    organization: str
    parts: tuple[str, ...]
    """Themes, or "evening"."""
    amount: float
    confirmed_on: date | None
    is_fresh: bool
    is_of_its_own: bool
    """Whether `amount` is of what is done there for everyone, and not of the opening hours."""
    is_here: bool
    """Whether it stands in the wijk or serves it; another stands near enough to be within reach of somebody."""


@dataclass(frozen=True)
class Named:
    """A remedy by name: `kind` of `engine.coverage.remedies`, "" for a slug where there is no page."""

    kind: Kind
    name: str
    organization: str
    slug: str
    metres: int


@dataclass(frozen=True)
class Short:
    """A part that the norm asks for (a theme, an evening) which fewer residents have within reach than it asks: the
    share of them that has (0 to 1)."""

    part: str
    share: float


@dataclass(frozen=True)
class Opened:
    """All that a page shows of one cell. `pieces` are of the map; of a network and a verbinder the other lists tell."""

    block: BuildingBlock
    state: BlockState | None
    norm: BlockNorm | None
    pieces: tuple[Piece, ...]
    short: tuple[Short, ...]
    looks: tuple[BlockEvidence, ...]
    contacts: tuple[AreaContact, ...]
    network: NeighborhoodNetwork | None
    actions: tuple[GapAction, ...]
    remedies: tuple[Named, ...]
    before: tuple[BlockState, ...]
    """What the state was before, the newest first."""


def opened(municipality: str, wijk: Wijk, block: BuildingBlock, *, at: datetime) -> Opened:
    """Read one cell; at most 18 queries."""
    on, area = at.astimezone(ZONE).date(), wijk.area.code
    kept = list(BlockState.objects.filter(municipality=municipality, area=area, block=block).order_by("-since"))
    now = next((row for row in kept if row.until is None), None)
    norm = norms_in_force(municipality, on).get(block)
    runs = Q(kind__in=HANDED_ON, on__gte=quarter_begin(on))  # nobody sees on which day a question was handed on
    looks = BlockEvidence.objects.filter(municipality=municipality, area=area, block=block).exclude(runs)
    looks = looks.order_by("-on", "kind")
    contacts = AreaContact.objects.filter(municipality=municipality, job_title__in=JOBS, area__code=area)
    networks = NeighborhoodNetwork.objects.filter(municipality=municipality, area=area)
    found = _known_of(municipality, wijk, block, norm, at) if block in ON_THE_MAP else None
    actions = GapAction.objects.filter(municipality=municipality, area=area, block=block)
    return Opened(
        block=block,
        state=now,
        norm=norm,
        pieces=tuple(_pieces(found, block, norm, on)) if found else (),
        short=tuple(_short(found, block, norm, on)) if found and norm else (),
        looks=tuple(looks[:20]),
        contacts=tuple(contacts.select_related("area", "organization").defer("area__boundary")),
        network=networks.first() if block == BuildingBlock.NETWORK else None,
        actions=tuple(actions),
        remedies=tuple(_named(municipality, now, at)) if now else (),
        before=tuple(row for row in kept if row.until is not None),
    )


def _known_of(municipality: str, wijk: Wijk, block: int, norm: BlockNorm | None, at: datetime) -> Known:
    return known_of(municipality, wijk, kinds=_KINDS[block], metres=norm.metres if norm else 0, at=at)


def _pieces(found: Known, block: int, norm: BlockNorm | None, on: date) -> Iterator[Piece]:
    """Those that stand here or serve it first, then those of which somebody here is within reach; each by name."""
    asked = norms_for({BuildingBlock(block): norm})[block] if norm else None
    things = [thing for thing in found.things if any(of == block for of, _ in thing.record.counts)]
    here = {thing.record.id for thing in things if counts_in(thing, 0, block)}
    near = _near(found, things, asked.metres) if asked else set()
    chosen = [thing for thing in things if thing.record.id in here | near]
    for thing in sorted(chosen, key=lambda one: (one.record.id not in here, one.name)):
        yield _piece(thing, block, asked, on, is_here=thing.record.id in here)


def _short(found: Known, block: int, norm: BlockNorm, on: date) -> Iterator[Short]:
    """The parts below the share that the norm asks for, the least first; none where nobody lives."""
    if not found.residents.people.sum():
        return
    asked = norms_for({BuildingBlock(block): norm})
    shares = covered(found, asked, on).shares(found.residents.people)[0]
    parts = [Short(part, float(share)) for (_, part), share in zip(columns_of(asked), shares, strict=True) if part]
    yield from sorted((one for one in parts if one.share < asked[block].share), key=lambda one: one.share)


def _piece(thing: Thing, block: int, norm: Norm | None, on: date, *, is_here: bool) -> Piece:
    counts = {part: amount for (of, part), amount in thing.record.counts.items() if of == block}
    asked = set(norm.parts) if norm else set(counts)
    return Piece(
        kind=thing.kind,
        name=thing.name,
        slug=thing.slug,
        organization=thing.organization,
        parts=tuple(part for part in counts if part and part in asked),
        amount=counts.get("", 0.0),
        confirmed_on=thing.record.confirmed_on,
        is_fresh=norm is not None and thing.record.is_fresh(norm, on),
        is_of_its_own=thing.is_of_its_own,
        is_here=is_here,
    )


def _near(found: Known, things: Sequence[Thing], metres: float) -> set[str]:
    """The ids of the things that stand within reach of somebody who lives in the wijk."""
    placed = [thing for thing in things if thing.at is not None]
    lives_here = found.residents.at[found.residents.people > 0]
    if not len(lives_here) or not placed:
        return set()
    least, _ = cKDTree(lives_here).query(np.array([thing.at for thing in placed]))
    return {thing.record.id for thing, far in zip(placed, least, strict=True) if far <= metres}


def helping(states: Iterable[BlockState], *, municipality: str, at: datetime) -> dict[str, tuple[str, str, str]]:
    """By id the name, the organization and the slug of the things that are kept as a remedy, as long as a resident may
    see them; a host only once it agreed to be listed. 2 queries."""
    ids = {one["id"] for state in states for one in state.remedies if one["kind"] != Kind.CONNECTOR}
    offerings = Offering.objects.visible(at).filter(municipality=municipality, pk__in=ids)
    places = MeetingPlace.objects.open(at).filter(municipality=municipality, pk__in=ids)
    rows = (
        *offerings.values_list("pk", "name", "organization__name", "slug"),
        *places.values_list("pk", "name", SHOWN_HOST, "slug"),
    )
    return {str(pk): (name, organization, slug) for pk, name, organization, slug in rows}


def _named(municipality: str, state: BlockState, at: datetime) -> Iterator[Named]:
    """What is kept as a remedy, for as long as a resident may see it; 3 queries."""
    things = helping([state], municipality=municipality, at=at)
    wijken = _wijken_in(state)
    for one in state.remedies:
        kind, key = Kind(one["kind"]), one["id"]
        if kind == Kind.CONNECTOR and key in wijken:
            yield Named(kind, wijken[key], "", "", one["metres"])
        elif key in things:
            name, organization, slug = things[key]
            yield Named(kind, name, organization, slug, one["metres"])


def _wijken_in(state: BlockState) -> dict[str, str]:
    """The names of the wijken whose verbinder could help, by code; no query without one."""
    codes = [one["id"] for one in state.remedies if one["kind"] == Kind.CONNECTOR]
    if not codes:
        return {}
    areas = Area.objects.filter(municipality=state.municipality, kind=Area.Kind.DISTRICT, code__in=codes).newest()
    return {code: plain_name(name) for code, name in areas.values_list("code", "name")}
