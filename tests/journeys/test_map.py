"""The map beside the list: a drawing without JavaScript, one to move around with it, and the list always first."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.checks import ask

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
NUMBERS = "() => [...document.querySelectorAll('.samenspel-map__marker text')].map(text => text.textContent)"


@pytest.fixture
def strict_page(site: str, browser: Browser) -> Iterator[Page]:
    """A page with JavaScript under the policy of the site itself, that notes every complaint of the browser."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=site, reduced_motion="reduce")
    page = context.new_page()
    page.goto("/")
    yield page
    context.close()


def test_without_javascript_the_numbers_of_the_drawing_are_those_of_the_list(open_page: OpenPage):
    page = open_page("/wijken")
    drawn = page.locator(".samenspel-map__marker text").all_text_contents()
    listed = page.locator(".samenspel-places .samenspel-number").all_text_contents()

    assert {number for label in drawn for number in label.split(", ")} <= set(listed)
    assert page.locator(".samenspel-map [role=img], .samenspel-map[role=img]").count() == 1
    assert page.locator(".samenspel-map a, .samenspel-map button").count() == 0


def test_the_list_comes_before_the_map(open_page: OpenPage):
    page = open_page("/", width=390)
    ask(page)
    first_card = page.locator(".samenspel-card").first.bounding_box()
    drawing = page.locator(".samenspel-map").bounding_box()

    assert first_card
    assert drawing
    assert first_card["y"] < drawing["y"]


def test_the_map_moves_by_keyboard_and_breaks_no_rule_of_the_policy(strict_page: Page):
    complaints: list[str] = []
    strict_page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    strict_page.on("pageerror", lambda error: complaints.append(str(error)))
    ask(strict_page)
    pins = strict_page.locator(".samenspel-map__pin")
    pins.first.wait_for()

    assert pins.first.get_attribute("aria-label")
    assert pins.first.get_attribute("tabindex") == "0"
    strict_page.get_by_role("button", name="Dichterbij").press("Enter")
    before = strict_page.locator(".leaflet-map-pane").get_attribute("style")
    strict_page.locator(".samenspel-map__canvas").press("ArrowRight")
    strict_page.wait_for_function(
        "before => document.querySelector('.leaflet-map-pane').getAttribute('style') !== before", arg=before
    )
    assert complaints == []


def test_a_marker_brings_the_focus_to_its_entry_in_the_list(strict_page: Page):
    ask(strict_page)
    pin = strict_page.locator(".samenspel-map__pin").first
    pin.wait_for()
    number = re.split(r"\D", pin.get_attribute("aria-label") or "")[0]

    pin.press("Enter")

    expect(strict_page.locator(f"#aanbod-{number} .samenspel-go")).to_be_focused()


def test_a_marker_of_a_wijk_opens_its_page(strict_page: Page):
    strict_page.goto("/wijken")
    pin = strict_page.locator(".samenspel-map__pin").first
    pin.wait_for()

    pin.press("Enter")

    strict_page.wait_for_url("**/wijk/markerwaard/**")


def test_the_drawing_stays_when_the_library_cannot_be_had(strict_page: Page):
    strict_page.route("**/leaflet/**", lambda route: route.abort())
    ask(strict_page)
    strict_page.wait_for_load_state("networkidle")

    expect(strict_page.locator(".samenspel-map__drawing")).to_be_visible()


def test_the_drawing_holds_while_the_library_is_slow(strict_page: Page):
    strict_page.route("**/leaflet/**", lambda route: None)  # never answers
    ask(strict_page)

    expect(strict_page.locator(".samenspel-map__drawing")).to_be_visible()
    strict_page.unroute_all(behavior="ignoreErrors")


def test_buttons_of_the_map_are_large_and_pins_can_be_pressed(strict_page: Page):
    ask(strict_page)
    strict_page.locator(".samenspel-map__pin").first.wait_for()

    for selector in (".leaflet-control-zoom-in", ".leaflet-control-zoom-out", ".samenspel-map__pin"):
        box = strict_page.locator(selector).first.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44, selector


def test_the_first_visit_stays_light_and_the_library_waits_until_the_map_is_seen(open_page: OpenPage):
    page = open_page("/", width=390, javascript=True)
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    ask(page)
    page.wait_for_load_state("networkidle")

    assert not [url for url in fetched if "leaflet" in url]
    page.locator(".samenspel-map").scroll_into_view_if_needed()
    page.locator(".samenspel-map__pin").first.wait_for()
