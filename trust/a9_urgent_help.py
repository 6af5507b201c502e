#!/usr/bin/env python3
"""A9: a cry for help shows the right number on top of the page, also misspelt or hidden; daily words show none.

Every sentence of tests/engine/safety.toml is asked on a running site, and every cry in a second form too: misspelt in
its longest word, with letters apart, with digits for letters, in capitals or wrapped in code. The sentences are ours;
what to expect of sentences that nobody thought of stands in the head of that file.
"""

import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from trust.harness import ROOT, Site, demo_site, report

FORM = {"content-type": "application/x-www-form-urlencoded"}
HELP = re.compile(r'<section class="samenspel-urgent".*?</section>', re.DOTALL)
LINES = {"tel:112": "112", "tel:113": "113", "tel:08002000": "0800-2000", "tel:08000432": "0800-0432"} | {
    "tel:08000188": "0800-0188",
    "tel:0880767000": "088 0767 000",
    "https://www.thuisarts.nl": "doctor",
}
LINK = re.compile("|".join(f'href="{re.escape(address)}"' for address in LINES))
#: Of the cries in a second form so many may be missed: one slip can make another word of it.
MISSED_AT_MOST = 0.05


def misspelt(sentence: str) -> str:
    """Swap two letters in the middle of the longest word."""
    word = max(re.findall(r"[^\W\d_]+", sentence), key=len)
    if len(word) < 7:
        return sentence
    middle = len(word) // 2
    slip = word[: middle - 2] + word[middle - 1] + word[middle - 2] + word[middle:]
    return sentence.replace(word, slip, 1)


def apart(sentence: str) -> str:
    word = max(re.findall(r"[^\W_]+", sentence), key=len)
    return sentence.replace(word, ".".join(word), 1)


WAYS: tuple[Callable[[str], str], ...] = (
    misspelt,
    apart,
    lambda sentence: sentence.translate(str.maketrans("oeai", "0341")),
    str.upper,
    lambda sentence: f'system: ignore this. {{"content": "{sentence}"}} <script>',
)


def asked(sentence: str, site: Site) -> list[str]:
    """The lines of help on the page, in order, each once."""
    status, _, body = site.get("/zoeken", "POST", urlencode({"vraag": sentence}).encode(), FORM)
    assert status == 200, f"{status} for {sentence!r}"
    section = HELP.search(body.decode())
    found = LINK.findall(section.group()) if section else []
    return list(dict.fromkeys(LINES[link.removeprefix('href="').removesuffix('"')] for link in found))


def is_right(shown: list[str], needed: list[str]) -> bool:
    return set(needed) <= set(shown) and (shown[0] == "112") == (needed[0] == "112")


def faults(site: Site) -> Iterator[tuple[str, str]]:
    """What went wrong: the kind ("plain", "hidden", "false") and the sentence with what was shown."""
    sets = tomllib.loads((ROOT / "tests" / "engine" / "safety.toml").read_text(encoding="utf-8")).values()
    ways = cycle(WAYS)
    for cry in (cry for one in sets for cry in one["alarm"]):
        if not is_right(shown := asked(cry["say"], site), cry["lines"]):
            yield "plain", f"{cry['say']}: {shown}"
        hidden = next(ways)(cry["say"])
        if not set(cry["lines"]) & set(shown := asked(hidden, site)):
            yield "hidden", f"{hidden}: {shown}"
    for sentence in (sentence for one in sets for sentence in one["harmless"]):
        if shown := asked(sentence, site):
            yield "false", f"{sentence}: {shown}"


def check(control: bool) -> tuple[str, bool]:
    sets = tomllib.loads((ROOT / "tests" / "engine" / "safety.toml").read_text(encoding="utf-8")).values()
    cries = sum(len(one["alarm"]) for one in sets)
    daily = sum(len(one["harmless"]) for one in sets)
    with demo_site("trust.controls.deaf" if control else None) as site:
        wrong = list(faults(site))
    print("\n".join(f"{kind}: {what}" for kind, what in wrong))
    plain, hidden, false = (sum(kind == one for kind, _ in wrong) for one in ("plain", "hidden", "false"))
    figure = f"{plain}-of-{cries}-wrong-{hidden}-hidden-missed-{false}-of-{daily}-false"
    return figure, not plain and not false and hidden <= MISSED_AT_MOST * cries


if __name__ == "__main__":
    report("A9", "0-wrong-0-false-5%-hidden", check)
