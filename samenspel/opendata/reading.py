"""How the operations that read are made: which keys they take, what they accept, pages, and answers that can be kept.

An answer carries an ETag that follows from its content alone, and may be kept only when it is asked again every time
(`no-cache`): what was withdrawn is gone at the next request, and what stayed the same costs no bytes (304).
"""

from collections.abc import Callable
from functools import wraps
from hashlib import blake2b
from typing import Annotated, Any, Generic, TypeVar, cast

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from ninja import Router, Schema
from ninja.decorators import decorate_view
from pydantic import ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

from samenspel.opendata.problems import JSON, READING, Refused, refuse
from samenspel.opendata.schemas import Problem

MOST_ROWS = 100
"""One offering costs about a millisecond, and nothing may take over 200 ms in a request."""
KEPT = "public, no-cache"
MAX_KEY = 80
MEDIA_TYPE_KEY = "x-media-type"
"""Where an operation says, on its way to the document, as what it answers."""
KEYS = "Keys"
"""How the name of a class of keys ends; its keys stand in the document one by one, so it has no place there itself."""

Code = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^[^\x00-\x1f\x7f/]+$")]
"""The code of an area: of the CBS ("BU99010101") or a municipality's own ("TEAM-OOST")."""

View = Callable[..., Any]
Item = TypeVar("Item")
Row = TypeVar("Row", bound=Model)


class Keys(Schema):
    """What may stand behind the address: camelCase, each once, and nothing else."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class PageKeys(Keys):
    page_size: Annotated[int, Field(ge=1, le=MOST_ROWS)] = Field(50, description="Aantal per pagina.")


class Links(Schema):
    next: str | None = Field(description="Adres van de volgende pagina; leeg op de laatste.")


class Page(Schema, Generic[Item]):
    """Een pagina. Volg `links.next` tot die leeg is: dan hebt u alles één keer gezien, ook als er intussen iets
    bijkomt of weggaat."""

    items: list[Item]
    total: int = Field(description="Aantal op alle pagina's samen.")
    links: Links

    @classmethod
    def model_parametrized_name(cls, params: tuple[Any, ...]) -> str:
        return f"{params[0].__name__}Page"


def page(request: HttpRequest, rows: QuerySet[Row], *, by: str, after: object | None, size: int) -> dict[str, Any]:
    """One page of rows ordered by the unique field `by`: those behind the value `after`; two queries and prefetches."""
    behind = rows.filter(**{f"{by}__gt": after}) if after else rows
    found = list(behind[: size + 1])
    last = getattr(found[size - 1], by) if len(found) > size else None
    return {"items": found[:size], "total": rows.count(), "links": {"next": following(request, last)}}


def following(request: HttpRequest, last: object | None) -> str | None:
    """The address of the page behind a row; None when it is the last."""
    if last is None:
        return None
    keys = request.GET.copy()
    keys["after"] = str(last)
    return request.build_absolute_uri(f"{request.path}?{keys.urlencode()}")


def reads(
    router: Router,
    path: str,
    *,
    name: str,
    summary: str,
    gives: Any,
    keys: type[Keys] = Keys,
    media_type: str = JSON,
) -> Callable[[View], View]:
    """Make a view an operation of the API that reads; it answers GET and HEAD.

    `gives` is the schema of its answer; a view whose `media_type` is another makes the answer itself.
    """
    errors = dict.fromkeys((400, 404, 405, 406, 412, 500, 503), Problem)

    def register(view: View) -> View:
        operation = router.api_operation(
            list(READING),
            path,
            response={200: gives, 304: None, **errors},
            operation_id=name,
            url_name=name,
            summary=summary,
            openapi_extra={MEDIA_TYPE_KEY: media_type},
        )
        return operation(decorate_view(_guarded(keys, media_type))(view))

    return register


def _guarded(keys: type[Keys], media_type: str) -> Callable[[View], View]:
    known = {field.alias for field in keys.model_fields.values()}

    def guard(run: View) -> View:
        @wraps(run)
        def checked(request: HttpRequest, **arguments: Any) -> HttpResponse:
            if not request.accepts(media_type):
                return refuse(Refused(406, f"Het antwoord is er alleen als {media_type}."))
            if wrong := _wrong_keys(request, known):
                return refuse(Refused(400, "Achter het adres staat iets dat niet klopt.", wrong))
            return _kept(request, run(request, **arguments))

        return checked

    return guard


def _wrong_keys(request: HttpRequest, known: set[str | None]) -> list[dict[str, str]]:
    unknown = [{"field": key[:MAX_KEY], "detail": "kennen wij niet"} for key in request.GET if key not in known]
    twice = [{"field": key, "detail": "staat er twee keer"} for key in request.GET if len(request.GET.getlist(key)) > 1]
    return unknown or twice


def _kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if response.status_code != 200:
        return response
    response.headers["Cache-Control"] = KEPT
    response.headers["ETag"] = etag = quote_etag(blake2b(response.content, digest_size=16).hexdigest())
    return cast(HttpResponse, get_conditional_response(request, etag=etag, response=response))
