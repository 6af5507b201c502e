"""The page of a wijk: one place to walk in, one person, this week, and your right to help of your own."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from icalendar import Calendar

from samenspel.people.actions import set_area_contact, set_recourse
from samenspel.people.facts import ContactFacts, RecourseFacts
from samenspel.people.models import AreaContact
from samenspel.places.models import Area
from samenspel.socialmap.actions import change_meeting_place
from samenspel.socialmap.entrances import EntranceFacts, set_entrance
from samenspel.socialmap.facts import PlaceFacts
from samenspel.socialmap.listing import withdraw_listing
from tests.frontdoor import conftest
from tests.frontdoor.conftest import BY, HOME, Corner

CENTRE = "/wijk/markerwaard/markerwaard-centrum"


@pytest.fixture
def settled(corner: Corner) -> Corner:
    """The corner with its place in the buurt, an ingang there, a deputy, and all ways to stand up for yourself."""
    now = datetime.now(UTC)
    district = Area.objects.get(code="WK990101")
    hours = [{"weekday": day, "opens": "09:30", "closes": "12:00", "note": ""} for day in (0, 2)]
    facts = EntranceFacts(place=corner.place, host="Truus, gastvrouw", phone="0320-55 53 01", hours=hours)
    set_entrance(area=district, facts=facts, by=BY, at=now)
    contact = ContactFacts(
        name="Gülsen", job_title="connector", phone="0320-55 51 01", deputy_name="Bart", deputy_phone="0320-55 51 02"
    )
    set_area_contact(area=district, facts=contact, by=BY, at=now)
    for kind in ("client_support", "complaint", "objection"):
        recourse = RecourseFacts(kind=kind, name=f"Steunpunt {kind}", text="Wij helpen u.", phone="0320-55 52 01")
        set_recourse(municipality=HOME, facts=recourse, by=BY, at=now)
    return corner


def test_a_wijk_says_where_to_walk_in_when_and_who_is_there(client: Client, settled: Corner):
    page = client.get(CENTRE).content.decode()

    assert "Het Peilhuis" in page
    assert "Westersingel 22" in page
    assert "Hier ontvangt u: Truus, gastvrouw." in page
    assert "Maandag en woensdag: 9.30 tot 12.00 uur" in page
    assert 'href="tel:0320555301"' in page


def test_a_wijk_names_its_connector_and_who_stands_in(client: Client, settled: Corner):
    page = client.get(CENTRE).content.decode()

    assert "Gülsen" in page
    assert "Bel dan Bart:" in page
    assert 'href="tel:0320555102"' in page


def test_a_remark_about_the_hours_is_marked_as_dutch_on_an_english_page(client: Client, settled: Corner):
    contact = AreaContact.objects.get(area__code="WK990101")
    hours = [{"weekday": 0, "opens": "09:00", "closes": "12:00", "note": "niet in de vakantie"}]
    set_area_contact(
        area=contact.area, facts=replace(ContactFacts.of(contact), hours=hours), by=BY, at=datetime.now(UTC)
    )

    assert '<span lang="nl">(niet in de vakantie)</span></li>' in client.get(f"/en{CENTRE}").content.decode()


def test_from_a_wijk_a_question_is_left_with_its_place_filled_in(client: Client, settled: Corner):
    form = client.get(CENTRE).content.decode().split('action="/vraag/">')[1].split("</form>")[0]
    place = re.search(r'name="plaats" value="([^"]+)"', form)[1]

    page = client.post("/vraag/", {"plaats": place}).content.decode()

    assert re.search(rf'id="plaats" name="plaats"[^>]* value="{place}"', page)
    assert 'id="fouten"' not in page


def test_a_wijk_has_seven_days_with_what_happens_where(client: Client, settled: Corner):
    week = client.get(CENTRE).content.decode().split('class="samenspel-week__days"')[1].split("</ol>")[0]

    assert week.count('class="samenspel-week__name"') == 7
    assert week.count("Niets bekend") == 6
    assert f'href="/aanbod/{settled.walking.slug}"' in week
    assert "10.00 - 11.30" in week
    assert "Het Peilhuis" in week


def test_a_wijk_numbers_its_places_as_its_map_does(client: Client, settled: Corner):
    page = client.get(CENTRE).content.decode()

    assert re.search(r'samenspel-number" aria-hidden="true">1</span><span><a [^>]*>Het Peilhuis</a>', page)
    assert 'data-name="1: Het Peilhuis" data-href="/plek/' in page


def test_a_wijk_leads_to_paper_agenda_themes_and_independent_help(client: Client, settled: Corner):
    page = client.get(CENTRE).content.decode()

    assert f'href="{CENTRE}/gids"' in page
    assert f'href="{CENTRE}/poster"' in page
    assert f'href="{CENTRE}/agenda.ics"' in page
    assert 'href="/zoeken?thema=eat&amp;plaats=Markerwaard-Centrum"' in page
    assert "Steunpunt client_support" in page
    assert 'href="/hulp-en-recht"' in page


def test_a_wijk_without_ingang_person_or_places_says_so(client: Client, corner: Corner):
    buurt = Area.objects.get(code="BU99010101")
    Area.objects.create(code="WK990102", kind=Area.Kind.DISTRICT, name="Wijk 02 Leegveld", **_where(buurt))
    page = client.get("/wijk/markerwaard/leegveld").content.decode()

    assert "Hier is nog geen vaste plek om binnen te lopen." in page
    assert "Wij kennen hier nog geen plek waar mensen samenkomen." in page
    assert "Wij weten van niets in de komende zeven dagen." in page
    assert "Infopunt" in page  # who answers for the whole municipality
    assert "/poster" not in page


@pytest.mark.parametrize(
    "path", ["/wijk/markerwaard/bestaat-niet", "/wijk/elders/markerwaard-centrum", "/wijk/elders/elders-centrum"]
)
def test_a_wijk_that_is_not_here_is_not_there(client: Client, corner: Corner, path: str):
    assert client.get(path).status_code == 404
    assert client.get(f"{path}/agenda.ics").status_code == 404


def test_all_wijken_stand_in_one_list_with_a_map(client: Client, settled: Corner):
    page = client.get("/wijken").content.decode()

    assert f'href="{CENTRE}">Markerwaard-Centrum</a>' in page
    assert "Het Peilhuis" in page
    assert "Elders" not in page
    assert 'data-name="1: Markerwaard-Centrum"' in page
    assert f'href="{CENTRE}"' not in client.get("/").content.decode()
    assert 'href="/wijken"' in client.get("/").content.decode()


def test_the_list_of_wijken_is_honest_before_anything_was_imported(client: Client, db: None):
    assert "staan hier nog niet" in client.get("/wijken").content.decode()


def test_an_agenda_gives_every_coming_time_by_the_clock_of_amsterdam(client: Client, settled: Corner):
    response = client.get(f"{CENTRE}/agenda.ics")
    events = Calendar.from_ical(response.content).walk("VEVENT")
    walking = [event for event in events if event["SUMMARY"] == "Wandelmaatje"]

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert 7 <= len(walking) <= 8
    assert {event.start.strftime("%a %H:%M") for event in walking} == {"Tue 10:00"}
    assert {str(event.start.tzinfo) for event in walking} == {"Europe/Amsterdam"}
    assert walking[0]["LOCATION"] == "Het Peilhuis, Westersingel 22, Zeestede"
    assert walking[0]["URL"].endswith(f"/aanbod/{settled.walking.slug}")


def test_an_event_keeps_its_name_so_that_no_calendar_shows_it_twice(client: Client, settled: Corner):
    first, second = (_uids(client.get(f"{CENTRE}/agenda.ics").content) for _ in range(2))

    assert first == second
    assert len(first) == len(set(first)) > 0


def test_a_group_that_takes_its_yes_back_is_gone_from_page_and_agenda(client: Client, settled: Corner):
    withdraw_listing(organization=settled.withdrawn, by=BY, at=datetime.now(UTC))

    assert settled.walking.name not in client.get(CENTRE).content.decode()
    assert b"Wandelmaatje" not in client.get(f"{CENTRE}/agenda.ics").content


def test_an_offering_has_an_agenda_of_its_own(client: Client, corner: Corner):
    response = client.get(f"/aanbod/{corner.walking.slug}.ics")

    assert {str(event["SUMMARY"]) for event in Calendar.from_ical(response.content).walk("VEVENT")} == {"Wandelmaatje"}
    assert client.get(f"/aanbod/{corner.elsewhere.slug}.ics").status_code == 404


def test_a_kern_of_the_same_buurten_as_a_wijk_has_one_page(client: Client, corner: Corner):
    buurt = Area.objects.get(code="BU99010101")
    kern = Area.objects.create(code="KERN-X", kind=Area.Kind.VILLAGE, name="Kern", **_where(buurt))
    kern.members.add(buurt)

    assert ">Kern</a>" not in client.get("/wijken").content.decode()


def test_a_wijk_takes_a_constant_number_of_queries_and_no_cookie(
    client: Client, settled: Corner, django_assert_max_num_queries
):
    client.get("/")
    for number in range(8):
        now, name = datetime.now(UTC), f"Nog iets {number}"
        conftest._offering(settled.withdrawn, name, settled.place, now, needs=[], themes=[])

    with django_assert_max_num_queries(22):
        response = client.get(CENTRE)
    assert not response.cookies


def test_help_and_rights_names_who_is_on_your_side(client: Client, settled: Corner):
    page = client.get("/hulp-en-recht").content.decode()

    for kind in ("client_support", "complaint", "objection"):
        assert f"Steunpunt {kind}" in page
    assert "Dat is gratis." in page
    assert "binnen zes weken" in page


def test_help_and_rights_is_there_before_anyone_is_known(client: Client, corner: Corner):
    page = client.get("/hulp-en-recht").content.decode()

    assert page.count("Wij weten nog niet wie dit hier doet.") == 3
    assert 'href="tel:0320555010"' in page


def test_independent_help_stands_under_every_answer(client: Client, settled: Corner):
    for page in (
        client.post("/zoeken", {"vraag": "wandelen"}),
        client.post("/zoeken", {"vraag": "kwantumchromodynamica"}),
        client.get("/zoeken?thema=eat"),
    ):
        assert "Steunpunt client_support" in page.content.decode()


def test_every_theme_says_what_it_is_about_and_how_much_there_is(client: Client, corner: Corner):
    page = client.get("/onderwerpen").content.decode()

    assert "Wij kennen er nu 2." in page  # move: two by the club, and none by who is elsewhere
    assert "Hier kennen wij nog niets." in page
    assert "Samen koken en samen aan tafel." in page
    assert "Samen koken en samen aan tafel." in client.get("/zoeken?thema=eat").content.decode()


def _uids(feed: bytes) -> list[str]:
    return [str(event["UID"]) for event in Calendar.from_ical(feed).walk("VEVENT")]


def _where(area: Area) -> dict[str, object]:
    box = ("boundary", "west", "south", "east", "north", "longitude", "latitude")
    return {name: getattr(area, name) for name in ("municipality", "year", *box)}


def gone(settled: Corner) -> None:
    facts = replace(PlaceFacts.of(settled.place), closed_on=date(2020, 8, 17))
    change_meeting_place(place=settled.place, facts=facts, by=BY, at=datetime.now(UTC))


def test_a_place_that_closed_is_in_no_list_and_on_no_map(client: Client, settled: Corner):
    assert "Het Peilhuis" in client.get("/wijken").content.decode()

    gone(settled)

    assert "Het Peilhuis" not in client.get("/wijken").content.decode()
    page = client.get(CENTRE).content.decode()
    assert "Wij kennen hier nog geen plek" in page
    assert "data-name" not in page


def test_an_ingang_that_closed_says_so_and_nobody_is_sent_there(client: Client, settled: Corner):
    gone(settled)
    page = client.get(CENTRE).content.decode()

    entrance = page.split('aria-labelledby="ingang"')[1].split("</section>")[0]
    assert "Deze plek is dicht sinds 17 augustus 2020." in entrance
    assert 'href="tel:0320555301"' in entrance
    assert "Truus" not in entrance
    assert "binnenlopen" not in entrance.lower()
    assert f'href="{CENTRE}/poster"' not in page


@pytest.mark.parametrize(
    ("language", "said", "button"),
    [
        ("", "Gülsen is er nu niet. Bart helpt u.", "Bel 0320-55 51 02"),
        ("/en", "Gülsen is not here at the moment. Bart will help you.", "Call 0320-55 51 02"),
    ],
)
@pytest.mark.parametrize("address", [CENTRE, "/plek/{place}", "/aanbod/{shielded}"])
def test_while_the_connector_is_away_the_deputy_is_who_you_call(
    client: Client, settled: Corner, language: str, said: str, button: str, address: str
):
    contact = AreaContact.objects.get(area__code="WK990101")
    stated = replace(ContactFacts.of(contact), away=True, email="g@example.nl", walk_in="Het Peilhuis")
    set_area_contact(area=contact.area, facts=stated, by=BY, at=datetime.now(UTC))
    path = address.format(place=settled.place.slug, shielded=settled.shielded.slug)
    page = client.get(language + path).content.decode()

    assert said in page
    assert f"<span>{button}</span>" in page
    assert "0320555101" not in page
    assert "g@example.nl" not in page
