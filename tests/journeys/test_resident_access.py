"""Every page and state of the front door: axe finds nothing, nothing sticks out at 320 pixels, targets are large."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from samenspel.engine.matching import MAX_QUESTION
from tests.journeys.checks import QUESTION, SMALL, check_wider_spacing, check_with_axe

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
LONG = "Wij zoeken iemand die kan wandelen met mijn moeder, zij woont alleen in Zeestede. " * 24
WORD = "wandelen" + "onafgebrokenwoord" * 20


def _press(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).first.click()


def _asked(question: str, place: str = "1291AA") -> Callable[[Page], None]:
    def ask(page: Page) -> None:
        page.locator("#vraag").fill(question)
        page.locator("#plaats").fill(place)
        _press(page, "main form button[type=submit]")

    return ask


def _refining(page: Page) -> None:
    _asked(QUESTION)(page)
    page.locator("summary").click()


def _offering(page: Page) -> None:
    _asked(QUESTION)(page)
    _press(page, ".samenspel-go")


def _place(page: Page) -> None:
    _press(page, "a[href*='thema=eat']")
    _press(page, ".samenspel-card a")
    _press(page, "main a[href*='/plek/']")


def _path(path: str) -> Callable[[Page], None]:
    def go(page: Page) -> None:
        page.goto(page.url.rstrip("/") + path)

    return go


STATES: dict[str, Callable[[Page], None]] = {
    "home": lambda page: None,
    "results": _asked(QUESTION),
    "results, long question": _asked(LONG[:MAX_QUESTION]),
    "results, one endless word": _asked(WORD),
    "results, refining": _refining,
    "urgent": _asked("ik wil niet meer leven"),
    "nothing found": _asked("kwantumchromodynamica"),
    "errors": _asked("", "9999ZZ"),
    "too long": _asked("a" * (MAX_QUESTION + 1)),
    "theme": _path("/zoeken?thema=eat"),
    "wrong address": _path("/zoeken?thema=onzin"),
    "offering": _offering,
    "place": _place,
    "many answers": _path("/zoeken?meer=1"),
    "themes": _path("/onderwerpen"),
    "all wijken": _path("/wijken"),
    "wijk": _path("/wijk/markerwaard/zeestede-centrum"),
    "kern": _path("/wijk/markerwaard/zeestede"),
    "help and rights": _path("/hulp-en-recht"),
    "privacy": _path("/privacy"),
    "accessibility": _path("/toegankelijkheid"),
    "not found": _path("/bestaat-niet"),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("home", ["/", "/en/"])
def test_axe_finds_nothing_and_nothing_sticks_out(
    open_page: OpenPage, axe: Callable[[Page], list[str]], home: str, width: int, state: str
):
    page = open_page(home, width=width, javascript=True)

    STATES[state](page)

    check_with_axe(page, axe, width=width)


@pytest.mark.parametrize("state", STATES)
def test_everything_that_can_be_pressed_is_44_pixels_high(open_page: OpenPage, state: str):
    page = open_page("/", width=390, javascript=True)

    STATES[state](page)

    assert page.evaluate(SMALL) == []


@pytest.mark.parametrize("state", ["home", "results", "urgent", "errors", "offering", "place", "all wijken", "wijk"])
def test_with_forced_colours_every_edge_and_pictogram_stays_visible(
    open_page: OpenPage, axe: Callable[[Page], list[str]], state: str
):
    page = open_page("/", width=1280, javascript=True)
    page.emulate_media(forced_colors="active")

    STATES[state](page)

    assert axe(page) == []
    assert page.locator("h1").is_visible()


@pytest.mark.parametrize("state", ["home", "results", "offering", "place", "themes", "all wijken", "wijk"])
def test_wider_spacing_of_text_cuts_nothing_off(open_page: OpenPage, state: str):
    page = open_page("/", width=390, javascript=True)
    STATES[state](page)

    check_wider_spacing(page, width=390)
