"""What a group counts for itself is read by its own door only; read from the code, so that nobody forgets."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from samenspel.outcomes.models import GroupCount
from samenspel.socialmap.models import Offering
from tests.architecture.layers import PACKAGE

OWN = "own_counts"
ALLOWED = ("outcomes", "organizers")
OTHERS = sorted(
    file
    for file in PACKAGE.rglob("*.py")
    if file.relative_to(PACKAGE).parts[0] not in ALLOWED and "migrations" not in file.parts
)


def names(code: str) -> Iterator[str]:
    """Every name, attribute, imported part and short text of a piece of code."""
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                yield name
            case ast.ImportFrom(module=module, names=parts):
                yield from (module or "").split(".")
                yield from (part.name for part in parts)
            case ast.Import(names=parts):
                yield from (step for part in parts for step in part.name.split("."))
            case ast.Constant(value=str(text)):
                yield text


def reads_counts(code: str) -> bool:
    return not {"GroupCount", "groupcount", OWN, "outcomes.GroupCount", "outcomes_groupcount"}.isdisjoint(names(code))


def test_no_other_door_or_context_names_the_counts_of_groups():
    assert OTHERS
    assert [str(file.relative_to(PACKAGE)) for file in OTHERS if reads_counts(file.read_text(encoding="utf-8"))] == []


def test_within_outcomes_only_the_groups_own_module_and_the_end_of_the_term_name_them():
    found = [file.name for file in (PACKAGE / "outcomes").glob("*.py") if reads_counts(file.read_text())]

    assert sorted(found) == ["own_counts.py", "retention.py"]


@pytest.mark.parametrize(
    "code",
    [
        "from samenspel.outcomes.models import GroupCount",
        "from samenspel.outcomes import own_counts",
        "from samenspel.outcomes.own_counts import counts_of",
        "import samenspel.outcomes.own_counts as o",
        "from samenspel.outcomes import models\nmodels.GroupCount.objects.all()",
        "apps.get_model('outcomes.GroupCount')",
        "apps.get_model('outcomes', 'groupcount')",
    ],
    ids=["model", "module", "function", "alias", "attribute", "registry", "lower case"],
)
def test_every_way_to_them_would_be_seen(code: str):
    assert reads_counts(code)


def test_there_is_no_way_from_an_offering_to_them():
    assert [one.related_model for one in Offering._meta.related_objects if one.related_model is GroupCount] == []


def test_the_workspace_shows_no_template_that_names_them():
    named = [file for file in (PACKAGE / "workspace").rglob("*.html") if "groupcount" in file.read_text().lower()]

    assert named == []
    assert Path(PACKAGE / "organizers" / "counts.py").exists()
