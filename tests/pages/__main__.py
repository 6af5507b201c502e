"""Check every resident page of the demo: `python -m tests.pages [--worst]`.

All pages that links lead to, and answers to questions, in Dutch and English: valid HTML, and Dutch that reads easily
(Flesch-Douma 70 or more, 12 words a sentence or less, per kind of page). Exit code 1 when one of them fails.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from html import unescape
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = (
    "ik zit hele dagen alleen",
    "ik snap die brief van de belasting niet",
    "ik zorg voor mijn man en ben moe",
    "ik wil niet meer leven",
    "een vraag waar niemand iets van weet: qwxz",
    "",
)
ELSEWHERE = ("/static/", "/api/", "/hsds/", "/werk/")
PAPER = re.compile(r"/(gids|poster|papier|agenda\.ics)$|\.(ics|pdf|csv|json)(\?|$)")
"""Files and not pages; they are judged by their own tests."""
ENOUGH = {"": 80, "en:": 20}
"""At most this many pages of one kind in each language."""
TOLD = {
    "kenmerk": "5f0c1df8-94a2-4f7c-9f5e-0a4a3f1f6d11",
    "voor": "mijzelf",
    "plaats": "1295AH",
    "vraag": "Ik kom de deur niet uit.",
    "manier": "bellen",
    "bereik": "0320-55 53 00",
    "naam": "An",
    "bericht": "nee",
    "tijd": "dinsdagmorgen",
    "dagen": "30",
}
"""A question that somebody leaves."""
_FRAME = re.compile(r"<main.*</main>", re.DOTALL)
_LINK = re.compile(r'href="(/[^"#]*)')

Pages = dict[str, list[str]]
"""The pages by the name of their address; English ones start with "en:"."""


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "samenspel.config.settings_test"
    with tempfile.TemporaryDirectory(prefix="samenspel-pages-") as folder:
        os.environ["SAMENSPEL_DATA"] = folder
        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.DATA.mkdir(parents=True, exist_ok=True)
        call_command("demo", load_only=True, stderr=sys.stderr)
        pages = _pages()
        invalid = _validate(pages, Path(folder))
    return invalid or _read({name: found for name, found in pages.items() if not name.startswith("en:")})


def _pages() -> Pages:
    from django.test import Client
    from django.urls import resolve
    from django.utils.translation import override

    client, found, waiting = Client(SERVER_NAME="localhost"), defaultdict(list), ["/", "/en/"]
    seen = set(waiting)
    while waiting:
        path = waiting.pop(0)
        language = "en:" if path.startswith("/en/") else ""
        with override("nl"):
            name = language + resolve(path.removeprefix("/en").partition("?")[0]).view_name
        if len(found[name]) == ENOUGH[language]:
            continue
        answer = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code}")
        page = answer.content.decode()
        found[name].append(page)
        links = {unescape(link) for link in _LINK.findall(page)} - seen
        wanted = sorted(link for link in links if not link.startswith(ELSEWHERE) and not PAPER.search(link))
        seen.update(wanted)
        waiting += wanted
    for start in ("", "/en"):
        for name, path, typed in _forms():
            name = f"en:{name}" if start else name
            found[name].append(client.post(f"{start}{path}", typed).content.decode())
        found["en:not found" if start else "not found"].append(client.get(f"{start}/weg").content.decode())
    return found


def _forms() -> list[tuple[str, str, dict[str, str]]]:
    """What somebody may send: the kind of page that follows, the address, and what was typed."""
    return [
        *(("answer", "/zoeken", {"vraag": question}) for question in QUESTIONS),
        *(("desk", "/balie", {"vraag": question, "plaats": "1295AH"}) for question in QUESTIONS),
        ("leave a question", "/vraag/", {"verder": "1", "voor": "mijzelf", "plaats": "1295AH"}),
        ("leave a question", "/vraag/", {"verder": "1", "voor": "weet-het-niet", "plaats": "1295AH"}),
        ("leave a question", "/vraag/", {"verder": "1"}),
        ("leave a question", "/vraag/versturen", TOLD | {"bereik": ""}),
        ("leave a question", "/vraag/versturen", TOLD),
        ("follow a question", "/vraag/volgen", {"code": "0000-0000-0000"}),
        ("follow a question", "/vraag/volgen", {"code": ""}),
    ]


def _validate(pages: Pages, folder: Path) -> int:
    """Write the pages down and let html-validate judge them."""
    for name, found in pages.items():
        for number, page in enumerate(found):
            (folder / f"{name.replace(':', '-').replace(' ', '-')}-{number}.html").write_text(page, encoding="utf-8")
    command = [ROOT / "node_modules" / ".bin" / "html-validate", "--config", ROOT / ".htmlvalidate.json", folder]
    done = subprocess.run([*map(str, command)], check=False)
    print(f"{sum(map(len, pages.values()))} pages: {'invalid HTML' if done.returncode else 'valid HTML'}")
    return done.returncode


def _read(pages: Pages) -> int:
    from tests.pages.reading import measure, sentences

    frame = {"around every page": [_FRAME.sub("", pages["frontdoor:home"][0])]}
    insides = {name: [_FRAME.findall(page)[0] for page in found] for name, found in pages.items()}
    hard = 0
    for name, found in sorted((frame | insides).items()):
        text = [sentence for page in found for sentence in sentences(page)]
        reading = measure(text)
        hard += not reading.is_easy
        verdict = "" if reading.is_easy else "  HARD"
        print(
            f"{name:<28} {len(found):>4} pages  Flesch-Douma {reading.score:5.1f}  words {reading.mean:4.1f}{verdict}"
        )
        if "--worst" in sys.argv:
            ranked = sorted(set(text), key=lambda sentence: measure([sentence]).score)
            print("\n".join(f"    {measure([one]).score:6.1f}  {one}" for one in ranked[:15]))
    return 1 if hard else 0


if __name__ == "__main__":
    sys.exit(main())
