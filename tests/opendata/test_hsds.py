"""`/hsds/v3`: the shape of the specification, its filters and pages, and only what is open."""

import gzip
import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator, FormatChecker

from samenspel.opendata import hsds as hsds_module
from samenspel.opendata import hsds_openapi
from samenspel.socialmap.actions import confirm_offering, end_offering
from samenspel.socialmap.hsds.profile import id_of, taxonomies, terms
from samenspel.socialmap.listing import withdraw_listing
from samenspel.socialmap.models import Offering
from tests.people.rows import AT, BY, an_organization
from tests.places.conftest import REAL
from tests.socialmap.hsds_feed import SERVICE, a_service_record, list_all, take_in
from tests.socialmap.index_cast import Town, town_with_offerings
from tests.socialmap.rows import a_neighborhood, a_place, an_offering, tuesdays

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.opendata.hsds_root")]
SCHEMAS = REAL / "hsds-3" / "spec-3.0" / "schema"
LISTS = ("services", "events", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")
PRICE = {"cost_kind": "paid", "cost_cents": 250}


@pytest.fixture
def town(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Town:
    """The town of the index tests, with one full offering at a place, one event and one group without a yes."""
    settings.MUNICIPALITY = "GM9901"
    monkeypatch.setattr(hsds_module.timezone, "now", lambda: AT)
    found = town_with_offerings()
    square = a_neighborhood("BU99010101", name="Het Vierkant")
    host = an_organization(name="Buurthuis", phone="0320-555001", kvk_number="12345678", contact_name="Bea")
    place = a_place(
        host=host, street="Dijk", house_number="3", postcode="1234AB", city="Oosterdam", step_free="yes",
        hours=[{"weekday": 0, "opens": "09:00", "closes": "12:00"}], rooms=[{"name": "zaal", "capacity": 60}],
    )  # fmt: skip
    found.offerings["full"] = an_offering(
        organization=host, name="Wekelijkse eettafel", place=place, delivery="at_place", serves=(square,),
        minimum_age=18, sphere="community", layer=2, municipal_role=1, languages=["nl"], capacity=12,
        themes=["eat"], needs=[], email="eten@example.nl", website="https://example.nl",
        schedules=[tuesdays(until=date(2027, 1, 1))], **PRICE,
    )  # fmt: skip
    confirm_offering(offering=found.offerings["full"], method="visit", confirmed_by="verbinder", by=BY, at=AT)
    found.offerings["event"] = an_offering(organization=host, name="Optocht", schedules=[tuesdays(rrule="")])
    found.offerings["hidden"] = an_offering(organization=an_organization(name="Zonder ja", listed=False), name="Geheim")
    return found


def get(client: Client, address: str, **query: Any) -> Any:
    response = client.get(f"/hsds/v3/{address}", query)
    assert response.status_code == 200, response.content
    return response.json()


def contents(client: Client, address: str, **query: Any) -> list[Any]:
    return list(get(client, address, per_page=500, **query)["contents"])


def names(client: Client, address: str = "services", **query: Any) -> set[str]:
    return {one["name"] for one in contents(client, address, **query)}


@cache
def schema(name: str) -> Draft202012Validator:
    """A schema of the specification with its references resolved."""
    file = SCHEMAS / "compiled" / f"{name}.json.gz"
    if not file.is_file():
        pytest.skip(f"the public files are not at {SCHEMAS}")
    with gzip.open(file, "rt", encoding="utf-8") as text:
        return Draft202012Validator(json.load(text), format_checker=FormatChecker())


def plain_schema(name: str) -> Draft202012Validator:
    """The schema of a part of a service: that of an attribute's term, or of the term's taxonomy."""
    term = schema("service").schema["properties"]["attributes"]["items"]["properties"]["taxonomy_term"]
    found = term if name == "taxonomy_term" else term["properties"]["taxonomy_detail"]
    return Draft202012Validator(found, format_checker=FormatChecker())


def ids(client: Client, address: str) -> Iterator[str]:
    return (one["id"] for one in contents(client, address))


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("address", "in_list", "one"),
    [
        ("services", "service_list", "service"),
        ("events", "service_list", "service"),
        ("organizations", "organization_list", "organization"),
        ("service_at_locations", "service_at_location_list", "service_at_location"),
    ],
)
def test_every_answer_fits_the_schemas_of_hsds_3(client: Client, town: Town, address: str, in_list: str, one: str):
    listed = contents(client, address)
    assert listed
    for record in listed:
        schema(in_list).validate(record)
        schema(one).validate(get(client, f"{address}/{record['id']}"))
    for record in contents(client, address, full="true"):
        schema(one).validate(record)


@pytest.mark.real_data
@pytest.mark.parametrize(("address", "name"), [("taxonomies", "taxonomy"), ("taxonomy_terms", "taxonomy_term")])
def test_our_taxonomies_fit_the_schemas_of_hsds_3(client: Client, town: Town, address: str, name: str):
    for record in contents(client, address):
        plain_schema(name).validate(record)
        assert get(client, f"{address}/{record['id']}") == record


def test_the_root_says_version_profile_and_where_the_document_is(client: Client, town: Town):
    found = get(client, "")

    assert set(found) == {"version", "profile", "openapi_url"}
    assert found["version"] == "3.0"
    document = client.get(found["openapi_url"]).json()
    assert document["openapi"] == "3.1.0"
    assert document["servers"] == [{"url": "http://testserver/hsds/v3"}]


@pytest.mark.real_data
def test_our_document_has_every_path_and_key_of_the_specification():
    if not SCHEMAS.is_dir():
        pytest.skip(f"the public files are not at {SCHEMAS}")
    theirs = json.loads((SCHEMAS / "openapi.json").read_text(encoding="utf-8"))
    ours = hsds_openapi.at("https://example.org/")
    for path, item in theirs["paths"].items():
        wanted = {one.get("name") or one["$ref"].rpartition("/")[2] for one in item["get"].get("parameters", ())}
        assert {one["name"] for one in ours["paths"][path]["get"]["parameters"]} >= wanted - {"id"}


def test_who_is_not_listed_has_ended_or_took_its_yes_back_is_nowhere(client: Client, town: Town):
    hidden = town.offerings["hidden"]
    end_offering(offering=town.offerings["full"], on=date(2026, 11, 1), by=BY, at=AT)

    text = json.dumps(
        [contents(client, address, **({"full": "true"} if address in LISTS[:4] else {})) for address in LISTS]
    )

    assert "Geheim" not in text
    assert "Zonder ja" not in text
    assert "eettafel" not in text
    for offering in (hidden, town.offerings["full"]):
        for address in ("services", "events", "service_at_locations"):
            assert client.get(f"/hsds/v3/{address}/{offering.pk}").status_code == 404
    assert client.get(f"/hsds/v3/organizations/{hidden.organization_id}").status_code == 404


def test_a_group_that_took_its_yes_back_is_gone_at_once(client: Client, town: Town):
    host = town.offerings["full"].organization
    withdraw_listing(organization=host, by=BY, at=AT + timedelta(minutes=1))

    assert client.get(f"/hsds/v3/organizations/{host.pk}").status_code == 404
    assert "Wekelijkse eettafel" not in names(client)


def test_a_shielded_group_shows_no_way_to_reach_a_person(client: Client, town: Town):
    shy = an_organization(
        name="Schuw", phone="0320-555077", email="schuw@example.nl", contact_name="Ans", contact_shielded=True
    )
    an_offering(organization=shy, name="Stil", phone="0320-555078", email="stil@example.nl", first_contact="bel Ans")

    text = json.dumps([contents(client, "services", full="true"), contents(client, "organizations", full="true")])

    assert "Stil" in text
    assert not any(word in text for word in ("0320-55507", "schuw@", "stil@", "Ans"))


def test_the_profile_says_what_hsds_lacks(client: Client, town: Town):
    found = get(client, f"services/{town.offerings['full'].pk}")

    words = {(one["link_type"], one["value"]) for one in found["attributes"]}
    assert {("sphere", "community"), ("layer", "2"), ("municipal_role", "1"), ("theme", "eat")} <= words
    area = found["service_areas"][0]
    assert (area["extent"], area["extent_type"]) == ("BU99010101", "cbs-buurt-2024")
    assert found["capacity"] == {"maximum": 12}
    assert found["verifications"][0]["method"] == "visit"
    assert found["cost_options"][0]["amount"] == 2.5


def test_an_event_has_its_own_address(client: Client, town: Town):
    key = town.offerings["event"].pk

    assert names(client, "events") == {"Optocht"}
    assert get(client, f"events/{key}")["name"] == "Optocht"
    assert client.get(f"/hsds/v3/services/{key}").status_code == 404
    assert "Optocht" not in names(client)


def test_the_pages_together_have_everything_once(client: Client, town: Town):
    every = list(ids(client, "services"))
    seen = []
    for number in range(1, len(every) + 1):
        page = get(client, "services", per_page=2, page=number)
        seen += [one["id"] for one in page["contents"]]
        assert page["first_page"] == (number == 1)
        assert page["size"] == len(page["contents"])
        if page["last_page"]:
            break

    assert seen == every
    assert (page["total_items"], page["total_pages"]) == (len(every), number)


def test_a_page_after_the_last_is_empty(client: Client, town: Town):
    page = get(client, "services", page=99)

    assert (page["empty"], page["last_page"], page["contents"]) == (True, True, [])


def test_a_list_has_no_lists_in_it_and_full_has_all(client: Client, town: Town):
    key = str(town.offerings["full"].pk)
    listed = next(one for one in contents(client, "services") if one["id"] == key)
    full = next(one for one in contents(client, "services", full="true") if one["id"] == key)

    assert not any(isinstance(value, list) for value in [*listed.values(), *listed["organization"].values()])
    assert full == get(client, f"services/{key}")


def test_minimal_has_ids_and_moments_of_all(client: Client, town: Town):
    found = get(client, "services", minimal="true")

    assert found["total_pages"] == 1
    assert {one["id"] for one in found["contents"]} == set(ids(client, "services"))
    assert all(set(one) == {"id", "modified_date"} for one in found["contents"])


def test_an_organization_has_its_services_short_or_whole(client: Client, town: Town):
    host = town.offerings["full"].organization_id
    short = get(client, f"organizations/{host}")
    whole = get(client, f"organizations/{host}", full_service="true")

    assert short["services"] == [
        {"id": str(town.offerings["full"].pk), "name": "Wekelijkse eettafel", "status": "active"}
    ]
    assert whole["services"][0]["schedules"]
    assert [one["name"] for one in short["events"]] == ["Optocht"]


def test_ndjson_streams_everything_line_by_line(client: Client, town: Town):
    response = client.get("/hsds/v3/services", {"format": "ndjson", "full": "true"})

    lines = b"".join(response.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert response.headers["Content-Type"] == "application/x-ndjson"
    assert [json.loads(line) for line in lines] == contents(client, "services", full="true")


def test_the_filters_add_up(client: Client, town: Town):
    full = town.offerings["full"]
    everything = names(client)

    assert names(client, taxonomy_term_id=id_of("term", "theme", "eat")) >= {full.name}
    assert names(client, taxonomy_term_id=id_of("term", "sphere", "community")) == {full.name}
    assert names(client, taxonomy_id=taxonomies()["municipal_role"].id) == {full.name}
    assert names(client, taxonomy_id=taxonomies()["sphere"].id) == {full.name}
    assert names(client, taxonomy_id=taxonomies()["theme"].id) <= everything
    assert names(client, organization_id=str(full.organization_id)) == {full.name}
    assert names(client, search="EETTAFEL buurthuis") == {full.name}
    assert names(client, search="eettafel schaken") == set()
    assert names(client, organization_id=str(full.organization_id), taxonomy_term_id=id_of("term", "layer", 4)) == set()
    assert names(client, taxonomy_term_id="onbekend") == names(client, taxonomy_id="onbekend") == set()


@pytest.mark.parametrize("key", sorted({key for key, _term in terms().values()}))
def test_every_taxonomy_can_be_asked_for(client: Client, town: Town, key: str):
    term = next(iter(taxonomies()[key].term_records()))

    assert names(client, taxonomy_term_id=term["id"]) <= names(client, taxonomy_id=taxonomies()[key].id)


def test_what_changed_since_a_moment(client: Client, town: Town):
    full = town.offerings["full"]
    later = AT + timedelta(days=2)
    confirm_offering(offering=full, method="phone", confirmed_by="verbinder", by=BY, at=later)

    assert names(client, modified_after=later.isoformat()) == {full.name}
    assert names(client, modified_after="2026-11-22") == {full.name}
    assert client.get(f"/hsds/v3/services?modified_after={quote('2030-01-01T00:00:00+01:00')}").json()["empty"]
    assert client.get("/hsds/v3/services?modified_after=2030-01-01T00:00:00+01:00").json()["empty"]
    assert get(client, f"services/{full.pk}")["last_modified"] == later.isoformat()


def test_near_a_postcode_within_meters(client: Client, town: Town):
    def near(**query: Any) -> set[str]:
        found = contents(client, "service_at_locations", postcode="Het Vierkant", **query)
        return {one["service"]["name"] for one in found}

    full = town.offerings["full"].name
    assert full in near(proximity=1)
    assert near(proximity=1) < near(proximity=100_000)
    assert full in near()
    other = contents(client, "service_at_locations", postcode="Westhoek")
    assert full not in {one["service"]["name"] for one in other}


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("services?page=0", "page"),
        ("services?page=x", "page"),
        ("services?per_page=501", "per_page"),
        ("services?full=ja", "full"),
        ("services?format=xml", "format"),
        ("services?modified_after=gisteren", "modified_after"),
        ("services?onbekend=1", "onbekend"),
        ("services?page=1&page=2", "page"),
        ("services?search=%00", "search"),
        ("services?postcode=1234AB", "postcode"),
        ("service_at_locations?proximity=5", "postcode"),
        ("service_at_locations?postcode=Nergensoord", "postcode"),
        ("taxonomy_terms?top_only=misschien", "top_only"),
        ("organizations/x?full=true", "full"),
    ],
)
def test_what_is_asked_wrongly_is_refused_by_name(client: Client, town: Town, address: str, field: str):
    response = client.get(f"/hsds/v3/{address}")

    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    assert [one["field"] for one in response.json()["errors"]] == [field]


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("get", "onbekend", 404),
        ("get", "services/00000000-0000-4000-8000-000000000000", 404),
        ("get", "services/geen-id", 404),
        ("get", "taxonomies/x", 404),
        ("post", "services", 405),
        ("delete", "onbekend", 404),
    ],
)
def test_every_refusal_is_a_problem_and_sets_no_cookie(
    client: Client, town: Town, method: str, address: str, status: int
):
    client.handler.enforce_csrf_checks = True
    response = getattr(client, method)(f"/hsds/v3/{address}")

    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert not response.cookies
    assert response.headers["API-Version"]


def test_another_form_is_refused(client: Client, town: Town):
    assert client.get("/hsds/v3/services", headers={"Accept": "text/html"}).status_code == 406


def test_head_answers_as_get_without_a_body(client: Client, town: Town):
    response = client.head("/hsds/v3/services")

    assert (response.status_code, response.content) == (200, b"")


def test_a_reader_in_english_gets_the_same(client: Client, town: Town):
    address = f"/hsds/v3/services/{town.offerings['full'].pk}"

    assert client.get(address, headers={"Accept-Language": "en"}).json() == client.get(address).json()


def test_what_came_from_a_feed_is_found_by_the_ids_of_the_feed(client: Client, town: Town, tmp_path: Any):
    came = a_service_record(id="geen-uuid", url="https://example.org")
    take_in(tmp_path, came)
    list_all()
    (at_location,) = came["service_at_locations"]

    assert get(client, "services/geen-uuid")["wait_time"] == "geen"
    assert get(client, f"service_at_locations/{at_location['id']}")["service"]["id"] == "geen-uuid"
    assert client.get(f"/hsds/v3/services/{Offering.objects.get(name='Koffie').pk}").status_code == 404
    assert client.get(f"/hsds/v3/services/{SERVICE}").status_code == 404
    assert names(client, organization_id=came["organization"]["id"]) == {"Koffie"}


@pytest.mark.parametrize("address", LISTS)
def test_the_queries_do_not_grow_with_the_rows(
    client: Client, town: Town, address: str, django_assert_max_num_queries: Callable[[int], CaptureQueriesContext]
):
    query = {"per_page": "500"} | ({"full": "true"} if address in LISTS[:4] else {})
    with django_assert_max_num_queries(30) as few:
        client.get(f"/hsds/v3/{address}", query)
    place = a_place(name="Elders")
    for number in range(10):
        group = an_organization(name=f"Groep {number}")
        an_offering(organization=group, name=f"A {number}", place=place, delivery="at_place", schedules=[tuesdays()])
        an_offering(organization=group, name=f"B {number}", schedules=[tuesdays(rrule="")])

    with django_assert_max_num_queries(len(few)):
        client.get(f"/hsds/v3/{address}", query)
