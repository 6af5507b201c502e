"""What an editor does with the phrases of a municipality: write a draft, publish, take back.

Residents notice nothing of a draft. What is published reaches every process by a file that `samenspel work` keeps
(`keep_published`), on each machine its own.
"""

import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.conf import settings

from samenspel.audit.action import Actor, action, record
from samenspel.engine.bsn import holds_bsn
from samenspel.engine.matching.own_phrases import SHORTEST_BEGINNING, Addition, Effect, parse_addition
from samenspel.engine.matching.phrases import PhraseInvalid
from samenspel.people.checks import FactRefused, check_row
from samenspel.people.facts import differences, lock, names, state, stated
from samenspel.socialmap.models import OwnPhrase
from samenspel.socialmap.vocabulary import PUBLISHED, groups, vocabulary
from samenspel.socialmap.width import widths


class WrongStage(FactRefused):
    """What was asked is not possible any more: a colleague published, changed or withdrew the phrase."""


class OwnAlarm(FactRefused):
    """Who wrote an alarm may not publish it, and who asks to withdraw it may not do so."""


class TooWide(FactRefused):
    """The phrase is found in so many questions that it says nothing."""


@dataclass(frozen=True, kw_only=True)
class PhraseFacts:
    """The whole of what is stated about a phrase; its text in small letters and single spaces."""

    text: str
    effect: str
    target: str
    reason: str


@action
def add_phrase(*, municipality: str, facts: PhraseFacts, by: Actor, at: datetime) -> OwnPhrase:
    """Write a draft; raises FactRefused naming the field."""
    phrase = OwnPhrase(municipality=municipality)
    _write(phrase, facts, by, at)
    phrase.save(force_insert=True)
    record(action="add_phrase", on=phrase, by=by, at=at, municipality=municipality)
    return phrase


@action
def change_phrase(*, phrase: OwnPhrase, facts: PhraseFacts, by: Actor, at: datetime) -> OwnPhrase:
    """Write a draft anew; raises WrongStage, FactRefused."""
    _lock(phrase, OwnPhrase.Stage.DRAFT)
    changed, writer = differences(PhraseFacts(**stated(PhraseFacts, phrase)), facts), phrase.written_by
    _write(phrase, facts, by, at)
    if set(changed) <= {"reason"}:
        phrase.written_by = writer  # who only mends the reason did not write the words, so is no second pair of eyes
    phrase.save(update_fields=[*names(facts), "written_by", "written_at"])
    record(action="change_phrase", on=phrase, by=by, at=at, municipality=phrase.municipality, fields=changed)
    return phrase


@action
def remove_draft(*, phrase: OwnPhrase, by: Actor, at: datetime) -> None:
    """Throw a draft away; raises WrongStage."""
    _lock(phrase, OwnPhrase.Stage.DRAFT)
    record(action="remove_draft", on=phrase, by=by, at=at, municipality=phrase.municipality)
    phrase.delete()


@action
def publish(*, phrases: Sequence[OwnPhrase], note: str, by: Actor, at: datetime) -> None:
    """Publish drafts together, all or none; raises WrongStage, OwnAlarm, TooWide, FactRefused."""
    if not phrases:
        raise FactRefused("note", "er is niets om te publiceren")
    for one in widths([addition(phrase) for phrase in phrases], vocabulary()):
        if one.is_too_wide:
            text = one.addition.text
            raise TooWide("text", f"“{text}” komt voor in {one.percent}% van de proefvragen; schrijf de zin langer")
    for phrase in phrases:
        seen = addition(phrase)
        _lock(phrase, OwnPhrase.Stage.DRAFT)
        if addition(phrase) != seen:
            raise WrongStage("text", f"“{seen.text}” is intussen veranderd; kijk opnieuw")
        if not may_publish(phrase, by):
            raise OwnAlarm("note", f"“{phrase.text}” laat dringende hulp zien: een collega moet dit publiceren")
        phrase.stage, phrase.note = OwnPhrase.Stage.PUBLISHED, _line("note", note)
        phrase.published_by, phrase.published_at = _account(by), at
        check_row(phrase)
        phrase.save(update_fields=["stage", "note", "published_by", "published_at"])
        record(action="publish_phrase", on=phrase, by=by, at=at, municipality=phrase.municipality)


@action
def ask_withdrawal(*, phrase: OwnPhrase, reason: str, by: Actor, at: datetime) -> None:
    """Ask a colleague to withdraw a published alarm with you; raises WrongStage, FactRefused."""
    _lock(phrase, OwnPhrase.Stage.PUBLISHED)
    phrase.withdrawal_asked_by, phrase.withdrawn_because = _account(by), _line("withdrawn_because", reason)
    check_row(phrase)
    phrase.save(update_fields=["withdrawal_asked_by", "withdrawn_because"])
    record(action="ask_phrase_withdrawal", on=phrase, by=by, at=at, municipality=phrase.municipality)


@action
def keep_phrase(*, phrase: OwnPhrase, by: Actor, at: datetime) -> None:
    """Leave a phrase that somebody asked to withdraw published; raises WrongStage."""
    _lock(phrase, OwnPhrase.Stage.PUBLISHED)
    phrase.withdrawal_asked_by = phrase.withdrawn_because = ""
    phrase.save(update_fields=["withdrawal_asked_by", "withdrawn_because"])
    record(action="keep_phrase", on=phrase, by=by, at=at, municipality=phrase.municipality)


@action
def withdraw(*, phrase: OwnPhrase, reason: str = "", by: Actor, at: datetime) -> None:
    """Take a published phrase away from residents, an alarm for the reason that a colleague gave when asking it.

    Raises WrongStage, OwnAlarm, FactRefused.
    """
    _lock(phrase, OwnPhrase.Stage.PUBLISHED)
    if not may_withdraw(phrase, by):
        raise OwnAlarm("withdrawn_because", f"“{phrase.text}” laat dringende hulp zien: trek dit met een collega in")
    phrase.stage, phrase.withdrawn_at, phrase.withdrawn_by = OwnPhrase.Stage.WITHDRAWN, at, _account(by)
    phrase.withdrawn_because = phrase.withdrawn_because or _line("withdrawn_because", reason)
    check_row(phrase)
    phrase.save(update_fields=["stage", "withdrawn_at", "withdrawn_by", "withdrawn_because"])
    record(action="withdraw_phrase", on=phrase, by=by, at=at, municipality=phrase.municipality)


def may_withdraw(phrase: OwnPhrase, by: Actor) -> bool:
    """Whether someone may withdraw this phrase now: an alarm only after another account asked for it."""
    return phrase.effect != OwnPhrase.Effect.ALARMS or phrase.withdrawal_asked_by not in ("", _account(by))


def may_publish(phrase: OwnPhrase, by: Actor) -> bool:
    """Whether someone may publish this draft: an alarm needs another account than the one that wrote it."""
    return phrase.effect != OwnPhrase.Effect.ALARMS or phrase.written_by != _account(by)


def addition(phrase: OwnPhrase) -> Addition:
    """A phrase as the engine reads it."""
    return Addition(phrase.text, cast(Effect, phrase.effect), phrase.target)


def keep_published() -> bool:
    """Make the file of published phrases say what the database says; whether it was different. One query.

    For `samenspel work`, every look: reading all rows sees each publication, in whatever order transactions end.
    """
    rows = OwnPhrase.objects.filter(stage=OwnPhrase.Stage.PUBLISHED).order_by("municipality", "published_at", "pk")
    published: dict[str, list[Any]] = {}
    for municipality, *phrase in rows.values_list("municipality", "text", "effect", "target"):
        published.setdefault(municipality, []).append(phrase)
    content, path = json.dumps(published, ensure_ascii=False).encode(), settings.DATA / PUBLISHED
    if (path.read_bytes() if path.exists() else b"{}") == content:
        return False
    draft = path.with_name(f".{PUBLISHED}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(path)
    return True


def _write(phrase: OwnPhrase, facts: PhraseFacts, by: Actor, at: datetime) -> None:
    state(phrase, facts)
    phrase.text, phrase.reason = _line("text", facts.text).lower(), _line("reason", facts.reason)
    phrase.written_by, phrase.written_at = _account(by), at
    check_row(phrase)
    _check_words(addition(phrase))


def _check_words(one: Addition) -> None:
    """Refuse what the engine could not read; raises FactRefused."""
    words = vocabulary()
    if one.effect == "alarms":
        if one.target not in {urgent.key for urgent in words.urgent}:
            raise FactRefused("target", "kies bij dringende hulp een hulplijn")
    elif one.target not in words.needs:
        raise FactRefused("target", "kies een behoefte")
    for name in re.findall(r"<([^<> ]*)>", one.text):
        if name not in groups():
            known = ", ".join(f"<{group}>" for group in groups())
            raise FactRefused("text", f"de groep <{name}> bestaat niet; u kunt kiezen uit {known}")
    try:
        parse_addition(one, words, groups())
    except PhraseInvalid as error:
        if "*" in one.text:
            reason = f"zet voor een sterretje ten minste {SHORTEST_BEGINNING} letters"
        else:
            reason = "hier staan alleen kleine woorden; zet = voor een woord dat toch moet tellen"
        raise FactRefused("text", reason) from error


def _line(field: str, text: str) -> str:
    """One line without a citizen service number; raises FactRefused."""
    if holds_bsn(text):
        raise FactRefused(field, "hier staat een burgerservicenummer (BSN) in; dat mag hier nooit staan")
    return " ".join(text.split())


def _account(by: Actor) -> str:
    return by.id or by.kind


def _lock(phrase: OwnPhrase, stage: OwnPhrase.Stage) -> None:
    try:
        lock(phrase)
    except OwnPhrase.DoesNotExist:
        raise WrongStage("text", "een collega gooide deze zin weg") from None
    if phrase.stage != stage:
        raise WrongStage("text", f"deze zin is intussen {phrase.get_stage_display()}; kijk opnieuw")
