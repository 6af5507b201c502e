"""One block in one wijk, opened: for anyone, and at work with what one can do."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samenspel.audit.action import Actor, action, record
from samenspel.audit.models import AuditEvent
from samenspel.people.actions import withdraw_listing
from samenspel.people.models import AccessRole
from samenspel.places.models import Area
from samenspel.policy.blocks import refresh
from samenspel.policy.evidence import note_none_found
from samenspel.policy.models import BlockEvidence, BlockNorm, BlockState
from samenspel.sources.vocabulary import Theme
from tests.people.rows import AT, BY, ELSEWHERE, GM, a_contact, an_area, an_organization
from tests.policy.block_rows import ALL_DAY, EAST, IN_WEST, WEST, a_confirmed, a_meeting_place, a_town, the_norms
from tests.policy.planted import _plant
from tests.policy.wijk_rows import a_gap_action, a_network
from tests.socialmap.rows import a_place, tuesdays
from tests.workspace.accounts import signed_in

pytestmark = pytest.mark.django_db
PLACES = "/raad/wijk/west/3"
NETWORK = "/raad/wijk/west/4"
AT_WORK = "/werk/wijken/west/3"
LOOKED = f"{AT_WORK}/gekeken"


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages read the clock; it stands still on the day of the rows."""
    monkeypatch.setattr(timezone, "now", lambda: AT)


@pytest.fixture(autouse=True)
def _town() -> None:
    a_town()
    the_norms()


def words(path: str = PLACES, client: Client | None = None) -> str:
    answer = (client or Client()).get(path)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def judged(at: datetime = AT) -> None:
    refresh(municipality=GM, by=BY, at=at)


@action
def _without_norms(*, by: Actor, at: datetime) -> None:
    row = BlockNorm.objects.latest("since")
    BlockNorm.objects.all().delete()
    record(action="plant", on=row, by=by, at=at, municipality=GM)


def test_a_present_cell_shows_norm_figures_and_the_record_it_rests_on():
    a_meeting_place(**IN_WEST)
    judged()
    text = words()

    assert "Aanwezig 100 % van de inwoners woont dichtbij genoeg, en er is genoeg." in text
    assert "De norm van de raad: Voor 80 % van de inwoners is er een ontmoetingsplek binnen 800 meter." in text
    assert "100 % Van een plek die ook op een avond open is. Gemeten in een rechte lijn." in text
    assert "gemiddeld 65 uur per week iets open binnen bereik" in text
    assert "In de wijk Het Peilhuis Stichting Het Peilhuis 65 uur per week open, ook op een avond Bevestigd op" in text
    assert "Telt niet mee" not in text
    assert "Wij zien niet hoeveel mensen komen" in text
    assert 'href="/plek/het-peilhuis"' in Client().get(PLACES).content.decode()
    assert 'href="/en/plek/het-peilhuis"' in Client().get(f"/en{PLACES}").content.decode()


def test_the_themes_that_too_few_people_have_nearby_are_named_with_their_share():
    place = a_place(**IN_WEST)
    for theme in ("meet", "move"):
        a_confirmed(
            name=f"Iets met {theme}", themes=[theme], delivery="at_place", place=place,
            organization=an_organization(name=f"Groep {theme}"),
        )  # fmt: skip
    judged()
    text = words("/raad/wijk/west/2")
    lacking = text.split("Te weinig inwoners hebben dit dichtbij: ")[1].split(". ")[0]

    assert "geld en papieren (0 % van de inwoners)" in lacking
    assert str(Theme.MEET.label) not in lacking
    assert "Te weinig inwoners hebben dit dichtbij" not in words("/raad/wijk/oost/2"), "where nothing is known"


def test_a_place_without_an_evening_says_that_the_evening_falls_short():
    a_meeting_place(**IN_WEST, hours=[{**line, "closes": "17:00"} for line in ALL_DAY])
    judged()
    assert "hebben dit dichtbij: iets wat op een avond open is (0 % van de inwoners)." in words()


def test_a_school_shows_the_hours_of_what_is_there_for_everyone():
    school = a_meeting_place(host=an_organization(name="De Rietvink", kind="school"), **IN_WEST)
    a_confirmed(delivery="at_place", place=school, schedules=[tuesdays()])
    judged()
    assert "1,5 uur per week iets voor iedereen" in words()
    assert "uur per week open" not in words()


def test_what_is_too_old_can_be_called_about_first():
    a_meeting_place(**IN_WEST, confirmed=datetime(2020, 3, 2, 12, tzinfo=UTC))
    judged()
    assert "Bel of dit nog klopt" in words().split("Wat zou kunnen helpen")[1]


def test_what_is_too_old_is_named_with_the_reason_that_it_does_not_count():
    a_meeting_place(**IN_WEST, confirmed=datetime(2020, 3, 2, 12, tzinfo=UTC))
    judged()
    text = words()

    assert "Onbekend Wat wij weten, is te lang geleden bevestigd. Onbekend is iets anders dan ontbreken." in text
    assert "In de wijk zelf staat niets wat meetelt. Telt niet mee Het Peilhuis" in text
    assert "Bevestigd op 2 maart 2020 Dat is 12 maanden geleden of meer. Het telt dus niet mee." in text


def test_what_was_never_confirmed_is_said_so():
    a_meeting_place(**IN_WEST, confirmed=None)
    judged()
    assert "Nog nooit bevestigd Het telt dus nog niet mee." in words()


def test_many_records_are_all_there_and_most_of_them_unfold():
    for number in range(13):
        a_confirmed(name=f"Koffie {number:02}", themes=["meet"],
                    organization=an_organization(name=f"Groep {number}"), delivery="at_place",
                    place=a_place(name=f"Huis {number}", **IN_WEST))  # fmt: skip
    judged()
    text = words("/raad/wijk/west/2")
    assert "Toon nog 3 , In de wijk Koffie 10" in text
    assert "Koffie 12" in text
    assert "Ontmoeten Bevestigd op" in text


def test_looking_and_finding_nothing_makes_it_missing_with_how_somebody_looked():
    note_none_found(municipality=GM, area=WEST, block=4, on=date(2026, 11, 2), note="Rondgebeld.", by=BY, at=AT)
    judged()
    text = words(NETWORK)
    assert "Ontbreekt Iemand keek en vond niets." in text
    assert "Iemand keek en vond niets. 2 november 2026 Rondgebeld." in text


def test_the_network_shows_its_members_and_when_it_meets_next():
    a_network(area=WEST, members=(an_organization(name="Soos De Waard"),), next_on=date(2099, 1, 8))
    judged()
    text = words(NETWORK)
    assert "Koogkring. De volgende afspraak is op 8 januari 2099. Wie meedoen: Soos De Waard" in text


def test_an_organization_that_is_not_listed_any_more_is_named_nowhere():
    stays, goes = an_organization(name="Soos De Waard"), an_organization(name="Koor Weg")
    a_network(area=WEST, members=(stays, goes))
    for one in (stays, goes):
        a_gap_action(f"Actie van {one.name[:4]}", area=WEST, block=4, organization=one)
    for code, one in ((WEST, stays), (EAST, goes)):
        a_contact(Area.objects.get(code=code), name="Gülsen", organization=one)
    withdraw_listing(organization=goes, by=BY, at=AT)
    judged()
    text = " ".join(map(words, (NETWORK, "/raad/wijk/west/5", "/raad/wijk/oost/5")))

    assert "Wie meedoen: Soos De Waard" in text
    assert "Verbinder, Soos De Waard Moet klaar zijn" in text
    assert "verbinder, Soos De Waard." in text
    assert "Koor Weg" not in text


def test_of_handovers_only_the_quarter_is_told():
    row = BlockEvidence(municipality=GM, area=WEST, block=4, kind="to_informal", on=date(2026, 7, 1))
    _plant(row=row, municipality=GM, by=BY, at=AT)
    text = words(NETWORK)
    assert "Professionals gaven vragen door aan vrijwilligers of een groep. Kwartaal 3 van 2026" in text
    assert "1 juli 2026" not in text


def test_the_verbinder_is_named_with_hours():
    hours = [{"weekday": 0, "opens": "09:00", "closes": "17:00", "note": ""}]
    a_contact(Area.objects.get(code=WEST), name="Gülsen", hours=hours)
    judged()
    assert "Gülsen , verbinder. Te bereiken op ma 09:00-17:00." in words("/raad/wijk/west/5")
    assert "Deze wijk heeft geen eigen verbinder." in words("/raad/wijk/oost/5")


def test_what_could_help_is_named_with_its_distance_and_promises_nothing():
    a_meeting_place(name="Kantine De Kade", longitude=5.255, latitude=52.55, hours=[], host=None, confirmed=None)
    judged()
    text = words()
    assert "Het zou kunnen helpen; niemand vroeg het nog. Kantine De Kade Een plek met misschien ruimte" in text
    assert re.search(r"2\.\d{3} meter van het midden van de wijk, in een rechte lijn", text)


def test_what_is_done_about_it_stands_there_with_day_and_money():
    a_gap_action("Zaal openen op zondag", area=WEST, amount=2_500)
    a_gap_action("Sleutel regelen", area=WEST, amount=0)
    a_gap_action("In Oost", area=EAST)
    text = words()
    assert "Zaal openen op zondag gepland Verbinder Moet klaar zijn op 1 december 2026. 2.500 euro." in text
    assert "Moet klaar zijn op 1 december 2026. Kost niets." in text
    assert "In Oost" not in text


def test_what_it_was_before_is_kept():
    a_meeting_place(**IN_WEST, confirmed=AT)
    judged(AT)
    judged(AT + timedelta(days=800))
    text = words()
    assert "onbekend Zo is het sinds" not in text
    assert "aanwezig van 21 november 2026 tot 29 januari 2029" in text


def test_without_a_norm_the_page_says_that_nothing_can_be_said():
    _without_norms(by=BY, at=AT)
    text = words()
    assert "De raad stelde nog niet vast wat hier genoeg is." in text
    assert "De cijfers" not in text


@pytest.mark.parametrize(
    "path", ["/raad/wijk/west/6", "/raad/wijk/west/0", "/raad/wijk/nergens/1", "/raad/wijk/kern/1"]
)
def test_a_block_or_wijk_that_does_not_exist_and_a_kern_are_not_found(path: str):
    an_area("KE990101", "village", name="Kern")
    assert Client().get(path).status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_records():
    a_meeting_place(**IN_WEST)
    a_gap_action(area=WEST, organization=an_organization(name="Groep"))
    judged()
    words()
    with CaptureQueriesContext(connection) as few:
        words()
    for number in range(5):
        a_meeting_place(name=f"Huis {number}", **IN_WEST)
        a_gap_action(f"Actie {number}", area=WEST, organization=an_organization(name=f"Groep {number}"))
    with CaptureQueriesContext(connection) as many:
        words()
    assert len(many) == len(few) <= 25


def test_free_text_of_a_club_stays_text():
    a_meeting_place(name="<script>alert(1)</script>", **IN_WEST)
    judged()
    assert "<script>alert" not in Client().get(PLACES).content.decode()


def test_at_work_the_same_cell_leads_to_an_action_and_to_having_looked():
    client = signed_in("connector")
    page = client.get(AT_WORK).content.decode()
    assert 'href="/werk/wijken/acties/nieuw?wijk=west&amp;bouwsteen=3"' in page
    assert f'href="{LOOKED}"' in page
    assert "De norm van de raad" in words(AT_WORK, client)
    assert LOOKED not in signed_in("clerk").get(AT_WORK).content.decode()


def test_saying_that_one_looked_makes_it_missing_at_once():
    client = signed_in("policy_adviser")
    judged()
    page = client.get(LOOKED).content.decode()
    assert "Onbekend is iets anders dan ontbreken." in page
    answer = client.post(LOOKED, {"on": "2026-11-02", "note": "Rondgelopen."})

    assert answer["Location"] == AT_WORK
    row = BlockState.objects.get(area=WEST, block=3, until=None)
    assert (row.state, row.why) == ("missing", "looked_and_none")
    assert AuditEvent.objects.filter(action="note_none_found").count() == 1
    assert "Opgeslagen: u keek in West en vond niets." in words(AT_WORK, client)


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"on": "2099-01-01", "note": ""}, "Wanneer keek u: deze dag is nog niet geweest"),
        ({"on": "gisteren", "note": ""}, "Wanneer keek u: dit is geen datum"),
        ({"on": "", "note": ""}, "Wanneer keek u: vul dit in"),
    ],
    ids=["a day to come", "no date", "no day"],
)
def test_what_cannot_be_is_refused_by_field_and_nothing_is_written(given: dict[str, str], error: str):
    answer = signed_in("connector").post(LOOKED, given)
    assert answer.status_code == 400
    assert error in answer.content.decode()
    assert not BlockEvidence.objects.exists()


def test_the_matrix_at_work_shows_what_must_be_done_soon():
    today = AT.date()
    a_gap_action("Te laat", area=WEST, due_on=today - timedelta(days=3))
    a_gap_action("Binnenkort", area=WEST, due_on=today + timedelta(days=20))
    a_gap_action("Volgend jaar", area=WEST, due_on=today + timedelta(days=300))
    text = words("/werk/wijken/", signed_in("clerk"))
    assert "Acties die nu af moeten 2" in text
    assert "Te laat 3 dagen te laat" in text
    assert "Volgend jaar" not in text


def test_another_municipality_sees_its_own_wijken_only():
    client = signed_in("policy_adviser", municipality=ELSEWHERE)
    assert client.get(AT_WORK).status_code == 404
    assert client.post(LOOKED, {"on": "2026-11-02"}).status_code == 404
    assert "Er zijn nog geen wijken ingelezen." in words("/werk/wijken/", client)


@pytest.mark.parametrize("role", AccessRole.values)
def test_every_role_that_sees_blocks_has_wijken_in_its_menu(role: str):
    client = signed_in(role)
    sees = client.get("/werk/wijken/").status_code == 200
    assert ('href="/werk/wijken/"' in client.get("/werk/").content.decode()) == sees
