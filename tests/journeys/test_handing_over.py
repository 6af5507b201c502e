"""Asking for a neighbour: the verbinder calls, a walking group and a volunteer join warmly, the neighbour says helped.

The resident's part and the receivers' part are on a phone without JavaScript, and without an account.
"""

import json
import re
import subprocess
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_daily import VERBINDER, site
from trust.harness import PYTHON, ROOT, Site

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
__all__ = ["site"]
PLACE = "1291AA"

LINKS = """
import django, json
django.setup()
from django.utils import timezone
from samenspel.audit.action import Actor
from samenspel.handover.asking import send_link
from samenspel.handover.models import Handover
asked = Handover.objects.filter(state="waiting", link_hash__isnull=False, request__code_hash=CODE)
rows = asked.order_by("proposed_at")
links = [send_link(handover=row, by=Actor("resident"), at=timezone.now()) for row in rows.select_related("request")]
print(json.dumps(links))
"""
TEN_MORE = """
import django
django.setup()
from samenspel.handover.models import EndedQuestion
EndedQuestion.objects.bulk_create(
    EndedQuestion(municipality="GM9901", area_code="WK990101", quarter="2026Q3", outcome="helped", hands=1 + n % 2,
                  returned=0, warm=1, referred=0, days_to_contact=1, days_to_helped=9) for n in range(12)
)
"""


def run(demo: Site, script: str) -> str:
    done = subprocess.run(
        [PYTHON, "-c", script], env=demo.environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def asked_for_a_neighbour(page: Page) -> str:
    """Leave a question for somebody who knows of it; the code on the card."""
    page.locator("input[value=weet-ervan]").check()
    page.locator("#plaats").fill(PLACE)
    page.get_by_role("button", name="Verder").click()
    page.locator("#vraag").fill("Mijn buurvrouw zit veel binnen en maakt haar post niet open.")
    page.locator("input[value=bellen]").check()
    page.locator("#bereik").fill("0320-55 53 00")
    page.locator("#naam").fill("Toos")
    page.locator("main form button[type=submit]").first.click()
    code = page.locator(".samenspel-receipt__code").inner_text()
    assert re.fullmatch(r"\w{4}-\w{4}-\w{4}", code)
    return code


def another_asked(page: Page, *, who: str, text: str, **person: str) -> None:
    """Ask a person with an e-mail address to help along, on the resident's spoken yes."""
    page.get_by_role("link", name="Vraag iemand").click()
    page.get_by_label(who, exact=True).check()
    page.get_by_label("Naam, als u iemand koos").fill(person["name"])
    page.get_by_label("E-mailadres, als u iemand koos").fill(person["email"])
    page.get_by_label("Meehelpen. De vraag blijft bij ons.").check()
    page.get_by_label("Wat vertelt u").fill(text)
    page.get_by_label("Taak van de gemeente", exact=True).check()
    page.get_by_label("ook de voornaam en het telefoonnummer").check()
    page.get_by_label("De inwoner zei ja tegen mij").check()
    page.get_by_role("button", name="Vraag het").click()


def made_warm(page: Page) -> None:
    """Note of the first one that is no warm handover yet that the three sat together."""
    page.locator("summary", has_text="Het was warm").first.click()
    page.get_by_label("Met zijn drieën bij elkaar gezeten").first.check()
    page.get_by_role("button", name="Noteer").first.click()


def test_for_a_neighbour_from_the_first_word_to_helped(
    open_page: OpenPage, at_work: OpenPage, own_demo: Site, site: str
):
    resident = open_page("/vraag/", width=390, height=844)
    code = asked_for_a_neighbour(resident)

    worker = at_work(VERBINDER)
    worker.goto(f"{site}/werk/lijst/niemand")
    worker.get_by_role("button", name="Oppakken").last.click()
    worker.get_by_role("button", name="Open deze vraag").click()
    expect(worker.get_by_text("maakt haar post niet open")).to_be_visible()
    worker.get_by_role("group", name="Gebeld").get_by_role("button", name="gesproken").click()
    another_asked(
        worker,
        who="Iemand met een e-mailadres",
        text="Iemand wil graag eens mee wandelen met de groep.",
        name="Wandelgroep",
        email="wandelgroep@example.nl",
    )
    another_asked(
        worker,
        who="Iemand met een e-mailadres",
        text="Iemand wil samen de post doornemen.",
        name="Jan",
        email="vrijwilliger@example.nl",
    )

    hashed = f"__import__('samenspel.handover.receipts', fromlist=['x']).hash_of({code!r})"
    for secret in json.loads(run(own_demo, LINKS.replace("CODE", hashed)).splitlines()[-1]):
        receiver = open_page(f"/overdracht/{secret}", width=390, height=844)
        press(receiver, "Lees wat er gevraagd wordt")
        expect(receiver.get_by_text("Toos")).to_have_count(0)
        press(receiver, "Ja, ik help mee")
        expect(receiver.get_by_text("Toos")).to_be_visible()
        expect(receiver.get_by_text("0320-55 53 00")).to_be_visible()

    worker.reload()
    expect(worker.get_by_text("Nu heet dit een verwijzing.")).to_have_count(2)
    made_warm(worker)
    made_warm(worker)
    expect(worker.get_by_text("Warme overdracht", exact=True)).to_have_count(2)

    resident.goto(f"{site}/vraag/volgen")
    resident.locator("#code").fill(code)
    press(resident, "Kijk")
    expect(resident.get_by_text("Bij hoeveel mensen of groepen lag uw vraag?")).to_be_visible()
    expect(resident.locator(".samenspel-standing dd").last).to_have_text("1")
    press(resident, "Het heeft geholpen")
    press(resident, "Ja, het heeft geholpen")
    expect(resident.get_by_role("heading", level=1)).to_have_text("Uw vraag is klaar")


def test_the_wijk_shows_hands_beside_what_became_of_it_from_ten_questions_on(open_page: OpenPage, own_demo: Site):
    page = open_page("/wijken", width=390, height=844)
    paths = page.locator("main a[href*='/wijk/']").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    run(own_demo, TEN_MORE)
    shown = []
    for path in paths:
        page.goto(path)
        if page.get_by_role("heading", name="Van loket naar loket?").count():
            shown.append(page.locator(".samenspel-hands").inner_text())
    assert any("Wat werd ervan?" in text for text in shown)
    assert all("ranglijst" in text for text in shown if "Wat werd ervan?" in text)
