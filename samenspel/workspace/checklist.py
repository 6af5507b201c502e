"""How far a new municipality is: each step with what there is, what is still to do, and how."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse

from samenspel.people.contacts import manned_teams
from samenspel.people.models import AreaContact, Organization, Recourse, Team, User
from samenspel.places.models import Area, AreaFigures, Postcode
from samenspel.socialmap.confirm import share_confirmed
from samenspel.socialmap.models import Entrance, MeetingPlace, Offering


@dataclass(frozen=True)
class Step:
    """One line of the checklist; what to do next is a page (`href`) or a command to type."""

    title: str
    said: str
    is_done: bool
    do: str
    href: str = ""
    command: str = ""


def checklist(municipality: str, *, at: datetime) -> list[Step]:
    """The steps in the order in which they are best done; about 20 short queries."""
    return [
        *_ground(municipality),
        *_map(municipality, at),
        *_people(municipality, at),
        _recourse(municipality),
        _confirmed(municipality, at),
    ]


def _ground(municipality: str) -> list[Step]:
    areas = Area.objects.newest().filter(municipality=municipality)
    districts, buurten = (areas.filter(kind=kind).count() for kind in (Area.Kind.DISTRICT, Area.Kind.NEIGHBORHOOD))
    figures = AreaFigures.objects.filter(area__municipality=municipality).values("area").distinct().count()
    postcodes = Postcode.objects.filter(municipality=municipality).count()
    return [
        Step(
            "Gebieden",
            f"{districts} wijken en {buurten} buurten.",
            bool(districts and buurten),
            "Lees de grenzen van het CBS in.",
            command="samenspel import areas gemeenten.geojson wijken.geojson buurten.geojson",
        ),
        Step(
            "Cijfers",
            f"Van {figures} gebieden kennen wij cijfers.",
            bool(figures),
            "Lees de kerncijfers van het CBS in.",
            command="samenspel import figures kerncijfers.csv",
        ),
        Step(
            "Postcodes",
            f"{postcodes} postcodes.",
            bool(postcodes),
            "Lees de postcodes in. Dan vindt een inwoner wat dichtbij is.",
            command="samenspel import postcodes postcodes.csv",
        ),
    ]


def _map(municipality: str, at: datetime) -> list[Step]:
    places = MeetingPlace.objects.filter(municipality=municipality).count()
    groups = Organization.objects.filter(municipality=municipality)
    offerings = Offering.objects.filter(municipality=municipality)
    visible = offerings.visible(at).count()
    imports = reverse("workspace:imports")
    return [
        Step(
            "Openbare gebouwen",
            f"{places} plekken.",
            bool(places),
            "Lees het bestand met stemlokalen in, of een eigen lijst met plekken.",
            href=imports,
            command="samenspel import places stemlokalen.csv",
        ),
        Step(
            "Organisaties en aanbod",
            f"{groups.count()} organisaties, waarvan {groups.listed().count()} ja zeiden. "
            f"Aanbod: {offerings.count()}, waarvan {visible} te zien.",
            bool(visible),
            "Lees uw lijst met aanbod in.",
            href=imports,
        ),
    ]


def _people(municipality: str, at: datetime) -> list[Step]:
    accounts = User.objects.filter(municipality=municipality, is_active=True).count()
    teams = Team.objects.filter(municipality=municipality).count()
    manned = manned_teams(municipality).count()
    all_districts, with_entrance, with_contact = _covered(municipality, at)
    set_up = reverse("workspace:set-up")
    return [
        Step(
            "Accounts",
            "1 account." if accounts == 1 else f"{accounts} accounts.",
            accounts > 1,
            "Maak een account voor elke collega.",
            command='samenspel account naam@gemeente.nl --name "Voornaam" --role team_member --generate',
        ),
        Step(
            "Teams",
            f"{teams} teams, waarvan {manned} met medewerkers.",
            bool(manned),
            "Maak een team en kies wie erin werkt.",
            href=f"{set_up}#teams",
        ),
        Step(
            "Een ingang per wijk",
            f"{with_entrance} van {all_districts} wijken.",
            0 < all_districts == with_entrance,
            "Kies per wijk de plek waar elke vraag welkom is.",
            href=f"{set_up}#gebieden",
        ),
        Step(
            "Contactpersonen",
            f"{with_contact} van {all_districts} wijken.",
            0 < all_districts == with_contact,
            "Zet per wijk een verbinder neer, met een vervanger.",
            href=f"{set_up}#gebieden",
        ),
    ]


def _recourse(municipality: str) -> Step:
    known = Recourse.objects.filter(municipality=municipality).count()
    return Step(
        "Hulp, klacht en bezwaar",
        f"{known} van {len(Recourse.Kind)}.",
        known == len(Recourse.Kind),
        "Zeg waar de cliëntondersteuner is. Zeg ook hoe iemand een klacht of bezwaar indient.",
        href=f"{reverse('workspace:set-up')}#hulp",
    )


def _confirmed(municipality: str, at: datetime) -> Step:
    share = share_confirmed(municipality=municipality, at=at)
    return Step(
        "Klopt dit?",
        f"{share.answered} van {share.asked} organisaties antwoordden binnen twee weken."
        if share.asked
        else "Nog geen vraag die twee weken oud is.",
        bool(share.answered),
        "Vraag de organisaties of hun gegevens kloppen.",
        href=reverse("workspace:confirmations"),
    )


def _covered(municipality: str, at: datetime) -> tuple[int, int, int]:
    """How many wijken there are, how many of them have an open ingang, and how many a contact, in every buurt."""
    entrances = Entrance.objects.filter(municipality=municipality, place__in=MeetingPlace.objects.open(at))
    districts = Area.objects.newest().filter(municipality=municipality, kind=Area.Kind.DISTRICT)
    return (
        districts.count(),
        _with(entrances, districts),
        _with(AreaContact.objects.filter(municipality=municipality), districts),
    )


def _with(rows: "QuerySet[Entrance] | QuerySet[AreaContact]", districts: QuerySet[Area]) -> int:
    """Of how many wijken the whole is served, by a row of the wijk itself or of what its buurten belong to.

    A row of the municipality as a whole does not count: it is what there is when nothing nearer was set.
    """
    codes = rows.exclude(area__kind=Area.Kind.MUNICIPALITY).values("area__code")
    buurten = Area.objects.newest().filter(kind=Area.Kind.NEIGHBORHOOD, parent__in=districts)
    served = Q(pk__in=buurten.filter(Q(code__in=codes) | Q(member_of__code__in=codes)).values("pk"))
    unserved = buurten.exclude(served)
    whole = Q(pk__in=buurten.values("parent")) & ~Q(pk__in=unserved.values("parent"))
    return districts.filter(Q(code__in=codes) | whole).count()
