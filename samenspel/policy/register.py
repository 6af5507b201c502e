"""The entry of the role advice in the national register of algorithms, made from the rules and the framework in force.

Fields, order and longest texts are those of the Publicatiestandaard Algoritmeregister 1.0 of the ministry of the
interior. A person of the municipality looks it over before it is handed in.
"""

from dataclasses import dataclass
from datetime import datetime

from samenspel.engine.frameworks import Framework
from samenspel.engine.roles.facts import DECIDING, FACTS
from samenspel.engine.roles.rules import RULES
from samenspel.engine.roles.schema import in_words, outcome_words
from samenspel.people.contacts import contact_for
from samenspel.places.models import Area
from samenspel.policy.frameworks import framework_in_force
from samenspel.policy.models import FrameworkVersion

STANDARD = "1.0"
_LAW = ("Gemeentewet, artikel 108 en 160", "https://wetten.overheid.nl/BWBR0005416")
_SHORT, _LONG, _LONGEST = 350, 2_500, 5_000
OPEN = "nog in te vullen door de gemeente"


@dataclass(frozen=True)
class Field:
    """One field: its key and Dutch name in the standard, its group there, and what it says ("" where nothing)."""

    group: str
    key: str
    label: str
    value: str
    most: int = _LONG

    def __post_init__(self) -> None:
        if len(self.value) > self.most:
            raise ValueError(f"{self.key}: {len(self.value)} characters, {self.most} at most")


def entry(municipality: str, *, address: str) -> tuple[Field, ...]:
    """The fields of a municipality; `address` is where its public page stands."""
    framework, home = framework_in_force(municipality), _name_of(municipality)
    versions = FrameworkVersion.objects.filter(municipality=municipality, published_at__isnull=False)
    first: datetime | None = versions.order_by("number").values_list("published_at", flat=True).first()
    return (
        *_general(municipality, home, first, address),
        *_responsible(framework),
        *_working(framework),
        Field("Metagegevens", "lang", "Taal", "nld"),
        Field("Metagegevens", "standard_version", "Versie publicatiestandaard", STANDARD),
        Field("Metagegevens", "source_id", "Bron-ID", f"samenspel-roladvies-{municipality.lower()}", 100),
        Field("Metagegevens", "tags", "Zoektermen", "sociale basis, rol van de gemeente, denkkader, subsidie"),
    )


def as_data(fields: tuple[Field, ...]) -> dict[str, object]:
    """By the keys of the standard; references to law and tests as lists of title and link."""
    found: dict[str, object] = {field.key: field.value for field in fields}
    return found | {
        "category": [found["category"]],
        "lawful_basis_grouping": [{"title": _LAW[0], "link": _LAW[1]}],
        "impacttoetsen_grouping": [],
    }


def _general(municipality: str, home: str, first: datetime | None, address: str) -> tuple[Field, ...]:
    group = "Algemene informatie"
    contact = contact_for(None, municipality=municipality)
    return (
        Field(group, "name", "Naam", "Roladvies sociale basis", 100),
        Field(
            group,
            "description_short",
            "Korte omschrijving",
            "Dit algoritme helpt de gemeente om haar rol te kiezen bij een activiteit van bewoners. Een medewerker "
            "beantwoordt vragen. Vaste regels maken daar een advies van, met de reden erbij. Een mens beslist.",
            _SHORT,
        ),
        Field(group, "organization", "Organisatie", f"Gemeente {home}", 100),
        Field(group, "category", "Thema", "Organisatie en bedrijfsvoering"),
        Field(group, "status", "Status", "In gebruik" if first else "In ontwikkeling"),
        Field(group, "begin_date", "Begindatum", f"{first:%Y-%m}" if first else "", 7),
        Field(group, "contact_email", "Contactgegevens", (contact.email if contact else "") or OPEN, 500),
        Field(group, "website", "Link naar publiekspagina", address, 500),
        Field(group, "publication_category", "Publicatiecategorie", "Overige algoritmes"),
    )


def _responsible(framework: Framework) -> tuple[Field, ...]:
    group = "Verantwoord gebruik"
    return (
        Field(
            group,
            "goal",
            "Doel en impact",
            "Het doel is dat de gemeente haar rol bewust kiest, en in gelijke gevallen gelijk. Het advies gaat over "
            "een activiteit of voorziening, nooit over een persoon. Groepen merken het als zij steun vragen. Zij "
            "kunnen bij de gemeente opvragen welk advies er was en waarom. Het is geen besluit over subsidie of over "
            "een voorziening.",
        ),
        Field(
            group,
            "proportionality",
            "Afwegingen",
            "Zonder vaste regels hangt de rol af van wie er beslist. Met vaste regels is elke stap te controleren. "
            "Een nadeel is dat regels niet alles zien. Daarom mag een mens afwijken, met een reden. Wat niet bekend "
            "is, telt nooit als nee. Een recht van een inwoner gaat altijd voor. Het alternatief was elk geval los "
            "bekijken; dat geeft ongelijke uitkomsten. Een zelflerend model past niet: dat kan zijn reden niet noemen.",
        ),
        Field(
            group,
            "human_intervention",
            "Menselijke tussenkomst",
            "Het algoritme adviseert alleen. Het college of een functie met mandaat beslist. Bij elk besluit staat wie "
            "besloot en waar dat te lezen is. Wie afwijkt van het advies, schrijft op waarom. Een reden om opnieuw te "
            "kijken opent alleen een herziening. Geen rol verandert vanzelf.",
        ),
        Field(
            group,
            "risks",
            "Risicobeheer",
            "Een verkeerd antwoord geeft een verkeerd advies. Daarom staat bij elk antwoord wie het gaf en waaruit het "
            "blijkt. Het advies noemt wat nog ontbreekt en welk antwoord het zou veranderen. Gelijke gevallen staan "
            "ernaast. Vóór een nieuwe versie van het kader laat het systeem zien welke zaken een ander advies krijgen. "
            "De adviesraad leest elke versie; wat daarna nog verandert, staat erbij. Alle combinaties van antwoorden "
            "zijn vooraf doorgerekend en getest.",
        ),
        Field(
            group,
            "lawful_basis",
            "Wettelijke basis",
            "De gemeente regelt haar eigen zaken, en het college doet het dagelijks bestuur. Welke rol de gemeente "
            f"kiest, is beleid. Dat staat in: {framework.title} ({framework.of}, versie {framework.version}). "
            "Wat een wet al regelt, blijft zoals die wet het regelt.",
        ),
        Field(group, "lawful_basis_grouping", "Verwijzingen wettelijke basis", f"{_LAW[0]}: {_LAW[1]}"),
        Field(group, "process_index_url", "Link naar verwerkingsregister", "", 500),
        Field(group, "impacttoetsen_grouping", "Impacttoetsen", ""),
        Field(
            group,
            "impacttoetsen",
            "Toelichting op impacttoetsen",
            "Het algoritme gebruikt geen persoonsgegevens. Daarom is er voor het advies zelf geen DPIA gedaan. "
            "Of een IAMA nodig is, beslist de gemeente.",
        ),
    )


def _working(framework: Framework) -> tuple[Field, ...]:
    group = "Werking"
    return (
        Field(
            group,
            "source_data",
            "Gegevens",
            f"{len(FACTS)} vragen over de activiteit, elk met ja, nee of niet bekend, en wie dat zei (een functie, "
            "nooit een naam). Daarnaast getallen, zoals deelnemers en kosten. Geen persoonsgegevens, geen gegevens uit "
            "de basisregistratie, en geen gegevens om van te leren.",
        ),
        Field(group, "methods_and_models", "Technische werking", _method(framework), _LONGEST),
        Field(group, "provider", "Leverancier", "Samenspel (open broncode, EUPL-1.2)", 200),
        Field(group, "publiccode", "Link naar broncode", "", 500),
    )


def _method(framework: Framework) -> str:
    """How it works, with every rule in order of weight and every threshold with its day."""
    names = (framework.part("rule", rule.id) for rule in RULES)
    rules = [
        f"{number}. {part.name}: {outcome_words(rule.speaks_for.key, framework)[0].partition(':')[0].lower()} "
        f"({part.source})"
        for number, (rule, part) in enumerate(zip(RULES, names, strict=True), 1)
    ]
    thresholds = [f"{each.text or in_words(each)} Vanaf {each.since}." for each in framework.thresholds]
    lines = [
        f"Niet zelflerend: een vaste tabel. {len(DECIDING)} vragen bepalen de uitkomst, elk met drie antwoorden: "
        f"{3 ** len(DECIDING):,} combinaties.".replace(",", "."),
        f"Voor elke combinatie zoekt het systeem de eerste van {len(RULES)} regels die geldt. Die regel beslist. "
        "Dezelfde antwoorden geven altijd hetzelfde advies.",
        "De regels, in volgorde:",
        *rules,
        *(["Drempels die van een getal een antwoord maken:", *thresholds] if thresholds else []),
    ]
    text = "\n".join(lines)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 2].rpartition("\n")[0] + "\n…"


def _name_of(municipality: str) -> str:
    areas = Area.objects.filter(municipality=municipality, kind=Area.Kind.MUNICIPALITY).order_by("-year")
    return areas.values_list("name", flat=True).first() or municipality
