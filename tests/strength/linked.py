"""Wijken, funded parties and links between organizations, as they stand in the store."""

from datetime import date
from typing import Any

import numpy as np
import shapely
from django.db.models import Model

from samenspel.audit.action import Actor, action, record
from samenspel.outcomes.models import HandoverLink
from samenspel.people.models import Organization
from samenspel.places.geometry import boundary_fields
from samenspel.places.models import Area
from samenspel.policy.models import AreaChallenge, ChallengePartner, FormOption, NeighborhoodNetwork
from samenspel.socialmap.models import Offering
from tests.people.rows import AT, BY, GM, an_area, an_organization
from tests.socialmap.rows import a_place, an_offering

BOX = boundary_fields(np.array([shapely.box(5.2, 52.5, 5.3, 52.6)]))[0]


def a_wijk(code: str = "WK990101", name: str = "Wijk 01 De Boomgaarden") -> tuple[Area, Area]:
    """A wijk and its one buurt, both with a boundary."""
    wijk = an_area(code, "district", name=name, **BOX)
    return wijk, an_area(f"BU{code[2:]}01", "neighborhood", parent=wijk, **BOX)


def a_party(name: str = "Stichting Welzijn", **facts: Any) -> Offering:
    """An offering in care of a funded foundation of professionals, at people's homes everywhere unless told."""
    kind, municipality = facts.pop("kind", "foundation"), facts.pop("municipality", GM)
    known = Organization.objects.filter(name=name, municipality=municipality).first()
    organization = known or an_organization(name=name, kind=kind, municipality=municipality)
    number = Offering.objects.count() + 1
    stated = {
        "name": f"Aanbod {number}",
        "themes": ["care"],
        "needs": ["carer_support"],
        "audiences": ["informal_carers"],
        "municipal_role": 3,
        "layer": 3,
        **facts,
    }
    return an_offering(organization=organization, municipality=municipality, **stated)


def held_in(
    buurt: Area, name: str = "Stichting Welzijn", *, host: Organization | None = None, **facts: Any
) -> Offering:
    """Such an offering at a place in a buurt."""
    place = a_place(name=f"Huis {name}", host=host)
    place.neighborhood = buurt
    plant(place)
    return a_party(name, delivery="at_place", place=place, **facts)


def handed_on(giver: Organization | None, receiver: Organization | None, quarter: str = "2026Q4") -> None:
    HandoverLink.objects.create(municipality=GM, quarter=quarter, giver=giver, receiver=receiver)


def a_network(*members: Organization, area: str = "WK990101") -> NeighborhoodNetwork:
    network = NeighborhoodNetwork(municipality=GM, area=area, name=f"Netwerk {area}")
    plant(network)
    network.members.set(members)
    return network


def a_challenge(*partners: Organization | str, title: str = "Prettig wonen", **facts: Any) -> AreaChallenge:
    """A wijkopgave of organizations, and of others by their name."""
    stated = {"municipality": GM, "area": "WK990101", "began_on": date(2026, 1, 5), **facts}
    challenge = AreaChallenge(title=title, **stated)
    plant(challenge)
    for partner in partners:
        organization = partner if isinstance(partner, Organization) else None
        plant(ChallengePartner(challenge=challenge, kind="welfare", name=str(partner), organization=organization))
    return challenge


def chosen(option: FormOption) -> None:
    """Make it chosen as the database holds it."""
    option.chosen_because = "Dichtbij inwoners."
    plant(option)


def plant(row: Model) -> None:
    """Put a row in the store as it is."""
    _plant(row=row, by=BY, at=AT)


@action
def _plant(*, row: Model, by: Actor, at: Any) -> None:
    row.save()
    record(action="plant", on=row, by=by, at=at, municipality=GM)
