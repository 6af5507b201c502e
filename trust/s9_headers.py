#!/usr/bin/env python3
"""S9: every answer carries the protecting headers, errors and static files too (internet.nl web test; BIO2 8.29.01)."""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from trust.harness import Site, demo_site, report

UNSAFE = re.compile(r"unsafe-|\*|https?:(?!//)|script-src[^;]*data:")
NEEDED = ("default-src", "base-uri", "form-action", "frame-ancestors")


def addresses(site: Site) -> list[tuple[str, str, bytes | None]]:
    _, _, home = site.get("/")
    static = re.findall(rb'href="(/static/[^"]+\.css)"', home)
    assert static, "the home page names no style sheet"
    return [
        ("GET", "/", None),
        ("GET", "/en/", None),
        ("GET", "/bestaat-niet", None),
        ("POST", "/", b"x=1"),
        ("GET", "/zoeken?thema=meet", None),
        ("POST", "/zoeken", b"vraag=koffie"),
        ("GET", "/wijken", None),
        ("GET", "/wijk/markerwaard/wierhaven", None),
        ("GET", "/wijk/markerwaard/wierhaven/agenda.ics", None),
        ("GET", "/wijk/markerwaard/wierhaven/poster", None),
        ("GET", "/vraag/", None),
        ("POST", "/vraag/", b"verder=1&voor=mijzelf&plaats=1295AH"),
        ("POST", "/vraag/volgen", b"code=0000-0000-0000"),
        ("POST", "/balie", b"vraag=koffie"),
        ("GET", "/klopt-dit/onbekend", None),
        ("GET", "/rolgesprek/", None),
        ("POST", "/rolgesprek/", b"naam=koor"),
        ("POST", "/rolgesprek/papier", b"f-organized=yes"),
        ("GET", "/rolgesprek/kader", None),
        ("GET", "/rolgesprek/agenda", None),
        ("GET", "/raad/", None),
        ("GET", "/raad/wijk/wierhaven", None),
        ("GET", "/raad/verschuiving", None),
        ("GET", "/raad/raadsbrief.pdf", None),
        ("GET", "/raad/cijfers.json", None),
        ("GET", "/api/v1/statistics", None),
        ("GET", "/hsds/v3/services", None),
        ("GET", "/hsds/v3/bestaat-niet", None),
        ("GET", "/api/v1/offerings", None),
        ("GET", "/api/v1/openapi.json", None),
        ("POST", "/api/v1/match", b"{"),
        ("GET", static[0].decode(), None),
        ("GET", "/static/bestaat-niet.css", None),
    ]


def faults(headers: dict[str, str], *, is_static: bool) -> list[str]:
    policy = headers.get("content-security-policy", "")
    found = [] if is_static else [f"CSP without {part}" for part in NEEDED if part not in policy]
    if UNSAFE.search(policy):
        found.append(f"unsafe CSP {policy}")
    if headers.get("x-content-type-options") != "nosniff":
        found.append("no nosniff")
    if not is_static and headers.get("x-frame-options") != "DENY":
        found.append("may be framed")
    if not is_static and headers.get("referrer-policy") not in ("same-origin", "no-referrer"):
        found.append("referrer leaves the site")
    if "set-cookie" in headers:
        found.append("sets a cookie")
    return found


def check(control: bool) -> tuple[str, bool]:
    with demo_site("trust.controls.no_headers" if control else None) as site:
        wrong, count = [], 0
        for method, path, body in addresses(site):
            form = {"content-type": "application/x-www-form-urlencoded"} if body else {}
            status, headers, _ = site.get(path, method, body, form)
            count += 1
            wrong += [
                f"{method} {path} ({status}): {fault}"
                for fault in faults(headers, is_static="/static/" in path and status == 200)
            ]
    print("\n".join(wrong))
    return f"{len(wrong)}-faults-in-{count}-answers", not wrong


if __name__ == "__main__":
    report("S9", "0-faults", check)
