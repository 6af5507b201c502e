"""Which known word a misspelt one may stand for, and which words are left alone."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenspel.engine.spelling import Speller, sound

VOCABULARY = """
    eenzaam alleen wandelen koffie rolstoel huiswerk administratie mantelzorg vrijwilliger vrijwilligers gezellig
    eten samen koken computer computerhulp muziek gitaar schulden schuldhulp school zwemmen verdrietig depressief
    zelfmoord dood slaan slapen man maan rood doof bingo buurthuis voetbal taalcursus cursus kunst boodschappen
    formulieren belasting dementie alcohol drugs voedselbank huur opvoeden kinderen vriend vrienden dieren moeilijk
    alzheimer nederlands telefoon niet echt waarom iemand gewoon muziekles begeleiding lonely friend
    laptop zorgen bellen mond naar ruzie paniek praten tennis lezen kleren leren sporten
"""


@pytest.fixture(scope="module")
def speller():
    made = Speller.of([VOCABULARY])
    made.correct("wandeln")
    return made


SLIPS = """
    wandeln=wandelen wandeen=wandelen wnadelen=wandelen wandeleen=wandelen wandwlen=wandelen eenzaaam=eenzaam
    huiswek=huiswerk adminstratie=administratie mantelzog=mantelzorg vrijwiliger=vrijwilliger koffi=koffie
    rolstoul=rolstoel vrijwiligers=vrijwilligers boodscahppen=boodschappen boodschapen=boodschappen
    computerhulpp=computerhulp belatsing=belasting demetie=dementie alzheimmer=alzheimer tellefoon=telefoon
    formulliren=formulieren oodschappen=boodschappen verdritig=verdrietig lonley=lonely freind=friend
    nederlans=nederlands aniek=paniek laptob=laptop
"""
BY_EAR = """
    eensaam=eenzaam gezelig=gezellig gesellig=gezellig koffy=koffie swemmen=zwemmen sgulden=schulden
    kompjuter=computer musiek=muziek muzik=muziek gietaar=gitaar alkohol=alcohol zelfmort=zelfmoord dod=dood
    skulden=schulden foedselbank=voedselbank moeilik=moeilijk formelieren=formulieren telefoon's=telefoons
    kunsd=kunst taalkurzus=taalcursus depresief=depressief rolstoell=rolstoel opvoeten=opvoeden
"""
CHAT = """
    ff=even effe=even mn=mijn zn=zijn nie=niet ni=niet egt=echt wrm=waarom iem=iemand gwn=gewoon w8=wachten
    alen=alleen skool=school fitsen=fietsen kompjoeter=computer
"""


@pytest.mark.parametrize("pair", SLIPS.split(), ids=str)
def test_a_slip_of_the_fingers_is_read_as_the_word_that_was_meant(pair, speller):
    typed, meant = pair.split("=")

    assert speller.correct(typed)[0] == meant


@pytest.mark.parametrize("pair", BY_EAR.split(), ids=str)
def test_a_word_written_as_it_sounds_is_read_as_the_word_that_was_meant(pair, speller):
    typed, meant = pair.replace("'", "").split("=")

    assert speller.correct(typed)[:1] == ((meant,) if typed != meant else ())


@pytest.mark.parametrize("pair", CHAT.split(), ids=str)
def test_a_word_as_in_a_chat_is_read_in_full(pair):
    typed, meant = pair.split("=")

    assert Speller.of([]).correct(typed) == (meant,)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("sameneten", "samen eten"), ("samenkoken", "samen koken"), ("ikwandelen", "ik wandelen")],
)
def test_two_words_written_as_one_are_parted(typed, meant, speller):
    assert speller.correct(typed) == (meant,)


def test_half_a_compound_that_nobody_listed_is_mended(speller):
    assert speller.correct("pianokurzus") == ("pianocursus",)


KEPT = """
    man mand maan dood doof rood brood slaan slapen staan bingo huis thuis kook wandelt wandelaar koffieochtend
    eetgroep gitaarles lelystad urk almere piet jan fatima mohammed binnenkort waardoor jezelf hoezo straks pech
    eenzame zorgverzekering xyzzy aaa 1291ac 3d mannen manen teken taken raken roken
"""


@pytest.mark.parametrize("word", KEPT.split(), ids=str)
def test_a_word_that_dutch_knows_or_that_is_near_nothing_stays_as_it_is(word, speller):
    assert speller.correct(word) == ()


@pytest.mark.parametrize("typed", ["oman", "tood", "sood", "kengo"])
def test_a_short_word_with_another_first_letter_is_not_guessed(typed, speller):
    assert speller.correct(typed) == ()


def test_a_compound_made_on_the_spot_has_its_neighbour_beside_it():
    speller = Speller.of(["boekenclub", "eetgroep"])

    assert speller.correct("bekenclub") == ("boekenclub",)
    assert speller.correct("leesgroep") == ()


def test_of_two_words_equally_near_the_one_given_more_often_comes_first():
    assert Speller.of(["kiezer", "kiezel", "kiezel"]).correct("kiezew")[0] == "kiezel"
    assert Speller.of(["kiezer", "kiezer", "kiezel"]).correct("kiezew")[0] == "kiezer"


def test_a_speller_without_words_leaves_all_but_chat_as_it_is():
    assert Speller.of([]).correct("wandeln") == ()


def test_a_word_is_known_in_all_its_forms(speller):
    assert speller.knows("wandelde")
    assert not speller.knows("fietspomp")


def test_a_beginning_stands_for_all_words_that_begin_so():
    assert Speller.of(["eenzaam*"]).knows("eenzaamste")
    assert not Speller.of(["eenzaam"]).knows("eenzaamheidjes")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("eensaam", "eenzaam"),
        ("kado", "cado"),
        ("fiets", "viets"),
        ("leiden", "lijden"),
        ("koud", "kaut"),
        ("school", "sgol"),
        ("thee", "tee"),
        ("lopen", "lope"),
        ("taxi", "taksi"),
        ("centrum", "sentrum"),
        ("quiz", "kwis"),
    ],
)
def test_words_that_sound_alike_have_one_sound(one, other):
    assert sound(one) == sound(other)


@pytest.mark.parametrize(("one", "other"), [("man", "maan"), ("huis", "hoes"), ("boer", "buur"), ("leuk", "luik")])
def test_sound_keeps_diphthongs_apart(one, other):
    assert (sound(one) == sound(other)) is (one in {"man", "boer"})


@settings(deadline=None)
@given(token=st.text(max_size=60))
def test_any_word_is_looked_up_without_an_error_and_twice_the_same(token, speller):
    assert speller.correct(token) == speller.correct(token)
    assert len(speller.correct(token)) <= 2


def test_making_a_speller_loads_no_dictionary():
    code = (
        "from samenspel.engine.dutch import stemming;"
        "from samenspel.engine.spelling import Speller;"
        "speller = Speller.of(['wandelen']);"
        "assert stemming._dictionary.cache_info().currsize == 0;"
        "assert speller.correct('wandeln') == ('wandelen',)"
    )

    subprocess.run([sys.executable, "-c", code], check=True)
