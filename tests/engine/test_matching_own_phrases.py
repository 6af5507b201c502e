"""Own phrases on top of a vocabulary: each effect does what it says, and a mistake is refused by name."""

import pytest

from samenspel.engine.matching import Vocabulary, parse_vocabulary, understand
from samenspel.engine.matching.own_phrases import Addition, extended, parse_addition
from samenspel.engine.matching.phrases import PhraseInvalid

GROUPS = {"family": ("moeder", "vader")}
NEED = {"label": "koffie", "label_en": "coffee", "phrases": ["koffie"]}
HELP = {"title": "Bel", "title_en": "Call", "text": "Bel 112.", "text_en": "Call 112.", "phrases": ["brand"]}


@pytest.fixture
def shipped() -> Vocabulary:
    needs = {"needs": {"coffee": NEED, "walk": {**NEED, "label": "wandelen", "phrases": ["wandelen"]}}}
    return parse_vocabulary(needs, {}, {"urgent": [{"key": "emergency", **HELP, "except": ["vuurkorf"]}]})


def found(question: str, vocabulary: Vocabulary) -> dict[str, float]:
    return {need.key: need.weight for need in understand(question, vocabulary).needs}


@pytest.mark.parametrize(("effect", "weight"), [("names", 1.0), ("hints", 0.6)])
def test_a_phrase_shows_its_need_as_strongly_as_it_says(shipped: Vocabulary, effect: str, weight: float):
    words = extended(shipped, [Addition("bakkie leut", effect, "coffee")], GROUPS)  # type: ignore[arg-type]

    assert found("zin in een bakkie leut", shipped) == {}
    assert found("zin in een bakkie leut", words) == {"coffee": weight}


def test_a_phrase_takes_its_need_back_and_leaves_the_others(shipped: Vocabulary):
    words = extended(shipped, [Addition("koffie wandelen", "takes_back", "coffee")], GROUPS)

    assert set(found("koffie en dan wandelen", shipped)) == {"coffee", "walk"}
    assert set(found("koffie en dan wandelen", words)) == {"walk"}


def test_an_alarm_is_added_and_those_of_the_vocabulary_stay(shipped: Vocabulary):
    words = extended(shipped, [Addition("de dijk breekt", "alarms", "emergency")], GROUPS)

    assert [one.key for one in understand("de dijk breekt", words).urgent] == ["emergency"]
    assert [one.key for one in understand("er is brand", words).urgent] == ["emergency"]
    assert understand("de dijk breekt", shipped).urgent == ()


def test_an_own_alarm_is_heard_misspelt_too(shipped: Vocabulary):
    words = extended(shipped, [Addition("dijkdoorbraak", "alarms", "emergency")], GROUPS)

    assert [one.key for one in understand("er is een dijkdoorbraek", words).urgent] == ["emergency"]


def test_a_shipped_alarm_cannot_be_taken_back(shipped: Vocabulary):
    with pytest.raises(PhraseInvalid, match="unknown 'emergency'"):
        extended(shipped, [Addition("brand in de open haard", "takes_back", "emergency")], GROUPS)


def test_a_group_stands_for_its_words(shipped: Vocabulary):
    words = extended(shipped, [Addition("<family> dorst", "names", "coffee")], GROUPS)

    assert found("mijn vader heeft dorst", words) == {"coffee": 1.0}


@pytest.mark.parametrize(
    "addition",
    [
        Addition("bakkie", "names", "tea"),
        Addition("bakkie", "names", "emergency"),
        Addition("bakkie", "alarms", "coffee"),
        Addition("ik ben", "names", "coffee"),
        Addition("<buren> bakkie", "names", "coffee"),
        Addition("bak*", "names", "coffee"),
        Addition("samen|b* doen", "names", "coffee"),
    ],
    ids=[
        "no such need",
        "help as need",
        "need as help",
        "small words",
        "no such group",
        "short star",
        "one short star",
    ],
)
def test_what_cannot_be_read_is_refused_and_named(shipped: Vocabulary, addition: Addition):
    with pytest.raises(PhraseInvalid, match="phrase"):
        parse_addition(addition, shipped, GROUPS)
