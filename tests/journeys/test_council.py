"""A council member finds in three clicks how every wijk stands; an adviser asks what if; a verbinder looks."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.checks import SMALL, check_wider_spacing, check_with_axe
from trust.harness import Site

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
Axe = Callable[[Page], list[str]]
PUBLIC = (
    "/raad/", "/raad/wijk/wierhaven", "/raad/wijk/wierhaven/3", "/raad/wijk/noorderpolder/4", "/raad/verschuiving",
    "/raad/samenhang", "/raad/geld", "/raad/wijkopgaven", "/raad/vragen",
)  # fmt: skip
AT_WORK = {
    "beleid@example.nl": (
        "", "wierhaven/3", "opgaven", "acties", "netwerk", "normen", "prijzen", "totaalcijfer", "vragen",
        "verkenningen",
    ),
    "verbinder@example.nl": ("netwerk/wierhaven", "overleg/wierhaven", "wierhaven/4/gekeken", "nog-zonder-verbinding"),
}  # fmt: skip


@pytest.fixture(scope="module")
def site(own_demo: Site) -> str:
    return own_demo.address


@pytest.mark.parametrize(
    ("link", "heading"),
    [
        ("Wierhaven, ontmoetingsplekken", "Wierhaven: ontmoetingsplekken"),
        ("Wierhaven", "Hoe sterk is Wierhaven?"),
        ("Wat de gemeente geeft, en waarom", "Wat de gemeente geeft, en waarom"),
        ("Wijkopgaven en beloften", "Wijkopgaven"),
        ("Wordt hulp lichter en dichterbij?", "Wordt hulp lichter en dichterbij?"),
        ("Vragen van de raad en inbreng", "Vragen"),
    ],
    ids=["a gap", "a wijk", "the money", "the promises", "the shift", "the questions"],
)
def test_a_council_member_is_there_in_three_clicks_from_the_home_page(open_page: OpenPage, link: str, heading: str):
    page = open_page("/", width=390, height=844)
    page.get_by_role("link", name="Hoe staat elke wijk ervoor?").first.click()
    page.locator("main").get_by_role("link", name=link).first.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    assert page.context.cookies() == []


@pytest.mark.parametrize("language", ["", "/en"], ids=["Dutch", "English"])
def test_public_pages_stand_up_to_axe_at_320_pixels_and_lose_nothing(open_page: OpenPage, axe: Axe, language: str):
    for path in PUBLIC:
        page = open_page(language + path, width=320, javascript=True)
        check_with_axe(page, axe, width=320)
        assert page.evaluate(SMALL) == [], path
        check_wider_spacing(page, width=320)
        page.context.close()


def test_pages_at_work_stand_up_to_axe_at_320_pixels(at_work: OpenPage, axe: Axe):
    for email, paths in AT_WORK.items():
        page = at_work(email, width=320, javascript=True)
        for path in paths:
            page.goto(f"/werk/wijken/{path}")
            check_with_axe(page, axe, width=320)
            assert page.evaluate(SMALL) == [], path


def test_an_adviser_sees_who_loses_a_meeting_place_when_a_dorpshuis_closes_without_javascript(at_work: OpenPage):
    page = at_work("beleid@example.nl")
    page.get_by_role("link", name="Wijken", exact=True).click()
    page.get_by_role("link", name="Verkenningen").click()
    page.get_by_role("link", name="Een verkenning beginnen").click()
    page.get_by_label("Hoe noemt u deze verkenning").fill("Wat als De Wierloods sluit?")
    page.get_by_role("button", name="Beginnen").click()
    page.get_by_role("link", name="Een plek sluit of is langer open").click()
    page.get_by_label("Naam").fill("Wierloods")
    page.get_by_role("button", name="Zoeken").click()
    page.get_by_role("button", name="Deze plek sluit").first.click()

    expect(page.get_by_role("heading", name="Wie iets dichtbij kwijtraakt")).to_be_visible()
    expect(page.get_by_text("Dit is een schets, geen besluit of plan.").first).to_be_visible()
    expect(page.get_by_role("table").filter(has_text="Wierhaven").first).to_be_visible()
    assert page.title().upper().count("VERKENNING") >= 1


def test_a_verbinder_who_looked_and_found_nothing_makes_it_missing(at_work: OpenPage):
    page = at_work("verbinder@example.nl")
    page.goto("/werk/wijken/noorderpolder/4")
    expect(page.get_by_text("Onbekend", exact=True).first).to_be_visible()
    page.get_by_role("link", name="Ik keek en vond niets").click()
    page.get_by_label("Hoe").fill("Gebeld met het dorpshuis en de ijsclub")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("Iemand keek en vond niets.").first).to_be_visible()
