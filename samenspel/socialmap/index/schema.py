"""The form of a document in the text index, and the questions it is asked.

A document holds tokens of our own analysis (`engine.dutch.analyse`), so every field is split at spaces only, and marks:
plain keys such as `need:company`, `in:GM9901` or `on:2026-11-24` that must match as a whole.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import tantivy
from tantivy import Occur, Query

from samenspel.socialmap.catalogue import TEXT_WEIGHTS, Document, need_columns
from samenspel.socialmap.columns import COLUMNS, prior

DOCUMENT_FORM = "5"
"""Changes with every change of the schema, the marks or the stored entry: then everything is built anew."""

Clause = tuple[Occur, Query]
"""One part of a question to the index."""

_BASIC = "basic"  # no word positions: no question asks for phrases


@lru_cache(maxsize=1)
def schema() -> Any:
    builder = tantivy.SchemaBuilder()
    for field in TEXT_WEIGHTS:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option=_BASIC)
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option=_BASIC)
    builder.add_text_field("mark", tokenizer_name="raw", index_option=_BASIC)
    builder.add_unsigned_field("version", fast=True)
    builder.add_float_field("prior", fast=True)
    for column in columns():
        builder.add_unsigned_field(column, fast=True)
    builder.add_bytes_field("entry", stored=True)
    return builder.build()


def to_tantivy(document: Document) -> Any:
    """Make the row of the index for one document."""
    row = tantivy.Document()
    row.add_text("id", document.id)
    for field, tokens in document.texts.items():
        row.add_text(field, " ".join(tokens))
    for mark in document.marks:
        row.add_text("mark", mark)
    row.add_bytes("entry", document.entry)
    row.add_unsigned("version", document.version)
    for column, value in document.columns.items():
        row.add_unsigned(column, value)
    row.add_float("prior", prior(document.columns) + _tie(document.id))
    return row


def columns() -> tuple[str, ...]:
    """The columns that the ranking reads."""
    return (*COLUMNS, *need_columns().names)


def _tie(identifier: str) -> float:
    """A small number by which equal scores get one order, whatever the order in which documents came in."""
    digest = hashlib.blake2b(identifier.encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") / 2**32 / 1000


def marked(*marks: str) -> list[Clause]:
    """Conditions on marks; each must hold, none scores."""
    return [(Occur.Must, Query.const_score_query(_mark(mark), 0.0)) for mark in marks]


def any_mark(marks: Iterable[str], *, score: float = 0.0) -> Clause:
    """One condition that any of the marks fulfils."""
    terms = Query.boolean_query([(Occur.Should, _mark(mark)) for mark in marks])  # a term set is 20 times slower
    return (Occur.Must, Query.const_score_query(terms, score))


def best_mark(scores: Iterable[tuple[str, float]]) -> Clause:
    """Any of the marks; the best of those that a document has is its score."""
    marks = [Query.const_score_query(_mark(mark), score) for mark, score in scores]
    return (Occur.Must, Query.disjunction_max_query(marks))


@dataclass(frozen=True, slots=True)
class Term:
    """A token of the index: how many offerings have it, how much it tells, and its clauses of `best_text`."""

    token: str
    count: int
    weight: float
    clauses: tuple[Clause, ...]

    @classmethod
    def of(cls, token: str, count: int, weight: float, fields: Iterable[str]) -> "Term":
        """Look for the token in these fields only: those where it stands."""
        return cls(
            token,
            count,
            weight,
            tuple(
                (
                    Occur.Should,
                    Query.const_score_query(
                        Query.term_query(schema(), field, token, _BASIC), weight * TEXT_WEIGHTS[field]
                    ),
                )
                for field in fields
            ),
        )


def best_text(groups: Iterable[tuple[Iterable[Term], float]]) -> Clause:
    """Any of the groups of tokens, each with its weight; the score is that of the best group, so that many weak ones
    do not add up.

    In a group each token counts once, at its weight times that of the field it stands in. The score depends on the
    document and the weights only, not on how the index is cut in segments or on documents deleted before, as BM25
    would: a grown index and a rebuilt one answer with the same numbers.
    """
    queries = [
        Query.boost_query(Query.boolean_query([clause for term in group for clause in term.clauses]), weight)
        for group, weight in groups
    ]
    return (Occur.Must, queries[0] if len(queries) == 1 else Query.disjunction_max_query(queries))


def in_name(tokens: Iterable[str]) -> Clause:
    """Any of the tokens in the name; all score alike."""
    terms = [(Occur.Should, Query.term_query(schema(), "name", token, _BASIC)) for token in tokens]
    return (Occur.Must, Query.const_score_query(Query.boolean_query(terms), 1.0))


def any_id(ids: Iterable[str]) -> Clause:
    """One of these offerings."""
    return (Occur.Must, Query.boolean_query([(Occur.Should, Query.term_query(schema(), "id", one)) for one in ids]))


def contains(token: str) -> Clause:
    """The token, in any field."""
    fields = [(Occur.Should, Query.term_query(schema(), field, token, _BASIC)) for field in TEXT_WEIGHTS]
    return (Occur.Must, Query.boolean_query(fields))


def _mark(mark: str) -> Query:
    return Query.term_query(schema(), "mark", mark, _BASIC)
