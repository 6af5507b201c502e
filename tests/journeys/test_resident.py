"""A resident, and someone who looks for her mother: asking, reading, printing, without JavaScript or mouse."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

QUESTION = "iemand die met mijn moeder wil wandelen"
POSTCODE = "1291AA"

PagesOpen = Callable[..., Page]


def ask(page: Page, question: str = QUESTION, place: str = POSTCODE) -> None:
    page.locator("#vraag").fill(question)
    page.locator("#plaats").fill(place)
    page.locator("main form button[type=submit]").first.click()


def test_a_daughter_finds_someone_to_walk_with_her_mother_and_prints_the_page(resident_page: Page):
    ask(resident_page)

    expect(resident_page.locator("h1")).to_have_text("Dit vonden wij voor u")
    expect(resident_page.locator(".samenspel-asked")).to_contain_text("samen wandelen")
    first = resident_page.locator(".samenspel-card").first
    expect(first).to_contain_text(re.compile("wandel", re.IGNORECASE))
    expect(first.locator(".samenspel-card__reason")).not_to_be_empty()

    first.locator(".samenspel-go").click()

    expect(resident_page.locator("h1")).to_contain_text(re.compile("wandel", re.IGNORECASE))
    expect(resident_page.locator("main a[href^='tel:']").first).to_be_visible()
    assert len(resident_page.pdf()) > 10_000


def test_on_paper_stand_the_facts_and_not_the_buttons(open_page: PagesOpen):
    page = open_page("/")
    ask(page)
    page.locator(".samenspel-go").first.click()
    page.emulate_media(media="print")

    expect(page.locator(".samenspel-language")).to_be_hidden()
    expect(page.locator(".samenspel-back")).to_be_hidden()
    expect(page.locator(".samenspel-facts")).to_be_visible()
    expect(page.locator(".samenspel-footer__help")).to_be_visible()


def test_the_question_stays_out_of_the_address_and_the_history(resident_page: Page):
    ask(resident_page, "wandelen zebrapadgeheim")

    assert resident_page.url.endswith("/zoeken")
    assert "zebrapad" not in resident_page.title()
    assert resident_page.context.cookies() == []


def test_everything_works_with_only_the_keyboard(open_page: PagesOpen):
    page = open_page("/")

    page.keyboard.press("Tab")
    expect(page.locator(".nl-skip-link")).to_be_focused()
    expect(page.locator(".nl-skip-link")).to_be_in_viewport()
    page.keyboard.press("Enter")
    tab_to(page, "#vraag")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Tab")
    expect(page.locator("#plaats")).to_be_focused()
    page.keyboard.type(POSTCODE)
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text("Dit vonden wij voor u")
    tab_to(page, "summary")
    page.keyboard.press("Enter")
    tab_to(page, "input[name=gratis]")
    page.keyboard.press("Space")
    expect(page.locator("input[name=gratis]")).to_be_checked()
    tab_to(page, ".samenspel-refine button")
    page.keyboard.press("Enter")

    expect(page.locator(".samenspel-asked")).to_contain_text("wat gratis is")
    tab_to(page, ".samenspel-go")
    page.keyboard.press("Enter")
    page.wait_for_url("**/aanbod/**")


def test_a_mistake_is_named_and_the_typed_text_stays(resident_page: Page):
    ask(resident_page, QUESTION, "9999ZZ")

    expect(resident_page.locator("[role=alert]")).to_contain_text("9999 ZZ")
    expect(resident_page.locator("#vraag")).to_have_value(QUESTION)
    expect(resident_page.locator("#plaats")).to_have_value("9999ZZ")
    resident_page.locator("[role=alert] a").click()
    expect(resident_page.locator("#plaats")).to_be_focused()


def test_a_cry_for_help_shows_a_number_before_anything_else(resident_page: Page):
    ask(resident_page, "ik wil niet meer leven")

    urgent = resident_page.locator(".samenspel-urgent")
    expect(urgent.locator("a[href^='tel:']").first).to_be_in_viewport()


def test_the_same_question_can_be_read_in_english(resident_page: Page):
    ask(resident_page)
    resident_page.get_by_role("button", name="English").click()

    expect(resident_page.locator("h1")).to_have_text("This is what we found for you")
    expect(resident_page.locator(".samenspel-asked")).to_contain_text(QUESTION)
    assert resident_page.url.endswith("/en/zoeken")


def test_themes_filters_and_places_are_links_that_can_be_shared(resident_page: Page):
    resident_page.get_by_role("link", name="Samen eten").click()
    expect(resident_page.locator("h1")).to_have_text("Samen eten")
    resident_page.locator("summary").click()
    resident_page.get_by_label("wat gratis is").check()
    resident_page.locator(".samenspel-refine button").click()

    assert "thema=eat" in resident_page.url
    assert "gratis=1" in resident_page.url
    expect(resident_page.locator("h1")).to_have_text("Samen eten")


def test_a_meeting_place_is_one_step_from_an_offering(resident_page: Page):
    resident_page.get_by_role("link", name="Samen eten").click()
    resident_page.locator(".samenspel-card a").first.click()
    resident_page.locator("main a[href*='/plek/']").first.click()

    expect(resident_page.locator("table.samenspel-hours tbody tr")).to_have_count(7)


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the first element of `selector` has the focus; it must have a visible outline."""
    wanted = page.locator(selector).first
    for _ in range(80):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            assert wanted.evaluate("element => getComputedStyle(element).outlineStyle") != "none"
            return
    raise AssertionError(f"{selector} cannot be reached with the Tab key")
