"""Framework files for tests: small, and right until a test makes them wrong."""

from samenspel.engine.frameworks import Framework, read_framework

HEAD = """\
[framework]
name = "{name}"
title = "Een kader"
of = "gemeente Zeestede"
version = "1"
from = 2026-01-01
document = "Kader"
summary = "Kort."
extends = [{extends}]
"""


def a_framework(text: str = "", *, name: str = "eigen", extends: str = "") -> bytes:
    """The file of a framework with these tables; its head takes the first ten lines."""
    return f"{HEAD.format(name=name, extends=extends)}\n{text}".encode()


def a_threshold(**values: object) -> str:
    """A threshold on participants; a value of None leaves the key out."""
    given = {
        "id": '"few"', "fact": '"few_participants"', "measure": '"participants"', "below": 10, "from": "2026-01-01",
        "source": '"besluit"',
    } | values  # fmt: skip
    return "[[threshold]]\n" + "".join(f"{key} = {value}\n" for key, value in given.items() if value is not None)


def read_own(text: str = "", **head: str) -> Framework:
    return read_framework(a_framework(text, **head), "eigen.toml")
