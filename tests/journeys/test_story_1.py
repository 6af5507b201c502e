"""User story 1: a woman of 78, alone since her loss; a neighbour looks with her, without JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
QUESTION = "ik zit hele dagen alleen"
WALKING_METRES = 1500


def look(page: Page) -> None:
    """From the page of her wijk to what is near her this week."""
    page.locator("#vraag").fill(QUESTION)
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("h1")).to_have_text("Dit vonden wij voor u")


@pytest.mark.parametrize("width", [390, 1280])
def test_she_finds_company_nearby_this_week_and_has_someone_call_her(open_page: OpenPage, width: int):
    page = open_page("/wijken", width=width)
    page.get_by_role("link", name="Zeestede-Centrum").click()
    look(page)

    cards = page.locator(".samenspel-card").all_inner_texts()
    assert len([card for card in cards if "Wanneer" in card and _metres(card) <= WALKING_METRES]) >= 3
    assert all("bevestigd" in card for card in cards)

    page.locator(".samenspel-go").first.click()
    expect(page.locator(".samenspel-facts").first).to_be_visible()
    page.get_by_role("button", name="Terug naar uw antwoorden").click()
    page.get_by_role("button", name="Vraag achterlaten").click()
    page.locator("input[value=mijzelf]").check()
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("#vraag")).to_have_value(QUESTION)
    page.locator("input[value=bellen]").check()
    page.locator("#bereik").fill("0320-55 53 00")
    page.get_by_role("button", name="Stuur mijn vraag").click()

    receipt = page.locator(".samenspel-receipt")
    expect(receipt).to_contain_text(re.compile(r"\d{2} \d{2}"))  # who holds it can be called
    expect(receipt).to_contain_text("Wij reageren uiterlijk")
    assert "alleen" not in receipt.inner_text().split()
    assert page.context.cookies() == []


def test_who_only_looks_leaves_nothing_behind_in_browser_or_address(open_page: OpenPage):
    page = open_page("/wijk/markerwaard/zeestede-centrum", width=390)
    look(page)

    assert page.url.endswith("/zoeken")
    assert "alleen" not in page.title()
    assert page.context.cookies() == []
    page.emulate_media(media="print")
    expect(page.locator(".samenspel-card").first).to_be_visible()
    assert float(page.locator("body").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")) >= 18


def _metres(card: str) -> float:
    """The distance that a card tells, infinite when it tells none."""
    if near := re.search(r"([\d.,]+)\s(meter|kilometer)", card):
        number = float(near[1].replace(".", "").replace(",", "."))
        return number if near[2] == "meter" else number * 1000
    return float("inf")
