"""A corner of the municipality with a team, and the forms that a resident fills in."""

import re
from uuid import uuid4

from django.test import Client

from samenspel.people.actions import set_team
from samenspel.people.facts import TeamFacts
from samenspel.people.models import AccessRole, Team, User
from samenspel.places.models import Area, Postcode
from tests.frontdoor.conftest import BY, HOME
from tests.people.rows import a_contact, an_area

PLACE = "1291AA"
SECRET = "zebrapadgeheim"


def a_neighborhood() -> Area:
    """A buurt with a postcode, in a wijk and a municipality that each have their contact; one elsewhere without."""
    whole = an_area(HOME, "municipality", name="Markerwaard", latitude=52.55, longitude=5.25)
    district = an_area("WK990101", "district", parent=whole)
    buurt = an_area("BU99010101", "neighborhood", parent=district)
    away = an_area("BU99020101", "neighborhood", municipality="GM9902")
    for code, area in ((PLACE, buurt), ("1391AA", away)):
        Postcode.objects.create(
            municipality=area.municipality, code=code, place_name="Zeestede", longitude=5.25, latitude=52.55,
            neighborhood=area, source="test",
        )  # fmt: skip
    a_contact(whole, name="Infopunt", phone="0320-55 50 10")
    a_contact(district, name="Gülsen", phone="0320-55 51 01")
    return buurt


def a_team(at: object, *areas: Area, name: str = "Wijkteam Centrum") -> Team:
    """A team in which one person works."""
    who = {"name": "Lianne", "municipality": HOME, "access_role": AccessRole.TEAM_MEMBER}
    member, _ = User.objects.get_or_create(email="lianne@example.nl", defaults=who)
    facts = TeamFacts(name=name, phone="0320-55 52 00", areas=areas, members=(member,))
    return set_team(municipality=HOME, facts=facts, by=BY, at=at)


def told(**changes: str) -> dict[str, str]:
    """What the second form sends."""
    return {
        "kenmerk": str(uuid4()),
        "taal": "nl",
        "voor": "mijzelf",
        "plaats": PLACE,
        "vraag": f"Ik kom de deur niet uit {SECRET}",
        "manier": "bellen",
        "bereik": "0320-55 53 00",
        "naam": "An",
        "bericht": "nee",
        "tijd": "dinsdagmorgen",
        "dagen": "30",
        **changes,
    }


def started(client: Client, **changes: str):
    return client.post("/vraag/", {"verder": "1", "voor": "mijzelf", "plaats": PLACE, **changes})


def sent(client: Client, **changes: str) -> str:
    """Leave a question; the page with its card."""
    response = client.post("/vraag/versturen", told(**changes))
    assert response.status_code == 200
    return response.content.decode()


def code_on(page: str) -> str:
    found = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page)
    assert found, "no code on the page"
    return found[0]
