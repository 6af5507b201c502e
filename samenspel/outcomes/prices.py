"""What a question costs by layer, by the municipality's own books: without them nothing is said about money."""

from collections.abc import Sequence
from datetime import date, datetime

from samenspel.audit.action import Actor, action, record
from samenspel.engine.calendar import ZONE
from samenspel.outcomes.models import UnitPrice
from samenspel.people.checks import FactRefused, check_row


@action
def set_unit_price(
    *, municipality: str, layer: int, since: date, low: int, high: int, source: str, by: Actor, at: datetime
) -> UnitPrice:
    """Say what one question on a layer (0 to 4) costs from a day on, in whole euros: a lowest and a highest guess.

    What was told with a price must stay so: a day that has one already is refused, and while a price holds so is a day
    before today. Raises FactRefused.
    """
    today = at.astimezone(ZONE).date()
    held = in_force(prices_of(municipality), today).get(layer)
    if held and since < today:
        raise FactRefused(
            "since", f"vanaf {held.since:%d-%m-%Y} geldt al een prijs voor deze laag: kies vandaag of een latere dag"
        )
    price = UnitPrice(
        municipality=municipality, layer=layer, since=since, low=low, high=high, source=" ".join(source.split())
    )
    check_row(price)
    price.save(force_insert=True)
    record(action="set_unit_price", on=price, by=by, at=at, municipality=municipality)
    return price


def prices_of(municipality: str) -> list[UnitPrice]:
    """Every price there is or was, oldest first; one query."""
    return list(UnitPrice.objects.filter(municipality=municipality).order_by("since", "layer"))


def in_force(prices: Sequence[UnitPrice], on: date) -> dict[int, UnitPrice]:
    """By layer the last of `prices` (oldest first) that holds on a day."""
    return {price.layer: price for price in prices if price.since <= on}
