#!/usr/bin/env python3
"""P11: which club is linked with no other is named on no public page, and at work only to who works in its wijk.

The public pages of cohesion (every wijk, both languages, the file) are searched for the name of every club, church and
group of residents in the store. At work the page with names is asked by who makes policy, and by a verbinder.
"""

import re
import sqlite3
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from trust.harness import Site, demo_site, report
from trust.p6_small_counts import signed_in

PAGE = "/raad/samenhang"
AT_WORK = "/werk/wijken/nog-zonder-verbinding"
CLUBS = "('association', 'faith_community', 'informal_group')"
NOT_TOLD = ("beheerder", "beleid", "subsidie", "adviesraad", "griffie", "wijkteam")


def names(site: Site, of: str) -> list[str]:
    """The names of organizations, the longest first."""
    with sqlite3.connect(f"file:{site.data / 'samenspel.sqlite3'}?mode=ro", uri=True) as store:
        rows = store.execute(f"SELECT name FROM people_organization WHERE kind {of} {CLUBS}").fetchall()
    return sorted((name for (name,) in rows), key=len, reverse=True)


def named(text: str, clubs: list[str], others: list[str]) -> set[str]:
    """The clubs in a text; the name of another organization that has a club's name in it is no club."""
    for other in others:
        text = text.replace(other, "")
    return {club for club in clubs if club in text}


def read(site: Site, path: str, cookie: str = "") -> tuple[int, str]:
    status, _headers, body = site.get(path, headers={"Cookie": cookie} if cookie else {})
    return status, body.decode().replace("&#x27;", "'").replace("&amp;", "&")


def check(control: bool) -> tuple[str, bool]:
    with demo_site("trust.controls.isolated_clubs" if control else None) as site:
        clubs, others = names(site, "IN"), names(site, "NOT IN")
        slugs = re.findall(r'<option value="([\w-]*)"', read(site, PAGE)[1])
        paths = [f"{start}{PAGE}?wijk={slug}" for start in ("", "/en") for slug in slugs] + [f"{PAGE}.csv"]
        public = [read(site, path) for path in paths]
        told = {club for _status, text in public for club in named(text, clubs, others)}
        refused = [read(site, AT_WORK, signed_in(site, who))[0] for who in NOT_TOLD]
        seen = named(read(site, AT_WORK, signed_in(site, "verbinder"))[1], clubs, others)
    print("\n".join(f"  {club}" for club in sorted(told)[:12]))
    is_right = {status for status, _text in public} == {200} and set(refused) == {403} and len(seen) > 0
    figure = f"{len(told)}-of-{len(clubs)}-clubs-on-{len(paths)}-pages-a-verbinder-sees-{len(seen)}"
    return figure, is_right and len(slugs) > 1 and not told


if __name__ == "__main__":
    report("P11", "0-clubs-named", check)
