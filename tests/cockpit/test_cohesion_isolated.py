"""Who is alone, for who works in the wijk: the wijken of one's own teams and no others."""

from typing import Any

import pytest
from django.test import Client

from samenspel.people.models import AccessRole, User
from samenspel.places.models import Area
from samenspel.socialmap.wijk import wijken
from samenspel.strength.permissions import own_wijken
from tests.handover.rows import a_team
from tests.people.rows import ELSEWHERE, GM, a_contact, an_area
from tests.strength.linked import BOX, a_network, a_party, a_wijk, held_in
from tests.workspace.accounts import an_account, signed_in

pytestmark = pytest.mark.django_db
URL = "/werk/wijken/nog-zonder-verbinding"
NAME = "Koor Zonder Buren"


def a_connector(*areas: Area, role: str = "connector") -> Client:
    client = signed_in(role)
    a_team("Team West", *areas, members=(User.objects.get(access_role=role),))
    return client


def a_choir(buurt: Area, name: str = NAME) -> Any:
    return held_in(buurt, name, kind="association", themes=["create"]).organization


def test_it_names_who_is_alone_in_the_own_wijk_and_whom_to_invite_them_to():
    wijk, buurt = a_wijk()
    a_choir(buurt)
    one, other = a_party("Een").organization, a_party("Twee").organization
    network = a_network(one, other)
    text = a_connector(wijk).get(URL).content.decode()

    assert "1 van de 3 organisaties" in text
    assert NAME in text
    assert "Vereniging" in text
    assert f"Nodig hen uit voor {network.name}" in text


def test_another_wijk_is_not_found_and_not_offered():
    wijk, _buurt = a_wijk()
    _other, elsewhere = a_wijk("WK990102", "Wijk 02 De Slikken")
    a_choir(elsewhere)
    client = a_connector(wijk)

    assert client.get(f"{URL}?wijk=de-slikken").status_code == 404
    text = client.get(URL).content.decode()
    assert NAME not in text
    assert "De Slikken" not in text
    assert "nog geen organisatie op de kaart" in text


def test_one_chooses_between_ones_own_wijken():
    wijk, _buurt = a_wijk()
    other, elsewhere = a_wijk("WK990102", "Wijk 02 De Slikken")
    a_choir(elsewhere)
    client = a_connector(wijk, other)

    assert NAME not in client.get(f"{URL}?wijk=de-boomgaarden").content.decode()
    assert NAME in client.get(f"{URL}?wijk=de-slikken").content.decode()


@pytest.mark.parametrize(
    ("mail", "name"), [("Mark@x.example", "Mark"), ("elders@x.example", "Bo")], ids=["by e-mail", "by name"]
)
def test_it_begins_with_the_wijk_where_one_is_the_contact(mail: str, name: str):
    wijk, _buurt = a_wijk()
    other, elsewhere = a_wijk("WK990102", "Wijk 02 De Slikken")
    a_choir(elsewhere)
    client = signed_in("connector", email="mark@x.example", name="Bo")
    a_team("Team West", wijk, other, members=(User.objects.get(name="Bo"),))
    assert NAME not in client.get(URL).content.decode()

    a_contact(other, name=name, email=mail)
    assert NAME in client.get(URL).content.decode()


def test_where_everybody_is_linked_it_says_so():
    wijk, _buurt = a_wijk()
    a_network(a_party("Een").organization, a_party("Twee").organization)

    assert "Van elke organisatie in De Boomgaarden kennen wij een verbinding." in (
        a_connector(wijk).get(URL).content.decode()
    )


def test_who_is_in_no_team_sees_no_name():
    _wijk, buurt = a_wijk()
    a_choir(buurt)
    text = signed_in("connector").get(URL).content.decode()

    assert "U werkt nog niet in een team met een wijk." in text
    assert NAME not in text


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("connector", 200),
        ("prevention_worker", 200),
        ("team_member", 403),
        ("policy_adviser", 403),
        ("subsidy_adviser", 403),
        ("administrator", 403),
        ("advisory_council", 403),
        ("clerk", 403),
        ("partner", 403),
    ],
)
def test_policy_knows_how_many_but_not_which(role: AccessRole, status: int):
    assert signed_in(role).get(URL).status_code == status


def test_a_wijk_is_own_by_its_code_or_when_all_its_buurten_are():
    wijk, buurt = a_wijk()
    a_wijk("WK990102", "Wijk 02 De Slikken")
    _third, split = a_wijk("WK990103", "Wijk 03 De Kade")
    an_area("BU99010302", "neighborhood", parent=_third, **BOX)
    area = an_area("TEAM-WEST", "working_area")
    area.members.add(buurt, split)
    user = an_account("connector")
    team = a_team("Team West", area, members=(user,))

    def own() -> list[str]:
        return [one.area.code for one in own_wijken(user, wijken(GM))]

    assert own() == ["WK990101"]
    assert wijk.code == "WK990101"
    team.areas.clear()
    assert own() == ["WK990101", "WK990103", "WK990102"]


def test_a_team_of_elsewhere_gives_no_wijk_here():
    a_wijk()
    user = an_account("connector", municipality=ELSEWHERE)
    a_team("Team Ver", members=(user,))

    assert own_wijken(user, wijken(GM)) == ()
