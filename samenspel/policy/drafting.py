"""Work on the draft of a municipality's own framework: words, thresholds and cases, and publishing it for good.

Every change is checked with all that the framework builds on before it is kept. A published version never changes.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from django.db.models import Max
from django.utils.text import slugify

from samenspel.audit.action import Actor, action, record
from samenspel.engine.calendar import ZONE
from samenspel.engine.frameworks import COMPARISONS, KINDS, Framework, Part
from samenspel.engine.roles.schema import outcome_words
from samenspel.people.checks import FactRefused, check_row
from samenspel.people.facts import lock
from samenspel.policy.amending import changed_advice
from samenspel.policy.council import open_question, settled
from samenspel.policy.frameworks import (
    Content,
    all_cases,
    below,
    checked,
    day_of,
    framework_in_force,
    own_cases,
    published,
    unexpected,
)
from samenspel.policy.models import FrameworkVersion, RoleCase, RoleReview
from samenspel.policy.reviews import open_review

OF_THE_ENGINE = ("fact", "rule", "condition", "trigger", "sphere", "role")
"""Kinds of which Samenspel knows every id: they can be reworded, not added to."""
ADDABLE = tuple(kind for kind in KINDS if kind not in OF_THE_ENGINE)
_LONGEST_ID = 50


@dataclass(frozen=True, kw_only=True)
class HeadFacts:
    """What a framework is called, whose it is, from when, and the shipped frameworks that it builds on."""

    title: str
    of: str
    document: str
    summary: str
    since: date
    extends: tuple[str, ...]


@dataclass(frozen=True)
class PartFacts:
    """The words of a part; `question` and `why` are of a fact only."""

    name: str
    text: str
    source: str
    question: str = ""
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class ThresholdFacts:
    """From `since` on `fact` is yes where `measure` compares so to `value`; `id` is "" of a threshold that is new."""

    fact: str
    measure: str
    comparison: str
    value: float
    since: date
    source: str
    text: str = ""
    id: str = ""


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """A case as an example: answers by fact (yes, no, unknown), numbers by measure, and the advice that is right."""

    title: str
    story: str
    shows: str
    source: str
    expect: str
    answers: Mapping[str, str] = field(default_factory=dict)
    measures: Mapping[str, float] = field(default_factory=dict)


@action
def start_draft(*, municipality: str, head: HeadFacts, by: Actor, at: datetime) -> FrameworkVersion:
    """Begin a version on what was published last, or on the shipped frameworks; raises FactRefused."""
    newest = FrameworkVersion.objects.filter(municipality=municipality).aggregate(newest=Max("number"))["newest"]
    number, before = (newest or 0) + 1, published(municipality)
    content = {**deepcopy(before.content if before else {}), "framework": _head(head, municipality, number)}
    checked(content, number)
    row = FrameworkVersion(municipality=municipality, number=number, content=content)
    check_row(row)
    row.save(force_insert=True)
    record(action="start_framework", on=row, by=by, at=at, municipality=municipality, number=number)
    return row


@action
def set_head(*, version: FrameworkVersion, head: HeadFacts, by: Actor, at: datetime) -> None:
    """Change title, owner, first day or what the draft builds on; raises FactRefused."""
    row = _open(version)
    content = {**row.content, "framework": _head(head, row.municipality, row.number)}
    _keep(row, content, "set_framework_head", by, at)


@action
def discard_draft(*, version: FrameworkVersion, by: Actor, at: datetime) -> None:
    """Throw a draft away; what was published stays."""
    row = _open(version)
    record(action="discard_framework", on=row, by=by, at=at, municipality=row.municipality, number=row.number)
    row.delete()


@action
def reword_part(
    *, version: FrameworkVersion, kind: str, part_id: str, words: PartFacts, by: Actor, at: datetime
) -> None:
    """Put a part in the municipality's own words; the words that it builds on are no words of its own. FactRefused."""
    row = _open(version)
    known = checked(row.content, row.number).parts.get((kind, part_id))
    if known is None:
        raise FactRefused("", "dit onderdeel staat niet in het kader")
    content, words_now = deepcopy(row.content), _words(words, known.broader)
    base = below(content, row.number).parts.get((kind, part_id))
    if base is not None and _words(_facts_of(base), base.broader) == words_now:
        _take_out(content, kind, part_id)
    else:
        content.setdefault(kind, {})[part_id] = words_now
    _keep(row, content, "reword_part", by, at, kind=kind, part=part_id)


@action
def add_part(*, version: FrameworkVersion, kind: str, words: PartFacts, by: Actor, at: datetime) -> str:
    """Add a part of a kind that Samenspel does not know by name; gives its id. Raises FactRefused."""
    row = _open(version)
    if kind not in ADDABLE:
        raise FactRefused("kind", "kies een soort waar u onderdelen aan toe kunt voegen")
    content, framework = deepcopy(row.content), checked(row.content, row.number)
    part_id = _free_id(words.name, {id_ for of_kind, id_ in framework.parts if of_kind == kind})
    content.setdefault(kind, {})[part_id] = _words(words, "")
    _keep(row, content, "add_part", by, at, kind=kind, part=part_id)
    return part_id


@action
def drop_part(*, version: FrameworkVersion, kind: str, part_id: str, by: Actor, at: datetime) -> None:
    """Take the municipality's own words out: the words below come back, and what it added is gone; FactRefused."""
    row = _open(version)
    content = deepcopy(row.content)
    if part_id not in content.get(kind, {}):
        raise FactRefused("", "dit onderdeel heeft geen eigen woorden")
    _take_out(content, kind, part_id)
    _keep(row, content, "drop_part", by, at, kind=kind, part=part_id)


@action
def add_threshold(*, version: FrameworkVersion, facts: ThresholdFacts, by: Actor, at: datetime) -> str:
    """Add a threshold, or a new value of a known one from a day on; old values stay with their days. FactRefused."""
    row = _open(version)
    framework = checked(row.content, row.number)
    known = {threshold.id for threshold in framework.thresholds}
    if facts.id and facts.id not in known:
        raise FactRefused("id", "deze drempel staat niet in het kader")
    if facts.comparison not in COMPARISONS:
        raise FactRefused("comparison", "kies hoe er vergeleken wordt")
    _refuse_twins(facts, framework)
    threshold_id = facts.id or _free_id(facts.fact, known)
    table = {
        "id": threshold_id,
        "fact": facts.fact,
        "measure": facts.measure,
        facts.comparison: facts.value,
        "from": facts.since.isoformat(),
        "source": _clean("source", facts.source),
    } | ({"text": _clean("text", facts.text)} if facts.text.strip() else {})
    content = deepcopy(row.content)
    content.setdefault("threshold", []).append(table)
    _keep(row, content, "add_threshold", by, at, threshold=threshold_id)
    return threshold_id


@action
def drop_threshold(*, version: FrameworkVersion, threshold_id: str, since: date, by: Actor, at: datetime) -> None:
    """Take back a value that this draft added; one that was published stays, with its day. Raises FactRefused."""
    row = _open(version)
    if not is_new_threshold(row, threshold_id, since):
        raise FactRefused("", "deze drempel is al vastgesteld en blijft staan; geef een nieuwe waarde vanaf een dag")
    content = deepcopy(row.content)
    key = (threshold_id, since.isoformat())
    content["threshold"] = [each for each in content["threshold"] if (each["id"], each["from"]) != key]
    _keep(row, content, "drop_threshold", by, at, threshold=threshold_id)


def is_new_threshold(version: FrameworkVersion, threshold_id: str, since: date) -> bool:
    """Whether this draft added this value."""
    before = published(version.municipality)
    key = (threshold_id, since.isoformat())
    own = {(each["id"], each["from"]) for each in version.content.get("threshold", ())}
    old = {(each["id"], each["from"]) for each in (before.content.get("threshold", ()) if before else ())}
    return key in own - old


@action
def add_case(*, version: FrameworkVersion, facts: CaseFacts, by: Actor, at: datetime) -> None:
    """Add an example; refused where the framework advises otherwise than it says is right. Raises FactRefused."""
    row = _open(version)
    content = deepcopy(row.content)
    cases = content.setdefault("cases", [])
    if any(case["title"] == facts.title.strip() for case in cases):
        raise FactRefused("title", "er is al een casus met deze titel")
    words = {key: _clean(key, getattr(facts, key)) for key in ("title", "story", "shows", "source")}
    expect = int(facts.expect) if facts.expect.isdecimal() else facts.expect
    tables = {"facts": dict(facts.answers), "measures": dict(facts.measures), "expect": {"advice": expect}}
    cases.append({**words, **{name: table for name, table in tables.items() if table}})
    framework = checked(content, row.number)
    on = day_of(framework, at.astimezone(ZONE).date())
    for _, advised in unexpected(own_cases(content, framework)[-1:], framework, on):
        raise FactRefused("expect", f"met deze antwoorden is het advies: {outcome_words(advised, framework)[0]}")
    _keep(row, content, "add_case", by, at)


@action
def remove_case(*, version: FrameworkVersion, title: str, by: Actor, at: datetime) -> None:
    """Take an example out of a draft; raises FactRefused where there is none."""
    row = _open(version)
    left = [case for case in row.content.get("cases", ()) if case["title"] != title]
    if len(left) == len(row.content.get("cases", ())):
        raise FactRefused("title", "deze casus staat niet in het kader")
    _keep(row, {**row.content, "cases": left}, "remove_case", by, at)


@action
def publish(*, version: FrameworkVersion, adopted_by: str, note: str, by: Actor, at: datetime) -> int:
    """Publish a draft for good, once the advisory council advised and the college reacted; raises FactRefused.

    Cases of which the advice changes are opened for review; no role changes by it. Gives how many those are.
    """
    row = _open(version)
    framework, today = checked(row.content, row.number), at.astimezone(ZONE).date()
    if settled(row) is None:
        raise FactRefused("", "eerst adviseert de adviesraad en reageert het college")
    if framework.since > today:
        raise FactRefused("", f"dit kader geldt pas vanaf {framework.since:%d-%m-%Y}; stel het vast op of na die dag")
    on = day_of(framework, today)
    wrong = [case.title for case, _ in unexpected(own_cases(row.content, framework), framework, on)]
    if wrong:
        raise FactRefused("", f"deze casus krijgt een ander advies dan erin staat: {', '.join(wrong)}")
    before = framework_in_force(row.municipality)
    changed = changed_advice(row.municipality, before, framework, on, all_cases(row.content, framework))
    row.adopted_by, row.note, row.published_at = adopted_by.strip(), note.strip(), at
    check_row(row)
    row.save(update_fields=["adopted_by", "note", "published_at"])
    record(action="publish_framework", on=row, by=by, at=at, municipality=row.municipality, number=row.number)
    cases = RoleCase.objects.in_bulk([each.case_id for each in changed if each.case_id and each.is_other])
    for case in cases.values():
        open_review(case=case, trigger=RoleReview.Trigger.POLICY_CHANGED, note=f"nieuw kader, {row}", by=by, at=at)
    return len(cases)


def _head(head: HeadFacts, municipality: str, number: int) -> Content:
    words = {key: _clean(key, getattr(head, key)) for key in ("title", "of", "document", "summary")}
    name = f"kader_{slugify(municipality).replace('-', '_')}"
    since = head.since.isoformat()
    return {"name": name, **words, "version": str(number), "from": since, "extends": list(head.extends)}


def _open(version: FrameworkVersion) -> FrameworkVersion:
    """The row, locked, as long as it may change."""
    lock(version)
    if version.published_at is not None:
        raise FactRefused("", "deze versie is vastgesteld en verandert niet meer; begin een nieuwe versie")
    if open_question(version) is not None:
        raise FactRefused("", "de adviesraad leest nu dit concept; wacht op het advies of trek de vraag in")
    return version


def _keep(row: FrameworkVersion, content: Content, verb: str, by: Actor, at: datetime, **detail: str) -> None:
    checked(content, row.number)
    row.content = content
    row.save(update_fields=["content"])
    record(action=verb, on=row, by=by, at=at, municipality=row.municipality, **detail)


def _words(words: PartFacts, broader: str) -> dict[str, str]:
    found = {key: _clean(key, value) for key, value in asdict(words).items()} | {"broader": broader}
    return {key: value for key, value in found.items() if value or key in ("name", "text", "source")}


def _facts_of(part: Part) -> PartFacts:
    return PartFacts(part.name, part.text, part.source, part.question, part.why)


def _take_out(content: Content, kind: str, part_id: str) -> None:
    own = content.get(kind, {})
    own.pop(part_id, None)
    if not own:
        content.pop(kind, None)


def _refuse_twins(facts: ThresholdFacts, framework: Framework) -> None:
    """Two thresholds for one thing would both have to hold: a new one beside the old one would do nothing."""
    for threshold in framework.thresholds:
        if threshold.id == facts.id and threshold.since == facts.since:
            raise FactRefused("since", "deze drempel heeft al een waarde vanaf deze dag")
        if not facts.id and (threshold.fact, threshold.measure) == (facts.fact, facts.measure):
            raise FactRefused("id", "hiervoor is al een drempel; kies welke u vervangt")


def _free_id(name: str, taken: set[str]) -> str:
    stem = slugify(name).replace("-", "_")[:_LONGEST_ID].strip("_") or "onderdeel"
    return next(each for each in (stem, *(f"{stem}_{n}" for n in range(2, 1000))) if each not in taken)


def _clean(field_name: str, text: str) -> str:
    """The text without spaces around it; raises FactRefused for a sign that no page can show."""
    if any((ord(sign) < 32 and sign not in "\n\r\t") or "\ud800" <= sign <= "\udfff" for sign in text):
        raise FactRefused(field_name, "hier staat een teken in dat niet kan")
    return text.strip()
