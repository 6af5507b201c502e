"""What the words of a question lean to, beyond whole phrases."""

from samenspel.engine.matching.leaning import MOST_OF_A_WORD, Leanings
from samenspel.engine.matching.phrases import parse_phrase, read

PHRASES = {
    "bereavement": ["kist uitzoeken", "rouwkaart schrijven", "samen rouwen"],
    "games": ["samen kaarten", "schaken in de soos"],
    "repair": ["kraan lekt", "lamp kapot in de soos"],
}
LEANINGS = Leanings.of(
    ((parse_phrase(text), key, 1.0) for key, texts in PHRASES.items() for text in texts), half_believed=1.0
)


def leans(question: str, limit: int = 9) -> list[str]:
    return [key for key, _ in LEANINGS.of_question(read(question), limit)]


def test_one_telling_word_of_a_phrase_leans_to_what_the_phrase_stands_for():
    assert leans("hoe kies ik een kist")[0] == "bereavement"


def test_a_word_of_one_need_says_more_than_a_word_of_two():
    assert leans("in de soos kraan")[0] == "repair"


def test_the_strongest_is_one_and_the_others_are_shares_of_it():
    found = LEANINGS.of_question(read("samen schaken bij een lamp"), 9)

    assert found[0][1] == 1.0
    assert all(0 < share <= 1 for _, share in found)
    assert [share for _, share in found] == sorted((share for _, share in found), reverse=True)


def test_no_more_is_given_than_asked_for():
    assert len(leans("kist kraan kaarten", limit=2)) == 2
    assert leans("kist", limit=0) == []


def test_words_that_no_phrase_has_and_small_words_lean_to_nothing():
    assert leans("de van het vliegtuig") == []
    assert leans("") == []
    assert Leanings().of_question(read("kist"), 9) == ()


def test_a_word_leans_to_so_many_things_at_most():
    many = Leanings.of(((parse_phrase(f"soos nummer{row}"), row, 1.0) for row in range(40)), half_believed=1.0)

    assert all(len(leant) <= MOST_OF_A_WORD for leant in many.by_stem.values())
