"""The one Dutch analysis that indexing and asking share."""

import subprocess
import sys

import pytest
import Stemmer
from hypothesis import given
from hypothesis import strategies as st

from samenspel.engine import dutch


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Café", "cafe"),
        ("EENZAAM", "eenzaam"),
        ("coördinatie", "coordinatie"),
        ("ĲSSEL", "ijssel"),
        ("oma’s", "oma's"),
        ("65+", "65+"),
    ],
)
def test_fold_takes_case_and_accents_off_and_keeps_digits_and_apostrophes(written, folded):
    assert dutch.fold(written) == folded


def test_tokens_part_at_hyphens_and_lose_apostrophes():
    assert dutch.tokens("Oma’s e-mail, 's ochtends!") == ("omas", "e", "mail", "s", "ochtends")


def test_the_stemmer_with_the_old_rules_is_there():
    assert "dutch_porter" in Stemmer.algorithms()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("wandelen", "gewandeld"),
        ("eenzame", "eenzaamheid"),
        ("buurthuizen", "buurthuis"),
        ("foto's", "fotos"),
        ("cafés", "cafe"),
        ("wandelmaatje", "wandelmaatje"),
        ("koffieochtenden", "koffieochtend"),
        ("huur", "huren"),
    ],
)
def test_forms_of_one_word_give_the_same_tokens(one, other):
    assert dutch.analyse(one) == dutch.analyse(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ouderen", "ouders"),
        ("huiswerkbegeleiding", "huiswerkbeleid"),
        ("zoon", "zon"),
        ("boos", "bos"),
        ("maan", "man"),
        ("uitje", "ui"),
        ("jongeren", "jongens"),
    ],
)
def test_words_a_resident_keeps_apart_stay_apart(one, other):
    assert not set(dutch.analyse(one)) & set(dutch.analyse(other)) - {"huiswerk"}


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("ouderenvervoer", "ouderen vervoer"),
        ("wandelmaatje", "wandelen maatje"),
        ("eetgroep", "eten groep"),
        ("rolstoelsport", "rolstoel sport"),
        ("koffieochtend", "koffie ochtend"),
        ("schuldhulpverlening", "schuld hulp"),
        ("taalcafé", "taal café"),
        ("buurtmoestuin", "buurt moestuin tuin"),
        ("jongerenwerkers", "jongeren"),
        ("spelletjesmiddag", "spelletjes middag"),
    ],
)
def test_a_compound_is_also_found_by_its_parts(compound, parts):
    assert set(dutch.analyse(parts)) <= set(dutch.analyse(compound))


@pytest.mark.parametrize(
    "word",
    ["wandelen", "overleden", "huiswerk", "doodmoe", "vergeten", "vriendschap", "ziekenhuis", "geloof"],
)
def test_a_word_whose_halves_mislead_is_not_split(word):
    assert len(dutch.analyse(word)) == 1


def test_stop_words_leave_only_the_subject_of_a_question():
    assert dutch.analyse("Ik zoek iemand die met mijn moeder wil wandelen") == ("moeder", "wandel")


def test_a_window_of_words_does_not_reach_over_a_full_stop():
    first, second = dutch.words("Ik ben moe. Dood")[-2:]

    assert second.position - first.position > 10
    assert second.clause == first.clause + 1


@given(st.text(max_size=300))
def test_any_text_gives_clean_tokens(text):
    for token in dutch.analyse(text):
        assert token
        assert token == token.casefold()
        assert not any(sign.isspace() or sign == "_" for sign in token)


@given(st.text(max_size=100), st.text(max_size=100))
def test_analysing_two_sentences_is_analysing_each(one, other):
    assert dutch.analyse(f"{one} \n {other}") == dutch.analyse(one) + dutch.analyse(other)


def test_hostile_text_does_not_raise():
    for text in ("\ud800", "a" * 100_000, "👩‍🦳" * 50, "\x00", "﷽", "e" + "\u0301" * 500):
        dutch.analyse(text)


def test_importing_loads_no_dictionary():
    code = (
        "from samenspel.engine import dutch;"
        "assert dutch._dictionary.cache_info().currsize == 0;"
        "dutch.warm();"
        "assert dutch._dictionary.cache_info().currsize == 1"
    )

    subprocess.run([sys.executable, "-c", code], check=True)
