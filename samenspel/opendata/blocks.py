"""The building blocks of one wijk in the open API."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Router, Schema
from pydantic import Field

from samenspel.engine.coverage.remedies import Kind
from samenspel.engine.coverage.states import State, Why
from samenspel.opendata.problems import Refused
from samenspel.opendata.reading import Code, reads
from samenspel.strength.blocks import blocks_data

router = Router()


class RemedyData(Schema):
    """Wat zou kunnen helpen. Niemand vroeg het nog."""

    kind: Kind
    name: str
    organization: str = Field(description="Leeg als die er niet is, of niet vermeld wil staan.")
    slug: str = Field(description="Van de plek of het aanbod; leeg bij een wijk.")
    metres: int = Field(description="In een rechte lijn.")


class BlockData(Schema):
    """De stand van een bouwsteen. Onbekend is niet hetzelfde als ontbreekt: dan keek er iemand."""

    block: int = Field(ge=1, le=5)
    name: str
    state: State
    why: Why
    reason: str
    is_gap: bool
    reached: float | None = Field(description="Deel van de inwoners (0 tot 1) dat dichtbij genoeg woont.")
    reached_older: float | None = Field(description="Hetzelfde, van inwoners van 65 jaar en ouder.")
    amount: float | None = Field(description="Wat een inwoner gemiddeld binnen bereik heeft.")
    per_thousand: float | None = Field(description="Ruimte voor elke 1.000 inwoners.")
    fresh: int = Field(description="Aantal gegevens dat telt.")
    old: int = Field(description="Aantal gegevens dat te lang geleden is bevestigd.")
    confirmed_on: date | None
    since: date = Field(description="Sinds wanneer het zo is.")
    remedies: list[RemedyData]


class AreaBlocksData(Schema):
    """De vijf bouwstenen van een wijk, in hun volgorde."""

    area: str
    name: str
    blocks: list[BlockData]


@reads(router, "areas/{code}/blocks", name="area-blocks", summary="De bouwstenen van een wijk", gives=AreaBlocksData)
def area_blocks(request: HttpRequest, code: Path[Code]) -> dict[str, Any]:
    found = blocks_data(settings.MUNICIPALITY, at=timezone.now())
    for one in found:
        if one["area"] == code:
            return one
    raise Refused(404, "Deze wijk kennen wij niet. Alleen een wijk heeft bouwstenen.")
