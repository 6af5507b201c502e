"""All public figures in the open API, a page at a time."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from samenspel.opendata.reading import Code, Page, PageKeys, following, reads
from samenspel.strength.statistics import MEASURES, as_data, statistics

router = Router()


class StatisticData(Schema):
    """Eén openbaar cijfer (CC0). Een aantal mensen of vragen onder 10 is verborgen, de rest naar beneden afgerond."""

    id: str
    measure: str = Field(description="Wat het zegt: " + " ".join(f"`{key}`: {said}" for key, said in MEASURES.items()))
    period: str = Field(description="Een kwartaal (2026Q3) of een dag.")
    area: str = Field(description="Code van een wijk of de gemeente; leeg: zonder plaats, of in een kleine wijk.")
    area_name: str
    part: str = Field(description="Een bouwsteen, laag, thema of behoefte; leeg: alles.")
    value: float | None = Field(description="Leeg: niet gemeten, of verborgen (`is_hidden`).")
    word: str = Field(description="De stand van een bouwsteen; anders leeg.")
    n: int | None = Field(description="Aantal gegevens erachter.")
    is_hidden: bool
    adds_to: str = Field(description="Id van het cijfer waarin dit is opgeteld.")
    split: str = Field(description="Waarnaar dat is verdeeld: area, theme of layer.")
    source: str
    as_of: date | None
    definition_version: str


class StatisticKeys(PageKeys):
    measure: str | SkipJsonSchema[None] = Field(None, max_length=40, description="Alleen deze maat.")
    period: str | SkipJsonSchema[None] = Field(None, max_length=10, description="Alleen deze periode.")
    area: Code | SkipJsonSchema[None] = Field(None, description="Alleen dit gebied.")
    after: str | SkipJsonSchema[None] = Field(None, max_length=200, description="Neem het adres uit `links.next`.")


@reads(
    router, "statistics", name="statistics", summary="Openbare cijfers", gives=Page[StatisticData], keys=StatisticKeys
)
def public_figures(request: HttpRequest, asked: Query[StatisticKeys]) -> dict[str, Any]:
    wanted = asked.model_dump(include={"measure", "period", "area"}, exclude_none=True)
    rows = [
        row
        for row in statistics(settings.MUNICIPALITY, at=timezone.now())
        if all(getattr(row, key) == value for key, value in wanted.items())
    ]
    behind = [row for row in rows if not asked.after or row.id > asked.after]
    found = behind[: asked.page_size]
    last = found[-1].id if len(behind) > len(found) else None
    return {"items": [as_data(row) for row in found], "total": len(rows), "links": {"next": following(request, last)}}
