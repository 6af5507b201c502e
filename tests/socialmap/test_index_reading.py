"""What a question reads of the index: no more than it needs, and the same as if it had read everything."""

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
import pytest

from samenspel.engine.matching.offers import Bits, Whole
from samenspel.places.lookup import COUNTRY
from samenspel.socialmap.ask import ask
from samenspel.socialmap.columns import active, running, serving
from samenspel.socialmap.index import View, index_reader, schema
from samenspel.socialmap.index.reader import affordable
from samenspel.socialmap.index.schema import Term
from tests.socialmap.index_cast import AT, Town, bring_up_to_date, town_with_offerings

pytestmark = pytest.mark.django_db(transaction=True)

TODAY = AT.date()


@pytest.fixture
def town() -> Town:
    found = town_with_offerings()
    found.offer("announced", name="Koor", needs=["company"], active_from=TODAY + timedelta(days=9))
    found.offer("west", name="Wandelen", needs=["walking_buddy", "company"], serves=["west"])
    found.offer("talk", name="Praatje", needs=["company", "walking_buddy"])
    bring_up_to_date()
    return found


@pytest.fixture
def view(town: Town) -> View:
    return index_reader().view()


def scores(view: View, marks: Sequence[tuple[str, float]], limit: int) -> list[float]:
    return list(map(float, view.search([schema.best_mark(marks)], limit, by_prior=False).scored))


@pytest.mark.parametrize("limit", [1, 2, 3, 99])
def test_the_leading_marks_alone_find_those_that_score_best(view: View, limit: int) -> None:
    marks = [("need:company", 0.9), ("main:company", 1.0), ("need:walking_buddy", 0.5), ("main:walking_buddy", 0.6)]
    leading = view.leading(marks, limit)

    assert scores(view, leading, limit) == scores(view, marks, limit)
    assert sorted(leading) == sorted(marks) or limit < 99


def test_a_mark_that_enough_offerings_have_makes_the_lower_ones_needless(view: View) -> None:
    marks = [("need:company", 0.9), ("main:company", 1.0), ("main:games", 1.0)]

    assert view.leading(marks, 2) == [("main:company", 1.0), ("main:games", 1.0)]


def test_the_whole_country_is_answered_the_same_with_all_marks(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer() -> list[str]:
        found = ask("ik zoek een maatje om mee te wandelen", near=COUNTRY, at=AT, limit=50).results
        return [one.entry.name for one in found]

    pruned = answer()
    monkeypatch.setattr(View, "leading", lambda _view, marks, _limit: marks)

    assert pruned
    assert answer() == pruned


@pytest.mark.parametrize("here", [None, "east", "west"])
def test_looking_up_the_bounds_of_few_leaves_out_the_same_as_those_of_all(
    town: Town, view: View, here: str | None
) -> None:
    code = town.areas[here].code if here else None
    addresses = view.search(schema.marked(f"in:{town.municipality}"), 99).addresses
    looked_up: list[int] = []

    def read(names: Sequence[str], rows: Whole) -> dict[str, Bits]:
        looked_up.extend(rows.tolist())
        return view.columns(names, [addresses[row] for row in rows.tolist()])

    found = running(view.columns(["facts"], addresses)["facts"], read, day=TODAY, neighborhood=code)

    bounds = view.columns(["period", "serves"], addresses)
    suits = active(bounds, TODAY) & (serving(bounds, code) if code else True)
    assert found.tolist() == np.flatnonzero(suits).tolist()
    assert 0 < len(looked_up) < len(addresses)


def test_of_words_the_rarest_are_read_first_and_two_in_any_case() -> None:
    words = [Term(token, count, 1.0, ()) for token, count in (("samen", 90), ("koor", 3), ("eten", 40), ("wad", 3))]

    assert affordable(words, 50) == {"koor", "wad", "eten"}
    assert affordable(words, 1) == {"koor", "wad"}


def test_a_word_is_looked_for_only_in_the_fields_where_it_stands(view: View) -> None:
    terms = view.terms(["rondj", "schaakavond", "bestaatniet"])

    assert "bestaatniet" not in terms
    assert all(len(term.clauses) == 1 for term in terms.values())
    assert terms
