"""What is too old to count is called about or visited, and confirmed from one page; who may, and what it changes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samenspel.people.models import User
from samenspel.policy.models import BlockState
from samenspel.socialmap.actions import end_offering
from samenspel.socialmap.models import MeetingPlace, Offering, Verification
from tests.handover.rows import a_team
from tests.people.rows import BY, ELSEWHERE, a_contact, an_organization
from tests.policy.block_rows import ALL_DAY, IN_EAST, IN_WEST, a_town, the_norms
from tests.socialmap.rows import a_place, an_offering
from tests.workspace.accounts import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/werk/klopt-dit/oud"


@pytest.fixture(autouse=True)
def town() -> dict[str, Any]:
    the_norms()
    return a_town()


@pytest.fixture
def work() -> Client:
    return signed_in("connector")


@pytest.fixture
def soos() -> MeetingPlace:
    host = an_organization(name="Beheer West", phone="0320-555100", contact_name="Joke")
    return a_place(name="Soos", host=host, hours=ALL_DAY, **IN_WEST)


@pytest.fixture
def bingo(soos: MeetingPlace) -> Offering:
    host = an_organization(name="Bingoclub")
    return an_offering(name="Bingo", organization=host, delivery="at_place", place=soos, phone="0320-555200")


def answer(work: Client, verb: str, entry: Offering | MeetingPlace, **more: str) -> Any:
    kind = "offering" if isinstance(entry, Offering) else "place"
    return work.post(PAGE, {"doe": f"{verb}:{kind}:{entry.pk}", "wijk": "west", **more}, follow=True)


def test_it_shows_what_is_old_in_the_wijk_with_the_number_and_the_page_of_the_record(
    work: Client, soos: MeetingPlace, bingo: Offering
):
    a_place(name="Huis Oost", host=an_organization(name="Oost"), hours=ALL_DAY, **IN_EAST)
    page = work.get(f"{PAGE}?wijk=west").content.decode()

    for said in (
        "tel:0320-555100",
        "(Joke)",
        "Open: ma 09:00-22:00, di",
        f'href="/plek/{soos.slug}"',
        "tel:0320-555200",
        f"/aanbod/{bingo.slug}",
    ):
        assert said in page
    assert "Huis Oost" not in page
    assert "Huis Oost" in work.get(f"{PAGE}?wijk=oost").content.decode()


@pytest.mark.parametrize(
    ("verb", "method", "by"), [("gebeld", "phone", "contactpersoon"), ("bezocht", "visit", "verbinder")]
)
def test_one_tap_confirms_a_place_and_the_wijk_counts_it_at_once(
    work: Client, soos: MeetingPlace, verb: str, method: str, by: str
):
    response = answer(work, verb, soos)
    page = response.content.decode()

    assert response.redirect_chain == [(f"{PAGE}?wijk=west", 302)]
    assert "Genoteerd: Soos, klopt." in page
    assert "Alles in West is op tijd nagekeken." in page
    row = Verification.objects.get()
    assert (row.place, row.method, row.confirmed_by) == (soos, method, by)
    assert BlockState.objects.get(area="WK990101", block=3).fresh == 1


def test_what_is_gone_is_asked_once_more_and_then_off_the_map(work: Client, bingo: Offering):
    assert "Weet u het zeker?" in answer(work, "niet-meer", bingo).content.decode()
    assert Offering.objects.visible(datetime.now(UTC)).exists()

    assert "het is er niet meer" in answer(work, "niet-meer", bingo, zeker="ja").content.decode()
    assert not Offering.objects.visible(datetime.now(UTC)).exists()


def test_it_begins_with_the_wijk_where_one_is_the_contact(work: Client, town: dict[str, Any], soos: MeetingPlace):
    assert "Lang niet nagekeken in Oost" in work.get(PAGE).content.decode()
    a_contact(town["WK990101"], name=User.objects.get(access_role="connector").name)
    a_team("Team", members=(User.objects.get(access_role="connector"),))
    assert "Lang niet nagekeken in West" in work.get(PAGE).content.decode()


def test_without_a_number_one_passes_by(work: Client):
    place = a_place(name="Hal", host=an_organization(name="Hal"), hours=ALL_DAY, **IN_WEST)
    page = work.get(f"{PAGE}?wijk=west").content.decode()
    assert "Wij kennen geen nummer. Ga eens langs." in page
    assert f"gebeld:place:{place.pk}" not in page


@pytest.mark.parametrize(
    "said",
    [
        "",
        "gebeld",
        "gebeld:place",
        "gebeld:place:x",
        "dans:place:{place}",
        "gebeld:team:{place}",
        "niet-meer:place:{place}",
    ],
)
def test_an_answer_that_cannot_be_is_not_found_and_confirms_nothing(work: Client, soos: MeetingPlace, said: str):
    given = {"doe": said.format(place=soos.pk), "wijk": "west", "zeker": "ja"}
    assert work.post(PAGE, given).status_code == 404
    assert not Verification.objects.exists()


def test_a_record_of_another_municipality_or_one_that_is_off_the_map_is_not_found(work: Client):
    away = a_place(name="Ver", municipality=ELSEWHERE, **IN_WEST)
    ended = an_offering(name="Over")
    end_offering(offering=ended, on=datetime.now(UTC).date() - timedelta(days=1), by=BY, at=datetime.now(UTC))
    assert [answer(work, "gebeld", one).status_code for one in (away, ended)] == [404, 404]
    assert work.get(f"{PAGE}?wijk=nergens").status_code == 404
    assert not Verification.objects.exists()


def test_the_number_of_queries_does_not_grow_with_what_is_old(work: Client, soos: MeetingPlace, bingo: Offering):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert work.get(f"{PAGE}?wijk=west").status_code == 200
        return len(seen)

    before = queries()
    for number in range(4):
        host = an_organization(name=f"Club {number}")
        place = a_place(name=f"Plek {number}", host=host, hours=ALL_DAY, **IN_WEST)
        an_offering(name=f"Bingo {number}", organization=host, delivery="at_place", place=place)
    assert queries() == before


def test_the_phone_round_and_the_sheet_lead_to_it_for_who_may_call(work: Client, soos: MeetingPlace):
    assert f'href="{PAGE}"' in work.get("/werk/klopt-dit/bellen").content.decode()
    sheet, link = "/werk/wijken/overleg/west", f'href="{PAGE}?wijk=west"'
    for client, leads in ((work, True), (signed_in("clerk"), False)):
        page = client.get(sheet).content.decode()
        assert (link in page, f'href="/plek/{soos.slug}"' in page) == (leads, True)
