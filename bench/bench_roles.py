"""Role advice: 50,000 cases judged again under an amended framework, and one whole advice.

    python -m bench.bench_roles [--cases 50000]

Goals: under 2 s for the cases, a page of the conversation under 50 ms. Peers in the same run: the rules evaluated one
by one without the table, and a breadth-first search for the smallest change instead of the distances.
"""

import argparse
import random
import resource
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from itertools import combinations, product

import numpy as np

from bench.harness import table
from samenspel.engine.frameworks import Framework
from samenspel.engine.roles.advice import advise
from samenspel.engine.roles.cases import Case, answers_of
from samenspel.engine.roles.facts import DECIDING, FACTS, Answer, Said
from samenspel.engine.roles.rules import RULES, Known, Outcome
from samenspel.engine.roles.shipped import precedents_of, shipped, with_roles
from samenspel.engine.roles.table import distances, outcome_of, outcomes, smallest_change

DAY = date(2026, 6, 1)
PEER = 2_000
DEEPEST = 4
"""Facts that the breadth-first peer changes at most; with more it does not end in time."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=50_000)
    count = parser.parse_args().cases
    started = time.perf_counter()
    outcomes()
    whole = time.perf_counter() - started
    for outcome in Outcome:
        distances(outcome)
    print(f"\ntable of {outcomes().size:,} combinations: {whole:.2f} s, with all distances "
          f"{time.perf_counter() - started:.2f} s")  # fmt: skip
    framework, rng = shipped(with_roles()), random.Random(2026)
    cases = [_case(rng) for _ in range(count)]
    _again(cases, framework, _amended(framework))
    _one(cases[:PEER], framework)
    print(f"\npeak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _case(rng: random.Random) -> Case:
    facts = {fact: Said(rng.choice(tuple(Answer))) for fact in FACTS}
    participants = rng.randrange(500)
    return Case("Een casus", facts, {"participants": participants, "target_group": participants + rng.randrange(2_000)})


def _amended(framework: Framework) -> Framework:
    """Another value, from a later day, of a threshold on a fact that decides, so that advice really changes."""
    proven = replace(framework.thresholds[0], id="proven", fact="proven", comparison="at_least", value=30.0)
    return replace(framework, thresholds=(*framework.thresholds, proven))


def _again(cases: list[Case], old: Framework, new: Framework) -> None:
    def judged(case: Case, framework: Framework) -> Outcome:
        return outcome_of(answers_of(case, framework, DAY))

    rows = [
        _timed("both frameworks, by the table", cases, lambda case: judged(case, old) != judged(case, new)),
        _timed("peer: every rule in turn", cases[:PEER], lambda case: _by_rules(case, old) != _by_rules(case, new)),
    ]
    table("Cases judged again under an amended framework (goal: 50,000 in 2 s)",
          ["way", "cases", "seconds", "cases/s", "other advice"], rows)  # fmt: skip


def _by_rules(case: Case, framework: Framework) -> Outcome:
    """Without the rare case that all answers to what is unknown agree: that takes the table, or 2^14 times this."""
    answers = answers_of(case, framework, DAY)
    known = Known({fact: np.asarray(answers[fact], dtype=np.int8) for fact in DECIDING})
    return next(rule.speaks_for for rule in RULES if rule.holds(known))


def _timed(name: str, cases: list[Case], work: Callable[[Case], bool]) -> tuple[str, ...]:
    started = time.perf_counter()
    changed = sum(map(work, cases))
    seconds = time.perf_counter() - started
    return name, f"{len(cases):,}", f"{seconds:.2f}", f"{len(cases) / seconds:,.0f}", f"{changed:,}"


def _one(cases: list[Case], framework: Framework) -> None:
    earlier = precedents_of(with_roles())
    changes = [(answers_of(case, framework, DAY), outcome) for case in cases[:200] for outcome in _reached()]
    near = [pair for pair in changes if len(smallest_change(*pair) or ()) <= DEEPEST]
    assert all(len(smallest_change(*pair) or ()) == _by_search(*pair) for pair in near[:50])
    rows = [
        _spread(f"the whole advice beside {len(earlier)} cases",
                [lambda case=case: advise(case, framework, DAY, earlier) for case in cases]),
        _spread("one smallest change, by the distances", [lambda pair=pair: smallest_change(*pair) for pair in near]),
        _spread("peer: breadth-first search", [lambda pair=pair: _by_search(*pair) for pair in near]),
    ]  # fmt: skip
    table("One advice, in ms", ["step", "times", "p50", "p95"], rows)


def _reached() -> Iterable[Outcome]:
    return (outcome for outcome in Outcome if outcome != Outcome.NOT_ENOUGH_KNOWN)


def _by_search(answers: dict[str, Answer], outcome: Outcome) -> int:
    """The size of the smallest change, by trying all of one fact, then of two …"""
    for size in range(DEEPEST + 1):
        for names in combinations(DECIDING, size):
            for values in product((Answer.NO, Answer.YES), repeat=size):
                if outcome_of({**answers, **dict(zip(names, values, strict=True))}) == outcome:
                    return size
    raise LookupError(outcome)


def _spread(name: str, works: list[Callable[[], object]]) -> tuple[str, ...]:
    times = []
    for work in works:
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    parts = statistics.quantiles(times, n=20)
    return name, f"{len(times):,}", f"{statistics.median(times):.3f}", f"{parts[-1]:.3f}"


if __name__ == "__main__":
    main()
