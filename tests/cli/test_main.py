"""The command line as typed: overview, groups of two words, exit codes."""

import subprocess
import sys

import pytest


def samenspel(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "samenspel", *words], capture_output=True, text=True, check=False)


@pytest.fixture(autouse=True)
def own_data(tmp_path, monkeypatch):
    monkeypatch.setenv("SAMENSPEL_DATA", str(tmp_path))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "samenspel.config.settings")
    monkeypatch.delenv("DATABASE_URL", raising=False)


def test_without_words_it_lists_the_commands():
    said = samenspel()

    assert said.returncode == 0
    assert "samenspel import areas" in said.stdout
    assert "samenspel serve" in said.stdout


def test_a_group_alone_lists_its_commands():
    said = samenspel("import")

    assert said.returncode == 0
    assert "import figures" in said.stdout
    assert "serve" not in said.stdout


@pytest.mark.parametrize("words", [("verzin",), ("import", "verzin"), ("serve", "--port", "tachtig"), ("ask",)])
def test_typing_wrongly_ends_with_code_2_and_says_why(words):
    said = samenspel(*words)

    assert said.returncode == 2
    assert said.stderr.strip()
    assert "Traceback" not in said.stderr


def test_a_refusal_ends_with_code_1_and_one_line():
    said = samenspel("import", "areas", "bestaat-niet.geojson")

    assert said.returncode == 1
    assert len(said.stderr.strip().splitlines()) == 1
    assert "bestaat-niet.geojson" in said.stderr


@pytest.mark.parametrize(
    "command",
    [
        "serve",
        "work",
        "demo",
        "ask",
        "import areas",
        "import figures",
        "import postcodes",
        "index rebuild",
        "index verify",
        "audit head",
        "audit verify",
        "doctor",
        "folder",
    ],
)
def test_every_command_explains_itself(command: str):
    said = samenspel(*command.split(), "--help")

    assert said.returncode == 0
    assert "usage:" in said.stdout
