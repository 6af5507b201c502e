"""`samenspel ask`, `work` and `index`: the search of the front door on the command line."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from samenspel.cli.management.commands import ask as ask_command
from samenspel.socialmap import actions
from samenspel.socialmap.index import IndexFolder, Reader, Writer, difference
from tests.socialmap.index_cast import AT, BY, Town, town_with_offerings

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(tmp_path: Path, settings: Any) -> Town:
    settings.DATA = tmp_path
    settings.MUNICIPALITY = "GM9901"
    return town_with_offerings()


def said(*words: str, **options: Any) -> str:
    out = StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


def test_the_answer_is_data_in_the_agreed_keys(town: Town) -> None:
    data = json.loads(said("ask", "iemand die met mijn moeder wil wandelen", near="Westhoek", json=True, limit=1))

    assert list(data) == ["question", "near", "urgent", "needs", "rights", "results", "note"]
    assert (data["question"], data["near"]) == ("iemand die met mijn moeder wil wandelen", "Westhoek")
    assert len(data["results"]) == 1
    assert set(data["results"][0]) == {
        "id", "name", "summary", "kind", "layer", "area", "distance_m", "reason", "confirmed_on",
    }  # fmt: skip


def test_the_answer_is_text_that_people_read(town: Town) -> None:
    text = said("ask", "ik wil schaken")

    assert "In de buurt van Gemeente 9901:" in text
    assert "1. Schaakavond (Zeestede)" in text
    assert "Past bij: spelletjes en kaarten." in text


def test_help_that_must_come_at_once_stands_on_top(town: Town) -> None:
    assert said("ask", "ik wil niet meer leven").startswith("! ")


@pytest.mark.parametrize("wrong", [{}, {"near": "9999ZZ"}, {"limit": 0}], ids=["too long", "place", "limit"])
@pytest.mark.parametrize("json_wanted", [False, True], ids=["text", "json"])
def test_help_that_must_come_at_once_is_told_before_a_mistake(
    town: Town, wrong: dict[str, Any], json_wanted: bool
) -> None:
    words = "" if wrong else "en nog veel meer " * 200
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError):
        call_command("ask", f"ik wil niet meer leven {words}", stdout=out, stderr=err, json=json_wanted, **wrong)

    assert "113" in err.getvalue()
    assert out.getvalue() == ""


def test_a_mistake_without_a_cry_for_help_says_nothing_of_it(town: Town) -> None:
    err = StringIO()
    with pytest.raises(CommandError):
        call_command("ask", "wandelen " * 400, stderr=err)

    assert err.getvalue() == ""


def test_nothing_found_names_the_person_to_call(town: Town) -> None:
    assert "Bel gerust Gülsen (verbinder)" in said("ask", "xylofoonkwartet")


@pytest.mark.parametrize(
    ("words", "options", "message"),
    [
        (["  "], {}, "de vraag is leeg"),
        (["x" * 2001], {}, "langer dan 2000 tekens"),
        (["wandelen"], {"limit": 0}, "--limit 0: kies een aantal van 1 tot en met 100"),
        (["wandelen"], {"near": "9999ZZ"}, "--near: Postcode 9999 ZZ kennen wij niet"),
        (["wandelen"], {"near": "Nergenshuizen"}, "--near: ‘Nergenshuizen’ kennen wij niet"),
    ],
)
def test_a_mistake_is_refused_in_one_line(town: Town, words: list[str], options: dict[str, Any], message: str) -> None:
    with pytest.raises(CommandError, match="^") as refused:
        said("ask", *words, **options)

    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


def test_without_a_municipality_it_says_which_setting_is_empty(town: Town, settings: Any) -> None:
    settings.MUNICIPALITY = ""

    with pytest.raises(CommandError, match="SAMENSPEL_MUNICIPALITY is leeg"):
        said("ask", "wandelen")


def test_it_takes_in_what_changed_since_the_last_time(town: Town) -> None:
    said("ask", "zandkasteel")
    town.offer("castle", name="Zandkasteel bouwen", place="house")

    assert "Zandkasteel bouwen" in said("ask", "zandkasteel")


@pytest.mark.django_db(transaction=True)
def test_beside_a_running_writer_it_waits_until_that_took_the_change_in(town: Town) -> None:
    if "memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("a database in memory has one connection")
    folder = IndexFolder.of_installation()
    ready, stop = threading.Event(), threading.Event()

    def slow_writer() -> None:
        with folder.writing():
            ready.set()
            time.sleep(0.4)
            writer = Writer(folder)
            writer.bring_up_to_date(at=AT)
            stop.wait(10)
        connection.close()

    thread = threading.Thread(target=slow_writer)
    thread.start()
    assert ready.wait(10)
    text = said("ask", "schaken")
    stop.set()
    thread.join()

    assert "Schaakavond" in text


def test_beside_a_writer_that_hangs_it_answers_after_a_short_wait(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    said("ask", "schaken")
    town.offer("castle", name="Zandkasteel bouwen", place="house")
    monkeypatch.setattr(ask_command, "WAIT_FOR_WRITER", 0.2)
    folder = IndexFolder.of_installation()
    holder = hold_lock(folder)
    try:
        text = said("ask", "zandkasteel")
    finally:
        holder.kill()
        holder.wait()

    assert "Wij vonden niets" in text


def hold_lock(folder: IndexFolder) -> "subprocess.Popen[bytes]":
    """Another process that is the writer and does nothing."""
    program = (
        "import fcntl, sys, time; lock = open(sys.argv[1], 'w'); fcntl.flock(lock, fcntl.LOCK_EX);"
        " print('held', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", program, str(folder.path / "writer.lock")]
    holder = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    holder.stdout.close()
    return holder


def test_work_once_brings_the_index_up_to_date(town: Town) -> None:
    said("work", once=True)

    assert difference(IndexFolder.of_installation()).is_equal


def test_a_second_writer_is_refused(town: Town) -> None:
    said("work", once=True)
    holder = hold_lock(IndexFolder.of_installation())
    try:
        with pytest.raises(CommandError, match="er draait al een 'samenspel work'"):
            said("work", once=True)
    finally:
        holder.kill()
        holder.wait()


def test_index_rebuild_makes_a_new_build_and_says_how_many_offerings_are_in_it(town: Town) -> None:
    said("work", once=True)
    before = Reader(IndexFolder.of_installation()).view().build.name

    answer = json.loads(said("index_rebuild", json=True))

    assert answer["build"] != before
    assert answer["offerings"] == len(town.offerings)


def test_index_rebuild_beside_a_running_writer_asks_that_one_and_gives_up_in_time(town: Town) -> None:
    said("work", once=True)
    folder = IndexFolder.of_installation()
    holder = hold_lock(folder)
    try:
        with pytest.raises(CommandError, match="was na 0 seconden nog niet klaar"):
            said("index_rebuild", wait=0.2)
    finally:
        holder.kill()
        holder.wait()

    assert folder.take_rebuild_wish()


def test_index_verify_says_equal_or_names_what_differs(town: Town) -> None:
    with pytest.raises(CommandError, match="er is nog geen zoekindex"):
        said("index_verify")
    said("work", once=True)
    assert "7 keer aanbod, alles gelijk" in said("index_verify")

    actions.mark_full(offering=town.offerings["chess"], by=BY, at=AT)

    with pytest.raises(CommandError, match=r"0 ontbreken, 1 verschillen, 0 te veel"):
        said("index_verify")


@pytest.fixture(autouse=True)
def store_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test database has its tables; `prepare_store` would migrate it for every command."""
    do_nothing: Callable[[], None] = lambda: None  # noqa: E731
    monkeypatch.setattr("samenspel.cli.base.prepare_store", do_nothing)
