"""The register of processing (AVG art. 30): what `processings.toml` says, with what each model declares of itself."""

import tomllib
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings

from samenspel.engine.privacy import Registered, Sensitivity

HERE = Path(__file__).parent
DUTCH = {
    Sensitivity.PUBLIC: "openbaar",
    Sensitivity.INTERNAL: "intern",
    Sensitivity.PERSONAL: "persoonlijk",
    Sensitivity.SPECIAL: "bijzonder",
}


class NotRegistered(Exception):
    """A model names no processing, or one that `processings.toml` does not have; the message says which."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A control of BIO2: what the software does, where that is seen, and what stays with the municipality."""

    number: str
    name: str
    specific: tuple[str, ...]
    does: str
    evidence: tuple[str, ...]
    municipality: str


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the processing agreement (AVG art. 28)."""

    article: str
    name: str
    samenspel: str
    evidence: tuple[str, ...]
    agree: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What one model keeps; `fields` are names in the code by Dutch class ("persoonlijk")."""

    label: str
    purpose: str
    retention: str
    export: str
    erasure: str
    fields: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Processing:
    """One processing with all that art. 30 asks for, save what is the same for all (see `papers.Context`)."""

    key: str
    name: str
    purpose: str
    persons: tuple[str, ...]
    data: tuple[str, ...]
    recipients: tuple[str, ...]
    ground: str
    special_ground: str
    ask: str
    measures: tuple[Measure, ...]
    kept: tuple[Kept, ...]

    @property
    def is_about_persons(self) -> bool:
        return bool(self.persons)


def declarations() -> dict[str, Registered]:
    """Model label to declaration, for our own models and those of packages."""
    found = dict(settings.REGISTERED_OF_PACKAGES)
    for model in apps.get_models():
        if "registry" in vars(model):
            found[model._meta.label] = model.registry  # type: ignore[attr-defined]
    return found


@cache
def measures() -> tuple[Measure, ...]:
    return tuple(Measure(**_frozen(row)) for row in _read("bio2")["measure"])


@cache
def points() -> tuple[Point, ...]:
    return tuple(Point(**_frozen(row)) for row in _read("agreement")["point"])


def register() -> tuple[Processing, ...]:
    """Every processing in the order of its file; raises NotRegistered when a model belongs to none."""
    known = _read("processings")
    kept: dict[str, list[Kept]] = {key: [] for key in known}
    for label, declared in sorted(declarations().items()):
        if declared.processing not in known:
            raise NotRegistered(f"{label}: geen verwerking '{declared.processing}' in processings.toml")
        kept[declared.processing].append(_kept(label, declared))
    by_number = {one.number: one for one in measures()}
    return tuple(
        Processing(
            key=key,
            kept=tuple(kept[key]),
            measures=tuple(by_number[number] for number in row["measures"]),
            **_frozen({name: value for name, value in row.items() if name != "measures"}),
        )
        for key, row in known.items()
        if kept[key]
    )


def as_data(processings: tuple[Processing, ...]) -> list[dict[str, Any]]:
    """The register for JSON; of a measure only its number, for bio2.md has the rest."""
    return [asdict(one) | {"measures": [measure.number for measure in one.measures]} for one in processings]


def as_rows(processings: tuple[Processing, ...], *, controller: str) -> list[list[str]]:
    """The register for a spreadsheet: a line for each model of each processing, below the names of the columns."""
    head = ["verwerking", "doel", "verwerkingsverantwoordelijke", "betrokkenen", "gegevens", "ontvangers", "grondslag"]
    head += ["grondslag bijzondere gegevens", "maatregelen (BIO2)", "tabel", "waarvoor", "bewaartermijn", "inzage"]
    rows = [[*head, "wissen", *DUTCH.values()]]
    for one in processings:
        said = [one.name, one.purpose, controller, "; ".join(one.persons), "; ".join(one.data)]
        said += ["; ".join(one.recipients), one.ground, one.special_ground]
        said += [", ".join(measure.number for measure in one.measures)]
        for kept in one.kept:
            fields = [", ".join(kept.fields.get(name, ())) for name in DUTCH.values()]
            rows.append([*said, kept.label, kept.purpose, kept.retention, kept.export, kept.erasure, *fields])
    return rows


def _kept(label: str, declared: Registered) -> Kept:
    fields = {DUTCH[one]: tuple(getattr(declared, one.value)) for one in Sensitivity if getattr(declared, one.value)}
    return Kept(label, declared.purpose, declared.retention, declared.export, declared.erasure, fields)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def _frozen(row: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
