"""The page of a wijk in a browser, the way back from an offering, and the way out."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.checks import QUESTION, ask

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
WIJK = "/wijk/markerwaard/zeestede-centrum"


def test_from_home_a_resident_finds_where_to_walk_in(resident_page: Page):
    resident_page.get_by_role("link", name="Kies uw dorp of wijk").click()
    resident_page.get_by_role("link", name="Zeestede-Centrum").click()

    expect(resident_page.locator("h1")).to_have_text("Zeestede-Centrum")
    expect(resident_page.locator("#ingang")).to_be_visible()
    expect(resident_page.locator(".samenspel-entrance a[href^='tel:']")).to_be_visible()
    expect(resident_page.locator("#recht")).to_be_visible()


@pytest.mark.parametrize(("width", "columns"), [(1280, 5), (390, 1)])  # columns wide enough for the words
def test_a_week_stands_in_columns_on_a_desk_and_is_one_list_on_a_phone(open_page: OpenPage, width: int, columns: int):
    page = open_page(WIJK, width=width)
    days = page.locator(".samenspel-week__day")

    expect(days).to_have_count(7)
    assert len({round((day.bounding_box() or {})["x"]) for day in days.all()}) == columns


def test_without_javascript_an_offering_leads_back_to_the_answers(resident_page: Page):
    ask(resident_page)
    names = resident_page.locator(".samenspel-card__name").all_text_contents()
    resident_page.locator(".samenspel-go").first.click()
    expect(resident_page.locator("h1")).to_contain_text(names[0].strip())

    resident_page.get_by_role("button", name="Terug naar uw antwoorden").click()

    expect(resident_page.locator("h1")).to_have_text("Dit vonden wij voor u")
    assert resident_page.locator(".samenspel-card__name").all_text_contents() == names
    assert "wandelen" not in resident_page.url


def test_the_way_back_survives_a_place_and_another_language(resident_page: Page):
    ask(resident_page)
    resident_page.locator(".samenspel-go").nth(1).click()
    resident_page.get_by_role("button", name="English").click()
    resident_page.locator("#waar + p .samenspel-go, #waar ~ p .samenspel-go").first.click()

    assert "/en/plek/" in resident_page.url
    resident_page.locator(".samenspel-back button").click()
    expect(resident_page.locator(".samenspel-asked")).to_contain_text(QUESTION)


def test_a_theme_needs_no_question_and_the_browser_goes_back(resident_page: Page):
    resident_page.get_by_role("link", name="Meer over elk onderwerp").click()
    resident_page.locator("a[href*='thema=eat']").click()
    resident_page.locator(".samenspel-card a").first.click()
    resident_page.go_back()

    expect(resident_page.locator("h1")).to_have_text("Samen eten")


def answer_elsewhere(page: Page) -> None:
    def weather(route: Route) -> None:
        route.fulfill(body="<h1>Het weer</h1>", content_type="text/html")

    page.route("https://www.buienradar.nl/**", weather)


def test_snel_weg_leaves_without_javascript_and_tells_no_address(resident_page: Page):
    answer_elsewhere(resident_page)
    ask(resident_page)

    with resident_page.expect_request("https://www.buienradar.nl/**") as asked:
        resident_page.get_by_role("link", name="Snel weg van deze pagina").click()

    expect(resident_page.locator("h1")).to_have_text("Het weer")
    assert asked.value.header_value("referer") is None


def test_snel_weg_takes_the_place_of_the_page_in_the_history(open_page: OpenPage):
    page = open_page("/privacy", javascript=True)
    page.goto(WIJK)
    answer_elsewhere(page)
    length = page.evaluate("history.length")

    page.locator("[data-exit]").press("Enter")

    expect(page.locator("h1")).to_have_text("Het weer")
    assert page.evaluate("history.length") == length
    page.go_back()
    assert page.url.endswith("/privacy")


def test_snel_weg_stays_in_sight_and_covers_nothing_that_has_the_focus(open_page: OpenPage):
    page = open_page(WIJK, width=390, height=844)
    leave = page.locator(".samenspel-leave")

    for link in page.locator("main a").all()[:25]:
        link.focus()
        box, bar = link.bounding_box(), leave.bounding_box()
        assert box
        assert bar
        assert box["y"] >= bar["y"] + bar["height"] - 1
    expect(page.locator(".samenspel-leave__link")).to_be_in_viewport()
