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

    client, found, waiting = Client(SERVER_NAME="localhost"), defaultdict(list), ["/", "/en/"]
    seen = set(waiting)
    while waiting:
        path = waiting.pop()
        answer = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code}")
        if not answer.headers["Content-Type"].startswith("text/html"):
            continue
        page = answer.content.decode()
        language = "en:" if path.startswith("/en/") else ""
        found[language + resolve(path.partition("?")[0]).view_name].append(page)
        links = {unescape(link) for link in _LINK.findall(page)} - seen
        wanted = {link for link in links if not link.startswith(ELSEWHERE)}
        seen |= wanted
        waiting += wanted
    for start in ("", "/en"):
        name = "en:" if start else ""
        for question in QUESTIONS:
            found[f"{name}answer"].append(client.post(f"{start}/zoeken", {"vraag": question}).content.decode())
        found[f"{name}not found"].append(client.get(f"{start}/weg").content.decode())
    return found


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
