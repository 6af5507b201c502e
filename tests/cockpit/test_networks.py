"""Pages of wijknetwerken: who takes part, when it met and meets."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from samenspel.policy.models import BlockEvidence, NeighborhoodNetwork, NetworkMeeting
from samenspel.policy.networks import members_of
from tests.people.rows import ELSEWHERE, an_organization
from tests.policy.test_networks import a_meeting
from tests.policy.wijk_rows import a_network, a_wijk
from tests.socialmap.rows import a_place
from tests.workspace.accounts import signed_in

pytestmark = pytest.mark.django_db
LIST = "/werk/wijken/netwerk"
NETWORK = f"{LIST}/rietkoog"
HELD = {"on": "2026-11-19", "organizations": "6", "agreed": "Samen een poster.", "next_on": ""}


@pytest.fixture(autouse=True)
def _wijk() -> None:
    a_wijk()


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_network_begins_with_its_members_and_next_date():
    here, away = an_organization(name="Soos"), an_organization(name="Bibliotheek")
    a_place(name="De Koogschuur", host=here, latitude=52.55, longitude=5.265)
    client = signed_in("connector")
    assert "Rietkoog heeft nog geen netwerk." in client.get(NETWORK).content.decode()
    page = client.get(f"{NETWORK}/wijzigen").content.decode()
    assert re.search(rf'type="checkbox" name="members" value="{here.pk}"', page)
    assert re.search(rf'<option value="{away.pk}"', page)

    given = {"name": "Koogkring", "members": [str(here.pk)], "others": [str(away.pk)], "next_on": "2099-01-08"}
    client.post(f"{NETWORK}/wijzigen", given)
    network = NeighborhoodNetwork.objects.get()
    assert members_of(network) == [away, here]
    assert "Volgende keer: donderdag 8 januari 2099." in client.get(NETWORK).content.decode()
    again = client.get(f"{NETWORK}/wijzigen").content.decode()
    assert len(re.findall(r'name="members"[^>]*checked', again)) == 2


def test_a_meeting_is_written_down_corrected_and_taken_back():
    a_network()
    client = signed_in("policy_adviser")
    assert client.post(f"{NETWORK}/bijeenkomst", HELD)["Location"] == NETWORK
    assert "19 november 2026 Samen een poster. 6 organisaties" in words(client.get(NETWORK).content.decode())
    path = f"{LIST}/bijeenkomst/{NetworkMeeting.objects.get().pk}"
    client.post(path, {**HELD, "on": "2026-11-18"})
    assert [row.on.isoformat() for row in BlockEvidence.objects.all()] == ["2026-11-18"]

    assert "Deze bijeenkomst was er niet" in client.get(path).content.decode()
    client.post(f"{path}/weg")
    assert not NetworkMeeting.objects.exists()
    assert not BlockEvidence.objects.exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"on": "2099-01-01"}, "Wanneer kwam het netwerk bij elkaar: deze dag moet nog komen"),
        ({"organizations": "1"}, "Hoeveel organisaties waren er: een netwerk komt bij elkaar met twee of meer"),
        ({"organizations": "veel"}, "Hoeveel organisaties waren er: schrijf een getal als 8"),
        ({"next_on": "2026-11-01"}, "Volgende keer: de volgende keer komt na deze bijeenkomst"),
    ],
    ids=["to come", "one organization", "no number", "next before"],
)
def test_a_meeting_that_cannot_be_is_said_by_field_and_nothing_is_kept(given: dict[str, str], said: str):
    a_network()
    answer = signed_in("connector").post(f"{NETWORK}/bijeenkomst", {**HELD, **given})
    assert (answer.status_code, said in answer.content.decode()) == (400, True)
    assert not NetworkMeeting.objects.exists()
    assert not BlockEvidence.objects.exists()


def test_the_list_says_of_every_wijk_when_it_met_and_whether_the_next_day_passed():
    a_wijk("WK990107", "Ganzewaard")
    yesterday = timezone.localdate() - timedelta(days=1)
    a_meeting(a_network(next_on=yesterday), next_on=yesterday)
    text = words(signed_in("team_member").get(LIST).content.decode())

    assert "Ganzewaard geen netwerk niet bekend" in text
    assert re.search(r"Rietkoog 19 november 2026 \d+ \w+ 20\d\d voorbij", text)


def test_a_wijk_that_is_not_there_or_elsewhere_is_not_found():
    a_wijk("WK990206", "Overkant", municipality=ELSEWHERE)
    meeting = a_meeting(a_network("WK990206", municipality=ELSEWHERE))
    client = signed_in("connector")
    paths = ["overkant", "overkant/wijzigen", "overkant/bijeenkomst", "nergens", f"bijeenkomst/{meeting.pk}"]

    assert [client.get(f"{LIST}/{path}").status_code for path in paths] == [404] * 5
    assert "Overkant" not in client.get(LIST).content.decode()


def test_a_meeting_of_a_wijk_without_a_network_is_not_there():
    assert signed_in("connector").get(f"{NETWORK}/bijeenkomst").status_code == 404


def test_who_only_looks_sees_no_way_to_change():
    a_meeting(a_network())
    page = signed_in("clerk").get(NETWORK).content.decode()
    assert "19 november 2026" in page
    assert "ijzigen" not in page
    assert "opschrijven" not in page
