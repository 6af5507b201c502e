"""A threshold makes a fact of a number from its day on; a fact that says otherwise is refused."""

from datetime import date

import pytest

from samenspel.engine.frameworks import compose
from samenspel.engine.roles.cases import answers_of, read_case, worked_out_of
from samenspel.engine.roles.facts import Answer
from samenspel.engine.toml_lines import Refused
from tests.engine.roles.written import a_threshold, read_own

CASE = 'title = "Een casus"\n'
DAY = date(2026, 6, 1)
DATED = a_threshold() + a_threshold(below=20, **{"from": "2026-07-01"}) + a_threshold(below=5, **{"from": "2027-01-01"})


def answer(text: str, thresholds: str, on: date = DAY, fact: str = "few_participants") -> Answer:
    framework = read_own(thresholds)
    return answers_of(read_case((CASE + text).encode(), "c.toml", framework, on), framework, on)[fact]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2025, 12, 31), Answer.UNKNOWN),
        (date(2026, 1, 1), Answer.NO),
        (date(2026, 6, 30), Answer.NO),
        (date(2026, 7, 1), Answer.YES),
        (date(2027, 1, 1), Answer.NO),
    ],
    ids=str,
)
def test_the_newest_value_of_the_day_is_in_force(on: date, expected: Answer) -> None:
    assert answer("[measures]\nparticipants = 15", DATED, on) == expected


@pytest.mark.parametrize(
    ("comparison", "below", "at", "above"),
    [("below", 1, 0, 0), ("at_most", 1, 1, 0), ("at_least", 0, 1, 1), ("above", 0, 0, 1)],
)
def test_a_number_is_compared_as_the_word_says(comparison: str, below: int, at: int, above: int) -> None:
    threshold = a_threshold(**{"below": None, comparison: 10})
    for number, holds in ((9.9, below), (10, at), (10.1, above)):
        expected = Answer.YES if holds else Answer.NO
        assert answer(f"[measures]\nparticipants = {number}", threshold) == expected


@pytest.mark.parametrize(
    ("measure", "numbers", "value", "expected"),
    [
        ("participants_share", "participants = 4\ntarget_group = 100", 5, Answer.YES),
        ("participants_share", "participants = 5\ntarget_group = 100", 5, Answer.NO),
        ("participants_share", "participants = 5", 5, Answer.UNKNOWN),
        ("participants_share", "participants = 0\ntarget_group = 0", 5, Answer.UNKNOWN),
        ("volunteers_share", "volunteers = 3\nvolunteers_before = 6", 51, Answer.YES),
        ("own_income_share", "own_income = 50\nyearly_cost = 100", 50, Answer.NO),
        ("amount_per_participant", "amount = 100\nparticipants = 10", 11, Answer.YES),
        ("amount_per_participant", "amount = 100\nparticipants = 0", 11, Answer.UNKNOWN),
    ],
    ids=lambda value: str(value).replace("\n", ", "),
)
def test_a_share_is_worked_out_and_what_cannot_be_is_unknown(
    measure: str, numbers: str, value: int, expected: Answer
) -> None:
    assert answer(f"[measures]\n{numbers}", a_threshold(measure=f'"{measure}"', below=value)) == expected


@pytest.mark.parametrize(
    ("participants", "volunteers", "expected"),
    [(5, 5, Answer.YES), (5, 50, Answer.NO), (50, None, Answer.NO), (5, None, Answer.UNKNOWN)],
    ids=["both hold", "one does not", "one does not, other unknown", "one holds, other unknown"],
)
def test_of_several_thresholds_on_one_fact_all_must_hold(
    participants: int, volunteers: int | None, expected: Answer
) -> None:
    two = a_threshold() + a_threshold(id='"few_hands"', measure='"volunteers"')
    numbers = f"participants = {participants}\n" + (f"volunteers = {volunteers}" if volunteers else "")

    assert answer(f"[measures]\n{numbers}", two) == expected


def test_what_somebody_said_stands_where_no_number_speaks() -> None:
    assert answer('[facts]\nfew_participants = "yes"', a_threshold()) == Answer.YES
    assert answer('[facts]\nfew_participants = "unknown"\n[measures]\nparticipants = 3', a_threshold()) == Answer.YES


def test_who_denies_what_a_number_shows_is_refused_at_the_line_of_the_fact() -> None:
    with pytest.raises(Refused) as refused:
        answer('[measures]\nparticipants = 3\n[facts]\nproven = "no"\nfew_participants = "no"', DATED)

    assert (refused.value.line, refused.value.path) == (6, "facts.few_participants")
    assert refused.value.reason == (
        "few_participants is “no”, maar participants is 3 en drempel few (below 10 vanaf 2026-01-01) "
        "maakt daar “yes” van"
    )


@pytest.mark.parametrize(
    ("said", "number", "expected"),
    [("yes", 30, Answer.YES), ("yes", 3, Answer.YES), ("no", 30, Answer.NO), ("unknown", 30, Answer.NO)],
)
def test_who_sees_what_a_number_does_not_show_yet_is_heard(said: str, number: int, expected: Answer) -> None:
    text = f'[measures]\nparticipants = {number}\n[facts]\nfew_participants = "{said}"'

    assert answer(text, a_threshold()) == expected


def test_the_threshold_that_settles_it_is_the_one_that_is_named() -> None:
    two = a_threshold() + a_threshold(id='"few_hands"', measure='"volunteers"')
    case = read_case((CASE + "[measures]\nparticipants = 5\nvolunteers = 50").encode(), "c.toml", read_own(two), DAY)
    settles = worked_out_of(case, read_own(two).in_force(DAY))

    assert {fact: (made, by.id) for fact, (made, by) in settles.items()} == {
        "few_participants": (Answer.NO, "few_hands")
    }
    with pytest.raises(Refused, match="maar participants is 5 en drempel few "):
        answer('[measures]\nparticipants = 5\nvolunteers = 4\n[facts]\nfew_participants = "no"', two)


def test_a_fact_is_held_against_the_thresholds_of_the_day_that_is_asked() -> None:
    text = 'on = 2026-06-01\n[measures]\nparticipants = 15\n[facts]\nfew_participants = "no"'

    framework = read_own(DATED)
    assert read_case((CASE + text).encode(), "c.toml", framework).on == date(2026, 6, 1)
    with pytest.raises(Refused, match="below 20 vanaf 2026-07-01"):
        read_case((CASE + text).encode(), "c.toml", framework, date(2026, 7, 1))


def test_more_participants_than_people_it_is_for_are_refused() -> None:
    with pytest.raises(Refused, match=r"regel 3: er zijn meer deelnemers"):
        answer("[measures]\nparticipants = 2\ntarget_group = 1", "")


IMPOSSIBLE = [
    ("now", "review_on = 2026-06-01", "review_due", "no", "review_due is “no”, maar de dag om terug te kijken was"),
    ("now", "review_on = 2026-06-02", "evaluation_agreed", "no",
     "evaluation_agreed is “no”, maar er is een dag om terug te kijken: 2026-06-02"),
    ("measures", "years_running = 10", "new_initiative", "yes",
     "new_initiative is “yes”, maar het is al 10 jaar bezig"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "beside", "fact", "said", "reason"), IMPOSSIBLE, ids=[fact for _, _, fact, _, _ in IMPOSSIBLE]
)
def test_two_that_cannot_both_be_are_refused_at_the_line_of_the_fact(
    table: str, beside: str, fact: str, said: str, reason: str
) -> None:
    with pytest.raises(Refused) as refused:
        answer(f'[facts]\nproven = "no"\n{fact} = "{said}"\n[{table}]\n{beside}', "")

    assert (refused.value.line, refused.value.path) == (4, f"facts.{fact}")
    assert refused.value.reason.startswith(reason)


@pytest.mark.parametrize(
    ("table", "beside", "fact", "said"),
    [
        ("now", "review_on = 2026-06-02", "review_due", "no"),
        ("now", "review_on = 2026-06-02", "review_due", "yes"),
        ("now", "review_on = 2026-06-01", "review_due", "yes"),
        ("now", "review_on = 2026-06-01", "review_due", "unknown"),
        ("now", "review_on = 2026-06-01", "evaluation_agreed", "no"),
        ("now", "review_on = 2026-06-02", "evaluation_agreed", "yes"),
        ("measures", "years_running = 9.9", "new_initiative", "yes"),
        ("measures", "years_running = 40", "new_initiative", "no"),
        ("measures", "participants = 40", "new_initiative", "yes"),
    ],
    ids=lambda value: str(value),
)
def test_two_that_can_both_be_are_read(table: str, beside: str, fact: str, said: str) -> None:
    assert answer(f'[facts]\n{fact} = "{said}"\n[{table}]\n{beside}', "", fact=fact) in Answer


def test_what_is_impossible_is_so_on_the_day_that_is_asked() -> None:
    text = 'title = "x"\non = 2026-06-01\n[facts]\nreview_due = "no"\n[now]\nreview_on = 2026-07-01'

    assert read_case(text.encode(), "c.toml", read_own()).now.review_on == date(2026, 7, 1)
    with pytest.raises(Refused, match="regel 4: review_due is “no”"):
        read_case(text.encode(), "c.toml", read_own(), date(2026, 7, 1))


def test_an_own_value_goes_above_that_of_what_it_builds_on() -> None:
    base, own = read_own(a_threshold(below=10)), read_own(a_threshold(below=20))

    assert [each.value for each in compose(own, [base]).in_force(DAY)] == [20]
    assert compose(own, [base, base, own]).thresholds == (*base.thresholds, *own.thresholds)
