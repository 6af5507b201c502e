"""A morning of the verbinder on a phone: from the day to a question, a contact, another's help and a yes."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_resident_access import SMALL
from trust.harness import Site

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
VERBINDER, COORDINATOR = "verbinder@example.nl", "vrijwilligers@example.nl"


@pytest.fixture(scope="module")
def site(own_demo: Site) -> str:
    return own_demo.address


def group(page: Page, title: str):
    return page.locator("section", has=page.get_by_role("heading", name=re.compile(f"^{title}")))


def test_a_question_is_opened_called_about_and_shared_on_a_phone_without_javascript(at_work: OpenPage):
    page = at_work(VERBINDER)
    group(page, "Nog van niemand").get_by_role("button", name=re.compile("Oppakken")).first.click()
    expect(page.get_by_role("status")).to_have_text("U heeft deze vraag nu.")

    page.get_by_role("button", name="Open deze vraag").click()
    expect(page.get_by_role("heading", name="Zo kunt u veilig reageren")).to_be_visible()
    page.get_by_role("group", name="Gebeld").get_by_role("button", name="gesproken").click()
    expect(page.get_by_role("status")).to_have_text("Genoteerd: u heeft gesproken.")

    page.get_by_role("link", name="Vraag iemand").click()
    page.get_by_label("Organisatie, als u die koos").select_option(label="Stichting Welzijn Waardwerk")
    page.get_by_label("Wat vertelt u").fill("Iemand wil samen naar post kijken, op een rustige plek.")
    page.get_by_label("Taak van de gemeente", exact=True).check()
    page.get_by_label("De inwoner zei ja tegen mij").check()
    page.get_by_role("button", name="Vraag het").click()
    expect(page.get_by_text("wacht op antwoord")).to_be_visible()

    other = at_work(COORDINATOR)
    group(other, "Wacht op uw antwoord").get_by_role("button").first.click()
    expect(other.get_by_text("samen naar post kijken")).to_be_visible()
    other.get_by_role("button", name="Ja, ik help mee").click()
    expect(other.get_by_role("status")).to_have_text("Fijn dat u meehelpt.")
    page.reload()
    expect(page.get_by_text("Nu heet dit een verwijzing.").first).to_be_visible()


def test_the_day_is_walked_by_keyboard_and_the_first_row_is_one_key_from_its_heading(at_work: OpenPage):
    page = at_work(VERBINDER, width=1280)
    row = group(page, "Kijk hier het eerst naar").get_by_role("link").first
    row.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"
    with page.expect_navigation():
        page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Vraag")


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_nothing_sticks_out(at_work: OpenPage, axe: Callable[[Page], list[str]], width: int):
    page, problems = at_work(VERBINDER, width=width, javascript=True), {}

    def look(name: str) -> None:
        sticks_out = page.evaluate("document.documentElement.scrollWidth") > width
        problems[name] = [*axe(page), *page.evaluate(SMALL), *(["wide"] if sticks_out else [])]

    look("day")
    page.goto("/werk/vragen")
    look("requests")
    page.goto("/werk/lijst/mijn")
    look("list")
    page.get_by_role("link", name=re.compile("^Vraag ")).first.click()
    look("question")
    question = page.url
    page.get_by_role("button", name="Open deze vraag").click()
    look("opened")
    for path in ("vraag-iemand", "afsluiten"):
        page.goto(f"{question}/{path}")
        look(path)
        page.locator("main form button[type=submit]").last.click()
        look(f"{path}, errors")
    page.goto("/werk/opvolgen")
    look("succession")
    page.goto("/werk/")
    group(page, "Wacht op uw antwoord").get_by_role("button").first.click()
    look("handover")

    assert {name: found for name, found in problems.items() if found} == {}
