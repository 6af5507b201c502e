"""The treasurer of a club answers "klopt dit?" on a phone, without account and without JavaScript."""

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from samenspel.outcomes.periods import quarter_with
from tests.journeys.test_resident_access import SMALL
from trust.harness import PYTHON, ROOT, Site, demo_site

pytestmark = pytest.mark.browser

ROUND = """
import django, json
django.setup()
from django.db import transaction
from django.utils import timezone
from samenspel.audit.action import Actor
from samenspel.mail.models import OutgoingMessage
from samenspel.socialmap.confirm import start_round, to_ask, way_of
from samenspel.socialmap.models import Offering
now = timezone.now()
asked = [one for one in to_ask(municipality="GM9901", at=now).filter(entries__range=(3, 6)) if way_of(one) == "link"]
with transaction.atomic():  # the worker sends a mail as soon as it can see it
    start_round(municipality="GM9901", organizations=asked, by=Actor("system", "test"), at=now)
    mails = dict(OutgoingMessage.objects.filter(created_at=now).values_list("to", "body"))
print(json.dumps([
    {
        "path": "/klopt-dit/" + mails[one.email].partition("/klopt-dit/")[2].split()[0],
        "name": one.name,
        "offerings": list(
            Offering.objects.visible(now).filter(organization=one).order_by("name").values("name", "slug")
        ),
    }
    for one in asked if one.is_listed and one.email in mails
]))
"""

RELEASED = """
import django, json, sys
django.setup()
from samenspel.outcomes.group_figures import released_figures
shared = released_figures(municipality="GM9901").filter(offering__organization__name=sys.argv[1])
print(json.dumps([list(row) for row in shared.values_list("meetings", "came", "load")]))
"""


@dataclass(frozen=True)
class Club:
    """A club that was asked: the path of its link, and its entries by name."""

    path: str
    name: str
    offerings: list[dict[str, str]]


@pytest.fixture(scope="module")
def demo() -> Iterator[Site]:
    with demo_site() as running:
        yield running


@pytest.fixture(scope="module")
def site(demo: Site) -> str:
    return demo.address


@pytest.fixture(scope="module")
def clubs(demo: Site) -> Iterator[Club]:
    """Clubs of the demo that were just asked, one for each test that changes something."""
    done = subprocess.run(
        [PYTHON, "-c", ROUND], env=demo.environment, cwd=ROOT, capture_output=True, text=True, check=True
    )
    return (Club(**one) for one in json.loads(done.stdout.splitlines()[-1]))


@pytest.fixture
def club(clubs: Iterator[Club]) -> Club:
    return next(clubs)


OpenPage = Callable[..., Page]


def test_the_treasurer_answers_everything_on_a_phone(open_page: OpenPage, club: Club, site: str):
    page = open_page(club.path, width=390, height=844)
    expect(page.get_by_role("heading", level=1)).to_have_text("Klopt dit nog?")
    expect(page.get_by_text(club.name).first).to_be_visible()

    page.get_by_role("button", name="Alles klopt").click()  # forgot to say what they do there
    expect(page.get_by_role("alert")).to_contain_text("Kies uit de lijst")
    page.get_by_label("Wat doet u bij de groep?").select_option("penningmeester")
    page.get_by_role("button", name="Alles klopt").click()

    expect(page.get_by_role("status")).to_have_text("Dank u wel. U heeft alles bevestigd.")
    expect(page.get_by_role("button", name="Alles klopt")).to_have_count(0)
    assert page.context.cookies() == []
    page.goto(f"{site}/aanbod/{club.offerings[0]['slug']}")
    expect(page.locator("main")).to_contain_text(re.compile(r"Laatst bevestigd op .* \(zelf bevestigd via een link\)"))


def test_mending_stopping_and_leaving_show_at_once_to_residents(open_page: OpenPage, club: Club, site: str):
    first, second, third, *_ = club.offerings
    page = open_page(club.path, width=390, height=844)

    _card(page, first["name"]).get_by_role("link", name="Aanpassen").click()
    page.get_by_label("Wat is het?").fill("Nu ook voor beginners.")
    page.get_by_label("Wat doet u bij de groep?").select_option("voorzitter")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("status")).to_have_text("Dank u wel. Zo staat het er nu.")

    _card(page, second["name"]).get_by_role("link", name="Dit is gestopt").click()
    page.get_by_role("button", name="Ja, dit is gestopt").click()
    expect(page.get_by_role("status")).to_have_text("Het staat niet meer op de kaart.")

    resident = open_page(f"/aanbod/{first['slug']}")
    expect(resident.locator("main")).to_contain_text("Nu ook voor beginners.")
    assert resident.goto(f"{site}/aanbod/{second['slug']}").status == 404
    assert resident.goto(f"{site}/aanbod/{third['slug']}").status == 200

    page.get_by_role("button", name="Haal ons van de kaart").click()
    page.get_by_role("button", name="Ja, haal ons van de kaart").click()
    expect(page.get_by_role("status")).to_contain_text("U staat niet op de kaart.")
    assert resident.goto(f"{site}/aanbod/{third['slug']}").status == 404

    page.get_by_role("button", name="Ja, zet ons op de kaart").click()
    assert resident.goto(f"{site}/aanbod/{third['slug']}").status == 200


def test_a_pause_shows_at_once_to_residents_and_ends_by_one_button(open_page: OpenPage, club: Club, site: str):
    entry = club.offerings[0]
    until = timezone.localdate() + timedelta(days=90)
    page = open_page(club.path, width=390, height=844)

    _card(page, entry["name"]).get_by_role("link", name="Dit is er even niet").click()
    page.get_by_role("button", name="Zet erbij").click()  # forgot the day
    expect(page.get_by_role("alert")).to_contain_text("Vul de datum in.")
    page.get_by_label("Vanaf welke dag").fill(f"{until:%d-%m-%Y}")
    page.get_by_role("button", name="Zet erbij").click()

    expect(page.get_by_role("status")).to_have_text("Er staat nu bij dat het er even niet is.")
    resident = open_page(f"/aanbod/{entry['slug']}")
    expect(resident.locator("main")).to_contain_text("is dit er even niet.")

    _card(page, entry["name"]).get_by_role("button", name="Het is er nu weer").click()
    expect(page.get_by_role("status")).to_have_text("Het staat er weer als vanouds.")
    resident.goto(f"{site}/aanbod/{entry['slug']}")
    expect(resident.locator("main")).not_to_contain_text("even niet")


def test_a_group_counts_for_itself_and_shares_a_quarter_until_it_takes_it_back(
    open_page: OpenPage, demo: Site, club: Club
):
    begins = quarter_with(quarter_with(timezone.localdate()).begins - timedelta(days=1)).begins
    page = open_page(club.path, width=390, height=844)
    _card(page, club.offerings[0]["name"]).get_by_role("link", name="Tel zelf").click()

    for week, came in enumerate(["7", "9", "11"]):
        page.get_by_label("Welke dag?").fill(f"{begins + timedelta(weeks=week):%d-%m-%Y}")
        page.get_by_label("Hoeveel mensen kwamen er?").fill(came)
        page.get_by_label("het gaat net").check()
        page.get_by_role("button", name="Noteer").click()
        expect(page.get_by_role("status")).to_have_text("Dat is genoteerd.")
    assert _released(demo, club) == []

    page.get_by_role("button", name="Deel dit kwartaal").click()
    expect(page.get_by_role("status")).to_have_text("De gemeente ziet nu dit kwartaal.")
    assert _released(demo, club) == [[3, 9, 3]]

    page.get_by_role("button", name="Neem terug").click()
    expect(page.get_by_role("status")).to_have_text("De gemeente ziet dit kwartaal niet meer.")
    assert _released(demo, club) == []
    assert page.context.cookies() == []


def _released(demo: Site, club: Club) -> list[list[int]]:
    """What the municipality sees of a club: meetings, mean attendance, load."""
    done = subprocess.run(
        [PYTHON, "-c", RELEASED, club.name], env=demo.environment, cwd=ROOT, capture_output=True, text=True, check=True
    )
    found: list[list[int]] = json.loads(done.stdout.splitlines()[-1])
    return found


def _card(page: Page, name: str) -> object:
    heading = page.get_by_role("heading", name=re.compile(f"^{re.escape(name)}( Nu vol)?( Even niet)?$"))
    return page.locator(".samenspel-card").filter(has=heading)


def _entries(page: Page) -> None:
    pass


def _refused(page: Page) -> None:
    page.get_by_role("button", name="Alles klopt").click()


def _mending(page: Page) -> None:
    page.get_by_role("link", name="Aanpassen").first.click()


def _mended_wrongly(page: Page) -> None:
    _mending(page)
    page.get_by_label("Telefoonnummer").fill("bel maar")
    page.get_by_label("Wat is het?").fill("")
    page.get_by_role("button", name="Bewaar").click()


def _stopping(page: Page) -> None:
    page.get_by_role("link", name="Dit is gestopt").first.click()


def _pausing(page: Page) -> None:
    page.get_by_role("link", name="Dit is er even niet").first.click()


def _paused_wrongly(page: Page) -> None:
    _pausing(page)
    page.get_by_label("Vanaf welke dag").fill("straks")
    page.get_by_role("button", name="Zet erbij").click()


def _counting(page: Page) -> None:
    page.get_by_role("link", name="Tel zelf").first.click()


def _counted_wrongly(page: Page) -> None:
    _counting(page)
    page.get_by_label("Hoeveel mensen kwamen er?").fill("veel")
    page.get_by_role("button", name="Noteer").click()


def _in_english(page: Page) -> None:
    page.get_by_role("link", name="English").click()


def _leaving(page: Page) -> None:
    page.get_by_role("button", name="Haal ons van de kaart").click()


def _ended(page: Page) -> None:
    page.goto(page.url + "x")


STATES = {
    "entries": _entries,
    "refused": _refused,
    "mending": _mending,
    "mended wrongly": _mended_wrongly,
    "stopping": _stopping,
    "pausing": _pausing,
    "paused wrongly": _paused_wrongly,
    "counting": _counting,
    "counted wrongly": _counted_wrongly,
    "in English": _in_english,
    "leaving": _leaving,
    "ended": _ended,
}


@pytest.fixture(scope="module")
def untouched(clubs: Iterator[Club]) -> Club:
    return next(clubs)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_nothing_sticks_out_and_targets_are_large(
    open_page: OpenPage, axe: Callable[[Page], list[str]], untouched: Club, width: int, state: str
):
    page = open_page(untouched.path, width=width, javascript=True)

    STATES[state](page)

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(SMALL) == []


@pytest.mark.parametrize("state", ["entries", "mended wrongly", "counted wrongly"])
def test_wider_spacing_of_text_and_forced_colours_cut_nothing_off(
    open_page: OpenPage, axe: Callable[[Page], list[str]], untouched: Club, state: str
):
    page = open_page(untouched.path, width=320, javascript=True)
    page.emulate_media(forced_colors="active")
    STATES[state](page)

    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
    )

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert axe(page) == []


def test_the_keyboard_reaches_the_first_answer_and_the_strict_policy_refuses_nothing(
    browser: Browser, untouched: Club, site: str
):
    said: list[str] = []
    context = browser.new_context(base_url=site, locale="nl-NL")
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.goto(untouched.path)

    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Naar de inhoud")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("English")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("id", "functie")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Alles klopt")

    assert said == []
    context.close()
