"""What the municipality gives, for everyone: only what the map names, and everything in the sum."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samenspel.people.actions import withdraw_listing
from samenspel.policy.contributions import contributions
from samenspel.policy.models import RoleDecision, YearAmount
from tests.people.rows import AT, BY, GM
from tests.policy.planted import _plant, a_case, a_decision
from tests.socialmap.rows import an_offering

pytestmark = pytest.mark.django_db
YEAR = AT.year


def paid(decision: RoleDecision, **euros: int) -> RoleDecision:
    for year, amount in euros.items():
        row = YearAmount(decision=decision, year=int(year.removeprefix("y")), euros=amount)
        _plant(row=row, municipality=GM, by=BY, at=AT)
    return decision


def test_the_newest_decision_counts_and_only_what_is_on_the_map_is_named(client: Client):
    walk = an_offering(name="Dinsdagommetje")
    case = a_case("Geheim dossier", offering=walk)
    paid(a_decision(case, "4"), **{f"y{YEAR}": 9_000})
    paid(a_decision(case, "2", decided_on=AT.date()), **{f"y{YEAR}": 1_500, f"y{YEAR + 3}": 500})
    paid(a_decision(a_case("Nog een geheim")), **{f"y{YEAR}": 20_000})

    found = contributions(GM, YEAR, at=AT)

    assert [(row.name, row.decided, row.euros) for row in found.rows] == [
        ("Dinsdagommetje", "2", (1_500, None, None, 500))
    ]
    assert (found.others, found.totals) == (((20_000, None, None, None),), (21_500, None, None, 500))
    assert found.undecided == (0, 2, 2, 1)
    page = client.get("/raad/geld").content.decode()
    assert "Hier staan alleen de 2 activiteiten waarvoor de gemeente een rol koos." in page
    assert "<strong>€\N{NO-BREAK SPACE}21.500</strong>" in page
    assert "<strong>ten minste €\N{NO-BREAK SPACE}500</strong>" in page
    assert page.count("<strong>niets besloten</strong>") == 2
    for address in ("/raad/geld", "/en/raad/geld", "/raad/geld.csv"):
        page = client.get(address).content.decode()
        assert "Dinsdagommetje" in page
        assert "geheim" not in page.lower()


def test_who_withdrew_is_not_named(client: Client):
    walk = an_offering(name="Dinsdagommetje")
    paid(a_decision(a_case(offering=walk)), **{f"y{YEAR}": 1_500})
    withdraw_listing(organization=walk.organization, by=BY, at=AT)

    page = client.get("/raad/geld").content.decode()

    assert "Dinsdagommetje" not in page
    assert "€\N{NO-BREAK SPACE}1.500" in page


def test_without_a_decision_the_page_says_so(client: Client):
    assert "Er is nog geen besluit over geld vastgelegd." in client.get("/raad/geld").content.decode()


def test_many_decisions_take_no_more_queries():
    paid(a_decision(a_case(offering=an_offering())), **{f"y{YEAR}": 1})
    with CaptureQueriesContext(connection) as one:
        contributions(GM, YEAR, at=AT)
    for number in range(5):
        paid(a_decision(a_case(f"Zaak {number}")), **{f"y{YEAR}": 1})
    with CaptureQueriesContext(connection) as six:
        contributions(GM, YEAR, at=AT)

    assert len(six) == len(one) <= 3


def test_a_day_to_look_back_that_is_past_is_said_to_be_past(client: Client):
    walk, swim = an_offering(name="Dinsdagommetje"), an_offering(name="Zwemuur")
    for offering, day in ((walk, date(2026, 10, 6)), (swim, date(2999, 10, 6))):
        paid(a_decision(a_case(offering.name, offering=offering), evaluate_on=day), **{f"y{YEAR}": 1_500})
    page = client.get("/raad/geld").content.decode()

    assert "De dag om terug te kijken was 6 oktober 2026." in page
    assert "Terugkijken op 6 oktober 2999." in page
