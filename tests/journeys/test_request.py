"""Leaving a question, following and withdrawing it, and asking at the desk: in a browser, without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.checks import SMALL, check_wider_spacing, check_with_axe

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
PLACE = "1291AA"


def press(page: Page, selector: str = "main form button[type=submit]") -> None:
    with page.expect_navigation():
        page.locator(selector).first.click()


def start(page: Page, who: str = "mijzelf", place: str = PLACE) -> None:
    page.locator(f"input[value={who}]").check()
    page.locator("#plaats").fill(place)
    press(page)


def tell(page: Page, text: str = "Ik kom de deur niet uit.") -> None:
    start(page)
    page.locator("#vraag").fill(text)
    page.locator("input[value=bellen]").check()
    page.locator("#bereik").fill("0320-55 53 00")
    press(page)


def mistake(page: Page) -> None:
    start(page)
    page.locator("#vraag").fill("mijn nummer is 111222333")
    page.locator("#tijd").fill("nachtvlinder" * 15)
    press(page)


def follow(page: Page) -> None:
    tell(page)
    press(page, "main form[action$='/volgen'] button")


def sure(page: Page) -> None:
    follow(page)
    press(page, "form[action$='/intrekken'] button")


def withdraw(page: Page) -> None:
    sure(page)
    press(page, "form[action$='/intrekken'] button")


def ask_whether_helped(page: Page) -> None:
    follow(page)
    press(page, "form[action$='/zeggen'] button[value=geholpen]")


def helped(page: Page) -> None:
    ask_whether_helped(page)
    press(page, "form[action$='/zeggen'] button")


def inquiry(page: Page) -> None:
    follow(page)
    press(page, "form[action$='/onderzoek'] button")


def inquiry_without_choice(page: Page) -> None:
    inquiry(page)
    press(page, "form[action$='/onderzoek'] button")


def melding(page: Page) -> None:
    inquiry(page)
    page.locator("input[value=hulp]").check()
    press(page, "form[action$='/onderzoek'] button")


def second_code(page: Page) -> None:
    follow(page)
    press(page, "form[action$='/tweede-code'] button")


def wrong_second_code(page: Page) -> None:
    second_code(page)
    page.locator("#tweede").fill("000000")
    press(page, "form[action$='/openen'] button")


def code_asked_for(page: Page) -> None:
    second_code(page)
    press(page, "form[action$='/tweede-code'] button")


def wrong_code(page: Page) -> None:
    page.goto(page.url.removesuffix("vraag/") + "vraag/volgen")
    page.locator("#code").fill("0000-0000-0000")
    press(page)


def wrong_address(page: Page) -> None:
    tell(page)
    page.locator("#adres").fill("geen adres")
    press(page, "form[action$='/kaart'] button")


def desk(page: Page, question: str = "samen wandelen") -> None:
    page.goto(page.url.removesuffix("vraag/") + "balie")
    page.locator("#vraag").fill(question)
    page.locator("#plaats").fill(PLACE)
    press(page)


STATES: dict[str, Callable[[Page], None]] = {
    "start": lambda page: None,
    "start, errors": press,
    "worry": lambda page: start(page, "weet-het-niet"),
    "tell": start,
    "tell, errors": mistake,
    "card": tell,
    "card, danger": lambda page: tell(page, "ik wil niet meer leven"),
    "card, wrong address": wrong_address,
    "status": follow,
    "asked whether sure": sure,
    "withdrawn": withdraw,
    "asked whether it helped": ask_whether_helped,
    "helped": helped,
    "inquiry": inquiry,
    "inquiry, errors": inquiry_without_choice,
    "melding": melding,
    "second code": second_code,
    "second code, asked for": code_asked_for,
    "second code, wrong": wrong_second_code,
    "wrong code": wrong_code,
    "desk": desk,
    "desk, errors": lambda page: desk(page, ""),
    "desk, nothing found": lambda page: desk(page, "kwantumchromodynamica"),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("home", ["/vraag/", "/en/vraag/"])
def test_axe_finds_nothing_and_nothing_sticks_out(
    open_page: OpenPage, axe: Callable[[Page], list[str]], home: str, width: int, state: str
):
    page = open_page(home, width=width, javascript=True)

    STATES[state](page)

    check_with_axe(page, axe, width=width)


@pytest.mark.parametrize("state", STATES)
def test_everything_is_44_pixels_high_and_wider_spacing_cuts_nothing_off(open_page: OpenPage, state: str):
    page = open_page("/vraag/", width=390, javascript=True)

    STATES[state](page)

    assert page.evaluate(SMALL) == []
    check_wider_spacing(page, width=390)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_question_is_left_followed_and_withdrawn_without_javascript_or_cookie(open_page: OpenPage, width: int):
    page = open_page("/vraag/", width=width)
    tell(page)
    code = page.locator(".samenspel-receipt__code").inner_text()

    page.goto(page.url.partition("/vraag")[0] + "/vraag/volgen")
    page.locator("#code").fill(code.lower().replace("-", ""))
    press(page)
    assert page.locator("h1").inner_text() == "Uw vraag ligt bij het team"
    assert "deur" not in page.content()

    press(page, "form[action$='/intrekken'] button")
    assert page.locator("h1").inner_text() == "Weet u het zeker?"
    press(page, "main form[action$='/volgen'] button")
    assert page.locator("h1").inner_text() == "Uw vraag ligt bij het team"
    press(page, "form[action$='/intrekken'] button")
    press(page, "form[action$='/intrekken'] button")
    assert page.locator("h1").inner_text() == "Alles is gewist"
    assert page.context.cookies() == []
    assert code not in page.url


def test_by_keyboard_alone(open_page: OpenPage):
    page = open_page("/vraag/")
    page.locator("input[value=mijzelf]").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type(PLACE)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator("#vraag").focus()
    page.keyboard.type("Ik kom de deur niet uit.")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("0320-55 53 00")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.locator(".samenspel-receipt__code").is_visible()


def test_reloading_and_sending_twice_shows_the_same_card(open_page: OpenPage):
    page = open_page("/vraag/")
    tell(page)
    code = page.locator(".samenspel-receipt__code").inner_text()

    page.reload()

    assert page.locator(".samenspel-receipt__code").inner_text() == code


@pytest.mark.parametrize("text", ["Ik kom de deur niet uit.", "mijn man slaat mij"])
def test_on_paper_stands_the_card_alone_and_no_word_of_help(open_page: OpenPage, text: str):
    page = open_page("/vraag/")
    tell(page, text)
    page.emulate_media(media="print")

    seen = page.locator("body").inner_text()

    assert page.locator(".samenspel-receipt").is_visible()
    assert page.locator(".samenspel-qr").bounding_box()["width"] > 200  # 6 cm
    assert not any(word in seen.lower() for word in ("hulp", "samenspel", "trek mijn vraag in", "veilig", "112"))


def test_the_desk_prints_its_list_and_hands_the_question_over(open_page: OpenPage):
    page = open_page("/vraag/")
    desk(page)
    page.emulate_media(media="print")
    assert page.locator(".samenspel-sheet").is_visible()
    assert not page.locator(".samenspel-desk__ask").is_visible()
    page.emulate_media(media="screen")

    press(page, "form[action$='/vraag/'] button")
    assert page.locator("#plaats").input_value() == PLACE
    page.locator("input[value=mijzelf]").check()
    press(page)

    assert page.locator("#vraag").input_value() == "samen wandelen"
