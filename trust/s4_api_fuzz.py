#!/usr/bin/env python3
"""S4: no request to the open API, however odd, ends in a server error or in an answer that the API did not declare.

Schemathesis makes the requests from the API's own document: values at the edge of what is allowed, over it, of another
type, with methods and headers that nobody expects. `--n` is the least number of requests (default 2,000).
"""

import argparse
import json
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from trust.harness import ROOT, Site, demo_site, report

FUZZER = ROOT / ".venv" / "bin" / "schemathesis"
CHECKS = """
[checks]
enabled = false
not_a_server_error.enabled = true
status_code_conformance.enabled = true
content_type_conformance.enabled = true
response_headers_conformance.enabled = true
response_schema_conformance.enabled = true
negative_data_rejection.enabled = true
positive_data_acceptance.enabled = true
unsupported_method.enabled = true
allow_header_conformance.enabled = true

[[operations]]
include-name = "POST /match"
checks.positive_data_acceptance.enabled = false

[[operations]]
include-name = "POST /role-advice"
checks.positive_data_acceptance.enabled = false
"""
"""The exceptions: which texts are a known place, and that nobody denies what the numbers beside it show, cannot be said
in a document."""


def fuzz(site: Site, per_operation: int) -> dict:
    """The report of one run: its counts and the failures found."""
    with tempfile.TemporaryDirectory(prefix="samenspel-fuzz-") as folder:
        settings, found = Path(folder, "schemathesis.toml"), Path(folder, "report.json")
        settings.write_text(CHECKS)
        subprocess.run(
            [
                str(FUZZER), "--config-file", str(settings), "run",
                f"http://127.0.0.1:{site.port}/api/v1/openapi.json",
                "--max-examples", str(per_operation), "--seed", "1", "--workers", "2",
                "--phases", "coverage,fuzzing", "--no-shrink", "--continue-on-failure",
                "--report", "json", "--report-json-path", str(found),
            ],
            cwd=folder, stdout=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        return json.loads(found.read_text())


def check(least: int, control: bool) -> tuple[str, bool]:
    with demo_site("trust.controls.odd_value" if control else None) as site:
        _, _, document = site.get("/api/v1/openapi.json")
        operations = sum(len(methods) for methods in json.loads(document)["paths"].values())
        found = fuzz(site, least * 5 // (operations * 4))  # a quarter more: some run out of different requests
    inputs = found["test_cases"]["generated"]
    wrong = [*found["failures"], *found["errors"]]
    broken = sum(one["count"] for one in found["failures"] if one["type"] == "ServerError")
    for one in wrong:
        print(one)
    whole = found["complete"] and found["operations"]["tested"] == operations and inputs >= least
    figure = f"{broken}-times-500-and-{len(wrong)}-kinds-of-fault-in-{inputs}-requests-on-{operations}-operations"
    return figure, whole and not wrong


if __name__ == "__main__":
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--n", type=int, default=2000, help="at least so many requests")
    asked, sys.argv[1:] = parser.parse_known_args()
    report("S4", "0-times-500-and-0-faults", partial(check, asked.n))
