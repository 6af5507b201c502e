"""What a sketch says first: who leaves, which theme falls away, which step does not count, what is given."""

import re
from html import unescape
from typing import Any

import pytest

from samenspel.cockpit.areas.around import today
from samenspel.cockpit.areas.explore_words import first
from samenspel.places.models import Area
from samenspel.policy.blocks.exploring import Explored, Part
from samenspel.policy.blocks.reading import Wijken
from samenspel.policy.blocks.steps import (
    AddHours,
    ClosePlace,
    StopOffering,
    StopOrganization,
)
from samenspel.policy.models import Exploration, YearAmount
from samenspel.socialmap.actions import confirm_offering
from tests.cockpit.test_explore import a_confirmed_place, a_draft, a_town_with_a_place, now, page_of, plain
from tests.people.rows import AT, BY, GM, a_contact
from tests.policy import planted
from tests.policy.block_rows import IN_EAST, IN_WEST, a_confirmed, a_meeting_place, a_town, the_norms
from tests.socialmap.rows import a_listed, a_place, an_offering
from tests.workspace.accounts import signed_in

pytestmark = pytest.mark.django_db
MAKER, ROOT = "policy_adviser", "/werk/wijken/verkenningen"


def test_a_verbinder_of_what_stops_is_said_first_and_stands_in_the_table_and_on_the_map():
    place = a_town_with_a_place()
    a_contact(place.neighborhood.parent, organization=place.host)
    found = signed_in(MAKER, email="a@x.example").get(f"{ROOT}/{a_draft().pk}/kiezen", {"wat": "organisatie"})
    assert "Gastheer van plekken: 1. Verbinders: 1. Deze organisatie stopt" in plain(found.content.decode())
    step = unescape(re.findall(r'name="step" value="([^"]+)"', found.content.decode())[0])
    row, client = Exploration.objects.get(), signed_in("subsidy_adviser")
    client.post(f"{ROOT}/{row.pk}/stap", {"step": step})

    page = plain(page_of(row, client))
    assert "Stichting Het Peilhuis stopt. Al het aanbod stopt." in page
    assert "Nu en straks Ontmoetingsplekken: een andere stand in 1 wijk (West)." in page
    assert "Verbinder: een andere stand in 1 wijk (West)." in page
    assert "West Verbinder Deels" in page
    assert "Wij weten hier nog niets van." not in page
    assert "Op de kaart: verbinder" in page_of(row, client, "?bouwsteen=5")


def test_a_verbinder_who_somebody_may_stand_in_for_is_said_first_as_not_worked_out():
    place = a_town_with_a_place()
    a_contact(place.neighborhood.parent, organization=place.host)
    a_contact(Area.objects.get(code=GM))

    page = plain(page_of(a_draft(StopOrganization(place.host.pk))))
    assert "Verbinder: niet uitgerekend in 1 wijk (West). De verbinder daar stopt ook." in page
    assert page.index("Verbinder: niet uitgerekend") < page.index("West Verbinder Deels")
    assert "Niet uitgerekend De verbinder werkt bij een organisatie die hier stopt." in page


def test_the_theme_that_falls_is_named_first_and_in_the_table():
    a_town()
    the_norms(provisions={"themes": ("care", "move"), "amount": 2})
    place = a_confirmed_place(**IN_WEST)
    offering = an_offering(place=place, delivery="at_place", themes=["care"])
    confirm_offering(offering=offering, method="phone", confirmed_by="verbinder", by=BY, at=now())

    page = plain(page_of(a_draft(StopOffering(offering.pk)))).replace("\u00a0", " ")
    assert "Zorg en mantelzorg dichtbij: in West van 100 % naar 0 % van de inwoners." in page
    assert "Zorg en mantelzorg dichtbij: van 100 % naar 0 % van de inwoners. Dat is onder de norm." in page
    assert "Bewegen" not in page


def test_of_many_wijken_that_lose_a_theme_the_first_are_named_and_the_others_counted():
    codes = tuple(f"WK9901{number:02}" for number in range(5))
    names = tuple(f"Wijk {number}" for number in range(5))
    wijken = Wijken(codes, names, {code: number for number, code in enumerate(codes)}, {})
    parts = tuple(Part(code, 2, "care", 0.9, 0.8 - number / 10, 0.8) for number, code in enumerate(codes))
    nothing: Any = ((), (), (), (), ())

    (said,) = first(Explored(wijken, *nothing, parts[:4], {}, ()))
    assert said.replace("\u00a0", " ").endswith(
        "in Wijk 1 van 90 % naar 70 % van de inwoners, en minder in nog 1 wijk."
    )
    (said,) = first(Explored(wijken, *nothing, parts, {}, ()))
    assert said.endswith(", en minder in nog 2 wijken.")
    (said,) = first(Explored(wijken, *nothing, parts[:3], {}, ()))
    assert "en minder" not in said


def test_a_step_that_does_not_count_for_the_norm_says_so_and_what_stays_the_same_stands_open():
    place = a_town_with_a_place()
    more = AddHours(a_place(name="Zaaltje", **IN_WEST).pk, 40, False)

    client = signed_in(MAKER)
    page = page_of(a_draft(more), client)
    assert "Telt voor een deel De norm vraagt ook een plek die in de avond open is." in plain(page)
    assert '<details class="samenspel-more" open>' in page
    page = page_of(a_draft(ClosePlace(place.pk)), client)
    assert "Telt" not in plain(page).split("Nu en straks")[0]


def test_a_step_about_what_no_norm_asks_or_what_is_too_old_says_why():
    a_town_with_a_place()
    empty, old = a_place(name="Zaaltje", **IN_WEST), a_meeting_place(name="De Schuur", confirmed=None, **IN_EAST)

    page = plain(page_of(a_draft(ClosePlace(empty.pk), ClosePlace(old.pk))))
    assert "Telt niet mee Een plek telt pas met een gastheer, met uren en met een norm." in page
    assert "Telt niet mee Dit is langer geleden bevestigd dan de norm wil." in page


def test_what_is_decided_to_give_stands_beside_the_name_and_comes_first():
    a_confirmed(name="Aardappels poten", organization=a_listed("Aardappelclub"))
    song = a_confirmed(name="Zingen", organization=a_listed("Koor"))
    decision = planted.a_decision(planted.a_case("Koor", offering=song))
    year = today().year
    planted._plant(row=YearAmount(decision=decision, year=year, euros=12_500), municipality=GM, by=BY, at=AT)
    client, row = signed_in(MAKER), a_draft(StopOrganization(song.organization.pk), StopOffering(song.pk))

    said = f"Besloten bijdrage in {year}: € 12.500."
    for kind in ("organisatie", "aanbod"):
        page = plain(client.get(f"{ROOT}/{row.pk}/kiezen", {"wat": kind}).content.decode())
        assert page.index("Met een bedrag in een besluit") < page.index(said) < page.index("Zonder bedrag")
        assert page.index(said) < page.index("Aardappel")
    assert plain(page_of(row, client)).count(said) == 2


def test_organizations_that_do_most_come_first_and_one_without_anything_cannot_be_chosen():
    a_listed("Aaltjes tafel")
    welfare = a_listed("Zorg en Welzijn")
    for name in ("Soep", "Zingen"):
        a_confirmed(name=name, organization=welfare)
    a_confirmed(name="Lopen", organization=a_listed("Koor"))

    page = signed_in(MAKER).get(f"{ROOT}/{a_draft().pk}/kiezen", {"wat": "organisatie"}).content.decode()
    words = plain(page)
    assert words.index("Zorg en Welzijn Aanbod: 2.") < words.index("Koor Aanbod: 1.") < words.index("Aaltjes tafel")
    assert "Aaltjes tafel Staat nu nergens op de kaart." in words
    assert page.count('name="step"') == 2
