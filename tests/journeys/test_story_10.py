"""A new municipality, first half of story 10: from areas alone to a map that organizations are asked to confirm."""

import csv
import io
import re
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from samenspel.demo.load import FOLDER, MARKERWAARD, YEAR
from tests.journeys.test_resident_access import SMALL
from trust.harness import PYTHON, ROOT, Site, environment, free_port, wait_until_up

pytestmark = pytest.mark.browser

EMAIL, PASSWORD = "ans@markerwaard.example", "zeven-groene-fietsen"
GOOD = {
    "soort": "activiteit",
    "samenvatting": "Samen iets doen, iedereen is welkom.",
    "soort organisatie": "vereniging",
    "toestemming": "12-10-2026 telefoon",
    "waar": "bij u thuis",
    "dag": "elke dinsdag",
    "begintijd": "10:00",
    "eindtijd": "11:30",
    "thema": "bewegen en gezondheid",
    "doelgroep": "iedereen",
    "kosten": "gratis",
    "telefoon": "0320-555 123",
}
LINES = [
    {"naam": "Dinsdagommetje", "organisatie": "Wandelclub De Ringdijk"},
    {"naam": "Kaartclub", "organisatie": "De Kaarters", "soort": "feest"},
    {"naam": "Stoelgym", "organisatie": "Gymgroep"},
    {"naam": "Koor", "organisatie": "Zangvereniging", "kosten": "best veel"},
]
PLACE = {"naam": "Het Peilhuis", "adres": "Westersingel 22", "postcode": "1291AA", "plaats": "Zeestede"}


@pytest.fixture
def municipality() -> Iterator[Site]:
    """A municipality with areas and postcodes and one account, served; nothing else."""
    with tempfile.TemporaryDirectory(prefix="samenspel-story-10-") as folder:
        data, port = Path(folder), free_port()
        env = environment(data) | {"SAMENSPEL_MUNICIPALITY": MARKERWAARD, "SAMENSPEL_SECOND_FACTOR": "0"}
        boundaries = [str(FOLDER / f"{name}.geojson") for name in ("gemeente", "wijken", "buurten")]
        _samenspel(env, "import", "areas", *boundaries, "--year", str(YEAR))
        _samenspel(env, "import", "postcodes", str(FOLDER / "postcodes.csv"))
        _samenspel(env, "account", EMAIL, "--name", "Ans", "--role", "administrator", typed=f"{PASSWORD}\n")
        with (data / "log").open("wb") as log, _running(env, log, "serve", "--port", str(port)) as process:
            site = Site(port, data, process, env)
            with _running(env, log, "work"):
                wait_until_up(site)
                yield site


def _samenspel(env: dict[str, str], *words: str, typed: str = "") -> None:
    subprocess.run(
        [PYTHON, "-m", "samenspel", *words], env=env, cwd=ROOT, input=typed, text=True, check=True, capture_output=True
    )


@contextmanager
def _running(env: dict[str, str], log: Any, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([PYTHON, "-m", "samenspel", *words], env=env, cwd=ROOT, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture
def page_of(browser: Browser, municipality: Site) -> Iterator[Callable[..., Page]]:
    """`page_of(390)` gives a page of this municipality of that width, without JavaScript unless asked."""
    contexts = []

    def page_of(width: int, *, javascript: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            bypass_csp=javascript,
            base_url=municipality.address,
            locale="nl-NL",
        )
        contexts.append(context)
        page: Page = context.new_page()
        return page

    yield page_of
    for context in contexts:
        context.close()


def sign_in(page: Page) -> None:
    page.goto("/werk/")
    page.get_by_label("E-mailadres").fill(EMAIL)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()


def filled_in(page: Page, kind: str, lines: list[dict[str, str]]) -> dict[str, Any]:
    """The template of a kind from the page, with lines of our own under its header."""
    page.goto("/werk/inlezen")
    with page.expect_download() as download:
        page.get_by_role("link", name=f"CSV voor {kind}").click()
    header = download.value.path().read_text(encoding="utf-8-sig").splitlines()[0].split(";")
    text = io.StringIO()
    writer = csv.DictWriter(text, header, delimiter=";")
    writer.writeheader()
    writer.writerows(lines)
    return {"name": f"{kind}.csv", "mimeType": "text/csv", "buffer": text.getvalue().encode()}


def send(page: Page, kind: str, file: dict[str, Any]) -> None:
    page.get_by_role("link", name="Inlezen", exact=True).first.click()
    page.get_by_label(kind, exact=True).check()
    page.get_by_label("Bestand", exact=True).set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Bekijk wat er verandert").click()


def step(page: Page, title: str) -> Any:
    return page.locator(".work-step", has=page.get_by_role("heading", name=title))


@pytest.mark.parametrize("width", [390, 1280])
def test_an_administrator_fills_the_map_in_an_afternoon(page_of: Callable[..., Page], width: int):
    page = page_of(width)
    sign_in(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("Beginnen met Markerwaard")
    expect(step(page, "Gebieden")).to_contain_text("9 wijken en 27 buurten")
    expect(step(page, "Gebieden")).to_contain_text("klaar")
    expect(step(page, "Cijfers")).to_contain_text("samenspel import figures")
    expect(step(page, "Een ingang per wijk")).to_contain_text("0 van 9 wijken")

    offerings = filled_in(page, "aanbod", [GOOD | line for line in LINES])
    send(page, "aanbod", offerings)
    refused = page.get_by_role("region", name="Geweigerde regels")
    expect(refused.locator("tbody tr")).to_have_count(2)
    expect(refused.locator("tbody tr").nth(0)).to_contain_text(re.compile("3.*soort.*feest", re.DOTALL))
    expect(refused.locator("tbody tr").nth(1)).to_contain_text(re.compile("5.*kosten.*best veel", re.DOTALL))
    page.get_by_role("button", name="Zet op de kaart").click()
    expect(page.get_by_text("Dit staat op de kaart.")).to_be_visible()
    assert residents_find(page, "Dinsdagommetje", "Stoelgym")

    page.get_by_role("button", name="Draai dit terug").click()
    expect(page.get_by_text("Dit is teruggedraaid.")).to_be_visible()
    send(page, "aanbod", offerings)
    page.get_by_role("button", name="Zet op de kaart").click()
    expect(page.get_by_text("Dit staat op de kaart.")).to_be_visible()

    send(page, "plekken", filled_in(page, "plekken", [PLACE]))
    page.get_by_role("button", name="Zet op de kaart").click()
    expect(page.get_by_text("Dit staat op de kaart.")).to_be_visible()

    a_team_and_an_ingang(page)
    a_round(page)


def residents_find(page: Page, *names: str) -> bool:
    """Whether the front door shows them, as soon as the index took them in; then back."""
    here = page.url
    for _ in range(20):
        page.goto("/zoeken?thema=move")
        if all(page.get_by_role("link", name=name).count() for name in names):
            page.goto(here)
            return True
        page.wait_for_timeout(500)
    return False


def a_team_and_an_ingang(page: Page) -> None:
    page.get_by_role("link", name="Inrichten").click()
    page.get_by_role("link", name="Een team toevoegen").click()
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("alert")).to_contain_text("Naam van het team: vul dit in")
    page.get_by_label("Naam van het team").fill("Team Zeestede")
    page.get_by_label("Telefoon").fill("0320-555 201")
    page.get_by_label("Zeestede-Centrum (wijk)").check()
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("status")).to_contain_text("Opgeslagen")

    page.get_by_role("link", name="Kies een plek voor Zeestede-Centrum").click()
    page.get_by_label("Plek", exact=True).select_option("Het Peilhuis")
    page.get_by_label("Wie ontvangt u daar").fill("Roos, gastvrouw")
    page.get_by_label("Telefoon").fill("0320-555 301")
    page.get_by_label("dinsdag, van", exact=True).fill("9")
    page.get_by_label("dinsdag, tot", exact=True).fill("12.30")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("link", name="Het Peilhuis als ingang van Zeestede-Centrum")).to_be_visible()
    page.get_by_role("link", name="Begin").click()
    expect(step(page, "Een ingang per wijk")).to_contain_text("1 van 9 wijken")


def a_round(page: Page) -> None:
    page.get_by_role("link", name="Klopt dit?", exact=True).first.click()
    page.get_by_label("Wandelclub De Ringdijk").check()
    page.get_by_label("Gymgroep").check()
    page.get_by_role("button", name="Vraag wie u koos").click()
    expect(page.get_by_role("status")).to_have_text("De vraag is gesteld: 0 per e-mail, 2 met een brief.")
    with page.expect_download() as download:
        page.get_by_role("button", name="Maak de brieven (PDF)").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    page.get_by_role("button", name="Uitloggen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen voor uw werk")


def write_a_phrase(page: Page, look: Callable[[str], None]) -> None:
    """Write a draft, look at every page of words with it, publish it and open it."""
    page.goto("/werk/woorden/nieuw?over=games")
    page.locator("summary").click()
    look("phrase")
    page.get_by_role("button", name="Opslaan als concept").click()
    look("phrase, errors")
    page.get_by_label("Zin of woord").fill("wiskunde")
    page.get_by_label("Waarom").fill("om te zien wat verandert")
    page.get_by_role("button", name="Opslaan als concept").click()
    page.get_by_label("Welke zin of welk woord?").fill("wiskunde")
    page.get_by_role("button", name="Zoek").click()
    look("words")
    for path in ("over/games", "over/suicide", "proberen"):
        page.goto(f"/werk/woorden/{path}")
        look(f"words, {path}")
    page.get_by_label("Een vraag").fill("mijn wiskunde wil niet")
    page.get_by_role("button", name="Probeer").click()
    look("words, tried")
    page.goto("/werk/woorden/publiceren")
    look("words, what changes")
    page.get_by_label("Waarom nu").fill("om te zien wat verandert")
    page.get_by_role("button", name="Publiceer").click()
    page.goto("/werk/woorden/over/games")
    page.get_by_role("link", name="wiskunde", exact=True).click()
    look("words, published")


def test_every_page_at_work_is_clean_for_axe_and_fits_on_320_pixels(
    page_of: Callable[..., Page], axe: Callable[[Page], list[str]]
):
    page = page_of(320, javascript=True)
    problems = {}

    def look(name: str) -> None:
        wide = page.evaluate("document.documentElement.scrollWidth") > 320
        problems[name] = [*axe(page), *page.evaluate(SMALL), *(["wide"] if wide else [])]

    page.goto("/werk/")
    look("sign in")
    page.get_by_role("button", name="Inloggen").click()
    look("sign in, errors")
    sign_in(page)
    look("start")
    send(page, "aanbod", filled_in(page, "aanbod", [GOOD | line for line in LINES]))
    look("preview")
    page.get_by_role("button", name="Zet op de kaart").click()
    look("carried out")
    for path in ("inlezen", "inrichten", "inrichten/team", "inrichten/ingang/WK990101", "inrichten/contact/WK990101"):
        page.goto(f"/werk/{path}")
        look(path)
        if path.count("/"):
            page.get_by_role("button", name="Opslaan").click()
            look(f"{path}, errors")
    page.goto("/werk/klopt-dit")
    look("round")
    page.get_by_role("button", name="Vraag alle 2").click()
    look("sure?")
    page.get_by_role("button", name="Ja").click()
    look("asked")
    page.locator("summary").click()
    page.get_by_role("link", name="Antwoord noteren").first.click()
    look("answer")
    page.goto("/werk/vragen")
    look("refused")
    write_a_phrase(page, look)

    assert {name: found for name, found in problems.items() if found} == {}
