"""The papers themselves: Markdown from the templates in `templates/`, the register also as csv and JSON."""

import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import version
from io import BytesIO
from typing import Any

from django.template import Context, Engine
from django.utils import translation

from samenspel.accountability.installation import installation
from samenspel.accountability.register import HERE, Processing, as_data, as_rows, measures, points, register
from samenspel.accountability.stated import grounds_of, teams_of
from samenspel.engine.calendar import ZONE
from samenspel.places.models import Area
from samenspel.socialmap.importers.formulas import csv_file

GAP = "> **Door de gemeente in te vullen"
"""How every gap begins, so that it is found and counted."""
FOLDER = "samenspel-fg-ciso.zip"


@dataclass(frozen=True, slots=True)
class Paper:
    """One file of the folder."""

    name: str
    title: str
    content: bytes
    kind: str

    @property
    def gaps(self) -> int:
        """How many things only the municipality can fill in."""
        return self.content.decode("utf-8").count(GAP) if self.name.endswith(".md") else 0


def papers(*, municipality: str, at: datetime) -> tuple[Paper, ...]:
    """The six files of a municipality, by its code ("GM9901")."""
    found = register()
    context = _context(_name_of(municipality), found, at) | {
        "installation": installation(),
        "teams": teams_of(municipality, on=at.astimezone(ZONE).date()),
        "grounds": grounds_of(municipality),
    }
    rows = as_rows(found, controller=context["controller"])
    return (
        _markdown("verwerkingsregister", "Register van verwerkingen (AVG art. 30)", "register", context),
        Paper("verwerkingsregister.csv", "Hetzelfde register voor een rekenblad", csv_file(rows), "text/csv"),
        Paper("verwerkingsregister.json", "Hetzelfde register voor software", _json(context), "application/json"),
        _markdown("dpia", "DPIA, vooraf ingevuld in 17 punten (AVG art. 35)", "dpia", context),
        _markdown("verwerkersovereenkomst", "Punten van de verwerkersovereenkomst (AVG art. 28)", "agreement", context),
        _markdown("bio2", "BIO2: maatregel, bewijs, en wat bij u blijft", "bio2", context),
    )


def register_page() -> str:
    """The register as Markdown for no municipality in particular: docs/privacy.md."""
    return _filled("register", _context("", register(), None))


def as_zip(files: Sequence[Paper], *, at: datetime) -> bytes:
    """All papers in one file; the same papers at the same moment make the same bytes."""
    moment = at.astimezone(ZONE).timetuple()[:6]
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for paper in files:
            archive.writestr(zipfile.ZipInfo(paper.name, moment), paper.content)
    return whole.getvalue()


def _name_of(code: str) -> str:
    areas = Area.objects.filter(municipality=code, kind=Area.Kind.MUNICIPALITY)
    return areas.order_by("-year").values_list("name", flat=True).first() or code


def _context(municipality: str, found: tuple[Processing, ...], at: datetime | None) -> dict[str, Any]:
    personal = tuple(one for one in found if one.is_about_persons)
    used = {measure.number for one in found for measure in one.measures}
    return {
        "municipality": municipality,
        "controller": f"het college van burgemeester en wethouders van {municipality or 'de gemeente'}",
        "at": at,
        "version": version("samenspel"),
        "installation": (),
        "teams": (),
        "grounds": (),
        "processings": found,
        "personal": personal,
        "measures": measures(),
        "used": tuple(one for one in measures() if one.number in used),
        "points": points(),
    }


def _json(context: dict[str, Any]) -> bytes:
    whole = {
        "municipality": context["municipality"],
        "made_at": context["at"].isoformat(),
        "version": context["version"],
        "controller": context["controller"],
        "processings": as_data(context["processings"]),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2).encode("utf-8")


def _markdown(name: str, title: str, template: str, context: dict[str, Any]) -> Paper:
    return Paper(f"{name}.md", title, _filled(template, context).encode("utf-8"), "text/markdown")


def _filled(template: str, context: dict[str, Any]) -> str:
    with translation.override("nl"):
        filled: str = _engine().get_template(f"accountability/{template}.md").render(Context(context, autoescape=False))
    return filled.strip() + "\n"


@cache
def _engine() -> Engine:
    """Templates without escaping, for Markdown is no HTML; a name that is not there shows as `??name`."""
    return Engine(dirs=[str(HERE / "templates")], autoescape=False, string_if_invalid="??%s")
