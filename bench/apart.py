"""Work in fresh processes that have Django set up for the environment of the moment."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any


def processes(count: int) -> ProcessPoolExecutor:
    """So many new processes; they share no memory with this one or with earlier ones."""
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_set_up)


def alone(work: Callable[..., Any], *given: Any) -> Any:
    """What `work` gives back in a process of its own."""
    with processes(1) as one:
        return one.submit(work, *given).result()


def at_rank(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def _set_up() -> None:
    import django

    django.setup()
