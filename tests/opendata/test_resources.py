"""The lists and single resources of the open API: what is in them, what never is, and how to go through them."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import shapely
from django.test import Client

from samenspel.people.facts import OrganizationFacts
from samenspel.socialmap.actions import change_meeting_place, confirm_offering, end_offering
from samenspel.socialmap.facts import PlaceFacts
from samenspel.socialmap.listing import agree_to_listing, change_organization, withdraw_listing
from tests.opendata.answers import items, read
from tests.people.rows import an_area
from tests.socialmap.index_cast import AT, BY, Town, town_with_offerings
from tests.socialmap.rows import a_neighborhood, a_place

LISTS = ("/areas", "/offerings", "/places", "/organizations")


def names(client: Client, address: str) -> set[str]:
    return {one["name"] for one in items(client, address)}


def test_an_offering_is_given_with_all_that_a_page_shows_of_it(client: Client, open_town: Town) -> None:
    walk = open_town.offerings["walk"]
    confirm_offering(offering=walk, method="phone", confirmed_by="penningmeester", by=BY, at=AT)

    found = read(client, f"/offerings/{walk.pk}").json()

    assert found["id"] == str(walk.pk)
    assert (found["name"], found["kind"], found["layer"]) == ("Ommetje met thermoskan", "activity", 1)
    assert found["organization"] == {"id": str(open_town.groups["club"].pk), "name": "De Ringdijkers"}
    assert found["place"] == {"id": str(open_town.places["house"].pk), "name": "Buurthuis De Roef"}
    assert found["schedules"][0]["starts_on"] == "2026-09-01"
    assert (found["schedules"][0]["starts"], found["schedules"][0]["ends"]) == ("10:00", "12:00")
    assert found["last_verification"] == {
        "confirmed_at": "2026-11-21T11:00:00Z", "method": "phone", "confirmed_by": "penningmeester",
    }  # fmt: skip
    assert found["contact"] == {"name": "Bea", "phone": "0320555001", "email": "", "website": ""}
    assert found["sphere"] is None


def test_what_stands_in_a_list_is_what_stands_alone(client: Client, open_town: Town) -> None:
    for address, key in (("/areas", "code"), ("/offerings", "id"), ("/places", "id"), ("/organizations", "id")):
        listed = items(client, address)
        assert listed
        assert [read(client, f"{address}/{one[key]}").json() for one in listed] == listed


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("theme=move", {"walk"}),
        ("theme=grow_up", set()),
        ("kind=activity&layer=3", {"buddy"}),
        ("kind=provision", set()),
        ("layer=2", {"phone"}),
        ("area=BU990101east", {"east"}),
        ("area=WK990101", {"east"}),
        ("area=BU990101west", set()),
        ("area=GM9901", {"east"}),
        ("area=BU00000000", set()),
    ],
)
def test_offerings_are_filtered(client: Client, open_town: Town, keys: str, expected: set[str]) -> None:
    wanted = {open_town.offerings[key].name for key in expected}

    assert names(client, f"/offerings?{keys}") == wanted


def test_an_area_has_what_is_at_its_places_and_what_is_for_the_wijk_around_it(client: Client, open_town: Town) -> None:
    open_town.offer("place", name="Koffie in het vierkant", place="square")
    open_town.offer("wijk", name="Wijkontbijt", serves=["district"])
    open_town.offer("all", name="Voor de hele gemeente", serves=["whole"])

    assert names(client, "/offerings?area=BU99010101") == {"Koffie in het vierkant", "Wijkontbijt"}
    assert names(client, "/places?area=BU99010101") == names(client, "/places?area=WK990101") == {"Het Peilhuis"}


def test_offerings_of_one_place_and_of_one_organization(client: Client, open_town: Town) -> None:
    at_library = f"/offerings?place={open_town.places['library'].pk}"
    of_church = f"/offerings?organization={open_town.groups['church'].pk}"

    assert names(client, at_library) == {"Schaakavond", "Papierenuur"}
    assert names(client, of_church) == {"Belcirkel", "Aanschuiven"}
    assert names(client, f"/offerings?organization={uuid4()}") == set()


def test_a_theme_is_not_found_inside_another_theme(client: Client, open_town: Town) -> None:
    open_town.offer("young", name="Opvoedcafé", themes=["grow_up", "meet"])

    assert names(client, "/offerings?theme=grow_up") == {"Opvoedcafé"}
    assert "Opvoedcafé" in names(client, "/offerings?theme=meet")


def withdrawn(town: Town) -> None:
    withdraw_listing(organization=town.groups["club"], by=BY, at=AT)


def ended(town: Town) -> None:
    end_offering(offering=town.offerings["walk"], on=AT.date(), by=BY, at=AT)


@pytest.mark.parametrize("stop", [withdrawn, ended])
def test_what_stopped_is_gone_at_once_also_by_its_id(
    client: Client, open_town: Town, stop: Callable[[Town], None]
) -> None:
    address = f"/offerings/{open_town.offerings['walk'].pk}"
    etag = read(client, address).headers["ETag"]

    stop(open_town)

    assert read(client, address).status_code == 404
    assert read(client, address, **{"If-None-Match": etag}).status_code == 404
    assert "Ommetje met thermoskan" not in names(client, "/offerings")


def test_who_did_not_agree_or_took_it_back_is_nowhere(client: Client, open_town: Town) -> None:
    open_town.offer("knit", group="unlisted", name="Breien zonder ja")
    withdrawn(open_town)

    assert names(client, "/organizations") == {"Kerk aan de Waard", "Waardwerk"}
    for key in ("unlisted", "club"):
        assert read(client, f"/organizations/{open_town.groups[key].pk}").status_code == 404
    everything = "".join(read(client, f"{address}?pageSize=100").content.decode() for address in LISTS)
    for trace in ("Breiclub", "Breien", "koffie bij Bea", "Ringdijkers", *(str(g.pk) for g in groups(open_town))):
        assert trace not in everything


def groups(town: Town) -> list[Any]:
    return [town.groups["unlisted"], town.groups["club"]]


def test_a_host_stands_with_its_place_once_it_agreed(client: Client, open_town: Town) -> None:
    address = f"/places/{open_town.places['square'].pk}"
    assert read(client, address).json()["host"] is None

    agree_to_listing(organization=open_town.groups["unlisted"], via="phone", by=BY, at=AT)

    found = read(client, address).json()
    assert (found["host"]["name"], found["host_note"]) == ("Breiclub Zonder Ja", "koffie bij Bea")
    assert found["neighborhood"] == "BU99010101"


@pytest.mark.parametrize("listed", [True, False])
def test_the_number_and_the_note_of_a_place_wait_for_its_host(client: Client, open_town: Town, listed: bool) -> None:
    host = open_town.groups["unlisted"]
    place = a_place(name="Schuur", host=host, host_note="koffie bij Bea", phone="0320555077")
    if listed:
        agree_to_listing(organization=host, via="phone", by=BY, at=AT)
        facts = replace(OrganizationFacts.of(host), contact_shielded=True)
        change_organization(organization=host, facts=facts, by=BY, at=AT)

    found = read(client, f"/places/{place.pk}").json()

    assert (found["phone"], found["host_note"]) == ("", "")


def test_a_place_that_closed_leaves_the_list_and_says_so_by_its_id(client: Client, open_town: Town) -> None:
    house = open_town.places["house"]
    assert house.name in names(client, "/places")

    facts = replace(PlaceFacts.of(house), closed_on=date(2020, 1, 1))
    change_meeting_place(place=house, facts=facts, by=BY, at=AT)

    assert house.name not in names(client, "/places")
    assert read(client, f"/places/{house.pk}").json()["closed_on"] == "2020-01-01"


def test_a_shielded_contact_is_nowhere(client: Client, open_town: Town) -> None:
    club = open_town.groups["club"]
    open_town.change("walk", phone="0320555088", first_contact="Truus", email="walk@example.org")
    change_organization(
        organization=club, facts=replace(OrganizationFacts.of(club), contact_shielded=True), by=BY, at=AT
    )
    nothing = {"name": "", "phone": "", "email": "", "website": ""}

    assert read(client, f"/offerings/{open_town.offerings['walk'].pk}").json()["contact"] == nothing
    assert read(client, f"/organizations/{club.pk}").json()["contact"] == nothing


def test_the_name_of_a_first_contact_never_leaves(client: Client, open_town: Town) -> None:
    open_town.change("walk", phone="0320555088", first_contact="Truus van de hoek")

    answer = read(client, f"/offerings/{open_town.offerings['walk'].pk}")

    assert answer.json()["contact"]["phone"] == "0320555088"
    assert "Truus" not in answer.content.decode()


def test_another_municipality_is_not_ours_to_give(client: Client, open_town: Town) -> None:
    other = town_with_offerings("GM9902")

    for one, kind in ((other.offerings["walk"], "offerings"), (other.groups["club"], "organizations")):
        assert read(client, f"/{kind}/{one.pk}").status_code == 404
    assert read(client, f"/places/{other.places['house'].pk}").status_code == 404
    assert read(client, "/areas/GM9902").status_code == 404
    assert not [one for one in items(client, "/areas") if "9902" in one["code"]]
    assert len(items(client, "/offerings")) == 7


def test_areas_are_of_the_newest_year_unless_a_year_is_named(client: Client, open_town: Town) -> None:
    a_neighborhood("BU99010101", name="Het Oude Vierkant", year=2020)

    assert read(client, "/areas/BU99010101").json()["year"] == 2024
    assert read(client, "/areas/BU99010101?year=2020").json()["name"] == "Het Oude Vierkant"
    assert names(client, "/areas?year=2020") == {"Het Oude Vierkant"}
    assert names(client, "/areas?kind=neighborhood") == {"Oosterkwartier", "Westhoek", "Het Vierkant"}
    assert read(client, "/areas/BU99010101?year=2019").status_code == 404


def test_a_kern_names_its_buurten_and_a_buurt_its_wijk(client: Client, open_town: Town) -> None:
    village = an_area("KERN-1", "village", boundary=open_town.areas["square"].boundary, west=5.2, south=52.5, east=5.3,
                      north=52.6, longitude=5.25, latitude=52.55)  # fmt: skip
    village.members.set([open_town.areas["west"], open_town.areas["square"]])

    assert read(client, "/areas/KERN-1").json()["members"] == ["BU99010101", "BU990101west"]
    assert read(client, "/areas/BU99010101").json()["parent"] == "WK990101"


def test_a_boundary_is_geojson(client: Client, open_town: Town) -> None:
    answer = read(client, "/areas/BU99010101/boundary")

    assert answer.headers["Content-Type"] == "application/geo+json"
    found = answer.json()
    assert found["bbox"] == [5.2, 52.5, 5.3, 52.6]
    assert found["properties"] == {"code": "BU99010101", "year": 2024, "kind": "neighborhood", "name": "Het Vierkant"}
    assert shapely.from_geojson(json.dumps(found["geometry"])).equals(shapely.box(5.2, 52.5, 5.3, 52.6))
    assert read(client, "/areas/GM9901/boundary").status_code == 404


def test_going_through_the_pages_gives_each_once_in_the_same_order(client: Client, open_town: Town) -> None:
    for address in LISTS:
        in_one, in_steps = items(client, f"{address}?pageSize=100"), items(client, f"{address}?pageSize=1")
        assert in_steps == in_one
        assert len(in_one) == read(client, f"{address}?pageSize=1").json()["total"] > 1


def test_a_page_stays_right_when_rows_come_and_go_in_between(client: Client, open_town: Town) -> None:
    first = read(client, "/offerings?pageSize=3&kind=activity").json()
    seen = {one["id"] for one in first["items"]}
    gone = next(one for one in open_town.offerings.values() if str(one.pk) in seen)
    still = {str(one.pk) for one in open_town.offerings.values()}
    end_offering(offering=gone, on=AT.date() - timedelta(days=1), by=BY, at=AT)
    open_town.offer("new", name="Nieuw")

    rest = [one["id"] for one in items(client, first["links"]["next"])]

    assert "kind=activity" in first["links"]["next"]
    assert not seen & set(rest)
    assert len(rest) == len(set(rest))
    assert still <= seen | set(rest)


def test_the_number_of_queries_does_not_grow_with_the_rows(
    client: Client, open_town: Town, django_assert_num_queries: Any
) -> None:
    for number in range(8):
        open_town.offer(f"more-{number}", name=f"Meer {number}", serves=["east"], place="house")
    counts = {"/offerings": 5, "/places": 3, "/organizations": 2, "/areas": 3}

    for address, expected in counts.items():
        with django_assert_num_queries(expected):
            read(client, address)
    with django_assert_num_queries(4):
        read(client, f"/offerings/{open_town.offerings['walk'].pk}")


def test_a_municipality_without_anything_gives_empty_lists(client: Client, open_town: Town, settings: Any) -> None:
    settings.MUNICIPALITY = ""

    for address in LISTS:
        assert read(client, address).json() == {"items": [], "total": 0, "links": {"next": None}}
