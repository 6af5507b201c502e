"""A framework that cannot be used is refused with file, line and reason; what it builds on with its own."""

import pytest

from samenspel.engine.frameworks import Framework, read_framework
from samenspel.engine.toml_lines import LARGEST, Refused
from tests.engine.roles.written import a_framework, a_threshold, read_own

TERM = '[term.{id}]\nname = "N"\ntext = "T"\nsource = "§1"\n'
A_BASE = "base"


def terms(count: int) -> str:
    """A chain in which every term is narrower than the one before."""
    first = TERM.format(id="t0")
    return first + "".join(f'{TERM.format(id=f"t{at}")}broader = "t{at - 1}"\n' for at in range(1, count))


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('[fact.bla]\nname = "N"', 11, "“bla” is geen feit dat Samenspel kent"),
        ('[soort.x]\nname = "N"', 11, "“soort” is geen onderdeel van een kader"),
        ('[[role]]\nname = "N"', 11, "“role” is geen onderdeel van een kader"),
        ('[role]\n1 = "N"', 12, "role.1 is geen tabel"),
        ('[role."A B"]\nname = "N"', 11, "role.A B is geen tabel met een naam"),
        ('[role.1]\nname = "N"\ntext = "T"', 11, "source ontbreekt bij role.1"),
        ('[role.1]\nname = "N"\ntext = " "\nsource = "§1"', 13, "text ontbreekt bij role.1 of is geen tekst"),
        (f'[role.1]\nname = "N"\ntext = "{"x" * 2001}"\nsource = "§1"', 13, "text is langer dan 2000 tekens"),
        ('[role.1]\nname = "N"\ntext = "T"\nsource = "§1"\nbla = 1', 15, "“bla” hoort niet bij role.1"),
        ('[role.1]\nname = "N"\n[role.1]\nname = "N"', 13, "dit is geen geldige TOML: Cannot declare"),
        (TERM.format(id="a") + 'broader = "b"', 11, "het bredere begrip “b” bestaat niet"),
        (TERM.format(id="a") + 'broader = "a"', 11, "begrippen wijzen in een kring naar elkaar: a → a"),
        ("[threshold]\nid = 1", 11, "drempels staan elk onder [[threshold]]"),
        (a_threshold(**{"from": None}), 11, "threshold.0 heeft geen datum: schrijf from = JJJJ-MM-DD"),
        (a_threshold(**{"from": '"2026"'}), 16, "threshold.0 heeft geen datum"),
        (a_threshold(**{"from": "2026-01-01T10:00:00"}), 16, "threshold.0 heeft geen datum"),
        (a_threshold(fact='"bla"'), 13, "“bla” is geen feit"),
        (a_threshold(fact='"individual_right"'), 13, "over “individual_right” beslist geen getal"),
        (a_threshold(measure='"bla"'), 14, "“bla” is geen maat; kies uit participants"),
        (a_threshold(below=None), 11, "een drempel heeft precies één van at_least"),
        (a_threshold(above=3), 11, "een drempel heeft precies één van at_least"),
        (a_threshold(below=-1), 15, "de waarde van een drempel is een getal van nul of meer"),
        (a_threshold(below="true"), 15, "de waarde van een drempel is een getal"),
        (a_threshold(below="nan"), 15, "de waarde van een drempel is een getal"),
        (a_threshold(bla=1), 18, "“bla” hoort niet bij een drempel"),
        (a_threshold() + a_threshold(below=3), 18, "drempel few heeft twee waarden vanaf 2026-01-01"),
    ],
    ids=["fact", "kind", "list", "no table", "name", "no source", "empty", "long", "odd key", "part twice",
         "no wider term", "own wider term", "one threshold", "no day", "day as text", "day with time", "odd fact",
         "a right", "odd measure", "no comparison", "two comparisons", "below nothing", "boolean", "no number",
         "odd in threshold", "threshold twice"],
)  # fmt: skip
def test_what_is_wrong_is_refused_with_its_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        read_own(text)

    assert (refused.value.file, refused.value.line) == ("eigen.toml", line)
    assert refused.value.reason.startswith(reason)


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("[framework]", "[kader]", 0, "de tabel [framework] ontbreekt"),
        ('name = "eigen"', 'name = "Eigen Kader"', 2, "name bestaat uit kleine letters"),
        ("from = 2026-01-01", "from = 2026", 6, "framework heeft geen datum"),
        ('title = "Een kader"\n', "", 1, "title ontbreekt bij framework"),
        ("extends = []", 'extends = "berkelland"', 9, "extends is een lijst met namen"),
        ("extends = []", "extends = [1]", 9, "extends is een lijst met namen"),
        ("extends = []", 'extends = ["../geheim"]', 9, "extends is een lijst met namen"),
        ("extends = []", 'extends = ["nergens"]', 9, "er is geen kader met de naam “nergens”"),
        ("extends = []", 'extends = ["a", "a"]', 9, "een kader staat twee keer in extends"),
    ],
    ids=["no head", "name", "day", "title", "text", "numbers", "path", "gone", "twice"],
)
def test_a_wrong_head_is_refused_with_its_line(old: str, new: str, line: int, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        read_framework(a_framework().replace(old.encode(), new.encode()), "eigen.toml")

    assert refused.value.line == line
    assert refused.value.reason.startswith(reason)


@pytest.mark.parametrize(
    "content", [b"threshold = [1]\n", b'threshold = ["below"]\n', b"threshold = [[]]\n"], ids=["1", "text", "list"]
)
def test_thresholds_that_are_no_tables_are_refused(content: bytes) -> None:
    with pytest.raises(Refused, match=r"eigen.toml, regel 1: drempels staan elk onder \[\[threshold\]\]"):
        read_framework(content + a_framework(), "eigen.toml")


def from_(**files: bytes) -> Framework:
    """The framework `eigen` of these files by their names."""
    return read_framework(
        files["eigen"], "eigen.toml", lambda name: (files[name], f"{name}.toml") if name in files else None
    )


def test_frameworks_that_build_on_each_other_in_a_ring_are_refused() -> None:
    with pytest.raises(Refused, match=r"c.toml, regel 9: kaders bouwen in een kring op elkaar: eigen → b → c → eigen"):
        from_(
            eigen=a_framework(extends='"b"'),
            b=a_framework(name="b", extends='"c"'),
            c=a_framework(name="c", extends='"eigen"'),
        )


def test_a_framework_under_another_name_than_was_asked_is_refused() -> None:
    """Else a file that names itself differently would build on itself without end."""
    with pytest.raises(Refused, match=r"b.toml, regel 2: dit kader heet “anders”, niet “b”"):
        from_(eigen=a_framework(extends='"b"'), b=a_framework(name="anders", extends='"b"'))


def test_what_a_framework_builds_on_is_refused_with_its_own_file_and_line() -> None:
    with pytest.raises(Refused, match=r"b.toml, regel 16: threshold.0 heeft geen datum"):
        from_(eigen=a_framework(extends='"b"'), b=a_framework(a_threshold(**{"from": "1"}), name="b"))


def test_two_may_build_on_the_same() -> None:
    whole = from_(
        eigen=a_framework(TERM.format(id="own") + 'broader = "d"', extends='"b", "c"'),
        b=a_framework(name="b", extends='"d"'),
        c=a_framework(TERM.format(id="d").replace("T", "C"), name="c", extends='"d"'),
        d=a_framework(TERM.format(id="d") + a_threshold(), name="d"),
    )

    assert whole.part("term", "d").text == "C"
    assert len(whole.thresholds) == 1
    assert whole.part("term", "gone").name == "gone"


def test_terms_that_point_at_each_other_in_a_ring_are_refused() -> None:
    ring = terms(4).replace(TERM.format(id="t0"), TERM.format(id="t0") + 'broader = "t3"\n')

    with pytest.raises(Refused, match=r"regel \d+: begrippen wijzen in een kring naar elkaar: t0 → t3 → t2 → t1 → t0"):
        read_own(ring)


def test_a_long_chain_of_terms_and_many_thresholds_are_read() -> None:
    many = "".join(a_threshold(id=f'"t{at}"') for at in range(2_000))

    assert len(read_own(terms(2_000) + many).parts) == 2_000


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (a_framework("#" * LARGEST), 0, "het bestand is te groot"),
        (a_framework() + b"#" * 10_000_000, 0, "het bestand is te groot"),
        (a_framework() + b"\xe9", 11, "dit is geen UTF-8-tekst"),
        (a_framework("name ="), 11, "dit is geen geldige TOML"),
        (a_framework("a = " + "[" * 900_000), 11, "het bestand is te diep genest"),
        (a_framework("[" * 900_000), 11, "dit is geen geldige TOML"),
        (a_framework("a = " + "9" * 5_000), 11, "een sleutel of getal is langer"),
    ],
    ids=["large", "10 MB", "latin", "no value", "deep list", "deep header", "long number"],
)
def test_a_hostile_file_is_refused_with_its_line(content: bytes, line: int, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        read_framework(content, "eigen.toml")

    assert refused.value.line == line
    assert refused.value.reason.startswith(reason)
