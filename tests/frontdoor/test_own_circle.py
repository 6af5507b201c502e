"""One's own people first: a guide that asks nothing, a sheet of paper, and a button that only counts."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import numpy as np
import pytest
import shapely
from django.test import Client

from samenspel.audit.models import AuditEvent
from samenspel.outcomes.models import OwnCircle
from samenspel.places.geometry import boundary_fields
from samenspel.places.models import Area
from tests.frontdoor.request_rows import a_neighborhood

pytestmark = pytest.mark.django_db


class Controls(HTMLParser):
    """Every form control of the main part: its tag and name."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.feed(page[page.index("<main") : page.index("</main>")])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("input", "textarea", "select", "button"):
            self.found.append((tag, dict(attrs).get("name") or ""))


def test_nothing_can_be_typed_on_the_guide(client: Client):
    page = client.get("/eigen-kring").content.decode()
    assert Controls(page).found == [("select", "wijk"), ("button", "")]
    assert client.cookies == {}


@pytest.mark.parametrize("address", ["/eigen-kring", "/eigen-kring/gelukt", "/en/eigen-kring"])
def test_a_professional_is_always_one_press_away_and_never_after_something(client: Client, address: str):
    page = client.get(address).content.decode()
    main = page[page.index("<main") :]
    assert re.search(r'href="(/en)?/vraag/"', main)
    assert "verplicht" not in main


def test_the_button_adds_one_to_the_wijk_and_week_and_leaves_no_trace_else(client: Client):
    a_neighborhood()
    square = boundary_fields(np.array([shapely.box(5.2, 52.5, 5.3, 52.6)]))[0]
    Area.objects.filter(code="WK990101").update(**square)
    for _ in range(2):
        answer = client.post("/eigen-kring/gelukt", {"wijk": "WK990101", "naam": "zebrapadgeheim"})
        assert (answer.status_code, answer["Location"]) == (302, "/eigen-kring/gelukt")
    row = OwnCircle.objects.get()
    today = datetime.now(UTC).date()
    assert (row.area, row.times) == ("WK990101", 2)
    assert row.week.weekday() == 0
    assert abs((today - row.week).days) < 8
    assert not AuditEvent.objects.filter(object_kind="outcomes.owncircle").exists()
    assert client.cookies == {}


@pytest.mark.parametrize("chosen", ["", "WK999999", "BU99010101"], ids=["none", "unknown", "a-buurt"])
def test_without_a_known_wijk_it_counts_for_the_municipality(client: Client, chosen: str):
    a_neighborhood()
    client.post("/eigen-kring/gelukt", {"wijk": chosen})
    assert OwnCircle.objects.get().area == OwnCircle.objects.get().municipality


def test_looking_at_the_thanks_counts_nothing(client: Client):
    assert client.get("/eigen-kring/gelukt").status_code == 200
    assert not OwnCircle.objects.exists()


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["nl", "en"])
def test_the_sheet_is_two_pages_of_paper(client: Client, prefix: str):
    answer = client.get(f"{prefix}/eigen-kring/papier")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert len(re.findall(rb"/Type */Page\b", answer.content)) in (0, 2)  # 0: packed in object streams
