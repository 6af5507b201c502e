"""The open API, version 1."""

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI, Schema
from ninja.decorators import decorate_view
from ninja.errors import HttpError, ValidationError
from pydantic import ConfigDict, Field, StringConstraints

from samenspel.engine.matching import MAX_QUESTION
from samenspel.opendata.problems import API_VERSION, MEDIA_TYPE, Refused, problem
from samenspel.places.lookup import Near, UnknownPlace, centre_of, find_near
from samenspel.socialmap.ask import as_data, ask

MOST_RESULTS = 50
JSON = "application/json"
RETRY_AFTER = "60"

api = NinjaAPI(
    title="Samenspel",
    version=API_VERSION,
    description="Wat er in de buurt te doen en te krijgen is, gevonden met een vraag in gewone woorden.",
    docs_url=None,
    openapi_url=None,  # served by `views.openapi`, with the headers that the API Design Rules ask
    urls_namespace="api-1",
)


class Problem(Schema):
    """Een fout, in de vorm van RFC 9457."""

    class FieldError(Schema):
        field: str
        detail: str

    type: str
    title: str
    status: int
    detail: str = ""
    errors: list[FieldError] = []


class Question(Schema):
    """Een vraag in gewone woorden. De tekst wordt niet bewaard."""

    model_config = ConfigDict(extra="forbid")

    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_QUESTION)]
    postcode: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = Field(
        "",
        description="Postcode (1234AB of 1234) of naam van een kern, wijk of buurt; leeg: het midden van de gemeente.",
    )
    limit: Annotated[int, Field(ge=1, le=MOST_RESULTS, strict=True)] = 10


class MatchAnswer(Schema):
    """Wat er begrepen en gevonden is, het best passende eerst."""

    class Urgent(Schema):
        key: str
        title: str
        phone: str
        text: str
        url: str
        direct_danger: bool

    class Need(Schema):
        key: str
        label: str

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
    urgent: list[Urgent]
    needs: list[Need]
    results: list[Result]
    note: str


def speaks_json(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse before reading: other media types, and keys in the address, which have no meaning here."""

    @wraps(view)
    def checked(request: HttpRequest, **arguments: Any) -> HttpResponse:
        if not request.accepts(JSON):
            return _refuse(request, Refused(406, f"Het antwoord is er alleen als {JSON}."))
        if request.content_type != JSON:
            return _refuse(request, Refused(415, f"Stuur de vraag als {JSON}."))
        if request.GET:
            return _refuse(request, Refused(400, "Er kan niets achter het adres staan; zet alles in de vraag zelf."))
        return view(request, **arguments)

    return checked


@api.post(
    "match",
    response={200: MatchAnswer, **dict.fromkeys((400, 404, 405, 406, 413, 415, 500, 503), Problem)},
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


@api.exception_handler(Refused)
def _refuse(request: HttpRequest, refused: Refused) -> HttpResponse:
    body = problem(refused.status, refused.detail, refused.errors)
    response = api.create_response(request, body, status=refused.status)
    response.headers["Content-Type"] = MEDIA_TYPE
    if refused.status == 503:
        response.headers["Retry-After"] = RETRY_AFTER
    return response


@api.exception_handler(ValidationError)
def _refuse_fields(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [{"field": _field(one["loc"]), "detail": _DETAILS.get(one["type"], "klopt niet")} for one in error.errors]
    return _refuse(request, Refused(400, "Een of meer velden kloppen niet.", errors))


@api.exception_handler(HttpError)
def _refuse_body(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _refuse(request, Refused(error.status_code, "De vraag is geen goede JSON (UTF-8)."))


def _field(location: tuple[str | int, ...]) -> str:
    """The name of a field as the asker wrote it: without where ninja puts the body."""
    return ".".join(str(part) for part in location if part != "body")[:80]


_DETAILS = {
    "missing": "ontbreekt",
    "extra_forbidden": "kennen wij niet",
    "string_type": "is geen tekst",
    "string_unicode": "is geen goede tekst",
    "string_too_short": "is leeg",
    "string_too_long": "is te lang",
    "int_type": "is geen heel getal",
    "greater_than_equal": "is te klein",
    "less_than_equal": "is te groot",
}
