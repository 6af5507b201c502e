"""Pages of wijknetwerken: who takes part, when it met and meets."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from samenspel.people.models import User
from samenspel.places.models import Area
from samenspel.policy.models import BlockEvidence, NeighborhoodNetwork, NetworkMeeting
from samenspel.policy.networks import members_of
from tests.handover.rows import a_team
from tests.people.rows import BY, ELSEWHERE, GM, an_area, an_organization
from tests.policy.block_rows import the_norms
from tests.policy.planted import AT, _plant
from tests.policy.test_networks import a_meeting
from tests.policy.wijk_rows import WIJK, a_network, a_wijk
from tests.socialmap.rows import a_place
from tests.workspace.accounts import signed_in

pytestmark = pytest.mark.django_db
BOX = {"longitude": 5.2, "latitude": 52.5, "west": 5.2, "south": 52.5, "east": 5.3, "north": 52.6}
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
    ("months", "days_ago", "said"),
    [
        (3, 10, "Opgeslagen. Dit telt mee voor het netwerk in de wijk."),
        (3, 200, "Opgeslagen. Dit telt niet mee: volgens de norm telt een bijeenkomst vanaf"),
        (None, 10, "Opgeslagen. De raad stelde nog niet vast hoe vaak een netwerk bij elkaar komt."),
    ],
    ids=["in time", "too long ago", "no norm"],
)
def test_a_meeting_is_said_to_count_only_where_it_does(months: int | None, days_ago: int, said: str):
    if months:
        the_norms(network={"months": months})
    a_network()
    on = timezone.localdate() - timedelta(days=days_ago)
    answer = signed_in("connector").post(f"{NETWORK}/bijeenkomst", {**HELD, "on": on.isoformat()}, follow=True)
    assert said in answer.content.decode()


def a_kern() -> None:
    """A village of two buurten, which has no row in the matrix."""
    west, east = (an_area(f"BU99010{n}01", "neighborhood", name="Buurt") for n in (8, 9))
    kern = an_area("KERN-RIET", "village", name="Rietdorp", boundary=b"x", **BOX)
    kern.members.set([west, east])


def test_a_network_begins_in_a_wijk_and_not_in_a_kern():
    a_kern()
    client = signed_in("connector")
    assert "Rietdorp" not in client.get(LIST).content.decode()
    assert "Begin een netwerk in een wijk." in client.get(f"{LIST}/rietdorp").content.decode()
    assert client.get(f"{LIST}/rietdorp/wijzigen").status_code == 404


def test_a_kern_that_has_a_network_keeps_it_and_hears_that_a_meeting_does_not_count():
    the_norms()
    a_kern()
    _plant(row=NeighborhoodNetwork(municipality=GM, area="KERN-RIET", name="Kring"), municipality=GM, by=BY, at=AT)
    given = {**HELD, "on": (timezone.localdate() - timedelta(days=10)).isoformat()}
    client = signed_in("connector")
    assert "Rietdorp" in client.get(LIST).content.decode()
    answer = client.post(f"{LIST}/rietdorp/bijeenkomst", given, follow=True)
    assert "Rietdorp is een kern: dit telt zelf niet mee." in answer.content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"on": "2099-01-01"}, "Wanneer kwam het netwerk bij elkaar: deze dag moet nog komen"),
        ({"on": "2016-01-01"}, "Wanneer kwam het netwerk bij elkaar: deze dag is meer dan een jaar geleden"),
        ({"organizations": "1"}, "Hoeveel organisaties waren er: een netwerk komt bij elkaar met twee of meer"),
        ({"organizations": "veel"}, "Hoeveel organisaties waren er: schrijf een getal als 8"),
        ({"next_on": "2026-11-01"}, "Volgende keer: de volgende keer komt na deze bijeenkomst"),
    ],
    ids=["to come", "ten years ago", "one organization", "no number", "next before"],
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


def test_who_works_in_the_wijk_is_led_to_who_is_still_alone_there():
    wijk, link = Area.objects.get(code=WIJK), "/werk/wijken/nog-zonder-verbinding?wijk=rietkoog"
    a_network()
    client = signed_in("connector")
    assert link not in client.get(NETWORK).content.decode()
    a_team("Team Noord", wijk, members=(User.objects.get(access_role="connector"),))
    assert link in client.get(NETWORK).content.decode()


def test_who_only_looks_sees_no_way_to_change():
    a_meeting(a_network())
    page = signed_in("clerk").get(NETWORK).content.decode()
    assert "19 november 2026" in page
    assert "ijzigen" not in page
    assert "opschrijven" not in page
