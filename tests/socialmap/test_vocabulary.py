"""The shipped files of words, merged; and the file by which a publication reaches every process."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samenspel.engine.matching import VocabularyInvalid, parse_vocabulary, understand
from samenspel.socialmap import vocabulary as module
from samenspel.socialmap.vocabulary import PUBLISHED, digest, groups, sources, vocabulary
from samenspel.socialmap.wording import PhraseFacts, add_phrase, keep_published, publish, withdraw
from tests.people.rows import AT, BY, ELSEWHERE, GM


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "learned").mkdir()
    monkeypatch.setattr(module, "_FOLDER", tmp_path)
    monkeypatch.setattr(module, "_LEARNED", tmp_path / "learned")
    (tmp_path / "safety.toml").write_text('[[urgent]]\nkey = "help"\n')
    return tmp_path


def test_what_is_shipped_can_be_read_with_and_without_each_learned_file():
    learned = [file.stem for file in module._LEARNED.glob("*.toml")]

    assert learned
    assert vocabulary().needs
    for name in learned:
        assert parse_vocabulary(*sources(without=[name])).needs.keys() == vocabulary().needs.keys()
    assert groups()["family"]


def test_files_of_one_kind_merge_by_key_and_keep_the_order(folder: Path):
    (folder / "needs.toml").write_text('[needs.a]\nlabel = "a"\nphrases = ["x"]\n')
    (folder / "needs-more.toml").write_text('[groups]\nkin = ["ma"]\n[needs.b]\nlabel = "b"\nphrases = ["y"]\n')
    (folder / "situations-1.toml").write_text('[[situations]]\nkey = "s"\nphrases = ["p"]\nneeds = {a = 1}\n')
    (folder / "situations-2.toml").write_text('[[situations]]\nkey = "t"\nphrases = ["q"]\nneeds = {a = 1}\n')
    needs, situations, safety = sources()

    assert set(needs["needs"]) == {"a", "b"}
    assert needs["groups"] == {"kin": ["ma"]}
    assert [one["key"] for one in situations["situations"]] == ["s", "t"]
    assert safety == {"urgent": [{"key": "help"}]}


def test_a_learned_file_adds_and_is_left_out_by_name(folder: Path):
    (folder / "needs.toml").write_text('[needs.a]\nlabel = "a"\nphrases = ["x"]\n')
    (folder / "situations.toml").write_text('[[situations]]\nkey = "s"\nphrases = ["p"]\nneeds = {a = 1.0}\n')
    (folder / "learned" / "one.toml").write_text(
        '[needs.a]\nphrases = ["x", "y"]\nhints = ["z"]\n'
        '[[situations]]\nkey = "s"\nphrases = ["q"]\n'
        '[tried]\nphrases = ["al gedaan"]\n'
    )
    needs, situations, _ = sources()

    assert needs["needs"]["a"] == {"label": "a", "phrases": ["x", "y"], "hints": ["z"]}
    assert situations["situations"] == [{"key": "s", "phrases": ["p", "q"], "needs": {"a": 1.0}}]
    assert situations["tried"] == {"phrases": ["al gedaan"]}
    assert sources(without={"one"})[0]["needs"]["a"]["phrases"] == ["x"]
    with pytest.raises(KeyError):
        sources(without={"two"})


@pytest.mark.parametrize(
    ("learned", "problem"),
    [
        ('[[urgent]]\nkey = "help"\n', r"one.toml: \[\[urgent\]\] stands in safety.toml only"),
        ('[needs.a]\nlabel = "other"\n', "one.toml, needs, a: label stands in another file"),
        ("[needs.a\n", "one.toml: "),
    ],
    ids=["alarm", "other label", "no toml"],
)
def test_a_mistake_in_a_learned_file_names_the_file(folder: Path, learned: str, problem: str):
    (folder / "needs.toml").write_text('[needs.a]\nlabel = "a"\nphrases = ["x"]\n')
    (folder / "learned" / "one.toml").write_text(learned)

    with pytest.raises(VocabularyInvalid, match=problem):
        sources()


def test_the_mark_of_the_index_knows_needs_and_labels_and_no_phrases(monkeypatch: pytest.MonkeyPatch):
    def mark(label: str, phrase: str) -> str:
        need = {"label": label, "label_en": "a", "phrases": [phrase]}
        monkeypatch.setattr(module, "_shipped", lambda: parse_vocabulary({"needs": {"a": need}}, {}, {"urgent": []}))
        return digest.__wrapped__()

    assert mark("koffie", "bakkie") == mark("koffie", "leut")
    assert mark("koffie", "bakkie") != mark("thee", "bakkie")


@pytest.fixture
def published(settings: Any, tmp_path: Path) -> Callable[..., Any]:
    settings.DATA = tmp_path

    def published(text: str = "bakkie leut", *, municipality: str = GM, effect: str = "names", target: str = "coffee"):
        facts = PhraseFacts(text=text, effect=effect, target=target, reason="zo zeggen wij dat")
        phrase = add_phrase(municipality=municipality, facts=facts, by=BY, at=AT)
        publish(phrases=[phrase], note="nu", by=BY, at=AT)
        return phrase

    return published


def needs(question: str = "zin in bakkie leut", municipality: str = GM) -> set[str]:
    return {need.key for need in understand(question, vocabulary(municipality)).needs}


@pytest.mark.django_db
def test_what_is_published_is_understood_in_its_own_municipality_once_work_has_looked(published: Callable[..., Any]):
    published("xqzwv kjbhq")
    asked = "zin in xqzwv kjbhq"

    assert needs(asked) == set()
    assert keep_published() is True
    assert needs(asked) == {"coffee"}
    assert needs(asked, ELSEWHERE) == set()
    assert needs(asked, "") == set()


@pytest.mark.django_db
def test_what_is_withdrawn_is_understood_no_more(published: Callable[..., Any]):
    phrase = published("xqzwv kjbhq")
    keep_published()
    assert needs("xqzwv kjbhq") == {"coffee"}

    withdraw(phrase=phrase, reason="niemand zegt het", by=BY, at=AT)
    assert keep_published() is True
    assert needs("xqzwv kjbhq") == set()


@pytest.mark.django_db
def test_the_file_is_written_only_when_something_was_published_and_left_alone_after(
    published: Callable[..., Any], settings: Any
):
    assert keep_published() is False
    assert not (settings.DATA / PUBLISHED).exists()

    published()
    assert keep_published() is True
    before = (settings.DATA / PUBLISHED).stat().st_ino
    assert keep_published() is False
    assert (settings.DATA / PUBLISHED).stat().st_ino == before
    assert [file.name for file in settings.DATA.iterdir()] == [PUBLISHED]


@pytest.mark.django_db
def test_words_cost_no_query_and_are_made_once(published: Callable[..., Any]):
    published()
    keep_published()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        first, second = vocabulary(GM), vocabulary(GM)

    assert len(queries) == 0
    assert first is second
    assert first is not vocabulary()


@pytest.mark.django_db
@pytest.mark.parametrize("content", ["{", "[]", '{"GM9901": [["x"]]}', "\udcff"], ids=["cut", "list", "short", "bytes"])
def test_a_broken_file_leaves_the_words_of_before_and_is_mended_at_the_next_look(
    published: Callable[..., Any], settings: Any, content: str
):
    published("xqzwv kjbhq")
    keep_published()
    assert needs("xqzwv kjbhq") == {"coffee"}

    draft = settings.DATA / "draft"
    draft.write_bytes(content.encode(errors="surrogateescape"))
    draft.replace(settings.DATA / PUBLISHED)
    assert needs("xqzwv kjbhq") == {"coffee"}
    assert keep_published() is True
    assert needs("xqzwv kjbhq") == {"coffee"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("phrase", "problem"),
    [
        pytest.param('["fnuik", "names", "gone_need"]', "gone_need", id="target"),
        pytest.param('["fnuik", "shouts", "coffee"]', "shouts", id="effect"),
        pytest.param('[1, ["names"], {}]', "names", id="no texts"),
    ],
)
def test_a_phrase_that_another_version_cannot_read_is_left_out_and_the_others_hold(
    published: Callable[..., Any], settings: Any, caplog: pytest.LogCaptureFixture, phrase: str, problem: str
):
    published("xqzwv kjbhq")
    keep_published()
    path = settings.DATA / PUBLISHED
    text = path.read_text().replace("[[", f"[{phrase}, [")
    path.with_name("draft").write_text(text)
    path.with_name("draft").replace(path)

    assert needs("xqzwv kjbhq") == {"coffee"}
    assert problem in caplog.text
