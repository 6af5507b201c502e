"""`POST /role-advice`: advice about the role of the municipality. What is sent is not kept.

The engine reads the case, as it reads a file of `samenspel advise`: one reader, one set of refusals. What a
municipality decided about cases of its own is not public and stays out; the cases of the framework are beside it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema
from ninja.decorators import decorate_view
from pydantic import Field, RootModel, WithJsonSchema

from samenspel.engine import toml_lines
from samenspel.engine.roles.advice import advise, as_data
from samenspel.engine.roles.cases import checked_case
from samenspel.engine.roles.schema import case_schema
from samenspel.engine.roles.shipped import precedents_of, shipped, with_roles
from samenspel.opendata.problems import JSON, Refused, refuse
from samenspel.opendata.schemas import Problem
from samenspel.policy.frameworks import framework_in_force

_OF_A_FRAMEWORK = ("story", "shows", "source", "expect")
"""What only a case in a file says; here a story would be somebody's own words, for nothing."""

router = Router()


def _sent() -> dict[str, Any]:
    """The schema of a case as it is sent, without what only a file says."""
    schema = case_schema(shipped(with_roles()), days_are_text=True)
    answer = schema.pop("$defs")["answer"]
    schema.pop("$schema")
    facts = schema["properties"]["facts"]["properties"]
    for fact in facts.values():
        said = fact["anyOf"][1]
        fact["anyOf"] = [answer, said | {"properties": said["properties"] | {"answer": answer}}]
    schema["properties"] = {name: one for name, one in schema["properties"].items() if name not in _OF_A_FRAMEWORK}
    return schema


class RoleCase(RootModel[Annotated[dict[str, Any], WithJsonSchema(_sent())]]):
    """Een casus. Niets ervan wordt bewaard."""


Advised = Literal[1, 2, 3, 4, "no_involvement", "not_done", "not_enough_known"]
Answered = Literal["yes", "no", "unknown"]


class RoleAdvice(Schema):
    """Een advies over de rol van de gemeente, met alles wat ertoe leidde. Een mens beslist."""

    class SphereAnswer(Schema):
        value: Literal["personal", "community", "institutional", "unknown"]
        doubt: str = Field(description="Waarom de leefsfeer in twijfel is; leeg: geen twijfel.")

    class Rule(Schema):
        """Een regel die spreekt; de eerste beslist."""

        id: str
        source: str
        speaks_for: Advised
        text: str
        decides: bool

    class Principle(Schema):
        number: int = Field(ge=1, le=5)
        verdict: Literal["holds", "fails", "unknown", "not_in_play"]
        text: str
        evidence: dict[str, Answered]

    class Change(Schema):
        """De kleinste verandering van feiten die naar een ander advies leidt."""

        to: Advised
        facts: dict[str, Answered]

    class Note(Schema):
        id: str
        text: str
        source: str

    class Earlier(Schema):
        """Een geval dat eerder beoordeeld is."""

        title: str
        where: str
        advice: Advised
        decided: Advised | None
        shows: str

    advice: Advised
    owner: Literal["community", "party", "municipality", "unknown"]
    sphere: SphereAnswer
    rules: list[Rule]
    principles: list[Principle]
    missing: list[str] = Field(description="Onbekende feiten die het advies nog kunnen veranderen, de zwaarste eerst.")
    would_change: list[Change]
    conditions: list[Note]
    review: list[Note] = Field(description="Redenen om opnieuw naar de rol te kijken.")
    precedents: list[Earlier]
    equal_cases: list[Earlier]


def speaks_json(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse before reading: other media types, and keys in the address, which have no meaning here."""

    @wraps(view)
    def checked(request: HttpRequest, **arguments: Any) -> HttpResponse:
        if not request.accepts(JSON):
            return refuse(Refused(406, f"Het antwoord is er alleen als {JSON}."))
        if request.content_type != JSON:
            return refuse(Refused(415, f"Stuur de casus als {JSON}."))
        if request.GET:
            return refuse(Refused(400, "Er kan niets achter het adres staan; zet alles in de casus zelf."))
        return view(request, **arguments)

    return checked


@router.post(
    "role-advice",
    response={200: RoleAdvice, **dict.fromkeys((400, 404, 405, 406, 413, 415, 500, 503), Problem)},
    operation_id="roleAdvice",
    summary="Advies over de rol van de gemeente bij een activiteit, voorziening of aanvraag",
    url_name="role_advice",
)
@decorate_view(speaks_json)
def role_advice(request: HttpRequest, body: RoleCase) -> dict[str, Any]:
    framework, today = framework_in_force(settings.MUNICIPALITY), timezone.localdate()
    if odd := [name for name in body.root if name in _OF_A_FRAMEWORK]:
        raise _refused(odd[0], "kennen wij niet")
    written = toml_lines.Written("", {"on": today.isoformat(), **body.root})
    try:
        case = checked_case(written, framework)
    except toml_lines.Refused as refused:
        raise _refused(refused.path, refused.reason) from refused
    if empty := _empty(body.root):
        raise _refused(empty, "is leeg; laat weg wat niet bekend is")
    return as_data(advise(case, framework, case.on or today, precedents_of(with_roles())))


def _empty(sent: dict[str, Any]) -> str:
    """The path of a null, which TOML does not have and the reader of files lets pass; "" where there is none."""
    for name, value in sent.items():
        within = _empty(value) if isinstance(value, dict) else ""
        if value is None or within:
            return f"{name}.{within}".rstrip(".")
    return ""


def _refused(field: str, detail: str) -> Refused:
    """Keys are the asker's own: half a character in one is not sent back."""
    field, detail = (text.encode(errors="replace").decode() for text in (field[:80], detail))
    return Refused(400, "Een veld klopt niet.", [{"field": field, "detail": detail}])
