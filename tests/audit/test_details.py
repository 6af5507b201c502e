"""The log holds no personal text: every detail that any code gives an event is on one reviewed list."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.layers import PACKAGE

DETAILS = {
    "about": "for oneself or for another: a choice from `About`",
    "access_role": "a choice from `AccessRole`",
    "agreed_on": "a day",
    "area": "the CBS code of an area",
    "areas": "CBS codes",
    "case": "the id of a case about a role",
    "channel": "a choice from `Channel`",
    "digest": "the seal of an event",
    "fields": "names of columns, never what is in them",
    "how": "a way of contact, from a list",
    "key": "the key of a legal ground",
    "kind": "a choice from a list",
    "members": "ids of accounts",
    "method": "a choice from a list",
    "number": "a count",
    "offerings": "a count",
    "part": "the kind and key of a part of a framework",
    "reached": "yes or no",
    "reason": "a choice from a list",
    "records": "a count",
    "refusal": "a reason from a list",
    "run": "the id of an import",
    "source": "the name of a feed that the municipality reads",
    "state": "a choice from a list",
    "steps": "a count",
    "tables": "names of tables",
    "team": "the id of a team",
    "threshold": "the key of a threshold of a framework",
    "trigger": "a choice from `Trigger`",
    "until": "a day",
    "via": "a choice from a list",
    "was_read": "yes or no",
    "way": "a choice from a list",
    "word": "on whose word: a choice from a list",
}
"""What an event may tell, and why that is not personal. Never a name, an address, or what somebody typed."""

OWN = {"action", "on", "by", "at", "municipality"}
"""The parameters of `record` itself."""

TREES = {
    str(file.relative_to(PACKAGE)): ast.parse(file.read_text(encoding="utf-8"))
    for file in sorted(PACKAGE.rglob("*.py"))
    if "migrations" not in file.parts
}


def given(tree: ast.Module) -> Iterator[str]:
    """The names of the details that a module gives to `record`, also through a function of its own with **detail."""
    passing = {function.name: own_parameters(function) for function in functions(tree) if hands_on(function)}
    for call in calls(tree, {"record", *passing}):
        mine = OWN if name_of(call) == "record" else passing[name_of(call)]
        yield from (word.arg for word in call.keywords if word.arg and word.arg not in mine)


def unread(tree: ast.Module) -> Iterator[int]:
    """The lines where details are given that cannot be read here: a `**` that is not the function's own parameter."""
    known = {id(call) for function in functions(tree) if hands_on(function) for call in calls(function, {"record"})}
    for call in calls(tree, {"record"}):
        if id(call) not in known and any(word.arg is None for word in call.keywords):
            yield call.lineno


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def calls(tree: ast.AST, names: set[str]) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call) and name_of(node) in names)


def name_of(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def own_parameters(function: ast.FunctionDef) -> set[str]:
    return {one.arg for one in [*function.args.args, *function.args.kwonlyargs]}


def hands_on(function: ast.FunctionDef) -> bool:
    """Whether its **parameter goes on to `record`."""
    rest = function.args.kwarg and function.args.kwarg.arg
    handed = [word for call in calls(function, {"record"}) for word in call.keywords if word.arg is None]
    return bool(rest and handed) and all(isinstance(one.value, ast.Name) and one.value.id == rest for one in handed)


def test_an_event_tells_only_what_is_on_the_list():
    unlisted = {name: sorted(found) for name, tree in TREES.items() if (found := set(given(tree)) - set(DETAILS))}

    assert unlisted == {}, "name it in DETAILS, when it can never be personal"


def test_every_detail_can_be_read_from_the_code():
    assert {name: lines for name, tree in TREES.items() if (lines := list(unread(tree)))} == {}


def test_nothing_on_the_list_is_out_of_use():
    assert set(DETAILS) - {name for tree in TREES.values() for name in given(tree)} == set()


def test_record_is_called_by_its_own_name_so_that_this_check_sees_it():
    imports = [
        (name, alias)
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "samenspel.audit.action"
        for alias in node.names
    ]

    assert [name for name, alias in imports if alias.name == "record" and alias.asname] == []


@pytest.mark.parametrize(
    ("code", "details"),
    [
        ("record(action='x', on=row, by=by, at=at, municipality='y', note=note)", {"note"}),
        ("def f(row, **detail):\n    record(on=row, **detail)\nf(row, note=1)", {"note"}),
        ("def f(row, *, by, **detail):\n    record(on=row, by=by, run=1, **detail)\nf(row=row, by=by)", {"run"}),
    ],
    ids=["straight", "through a function", "beside it"],
)
def test_the_check_sees_each_way_of_giving_a_detail(code: str, details: set[str]):
    assert set(given(ast.parse(code))) == details


def test_the_check_sees_details_that_it_cannot_read():
    assert list(unread(ast.parse("record(on=row, **whatever)"))) == [1]
