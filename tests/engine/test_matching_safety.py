"""Calls for help come on top; daily expressions that look alike give no alarm."""

import tomllib
from pathlib import Path

import pytest

from samenspel.engine.matching import Vocabulary, parse_vocabulary, understand

FOLDER = Path(__file__).parents[2] / "samenspel" / "socialmap" / "vocabulary"

ALARMS = {
    "suicide": [
        "ik wil dood",
        "Ik wil niet meer leven.",
        "ik wil niet meer",
        "het hoeft voor mij niet meer",
        "soms denk ik aan zelfmoord",
        "mijn vriend heeft zelfmoordgedachten",
        "ik heb een plan om uit het leven te stappen",
        "mijn dochter snijdt zichzelf",
        "de wereld is beter af zonder mij",
        "ik wil er niet meer zijn",
        "ze wil een eind aan haar leven maken",
        "ik ben doodmoe, soms wil ik dood",
        "het heeft allemaal geen zin meer",
        "I want to die",
        "I want to kill myself",
    ],
    "violence_at_home": [
        "mijn man slaat mij",
        "hij slaat me als hij gedronken heeft",
        "ik word thuis geslagen",
        "ik ben bang voor mijn man",
        "mijn ex bedreigt mij",
        "mijn buurvrouw wordt mishandeld door haar man",
        "ik word gestalkt",
        "mijn zoon heeft mij geslagen",
        "er is seksueel misbruik geweest",
        "ik ben verkracht",
        "mijn vriendin wordt door haar vriend gewurgd",
        "hij zit steeds aan me en ik wil dat niet",
        "I am scared of my husband",
        "my husband hits me",
    ],
    "child_abuse": [
        "de buren slaan hun kinderen",
        "ik denk dat een kind in de straat wordt verwaarloosd",
        "een leerling heeft steeds blauwe plekken",
        "er is een kind mishandeld bij de buren",
        "mijn oom zit aan mijn zusje",
    ],
    "child_line": [
        "mijn vader slaat mij",
        "ik ben 11 en word gepest op school",
        "ik wil weglopen van huis",
    ],
    "emergency": [
        "mijn vader is bewusteloos",
        "mijn man ademt niet meer",
        "ik heb pijn op de borst",
        "ze heeft een overdosis genomen",
        "mijn vrouw heeft heel veel pillen geslikt",
        "er is brand in huis",
        "er staat iemand met een mes voor de deur",
        "he is not breathing",
    ],
    "doctor": [
        "mijn moeder is gevallen en kan niet opstaan",
        "mijn baby heeft hoge koorts",
        "mijn man is ineens erg in de war",
    ],
    "listening_line": [
        "ik trek het niet meer",
        "ik kan niet meer",
        "ik wil nu met iemand praten",
        "ik hou het niet meer vol",
        "soms zie ik het niet meer zitten",
    ],
}

HARMLESS = [
    "mijn hond is dood",
    "ik ben doodmoe",
    "wie kan een paal slaan voor mijn schutting",
    "mijn man is dood",
    "mijn man is overleden en ik ben zo verdrietig",
    "ik verveel me dood",
    "ik schaam me dood",
    "doodstil in huis",
    "jongens die op drums slaan",
    "leren golfballen slaan",
    "de klok slaat niet meer",
    "ik wil niet meer alleen wandelen",
    "ik wil niet meer thuis zitten",
    "ik wil niet meer werken",
    "ik wil niet meer roken",
    "ik kan niet meer fietsen",
    "ik kan niet meer naar de winkel",
    "wie wil er mijn gras maaien",
    "een cursus reanimatie",
    "ehbo les over brandwonden",
    "bang voor honden",
    "ik heb pijn in mijn knie, is er gym?",
    "vechtsport voor meisjes",
    "de batterij van mijn gehoorapparaat is leeg",
    "mijn plant is dood",
    "dodenherdenking",
    "ik stik van het lachen",
    "stikken leren op een naaimachine",
    "groente snijden met een mes bij de kookclub",
    "mijn kind slaapt slecht",
    "mijn zoon slaat een bal",
    "geen zin om te koken",
    "moordspel avond",
    "de trein naar de stad halen",
    "hij sloeg zijn arm om mij heen",
    "wie kan de gordijnen ophangen",
    "het leven zonder mijn vrouw is stil",
    "ik ben op zoek naar een maatje",
    "ik wil zelfstandig verder leven in mijn eigen huis",
    "Wie slaat er een balletje mee?",
    "iemand die met mijn moeder wil wandelen",
]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return parse_vocabulary(
        *(tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8")) for name in ("needs", "situations", "safety"))
    )


@pytest.mark.parametrize(("key", "cry"), [(key, cry) for key, cries in ALARMS.items() for cry in cries])
def test_a_cry_for_help_shows_the_right_help(vocabulary, key, cry):
    assert key in [urgent.key for urgent in understand(cry, vocabulary).urgent]


@pytest.mark.parametrize("sentence", HARMLESS)
def test_a_daily_expression_gives_no_alarm(vocabulary, sentence):
    assert [urgent.key for urgent in understand(sentence, vocabulary).urgent] == []


def test_a_harmless_phrase_elsewhere_does_not_silence_a_cry(vocabulary):
    found = understand("Wie kan een paal slaan? Mijn man slaat mij.", vocabulary)

    assert "violence_at_home" in [urgent.key for urgent in found.urgent]


def test_direct_danger_stands_before_the_rest(vocabulary):
    found = understand("mijn man slaat mij en staat nu met een mes voor de deur", vocabulary)

    assert [urgent.direct_danger for urgent in found.urgent] == sorted(
        (urgent.direct_danger for urgent in found.urgent), reverse=True
    )
    assert found.urgent[0].key == "emergency"


def test_an_alarm_does_not_hide_the_needs(vocabulary):
    found = understand("ik wil dood, ik zit hele dagen alleen", vocabulary)

    assert found.urgent[0].key == "suicide"
    assert "company" in [need.key for need in found.needs]


@pytest.mark.parametrize(
    ("key", "phone"),
    [
        ("emergency", "112"),
        ("suicide", "113"),
        ("violence_at_home", "0800-2000"),
        ("child_abuse", "0800-2000"),
        ("child_line", "0800-0432"),
    ],
)
def test_the_numbers_are_the_national_ones(vocabulary, key, phone):
    assert {urgent.key: urgent.phone for urgent in vocabulary.urgent}[key] == phone


def test_the_doctor_is_told_in_words_because_every_region_has_its_own_number(vocabulary):
    doctor = next(urgent for urgent in vocabulary.urgent if urgent.key == "doctor")

    assert doctor.phone == ""
    assert "bel uw huisarts of de huisartsenpost" in doctor.title
