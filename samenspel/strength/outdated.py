"""What of the map is too old to count in a wijk: what its cells show as "telt niet mee", as a list to work off."""

from dataclasses import dataclass
from datetime import date, datetime

from samenspel.engine.calendar import ZONE
from samenspel.policy.blocks.judging import ON_THE_MAP, counts_in, norms_for
from samenspel.policy.blocks.reading import known_of
from samenspel.policy.models import BlockNorm
from samenspel.policy.norms import EXAMPLE_NORMS, norms_in_force
from samenspel.socialmap.wijk import Wijk


@dataclass(frozen=True, slots=True)
class Outdated:
    """A record that was not confirmed in time, or never (`confirmed_on` None).

    `kind` is "offering" or "place", `id` the key of its row; `slug` leads to its page.
    """

    kind: str
    id: str
    name: str
    slug: str
    confirmed_on: date | None


def outdated(wijk: Wijk, *, municipality: str, at: datetime) -> tuple[Outdated, ...]:
    """What stands in a wijk or comes there and is too old for a norm that it could count for; 7 queries.

    First what was never confirmed, then the oldest. Where the council set no norm, the example says how old is too old.
    """
    on = at.astimezone(ZONE).date()
    examples = {block: BlockNorm(**vars(facts)) for block, facts in EXAMPLE_NORMS.items()}
    norms = norms_for({**examples, **norms_in_force(municipality, on)})
    found = known_of(municipality, wijk, kinds=("offering", "place"), metres=0, at=at)
    old = (
        Outdated(thing.kind, thing.record.id, thing.name, thing.slug, thing.record.confirmed_on)
        for thing in found.things
        if any(counts_in(thing, 0, block) and not thing.record.is_fresh(norms[block], on) for block in ON_THE_MAP)
    )
    return tuple(sorted(old, key=lambda one: (one.confirmed_on or date.min, one.name, one.id)))
