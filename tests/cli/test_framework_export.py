"""`samenspel framework export`: what a municipality wrote, as files that `samenspel advise` reads."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from samenspel.engine.frameworks import read_framework
from samenspel.engine.roles.cases import read_case
from samenspel.engine.roles.shipped import find
from samenspel.policy.drafting import add_case, add_threshold, reword_part
from samenspel.policy.frameworks import framework_of_version
from tests.people.rows import AT, BY, GM
from tests.policy.framework_rows import a_draft, adopted, example, part, threshold

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings: Any) -> None:
    settings.MUNICIPALITY = GM


def test_an_exported_version_reads_back_as_the_same_framework_and_advises(tmp_path: Path, capsys: Any):
    version = a_draft()
    words = part(text='Een "aanhaling", een \\ streep\nen een é.')
    reword_part(version=version, kind="principle", part_id="2", words=words, by=BY, at=AT)
    add_threshold(version=version, facts=threshold(), by=BY, at=AT)
    add_case(version=version, facts=example(), by=BY, at=AT)
    adopted(version)

    call_command("framework_export", str(tmp_path))

    read = read_framework((tmp_path / "framework.toml").read_bytes(), "framework.toml", find)
    assert read == framework_of_version(version)
    (case,) = (tmp_path / "cases").iterdir()
    assert read_case(case.read_bytes(), case.name, read).expect == 2
    call_command("advise", str(case), framework=str(tmp_path / "framework.toml"), json=True)
    assert json.loads(capsys.readouterr().out)["advice"] == 2


def test_an_earlier_version_can_be_asked_for_and_a_missing_one_is_refused(tmp_path: Path):
    with pytest.raises(CommandError, match="geen eigen kader"):
        call_command("framework_export", str(tmp_path))
    adopted(a_draft(title="Eerste"))
    adopted(a_draft(title="Tweede"))

    call_command("framework_export", str(tmp_path), number=1)

    assert "Eerste" in (tmp_path / "framework.toml").read_text()
    with pytest.raises(CommandError, match="geen versie 9"):
        call_command("framework_export", str(tmp_path), number=9)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path):
    adopted(a_draft())
    (tmp_path / "file").write_text("")

    with pytest.raises(CommandError, match="kan niet geschreven worden"):
        call_command("framework_export", str(tmp_path / "file"))
