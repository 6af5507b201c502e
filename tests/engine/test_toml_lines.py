"""TOML that people write is refused with file, line and reason, and every key is found on its own line."""

import re
import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenspel.engine.toml_lines import LARGEST, Refused, Written, read

WRITTEN = '''\
# a comment: c = 1
title = """
inside = 1
[inside]
"""  # after = 2
'odd key' = 1

[ "facts" ]
proven = { answer = "yes", "by" = "[bestuur]" }
a.b = 1
list = [
  1,  # inside = 3
  { x = 1 }, [ { y = """
""" } ],
]
more = 'a = "'

[[threshold]]
id = "first"
[threshold.sub]
q = 1
[[threshold]]
id = """ "" \\""" last quotes"""""
none = {}
z = 2025-01-01
[[deep.in]]
[[deep.in.it]]
k = 1
[[deep.in]]
[[deep.in.it]]
k = 2
'''
LINES = {
    "title": 2, "odd key": 6, "facts": 8, "facts.proven": 9, "facts.proven.answer": 9, "facts.proven.by": 9,
    "facts.a.b": 10, "facts.list": 11, "facts.list.1.x": 13, "facts.list.2.0.y": 13, "facts.more": 16,
    "threshold.0": 18, "threshold.0.id": 19, "threshold.0.sub": 20, "threshold.0.sub.q": 21, "threshold.1": 22,
    "threshold.1.id": 23, "threshold.1.none": 24, "threshold.1.z": 25, "deep.in.0": 26, "deep.in.0.it.0": 27,
    "deep.in.0.it.0.k": 28, "deep.in.1": 29, "deep.in.1.it.0": 30, "deep.in.1.it.0.k": 31,
}  # fmt: skip


@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "byte order mark"])
def test_every_table_and_key_is_found_on_its_line(ending: str, mark: str) -> None:
    written = read((mark + WRITTEN.replace("\n", ending)).encode(), "f.toml")

    assert written.lines == LINES


def test_a_refusal_names_the_nearest_line_that_is_there() -> None:
    written = read(WRITTEN.encode(), "f.toml")

    assert str(written.refuse("facts.proven.on", "waarom")) == "f.toml, regel 9: waarom"
    assert written.refuse("threshold.1.gone", "waarom").line == 22
    assert str(written.refuse("nowhere", "waarom")) == "f.toml: waarom"


def test_other_line_separators_of_unicode_are_no_new_line() -> None:
    assert read('a = "\u2028\u0085"\nb = 1'.encode(), "f").lines == {"a": 1, "b": 2}


def paths(data: Any, above: str = "") -> set[str]:
    """Every path to a value of read TOML, in the form of `Written.lines`."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    found = set()
    for key, value in items:
        path = f"{above}.{key}".lstrip(".")
        found |= {path} if not isinstance(data, list) else set()
        found |= paths(value, path)
    return found


NAMES = st.text("abcdefgh_-12", min_size=1, max_size=5)
TEXTS = st.text("ab=[]{}#,.\"'\\\n\r\té", max_size=12)
VALUES = st.recursive(
    st.integers(0, 99) | TEXTS | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


def in_toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        escaped = "".join(f"\\u{ord(each):04x}" if each in '"\\\r' else each for each in value)
        return f'"""\n{escaped}"""'
    if isinstance(value, list):
        return "[\n" + ",\n".join(map(in_toml, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}" = {in_toml(each)}' for key, each in value.items()) + "}"
    return str(value)


@settings(deadline=None)
@given(st.dictionaries(NAMES, st.dictionaries(NAMES, VALUES, max_size=4), max_size=4))
def test_whatever_is_written_every_key_has_a_line_and_nothing_else_has(data: dict[str, dict[str, Any]]) -> None:
    text = "".join(
        f"[{table}]  # [not]\n" + "".join(f"{key} = {in_toml(value)}\n" for key, value in keys.items())
        for table, keys in data.items()
    )

    written = read(text.encode(), "f")

    assert written.data == data
    assert set(written.lines) == paths(data)
    for path, number in written.lines.items():
        assert re.split(r"\.\d+\.|\.", path)[-1] in text.split("\n")[number - 1]


@settings(deadline=None)
@given(st.binary(max_size=200) | st.text("abc=[]{}#,.\"'\\\n1-: é", max_size=80).map(str.encode))
def test_anything_is_read_as_tomllib_reads_it_or_refused(content: bytes) -> None:
    found = read_or_refused(content)

    if isinstance(found, Refused):
        assert found.file == "f"
        assert 0 < found.line <= content.count(b"\n") + 1
        assert "\n" not in str(found)
    else:
        assert found.data == tomllib.loads(content.decode("utf-8-sig"))


def read_or_refused(content: bytes) -> Written | Refused:
    try:
        return read(content, "f")
    except Refused as refused:
        return refused


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"x" * (LARGEST + 1), 0, "het bestand is te groot (1,000,001 bytes; hoogstens 1,000,000)"),
        (b"x" * 10_000_000, 0, "het bestand is te groot"),
        (b'a = "b"\nc = "\xff"', 2, "dit is geen UTF-8-tekst"),
        (b"a = 1\nb = \nc = 3", 2, "dit is geen geldige TOML: Invalid value"),
        (b"a = 1\na = 2", 2, "dit is geen geldige TOML: Cannot overwrite a value"),
        (b'a = 1\nb = """\nlang', 3, "dit is geen geldige TOML"),
        (b"a = 1\nb = " + b"[" * 900_000, 2, "het bestand is te diep genest"),
        (b"a = 1\n" + b"[" * 900_000, 2, "dit is geen geldige TOML"),
        (b"a = 1\nb = " + b"{b = " * 100_000, 2, "het bestand is te diep genest"),
        (b"a = 1\n" + b".".join([b"a"] * 400_000) + b" = 1", 2, "het bestand is te diep genest"),
        (b"a = 1\n[" + b".".join([b"a"] * 400_000) + b"]", 2, "het bestand is te diep genest"),
        (b"a = 1\nb = " + b"9" * 5_000, 2, "een sleutel of getal is langer dan 200 tekens"),
        (b"a = 1\nb = 2025-02-30", 2, "dit is geen geldige TOML"),
    ],
    ids=["a byte too large", "10 MB", "latin", "no value", "key twice", "text without end", "lists", "brackets",
         "inline tables", "dotted key", "dotted header", "number", "no such day"],
)  # fmt: skip
def test_a_hostile_or_broken_file_is_refused_with_its_line(content: bytes, line: int, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        read(content, "f.toml")

    assert (refused.value.file, refused.value.line) == ("f.toml", line)
    assert refused.value.reason.startswith(reason)


def test_a_reason_is_one_line_of_a_length_that_people_read() -> None:
    reason = Refused("f", 1, "een\nreden " + "x " * 10_000).reason

    assert reason.startswith("een reden")
    assert len(reason) <= 400
