"""For a club, a councillor or an adviser of any municipality: from the first question to the advice on paper."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

ANSWERS = {
    "individual_right": "Nee", "statutory_task": "Nee", "own_circle": "Nee", "meets_law": "Ja",
    "meets_conditions": "Ja", "institutional_choice": "Nee", "residents_decide": "Ja", "fits_policy": "Ja",
}  # fmt: skip
"""What one knows of the choir; whether it can pay for itself nobody asked yet."""
STORY = "Een koor vraagt een bijdrage voor een piano"
START = "/rolgesprek/"


def asked(page: Page) -> str:
    """The fact that is asked now, "" when the questions are over."""
    page.wait_for_load_state()
    field = page.locator("main input[name=vraag]")
    return field.get_attribute("value") or "" if field.count() else ""


def answer(page: Page, fact: str, words: str) -> None:
    """Press a button, and wait until another question stands there."""
    page.get_by_role("button", name=words, exact=True).click()
    expect(page.locator(f"main input[name=vraag][value={fact}]")).to_have_count(0)


def to_the_rounds(page: Page) -> None:
    page.get_by_label("Waar gaat het over?").fill(STORY)
    page.get_by_role("button", name="Begin", exact=True).click()
    expect(page.locator("main input[name=vraag]")).to_have_count(1)
    while fact := asked(page):
        answer(page, fact, ANSWERS.get(fact, "Weet ik niet"))


def test_the_choir_with_its_piano_comes_to_role_1_on_a_phone_without_javascript(open_page: Callable[..., Page]):
    page = open_page(START, width=390, height=844)
    expect(page.get_by_text("Wij bewaren niets.").first).to_be_visible()

    to_the_rounds(page)
    page.get_by_role("button", name="Verder").click()
    page.get_by_label("Gevraagd bedrag in euro").fill("2.400")
    page.get_by_role("button", name="Toon het advies").click()

    expect(page.get_by_role("heading", name="Rol 1 De gemeenschap is eigenaar")).to_be_visible()
    expect(page.get_by_text("Steun van de gemeente is mogelijk, maar niet automatisch.")).to_be_visible()
    expect(page.get_by_text("Dit is een advies. Een mens beslist.").first).to_be_visible()
    expect(page.get_by_role("heading", name="Rol 2 De gemeenschap is eigenaar, met een bijdrage")).to_be_visible()
    assert page.url.endswith(START)
    assert page.context.cookies() == []


def test_the_advice_prints_as_a_pdf_of_what_was_answered(open_page: Callable[..., Page]):
    page = open_page(START, width=390, height=844)
    to_the_rounds(page)
    page.get_by_role("button", name="Meteen naar het advies").click()
    button = page.get_by_role("button", name="Print dit advies (pdf)")
    form = page.locator("form#gesprek input").evaluate_all("all => all.map(one => [one.name, one.value])")

    response = page.request.post(button.get_attribute("formaction") or "", form=dict(form))

    assert response.headers["content-type"] == "application/pdf"
    assert response.headers["cache-control"] == "no-store"
    assert response.body().startswith(b"%PDF")
    assert b"/MarkInfo" in response.body()


def test_an_answer_is_changed_from_the_advice_and_one_can_go_back(open_page: Callable[..., Page]):
    page = open_page(START, width=390, height=844)
    to_the_rounds(page)
    page.get_by_role("button", name="Meteen naar het advies").click()

    page.get_by_role("button", name="Verander : Beslissen bewoners hier zelf over?").click()
    expect(page.get_by_text("U zei eerder: ja.")).to_be_visible()
    page.get_by_role("button", name="Vorige vraag").click()
    expect(page.locator("main input[name=vraag][value=residents_decide]")).to_have_count(0)
    page.get_by_role("button", name="Toon het advies tot nu toe").click()
    expect(page.get_by_role("heading", name="Waarom dit advies")).to_be_visible()


def test_in_english_the_conversation_goes_on_where_it_was(open_page: Callable[..., Page]):
    page = open_page(START, width=390, height=844)
    page.get_by_role("button", name="Begin", exact=True).click()
    answer(page, "individual_right", "Nee")

    page.get_by_role("button", name="English").click()

    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert asked(page) == "statutory_task"


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_of_the_conversation_has_a_barrier_or_scrolls_sideways(
    open_page: Callable[..., Page], axe: Callable[[Page], list[str]], width: int
):
    page = open_page(START, width=width, javascript=True)
    _check(page, axe)
    page.get_by_role("button", name="Begin", exact=True).click()
    _check(page, axe)
    while fact := asked(page):
        answer(page, fact, ANSWERS.get(fact, "Weet ik niet"))
    _check(page, axe)
    page.get_by_role("button", name="Verder").click()
    page.get_by_label("Deelnemers", exact=True).fill("veel")
    page.get_by_role("button", name="Toon het advies").click()
    expect(page.get_by_text("“veel” is geen getal")).to_have_count(2)
    _check(page, axe)
    page.get_by_label("Deelnemers", exact=True).fill("38")
    page.get_by_role("button", name="Toon het advies").click()
    expect(page.get_by_role("heading", name="Waarom dit advies")).to_be_visible()
    _check(page, axe)


def test_the_whole_question_works_by_keyboard(open_page: Callable[..., Page]):
    page = open_page(START)
    page.get_by_label("Waar gaat het over?").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main input[name=vraag]")).to_have_value("individual_right")
    page.locator("main").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Ja", exact=True)).to_be_focused()

    page.keyboard.press("Enter")

    expect(page.locator("main input[name=vraag][value=individual_right]")).to_have_count(0)
    assert asked(page)


def _check(page: Page, axe: Callable[[Page], list[str]]) -> None:
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
