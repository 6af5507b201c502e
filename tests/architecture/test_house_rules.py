"""Rules of the house that no tool checks: size, names, no municipality in code, papers in step."""

import re
import subprocess

import pytest

from tests.architecture.layers import PACKAGE, ROOT

OURS = [
    file
    for file in subprocess.check_output(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, text=True).split(
        "\n"
    )
    if file
]
PYTHON = [
    ROOT / file for file in OURS if file.endswith(".py") and "/migrations/" not in file and (ROOT / file).exists()
]
MUNICIPALITIES = re.compile(r"berkelland|maashorst|almelo|oude ijsselstreek", re.IGNORECASE)


def test_no_file_is_over_400_lines():
    long = {str(file.relative_to(ROOT)): n for file in PYTHON if (n := len(file.read_text().splitlines())) > 400}

    assert long == {}


def test_no_module_is_called_utils_common_or_helpers():
    assert [str(f) for f in PYTHON if f.stem in ("utils", "common", "helpers", "misc", "manager", "service")] == []


def test_no_municipality_is_named_outside_frameworks_demo_and_tests():
    named = [
        f"{file.relative_to(PACKAGE)}:{number}"
        for file in [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.po")]
        if file.relative_to(PACKAGE).parts[0] not in ("frameworks", "demo")
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if MUNICIPALITIES.search(line)
    ]

    assert named == []


def test_publiccode_and_changelog_name_the_same_version():
    version = re.search(r"^## (\d\S*)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    published = re.search(r"^softwareVersion: (\S+)", (ROOT / "publiccode.yml").read_text(), re.MULTILINE)

    assert version
    assert published
    assert version[1] == published[1]


@pytest.mark.parametrize(
    "name", ["README.md", "LICENSE", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "publiccode.yml"]
)
def test_the_papers_of_public_code_are_there(name: str):
    assert (ROOT / name).stat().st_size > 100


def test_every_model_and_choice_stands_in_the_glossary():
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    names = [
        name
        for app in ("audit", "people", "places", "socialmap", "sources")
        for file in (PACKAGE / app).glob("[mv]o*.py")
        for name in re.findall(
            r"^class (\w+)\((?:ActionModel|models\.(?:Model|TextChoices|IntegerChoices))",
            file.read_text(),
            re.MULTILINE,
        )
    ]

    assert names
    assert [name for name in names if f"`{name}`" not in glossary and name != "ActionModel"] == []


def test_decisions_are_numbered_as_their_headings():
    for file in sorted((ROOT / "docs" / "decisions").glob("*.md")):
        assert file.read_text(encoding="utf-8").startswith(f"# {int(file.name[:4])}. "), file.name
