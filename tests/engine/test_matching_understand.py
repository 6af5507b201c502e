"""What a question in own words shows."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenspel.engine import dutch
from samenspel.engine.matching import (
    MAX_QUESTION,
    Vocabulary,
    VocabularyInvalid,
    parse_vocabulary,
    understand,
)
from samenspel.engine.matching.phrases import read
from samenspel.socialmap.vocabulary import sources

GOLDEN = tomllib.loads((Path(__file__).parent / "golden.toml").read_text("utf-8"))["question"]

#: The need keys of the data model; a key without words could never be found.
NEED_KEYS = dutch.word_set(
    """
    company walking_buddy outing coffee eat_together food visit_at_home phone_contact exercise sport
    music crafts games garden repair transport shopping_help letters_and_forms debts budgeting
    low_income_support digital_help dutch_language reading carer_support respite dementia bereavement
    mental_wellbeing addiction parenting baby homework youth_meeting play work_search volunteering
    newcomer_support housing home_safety aids home_care legal_advice support_rights meaning
    neighbours pets lgbtqi_meeting neighbour_conflict holidays having_a_say learning hearing sight nursing
    meals_at_home energy_saving clothes_and_goods day_activities end_of_life child_grief separation neurodiversity
    chronic_illness cancer brain_injury disability unsafe_home
    """
)

TINY_NEEDS = {"needs": {"music": {"label": "muziek", "label_en": "music", "phrases": ["koor", "samen zingen"]}}}
TINY_SAFETY = {
    "urgent": [
        {"key": "fire", "title": "Brand", "title_en": "Fire", "text": "Bel", "text_en": "Call", "phrases": ["brand"]}
    ]
}


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return parse_vocabulary(*sources())


def tiny(**changes: object) -> Vocabulary:
    return parse_vocabulary(TINY_NEEDS, changes, TINY_SAFETY)


ONCE = tiny()


def keys(question: str, vocabulary: Vocabulary) -> list[str]:
    return [need.key for need in understand(question, vocabulary).needs]


@pytest.mark.parametrize("case", GOLDEN, ids=[case["ask"] for case in GOLDEN])
def test_a_plain_question_shows_its_needs(vocabulary, case):
    found = keys(case["ask"], vocabulary)

    assert set(case["needs"]) <= set(found)
    assert found[0] in case["needs"]
    assert not set(case.get("not", [])) & set(found)


def test_every_need_has_words_and_a_golden_question(vocabulary):
    assert set(vocabulary.needs) == NEED_KEYS
    assert {key for case in GOLDEN for key in case["needs"]} == NEED_KEYS


def test_a_golden_question_is_no_alarm(vocabulary):
    assert [case["ask"] for case in GOLDEN if understand(case["ask"], vocabulary).urgent] == []


def test_word_order_and_inflection_do_not_matter():
    assert keys("wie zingt er met ons samen", tiny()) == ["music"]
    assert keys("zingen, dat doen we samen", tiny()) == ["music"]


def test_words_far_apart_are_not_one_phrase():
    assert keys("samen koffie drinken. Onze kanarie kan mooi zingen", tiny()) == []
    assert keys("samen een hele lange middag gezellig taart eten na het zingen", tiny()) == []


@pytest.mark.parametrize("question", ["ik zoek geen koor", "ik wil niet in een koor", "ik hou niet van een koor"])
def test_what_is_not_wanted_is_no_need_and_no_search_term(question):
    found = understand(question, tiny())

    assert found.needs == ()
    assert dutch.analyse("koor")[0] not in found.terms


@pytest.mark.parametrize(
    "question",
    ["is er hier geen koor", "ik kan niet naar mijn koor", "ik wil niet alleen naar een koor", "er is geen koor"],
)
def test_a_lack_or_an_inability_is_a_need(question):
    assert keys(question, tiny()) == ["music"]


def test_a_need_names_the_phrase_of_the_vocabulary_and_not_the_words_of_the_asker(vocabulary):
    found = understand("mijn lieve Henk uit de Dorpsstraat is overleden", vocabulary).needs[0]

    assert found.key == "bereavement"
    assert found.phrase == "overleden"


def test_the_strongest_need_comes_first(vocabulary):
    weights = [need.weight for need in understand("ik kom niet rond en zit altijd alleen", vocabulary).needs]

    assert weights == sorted(weights, reverse=True)
    assert all(0 < weight <= 1 for weight in weights)


def test_a_phrase_inside_a_longer_one_counts_half(vocabulary):
    found = {need.key: need.weight for need in understand("wie kan mijn hond uitlaten", vocabulary).needs}

    assert found == {"pets": 1.0}


@pytest.mark.parametrize(
    "question",
    [
        "mijn buurvrouw ruikt naar drank en ik maak me zorgen",
        "mijn buurman verwaarloost zichzelf",
        "mijn vader drinkt te veel",
        "mijn vader vergeet steeds meer",
        "mijn collega ruikt naar alcohol",
        "ik maak me zorgen om mijn buurvrouw",
        "ik maak mij zorgen over mijn oma",
        "wij zijn bezorgd over onze overbuurman",
        "ik ben ongerust over mijn zus",
        "de buurman zie ik al weken niet",
        "mijn tante laat het gas aan staan en vergeet te eten",
        "ik heb mijn buurvrouw al dagen niet gezien",
        "iemand in mijn straat verwaarloost zich",
        "de gordijnen bij de buurman zijn altijd dicht",
        "mijn vriendin eet bijna niets",
        "i am worried about my neighbour",
        "mijn buurvrouw van 84 is in de war",
        "ik vertrouw het niet bij de buren",
        "mijn zoon drinkt elke dag",
        "maak me zorgen om moeder ze vergeet alles",
        "Mijn zus laat al drie weken niets horen. Ik maak me zorgen",
    ],
)
def test_worry_about_another_is_heard(vocabulary, question):
    assert understand(question, vocabulary).worries


@pytest.mark.parametrize(
    "question",
    [
        "ik maak me zorgen over geld",
        "ik maak me zorgen over mijn gezondheid",
        "ik zorg voor mijn man",
        "ik zorg voor mijn vader om de week",
        "wij zorgen om de beurt voor vader",
        "ik vergeet steeds alles",
        "ik drink te veel",
        "mijn man is overleden en ik maak me zorgen over de huur",
        "wie kan zorgen dat mijn moeder eten krijgt",
        "ik zoek zorg voor mijn vader",
        "ik zoek iemand die met mijn moeder wil wandelen",
        "mijn moeder drinkt graag koffie met anderen",
        "ik maak me overal zorgen over",
        "mantelzorger voor mijn moeder die vergeet",
        "mijn hond drinkt niet",
        "mijn dochter doet niet mee met gym",
        "ik wil de buren ontmoeten",
        "mijn zoon is vergeten zijn fiets op slot te zetten",
        "mijn vrouw en ik maken ons zorgen over de toekomst",
        "mijn vader drinkt koffie in de soos",
    ],
)
def test_worry_about_oneself_and_care_are_no_worry_about_another(vocabulary, question):
    assert not understand(question, vocabulary).worries


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("ik zie slecht en wil toch naar de soos", ("soos",)),
        ("wie rijdt mij naar het koor", ("koor",)),
        ("mijn hond eet te veel", ()),
        ("ik ben naar en wil koffie", ()),
        ("ik wil niet naar de soos", ()),
    ],
)
def test_where_somebody_wants_to_go_is_known_by_name(vocabulary, question, named):
    assert understand(question, vocabulary).named == named


def test_poor_sight_and_poor_hearing_are_two_needs(vocabulary):
    sees, hears = (understand(f"ik {verb} slecht", vocabulary).needs for verb in ("zie", "hoor"))

    assert ([need.key for need in sees], [need.key for need in hears]) == (["sight"], ["hearing"])


def test_a_husband_who_died_shows_no_need_of_faith_and_no_group_of_men(vocabulary):
    found = understand("ik ben zo alleen sinds mijn man er niet meer is", vocabulary)

    assert found.needs[0].key == "company"
    assert "meaning" not in [need.key for need in found.needs if need.weight >= 0.5]
    assert found.audiences == ("bereaved",)


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("iemand die met mijn moeder wil wandelen", True),
        ("hulp voor mijn buurman van 80", True),
        ("my mother is lonely", True),
        ("mijn moeder is overleden", False),
        ("ik zorg voor mijn vrouw", False),
        ("ik zit alleen", False),
    ],
)
def test_it_is_seen_when_somebody_asks_for_another(vocabulary, question, other):
    assert understand(question, vocabulary).for_someone_else is other


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("liever een professional", True),
        ("geen vrijwilliger maar een maatschappelijk werker", True),
        ("ik wil vrijwilliger worden", False),
    ],
)
def test_it_is_seen_when_somebody_wants_a_professional(vocabulary, question, wanted):
    assert understand(question, vocabulary).wants_professional is wanted


@pytest.mark.parametrize(
    ("question", "age", "audience"),
    [
        ("ik ben 78", 78, "older_people"),
        ("ik ben al 78 en woon alleen", 78, "older_people"),
        ("ik ben al 12 jaar ziek", None, None),
        ("iets voor mijn zoon van 9 jaar", 9, "children"),
        ("een 16-jarige jongen", 16, "teenagers"),
        ("my son is 20 years old", 20, "young_adults"),
        ("wij zijn 50 jaar getrouwd", None, None),
        ("ik woon al 30 jaar in dit dorp", None, None),
        ("ik ben 400", None, None),
    ],
)
def test_an_age_is_read_and_years_of_marriage_are_not(vocabulary, question, age, audience):
    found = understand(question, vocabulary)

    assert found.age == age
    assert audience is None or audience in found.audiences


def test_search_terms_are_the_tokens_of_the_index_each_once():
    question = "Wandelen en nog eens wandelen in de wandelgroep"

    assert understand(question, tiny()).terms == tuple(dict.fromkeys(dutch.analyse(question)))


def test_only_the_first_signs_of_a_long_text_are_read():
    filler = "x " * (MAX_QUESTION // 2)

    assert understand(filler + " koor", tiny()).needs == ()
    assert keys("koor " + filler, tiny()) == ["music"]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_understood_without_an_error(text):
    assert understand(text, ONCE) == understand(text, ONCE)


@pytest.mark.parametrize("text", ["", "   ", "👵🏽☕", "\ud83d", "= | <x> * .", "." * 5000, "koor " * 5000, "أنا وحيد"])
def test_odd_text_is_understood_without_an_error(vocabulary, text):
    understand(text, vocabulary)


@pytest.mark.parametrize(
    ("needs", "situations", "safety", "named"),
    [
        ({}, {}, TINY_SAFETY, "needs.toml"),
        ({"needs": {"music": {"label": "m", "phrases": ["koor"]}}}, {}, TINY_SAFETY, "needs.music: label_en"),
        ({"needs": {"music": {"label": "m", "label_en": "m"}}}, {}, TINY_SAFETY, "needs.music: phrases"),
        (TINY_NEEDS, {"situations": [{"key": "a", "phrases": ["b"], "needs": {"nope": 1}}]}, TINY_SAFETY, "nope"),
        (TINY_NEEDS, {"situations": [{"key": "a", "phrases": ["b"], "needs": {"music": 2}}]}, TINY_SAFETY, "a: the w"),
        (TINY_NEEDS, {"situations": [{"key": "a", "needs": {}}]}, TINY_SAFETY, "situations a"),
        (TINY_NEEDS, {"professional": {"phrases": ["de het"]}}, TINY_SAFETY, "de het"),
        (TINY_NEEDS, {"professional": {"phrases": ["<who> helpt"]}}, TINY_SAFETY, "<who>"),
        (TINY_NEEDS, {"professional": {"phrases": "koor"}}, TINY_SAFETY, "professional: phrases"),
        (TINY_NEEDS, {"times": {"noon": {"phrases": ["om twaalf uur"]}}}, TINY_SAFETY, "times.noon"),
        (TINY_NEEDS, {"times": {"monday": {"phrases": "maandag"}}}, TINY_SAFETY, "times.monday: phrases"),
        (TINY_NEEDS, {"tried": {"phrases": ["<who>"]}}, TINY_SAFETY, "tried: .*<who>"),
        (TINY_NEEDS, {}, {"urgent": [{"key": "fire"}]}, "urgent fire: title"),
        (TINY_NEEDS, {}, {"urgent": "brand"}, "urgent"),
    ],
)
def test_a_mistake_in_the_vocabulary_is_named(needs, situations, safety, named):
    with pytest.raises(VocabularyInvalid, match=named):
        parse_vocabulary(needs, situations, safety)


@pytest.mark.parametrize(
    ("question", "times"),
    [
        ("dinsdagmiddag", {"tuesday", "afternoon"}),
        ("'s avonds", {"evening"}),
        ("in het weekend", {"weekend"}),
        ("na het werk", {"evening"}),
        ("overdag", {"morning", "afternoon"}),
        ("in de zomervakantie", {"holiday"}),
        ("elke maandag- en woensdagochtend", {"monday", "wednesday", "morning"}),
        ("morgen", {"tomorrow"}),
        ("vanavond", {"evening", "today"}),
        ("on friday evening", {"friday", "evening"}),
        ("net verhuisd", set()),
    ],
)
def test_the_times_a_question_names_are_read(vocabulary, question, times):
    assert {hit.payload for hit in vocabulary.times.find(read(question))} == times


@pytest.mark.parametrize(
    ("cue", "question"),
    [
        ("tried", "ik heb al van alles geprobeerd"),
        ("tried", "we staan op de wachtlijst"),
        ("no_money", "het mag niets kosten"),
        ("no_money", "ik heb niet veel te besteden"),
        ("low_threshold", "ik durf niet goed"),
        ("low_threshold", "vind het eng om alleen naar binnen te stappen"),
        ("at_home", "ze kan de deur niet uit"),
        ("at_home", "iemand bij mij aan huis"),
        ("remote", "kan het ook telefonisch"),
        ("remote", "liever per chat"),
    ],
)
def test_how_help_is_wanted_is_read(vocabulary, cue, question):
    assert getattr(vocabulary, cue).find(read(question))


@pytest.mark.parametrize("cue", ["tried", "no_money", "low_threshold", "at_home", "remote"])
@pytest.mark.parametrize("question", ["wie wil er met mij wandelen", "ik zoek een koor", "mijn moeder is eenzaam"])
def test_a_plain_question_says_nothing_of_how_help_is_wanted(vocabulary, cue, question):
    assert not getattr(vocabulary, cue).find(read(question))


def test_a_group_of_the_alarms_does_not_change_a_group_of_the_needs():
    needs = {
        "groups": {"kin": ["vader"]},
        "needs": {"music": {"label": "m", "label_en": "m", "phrases": ["<kin> zingt"]}},
    }
    vocabulary = parse_vocabulary(needs, {}, TINY_SAFETY | {"groups": {"kin": ["buurman"]}})

    assert keys("vader zingt graag", vocabulary) == ["music"]
    assert keys("buurman zingt graag", vocabulary) == []


@pytest.mark.parametrize(
    ("phrase", "found", "missed"),
    [
        ("gitaar|piano leren", "ik wil piano leren", "ik wil viool leren"),
        ("accord*", "een accordeonvereniging", "een akkoord"),
        ("=koren", "koren", "koor"),
        ("kan niet meer .", "ik kan niet meer, help", "ik kan niet meer fietsen"),
        ("aan tafel", "aan tafel met anderen", "een tafel kopen"),
        ("<play> muziek", "ik speel muziek", "ik luister muziek"),
    ],
)
def test_the_marks_of_an_editor_do_what_they_say(phrase, found, missed):
    entry = {"label": "muziek", "label_en": "music", "phrases": [phrase]}
    vocabulary = parse_vocabulary({"groups": {"play": ["spelen"]}, "needs": {"music": entry}}, {}, TINY_SAFETY)

    assert keys(found, vocabulary) == ["music"]
    assert keys(missed, vocabulary) == []


def test_the_person_a_question_is_about_is_not_searched_for(vocabulary: Vocabulary):
    asked = understand("iemand die met mijn moeder wil wandelen", vocabulary)

    assert asked.for_someone_else
    assert not set(dutch.analyse("moeder")) & set(asked.terms)
    assert set(dutch.analyse("wandelen")) <= set(asked.terms)


def test_a_cry_for_help_without_a_need_is_not_searched_for(vocabulary: Vocabulary):
    cry = understand("mijn man slaat me", vocabulary)
    with_need = understand("ik wil dood, en ik zoek een koor", vocabulary)

    assert cry.urgent
    assert cry.terms == ()
    assert with_need.urgent
    assert with_need.terms
