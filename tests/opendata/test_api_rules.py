"""The rule file for the Dutch API Design Rules: our document keeps every rule, and each rule finds what breaks it."""

import copy
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from samenspel.opendata.openapi import at

ROOT = Path(__file__).resolve().parents[2]
SPECTRAL = ROOT / "node_modules" / ".bin" / "spectral"
Document = dict[str, Any]


def trailing_slash(document: Document) -> None:
    document["paths"]["/areas/"] = document["paths"].pop("/areas")


def snake_case_path(document: Document) -> None:
    document["paths"]["/areas/{code}/the_boundary"] = document["paths"].pop("/areas/{code}/boundary")


def snake_case_key(document: Document) -> None:
    document["paths"]["/areas"]["get"]["parameters"][0]["name"] = "page_size"


def no_version_header(document: Document) -> None:
    del document["paths"]["/areas"]["get"]["responses"]["404"]["headers"]["API-Version"]


def no_bad_request(document: Document) -> None:
    del document["paths"]["/match"]["post"]["responses"]["400"]


def error_as_json(document: Document) -> None:
    response = document["paths"]["/areas"]["get"]["responses"]["404"]
    response["content"] = {"application/json": response["content"]["application/problem+json"]}


def error_in_two_forms(document: Document) -> None:
    content = document["paths"]["/areas"]["get"]["responses"]["404"]["content"]
    content["application/json"] = content["application/problem+json"]


def error_without_body(document: Document) -> None:
    del document["paths"]["/areas"]["get"]["responses"]["500"]["content"]


def no_contact(document: Document) -> None:
    del document["info"]["contact"]


def contact_without_address(document: Document) -> None:
    del document["info"]["contact"]["email"]


def two_numbers(document: Document) -> None:
    document["info"]["version"] = "1.0"


def no_major_version(document: Document) -> None:
    document["servers"] = [{"url": "https://example.org/api"}]


def whole_version(document: Document) -> None:
    document["servers"] = [{"url": "https://example.org/api/v1.0.0"}]


def plain_http(document: Document) -> None:
    document["servers"] = [{"url": "http://example.org/api/v1"}]


def openapi_2(document: Document) -> None:
    document["openapi"] = "2.0"


def day_without_format(document: Document) -> None:
    document["components"]["schemas"]["ScheduleData"]["properties"]["starts_on"] = {"type": "string"}


def day_with_time(document: Document) -> None:
    until = document["components"]["schemas"]["ScheduleData"]["properties"]["until"]
    until["anyOf"][0]["format"] = "date-time"


BROKEN: dict[Callable[[Document], None], str] = {
    openapi_2: "nlgov:doc-openapi",
    no_contact: "nlgov:doc-openapi-contact",
    contact_without_address: "nlgov:doc-openapi-contact",
    two_numbers: "nlgov:semver",
    no_major_version: "nlgov:uri-version",
    whole_version: "nlgov:uri-version",
    plain_http: "nlgov:tls",
    trailing_slash: "nlgov:no-trailing-slash",
    snake_case_path: "nlgov:path-segments-kebab-case",
    snake_case_key: "nlgov:query-keys-camel-case",
    no_version_header: "nlgov:version-header",
    no_bad_request: "nlgov:invalid-input",
    error_as_json: "nlgov:problem-details",
    error_in_two_forms: "nlgov:problem-details",
    error_without_body: "nlgov:problem-details",
    day_without_format: "nlgov:date-format",
    day_with_time: "nlgov:date-omit-time",
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Per document (ours is "whole", the others are called after what breaks them) the rules that it breaks."""
    folder = tmp_path_factory.mktemp("documents")
    whole = at("https://example.org/api/v1")
    for break_it in (None, *BROKEN):
        document = copy.deepcopy(whole)
        if break_it:
            break_it(document)
        name = break_it.__name__ if break_it else "whole"
        (folder / f"{name}.json").write_text(json.dumps(document))
    done = subprocess.run(
        [str(SPECTRAL), "lint", "--ruleset", str(ROOT / "api-rules.yaml"), "--format", "json", "--quiet",
         str(folder / "*.json")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    broken: dict[str, set[str]] = {file.stem: set() for file in folder.glob("*.json")}
    for one in json.loads(done.stdout):
        broken[Path(one["source"]).stem].add(one["code"])
    return broken


def test_our_document_breaks_no_rule(found: dict[str, set[str]]) -> None:
    assert found["whole"] == set()


@pytest.mark.parametrize("break_it", BROKEN, ids=lambda one: one.__name__)
def test_each_rule_finds_what_breaks_it(found: dict[str, set[str]], break_it: Callable[[Document], None]) -> None:
    assert {code for code in found[break_it.__name__] if code.startswith("nlgov:")} == {BROKEN[break_it]}


def test_no_rule_goes_without_something_that_breaks_it() -> None:
    rules = {
        line.strip(" :") for line in (ROOT / "api-rules.yaml").read_text().splitlines() if line.startswith("  nlgov:")
    }

    assert rules == set(BROKEN.values())
