"""A case as a policy officer writes it is read whole, or refused with file, line and reason."""

import tomllib
from datetime import date
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenspel.engine.roles.cases import NOT_NEW, Case, Now, read_case
from samenspel.engine.roles.facts import FACTS, MEASURES, Answer, Said
from samenspel.engine.roles.schema import ANSWERS, case_schema
from samenspel.engine.roles.shipped import shipped, with_roles
from samenspel.engine.toml_lines import Refused
from tests.engine.roles.written import read_own

WHOLE = """\
title = " Een koor vraagt een piano "
story = "De piano is op."
shows = "“Rol 1.”"
source = "§4"
on = 2026-06-01

[facts]
organized = "ja"
own_circle = false
codesign = "onbekend"

[facts.can_alone]
answer = "yes"
by = "bestuur"
on = "2026-05-01"
evidence = "kasboek"

[measures]
participants = 40
amount = 1500.5

[now]
role = 1
review_on = 2027-01-01

[expect]
advice = 1
"""


def read_it(text: str) -> Case:
    return read_case(text.encode(), "casus.toml", read_own())


def test_a_case_is_read_whole() -> None:
    assert read_it(WHOLE) == Case(
        title="Een koor vraagt een piano",
        facts={
            "organized": Said(Answer.YES),
            "own_circle": Said(Answer.NO),
            "codesign": Said(Answer.UNKNOWN),
            "can_alone": Said(Answer.YES, "bestuur", date(2026, 5, 1), "kasboek"),
        },
        measures={"participants": 40.0, "amount": 1500.5},
        now=Now(1, date(2027, 1, 1)),
        on=date(2026, 6, 1),
        story="De piano is op.",
        shows="“Rol 1.”",
        source="§4",
        expect=1,
    )


def test_a_title_is_enough() -> None:
    assert read_it('title = "x"') == Case("x")


@pytest.mark.parametrize(
    ("old", "new", "line", "path"),
    [
        ('title = " Een koor vraagt een piano "\n', "", 0, "title"),
        ('title = " Een koor vraagt een piano "', "title = 3", 1, "title"),
        ('story = "De piano is op."', f'story = "{"x" * 2001}"', 2, "story"),
        ('story = "De piano is op."', "story = 3", 2, "story"),
        ("on = 2026-06-01", "on = 2026-06-01T10:00:00", 5, "on"),
        ("on = 2026-06-01", 'on = "20260601"', 5, "on"),
        ("on = 2026-06-01", 'on = "2026-06-31"', 5, "on"),
        ("on = 2026-06-01", "bla = 1", 5, "bla"),
        ('organized = "ja"', 'organised = "ja"', 8, "facts.organised"),
        ('organized = "ja"', 'organized = "JA"', 8, "facts.organized"),
        ('organized = "ja"', "organized = 1", 8, "facts.organized"),
        ('organized = "ja"', 'organized = ["ja"]', 8, "facts.organized"),
        ('organized = "ja"', 'organized = { by = "ik" }', 8, "facts.organized"),
        ('answer = "yes"\n', "", 12, "facts.can_alone"),
        ('by = "bestuur"', 'wie = "bestuur"', 12, "facts.can_alone"),
        ('by = "bestuur"', "by = 3", 14, "facts.can_alone.by"),
        ('on = "2026-05-01"', "on = 3", 15, "facts.can_alone.on"),
        ("participants = 40", "people = 40", 19, "measures.people"),
        ("participants = 40", "participants_share = 40", 19, "measures.participants_share"),
        ("participants = 40", "participants = inf", 19, "measures.participants"),
        ("participants = 40", "participants = true", 19, "measures.participants"),
        ("role = 1", "role = 0", 23, "now.role"),
        ("role = 1", "role = 1.0", 23, "now.role"),
        ("role = 1", "rol = 1", 23, "now.rol"),
        ("[now]\nrole = 1\nreview_on = 2027-01-01", "[[now]]\nrole = 1", 22, "now"),
        ("advice = 1", "advice = 0", 26, "expect"),
        ("advice = 1", "advice = true", 26, "expect"),
        ("advice = 1", "advice = 1.0", 26, "expect"),
        ("advice = 1", "advice = []", 26, "expect"),
    ],
    ids=lambda value: str(value).replace("\n", " ").replace("[", "").replace("]", "")[:40],
)
def test_what_is_wrong_is_refused_at_its_line_and_path(old: str, new: str, line: int, path: str) -> None:
    assert old in WHOLE
    with pytest.raises(Refused) as refused:
        read_it(WHOLE.replace(old, new, 1))

    assert (refused.value.file, refused.value.path) == ("casus.toml", path)
    assert refused.value.line == line


SAID = st.sampled_from(ANSWERS) | st.fixed_dictionaries(
    {"answer": st.sampled_from(ANSWERS)}, optional={"by": st.just("bestuur"), "on": st.just("2026-01-01")}
)
ODD = st.sampled_from([3, "x", {}, {"wie": "ik"}, []])


def in_toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {in_toml(each)}" for name, each in value.items()) + "}"
    return str(value).lower() if isinstance(value, bool) else repr(value)


@settings(deadline=None)
@given(
    st.dictionaries(st.sampled_from([*FACTS, "bla"]), SAID | ODD, max_size=4),
    st.dictionaries(st.sampled_from([*MEASURES, "bla"]), st.integers(-1, 10) | st.just("x"), max_size=3),
    st.dictionaries(st.sampled_from(["role", "bla"]), st.integers(0, 5), max_size=2),
)
def test_the_schema_and_the_reader_take_and_refuse_the_same(
    facts: dict[str, Any], measures: dict[str, Any], now: dict[str, int]
) -> None:
    if measures.get("participants", 0) in range(1, 11) and "target_group" in measures:
        del measures["target_group"]  # that there are not more than it is for, a schema cannot say
    if measures.get("years_running") == NOT_NEW:
        facts.pop("new_initiative", None)  # nor that what runs so long is not new
    tables = {"title": "x", "facts": facts, "measures": measures, "now": now}
    text = "".join(f"{name} = {in_toml(table)}\n" for name, table in tables.items())
    fits = jsonschema.Draft202012Validator(case_schema(shipped(with_roles()))).is_valid(tomllib.loads(text))

    try:
        read_it(text)
    except Refused:
        assert not fits
    else:
        assert fits
