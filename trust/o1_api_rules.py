#!/usr/bin/env python3
"""O1: the running API keeps the 16 technical rules of the Dutch API Design Rules, in errors as well as in answers."""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from trust.harness import Site, demo_site, report

ROOT = "/api/v1"
PROBLEM = "application/problem+json"
JSON = {"content-type": "application/json"}
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(DAY.pattern + r"T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
RULES = (
    "date-format", "date-omit-time", "doc-openapi", "doc-openapi-contact", "invalid-input", "problem-details",
    "no-trailing-slash", "path-segments-kebab-case", "publish-openapi", "query-keys-camel-case", "semver", "cors",
    "security-headers", "tls", "uri-version", "version-header",
)  # fmt: skip
Fault = tuple[str, str]
"""The rule that is broken and where."""


@dataclass(frozen=True)
class Answer:
    what: str
    status: int
    headers: dict[str, str]
    body: bytes
    reads: bool

    def json(self) -> dict:
        try:
            return json.loads(self.body)
        except ValueError:
            return {}


def ask(
    site: Site, path: str, method: str = "GET", body: bytes | None = None, headers: dict[str, str] | None = None
) -> Answer:
    """As the proxy does: the request came over TLS."""
    status, found, content = site.get(ROOT + path, method, body, {"x-forwarded-proto": "https", **(headers or {})})
    return Answer(f"{method} {path} ({status})", status, found, content, method in ("GET", "HEAD"))


def requests(site: Site) -> Iterator[tuple[int, Answer]]:
    """Every operation, and every way to be refused: what must be the status, and the answer."""
    for name, key in (("areas", "code"), ("offerings", "id"), ("places", "id"), ("organizations", "id")):
        listed = ask(site, f"/{name}?pageSize=100")
        yield 200, listed
        yield 200, ask(site, f"/{name}/{listed.json()['items'][0][key]}")
        yield 200, ask(site, f"/{name}", "HEAD")
        yield 304, ask(site, f"/{name}?pageSize=100", headers={"if-none-match": listed.headers.get("etag", "*")})
        yield 204, ask(site, f"/{name}", "OPTIONS", headers={"access-control-request-method": "GET"})
        yield 400, ask(site, f"/{name}?page_size=1")
        yield 400, ask(site, f"/{name}?pageSize=none")
        yield 404, ask(site, f"/{name}/00000000-0000-4000-8000-000000000000")
        yield 404, ask(site, f"/{name}/")
        yield 405, ask(site, f"/{name}", "DELETE")
        yield 406, ask(site, f"/{name}", headers={"accept": "text/html"})
        yield 412, ask(site, f"/{name}", headers={"if-match": '"none"'})
    home = next(one["code"] for one in ask(site, "/areas?kind=municipality").json()["items"])
    yield 200, ask(site, f"/areas/{home}/boundary")
    yield 406, ask(site, f"/areas/{home}/boundary", headers={"accept": "text/csv"})
    yield 200, ask(site, "/match", "POST", b'{"question": "samen wandelen"}', JSON)
    yield 400, ask(site, "/match", "POST", b"{", JSON)
    yield 405, ask(site, "/match")
    yield 406, ask(site, "/match", "POST", b"{}", {**JSON, "accept": "text/html"})
    yield 413, ask(site, "/match", "POST", b'"' + b"x" * 3_000_000 + b'"', JSON)
    yield 415, ask(site, "/match", "POST", b"question=x", {"content-type": "application/x-www-form-urlencoded"})
    yield 404, ask(site, "/unknown")
    yield 404, ask(site, "/")
    yield 200, ask(site, "/openapi.json")
    yield 405, ask(site, "/openapi.json", "POST", b"{}", JSON)


def faults_of(answer: Answer, expected: int, version: str) -> Iterator[Fault]:
    """What every answer owes, whatever it says."""
    if answer.status != expected:
        yield "problem-details" if expected >= 400 else "publish-openapi", f"{answer.what}: not {expected}"
    if answer.headers.get("api-version") != version:
        yield "version-header", answer.what
    if answer.reads and answer.headers.get("access-control-allow-origin") != "*":
        yield "cors", answer.what
    if missing := unprotected(answer):
        yield "security-headers", f"{answer.what}: {missing}"
    yield from faults_of_error(answer) if answer.status >= 400 else faults_of_dates(answer)


def faults_of_error(answer: Answer) -> Iterator[Fault]:
    body = answer.json()
    is_problem = answer.headers.get("content-type") == PROBLEM and body.get("status") == answer.status
    if not is_problem:
        yield "problem-details", answer.what
    if answer.status == 400 and not (body.get("detail") or body.get("errors")):
        yield "invalid-input", answer.what


def faults_of_dates(answer: Answer) -> Iterator[Fault]:
    for name, value in dated(answer.json()):
        if name.endswith("_at") and not MOMENT.fullmatch(value):
            yield "date-format", f"{answer.what}: {name}"
        if not name.endswith("_at") and not DAY.fullmatch(value):
            yield "date-omit-time", f"{answer.what}: {name}"


def unprotected(answer: Answer) -> list[str]:
    kept = answer.status in (200, 304) and answer.reads and "openapi" not in answer.what
    needed = {
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "content-security-policy": "frame-ancestors 'none'",
        "strict-transport-security": "max-age=",
        "cache-control": "no-cache" if kept else "no-store",
    }
    wrong = [name for name, part in needed.items() if part not in answer.headers.get(name, "")]
    return wrong + [name for name in ("set-cookie",) if name in answer.headers]


def dated(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Every field of an answer that is called a day or a moment and has one."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from dated(one, key)
    elif isinstance(value, list):
        for one in value:
            yield from dated(one, name)
    elif isinstance(value, str) and re.search(r"(^|_)(on|at|from|until)$", name):
        yield name, value


def faults_of_document(document: dict) -> Iterator[Fault]:
    info = document.get("info", {})
    segments = [part for path in document.get("paths", {}) for part in path.split("/") if part and part[0] != "{"]
    keys = re.findall(r'"in": "query", "name": "([^"]+)"', json.dumps(document))
    [server] = document.get("servers") or [{}]
    held = {
        "doc-openapi": re.fullmatch(r"3\.\d+\.\d+", document.get("openapi", "")),
        "doc-openapi-contact": {"name", "url", "email"} <= set(info.get("contact", {})),
        "semver": re.fullmatch(r"\d+\.\d+\.\d+", info.get("version", "")),
        "uri-version": server.get("url", "").endswith("/v" + info.get("version", "?").partition(".")[0]),
        "tls": server.get("url", "").startswith("https://"),
        "no-trailing-slash": not any(path.endswith("/") for path in document.get("paths", {"/": {}})),
        "path-segments-kebab-case": segments and all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", one) for one in segments),
        "query-keys-camel-case": keys and all(re.fullmatch(r"[a-z]+([A-Z][a-z0-9]*)*", one) for one in keys),
    }
    yield from ((rule, "openapi.json") for rule, holds in held.items() if not holds)


def check(control: bool) -> tuple[str, bool]:
    with demo_site("trust.controls.loose_api" if control else "trust.controls.behind_tls") as site:
        document = ask(site, "/openapi.json").json()
        wrong = list(faults_of_document(document))
        answers = list(requests(site))
        for expected, answer in answers:
            wrong += faults_of(answer, expected, document["info"]["version"])
        status, headers, _ = site.get(f"{ROOT}/areas")
        if status != 301 or not headers.get("location", "").startswith("https://"):
            wrong.append(("tls", "an address without TLS answers"))
    for rule, where in wrong:
        print(f"{rule}: {where}")
    broken = {rule for rule, _ in wrong}
    return f"{len(RULES) - len(broken)}-of-{len(RULES)}-rules-in-{len(answers)}-answers", not wrong


if __name__ == "__main__":
    report("O1", f"{len(RULES)}-of-{len(RULES)}-rules", check)
