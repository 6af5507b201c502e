"""A sketch ("what if") is in no public page, feed, index or output: read from the code, and looked for in answers."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samenspel.audit.models import AuditEvent
from samenspel.policy.blocks import refresh
from samenspel.policy.blocks.steps import AddPlace, ClosePlace
from samenspel.policy.explorations import add_step, make_exploration
from samenspel.policy.models import BlockState, Exploration
from tests.architecture.layers import PACKAGE
from tests.architecture.test_group_counts_sealed import names
from tests.architecture.test_permissions import ROUTES, TABLE
from tests.cli.running import run
from tests.people.rows import AT, BY, GM
from tests.policy.block_rows import IN_WEST, WEST, a_confirmed, a_meeting_place, a_town, the_norms
from tests.workspace.accounts import signed_in

SEALED = {
    "Exploration",
    "exploration",
    "policy_exploration",
    "policy.Exploration",
    "explorations",
    "exploring",
    "explore",
}
ALLOWED = ("policy", "demo", "cockpit/areas")
"""Where a sketch is kept, made for the demo, and shown at work."""
WORD = "Zzwartepiste"
NEW = "Zznieuweplek"


def reads_sketches(code: str) -> bool:
    return not SEALED.isdisjoint(names(code))


def is_allowed(file: Path) -> bool:
    return str(file.relative_to(PACKAGE)).startswith(ALLOWED)


def test_no_other_part_names_explorations():
    others = sorted(file for file in PACKAGE.rglob("*.py") if not is_allowed(file) and "migrations" not in file.parts)
    assert len(others) > 100
    assert [str(file.relative_to(PACKAGE)) for file in others if reads_sketches(file.read_text(encoding="utf-8"))] == []


def test_within_policy_what_is_judged_and_kept_does_not_know_them():
    found = {
        str(file.relative_to(PACKAGE))
        for file in (PACKAGE / "policy").rglob("*.py")
        if "migrations" not in file.parts and reads_sketches(file.read_text(encoding="utf-8"))
    }
    assert found == {"policy/explorations.py", "policy/models/__init__.py", "policy/retention.py"}


@pytest.mark.parametrize(
    "code",
    [
        "from samenspel.policy.models import Exploration",
        "from samenspel.policy.blocks import exploring",
        "from samenspel.policy.blocks.exploring import explore",
        "import samenspel.policy.explorations as e",
        "from samenspel.policy import models\nmodels.Exploration.objects.all()",
        "apps.get_model('policy.Exploration')",
        "apps.get_model('policy', 'exploration')",
    ],
    ids=["model", "module", "function", "alias", "attribute", "registry", "lower case"],
)
def test_every_way_to_them_would_be_seen(code: str):
    assert reads_sketches(code)


@pytest.fixture
def town(db: None, settings: Any, tmp_path: Path) -> Exploration:
    """A town whose only place closes in a sketch, and gets another; index and states are up to date."""
    settings.DATA, settings.MUNICIPALITY = tmp_path, GM
    a_town()
    the_norms()
    place = a_meeting_place(**IN_WEST)
    a_confirmed(place=place, delivery="at_place")
    row = make_exploration(municipality=GM, title=f"{WORD} dicht", by=BY, at=AT)
    add_step(exploration=row, step=ClosePlace(place.pk), by=BY, at=AT)
    new = AddPlace(f"{NEW} de Schuur", IN_WEST["longitude"], IN_WEST["latitude"], 12, True)
    return add_step(exploration=row, step=new, by=BY, at=AT)


def public_answers() -> dict[str, str]:
    """The text of every public address that needs no id, and of those of this place, wijk and offering."""
    words = {"slug": "west", "block": 3, "code": WEST, "municipality": "markerwaard", "area": WEST}
    client, found = Client(raise_request_exception=False), {}
    for name, route in ROUTES.items():
        keys = route.pattern.converters
        if TABLE[name] == "public" and set(keys) <= set(words):
            address = reverse(name, kwargs={key: words[key] for key in keys})
            for query in ("", f"?q={WORD}", "?bouwsteen=3"):
                answer = client.get(address + query)
                content = b"".join(answer.streaming_content) if answer.streaming else answer.content
                found[address + query] = content.decode(errors="replace").replace(f"?q={WORD}", "")
    return found


def holds(text: str, row: Exploration) -> list[str]:
    """Which words of a sketch a text holds, however it is spelt; what was asked for is not counted."""
    return [word for word in (f"{WORD} dicht", NEW, str(row.pk), row.pk.hex) if word.lower() in text.lower()]


def test_no_public_page_feed_or_file_holds_a_word_of_a_sketch(town: Exploration):
    answers = public_answers()

    assert len(answers) > 60
    assert {address: found for address, text in answers.items() if (found := holds(text, town))} == {}


def test_the_page_at_work_does_hold_them(town: Exploration):
    """The control: the same words are found where they belong."""
    page = signed_in("policy_adviser").get(f"/werk/wijken/verkenningen/{town.pk}").content.decode()
    assert set(holds(page, town)) == {f"{WORD} dicht", NEW, str(town.pk)}


def test_the_index_on_disk_holds_no_word_of_a_sketch(town: Exploration, tmp_path: Path):
    assert run("index_rebuild") == 0
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()).lower()

    assert [word for word in (WORD, NEW, str(town.pk)) if word.lower().encode() in kept] == []
    assert b"dinsdagommetje" in kept


def test_states_and_the_log_are_the_same_with_and_without_a_sketch(town: Exploration):
    refresh(municipality=GM, by=BY, at=AT)
    assert BlockState.objects.get(area=WEST, block=3).state == "present"
    told = json.dumps(list(AuditEvent.objects.values_list("action", "detail")), default=str)
    assert [word for word in (WORD, NEW) if word in told] == []


@pytest.mark.parametrize("command", ["purge", "doctor", "export_hsds"])
def test_no_command_tells_a_word_of_a_sketch(
    command: str, town: Exploration, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    out = (tmp_path / "hsds",) if command == "export_hsds" else ()
    run(command, *out)

    told = capsys.readouterr()
    written = "".join(f.read_text(errors="replace") for f in (tmp_path / "hsds").rglob("*") if f.is_file())
    assert holds(told.out + told.err + written, town) == []
    assert told.out or written
