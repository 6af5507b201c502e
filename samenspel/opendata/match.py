"""`POST /match`: what there is for a question in own words. The question is not kept."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema
from ninja.decorators import decorate_view
from pydantic import ConfigDict, Field, StringConstraints

from samenspel.engine.matching import MAX_QUESTION
from samenspel.opendata.problems import JSON, Refused, refuse
from samenspel.opendata.schemas import Problem
from samenspel.places.lookup import Near, UnknownPlace, centre_of, find_near
from samenspel.socialmap.ask import as_data, ask
from samenspel.socialmap.urgent import urgent_data, urgent_help_in

MOST_RESULTS = 50

router = Router()


class Question(Schema):
    """Een vraag in gewone woorden. De tekst wordt niet bewaard."""

    model_config = ConfigDict(extra="forbid")

    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_QUESTION)]
    postcode: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = Field(
        "",
        description="Postcode (1234AB of 1234) of naam van een kern, wijk of buurt; leeg: het midden van de gemeente.",
    )
    limit: Annotated[int, Field(ge=1, le=MOST_RESULTS, strict=True)] = 10


class UrgentHelp(Schema):
    """Hulp die nu meteen nodig kan zijn."""

    key: str
    title: str
    phone: str
    text: str
    url: str
    direct_danger: bool


class MatchAnswer(Schema):
    """Wat er begrepen en gevonden is, het best passende eerst."""

    class Need(Schema):
        key: str
        label: str
        ask: int = Field(description="Welke van de dingen die gevraagd zijn dit is, geteld vanaf 0.")

    class Right(Schema):
        key: str
        title: str
        text: str
        url: str

    class Result(Schema):
        id: str
        name: str
        summary: str
        kind: str
        layer: int | None
        area: str
        distance_m: int | None
        reason: str
        confirmed_on: str | None = Field(json_schema_extra={"format": "date"})

    question: str
    near: str
    urgent: list[UrgentHelp]
    needs: list[Need]
    rights: list[Right]
    results: list[Result]
    note: str


class MatchProblem(Problem):
    """Een fout bij een vraag, met de hulp die toch meteen nodig is."""

    urgent: list[UrgentHelp] = []


def speaks_json(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse before reading: other media types, and keys in the address, which have no meaning here."""

    @wraps(view)
    def checked(request: HttpRequest, **arguments: Any) -> HttpResponse:
        if not request.accepts(JSON):
            return refuse(Refused(406, f"Het antwoord is er alleen als {JSON}."))
        if request.content_type != JSON:
            return refuse(Refused(415, f"Stuur de vraag als {JSON}."))
        if request.GET:
            return refuse(Refused(400, "Er kan niets achter het adres staan; zet alles in de vraag zelf."))
        return _with_urgent_help(request, view(request, **arguments))

    return checked


def _with_urgent_help(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Add to a refusal the help that the question asks for, whatever else is wrong with what was sent."""
    if response.status_code in (400, 503):
        urgent = urgent_data(urgent_help_in(_question(request.body), municipality=settings.MUNICIPALITY))
        if urgent:
            response.content = json.dumps(json.loads(response.content) | {"urgent": urgent}, ensure_ascii=False)
    return response


def _question(body: bytes) -> str:
    """The question in a body that may be wrong in any way; "" when it cannot be read."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    question = sent.get("question") if isinstance(sent, dict) else None
    return question if isinstance(question, str) else ""


@router.post(
    "match",
    response={
        200: MatchAnswer,
        **dict.fromkeys((400, 503), MatchProblem),
        **dict.fromkeys((404, 405, 406, 413, 415, 500), Problem),
    },
    operation_id="match",
    summary="Zoek aanbod bij een vraag in gewone woorden",
    url_name="match",
)
@decorate_view(speaks_json)
def match(request: HttpRequest, body: Question) -> dict[str, Any]:
    answer = ask(body.question, near=_near(body.postcode), at=timezone.now(), limit=body.limit)
    if not answer.is_complete and not answer.urgent:
        raise Refused(503, answer.note)
    return as_data(answer)


def _near(place: str) -> Near:
    try:
        return find_near(place, municipality=settings.MUNICIPALITY) if place else centre_of(settings.MUNICIPALITY)
    except UnknownPlace as error:
        if not place:
            raise Refused(503, str(error)) from error
        raise Refused(400, "Een veld klopt niet.", [{"field": "postcode", "detail": str(error)}]) from error
