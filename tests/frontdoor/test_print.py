"""The wijkgids and the poster of an ingang: what stands on paper, for whom, and that it is a whole PDF."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from samenspel.frontdoor import print as paper
from samenspel.people.actions import remove_area_contact, set_area_contact, set_recourse
from samenspel.people.facts import ContactFacts, RecourseFacts
from samenspel.people.models import AreaContact
from samenspel.places.models import Area
from samenspel.socialmap.actions import add_offering, change_meeting_place, set_schedules
from samenspel.socialmap.entrances import EntranceFacts, set_entrance
from samenspel.socialmap.facts import OfferingFacts, PlaceFacts, ScheduleFacts
from samenspel.socialmap.listing import withdraw_listing
from samenspel.ui.print.pdf import FontsMissing
from tests.frontdoor.conftest import BY, HOME, Corner, _corner, shield

GUIDE = "/wijk/markerwaard/markerwaard-centrum/gids"
POSTER = "/wijk/markerwaard/markerwaard-centrum/poster"


@pytest.fixture
def corner(db: None) -> Corner:
    """The corner of the map without its search index, which paper does not need."""
    return _corner(datetime.now(UTC))


@pytest.fixture
def ingang(corner: Corner) -> Corner:
    facts = EntranceFacts(
        place=corner.place,
        host="Mieke, gastvrouw",
        phone="0320-55 51 20",
        hours=[{"weekday": 0, "opens": "09:00", "closes": "12:00", "note": ""}],
    )
    set_entrance(area=Area.objects.get(code="WK990101"), facts=facts, by=BY, at=datetime.now(UTC))
    return corner


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The data that went to the printer, of each document that was asked for."""
    printed: list[dict[str, Any]] = []

    def pdf(template: str, data: dict[str, Any], *, keep: bool) -> bytes:
        printed.append(json.loads(json.dumps(data)))
        return b"%PDF"

    monkeypatch.setattr(paper, "pdf", pdf)
    return printed


def the_guide(client: Client, given: list[dict[str, Any]], path: str = GUIDE) -> dict[str, Any]:
    assert client.get(path).status_code == 200
    return given[-1]


def shown(guide: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for theme in guide["themes"] for one in theme["offerings"]}


def fact(guide: dict[str, Any], name: str, label: str) -> str:
    return dict(map(tuple, shown(guide)[name]["facts"])).get(label, "")


@pytest.mark.parametrize("path", [GUIDE, "/en" + GUIDE, POSTER, POSTER + "?formaat=a3", "/en" + POSTER])
def test_it_is_a_whole_pdf_without_a_cookie(client: Client, ingang: Corner, path: str):
    response = client.get(path)

    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
    assert re.fullmatch(r'inline; filename="[a-z0-9-]+\.pdf"', response["Content-Disposition"])
    assert response["Cache-Control"] == "no-cache"
    assert not response.cookies


def test_the_guide_tells_of_help_the_ingang_and_the_person_with_their_numbers(
    client: Client, ingang: Corner, given: list[dict[str, Any]]
):
    guide = the_guide(client, given)

    assert [one["phone"] for one in guide["urgent"]][:3] == ["112", "113", "0800-2000"]
    assert guide["entrances"][0]["place"] == "Het Peilhuis"
    assert guide["entrances"][0]["hours"] == ["Maandag: 9.00 tot 12.00 uur"]
    assert guide["entrances"][0]["phone"] == "0320-55 51 20"
    assert (guide["person"]["name"], guide["person"]["phone"]) == ("Gülsen", "0320-55 51 01")


def test_on_paper_too_the_deputy_is_who_you_call_while_the_person_is_away(
    client: Client, corner: Corner, given: list[dict[str, Any]]
):
    contact = AreaContact.objects.get(area__code="WK990101")
    facts = replace(ContactFacts.of(contact), deputy_name="Bart", deputy_phone="0320-55 51 02", away=True)
    set_area_contact(area=contact.area, facts=facts, by=BY, at=datetime.now(UTC))
    guide = the_guide(client, given)

    assert guide["person"]["away"] == "Gülsen is er nu niet. Bart helpt u."
    assert guide["person"]["phone"] == "0320-55 51 02"
    assert fact(guide, "Wandelen met buurvrouwen", "Bellen") == "0320-55 51 02 (Bart)"
    assert "0320-55 51 01" not in json.dumps(guide)


def test_paper_sends_nobody_to_a_place_that_closed(client: Client, ingang: Corner, given: list[dict[str, Any]]):
    facts = replace(PlaceFacts.of(ingang.place), closed_on=date(2020, 8, 17))
    change_meeting_place(place=ingang.place, facts=facts, by=BY, at=datetime.now(UTC))
    guide = the_guide(client, given)

    assert (guide["entrances"], guide["places"]) == ([], [])
    assert client.get(POSTER).status_code == 404


def test_the_guide_names_independent_help_complaint_and_objection(
    client: Client, corner: Corner, given: list[dict[str, Any]]
):
    for kind in ("objection", "complaint", "client_support"):
        facts = RecourseFacts(kind=kind, name=f"Naast u ({kind})", text="Gratis.", phone="0320-55 50 44")
        set_recourse(municipality=HOME, facts=facts, by=BY, at=datetime.now(UTC))

    assert [one["title"] for one in the_guide(client, given)["recourse"]] == [
        "Onafhankelijke cliëntondersteuner",
        "Klacht",
        "Bezwaar",
    ]


def test_offerings_stand_under_their_first_theme_with_when_where_phone_and_cost(
    client: Client, corner: Corner, given: list[dict[str, Any]]
):
    guide = the_guide(client, given)

    assert [(one["label"], [o["name"] for o in one["offerings"]]) for one in guide["themes"]] == [
        ("Ontmoeten", ["Wandelen met buurvrouwen"]),
        ("Samen eten", ["Eettafel"]),
        ("Bewegen en gezondheid", ["Wandelen met koffie", "Wandelmaatje"]),
    ]
    assert fact(guide, "Wandelmaatje", "Wanneer") == "Elke dinsdag van 10.00 tot 11.30 uur"
    assert fact(guide, "Wandelmaatje", "Waar") == "Het Peilhuis, Westersingel 22"
    assert fact(guide, "Wandelmaatje", "Bellen") == "0320-55 50 11 (Hanneke)"
    assert fact(guide, "Wandelmaatje", "Kosten") == "Gratis"
    assert fact(guide, "Wandelmaatje", "") == "Aanmelden hoeft niet. Een rolstoel kan naar binnen."
    assert shown(guide)["Wandelmaatje"]["trust"].startswith("Laatst bevestigd op")
    assert shown(guide)["Wandelen met koffie"]["is_full"]


def test_what_is_uncertain_is_marked_so_that_a_reader_calls_first(
    client: Client, corner: Corner, given: list[dict[str, Any]]
):
    guide = the_guide(client, given)

    assert not shown(guide)["Eettafel"]["is_sure"]
    assert not shown(guide)["Wandelen met buurvrouwen"]["is_sure"]
    assert shown(guide)["Wandelmaatje"]["is_sure"]
    assert guide["words"]["call_first"] == "Bel eerst."


def test_a_shielded_group_is_called_by_way_of_the_person_of_the_area(
    client: Client, corner: Corner, given: list[dict[str, Any]]
):
    guide = the_guide(client, given)

    assert fact(guide, "Wandelen met buurvrouwen", "Bellen") == "0320-55 51 01 (Gülsen)"
    assert "0320-55 50 99" not in json.dumps(guide)
    assert "geheim@example.nl" not in json.dumps(guide)


def test_the_number_of_a_place_is_on_paper_until_its_host_shields_its_contact(
    client: Client, corner: Corner, given: list[dict[str, Any]]
):
    now = datetime.now(UTC)
    facts = replace(PlaceFacts.of(corner.place), phone="0320-55 50 77")
    change_meeting_place(place=corner.place, facts=facts, by=BY, at=now)
    assert the_guide(client, given)["places"][0]["phone"] == "0320-55 50 77"

    shield(corner.withdrawn, now)

    assert the_guide(client, given)["places"][0]["phone"] == ""


def test_who_withdrew_is_off_the_next_print(client: Client, corner: Corner, given: list[dict[str, Any]]):
    withdraw_listing(organization=corner.withdrawn, by=BY, at=datetime.now(UTC))

    assert list(shown(the_guide(client, given))) == ["Wandelen met buurvrouwen"]


def test_what_is_over_or_comes_after_the_season_is_left_out_and_what_has_no_times_stays(
    client: Client, corner: Corner, given: list[dict[str, Any]]
):
    def one_day(days: int) -> list[ScheduleFacts]:
        on = (datetime.now(UTC) + timedelta(days=days)).date()
        return [ScheduleFacts(starts_on=on, starts=weekly.starts, ends=weekly.ends)]

    weekly = corner.walking.schedules.get()
    set_schedules(offering=corner.walking, schedules=one_day(-3), by=BY, at=datetime.now(UTC))
    set_schedules(offering=corner.full, schedules=one_day(120), by=BY, at=datetime.now(UTC))
    set_schedules(offering=corner.stale, schedules=[], by=BY, at=datetime.now(UTC))

    assert sorted(shown(the_guide(client, given))) == ["Eettafel", "Wandelen met buurvrouwen"]


def test_the_index_by_day_names_each_offering_once_and_only_what_stands_in_the_guide(
    client: Client, corner: Corner, given: list[dict[str, Any]]
):
    guide = the_guide(client, given)

    assert [day["name"] for day in guide["days"]] == ["Dinsdag"]
    assert sorted(item["id"] for item in guide["days"][0]["items"]) == sorted(
        one["id"] for one in shown(guide).values()
    )
    assert guide["days"][0]["items"][0]["times"] == "10.00 tot 11.30 uur"


def test_it_says_when_it_was_printed_and_until_when_it_is_of_use(
    client: Client, corner: Corner, given: list[dict[str, Any]]
):
    guide = the_guide(client, given)

    assert re.fullmatch(r"Gedrukt op \d+ \w+ \d{4}\.", guide["printed"])
    assert re.fullmatch(r"Na \d+ \w+ \d{4} kan dit anders zijn\. Bel dan even\.", guide["until"])


def test_the_address_on_paper_is_the_dutch_page_also_from_the_english_one(
    client: Client, ingang: Corner, given: list[dict[str, Any]]
):
    for path in (GUIDE, "/en" + GUIDE, POSTER, "/en" + POSTER):
        assert the_guide(client, given, path)["address"].endswith("/wijk/markerwaard/markerwaard-centrum")
        assert "/en/" not in given[-1]["address"]


def test_a_place_without_an_ingang_says_so_in_the_guide_and_has_no_poster(
    client: Client, corner: Corner, given: list[dict[str, Any]]
):
    assert the_guide(client, given)["entrances"] == []
    assert client.get(POSTER).status_code == 404


def test_a_guide_without_any_offering_or_person_is_still_a_pdf(client: Client, corner: Corner):
    withdraw_listing(organization=corner.withdrawn, by=BY, at=datetime.now(UTC))
    withdraw_listing(organization=corner.shielded.organization, by=BY, at=datetime.now(UTC))
    for contact in AreaContact.objects.all():
        remove_area_contact(contact=contact, by=BY, at=datetime.now(UTC))

    assert client.get(GUIDE).content.startswith(b"%PDF-")


@pytest.mark.parametrize("name", ['#panic("x")', "😀", "日本", "$x$ \\ <a> @b *", "Heel lang " * 8])
def test_a_guide_takes_any_name_that_a_group_gives_itself(client: Client, corner: Corner, name: str):
    facts = OfferingFacts(
        name=name[:80].strip(),
        kind="activity",
        summary=name,
        organization=corner.walking.organization,
        delivery="at_place",
        place=corner.place,
        themes=["meet"],
    )
    add_offering(municipality=HOME, facts=facts, by=BY, at=datetime.now(UTC))

    assert client.get(GUIDE).content.startswith(b"%PDF-")


@pytest.mark.parametrize("path", ["/wijk/markerwaard/nergens/gids", "/wijk/elders/markerwaard-centrum/poster"])
def test_an_unknown_wijk_is_not_found(client: Client, corner: Corner, path: str):
    assert client.get(path).status_code == 404


def test_the_poster_tells_no_theme(client: Client, ingang: Corner, given: list[dict[str, Any]]):
    poster = the_guide(client, given, POSTER)

    assert set(poster) == {"paper", "area", "address", "qr", "entrances"}
    assert set(poster["entrances"][0]) == {"place", "lines", "hours", "host", "phone", "note"}


@pytest.mark.parametrize(("query", "size"), [("", "a4"), ("?formaat=a3", "a3"), ("?formaat=reus", "a4")])
def test_the_poster_comes_in_two_sizes(
    client: Client, ingang: Corner, given: list[dict[str, Any]], query: str, size: str
):
    assert the_guide(client, given, POSTER + query)["paper"] == size


def test_without_the_typeface_a_page_says_so_in_words(
    client: Client, ingang: Corner, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def fail(template: str, data: dict[str, Any], *, keep: bool) -> bytes:
        raise FontsMissing("Het lettertype ontbreekt.")

    monkeypatch.setattr(paper, "pdf", fail)

    response = client.get(GUIDE)

    assert response.status_code == 503
    assert "Dit kunnen wij nu niet printen" in response.content.decode()
    assert "Het lettertype ontbreekt." in caplog.text


@pytest.mark.parametrize("path", [GUIDE, POSTER])
def test_the_number_of_queries_does_not_grow_with_the_offerings(
    client: Client, ingang: Corner, given: list[dict[str, Any]], path: str, django_assert_max_num_queries: Any
):
    weekly = ScheduleFacts.of(ingang.walking.schedules.get())
    for number in range(15):
        facts = OfferingFacts(
            name=f"Avond {number}",
            kind="activity",
            summary="Samen.",
            organization=ingang.walking.organization,
            delivery="at_place",
            place=ingang.place,
            themes=["meet"],
        )
        add_offering(municipality=HOME, facts=facts, schedules=[weekly], by=BY, at=datetime.now(UTC))

    with django_assert_max_num_queries(25):
        client.get(path)
