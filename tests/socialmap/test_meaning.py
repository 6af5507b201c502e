"""The optional extra: what it finds, how its vectors stay current, and that nothing needs it."""

import logging
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samenspel.socialmap import listing
from samenspel.socialmap.ask import as_data, ask
from samenspel.socialmap.meaning import bring_meaning_up_to_date, encoder, near, nearest, vectors, warm_meaning
from samenspel.socialmap.meaning.encoder import ModelRefused
from samenspel.socialmap.meaning.texts import public_texts
from tests.engine.topics import MEANS, TopicEncoder
from tests.socialmap.index_cast import AT, BY, ELSEWHERE, HOME, Town, bare_town, town_with_offerings, wait_until_settled
from tests.socialmap.test_ask import write
from tests.socialmap.write_meaning_means import DATA, mean_of_questions

pytestmark = pytest.mark.django_db

needs_extra = pytest.mark.skipif(encoder._installed() is None, reason="the extra is not here: make install-meaning")


@pytest.fixture
def coder(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> TopicEncoder:
    made = TopicEncoder()
    monkeypatch.setattr(encoder, "_installed", lambda: made)
    monkeypatch.setattr(near, "stored_means", lambda: MEANS)
    settings.MEANING = True
    settings.DATA = tmp_path
    return made


@pytest.fixture
def town(coder: TopicEncoder) -> Town:
    return town_with_offerings()


def catch_up(most: int = 32) -> int:
    total = 0
    while count := bring_meaning_up_to_date(at=AT, most=most):
        total += count
    return total


def ids(question: str, municipality: str = HOME) -> list[str]:
    return [one.id for one in nearest(question, municipality)]


def test_a_question_finds_what_shares_no_word_with_it(town: Town) -> None:
    catch_up()
    found = nearest("waar kan ik dammen", HOME)
    assert [one.id for one in found] == [str(town.offerings["chess"].pk)]
    assert found[0].rank == 1
    assert 0.9 < found[0].cosine <= 1.0001


def test_a_question_of_no_topic_finds_nothing(town: Town) -> None:
    catch_up()
    assert nearest("iets heel anders", HOME) == ()


@pytest.mark.parametrize("question", ["", "   "], ids=["empty", "blank"])
def test_no_question_finds_nothing(town: Town, question: str) -> None:
    catch_up()
    assert nearest(question, HOME) == ()


def test_before_the_vectors_are_made_nothing_is_found(town: Town) -> None:
    assert nearest("dammen", HOME) == ()


def test_the_whole_country_is_not_searched(town: Town) -> None:
    catch_up()
    assert nearest("dammen", "") == ()


def test_switched_off_it_finds_and_makes_nothing(town: Town, settings: Any) -> None:
    catch_up()
    settings.MEANING = False
    assert nearest("dammen", HOME) == ()
    assert bring_meaning_up_to_date(at=AT) == 0
    warm_meaning()


def test_not_installed_it_finds_and_makes_nothing(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    catch_up()
    monkeypatch.setattr(encoder, "_installed", lambda: None)
    assert nearest("dammen", HOME) == ()
    assert bring_meaning_up_to_date(at=AT) == 0


def test_switched_off_answers_are_those_without_vectors(town: Town, settings: Any) -> None:
    write()

    def answer() -> Any:
        return as_data(ask("wie speelt er een potje schaak", near=town.near(), at=AT))

    before = answer()
    catch_up()
    settings.MEANING = False
    assert answer() == before
    assert before["results"]


def test_an_answer_has_what_only_meaning_finds(town: Town, settings: Any) -> None:
    write()
    catch_up()

    def names() -> list[str]:
        return [one.entry.name for one in ask("zwirbelen", near=town.near(), at=AT).results]

    assert names() == ["Schaakavond"]
    settings.MEANING = False
    assert names() == []


def test_only_what_is_new_or_changed_is_encoded(town: Town, coder: TopicEncoder) -> None:
    assert catch_up() == len(town.offerings)
    coder.read.clear()
    town.change("chess", summary="Ook snelschaak.")
    town.offer("coffee", name="Koffie")
    assert catch_up() == 2
    assert sorted(text.split(".")[0] for text in coder.read) == ["Koffie", "Schaakavond"]


def test_a_change_of_something_else_encodes_nothing(town: Town) -> None:
    catch_up()
    town.change("chess", cost_kind="free")
    assert catch_up() == 0


def test_a_changed_text_is_found_without_a_restart(town: Town) -> None:
    catch_up()
    assert ids("taal leren") == []
    town.change("chess", name="Taal oefenen")
    catch_up()
    assert ids("taal leren") == [str(town.offerings["chess"].pk)]


@pytest.mark.django_db(transaction=True)
def test_with_nothing_to_do_a_round_costs_one_question_to_the_database(town: Town) -> None:
    wait_until_settled()
    catch_up()
    with CaptureQueriesContext(connection) as queries:
        assert bring_meaning_up_to_date(at=AT) == 0
    assert len([one for one in queries if "SELECT" in one["sql"]]) == 1


def test_a_round_encodes_no_more_than_it_may_and_the_next_goes_on(town: Town) -> None:
    assert bring_meaning_up_to_date(at=AT, most=3) == 3
    assert len(vectors.kept(HOME)) == 3
    assert catch_up(most=3) == len(town.offerings) - 3


def test_a_round_that_breaks_off_is_done_again(
    town: Town, coder: TopicEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    catch_up()
    town.change("chess", name="Taal oefenen")
    with monkeypatch.context() as patch:
        patch.setattr(coder, "offerings", lambda texts: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            catch_up()
    assert catch_up() == 1


def test_who_withdraws_is_taken_out(town: Town) -> None:
    catch_up()
    listing.withdraw_listing(organization=town.groups["club"], by=BY, at=AT)
    catch_up()
    left = {identifier for identifier, _ in vectors.kept(HOME)}
    assert left == {str(town.offerings[key].pk) for key in ("buddy", "phone", "meal")}


def test_when_all_withdraw_no_file_is_left(town: Town) -> None:
    catch_up()
    for group in town.groups.values():
        listing.withdraw_listing(organization=group, by=BY, at=AT)
    catch_up()
    assert not list(vectors.folder().glob("GM*.npy"))
    assert ids("dammen") == []


def test_each_municipality_has_its_own_vectors(town: Town) -> None:
    other = bare_town(ELSEWHERE)
    other.offer("chess", name="Schaakclub Elders")
    catch_up()
    assert ids("dammen", ELSEWHERE) == [str(other.offerings["chess"].pk)]
    assert ids("dammen") == [str(town.offerings["chess"].pk)]


def test_a_broken_file_is_nothing_found_and_is_made_anew(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    catch_up()
    broken = vectors.folder() / f"{HOME}.npy"
    broken.write_bytes(broken.read_bytes()[:200])
    with caplog.at_level(logging.ERROR):
        assert ids("dammen") == []
    assert "vectors cannot be read" in caplog.text
    town.change("meal", name="Taal oefenen")
    assert catch_up() == len(town.offerings)
    assert ids("dammen") == [str(town.offerings["chess"].pk)]


def test_an_unreadable_progress_file_starts_over_and_encodes_nothing_twice(town: Town) -> None:
    catch_up()
    (vectors.folder() / "todo.json").write_text("{", encoding="ascii")
    assert catch_up() == 0
    assert ids("dammen") == [str(town.offerings["chess"].pk)]


@pytest.mark.django_db(transaction=True)
def test_vectors_of_another_encoder_are_removed(town: Town) -> None:
    wait_until_settled()
    old = vectors.folder().parent / "other-encoder-1"
    old.mkdir(parents=True)
    (old / f"{HOME}.npy").touch()
    catch_up()
    assert not old.exists()


def test_means_of_another_encoder_are_not_used(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    catch_up()
    monkeypatch.setattr(near, "stored_means", lambda: replace(MEANS, encoder="another"))
    assert ids("dammen") == []


def test_nobody_who_can_be_reached_is_in_what_is_encoded(town: Town, coder: TopicEncoder) -> None:
    catch_up()
    everything = " ".join(coder.read)
    assert "Bea" not in everything
    assert "0320" not in everything


def test_a_question_leaves_nothing_on_disk(town: Town, tmp_path: Path) -> None:
    catch_up()
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    nearest("dammen", HOME)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_vectors_in_bytes_differ_hardly_from_what_was_encoded(town: Town, coder: TopicEncoder) -> None:
    catch_up()
    texts = {(one.id, one.digest): one.text for one in public_texts(HOME, day=AT.date())}
    stored = vectors.kept(HOME)
    exact = coder.offerings([texts[key] for key in stored])
    assert np.abs(np.array(list(stored.values())) - exact).max() < 0.01


def test_a_text_names_whom_it_is_for_and_what_it_answers(town: Town) -> None:
    town.change("walk", audiences=["older_people"])
    text = next(one.text for one in public_texts(HOME, day=AT.date()) if one.id == str(town.offerings["walk"].pk))
    assert text.startswith("Ommetje met thermoskan. Elke dinsdag een rondje om de plas. Voor ouderen. ")


def test_another_model_is_refused(tmp_path: Path) -> None:
    model = tmp_path / "e5-small-q4.bin"
    model.write_bytes(b"another model")
    with pytest.raises(ModelRefused, match="another model"):
        encoder._Nano(model)


def test_a_refused_model_leaves_meaning_off(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def refuse(model: Path) -> None:
        raise ModelRefused(str(model))

    monkeypatch.setattr(encoder, "_check", refuse)
    monkeypatch.setattr(encoder.importlib.util, "find_spec", lambda name: type("Found", (), {"origin": "/x/y.py"}))
    assert encoder._installed.__wrapped__() is None
    assert "meaning stays off" in caplog.text


@needs_extra
def test_the_stored_mean_of_questions_is_the_one_of_its_recipe() -> None:
    coder, means = encoder._installed(), encoder.stored_means()
    assert coder is not None
    assert means.encoder == coder.name
    assert mean_of_questions(coder) == pytest.approx(means.questions, abs=0.0001)


def test_no_plain_question_stands_in_the_development_set() -> None:
    plain = tomllib.loads((DATA / "meaning_questions.toml").read_text(encoding="utf-8"))["questions"]
    files = (Path(__file__).parents[2] / "bench" / "questions").glob("half_*.toml")
    asked = {one["ask"] for file in files for one in tomllib.loads(file.read_text(encoding="utf-8"))["question"]}
    assert asked
    assert not asked & set(plain)


@needs_extra
@pytest.mark.parametrize(
    "text",
    ["", "\0\0", "a\0b", "\ud800", "😀" * 3000, "koffie " * 3000, "\u202e\u0301" * 50],
    ids=["empty", "nul", "nul inside", "half a character", "emoji", "very long", "marks"],
)
def test_the_model_reads_any_text(text: str) -> None:
    coder = encoder._installed()
    assert coder is not None
    row = coder.questions([text])[0]
    assert np.isfinite(row).all()
    assert np.linalg.norm(row) == pytest.approx(1.0, abs=0.01)


@needs_extra
def test_threads_beside_each_other_get_the_same_vectors_as_alone() -> None:
    coder = encoder._installed()
    assert coder is not None
    texts = [f"ik zoek {thing} in de buurt" for thing in ("koffie", "een fiets", "hulp", "een koor")] * 3
    alone = coder.questions(texts)
    with ThreadPoolExecutor(4) as pool:
        beside = list(pool.map(lambda text: coder.questions([text])[0], texts))
    assert np.array_equal(np.array(beside), alone)


@needs_extra
def test_the_model_puts_likeness_of_meaning_above_likeness_of_words() -> None:
    coder, means = encoder._installed(), encoder.stored_means()
    assert coder is not None
    texts = ["Koffieochtend. Kom erbij zitten.", "Hulp bij schulden.", "Voetbal voor kinderen.", "Rouwgroep."]
    rows = coder.offerings(texts)
    question = coder.questions(["ik zit hele dagen alleen"])[0]
    found = (rows - means.offerings) @ (question - means.questions)
    assert found.argmax() == 0
