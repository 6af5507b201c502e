"""The figures of an area: one table from the columns of CBS to keys, labels and units.

A key that an area lacks is unknown: CBS leaves small numbers out, and some tables write zero as empty.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class FigureKind(StrEnum):
    """What sort of number a figure is: how it may be shown, added up and checked."""

    COUNT = "count"
    PERCENTAGE = "percentage"
    DISTANCE = "distance"
    MONEY = "money"
    RATE = "rate"
    AVERAGE = "average"
    SCALE = "scale"
    POSTCODE = "postcode"


@dataclass(frozen=True)
class Figure:
    """One figure: its key, Dutch label and unit, and the column names that carry it."""

    key: str
    label: str | Promise
    unit: str | Promise
    kind: FigureKind
    columns: tuple[str, ...]


class FigureInvalid(ValueError):
    """A cell that is no figure of its kind; the message says why in Dutch."""


_PEOPLE, _HOMES = _("inwoners"), _("woningen")
_KILOMETRE, _HECTARE, _PERCENT = "km", "ha", "%"
_EURO = "€ 1.000"
_PER_1000 = _("per 1.000 inwoners")

FIGURES = (
    Figure("residents", _("Inwoners"), _PEOPLE, FigureKind.COUNT, ("inwoners",)),
    Figure("residents_0_to_14", _("Inwoners tot 15 jaar"), _PEOPLE, FigureKind.COUNT, ("inwoners_0_15",)),
    Figure("residents_65_and_over", _("Inwoners van 65 jaar en ouder"), _PEOPLE, FigureKind.COUNT,
           ("inwoners_65plus",)),
    Figure("men", _("Mannen"), _PEOPLE, FigureKind.COUNT, ("mannen",)),
    Figure("women", _("Vrouwen"), _PEOPLE, FigureKind.COUNT, ("vrouwen",)),
    Figure("households", _("Huishoudens"), _("huishoudens"), FigureKind.COUNT, ("huishoudens",)),
    Figure("household_size", _("Personen per huishouden"), _("personen"), FigureKind.AVERAGE,
           ("gem_huishoudensgrootte", "Avg household size")),
    Figure("one_person_households_percentage", _("Eenpersoonshuishoudens"), _PERCENT, FigureKind.PERCENTAGE,
           ("Single-person households (%)",)),
    Figure("under_15_percentage", _("Jonger dan 15 jaar"), _PERCENT, FigureKind.PERCENTAGE,
           ("pct_0_14", "Under 15 years (%)")),
    Figure("15_to_24_percentage", _("15 tot 25 jaar"), _PERCENT, FigureKind.PERCENTAGE,
           ("pct_15_24", "15-24 years (%)")),
    Figure("25_to_44_percentage", _("25 tot 45 jaar"), _PERCENT, FigureKind.PERCENTAGE,
           ("pct_25_44", "25-44 years (%)")),
    Figure("45_to_64_percentage", _("45 tot 65 jaar"), _PERCENT, FigureKind.PERCENTAGE,
           ("pct_45_64", "45-64 years (%)")),
    Figure("65_and_over_percentage", _("65 jaar en ouder"), _PERCENT, FigureKind.PERCENTAGE,
           ("pct_65plus", "65+ years (%)")),
    Figure("widowed_percentage", _("Verweduwd"), _PERCENT, FigureKind.PERCENTAGE, ("Widowed (%)",)),
    Figure("homes", _("Woningen"), _HOMES, FigureKind.COUNT, ("woningvoorraad", "woningen")),
    Figure("home_value_thousands", _("Gemiddelde WOZ-waarde"), _EURO, FigureKind.MONEY,
           ("woz_x1000", "Avg WOZ value (x€1k)")),
    Figure("owner_occupied_percentage", _("Koopwoningen"), _PERCENT, FigureKind.PERCENTAGE,
           ("koopwoningen_pct", "koop_pct", "Owner-occupied (%)")),
    Figure("single_family_homes_percentage", _("Eengezinswoningen"), _PERCENT, FigureKind.PERCENTAGE,
           ("eengezinswoning_pct", "Single-family homes (%)")),
    Figure("social_housing_percentage", _("Woningen van een corporatie"), _PERCENT, FigureKind.PERCENTAGE,
           ("Social housing (%)",)),
    Figure("income_per_resident_thousands", _("Inkomen per inwoner"), _EURO, FigureKind.MONEY,
           ("inkomen_per_inwoner_x1000", "Avg income per inhabitant (x€1k)")),
    Figure("low_income_persons_percentage", _("Personen met een laag inkomen"), _PERCENT, FigureKind.PERCENTAGE,
           ("pct_personen_laag_inkomen", "Bottom-40% income share (%)")),
    Figure("high_income_persons_percentage", _("Personen met een hoog inkomen"), _PERCENT, FigureKind.PERCENTAGE,
           ("pct_personen_hoog_inkomen", "Top-20% income share (%)")),
    Figure("low_income_households_percentage", _("Huishoudens met een laag inkomen"), _PERCENT, FigureKind.PERCENTAGE,
           ("Low income threshold (%)",)),
    Figure("social_minimum_percentage", _("Huishoudens onder of rond het sociaal minimum"), _PERCENT,
           FigureKind.PERCENTAGE, ("At-or-below social minimum (%)",)),
    Figure("labour_participation_percentage", _("Mensen met betaald werk"), _PERCENT, FigureKind.PERCENTAGE,
           ("netto_arbeidsparticipatie_pct", "Labour participation (%)")),
    Figure("higher_education_percentage", _("Mensen met hbo of universiteit"), _PERCENT, FigureKind.PERCENTAGE,
           ("pct_hbo_wo", "High education (%)")),
    Figure("good_health_percentage", _("Mensen die hun gezondheid goed noemen (RIVM)"), _PERCENT, FigureKind.PERCENTAGE,
           ("goed_ervaren_gezondheid_pct",)),
    Figure("social_assistance_per_1000", _("Mensen met bijstand"), _PER_1000, FigureKind.RATE,
           ("Bijstand recipients (per 1k)",)),
    Figure("social_support_per_1000", _("Mensen met hulp uit de Wmo"), _PER_1000, FigureKind.RATE,
           ("Wmo care clients (per 1k)",)),
    Figure("youth_care_percentage", _("Jongeren met jeugdzorg"), _PERCENT, FigureKind.PERCENTAGE,
           ("Youth welfare (%)",)),
    Figure("crimes_per_1000", _("Misdrijven in 12 maanden (politie)"), _PER_1000, FigureKind.RATE,
           ("misdrijven_per_1000_12mnd",)),
    Figure("distance_to_doctor_km", _("Afstand tot de huisarts"), _KILOMETRE, FigureKind.DISTANCE,
           ("afstand_huisarts_km", "Distance to GP (km)")),
    Figure("distance_to_supermarket_km", _("Afstand tot de supermarkt"), _KILOMETRE, FigureKind.DISTANCE,
           ("afstand_supermarkt_km", "Distance to supermarket (km)")),
    Figure("distance_to_school_km", _("Afstand tot de basisschool"), _KILOMETRE, FigureKind.DISTANCE,
           ("afstand_school_km", "Distance to school (km)")),
    Figure("distance_to_daycare_km", _("Afstand tot de kinderopvang"), _KILOMETRE, FigureKind.DISTANCE,
           ("Distance to daycare (km)",)),
    Figure("schools_within_3_km", _("Basisscholen binnen 3 km"), _("scholen"), FigureKind.AVERAGE,
           ("scholen_binnen_3km", "Schools within 3km")),
    Figure("density_per_km2", _("Inwoners per km²"), _("per km²"), FigureKind.AVERAGE, ("bevolkingsdichtheid_km2",)),
    Figure("address_density", _("Adressen in de omgeving"), _("per km²"), FigureKind.AVERAGE,
           ("adressendichtheid", "Address density (per km²)")),
    Figure("urbanity", _("Stedelijkheid (1 is het meest stedelijk)"), _("klasse"), FigureKind.SCALE,
           ("stedelijkheid_1_5", "Degree of urbanisation (1–5)")),
    Figure("area_ha", _("Oppervlakte"), _HECTARE, FigureKind.COUNT, ("opp_totaal_ha",)),
    Figure("land_ha", _("Land"), _HECTARE, FigureKind.COUNT, ("opp_land_ha",)),
    Figure("water_ha", _("Water"), _HECTARE, FigureKind.COUNT, ("opp_water_ha",)),
    Figure("main_postcode", _("Meest voorkomende postcode"), "", FigureKind.POSTCODE, ("meest_voorkomende_pc4",)),
)  # fmt: skip

BY_KEY = {figure.key: figure for figure in FIGURES}
BY_COLUMN = {column: figure for figure in FIGURES for column in figure.columns}

_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")
_UNKNOWN = ("", ".")  # CBS writes a dot for "unknown, insufficiently reliable or secret"
_HIGHEST = {FigureKind.PERCENTAGE: 100, FigureKind.SCALE: 5}


def parse_value(figure: Figure, cell: str) -> int | float | str | None:
    """The value of one cell, or None when it is unknown; raises FigureInvalid.

    Counts are whole numbers, the other kinds have a point as decimal sign; nothing is below 0.
    """
    if cell in _UNKNOWN:
        return None
    if not _NUMBER.fullmatch(cell):
        comma = "; gebruik een punt in plaats van een komma" if "," in cell else ""
        raise FigureInvalid(f"{cell[:40]!r} is geen getal{comma}")
    if figure.kind is FigureKind.POSTCODE:
        return _postcode(cell)
    number = float(cell)
    if number < 0:
        raise FigureInvalid(f"{cell} is lager dan 0")
    if (highest := _HIGHEST.get(figure.kind)) and number > highest:
        raise FigureInvalid(f"{cell} is hoger dan {highest}")
    if figure.kind is FigureKind.COUNT and not number.is_integer():
        raise FigureInvalid(f"{cell} is geen geheel getal")
    return int(number) if number.is_integer() else number


def _postcode(cell: str) -> str:
    digits = cell.removesuffix(".0")
    if not re.fullmatch("[1-9][0-9]{3}", digits):
        raise FigureInvalid(f"{cell!r} is geen postcode van vier cijfers")
    return digits
