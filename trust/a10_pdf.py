#!/usr/bin/env python3
"""A10: every wijkgids and poster is a tagged PDF with title, language and text that can be read aloud (PDF/UA-1)."""

import re
import sys
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from trust.harness import Site, demo_site, report

NEEDED = {
    "no tags": rb"/StructTreeRoot",
    "not marked": rb"/MarkInfo\s*<<[^>]*/Marked true",
    "no language": rb"/Lang\s*\(",
    "title not shown": rb"/DisplayDocTitle true",
    "no headings": rb"/S\s*/H[1-6]?\b|/Title",
    "says not that it is PDF/UA": rb"pdfuaid",
    "text cannot be read aloud": rb"/ToUnicode",
    "typeface not inside": rb"/FontFile[23]?",
}
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_WIJK = re.compile(r'href="(/(?:en/)?wijk/[a-z0-9-]+/[a-z0-9-]+)"')


def papers(site: Site) -> list[str]:
    found = []
    for start in ("/wijken", "/en/wijken"):
        _, _, page = site.get(start)
        for wijk in sorted(set(_WIJK.findall(page.decode()))):
            found.append(f"{wijk}/gids")
            found += [f"{wijk}/poster"] if b"/poster" in site.get(wijk)[2] else []
    assert found, "no wijk has a page"
    return found


def opened(made: bytes) -> bytes:
    """The document with its compressed parts unpacked."""
    parts = [made]
    for packed in _STREAM.findall(made):
        try:
            parts.append(zlib.decompressobj().decompress(packed))
        except zlib.error:
            continue
    return b"\n".join(parts)


def faults(path: str, site: Site) -> list[str]:
    status, headers, made = site.get(path)
    if status != 200 or headers.get("content-type") != "application/pdf":
        return [f"{path}: {status} {headers.get('content-type')}"]
    whole = opened(made)
    return [f"{path}: {fault}" for fault, sign in NEEDED.items() if not re.search(sign, whole)]


def check(control: bool) -> tuple[str, bool]:
    with demo_site("trust.controls.untagged_paper" if control else None) as site:
        every = papers(site)
        wrong = [fault for path in every for fault in faults(path, site)]
    print("\n".join(wrong))
    return f"{len(wrong)}-faults-in-{len(every)}-documents", not wrong


if __name__ == "__main__":
    report("A10", "0-faults", check)
