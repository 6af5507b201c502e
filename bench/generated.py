"""Offerings for a whole country, to measure the search at size: real places and residents, texts of the demo mixed.

Where: a postcode (PC4) drawn by its residents, at a place around its real point, with the names of its own plaats,
buurt and gemeente. What: one offering of the demo gives kind, layer, needs, themes and audience; its name and sentences
come from it and from offerings that answer the same need, with places, groups, days, hosts, numbers and rare words
filled in. When and how sure: the times of that offering on another day and hour, a confirmation of an age of its own.

The same seed gives the same documents. Texts are analysed by the search's own analyser, each fragment once.
"""

import csv
import gzip
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
from simplemma.strategies.dictionaries import DEFAULT_DICTIONARY_FACTORY

from samenspel.engine.calendar import ZONE
from samenspel.engine.dutch import analyse, word_set
from samenspel.engine.freshness import Confirmation
from samenspel.socialmap import catalogue
from samenspel.socialmap.catalogue import Document
from samenspel.socialmap.entry import Entry
from samenspel.socialmap.models import Verification

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SEED = 2026
RESIDENTS_PER_PLACE = 500
MEAN_DAYS_SINCE_CONFIRMED = 150
UNCONFIRMED, FULL, RARE_WORDS = 0.05, 0.08, 0.5
"""Shares of all offerings."""

_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_HOSTS = sorted(
    word_set("""
    Aicha Ali Anja Anton Arjan Astrid Ayse Bas Bert Bianca Carla Chantal Cor Daan Dirk Ed Elif Els Emine Erik Esra Eva
    Farid Fatima Femke Fenna Fien Frans Geert Gerda Gerrit Greet Hanna Hans Harm Hassan Henk Ilse Imane Ineke Jaap Jan
    Jeroen Joke Joost Karin Kees Khadija Klaas Lars Leyla Lies Loes Lotte Maaike Maria Marije Marleen Mehmet Mia Miriam
    Mo Moniek Naima Nel Nico Noor Olga Omar Pieter Piet Rachid Ria Rob Roos Ruud Saida Samira Sanne Sjoerd Sofie Stien
    Tineke Tom Toos Truus Wim Wouter Yara Yusuf Zeynep
    """)
)
_PLACES = ("Buurthuis De {}", "Wijkcentrum {}", "Dorpshuis De {}", "Sporthal {}", "Zaal De {}", "Buurtkamer {}")
_GROUPS = ("Stichting {}", "Vereniging De {}", "Buurtvereniging {}", "Werkgroep {}", "Sportclub {}", "Kring De {}")
_NAMES = (
    "", "", " in [area]", " [area]", " [city]", " op [day]", " bij [group]", " van [host]", " in [place]", " De [noun]",
)  # fmt: skip
_PRACTICAL = (
    "Elke [day] om [hour] uur.", "Vraag naar [host].", "Wij zitten in [place].", "Er is plek voor [number] mensen.",
    "Ook voor mensen uit [city].", "U vindt ons in [area].", "[host] en [other] staan bij de deur.",
    "Wij doen dit al [number] jaar.", "Meer weten? Spreek [host] van [group] aan.",
)  # fmt: skip
_RARE = (
    "Deze maand gaat het over [noun] en [rare].", "Vorige keer hadden we [noun], nu [rare].", "Bekend van [rare].",
    "Neem gerust uw [noun] mee.",
)  # fmt: skip
_SLOT = re.compile(r"\[(\w+)\]")
_PROPER = re.compile(r"(De|Het) [A-Z]\w+$")
_SENTENCE = re.compile(r"(?<=[.!?]) ")

Template = tuple[tuple[str, bool], ...]
"""A text in parts: what stands there, or (with True) the name of what is filled in."""


class NoPublicFiles(Exception):
    """The real areas and postcodes are not on this machine."""


@dataclass(frozen=True)
class Place:
    """A building where offerings are."""

    name: str
    slug: str
    latitude: float
    longitude: float
    area: str


@dataclass(frozen=True)
class Spot:
    """One PC4: its point and how far its places lie around it (degrees), its buurten as (code, name)."""

    postcode: str
    city: str
    municipality: str
    municipality_name: str
    latitude: float
    longitude: float
    reach: float
    residents: float
    buurten: tuple[tuple[str, str], ...]

    @cached_property
    def places(self) -> tuple[Place, ...]:
        chance = random.Random(f"place {self.postcode}")
        return tuple(self._place(chance, number) for number in range(2 + int(self.residents / RESIDENTS_PER_PLACE)))

    @cached_property
    def groups(self) -> tuple[str, ...]:
        chance = random.Random(f"group {self.postcode}")
        own = [self.city, *(name for _, name in self.buurten)]
        names = [word.capitalize() for word in chance.choices(rare_words(), k=3 * len(self.places))]
        return tuple(chance.choice(_GROUPS).format(name) for name in names + own)

    def _place(self, chance: random.Random, number: int) -> Place:
        area = chance.choice(self.buurten)[1]
        called = chance.choice([area, rare_word(chance).capitalize(), chance.choice(_HOSTS)])
        return Place(
            name=chance.choice(_PLACES).format(called),
            slug=f"plek-{self.postcode}-{number}",
            latitude=round(self.latitude + chance.gauss(0, self.reach), 5),
            longitude=round(self.longitude + chance.gauss(0, 1.6 * self.reach), 5),
            area=area,
        )


@dataclass(frozen=True)
class Asker:
    """A real PC6 with its real point."""

    postcode: str
    latitude: float
    longitude: float
    neighborhood: str
    municipality: str


@dataclass(frozen=True)
class Country:
    """Where people live; raises NoPublicFiles when read where the public files are absent."""

    spots: tuple[Spot, ...]
    askers: tuple[Asker, ...]

    @classmethod
    def read(cls, folder: Path = DATA) -> "Country":
        if not folder.is_dir():
            raise NoPublicFiles(f"no public files at {folder}")
        askers = tuple(
            Asker(row["pc6"], float(row["lat"]), float(row["lon"]), row["buurtcode_2024"], row["gemeentecode"])
            for row in _rows(folder / "postcodes" / "pc6_steekproef_2023.csv.gz")
        )
        return cls(tuple(_spots(folder)), askers)

    def municipality_of(self, residents: int) -> "Country":
        """The one municipality whose number of residents comes nearest."""
        totals: dict[str, float] = defaultdict(float)
        for spot in self.spots:
            totals[spot.municipality] += spot.residents
        known = {asker.municipality for asker in self.askers}
        code = min(known & totals.keys(), key=lambda one: (abs(totals[one] - residents), one))
        return Country(
            tuple(spot for spot in self.spots if spot.municipality == code),
            tuple(asker for asker in self.askers if asker.municipality == code),
        )


def _spots(folder: Path) -> Iterator[Spot]:
    """Each PC4 that has residents, a point and buurten of 2024."""
    areas = {row["code"]: row for row in _rows(folder / "cbs-kerncijfers" / "kwb_2024_gemeente_wijk_buurt.csv.gz")}
    people = _rows(folder / "postcodes" / "pc4_inwoners_gebieden_2021.csv.gz")
    residents = {row["pc4"]: float(row["inwoners"] or 0) for row in people}
    inside: dict[str, list[Any]] = defaultdict(list)
    for row in _rows(folder / "postcodes" / "pc4_buurt_overlap_2024.csv.gz"):
        inside[row["pc4"]].append((-float(row["aandeel_pc4_opp"]), row["buurtcode"]))
    rows = [row for row in _rows(folder / "postcodes" / "pc4_geonames.csv.gz") if residents.get(row["pc4"])]
    points = np.array([(float(row["lat"]), float(row["lon"]) / 1.6) for row in rows])
    apart = np.array([np.partition(np.hypot(*(points - point).T), 2)[2] for point in points])
    for row, (latitude, _), reach in zip(rows, points.tolist(), apart.tolist(), strict=True):
        codes = [code for _, code in sorted(inside[row["pc4"]])[:8] if code in areas]
        if codes:
            home = areas[codes[0]]
            yield Spot(
                postcode=row["pc4"],
                city=row["plaats"],
                municipality=home["gemeentecode"],
                municipality_name=home["gemeentenaam"],
                latitude=latitude,
                longitude=float(row["lon"]),
                reach=max(0.002, reach / 3),
                residents=residents[row["pc4"]],
                buurten=tuple((code, areas[code]["naam"]) for code in codes),
            )


def _rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True)
class Source:
    """An offering of the demo, its texts with places and groups left open."""

    entry: Entry
    name: Template
    summary: tuple[Template, ...]
    description: tuple[Template, ...]
    keywords: tuple[str, ...]


class Generator:
    """Makes documents of the demo in the database, for dates to come from `day`."""

    def __init__(self, country: Country, day: date) -> None:
        self._country = country
        self._day = day
        self._sources = _sources(day)
        alike: dict[str, list[Source]] = defaultdict(list)
        for source in self._sources:
            alike[_main_need(source)].append(source)
        self._alike = alike
        self._practical = [_template(text) for text in _PRACTICAL]
        self._rare = [_template(text) for text in _RARE]
        self._after_name = [_template(text) for text in _NAMES]

    def documents(self, count: int, part: slice = slice(None)) -> Iterator[Document]:
        """A part of `count` documents: a municipality's together, as the index is built, in no order within it."""
        spots = self._country.spots
        residents = np.array([spot.residents for spot in spots])
        where = np.random.default_rng(SEED).choice(len(spots), count, p=residents / residents.sum())
        municipalities = np.unique([spot.municipality for spot in spots], return_inverse=True)[1]
        in_order = where[np.argsort(municipalities[where], kind="stable")]
        chance = random.Random(f"{SEED} {part.start}")
        for number, spot in enumerate(in_order[part].tolist(), start=part.start or 0):
            yield self._document(chance, spots[spot], str(number))

    def _document(self, chance: random.Random, spot: Spot, number: str) -> Document:
        source = chance.choice(self._sources)
        place = chance.choice(spot.places)
        dates = _moved(source.entry.dates, chance.randrange(7), chance.randrange(-3, 4))
        fill = _fill(chance, spot, place, dates)
        name, summary, description = self._texts(chance, source, fill)
        entry = replace(
            source.entry,
            id=str(UUID(int=chance.getrandbits(128), version=4)),
            slug=f"{source.entry.slug[:80]}-{number}",
            name="".join(name)[:80],
            summary="".join(summary)[:200],
            dates=dates,
            confirmations=self._confirmations(chance),
            is_full=chance.random() < FULL,
            **_where(source.entry, spot, place, fill["group"]),
        )
        texts = {
            "name": name,
            "keywords": source.keywords,
            "summary": summary,
            "organization": [entry.organization],
            "area": [entry.place, entry.city, entry.area],
            "description": description,
        }
        return catalogue.document_of(entry, _tokens(texts), day=self._day)

    def _texts(self, chance: random.Random, source: Source, fill: Mapping[str, str]) -> tuple[list[str], ...]:
        """Name, summary and description, in parts: of this offering or one that answers the same need."""
        alike = self._alike[_main_need(source)]
        name = chance.choice([source, chance.choice(alike)]).name + chance.choice(self._after_name)
        summary = [chance.choice(chance.choice([source, chance.choice(alike)]).summary), chance.choice(self._practical)]
        description = [chance.choice(chance.choice(alike).description) for _ in range(chance.randrange(2, 6))]
        description += [chance.choice(self._practical)]
        description += [chance.choice(self._rare)] if chance.random() < RARE_WORDS else []
        return _filled([name], fill), _filled(summary, fill), _filled(description, fill)

    def _confirmations(self, chance: random.Random) -> tuple[Confirmation, ...]:
        if chance.random() < UNCONFIRMED:
            return ()
        ago = int(chance.expovariate(1 / MEAN_DAYS_SINCE_CONFIRMED))
        return (Confirmation(self._day - timedelta(days=ago), chance.choice(Verification.Method.values)),)


def _main_need(source: Source) -> str:
    return source.entry.needs[0] if source.entry.needs else source.entry.kind


def _sources(day: date) -> list[Source]:
    """What can be found of the demo, with its own names left open."""
    from samenspel.people.models import Organization
    from samenspel.places.models import Area
    from samenspel.socialmap.models import MeetingPlace, Offering

    names: dict[str, str] = {}
    for model, slot in ((Area, "area"), (Organization, "group"), (MeetingPlace, "place")):
        for name in model._default_manager.values_list("name", flat=True):
            names[name] = f"[{slot}]"
            if called := _PROPER.search(name):
                names.setdefault(called[0], f"[{slot}]")
    known = re.compile(r"\b(" + "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)) + r")\b")
    texts = dict(Offering.objects.values_list("pk", "description"))

    def template(text: str) -> Template:
        return _template(known.sub(lambda found: names[found[0]], text))

    return [
        Source(
            entry,
            _template(entry.name) if entry.name in names else template(entry.name),
            tuple(map(template, _SENTENCE.split(entry.summary))),
            tuple(map(template, _SENTENCE.split(texts[UUID(entry.id)] or entry.summary))),
            tuple(catalogue._labels(entry)),
        )
        for entry in (Entry.from_json(document.entry) for document in catalogue.documents(day=day))
    ]


def _template(text: str) -> Template:
    parts = _SLOT.split(text)
    return tuple((part, bool(number % 2)) for number, part in enumerate(parts) if part)


def _filled(templates: Sequence[Template], fill: Mapping[str, str]) -> list[str]:
    """The parts of a text with the slots filled in, a space between sentences."""
    parts: list[str] = []
    for template in templates:
        parts += [" "] if parts else []
        parts += [fill[part] if is_slot else part for part, is_slot in template]
    return parts


def _tokens(texts: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The tokens of each field as `catalogue.texts_of` gives them, each part of a text analysed once."""
    found: dict[str, tuple[str, ...]] = {}
    known: set[str] = set()
    for field in catalogue.TEXT_WEIGHTS:
        tokens = dict.fromkeys(token for part in texts[field] for token in _analysed(part))
        found[field] = tuple(token for token in tokens if token not in known)
        known.update(tokens)
    return found


_analysed = lru_cache(maxsize=500_000)(analyse)


def _fill(chance: random.Random, spot: Spot, place: Place, dates: tuple[tuple[int, int], ...]) -> dict[str, str]:
    """What is filled in for one offering, by slot."""
    start = datetime.fromtimestamp(dates[0][0], ZONE) if dates else None
    return {
        "area": place.area,
        "city": spot.city,
        "group": chance.choice(spot.groups),
        "place": place.name,
        "host": chance.choice(_HOSTS),
        "other": chance.choice(_HOSTS),
        "day": _DAYS[start.weekday()] if start else "werkdag",
        "hour": str(start.hour if start else 9),
        "number": str(chance.randrange(3, 60)),
        "noun": rare_word(chance),
        "rare": rare_word(chance),
    }


def _where(source: Entry, spot: Spot, place: Place, group: str) -> dict[str, Any]:
    """The facts of an entry on its place and who does it; it has a point only where the offering of the demo has."""
    here = source.latitude is not None
    return {
        "municipality": spot.municipality,
        "organization": group,
        "place": place.name if here else "",
        "place_slug": place.slug if here else "",
        "city": spot.city if here else "",
        "area": place.area if here else spot.municipality_name,
        "latitude": place.latitude if here else None,
        "longitude": place.longitude if here else None,
        "serves": tuple(sorted(code for code, _ in spot.buurten)) if source.serves else (),
    }


@lru_cache(maxsize=100_000)
def _moved(dates: tuple[tuple[int, int], ...], days: int, hours: int) -> tuple[tuple[int, int], ...]:
    seconds = days * 86_400 + hours * 3_600
    return tuple((start + seconds, end + seconds) for start, end in dates)


@lru_cache(maxsize=1)
def rare_words() -> tuple[str, ...]:
    """Some 40,000 base forms of an open dictionary, in a fixed order without meaning."""
    dictionary = DEFAULT_DICTIONARY_FACTORY.get_dictionary("nl")
    forms = (form for form, lemma in dictionary.items() if form == lemma)
    words = sorted(
        form for form in forms if form.isascii() and form.isalpha() and form.islower() and 4 < len(form) < 12
    )
    return tuple(random.Random(SEED).sample(words, min(40_000, len(words))))


def rare_word(chance: random.Random) -> str:
    """One of them, by Zipf's law: the n-th as often as 1/n."""
    return rare_words()[int(len(rare_words()) ** chance.random()) - 1]
