#!/usr/bin/env python3
"""P5: the public role conversation is nowhere kept: no table, session, cookie, file, log or mail tells what was said.

The running demo is walked through as a browser does it without JavaScript: from the start to the advice and its PDF,
three times with other answers, in both languages, with a step back, a number that is none and a forged form. What was
typed is odd enough to be found anywhere. Before and after, every table and every file is compared.
"""

import base64
import hashlib
import json
import os
import re
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, quote_plus, urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from trust.harness import Site, demo_site, report

START = "/rolgesprek/"
TYPED = ("Qworzelkoor Zwâluwstaart", "8391726", "7218394", "tweehonderdqworzel")
"""A name, two numbers and what is no number; odd, so that they are nowhere else."""
ANSWERS = (("yes",), ("no", "yes"), ("unknown", "no", "yes"))
FEWEST_ANSWERS = 30
MOST_TURNS = 40
STORE = "samenspel.sqlite3"
PROBES = {"cookie", "table", "file", "trace"}
"""What the control must set off, each of them: a probe that sees nothing there is blind."""


class Form(HTMLParser):
    """The form of the conversation on a page: its hidden fields, its buttons, and what can be filled in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.empty: dict[str, str] = {}
        self.buttons: dict[str, set[str]] = {}
        self._is_language = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        had = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._is_language = "language" in had.get("class", "")
            self.fields = [] if not self._is_language else self.fields
        if self._is_language or not had.get("name"):
            return
        if tag == "button":
            self.buttons.setdefault(had["name"], set()).add(had.get("value", ""))
        elif tag == "input" and had.get("type") == "hidden":
            self.fields.append((had["name"], had.get("value", "")))
        elif tag in ("input", "select"):
            self.empty.setdefault(had["name"], had.get("value", "") if had.get("type") != "radio" else "")


@dataclass
class Walk:
    """Someone who has the conversation; `wrong` says per probe what was seen."""

    site: Site
    wrong: list[tuple[str, str]] = field(default_factory=list)
    answers: int = 0

    def send(self, path: str, fields: list[tuple[str, str]]) -> tuple[int, dict[str, str], bytes]:
        """Send a form; look at the answer as a browser that keeps things would."""
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        status, headers, body = self.site.get(path, "POST", urlencode(fields).encode(), form)
        self.answers += 1
        if "set-cookie" in headers:
            self.wrong.append(("cookie", f"{path}: {headers['set-cookie'].partition('=')[0]}"))
        if "no-store" not in headers.get("cache-control", "") and status == 200:
            self.wrong.append(("cache", f"{path}: {headers.get('cache-control')}"))
        if "html" in headers.get("content-type", ""):
            text = body.decode()
            seen = [headers.get("location", ""), *re.findall(r'(?:href|src|action)="([^"]*)"', text)]
            seen += re.findall(r"<title>(.*?)</title>", text, re.DOTALL)
            self.wrong += [("address", one) for one in seen if any(each in one for each in needles("text"))]
        return status, headers, body

    def whole(self, answers: tuple[str, ...], path: str) -> bool:
        """From the start to the advice and the PDF; whether both named what was typed."""
        status, _, body = self.send(path, [("naam", TYPED[0])])
        for turn in range(MOST_TURNS):
            page = Form(body.decode())
            if "antwoord" in page.buttons:
                fields = [*page.fields, ("antwoord", answers[turn % len(answers)])]
            elif ("rond", "cijfers") in page.fields:
                fields = self._numbers(path, page)
            elif ("rond", "vorm") in page.fields:
                fields = page.fields + [(name, answers[0]) for name in page.empty if name.startswith("f-")]
            else:
                break
            if turn == 3:
                self._aside(path, page)
            status, _, body = self.send(path, fields)
        paper = self.send(f"{path}papier", page.fields)[2]
        return status == 200 and TYPED[0] in body.decode() and paper.startswith(b"%PDF")

    def _numbers(self, path: str, page: Form) -> list[tuple[str, str]]:
        """The round of the numbers, first with a number that is none."""
        typed = {"m-participants": TYPED[1], "m-target_group": str(int(TYPED[1]) + 1), "m-amount": TYPED[2], "rol": "2"}
        odd = self.send(path, [*page.fields, ("m-amount", TYPED[3])])
        if odd[0] != 400:
            self.wrong.append(("answer", f"a number that is none gives {odd[0]}"))
        return page.fields + [(name, typed.get(name, "")) for name in page.empty]

    def _aside(self, path: str, page: Form) -> None:
        """A step back, the other language, the advice so far, and a form that nobody made."""
        other = START if path != START else f"/en{START}"
        self.send(path, [*page.fields, ("ga", "vraag:own_circle")])
        self.send(other, [*page.fields, ("ga", "uitslag")])
        self.send(path, [("naam", TYPED[0] * 40), ("vraag", TYPED[0]), ("f-organized", TYPED[0]), ("ga", TYPED[3])])
        self.send(f"{path}papier", [("naam", TYPED[0]), ("m-amount", TYPED[3])])


def needles(kind: str) -> list[str]:
    """What was typed in the forms in which it can be kept."""
    plain = [each[:14] for each in TYPED]  # a long name may be cut off
    if kind == "text":
        return [*plain, *map(quote, plain), *map(quote_plus, plain)]
    as_json = [json.dumps(each)[1:-1] for each in plain]
    encoded = [base64.b64encode(each.encode()).decode().rstrip("=")[:-1] for each in plain]
    return sorted({*needles("text"), *as_json, *encoded})


def tables(site: Site) -> dict[str, str]:
    """Per table a digest of all its rows."""
    with closing(sqlite3.connect(f"file:{site.data / STORE}?mode=ro", uri=True, timeout=30)) as store:
        names = [row[0] for row in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: hashlib.sha256(repr(sorted(map(repr, store.execute(f'SELECT * FROM "{name}"')))).encode()).hexdigest()
            for name in names
        }


def files(folder: Path) -> dict[str, str]:
    """Per file of the product a digest; the store has its tables, the log may grow, and the index is made from the map
    at moments of its own. In all of those is looked for what was typed."""
    found = {}
    for file in folder.rglob("*"):
        is_apart = file.name.startswith(STORE) or file.name == "demo.log" or "index" in file.parts
        if file.is_file() and not is_apart:
            found[str(file.relative_to(folder))] = hashlib.sha256(file.read_bytes()).hexdigest()
    return found


def quiet(site: Site, folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Tables and files once nothing writes any more: beside the pages runs what sends mail and keeps the index."""
    before = tables(site), files(folder)
    for _ in range(60):
        time.sleep(2)
        now = tables(site), files(folder)
        if now == before:
            return now
        before = now
    raise RuntimeError("the demo goes on writing by itself")


def traces(folder: Path) -> Iterator[str]:
    """Where in any file, the store and the log too, something that was typed stands."""
    sought = [form for each in needles("kept") for form in (each.encode(), each.encode("utf-16-le"))]
    for file in sorted(folder.rglob("*")):
        if file.is_file() and any(each in file.read_bytes() for each in sought):
            yield str(file.relative_to(folder))


def changes(kind: str, before: dict[str, str], after: dict[str, str]) -> set[tuple[str, str]]:
    return {(kind, name) for name in {*before, *after} if before.get(name) != after.get(name)}


def walked(walk: Walk, folder: Path) -> tuple[set[tuple[str, str]], bool]:
    """Have every conversation: which tables and files changed, and whether each came to its end."""
    before = quiet(walk.site, folder)
    whole = [walk.whole(answers, path) for answers in ANSWERS for path in (START, f"/en{START}")]
    after = quiet(walk.site, folder)
    return changes("table", before[0], after[0]) | changes("file", before[1], after[1]), all(whole)


def check(control: bool) -> tuple[str, bool]:
    with tempfile.TemporaryDirectory(prefix="samenspel-trust-p5-") as folder:
        os.environ["TMPDIR"] = tempfile.tempdir = folder  # what the product leaves in a temporary file is found too
        with demo_site("trust.controls.kept_talk" if control else None) as site:
            walk = Walk(site)
            left, is_whole = walked(walk, Path(folder))
            if left:  # what keeps something does so again; a job of its own that ran just then does not
                left &= walked(walk, Path(folder))[0]
            wrong = [*walk.wrong, *left, *(("trace", name) for name in traces(Path(folder)))]
        tempfile.tempdir = None
    print("\n".join(f"  {kind}: {what}" for kind, what in sorted(set(wrong))[:20]))
    is_walked = is_whole and walk.answers >= FEWEST_ANSWERS
    if control:
        return f"{len(set(wrong))}-traces", not {kind for kind, _ in wrong} >= PROBES
    return f"{len(wrong)}-traces-of-{walk.answers}-answers", is_walked and not wrong


if __name__ == "__main__":
    report("P5", "0-traces", check)
