"""What residents type does not stay in the memory of the process that answered them."""

import gc
from collections.abc import Iterator
from functools import lru_cache

from django.test import Client

from samenspel.engine import dutch
from tests.frontdoor.conftest import Corner

SECRET = "zebrapadgehiem"
CACHED = type(lru_cache(dutch.stems))


def remembered() -> Iterator[str]:
    """The text of every key in every cache of functions (`functools.lru_cache`) of this process."""
    gc.unfreeze()  # `warm` of another test may have put the caches out of sight of `get_objects`
    for found in gc.get_objects():
        if type(found) is CACHED:
            for kept in gc.get_referents(found):
                yield from map(repr, kept) if isinstance(kept, dict) else ()


def test_no_cache_keeps_a_word_that_is_not_in_the_dictionary(client: Client, corner: Corner):
    """A misspelt compound goes by every step: whole, parted, corrected and stemmed."""
    client.post("/zoeken", {"vraag": f"ik wil eten met {SECRET}en en Jansma{SECRET}, {SECRET}je"})

    assert not [key for key in remembered() if SECRET in key]


def test_the_words_of_the_dictionary_are_remembered(client: Client, corner: Corner):
    client.post("/zoeken", {"vraag": "ik wil wandelen"})

    assert "'wandelen'" in remembered()


def test_a_cache_that_keeps_anything_would_be_seen():
    stems = lru_cache(dutch.stems)
    stems(SECRET)
    gc.freeze()

    assert [key for key in remembered() if SECRET in key]
