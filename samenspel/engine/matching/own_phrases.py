"""A municipality's own phrases on top of a shipped vocabulary, without reading the shipped phrases again.

They only add. A shipped phrase cannot be taken out by them, and nothing here takes an alarm back: who calls for help
must be heard the same way everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from samenspel.engine.matching.phrases import Phrase, PhraseInvalid, parse_phrase, plain_words
from samenspel.engine.matching.vocabulary import HINT_WEIGHT, PHRASE_WEIGHT, Sign, Vocabulary
from samenspel.engine.spelling import Speller

Effect = Literal["names", "hints", "takes_back", "alarms"]

SHORTEST_BEGINNING = 4
"""Letters before a star: "me*" would find half the language."""

_WEIGHTS: Mapping[str, float] = {"names": PHRASE_WEIGHT, "hints": HINT_WEIGHT}


@dataclass(frozen=True, slots=True)
class Addition:
    """A phrase in the notation of `phrases` and what it does to `target`: the key of a need, of an urgent help for
    the effect "alarms".
    """

    text: str
    effect: Effect
    target: str


def parse_addition(addition: Addition, vocabulary: Vocabulary, groups: Mapping[str, Sequence[str]]) -> Phrase:
    """Read one addition; raises PhraseInvalid, also for an effect or a target that this version does not have."""
    if addition.effect not in get_args(Effect):
        raise PhraseInvalid(f'phrase "{addition.text}" has the unknown effect {addition.effect!r}')
    helps = [urgent.key for urgent in vocabulary.urgent]
    if addition.target not in (helps if addition.effect == "alarms" else vocabulary.needs):
        raise PhraseInvalid(f'phrase "{addition.text}" names the unknown {addition.target!r}')
    phrase = parse_phrase(addition.text, groups)
    if any(len(beginning) < SHORTEST_BEGINNING for part in phrase.elements for beginning in part.beginnings):
        raise PhraseInvalid(f'phrase "{addition.text}" has fewer than {SHORTEST_BEGINNING} letters before a star')
    return phrase


def extended(vocabulary: Vocabulary, additions: Iterable[Addition], groups: Mapping[str, Sequence[str]]) -> Vocabulary:
    """Add phrases to a vocabulary; raises PhraseInvalid for the first that cannot be read."""
    signs: list[tuple[Phrase, tuple[Sign, ...]]] = []
    not_needs: list[tuple[Phrase, str]] = []
    alarms: list[tuple[Phrase, str]] = []
    for one in additions:
        phrase = parse_addition(one, vocabulary, groups)
        if one.effect == "alarms":
            alarms.append((phrase, one.target))
        elif one.effect == "takes_back":
            not_needs.append((phrase, one.target))
        else:
            signs.append((phrase, (Sign(one.target, _WEIGHTS[one.effect]),)))
    return replace(
        vocabulary,
        signs=replace(vocabulary.signs, entries=(*vocabulary.signs.entries, *signs)),
        not_needs=replace(vocabulary.not_needs, entries=(*vocabulary.not_needs.entries, *not_needs)),
        alarms=replace(vocabulary.alarms, entries=(*vocabulary.alarms.entries, *alarms)),
        alarm_speller=_beside(vocabulary.alarm_speller, [phrase for phrase, _ in alarms]),
        speller=_beside(vocabulary.speller, [phrase for phrase, _ in (*signs, *not_needs, *alarms)]),
    )


@dataclass(frozen=True, eq=False)
class _Beside(Speller):
    """A speller of a few own words beside a shipped one: making one speller of both takes half a second."""

    shipped: Speller

    def correct(self, token: str) -> tuple[str, ...]:
        if self.knows(token):
            return ()
        return tuple(dict.fromkeys((*super().correct(token), *self.shipped.correct(token))))

    def knows(self, word: str) -> bool:
        return super().knows(word) or self.shipped.knows(word)


def _beside(shipped: Speller, phrases: Sequence[Phrase]) -> Speller:
    """Let own words be read misspelt too; without phrases the shipped speller itself."""
    if not phrases:
        return shipped
    own = Speller.of(word for phrase in phrases for word in plain_words(phrase))
    return _Beside(own.words, shipped)
