"""A policy adviser amends the framework without touching a file: from a first threshold to a published version."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.checks import SMALL, check_wider_spacing
from trust.harness import Site

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
ADVISER, COUNCIL = "beleid@example.nl", "adviesraad@example.nl"
HELPED = {
    "Kan een inwoner hier bij de wet om vragen?": "Nee",
    "Moet de gemeente er bij de wet voor zorgen": "Nee",
    "Gebeurt dit in eigen kring": "Nee",
    "Kunnen ook andere mensen meedoen?": "Ja",
    "Is er een vaste vorm": "Ja",
    "Mag het volgens de wet?": "Ja",
    "Past het bij de randvoorwaarden": "Ja",
    "Heeft de gemeente of een instelling besloten": "Nee",
    "Beslissen bewoners hier zelf over?": "Ja",
    "Lukt het de bewoners om dit zelf": "Nee",
    "Draagt het bij aan een vastgesteld doel": "Ja",
    "Is te zien dat het genoeg succes heeft?": "Ja",
    "Is het nieuw": "Nee",
}


@pytest.fixture(scope="module")
def site(own_demo: Site) -> str:
    return own_demo.address


@pytest.fixture
def framework_of(at_work: OpenPage) -> OpenPage:
    """The page of the framework for somebody who signed in, by the menu."""

    def framework_of(email: str, *, width: int = 390, javascript: bool = False) -> Page:
        page = at_work(email, width=width, javascript=javascript)
        page.get_by_role("link", name="Beleid", exact=True).click()
        page.get_by_role("link", name="Kader", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Ons kader")
        return page

    return framework_of


def begin(page: Page) -> None:
    page.get_by_role("link", name="Begin een concept").click()
    page.get_by_label("Titel", exact=True).fill("Kader sociale basis Markerwaard 2027")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Concept")


def answer(page: Page, question: str, word: str) -> None:
    page.get_by_role("group", name=re.compile(re.escape(question))).get_by_label(word, exact=True).check()


def test_an_adviser_amends_the_framework_and_it_is_adopted_without_javascript(framework_of: OpenPage):
    page = framework_of(ADVISER)
    begin(page)

    page.get_by_role("link", name="Een drempel toevoegen").click()
    page.get_by_label("Vanaf").fill("2027-01-01")
    page.get_by_label("is dit waar").select_option(label="De gemeenschap kan dit dragen")
    page.get_by_label("als", exact=True).select_option(value="amount_per_participant")
    page.get_by_label("dit is", exact=True).select_option(label="hoogstens")
    page.get_by_role("button", name="Zet in het concept").click()
    expect(page.get_by_role("alert")).to_contain_text("Getal: vul dit in")
    page.get_by_label("Getal").fill("75")
    page.get_by_label("Waar staat dit").fill("raadsbesluit 2026-90")
    page.get_by_role("button", name="Zet in het concept").click()
    expect(page.get_by_role("status")).to_have_text("De drempel staat in het concept.")
    expect(page.get_by_text("Vanaf 1 januari 2027").first).to_contain_text("hoogstens 75 euro is.")

    page.get_by_role("link", name="Zuinig en klaar voor later").click()
    page.get_by_label("Tekst").fill("Wij betalen mee aan wat lang meegaat.")
    page.get_by_role("button", name="Opslaan in het concept").click()
    expect(page.get_by_text("Wij betalen mee aan wat lang meegaat.")).to_be_visible()

    page.get_by_role("link", name="Een voorbeeld toevoegen").click()
    page.get_by_label("Titel", exact=True).fill("Het repaircafé van Zuid")
    page.get_by_role("textbox", name="Wat speelt er").fill(
        "Vrijwilligers herstellen spullen. De huur is niet meer te betalen."
    )
    page.get_by_label("Welke zin uit het kader laat dit zien").fill("Steun als het nodig is.")
    page.get_by_label("Waar staat die zin").fill("§3.2")
    for question, word in HELPED.items():
        answer(page, question, word)
    page.get_by_label("Welk advies hoort hierbij").select_option(label="Rol 4")
    page.get_by_role("button", name="Zet in het concept").click()
    expect(page.get_by_role("alert")).to_contain_text("met deze antwoorden is het advies: Rol 2")
    page.get_by_label("Welk advies hoort hierbij").select_option(label="Rol 2")
    page.get_by_role("button", name="Zet in het concept").click()
    expect(page.get_by_role("status")).to_have_text("De casus staat in het concept.")

    page.get_by_role("link", name="Wat zou er veranderen").click()
    expect(page.get_by_text("Er verandert niets vanzelf.")).to_be_visible()
    expect(page.get_by_text("Gerekend op 1 januari 2027")).to_be_visible()

    page.get_by_role("link", name="Ons kader").click()
    page.get_by_role("link", name="Advies en reactie").click()
    page.get_by_role("button", name="Vraag de adviesraad").click()
    expect(page.get_by_text("verandert het concept niet")).to_be_visible()

    council = framework_of(COUNCIL)
    council.get_by_role("link", name="Advies en reactie").click()
    council.get_by_label("Het advies", exact=True).fill("Wij zijn het eens met dit bedrag.")
    council.get_by_role("button", name="Geef dit advies").click()
    expect(council.get_by_role("status")).to_have_text("Het advies staat vast. Dank u wel.")

    page.reload()
    page.get_by_label("De reactie van het college").fill("Dank voor uw advies.")
    page.get_by_role("button", name="Sla de reactie op").click()
    page.get_by_role("link", name="Ons kader").click()
    page.get_by_role("link", name="Vaststellen").click()
    page.get_by_label("Wie stelde het vast").fill("gemeenteraad, besluit 2026-090")
    page.get_by_label("Wat is er anders, en waarom").fill("Een hoger bedrag per deelnemer.")
    page.get_by_role("button", name="Stel vast en maak openbaar").click()
    expect(page.get_by_role("status")).to_contain_text("Het kader is vastgesteld.")

    page.get_by_role("link", name="Zo ziet iedereen het").click()
    for words in ("Kader sociale basis Markerwaard 2027", "gemeenteraad, besluit 2026-090", "Dank voor uw advies."):
        expect(page.get_by_text(words).first).to_be_visible()


def test_the_framework_is_reached_and_changed_by_keyboard(framework_of: OpenPage):
    page = framework_of(ADVISER, width=1280)
    begin(page)
    page.get_by_role("link", name="Binnen de wet en de randvoorwaarden").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.get_by_label("Naam").focus()
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Opslaan in het concept"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Opgeslagen")
    page.get_by_role("link", name="Titel, dag en bronnen veranderen").click()
    page.get_by_role("button", name="Gooi het concept weg").click()
    expect(page.get_by_role("status")).to_have_text("Het concept is weg.")


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_nothing_sticks_out(framework_of: OpenPage, axe: Callable[[Page], list[str]], width: int):
    page, problems = framework_of(ADVISER, width=width, javascript=True), {}

    def look(name: str) -> None:
        sticks_out = page.evaluate("document.documentElement.scrollWidth") > width
        problems[name] = [*axe(page), *page.evaluate(SMALL), *(["wide"] if sticks_out else [])]

    begin(page)
    draft = page.url
    look("draft")
    for path in ("drempel", "voorbeeld", "onderdeel", "vaststellen"):
        page.goto(draft.replace("concept", path))
        look(path)
        page.locator("main form button[type=submit]").last.click()
        look(f"{path}, errors")
    for path in ("onderdeel/principle/2", "wat-verandert", "adviesraad", "versie/1", "beginnen"):
        page.goto(draft.replace("concept", path))
        look(path)
    page.get_by_role("button", name="Gooi het concept weg").click()
    look("framework")
    page.goto(draft.replace("kader/concept", "algoritmeregister"))
    look("algorithm")
    for path in ("/rolgesprek/kader", "/rolgesprek/algoritme"):
        page.goto(path)
        look(path)
        check_wider_spacing(page, width=width)

    assert {name: found for name, found in problems.items() if found} == {}
