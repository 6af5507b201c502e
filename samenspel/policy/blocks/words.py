"""The reason of a state in one sentence, from the same figures, for page, paper, command and API."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenspel.engine.coverage.states import Why
from samenspel.policy.models import BlockNorm, BlockState
from samenspel.sources.vocabulary import BuildingBlock


def reason(state: BlockState, norm: BlockNorm | None) -> str:
    """Why a block has its state, in the language in use. `norm` is the one in force, None where there is none."""
    why = Why(state.why)
    if why == Why.NO_NORM or norm is None:
        return _("De raad stelde nog niet vast wat hier genoeg is.")
    if why in _WITHOUT_FIGURES:
        return _WITHOUT_FIGURES[why]()
    if state.block == BuildingBlock.NETWORK:
        return _network(state, why)
    if state.block == BuildingBlock.CONNECTOR:
        return _verbinder(state, why, norm)
    return _on_the_map(state, why, norm)


def amount(state: BlockState) -> str:
    """What an average resident has, with its unit; "" where it is not known."""
    if state.amount is None or state.why == Why.NO_NORM:
        return ""
    number = in_words(state.amount)
    match state.block:
        case BuildingBlock.PEOPLE:
            return _("gemiddeld %(number)s groepen binnen bereik") % {"number": number}
        case BuildingBlock.PROVISIONS:
            return _("gemiddeld %(number)s thema's binnen bereik") % {"number": number}
        case BuildingBlock.MEETING_PLACES:
            return _("gemiddeld %(number)s uur per week iets open binnen bereik") % {"number": number}
        case BuildingBlock.NETWORK:
            return _("%(number)s van 2 richtingen waarin vragen gaan") % {"number": number}
        case _:
            return _("%(number)s uur per week waarop u de verbinder kunt bereiken, voor elke 1.000 inwoners") % {
                "number": number
            }


def percentage(part: float | None) -> str:
    """A part as it is read, "" when unknown: "56 %"; never rounded up to all or down to none."""
    if part is None:
        return ""
    if 0 < part < 0.01:
        return _("minder dan 1 %")
    return f"{min(round(part * 100), 99) if part < 1 else 100} %"


def in_words(number: float) -> str:
    """A number with at most one decimal, as it is read."""
    return str(number_format(round(number, 1), decimal_pos=0 if round(number, 1) % 1 == 0 else 1, force_grouping=True))


_WITHOUT_FIGURES = {
    Why.LOOKED_AND_NONE: lambda: _("Iemand keek en vond niets."),
    Why.ONLY_OLD: lambda: _("Wat wij weten, is te lang geleden bevestigd."),
    Why.NOTHING_KNOWN: lambda: _("Wij weten hier nog niets van."),
    Why.NOBODY_LIVES_HERE: lambda: _("Wij weten niet wie hier wonen."),
}


def _on_the_map(state: BlockState, why: Why, norm: BlockNorm) -> str:
    given = {
        "share": percentage(state.reached),
        "asked": norm.share,
        "metres": number_format(norm.metres, force_grouping=True),
        "amount": in_words(state.amount or 0),
        "enough": in_words(norm.amount),
    }
    match why:
        case Why.NOBODY_REACHED if norm.themes or norm.evening:
            return _("Er is iets, maar niemand heeft alles van de norm binnen %(metres)s meter.") % given
        case Why.NOBODY_REACHED:
            return _("Er is iets, maar niemand woont er binnen %(metres)s meter van.") % given
        case Why.TOO_FEW_REACHED:
            return _("%(share)s van de inwoners woont dichtbij genoeg; de norm is %(asked)s %%.") % given
        case Why.TOO_LITTLE:
            return _("Er is gemiddeld %(amount)s binnen bereik; de norm is %(enough)s.") % given
        case _:
            return _("%(share)s van de inwoners woont dichtbij genoeg, en er is genoeg.") % given


def _network(state: BlockState, why: Why) -> str:
    if why == Why.NOBODY_REACHED:
        return _("Er gaan vragen over en weer, maar het netwerk kwam niet op tijd bij elkaar.")
    if why == Why.TOO_LITTLE:
        directions = int(state.amount or 0)
        return (
            ngettext(
                "Het netwerk kwam bij elkaar; vragen gaan %(number)s kant op.",
                "Het netwerk kwam bij elkaar; vragen gaan %(number)s kanten op.",
                directions,
            )
            % {"number": directions}
            if directions
            else _("Het netwerk kwam bij elkaar; of vragen over en weer gaan, weten wij niet.")
        )
    return _("Het netwerk kwam bij elkaar, en vragen gaan over en weer.")


def _verbinder(state: BlockState, why: Why, norm: BlockNorm) -> str:
    given = {"amount": in_words(state.amount or 0), "enough": in_words(norm.amount)}
    if why == Why.NOBODY_REACHED:
        return _("De verbinder is er niet, en er is geen vervanger.")
    if why == Why.TOO_LITTLE:
        short = _(
            "Er is %(amount)s uur per week waarop u de verbinder kunt bereiken, voor elke 1.000 inwoners; "
            "de norm is %(enough)s."
        )
        return short % given
    return _("Er is %(amount)s uur per week waarop u de verbinder kunt bereiken, voor elke 1.000 inwoners.") % given
