"""Finding phrases in a question, misspelt or written apart too."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenspel.engine.matching.phrases import PhraseBook, parse_phrase, plain_words, read
from samenspel.engine.spelling import Speller

FOUND = [
    ("ik kom niet rond", "ik kom nie rond"),
    ("ik kom niet rond", "Ik kom er echt niet mee rond."),
    ("eenzaam", "ik ben zo eensaam"),
    ("eenzaam", "IK BEN ZO EENZAAAM"),
    ("samen eten", "ik wil sameneten"),
    ("samen eten", "eten doe ik het liefst samen"),
    ("computerhulp", "computer hulp"),
    ("computerhulp", "ik zoek hulp met de computer"),
    ("ouderenvervoer", "is er vervoer voor ouderen"),
    ("ouderenvervoer", "ouderen vervoer gezocht"),
    ("huiswerkhulp", "hulp bij het huiswerk"),
    ("schuldhulp", "hulp bij schulden"),
    ("buurthuis", "is er een buurt huis"),
    ("computer hulp", "computerhulp"),
    ("vervoer voor ouderen", "ouderenvervoer"),
    ("wandelen maatje", "ik zoek een wandelmaatje"),
    ("samen koken", "kook samen"),
    ("meedoen", "ik doe graag mee"),
    ("meedoen", "ik zou willen mee doen"),
    ("meedoen", "zin om mee te doen"),
    ("ophalen", "wie haalt mijn boodschappen op"),
    ("ophalen", "ik haal graag boodschappen op voor iemand"),
    ("langskomen", "wie komt er eens langs"),
    ("langs komen bij", "iemand die wil langskomen"),
    ("gezelligheid", "ik zoek gesellighijd"),
    ("mis =mijn moeder", "ik mis mn moeder"),
    ("vereenzaam*", "ik verensaam"),
    ("vallen", "oma viel en is bang"),
    ("koffie", "zin in een kofie"),
]

NOT_FOUND = [
    ("geen eten", "er is geen eetgroep"),
    ("samen eten", "is er een eetgroep"),
    ("ik kom niet rond", "ik kom niet. Rond de kerk is het mooi"),
    ("opvoeding", "let op voeding"),
    ("kleinkind", "ik heb een klein kind"),
    ("buurthuis", "een huis in de buurt"),
    ("ophalen", "ik haal het niet op tijd"),
    ("uitkomen", "ik kom uit syrie"),
    ("mand", "mijn man"),
    ("slaan", "ik kan niet slapen"),
    ("dood", "mijn vader is doof"),
    ("dood", "een rood hesje"),
    ("dood", "ik ben doodmoe"),
    ("slaan", "ik staan in de regen"),
    ("ruzie", "ik spreek russisch"),
    ("dieren", "ik woon in Diemen"),
    ("tennis", "mijn zoon Dennis wil iets doen"),
    ("drugs", "ik zoek een terugweg"),
    ("schuld", "mijn schoolvriend"),
]


@pytest.fixture(scope="module")
def speller():
    """Knows the words of all phrases of this file, as an installation knows all its phrases."""
    phrases = [phrase for phrase, _ in (*FOUND, *NOT_FOUND)] + ["zelfmoord*", "samen koken"]
    return Speller.of(word for text in phrases for word in plain_words(parse_phrase(text)))


def hits(phrase, question, speller, *, whole_words=False):
    book = PhraseBook(((parse_phrase(phrase), None),), whole_words=whole_words)
    return book.find(read(question, speller))


@pytest.mark.parametrize(("phrase", "question"), FOUND)
def test_a_phrase_is_found(phrase, question, speller):
    assert hits(phrase, question, speller)


@pytest.mark.parametrize(("phrase", "question"), NOT_FOUND)
def test_a_phrase_is_not_found(phrase, question, speller):
    assert not hits(phrase, question, speller, whole_words=phrase == "dood")


def test_a_name_is_known_by_its_capital_inside_a_sentence(speller):
    assert hits("dieren", "ik houd van dieen", speller)
    assert not hits("dieren", "ik houd van Dieen", speller)


def test_capitals_everywhere_say_nothing_about_names(speller):
    assert hits("koffie", "Ik Wil Graag Kofie Drinken", speller)
    assert hits("koffie", "IK WIL KOFIE", speller)


def test_an_alarm_is_never_read_from_part_of_a_compound_but_misspelt_it_is(speller):
    assert not hits("dood", "de doodstraf", speller, whole_words=True)
    assert hits("dood", "ik wil dod", speller, whole_words=True)
    assert hits("zelfmoord*", "ik denk aan zelfmort", speller, whole_words=True)


def test_a_word_stays_as_typed_and_names_what_was_meant(speller):
    word = read("eensaam", speller).words[0]

    assert word.folded == "eensaam"
    assert word.read_as == "eenzaam"
    assert word.spellings == ("eensaam", "eenzaam")
    assert set(word.terms) == {"eensam", "eenzam"}


def test_a_small_word_is_not_searched_for_when_it_is_misspelt_either():
    words = read("ik wil nie fitsen", Speller.of([])).words

    assert [word.terms for word in words] == [(), (), (), ("fit", "fiets")]


def test_without_a_speller_nothing_is_corrected():
    assert read("eensaam").words[0].meant == ()


def test_the_words_of_a_phrase_are_given_as_written():
    assert plain_words(parse_phrase("=mijn Man|vrouw is ziek*")) == ("mijn", "man", "vrouw", "ziek*")


@settings(deadline=None)
@given(text=st.text(max_size=200))
def test_any_text_is_read_with_every_place_inside_it(text, speller):
    reading = read(text, speller)

    for places in (reading.stems, reading.heads, reading.exact):
        assert all(0 <= index < len(reading.words) for found in places.values() for index in found)
