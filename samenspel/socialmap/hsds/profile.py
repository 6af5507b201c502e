"""The HSDS-NL profile: its address, its ids and its taxonomies (docs/hsds-nl/README.md describes them for others)."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db.models import Choices
from django.utils.translation import override

from samenspel.people.models import Organization
from samenspel.places.models import Area
from samenspel.socialmap.models import Offering
from samenspel.socialmap.vocabulary import vocabulary
from samenspel.sources.vocabulary import Audience, MunicipalRole, PyramidLayer, Sphere, Theme

Record = dict[str, Any]

HSDS_VERSION = "3.0"
PROFILE = "https://example.org/samenspel/hsds-nl/1.0"
PROFILE_VERSION = "1.0"
LANGUAGE = "nl"
_NAMESPACE = uuid5(NAMESPACE_URL, PROFILE)

EXTENT_TYPES = {
    Area.Kind.MUNICIPALITY: "cbs-gemeente",
    Area.Kind.DISTRICT: "cbs-wijk",
    Area.Kind.NEIGHBORHOOD: "cbs-buurt",
    Area.Kind.VILLAGE: "kern",
    Area.Kind.WORKING_AREA: "werkgebied",
}
"""What `service_area.extent` is a code of; the year follows, as in "cbs-wijk-2024", since CBS codes change yearly."""


def id_of(*parts: object) -> str:
    """An id for what has none of its own: always the same for the same parts."""
    return str(uuid5(_NAMESPACE, "/".join(map(str, parts))))


@dataclass(frozen=True)
class Taxonomy:
    """One published list of words; `terms` are (code, Dutch name)."""

    key: str
    name: str
    description: str
    terms: tuple[tuple[str, str], ...]

    @cached_property
    def id(self) -> str:
        return id_of("taxonomy", self.key)

    @property
    def record(self) -> Record:
        uri = f"{PROFILE}/{self.key}"
        return {
            "id": self.id, "name": self.name, "description": self.description, "uri": uri, "version": PROFILE_VERSION,
        }  # fmt: skip

    def term_records(self) -> Iterable[Record]:
        for code, name in self.terms:
            yield {
                "id": id_of("term", self.key, code),
                "code": code,
                "name": name,
                "description": f"{self.name}: {name}",
                "taxonomy": self.name,
                "taxonomy_id": self.id,
                "language": LANGUAGE,
                "term_uri": f"{PROFILE}/{self.key}/{code}",
            }


@lru_cache(maxsize=1)
def taxonomies() -> dict[str, Taxonomy]:
    """Every taxonomy by key, with Dutch names whatever the language of the asker."""
    with override(LANGUAGE):
        found = [
            Taxonomy("organization_kind", "Soort organisatie", "Wat voor groep het is.", _of(Organization.Kind)),
            Taxonomy("kind", "Soort aanbod", "Initiatief, activiteit of voorziening.", _of(Offering.Kind)),
            Taxonomy("theme", "Thema", "Waar het over gaat, in de woorden van de voordeur.", _of(Theme)),
            Taxonomy(
                "need",
                "Behoefte",
                "Wat iemand nodig kan hebben.",
                tuple((need.key, need.label) for need in vocabulary().needs.values()),
            ),
            Taxonomy("audience", "Doelgroep", "Voor wie het is.", _of(Audience)),
            Taxonomy("sphere", "Leefsfeer", "Denkkader sociale basis §2; de persoonlijke sfeer heeft geen waarde.",
                     _of(Sphere)),
            Taxonomy("layer", "Laag van de piramide", "Van buurtgenoten tot specialistische zorg.", _of(PyramidLayer)),
            Taxonomy("municipal_role", "Rol", "Wie eigenaar is (denkkader sociale basis §4).", _of(MunicipalRole)),
        ]  # fmt: skip
    return {one.key: one for one in found}


def _of(choices: type[Choices]) -> tuple[tuple[str, str], ...]:
    return tuple((str(value), str(label)) for value, label in choices.choices)


@lru_cache(maxsize=1)
def terms() -> dict[str, tuple[str, Record]]:
    """Every term by id: (key of its taxonomy, its record)."""
    return {record["id"]: (one.key, record) for one in taxonomies().values() for record in one.term_records()}


def taxonomy_records() -> list[Record]:
    return [one.record for one in taxonomies().values()]


def term_records() -> list[Record]:
    return [record for _key, record in terms().values()]
