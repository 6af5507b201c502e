"""What the council finds enough of each building block, from which day on; what held before stays readable.

The texts name no numbers (beleidskader Sterke Sociale Basis); `EXAMPLE_NORMS` is a proposal that a person adopts.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Self

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from samenspel.audit.action import Actor, action, record
from samenspel.engine.calendar import ZONE
from samenspel.people.checks import FactRefused, check_row
from samenspel.people.facts import differences, lock, names, state, stated
from samenspel.policy.days import check_not_far
from samenspel.policy.models import BlockNorm
from samenspel.sources.vocabulary import BuildingBlock, Theme

BY_DISTANCE = (BuildingBlock.PEOPLE, BuildingBlock.PROVISIONS, BuildingBlock.MEETING_PLACES)
"""Of these a resident must live near; the network and the verbinder are of a whole wijk."""
WHOLE_AREA_METRES, WHOLE_AREA_SHARE = 1, 100
"""What a norm of a whole wijk holds where the others hold a distance and a share."""
FARTHEST, LONGEST = 50_000, 60
"""Metres and months; more is a slip of the pen."""
_MOST = {
    BuildingBlock.PEOPLE: 100,
    BuildingBlock.PROVISIONS: len(Theme),
    BuildingBlock.MEETING_PLACES: 168,
    BuildingBlock.NETWORK: 2,
    BuildingBlock.CONNECTOR: 100,
}
"""The largest amount that can be asked; 168 are the hours of a week."""


@dataclass(frozen=True, kw_only=True)
class NormFacts:
    """The whole of what is stated about a norm; units as in `BlockNorm`."""

    block: int
    since: date
    amount: float
    months: int
    document: str
    share: int = WHOLE_AREA_SHARE
    metres: int = WHOLE_AREA_METRES
    themes: tuple[str, ...] = ()
    evening: bool = False

    @classmethod
    def of(cls, norm: BlockNorm) -> Self:
        return cls(**{**stated(cls, norm), "themes": tuple(norm.themes)})


def _examples() -> Iterator[tuple[BuildingBlock, NormFacts]]:
    told = tomllib.loads(Path(__file__).with_name("example_norms.toml").read_text(encoding="utf-8"))
    for entry in told["norm"]:
        themes = tuple(entry.get("themes", ()))
        yield (
            BuildingBlock(entry["block"]),
            NormFacts(**{**entry, "themes": themes, "since": told["since"], "document": ""}),
        )


EXAMPLE_NORMS: Mapping[BuildingBlock, NormFacts] = dict(_examples())
"""The proposal, without a document: as it stands `set_norm` refuses it."""


@action
def set_norm(*, municipality: str, facts: NormFacts, by: Actor, at: datetime) -> BlockNorm:
    """Write down a norm from a day on, or replace one that begins today or later; raises FactRefused.

    While a norm holds a day before today is refused: that would change what was said of the areas since.
    """
    _check(facts)
    check_not_far("since", facts.since, at)
    today = at.astimezone(ZONE).date()
    rows = BlockNorm.objects.filter(municipality=municipality, block=facts.block)
    holds = rows.filter(since__lte=today).order_by("-since").first()
    if holds and facts.since < today:
        raise FactRefused(
            "since", f"vanaf {date_format(holds.since)} geldt al een norm: kies vandaag of een latere dag"
        )
    known = rows.filter(since=facts.since).first()
    row = known or BlockNorm(municipality=municipality)
    if known:
        lock(known)
    changed = differences(NormFacts.of(known), facts) if known else names(facts)
    state(row, facts)
    row.themes = list(facts.themes)
    check_row(row)
    row.save()
    record(action="set_norm", on=row, by=by, at=at, municipality=municipality, fields=changed)
    return row


@action
def drop_norm(*, norm: BlockNorm, by: Actor, at: datetime) -> None:
    """Take away a norm that has not begun; one that has is history and stays: FactRefused."""
    lock(norm)
    if norm.since <= at.astimezone(ZONE).date():
        raise FactRefused("since", "deze norm is al ingegaan: leg een nieuwe norm vast")
    record(action="drop_norm", on=norm, by=by, at=at, municipality=norm.municipality)
    norm.delete()


def norms_of(municipality: str) -> list[BlockNorm]:
    """Every norm, by block and the newest first; one query."""
    return list(BlockNorm.objects.filter(municipality=municipality).order_by("block", "-since"))


def norms_in_force(municipality: str, on: date) -> dict[BuildingBlock, BlockNorm]:
    """What holds on a day; a block without a norm is left out; one query."""
    rows = BlockNorm.objects.filter(municipality=municipality, since__lte=on).order_by("since")
    return {BuildingBlock(norm.block): norm for norm in rows}


def in_words(norm: BlockNorm | NormFacts) -> str:
    """What a norm asks, in sentences of the language in use."""
    given = {
        "share": norm.share,
        "metres": number_format(norm.metres, force_grouping=True),
        "amount": number_format(norm.amount, decimal_pos=1) if norm.amount % 1 else int(norm.amount),
        "months": norm.months,
        "themes": "; ".join(str(Theme(theme).label) for theme in norm.themes),
    }
    if norm.block not in BY_DISTANCE:
        return _asked(norm) % given
    straight = _("Wij meten in een rechte lijn.")
    term = _("Wat %(months)s maanden of langer geleden is bevestigd, telt niet mee.")
    return f"{_asked(norm) % given} {straight} {term % given}"


def _asked(norm: BlockNorm | NormFacts) -> str:
    match norm.block:
        case BuildingBlock.PEOPLE:
            near = _("Voor %(share)s %% van de inwoners is er een groep van bewoners of vrijwilligers dichtbij.")
            return near + " " + _("Gemiddeld zijn er %(amount)s of meer binnen %(metres)s meter.")
        case BuildingBlock.PROVISIONS:
            return _(
                "Voor %(share)s %% van de inwoners is er binnen %(metres)s meter aanbod bij elk thema: %(themes)s."
            )
        case BuildingBlock.MEETING_PLACES:
            near = _("Voor %(share)s %% van de inwoners is er een ontmoetingsplek binnen %(metres)s meter.")
            hours = _("Gemiddeld is er %(amount)s uur per week of meer iets open.")
            return " ".join((near, hours, _("Ook op een avond."))) if norm.evening else f"{near} {hours}"
        case BuildingBlock.NETWORK:
            met = _("Het wijknetwerk kwam bij elkaar in de laatste %(months)s maanden.")
            both = _("En vrijwilligers en professionals gaven vragen aan elkaar door, beide kanten op.")
            one = _("En vrijwilligers en professionals gaven vragen door, minstens één kant op.")
            return f"{met} {both if norm.amount > 1 else one}"
        case _:
            there = _("Er is een verbinder.")
            hours = _(
                "Er is %(amount)s uur per week of meer waarop u de verbinder kunt bereiken, voor elke 1.000 inwoners."
            )
            return f"{there} {hours}"


def _check(facts: NormFacts) -> None:
    """Refuse what nobody can mean, by field."""
    if facts.block not in BuildingBlock.values:
        raise FactRefused("block", "deze bouwsteen bestaat niet")
    block = BuildingBlock(facts.block)
    _check_themes(block, facts)
    for field, value, most in (
        ("amount", facts.amount, _MOST[block]),
        ("share", facts.share, 100),
        ("metres", facts.metres, FARTHEST),
        ("months", facts.months, LONGEST),
    ):
        if not 0 < value <= most:
            raise FactRefused(field, f"kies een getal boven 0 en tot en met {most}")
    if facts.evening and block != BuildingBlock.MEETING_PLACES:
        raise FactRefused("evening", "alleen bij ontmoetingsplekken telt een avond")
    if block not in BY_DISTANCE and (facts.metres, facts.share) != (WHOLE_AREA_METRES, WHOLE_AREA_SHARE):
        raise FactRefused("metres", "deze bouwsteen hoort bij een hele wijk: daar telt geen afstand")


def _check_themes(block: BuildingBlock, facts: NormFacts) -> None:
    if block != BuildingBlock.PROVISIONS:
        if facts.themes:
            raise FactRefused("themes", "alleen bij voorzieningen tellen thema's")
        return
    if not facts.themes:
        raise FactRefused("themes", "kies minstens één thema")
    if len(set(facts.themes)) < len(facts.themes) or not set(facts.themes) <= set(Theme.values):
        raise FactRefused("themes", "een thema staat er dubbel, of bestaat niet")
    if facts.amount != len(facts.themes):
        raise FactRefused("amount", "elk thema telt: dit is het aantal thema's")
