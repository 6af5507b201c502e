"""Whatever a paper names as evidence exists: the file, the test in it, the page."""

import ast
from functools import cache

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from samenspel.accountability.register import measures, points
from tests.architecture.layers import ROOT

NAMED = sorted({proof for said in (*measures(), *points()) for proof in said.evidence})


@cache
def functions_of(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@cache
def pages() -> frozenset[str]:
    def names(resolver: URLResolver, space: str = "") -> list[str]:
        found: list[str] = []
        for one in resolver.url_patterns:
            if isinstance(one, URLResolver):
                found += names(one, one.namespace or space)
            elif isinstance(one, URLPattern):
                found.append(f"{space}:{one.name}")
        return found

    return frozenset(names(get_resolver()))


def exists(proof: str) -> bool:
    if proof.startswith("page:"):
        return proof.removeprefix("page:") in pages()
    path, _, test = proof.partition("::")
    return (ROOT / path).is_file() and (not test or test in functions_of(path))


@pytest.mark.parametrize("proof", NAMED)
def test_the_evidence_exists(proof: str):
    assert exists(proof)


@pytest.mark.parametrize(
    "proof",
    ["tests/geen.py", "trust/geen.py", "tests/accountability/test_evidence.py::test_geen", "page:workspace:geen"],
)
def test_evidence_that_is_not_there_would_be_seen(proof: str):
    assert not exists(proof)


def test_every_measure_has_evidence_and_says_what_stays_with_the_municipality():
    assert [one.number for one in measures() if not (one.does and one.evidence and one.municipality)] == []


def test_a_trust_check_that_is_named_has_a_control():
    checks = [proof for proof in NAMED if proof.startswith("trust/") and proof != "trust/harness.py"]

    assert checks
    assert [proof for proof in checks if "control" not in (ROOT / proof).read_text(encoding="utf-8")] == []
