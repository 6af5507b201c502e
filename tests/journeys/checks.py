"""What every page and state must stand up to in a browser."""

from collections.abc import Callable

from playwright.sync_api import Page

QUESTION = "iemand die met mijn moeder wil wandelen"

SMALL = """() => [
    ...document.querySelectorAll('main a, main button, header a, header button, footer a, summary'),
    ...document.querySelectorAll('input:not([type=hidden]), select, textarea'),
  ]
  .filter(element => element.checkVisibility())
  .map(element => [element, (element.closest('label') || element).getBoundingClientRect().height])
  .filter(([element, height]) => height < 44)
  .map(([element, height]) => `${element.tagName} ${element.className} ${height}`)"""
"""Everything that can be pressed and is lower than 44 pixels."""
_SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"


def ask(page: Page) -> None:
    """Ask for company to walk with, from the home page."""
    page.locator("#vraag").fill(QUESTION)
    page.locator("#plaats").fill("1291AA")
    page.locator("main form button[type=submit]").first.click()


def check_with_axe(page: Page, axe: Callable[[Page], list[str]], *, width: int) -> None:
    """Axe finds nothing, and nothing sticks out at this width."""
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def check_wider_spacing(page: Page, *, width: int) -> None:
    """The spacing of WCAG 1.4.12 makes nothing stick out."""
    page.add_style_tag(content=_SPACED)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
