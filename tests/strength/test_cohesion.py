"""Parties and links read from the store: what counts where, who is alone, and what anyone may know of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samenspel.people.models import Organization
from samenspel.policy.models import YearAmount
from samenspel.socialmap.listing import withdraw_listing
from samenspel.socialmap.wijk import Wijk, wijken
from samenspel.strength.cohesion import Cohesion, Line, PublicLine, cohesion, known, known_pairs, public_cohesion
from samenspel.strength.links import is_isolated
from tests.people.rows import AT, BY, ELSEWHERE, GM, an_area, an_organization
from tests.policy.planted import a_case, a_decision
from tests.policy.test_dossiers import a_dossier, an_option
from tests.strength.linked import a_challenge, a_network, a_party, a_wijk, chosen, handed_on, held_in, plant

pytestmark = pytest.mark.django_db


def whole() -> Cohesion:
    return cohesion(known(GM, at=AT))


def in_wijk(code: str) -> Cohesion:
    return cohesion(known(GM, at=AT), the_wijk(code))


def the_wijk(code: str) -> Wijk:
    return next(one for one in wijken(GM) if one.area.code == code)


def of(found: Cohesion, theme: str) -> Line:
    return next(line for line in found.lines if line.figures.theme == theme)


def public_of(theme: str) -> PublicLine:
    return next(line for line in public_cohesion(known(GM, at=AT)).lines if line.theme == theme)


def parties(found: Cohesion, theme: str = "care") -> list[str]:
    there = known(GM, at=AT).parties
    return sorted(there[party].name for party in of(found, theme).figures.parties)


def alone(found: Cohesion) -> list[str]:
    return [party.name for party in found.isolated]


def test_it_takes_eight_queries_however_many_organizations_there_are():
    wijk, buurt = a_wijk()
    held_in(buurt, "A", host=an_organization(name="Dorpshuis"))
    with CaptureQueriesContext(connection) as few:
        known(GM, at=AT)
    for number in range(12):
        offering = held_in(buurt, f"Partij {number}", serves=(wijk,))
        a_decision(a_case(f"Zaak {number}", offering=offering), "3")
        a_challenge(offering.organization, "Politie", title=f"Opgave {number}")
    with CaptureQueriesContext(connection) as many:
        known(GM, at=AT)

    assert len(few) == len(many) == 8


def test_a_party_counts_where_it_is_held_where_it_comes_by_and_everywhere_when_it_says_nothing():
    wijk, buurt = a_wijk()
    a_wijk("WK990102", "Wijk 02 De Slikken")
    home = an_area(GM, "municipality", name="Markerwaard")
    held_in(buurt, "Aan tafel")
    a_party("Komt langs", serves=(wijk,))
    a_party("Komt in de buurt", serves=(buurt,))
    a_party("Komt overal", serves=(home,))
    a_party("Zegt niets")

    assert parties(in_wijk("WK990101")) == ["Aan tafel", "Komt in de buurt", "Komt langs", "Komt overal", "Zegt niets"]
    assert parties(in_wijk("WK990102")) == ["Komt overal", "Zegt niets"]
    assert len(parties(whole())) == 5


def test_what_comes_by_in_a_working_area_counts_in_the_wijken_of_its_buurten():
    _wijk, buurt = a_wijk()
    a_wijk("WK990102", "Wijk 02 De Slikken")
    team = an_area("TEAM-WEST", "working_area")
    team.members.add(buurt)
    a_party("Komt langs", serves=(team,))

    assert parties(in_wijk("WK990101")) == ["Komt langs"]
    assert parties(in_wijk("WK990102")) == []


def test_an_offering_at_a_place_without_a_buurt_is_in_no_wijk():
    a_wijk()
    held_in(None, "Ergens", serves=(an_area(GM, "municipality"),))

    assert parties(in_wijk("WK990101")) == []
    assert parties(whole()) == ["Ergens"]


def test_the_newest_decision_goes_before_what_the_entry_says():
    funded, stopped = a_party("Nu wel", municipal_role=1), a_party("Niet meer", municipal_role=3)
    a_decision(a_case("Nu wel", offering=funded), "2")
    case = a_case("Niet meer", offering=stopped)
    a_decision(case, "3", decided_on=date(2025, 1, 1))
    a_decision(case, "not_done", decided_on=date(2026, 1, 1), evaluate_on=None)

    assert parties(whole()) == ["Nu wel"]


def test_the_amount_of_this_year_of_the_newest_decision_is_the_money():
    for name, euros in (("Groot", 3000), ("Klein", 1000)):
        case = a_case(name, offering=a_party(name))
        old = a_decision(case, "3", decided_on=date(2025, 1, 1))
        new = a_decision(case, "3")
        for decision, year, amount in ((old, 2026, 77), (new, 2026, euros), (new, 2027, 5)):
            plant(YearAmount(decision=decision, year=year, euros=amount))
    money = of(whole(), "care").figures.by_money

    assert money
    assert (money.index, money.of) == ((9 + 1) / 16, 2)


def test_clubs_and_what_residents_may_not_see_change_no_figure():
    a_party("Stichting Welzijn")
    before = of(whole(), "care").figures
    a_party("Koor", kind="association", themes=["care", "create"], municipal_role=2)
    hidden = a_party("Weg ermee")
    withdraw_listing(organization=hidden.organization, by=BY, at=AT)
    a_party("Buurgemeente", municipality=ELSEWHERE)

    assert of(whole(), "care").figures == before


def test_everybody_is_alone_until_there_is_a_link_clubs_too():
    a_party("Stichting Welzijn")
    a_party("Koor", kind="association")

    assert alone(whole()) == ["Koor", "Stichting Welzijn"]
    assert [party.name for party in of(whole(), "care").isolated] == ["Stichting Welzijn"]


def by_place(one: Organization, other: Organization) -> None:
    held_in(an_area("BU99010901", "neighborhood"), one.name, host=other)


def by_network(one: Organization, other: Organization) -> None:
    a_network(one, other)


def by_challenge(one: Organization, other: Organization) -> None:
    a_challenge(one, other)


def by_handover(one: Organization, other: Organization) -> None:
    handed_on(one, other)


LINKS = [by_place, by_network, by_challenge, by_handover]


@pytest.mark.parametrize("link", LINKS, ids=lambda link: link.__name__)
def test_each_of_the_four_links_takes_both_out_of_their_isolation(link: Callable[..., None]):
    one, other, third = (a_party(name).organization for name in ("Een", "Twee", "Drie"))
    link(one, other)

    assert alone(whole()) == ["Drie"]
    assert [is_isolated(party, at=AT) for party in (one, other, third)] == [False, False, True]


def alone_in_a_network(one: Organization) -> None:
    a_network(one)


def with_itself(one: Organization) -> None:
    held_in(an_area("BU99010901", "neighborhood"), one.name, host=one)


def long_ago(one: Organization) -> None:
    handed_on(None, one, quarter="2025Q3")


def in_a_challenge_that_is_over(one: Organization) -> None:
    a_challenge(one, "Politie", ended_on=date(2025, 11, 1), result="Klaar.")


def alone_in_a_challenge(one: Organization) -> None:
    a_challenge(one)


NO_LINKS = [alone_in_a_network, with_itself, long_ago, in_a_challenge_that_is_over, alone_in_a_challenge]


@pytest.mark.parametrize("no_link", NO_LINKS, ids=lambda one: one.__name__)
def test_what_is_no_link_with_another_now_leaves_one_alone(no_link: Callable[..., None]):
    one = a_party("Een").organization
    no_link(one)

    assert alone(whole()) == ["Een"]
    assert is_isolated(one, at=AT)


def with_a_team(one: Organization) -> None:
    handed_on(None, one)


def a_year_ago(one: Organization) -> None:
    handed_on(one, None, quarter="2025Q4")


def with_one_outside_the_map(one: Organization) -> None:
    a_challenge(one, "Politie")


def in_a_challenge_that_just_ended(one: Organization) -> None:
    a_challenge(one, "Politie", ended_on=date(2026, 6, 1), result="Klaar.")


OUTSIDE = [with_a_team, a_year_ago, with_one_outside_the_map, in_a_challenge_that_just_ended]


@pytest.mark.parametrize("link", OUTSIDE, ids=lambda one: one.__name__)
def test_a_link_with_one_that_is_not_on_the_map_counts(link: Callable[..., None]):
    one = a_party("Een").organization
    link(one)

    assert alone(whole()) == []
    assert not is_isolated(one, at=AT)


def test_one_organization_is_judged_in_four_queries():
    one = a_party("Een").organization
    for number in range(5):
        other = a_party(f"Ander {number}").organization
        handed_on(one, other)
        a_challenge(one, other, title=f"Opgave {number}")
    with CaptureQueriesContext(connection) as asked:
        assert not is_isolated(one, at=AT)

    assert len(asked) == 4


def test_a_chosen_partner_of_a_public_dossier_is_a_strategic_partner():
    welfare, other = a_party("Stichting Welzijn").organization, a_party("Ander").organization
    dossier = a_dossier()
    chosen(an_option(dossier, "Welzijn", kind="partner", organization=welfare))
    an_option(dossier, "Ander", kind="partner", organization=other)
    chosen(an_option(dossier, "Een stichting", organization=other))

    assert [party.name for party in of(whole(), "care").partners] == ["Stichting Welzijn"]
    assert public_of("care").partners == ("Stichting Welzijn",)


@pytest.mark.parametrize(("number", "shown"), [(0, None), (1, None), (9, None), (10, 10), (14, 10)])
def test_how_many_are_alone_is_hidden_below_ten_and_rounded_down(number: int, shown: int | None):
    for one in range(number):
        a_party(f"Partij {one}")
    found = public_cohesion(known(GM, at=AT))

    assert (found.isolated, public_of("care").isolated, found.organizations) == (shown, shown, number)


def test_in_a_wijk_it_is_never_told_how_many_are_alone():
    a_wijk()
    for one in range(12):
        a_party(f"Partij {one}")
    found = public_cohesion(known(GM, at=AT), the_wijk("WK990101"))

    assert found.isolated is None
    assert {line.isolated for line in found.lines} == {None}
    assert found.organizations == 12


def test_what_anyone_may_know_names_no_club_and_nobody_for_being_alone():
    a_party("Alleen", kind="association")
    a_party("Alleen Stichting", themes=["home"])
    one, other = a_party("Een").organization, a_party("Twee").organization
    a_network(one, other)
    there = known(GM, at=AT)
    told: Any = public_cohesion(there)

    assert "Alleen'" not in repr(told)
    assert public_of("care").parties == ("Een", "Twee")
    assert [pair.names for pair in public_of("care").overlaps] == [("Een", "Twee")]
    assert known_pairs(there) == (("Een", "Twee"),)


def test_who_handed_on_questions_is_no_open_link():
    one, other = a_party("Een").organization, a_party("Twee").organization
    handed_on(one, other)

    assert known_pairs(known(GM, at=AT)) == ()


def test_a_day_later_it_is_of_another_day():
    assert known(GM, at=AT + timedelta(days=1)) == replace(known(GM, at=AT), on=date(2026, 11, 22))
