"""From a line to records: an organization, a place, or an offering with the organization and place it names."""

import re
from datetime import date
from typing import Any

from samenspel.people.checks import whole_postcode
from samenspel.places.models import Area
from samenspel.socialmap.importers import values
from samenspel.socialmap.importers.columns import CONSENT, column, key_of
from samenspel.socialmap.importers.lines import Line, require, split, stated
from samenspel.socialmap.importers.records import Kind, Record, source_id

SOURCE = "eigen bestand"
_KINDS_BY_NAME = (
    (re.compile(r"\b(stichting|st\.)", re.I), "foundation"),
    (re.compile(r"\b(kerk|parochie|moskee|gemeente te|diaconie|pkn)", re.I), "faith_community"),
    (re.compile(r"(school|kinderopvang|\bobs\b|\bcbs\b)", re.I), "school"),
    (re.compile(r"(\bgemeente\b|bibliotheek|\bggd\b|wijkteam)", re.I), "public_body"),
    (re.compile(r"(vereniging|\bclub\b|koor|harmonie|fanfare|\b[vs]v\b)", re.I), "association"),
    (re.compile(r"\b(bv|b\.v\.|vof|winkel|bakkerij|café)\b", re.I), "business"),
)
_ADDRESS = re.compile(r"(.*\S)\s+(\d{1,5})\s*([-/ ]?\s*[a-zA-Z0-9]{0,6})")


def organizations(line: Line, *, today: date) -> list[Record]:
    """The organization of a line."""
    require(line, "organizations")
    name, own = line.text("naam"), line.code("id")
    facts = stated(
        name=name,
        kind=line.word(column("organizations", "soort")),
        description=line.long_text("omschrijving"),
        kvk_number=line.code("kvk-nummer").replace(" ", ""),
        contact_name=line.text("contactpersoon"),
        postcode=whole_postcode(line.code("postcode")),
        contact_shielded=_yes(line.word(column("organizations", "contact afschermen"))),
        **_contact(line),
    )
    key = source_id("id", own) if own else organization_id(name)
    return [
        Record(kind=Kind.ORGANIZATION.value, source=SOURCE, source_id=key, line=line.number, name=name, facts=facts,
               consent=line.consent(CONSENT, today))
    ]  # fmt: skip


def places(line: Line) -> list[Record]:
    """The place of a line; without coordinates its point is found later."""
    require(line, "places")
    facts = stated(
        name=line.text("naam"),
        description=line.long_text("omschrijving"),
        latitude=line.read("breedtegraad", values.degrees),
        longitude=line.read("lengtegraad", values.degrees),
        step_free=line.word(column("places", "drempelvrij")),
        accessible_toilet=line.word(column("places", "aangepast toilet")),
        hearing_loop=line.word(column("places", "ringleiding")),
        access_note=line.text("toegang"),
        **_address(line),
        **_contact(line),
    )
    facts.pop("email", None)
    facts |= stated(street=line.text("straat"), house_number=line.code("huisnummer"))
    if ("latitude" in facts) != ("longitude" in facts):
        line.wrong("breedtegraad", "geef breedtegraad en lengtegraad allebei, of geen van beide")
    if not {"latitude", "postcode"} & set(facts):
        line.wrong("postcode", "geef een postcode, of breedtegraad en lengtegraad: anders is de plek niet te vinden")
    own = line.code("id")
    key = source_id("id", own) if own else place_id(facts)
    return [
        Record(kind=Kind.PLACE.value, source=SOURCE, source_id=key, line=line.number, name=facts.get("name", ""),
               facts=facts)
    ]  # fmt: skip


def offerings(line: Line, *, today: date, areas: dict[str, Area]) -> list[Record]:
    """The offering of a line, after the organization and the place that it names; `areas` by key of their name."""
    require(line, "offerings")
    organization, place = _organizer(line, today), _place(line)
    name, own = line.text("naam"), line.code("id")
    where = place.source_id if place else ""
    key = source_id("id", own) if own else source_id(organization.source_id, key_of(name), where)
    facts, schedules = _offering_facts(line, place), _schedules(line)
    if areas_named := _areas(line, areas):
        facts["serves"] = areas_named
    record = Record(
        kind=Kind.OFFERING.value, source=SOURCE, source_id=key, line=line.number, name=name, facts=facts,
        organization=organization.source_id, place=where, schedules=schedules,
    )  # fmt: skip
    return [organization, *([place] if place else []), record]


def organization_id(name: str) -> str:
    return source_id("naam", key_of(name))


def place_id(facts: dict[str, Any]) -> str:
    """A place by its postcode and house number, else by its name."""
    if facts.get("postcode") and facts.get("house_number"):
        return source_id("adres", facts["postcode"], key_of(facts["house_number"]))
    return source_id("naam", key_of(facts.get("name", "")), facts.get("postcode", ""))


def kind_by_name(name: str) -> str:
    """What a new organization probably is; a group of residents when its name does not say."""
    return next((kind for words, kind in _KINDS_BY_NAME if words.search(name)), "informal_group")


def _organizer(line: Line, today: date) -> Record:
    name = line.text("organisatie")
    kind = line.word(column("offerings", "soort organisatie")) or kind_by_name(name)
    return Record(
        kind=Kind.ORGANIZATION.value, source=SOURCE, source_id=organization_id(name), line=line.number, name=name,
        facts={"name": name, "kind": kind}, consent=line.consent(CONSENT, today), only_new=True,
    )  # fmt: skip


def _place(line: Line) -> Record | None:
    """The place that a line names, or None."""
    facts = _address(line)
    name = line.text("plek") or " ".join([facts.get("street", ""), facts.get("house_number", "")]).strip()
    if not name:
        return None
    facts["name"] = name
    return Record(
        kind=Kind.PLACE.value, source=SOURCE, source_id=place_id(facts), line=line.number, name=name, facts=facts,
        only_new=True,
    )  # fmt: skip


def _address(line: Line) -> dict[str, Any]:
    facts = stated(postcode=whole_postcode(line.code("postcode")), city=line.text("plaats"))
    if address := line.text("adres"):
        if found := _ADDRESS.fullmatch(address):
            facts |= {"street": found[1].rstrip(","), "house_number": found[2] + found[3].strip()}
        else:
            facts["street"] = address
    return facts


def _contact(line: Line) -> dict[str, str]:
    website = line.code("website")
    if website.lower().startswith("www."):
        website = f"https://{website}"
    return {"phone": line.code("telefoon"), "email": line.code("e-mail"), "website": website}


def _offering_facts(line: Line, place: Record | None) -> dict[str, Any]:
    def word(name: str) -> str:
        return line.word(column("offerings", name))

    delivery = word("waar") or ("at_place" if place else "")
    if not delivery and not line.has("waar"):
        line.wrong("plek", "zeg op welke plek het is, of vul bij 'waar' in: bij u thuis, of per telefoon of online")
    kind_of_cost, cents, said = line.read("kosten", values.money) or ("", None, "")
    facts = stated(
        name=line.text("naam"),
        kind=word("soort"),
        summary=line.text("samenvatting"),
        description=line.long_text("omschrijving"),
        delivery=delivery,
        themes=line.words(column("offerings", "thema")),
        needs=line.words(column("offerings", "behoefte")),
        audiences=line.words(column("offerings", "doelgroep")),
        minimum_age=line.read("leeftijd vanaf", values.whole),
        maximum_age=line.read("leeftijd tot en met", values.whole),
        cost_kind=kind_of_cost,
        cost_note=line.text("kosten uitleg") or said,
        step_free=word("drempelvrij"),
        languages=_languages(line),
        alone_welcome=_yes(word("alleen komen")),
        sign_up=word("aanmelden"),
        first_contact=line.text("eerste contact"),
        capacity=line.read("aantal plaatsen", values.whole),
        volunteers_wanted=_yes(word("vrijwilligers gezocht")),
        layer=int(word("laag") or 0) or None,
        active_from=_iso(line.read("start op", values.day)),
        **_contact(line),
    )
    return facts | ({"cost_cents": cents} if kind_of_cost else {})


def _languages(line: Line) -> list[str]:
    short = re.compile(r"[a-z]{2,3}")
    cells = split(line.code("talen"))
    if all(short.fullmatch(cell.lower()) for cell in cells):
        return list(dict.fromkeys(cell.lower() for cell in cells))
    return line.words(column("offerings", "talen"))


def _areas(line: Line, areas: dict[str, Area]) -> list[int]:
    found = []
    for name in split(line.text("gebied")):
        if area := areas.get(key_of(name)):
            found.append(area.pk)
        else:
            line.wrong("gebied", f"'{name[:40]}' is geen wijk, buurt of kern die wij kennen")
    return sorted(set(found))


def _schedules(line: Line) -> list[dict[str, Any]]:
    """When it happens, as JSON-ready facts; empty when the line says nothing of it."""
    when = line.read("dag", values.recurrence)
    starts, ends = line.read("begintijd", values.clock), line.read("eindtijd", values.clock)
    first, until = line.read("vanaf", values.day), line.read("tot en met", values.day)
    is_misread = line.has("begintijd") and starts is None
    for name in ("begintijd", "eindtijd"):
        if line.has("dag") and not line.has(name) and not is_misread:
            line.wrong(name, "hoe laat het is moet er ook bij staan")
        if line.has(name) and not line.has("dag"):
            line.wrong("dag", "zeg op welke dag het is, zoals elke dinsdag")
    if when is None or starts is None or ends is None:
        return []
    if isinstance(when, str) and "INTERVAL=2" in when and not first:
        line.wrong("vanaf", "geef bij 'om de week' een dag waarop het er wel is")
    skips = {
        fact: line.word(column("offerings", name)) == "yes"
        for name, fact in (("in schoolvakanties", "skips_school_holidays"), ("op feestdagen", "skips_public_holidays"))
    }
    begins = when if isinstance(when, date) else first
    return [
        {
            "starts_on": _iso(begins), "starts": starts.isoformat(), "ends": ends.isoformat(),
            "rrule": "" if isinstance(when, date) else when, "until": _iso(until), "exdates": [], "note": "", **skips,
        }
    ]  # fmt: skip


def _yes(word: str) -> bool | None:
    return {"yes": True, "no": False}.get(word)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
