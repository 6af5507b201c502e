"""The cases of the denkkader: each gives the advice that its text gives, and together they show every rule."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from importlib.resources import files

import pytest

from samenspel.engine.roles.advice import WHATEVER, Advice, advise
from samenspel.engine.roles.cases import Case, worked_out_of
from samenspel.engine.roles.facts import FACTS, MEASURES, Answer, Said
from samenspel.engine.roles.rules import RULES, Outcome
from samenspel.engine.roles.shipped import cases_of, precedents_of, shipped
from tests.pages.reading import LONGEST_MEAN, measure

BERKELLAND = shipped("berkelland")
FILES = sorted(each.name for each in (files("samenspel") / "frameworks" / "berkelland" / "cases").iterdir())
NAMES = [name.removesuffix(".toml") for name in FILES]
CASES = dict(zip(NAMES, cases_of("berkelland"), strict=True))
FEWEST = 110


def _day(case: Case) -> date:
    return case.on or BERKELLAND.since


def _advice(name: str) -> Advice:
    return advise(CASES[name], BERKELLAND, _day(CASES[name]), precedents_of("berkelland"))


def _deciding(name: str) -> str:
    return next(rule.id for rule in _advice(name).rules if rule.decides)


def _conditions(name: str) -> set[str]:
    return {note.id for note in _advice(name).conditions}


def _review(name: str) -> set[str]:
    return {note.id for note in _advice(name).review}


def _verdict(name: str, principle: int) -> str:
    return next(each.verdict for each in _advice(name).principles if each.number == principle)


def _change(name: str, to: Outcome) -> Mapping[str, Answer]:
    return next(change.facts for change in _advice(name).would_change if change.to == to)


@pytest.mark.parametrize("name", NAMES)
def test_a_case_gives_the_advice_that_the_text_gives(name: str) -> None:
    assert _advice(name).outcome.key == CASES[name].expect


@pytest.mark.parametrize("name", NAMES)
def test_a_case_says_which_sentence_of_the_text_it_shows(name: str) -> None:
    case = CASES[name]

    assert re.fullmatch(r"“[^“”]+”", case.shows)
    assert re.search(r"§[2-6]|Ter illustratie|Nawoord", case.source)


@pytest.mark.parametrize("name", NAMES)
def test_a_policy_officer_can_read_the_story_of_a_case(name: str) -> None:
    story = re.split(r"(?<=[.!?])\s+", CASES[name].story)

    assert 2 <= len(story) <= 4
    assert measure(story).mean <= LONGEST_MEAN


def test_there_are_enough_cases_and_no_two_have_the_same_title() -> None:
    assert len(NAMES) >= FEWEST
    assert [title for title, times in Counter(case.title for case in CASES.values()).items() if times > 1] == []


def test_every_outcome_is_shown_by_two_cases_or_more() -> None:
    shown = Counter(case.expect for case in CASES.values())

    assert [outcome.key for outcome in Outcome if shown[outcome.key] < 2] == []


def test_every_rule_is_shown_deciding_a_case() -> None:
    assert {WHATEVER, *(rule.id for rule in RULES)} - {_deciding(name) for name in NAMES} == set()


def test_every_rule_decides_for_the_outcome_that_its_case_expects() -> None:
    speaks_for = {rule.id: rule.speaks_for for rule in RULES}

    ruled = [name for name in NAMES if _deciding(name) != WHATEVER]
    assert [name for name in ruled if speaks_for[_deciding(name)].key != CASES[name].expect] == []


def test_every_fact_and_every_measure_is_used_by_a_case() -> None:
    said = {fact for case in CASES.values() for fact in case.facts}
    worked_out = {threshold.fact for threshold in BERKELLAND.thresholds} | {"review_due"}

    assert set(FACTS) - said - worked_out == set()
    assert set(MEASURES) - {measure for case in CASES.values() for measure in case.measures} == set()


@pytest.mark.parametrize("threshold", [each.id for each in BERKELLAND.thresholds])
def test_a_threshold_is_shown_saying_yes_and_saying_no(threshold: str) -> None:
    found = {
        answer
        for case in CASES.values()
        for answer, by in worked_out_of(case, BERKELLAND.in_force(_day(case))).values()
        if by.id == threshold
    }

    assert found >= {Answer.YES, Answer.NO}


def test_a_case_says_who_answered_by_function_where_it_gives_evidence() -> None:
    given = [said for case in CASES.values() for said in case.facts.values() if said.by]

    assert len(given) >= 4
    assert [said for said in given if said.by != said.by.lower() or not said.on] == []


# The text's own two, and the ten vignettes of the research (domain §3a).


def test_there_are_ten_vignettes() -> None:
    numbers = [found.group(1) for name in NAMES if (found := re.match(r"vignette-(\d\d)-", name))]

    assert numbers == [f"{number:02}" for number in range(1, 11)]


@pytest.mark.parametrize("name", ["koor-piano", "vignette-01-koor-vraagt-hulp"])
def test_the_choir_keeps_role_1_with_support_that_is_possible_and_not_automatic(name: str) -> None:
    assert _conditions(name) == {"not_automatic"}
    assert _change(name, Outcome.ROLE_2) == {"can_alone": Answer.NO, "proven": Answer.YES}
    assert _advice(name).owner == "community"


@pytest.mark.parametrize("name", ["hulpmiddel-pool", "vignette-02-hulpmiddel-wmo"])
def test_the_aid_keeps_role_4_with_the_pool_as_a_way_and_the_right_as_it_was(name: str) -> None:
    assert _conditions(name) >= {"right_stands", "pool"}
    assert _advice(name).owner == "municipality"


def test_few_participants_open_a_review_and_leave_the_role_as_it_is() -> None:
    name = "vignette-03-weinig-deelnemers"

    assert _review(name) == {"few_participants"}
    assert _advice(name).outcome == CASES[name].now.role


def test_what_the_community_can_carry_goes_back_to_it_in_a_time_of_transition() -> None:
    assert _conditions("vignette-04-subsidie-item-zelf-te-dragen") == {"not_automatic", "transition"}
    assert _review("vignette-04-subsidie-item-zelf-te-dragen") == {"could_carry"}


def test_what_is_strengthened_has_a_day_to_look_back() -> None:
    assert "evaluation_date" not in _conditions("vignette-05-initiatief-versterken")
    assert _verdict("vignette-05-initiatief-versterken", 5) == "holds"
    assert _review("vignette-05-initiatief-versterken") == {"volunteers_stop"}
    assert "evaluation_date" in _conditions("inloop-vraagt-overname")


def test_what_is_not_done_stays_with_the_residents_and_on_the_map() -> None:
    assert _conditions("vignette-06-niet-inclusief") == {"stays_on_the_map", "may_return"}
    assert _verdict("vignette-06-niet-inclusief", 1) == "fails"
    assert _advice("vignette-06-niet-inclusief").owner == "community"


def test_a_building_for_one_purpose_is_asked_to_serve_more_groups() -> None:
    assert _conditions("vignette-07-gebouw-voor-een-doel") >= {"multi_use", "future_proof"}
    assert _verdict("vignette-07-gebouw-voor-een-doel", 3) == "fails"
    assert "multi_use" not in _conditions("dorpshuis-dak-veel-gebruikers")


def test_a_statutory_task_would_be_role_4_without_the_residents_who_design_along() -> None:
    assert _change("vignette-08-wettelijke-taak-samen", Outcome.ROLE_4) == {"codesign": Answer.NO}


def test_a_circle_round_a_neighbour_is_not_recorded() -> None:
    name = "vignette-09-kring-rond-een-buurman"

    assert _conditions(name) == {"no_record"}
    assert (_advice(name).sphere, _advice(name).sphere_doubt) == ("personal", "")
    assert {each.verdict for each in _advice(name).principles} == {"not_in_play"}


def test_another_applicant_with_the_same_facts_is_an_equal_case() -> None:
    equal = {other.title: other.advice for other in _advice("vignette-10-gelijk-geval").equal_cases}

    assert equal[CASES["koor-piano"].title] == _advice("vignette-10-gelijk-geval").outcome


# What our own cases show beside their role.


@pytest.mark.parametrize(
    "name", ["buurtmoestuin-begint", "repair-cafe-begint", "huiskamer-nieuwkomers", "uitdagen-groenonderhoud"]
)
def test_what_is_new_gets_role_2_for_a_time(name: str) -> None:
    agreed = CASES[name].facts.get("evaluation_agreed", Said(Answer.UNKNOWN)).answer == Answer.YES

    assert _deciding(name) == "temporary"
    assert "temporary" in _conditions(name)
    assert ("evaluation_date" in _conditions(name)) is not agreed


def test_a_right_is_mended_and_not_refused_when_a_condition_fails() -> None:
    assert _conditions("huishoudelijke-hulp-wachtlijst") >= {"right_stands", "mend_not_refuse"}


def test_the_law_is_looked_at_first_where_it_is_not_known() -> None:
    assert "check_principle_1" in _conditions("gezamenlijke-maaltijd-voorwaarde-onbekend")


@pytest.mark.parametrize("name", ["taalcafe-bibliotheek", "maatjesproject-welzijn", "bibliotheek"])
def test_roles_3_and_4_can_be_of_a_party(name: str) -> None:
    assert _advice(name).owner == "party"


def test_residents_with_a_paid_worker_are_in_the_communal_sphere_with_a_doubt() -> None:
    advice = _advice("dorpshuis-betaalde-beheerder")

    assert advice.sphere == "community"
    assert "betaalde kracht" in advice.sphere_doubt


@pytest.mark.parametrize(
    ("name", "doubt"),
    [("lotgenoten-na-verlies", "bewonersinitiatieven"), ("wandelgroep", "eigen kring"), ("koor-piano", "")],
)
def test_what_residents_do_without_a_form_is_communal_with_a_doubt(name: str, doubt: str) -> None:
    advice = _advice(name)

    assert advice.sphere == "community"
    assert doubt in advice.sphere_doubt
    assert bool(advice.sphere_doubt) == bool(doubt)


@pytest.mark.parametrize(
    ("name", "review"),
    [
        ("wijkcentrum-terugkijken", {"few_participants", "review_due"}),
        ("buurthulp-met-coordinator", {"review_due"}),
        ("vrijwilligersvervoer-auto", {"volunteers_stop"}),
        ("ijsbaan-nieuw-beleid", {"policy_changed"}),
        ("dagvoorziening-zonder-indicatie", set()),
        ("ehbo-vereniging", set()),
    ],
)
def test_a_case_names_its_reasons_to_look_again(name: str, review: set[str]) -> None:
    assert _review(name) == review


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("zorgcooperatie-recht-onbekend", "individual_right"),
        ("muziekschool-nog-geen-besluit", "institutional_choice"),
        ("voetbalclub-kleedkamers", "proven"),
        ("digitaal-cafe", "fits_policy"),
        ("buurtkamer-idee-van-de-raad", "can_alone"),
        ("opvoedgroep-wie-beslist", "residents_decide"),
    ],
)
def test_where_not_enough_is_known_the_fact_that_the_story_lacks_is_named_missing(name: str, fact: str) -> None:
    assert fact in _advice(name).missing


# Where an earlier reader of the text and the rules differed, and what was learned.


@pytest.mark.parametrize("name", ["cursus-van-stichting-past-niet", "yogastudio-vraagt-matten", "dansschool-koos-zelf"])
def test_what_a_party_chose_and_does_not_fit_is_not_done_and_is_not_on_the_map_of_residents(name: str) -> None:
    assert _deciding(name) == "no_fit"
    assert _advice(name).owner == "party"
    assert _conditions(name) == set()


def test_what_the_municipality_chose_and_does_not_fit_any_more_is_looked_at_again() -> None:
    assert _advice("cursus-die-niet-meer-past").owner == "municipality"
    assert _review("cursus-die-niet-meer-past") == {"few_participants", "policy_changed"}


@pytest.mark.parametrize("name", ["zorgcooperatie-met-indicatie", "bibliotheek-door-bewoners"])
def test_residents_who_decide_within_the_law_make_role_3(name: str) -> None:
    assert _deciding(name) in {"right_together", "task_together"}
    assert _change(name, Outcome.ROLE_4) == {"residents_decide": Answer.NO}


@pytest.mark.parametrize(
    ("name", "sought"),
    [
        ("mensen-zonder-netwerk", True), ("leesmaatjes-wie-denkt-mee", True), ("kunstuitleen-zonder-bestuur", True),
        ("beweegtuin-van-gemeente", False), ("bibliotheek-door-bewoners", False),
    ],
)  # fmt: skip
def test_role_3_seeks_residents_where_none_contributes_yet(name: str, sought: bool) -> None:
    assert _advice(name).outcome == Outcome.ROLE_3
    assert ("seek_residents" in _conditions(name)) is sought


def test_a_group_may_find_its_participants_few_where_the_number_is_above_the_threshold() -> None:
    name = "leesgroep-meldt-weinig-mensen"
    worked_out = worked_out_of(CASES[name], BERKELLAND.in_force(_day(CASES[name])))

    assert worked_out["few_participants"][0] == Answer.NO
    assert _review(name) == {"few_participants"}


@pytest.mark.parametrize(
    "name",
    ["inloop-met-vier-antwoorden", "popkoor-recht-niet-gevraagd", "kerstmarkt-voor-leden", "jeu-de-boules-bankjes"],
)
def test_what_residents_decide_waits_for_no_answer_about_a_right_but_it_is_named_missing(name: str) -> None:
    assert "individual_right" in _advice(name).missing


def test_an_item_that_could_be_carried_takes_no_support_from_what_cannot_be_done_alone() -> None:
    assert "carry_itself" in _conditions("toneelclub-lamp")
    assert _review("toneelclub-lamp") == {"could_carry"}
    assert _change("toneelclub-lamp", Outcome.ROLE_1) == {"can_alone": Answer.YES}


def test_who_shuts_people_out_and_asks_nothing_is_left_alone_and_stays_on_the_map() -> None:
    assert _advice("mannengroep-vraagt-niets").owner == "community"
    assert _conditions("mannengroep-vraagt-niets") == {"stays_on_the_map", "may_return"}


def test_what_the_municipality_does_and_residents_can_is_a_reason_to_look_again() -> None:
    assert _review("koffieochtend-van-gemeente") == {"could_carry"}
    assert _change("koffieochtend-van-gemeente", Outcome.ROLE_1) == {"residents_decide": Answer.YES}


def test_the_municipality_takes_over_once_residents_decide_no_more() -> None:
    assert _change("inloop-vraagt-overname", Outcome.ROLE_3) == {"residents_decide": Answer.NO}


def test_what_friends_do_is_theirs_until_it_is_known_to_have_a_form_or_to_be_open() -> None:
    assert set(_advice("vriendenkring-vraagt-bijdrage").missing) == {"open_to_others", "organized"}
    assert "is niet bekend" in _advice("vriendenkring-vraagt-bijdrage").sphere_doubt
    assert _review("vriendenkring-vraagt-bijdrage") == set()


def test_who_may_have_a_right_in_the_own_circle_is_told_to_ask() -> None:
    assert _conditions("zoon-vraagt-bed-voor-moeder") == {"ask_right", "no_record"}
    assert _conditions("vriendenkring-vraagt-bijdrage") == {"no_record"}


@pytest.mark.parametrize("name", ["kookles-zonder-succes", "theetuin-wie-beslist"])
def test_what_is_so_whatever_the_answers_waits_for_none(name: str) -> None:
    advice = _advice(name)

    assert (_deciding(name), advice.missing) == (WHATEVER, ())
    assert Answer.UNKNOWN in (advice.answers["residents_decide"], advice.answers["fits_policy"])
