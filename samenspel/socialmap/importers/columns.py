"""The columns of each kind of file: their Dutch names, what they explain, and the words that may stand in them.

One list serves reading, the template to download and the messages about a line.
"""

from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from django.utils import translation

from samenspel.engine.dutch import fold
from samenspel.people.models import Organization
from samenspel.socialmap.models import Offering
from samenspel.socialmap.vocabulary import vocabulary
from samenspel.sources.vocabulary import Audience, PyramidLayer, Theme

KINDS = {"organizations": "organisaties", "offerings": "aanbod", "places": "plekken"}
"""The kinds of file with their Dutch names."""

YES_NO = {"ja": "yes", "nee": "no", "onbekend": "unknown", "niet bekend": "unknown", "j": "yes", "n": "no"}
CONSENT = "toestemming"


@dataclass(frozen=True)
class Column:
    """`fact` is the field of the facts that it states; `words` the Dutch words with the value each stands for."""

    name: str
    help: str
    example: str = ""
    fact: str = ""
    also: tuple[str, ...] = ()
    required: bool = False
    many: bool = False
    words: dict[str, str] = field(default_factory=dict)
    shown: tuple[str, ...] = ()
    """The words that are offered in the template; the others are understood too."""

    @cached_property
    def by_key(self) -> dict[str, str]:
        """The value of each word, by its key."""
        return {key_of(word): value for word, value in self.words.items()}


def key_of(text: str) -> str:
    """A name without capitals, accents, spaces and punctuation: what makes two names the same."""
    return "".join(sign for sign in fold(text) if sign.isalnum())


def _words(choices: type, **extra: str) -> dict[str, str]:
    """The Dutch label of each choice, and other words for it."""
    return {str(label): str(value) for value, label in choices.choices} | extra  # type: ignore[attr-defined]


def _choice(name: str, help: str, example: str, choices: type, *, extra: dict[str, str], **more: object) -> Column:
    return Column(
        name, help, example, words=_words(choices, **extra), shown=tuple(_words(choices)), **more  # type: ignore[arg-type]
    )  # fmt: skip


_ID = Column(
    "id", "Het nummer in uw eigen lijst. Daarmee vindt een volgende keer dezelfde regel terug.", "", also=("nummer",)
)
_ORGANIZATION_WORDS = {
    "club": "association", "geloofsgemeenschap": "faith_community", "kerk": "faith_community",
    "moskee": "faith_community", "onderneming": "business", "bewoners": "informal_group",
    "bewonersgroep": "informal_group", "informeel": "informal_group", "gemeente": "public_body",
    "overheid": "public_body", "publieke instelling": "public_body",
}  # fmt: skip
_CONSENT = Column(
    CONSENT,
    "De dag waarop de groep ja zei tegen vermelding, en hoe: telefoon, bezoek, link, brief of balie. "
    "Leeg: de groep is nog niet te vinden.",
    "12-10-2026 telefoon",
)
_CONTACT = (
    Column("telefoon", "Een telefoonnummer dat iedereen mag zien.", "0320-555 123", "phone", ("tel", "telefoonnummer")),
    Column(
        "e-mail", "Een e-mailadres dat iedereen mag zien.", "info@voorbeeld.example", "email", ("mail", "emailadres")
    ),
    Column("website", "Het adres van de website.", "https://www.voorbeeld.example", "website", ("site", "url")),
)
_YES_NO_UNKNOWN: dict[str, Any] = {"words": YES_NO, "shown": ("ja", "nee", "onbekend")}


@cache
def columns_of(kind: str) -> tuple[Column, ...]:
    """The columns of a kind of file, in the order of the template; their words are Dutch, whoever asks."""
    with translation.override("nl"):
        return {"organizations": _organizations, "offerings": _offerings, "places": _places}[kind]()


@cache
def column(kind: str, name: str) -> Column:
    """The column of this name."""
    return next(one for one in columns_of(kind) if one.name == name)


def _organizations() -> tuple[Column, ...]:
    return (
        _ID,
        Column("naam", "De naam van de organisatie of groep.", "Wandelclub De Ringdijk", "name", required=True),
        _choice("soort", "Wat voor organisatie het is.", "vereniging", Organization.Kind, extra=_ORGANIZATION_WORDS,
                fact="kind", required=True),
        Column("omschrijving", "Wie zij zijn en wat zij doen.", "Wij wandelen elke week.", "description"),
        Column("kvk-nummer", "8 cijfers. Een groep bewoners heeft er geen.", "", "kvk_number", ("kvk",)),
        *_CONTACT,
        Column("contactpersoon", "Wie de telefoon opneemt.", "Marijke", "contact_name"),
        Column("contact afschermen", "ja: alleen het team van de wijk ziet het contact.", "nee", "contact_shielded",
               words={"ja": "yes", "nee": "no"}, shown=("ja", "nee")),
        Column("postcode", "De postcode van de organisatie.", "1234 AB", "postcode"),
        _CONSENT,
    )  # fmt: skip


def _places() -> tuple[Column, ...]:
    return (
        _ID,
        Column("naam", "De naam van het gebouw of de plek.", "Het Peilhuis", "name", required=True),
        Column("adres", "Straat en huisnummer.", "Dorpsstraat 1", also=("straat en huisnummer",)),
        Column("straat", "De straat, als die in een eigen kolom staat.", "", "street"),
        Column("huisnummer", "Het huisnummer, als dat in een eigen kolom staat.", "", "house_number"),
        Column("postcode", "De postcode. Zonder breedtegraad en lengtegraad bepaalt die het punt op de kaart.",
               "1234 AB", "postcode"),
        Column("plaats", "Het dorp of de stad.", "Markerdam", "city", ("woonplaats",)),
        Column("breedtegraad", "Graden, zoals 52,551.", "", "latitude", ("lat", "latitude")),
        Column("lengtegraad", "Graden, zoals 5,252.", "", "longitude", ("lon", "lng", "longitude")),
        Column("omschrijving", "Wat er te vinden is.", "Een buurthuis met een grote zaal.", "description"),
        *(column for column in _CONTACT if column.fact != "email"),
        Column("drempelvrij", "Kan iemand met een rolstoel naar binnen?", "ja", "step_free", ("toegankelijk",),
               **_YES_NO_UNKNOWN),
        Column("aangepast toilet", "Is er een toilet voor rolstoelen?", "onbekend", "accessible_toilet",
               ("toilet", "mindervalidentoilet"), **_YES_NO_UNKNOWN),
        Column("ringleiding", "Is er een ringleiding voor wie slecht hoort?", "onbekend", "hearing_loop",
               **_YES_NO_UNKNOWN),
        Column("toegang", "Wat iemand moet weten om binnen te komen.", "De ingang is achterom.", "access_note"),
    )  # fmt: skip


def _offerings() -> tuple[Column, ...]:
    return (
        _ID,
        Column("naam", "Hoe het heet, hoogstens 80 tekens.", "Dinsdagommetje", "name", required=True),
        _choice("soort", "Wat het is.", "activiteit", Offering.Kind, fact="kind", required=True,
                extra={"initiatief": "initiative", "hulp": "provision", "voorziening": "provision"}),
        Column("samenvatting", "In één of twee zinnen, hoogstens 200 tekens.", "Samen een rondje lopen.", "summary",
               required=True),
        Column("omschrijving", "Alles wat iemand meer wil weten.", "Na afloop drinken wij koffie.", "description"),
        Column("organisatie", "De naam van wie het organiseert.", "Wandelclub De Ringdijk", "organization",
               ("aanbieder", "organisator"), required=True),
        _choice("soort organisatie", "Alleen nodig voor een nieuwe organisatie.", "vereniging", Organization.Kind,
                extra=_ORGANIZATION_WORDS),
        _CONSENT,
        _choice("waar", "Leeg betekent: op de plek die er staat.", "op een vaste plek", Offering.Delivery,
                fact="delivery", extra={"op een plek": "at_place", "plek": "at_place", "thuis": "at_home",
                                        "haalt op": "fetched", "online": "remote", "telefoon": "remote",
                                        "telefonisch": "remote"}),
        Column("plek", "De naam van het gebouw of de plek.", "Het Peilhuis", "place", ("locatie", "gebouw")),
        Column("adres", "Straat en huisnummer van de plek.", "Dorpsstraat 1"),
        Column("postcode", "De postcode van de plek.", "1234 AB"),
        Column("plaats", "Het dorp of de stad van de plek.", "Markerdam", also=("woonplaats",)),
        Column("gebied", "Voor welke wijken of kernen het is. Leeg: voor iedereen in de gemeente.", "", "serves",
               ("wijk", "wijken"), many=True),
        Column("dag", "Wanneer het is: elke dinsdag, om de week op woensdag, eerste maandag van de maand, "
               "werkdagen, of één datum als 12-10-2026.", "elke dinsdag", "rrule", ("dagen", "wanneer")),
        Column("vanaf", "De eerste dag, als dd-mm-jjjj.", "06-10-2026", "starts_on", ("startdatum", "begindatum")),
        Column("tot en met", "De laatste dag, als dd-mm-jjjj.", "", "until", ("einddatum",)),
        Column("begintijd", "Zoals 10:00.", "10:00", "starts", ("van", "begin", "starttijd")),
        Column("eindtijd", "Zoals 11:30.", "11:30", "ends", ("tot", "einde")),
        Column("in schoolvakanties", "Gaat het door in de schoolvakantie?", "nee", "skips_school_holidays",
               words={"ja": "no", "nee": "yes"}, shown=("ja", "nee")),
        Column("op feestdagen", "Gaat het door op feestdagen?", "nee", "skips_public_holidays",
               words={"ja": "no", "nee": "yes"}, shown=("ja", "nee")),
        Column("thema", "Waar het over gaat; meer met een komma ertussen.", "bewegen en gezondheid", "themes",
               ("themas",), many=True, words=_words(Theme), shown=tuple(_words(Theme))),
        Column("behoefte", "Wat iemand nodig heeft die dit zoekt; meer met een komma ertussen.", "", "needs",
               ("behoeften",), many=True, words=_needs(), shown=tuple(_needs())),
        _choice("doelgroep", "Voor wie het is; meer met een komma ertussen.", "iedereen", Audience, fact="audiences",
                many=True, also=("doelgroepen",),
                extra={"senioren": "older_people", "jeugd": "teenagers", "nieuwkomers": "newcomers",
                       "statushouders": "newcomers", "gezinnen": "parents"}),
        Column("leeftijd vanaf", "De laagste leeftijd, in jaren.", "", "minimum_age", ("minimumleeftijd",)),
        Column("leeftijd tot en met", "De hoogste leeftijd, in jaren.", "", "maximum_age", ("maximumleeftijd",)),
        Column("kosten", "gratis, vrijwillige bijdrage, onbekend of een bedrag als € 2,50.", "€ 2,50", "cost_kind",
               ("prijs", "bedrag")),
        Column("kosten uitleg", "Per wat, en korting.", "per keer, met koffie", "cost_note",
               ("toelichting kosten", "kosten toelichting")),
        Column("drempelvrij", "Kan iemand met een rolstoel meedoen?", "ja", "step_free", ("toegankelijk",),
               **_YES_NO_UNKNOWN),
        Column("talen", "Welke talen men er spreekt: nl, en, ar.", "nl", "languages", ("taal",), many=True,
               words=_LANGUAGES),
        Column("alleen komen", "Is het fijn voor wie alleen komt?", "ja", "alone_welcome", **_YES_NO_UNKNOWN),
        _choice("aanmelden", "Moet iemand zich aanmelden?", "aanmelden hoeft niet", Offering.SignUp, fact="sign_up",
                extra={"nee": "none", "niet nodig": "none", "mag": "welcome", "ja": "required",
                       "verplicht": "required"}),
        Column("eerste contact", "Wie iemand de eerste keer ontvangt.", "Marijke, gastvrouw", "first_contact"),
        *_CONTACT,
        Column("aantal plaatsen", "Voor hoeveel mensen er plaats is.", "", "capacity", ("capaciteit",)),
        Column("vrijwilligers gezocht", "Zoekt men vrijwilligers?", "nee", "volunteers_wanted",
               words={"ja": "yes", "nee": "no"}, shown=("ja", "nee")),
        Column("laag", "1 buurtgenoten, 2 vrijwilligers, 3 professionals, 4 specialistische zorg.", "", "layer",
               words={str(layer.value): str(layer.value) for layer in PyramidLayer},
               shown=tuple(str(layer.value) for layer in PyramidLayer)),
        Column("start op", "De dag waarop het voor het eerst bestaat; alleen voor iets nieuws.", "", "active_from"),
    )  # fmt: skip


def _needs() -> dict[str, str]:
    return {need.label: need.key for need in vocabulary().needs.values()}


_LANGUAGES = {
    "nederlands": "nl", "engels": "en", "arabisch": "ar", "turks": "tr", "pools": "pl", "oekraïens": "uk",
    "tigrinya": "ti", "farsi": "fa", "duits": "de", "frans": "fr", "spaans": "es", "somalisch": "so",
    "papiaments": "pap", "koerdisch": "ku", "berbers": "ber", "gebarentaal": "dse",
}  # fmt: skip
