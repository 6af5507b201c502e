"""The demo site as a resident meets it: `samenspel demo` on a free port, and a browser."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from trust.harness import ROOT, Site, demo_site

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of a running demo."""
    with demo_site() as demo:
        yield demo.address


@pytest.fixture(scope="module")
def own_demo() -> Iterator[Site]:
    """A demo for one module, whose tests change things: the module overrides `site` with its address."""
    with demo_site() as running:
        yield running


@pytest.fixture
def at_work(open_page: Callable[..., Page], own_demo: Site) -> Callable[..., Page]:
    """`at_work("beleid@example.nl", width=390)` gives a page of somebody who signed in to the module's own demo."""
    found = re.search(r"wachtwoord (\S+)", (own_demo.data / "demo.log").read_text())
    assert found

    def at_work(email: str, *, width: int = 390, javascript: bool = False) -> Page:
        page = open_page("/werk/inloggen", width=width, javascript=javascript)
        page.get_by_label("E-mailadres").fill(email)
        page.get_by_label("Wachtwoord").fill(found[1])
        page.get_by_role("button", name="Inloggen").click()
        return page

    return at_work


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert program, "Chromium is missing: scripts/debian-packages chromium=chromium"
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=program, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(site: str, browser: Browser) -> Iterator[Callable[..., Page]]:
    """`open_page("/", width=320, javascript=True)` gives a fresh page; without JavaScript unless asked."""
    contexts = []

    def open_page(path: str = "/", *, width: int = 1280, height: int = 900, javascript: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            bypass_csp=javascript,  # axe is injected; the policy itself is checked by trust/s9_headers.py
            base_url=site,
            locale="nl-NL",
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def resident_page(open_page: Callable[..., Page]) -> Page:
    """The home page on a phone, without JavaScript."""
    return open_page("/", width=390, height=844)


AXE = Path(ROOT / "node_modules" / "axe-core" / "axe.min.js")


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """What axe finds wrong on a page that was opened with JavaScript: rule and place, empty when clean."""

    def violations(page: Page) -> list[str]:
        page.wait_for_load_state()  # a click may still be leading to another page
        page.add_script_tag(path=AXE)
        found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{v['id']}: {node['target']} {node['failureSummary']}" for v in found["violations"] for node in v["nodes"]
        ]

    return violations
