"""What a question finds, and what it never finds."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samenspel.people.actions import set_area_contact
from samenspel.people.facts import ContactFacts
from samenspel.socialmap import actions, listing, retrieval
from samenspel.socialmap.ask import Answer, Filters, as_data, ask, browse, warm
from samenspel.socialmap.facts import PlaceFacts
from samenspel.socialmap.index import IndexFolder, Writer
from tests.socialmap.index_cast import AT, BY, ELSEWHERE, Town, bare_town, town_with_offerings, weekly

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(tmp_path: Path, settings: Any) -> Town:
    settings.DATA = tmp_path
    return town_with_offerings()


def write(at: datetime = AT) -> None:
    folder = IndexFolder.of_installation()
    with folder.writing():
        writer = Writer(folder)
        writer.bring_up_to_date(at=at)
        writer.close()


@pytest.fixture
def asked(town: Town) -> Callable[..., Answer]:
    """Ask in the east of the town, after whatever the test changed is indexed."""

    def put(question: str, *, area: str = "east", at: datetime = AT, **rest: Any) -> Answer:
        write(at)
        return ask(question, near=town.near(area), at=at, **rest)

    return put


def names(answer: Answer) -> list[str]:
    return [result.entry.name for result in answer.results]


def test_a_need_is_found_without_a_word_in_common(asked: Callable[..., Answer]) -> None:
    answer = asked("iemand die met mijn moeder wil wandelen")

    assert [need.key for need in answer.needs][0] == "walking_buddy"
    assert {"Ommetje met thermoskan", "Een maatje"} <= set(names(answer))


def test_a_word_is_found_without_a_need(asked: Callable[..., Answer]) -> None:
    answer = asked("thermoskan")

    assert names(answer) == ["Ommetje met thermoskan"]
    assert answer.needs == ()


def test_the_name_counts_more_than_the_description(town: Town, asked: Callable[..., Answer]) -> None:
    town.offer("a", name="Avond in de buurt", description="Soms is er een zandkasteel.", place="house")
    town.offer("b", name="Zandkasteel bouwen", place="house")

    assert names(asked("zandkasteel")) == ["Zandkasteel bouwen", "Avond in de buurt"]


def test_the_name_of_organization_place_and_village_are_words_too(asked: Callable[..., Answer]) -> None:
    assert "Een maatje" in names(asked("Waardwerk"))
    assert "Schaakavond" in names(asked("Leeskamer"))
    assert "Schaakavond" in names(asked("Zeestede"))


def test_the_result_carries_what_a_card_shows(asked: Callable[..., Answer], town: Town) -> None:
    actions.confirm_offering(offering=town.offerings["walk"], method="visit", confirmed_by="verbinder", by=BY, at=AT)

    result = asked("thermoskan").results[0]

    assert result.slug == "ommetje-met-thermoskan"
    assert result.reason.startswith("Lijkt op wat u vraagt. ")
    assert result.distance_m is not None
    assert result.distance_m < 500
    assert [f"{moment:%a %H:%M}" for moment in result.next_dates] == ["Tue 10:00"] * 3
    assert (result.confirmed_on, result.confirmed_by_method, result.freshness) == (AT.date(), "visit", "fresh")
    assert (result.entry.organization, result.entry.place) == ("De Ringdijkers", "Buurthuis De Roef")
    assert result.entry.area == "Zeestede"


def test_trust_is_of_the_moment_of_asking_and_not_of_the_moment_of_indexing(
    town: Town, asked: Callable[..., Answer]
) -> None:
    actions.confirm_offering(offering=town.offerings["walk"], method="visit", confirmed_by="verbinder", by=BY, at=AT)
    assert asked("thermoskan").results[0].freshness == "fresh"

    later = ask("thermoskan", near=town.near(), at=AT + timedelta(days=500))

    assert later.results[0].freshness == "stale"


def test_a_date_that_is_over_is_not_shown_while_one_that_runs_is(town: Town, asked: Callable[..., Answer]) -> None:
    start = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # Tuesday, 10:00 in Amsterdam, until 12:00

    def first_day(at: datetime) -> date:
        return asked("thermoskan", at=at).results[0].next_dates[0].date()

    assert first_day(start + timedelta(minutes=119)) == date(2026, 11, 24)
    assert first_day(start + timedelta(minutes=120)) == date(2026, 12, 1)
    assert first_day(start) == date(2026, 11, 24)


def test_another_municipality_finds_its_own_only(town: Town, asked: Callable[..., Answer]) -> None:
    other = bare_town(ELSEWHERE)
    other.offer("walk", name="Thermoskan elders", place="house")

    assert names(asked("thermoskan")) == ["Ommetje met thermoskan"]
    assert names(ask("thermoskan", near=other.near(), at=AT)) == ["Thermoskan elders"]


def test_what_is_for_another_part_of_town_is_not_offered(town: Town, asked: Callable[..., Answer]) -> None:
    assert names(asked("boodschappenfiets", area="east")) == ["Boodschappenfiets"]
    assert names(asked("boodschappenfiets", area="west")) == []

    somewhere = replace(town.near("west"), neighborhood=None)
    assert names(ask("boodschappenfiets", near=somewhere, at=AT)) == ["Boodschappenfiets"]


def test_what_has_not_begun_or_has_ended_is_not_found(town: Town, asked: Callable[..., Answer]) -> None:
    town.offer("later", name="Zandkasteel in de lente", active_from=date(2026, 12, 1))
    actions.end_offering(offering=town.offerings["chess"], on=date(2026, 12, 1), by=BY, at=AT)

    assert names(asked("zandkasteel")) == []
    assert names(asked("schaakavond")) == ["Schaakavond"]
    november, december = AT, datetime(2026, 12, 1, 12, tzinfo=UTC)
    assert november < december
    assert names(ask("zandkasteel", near=town.near(), at=december)) == ["Zandkasteel in de lente"]
    assert names(ask("schaakavond", near=town.near(), at=december)) == []


def test_a_group_that_withdrew_is_gone_at_once(town: Town, asked: Callable[..., Answer]) -> None:
    listing.withdraw_listing(organization=town.groups["club"], by=BY, at=AT)

    assert names(asked("thermoskan")) == []


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(themes=("move",)), ["Ommetje met thermoskan"]),
        (Filters(themes=("eat", "money")), ["Aanschuiven", "Papierenuur"]),
        (Filters(free_only=True), ["Boodschappenfiets", "Ommetje met thermoskan", "Papierenuur"]),
        (Filters(free_only=True, step_free_only=True), ["Ommetje met thermoskan", "Papierenuur"]),
        (Filters(when="today"), ["Schaakavond"]),
        (Filters(layer=3), ["Een maatje"]),
        (Filters(themes=("meet",), when="today", layer=1), []),
    ],
)
def test_filters_hold_for_browsing_and_for_asking(
    town: Town, asked: Callable[..., Answer], filters: Filters, found: list[str]
) -> None:
    everything = "Ommetje maatje Schaakavond Papierenuur Belcirkel Aanschuiven Boodschappenfiets"

    assert sorted(names(asked(everything, filters=filters))) == found
    assert sorted(names(browse(near=town.near(), at=AT, filters=filters))) == found


def test_this_week_ends_on_sunday_and_today_at_midnight(town: Town, asked: Callable[..., Answer]) -> None:
    monday, week = datetime(2026, 11, 23, 11, tzinfo=UTC), Filters(when="this_week")
    after_chess = datetime(2026, 11, 21, 21, tzinfo=UTC)
    write()

    assert names(browse(near=town.near(), at=AT, filters=week)) == ["Schaakavond"]
    assert names(browse(near=town.near(), at=after_chess, filters=week)) == []
    assert len(names(browse(near=town.near(), at=monday, filters=week))) == 4


def test_browsing_gives_everything_here_with_a_reason_that_claims_no_likeness(town: Town) -> None:
    write()

    answer = browse(near=town.near(), at=AT)

    assert len(answer.results) == len(town.offerings)
    assert not any("vraagt" in result.reason for result in answer.results)
    assert answer.results[0].reason


def test_nothing_found_says_so_and_names_the_person_to_call(asked: Callable[..., Answer]) -> None:
    answer = asked("xylofoonkwartet")

    assert answer.results == ()
    assert answer.contact is not None
    assert answer.note == "Wij vonden niets dat hierbij past. Bel gerust Gülsen (verbinder): 0320555101."

    away = replace(ContactFacts.of(answer.contact), deputy_name="Arjan", deputy_phone="0320555107", away=True)
    set_area_contact(area=answer.contact.area, facts=away, by=BY, at=AT)
    assert "Bel gerust Arjan (verbinder): 0320555107." in asked("xylofoonkwartet").note


def test_help_that_must_come_at_once_needs_no_index(town: Town) -> None:
    answer = ask("ik wil niet meer leven", near=town.near(), at=AT)

    assert [urgent.key for urgent in answer.urgent] == ["suicide"]
    assert not answer.is_complete
    assert answer.contact is not None
    assert "Zoeken lukt nu even niet" in answer.note


def test_a_fault_while_searching_hides_no_help_and_logs_no_word_of_the_question(
    asked: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked("thermoskan")

    def broken(*_: object, **__: object) -> None:
        raise ValueError("zelfmoord")

    monkeypatch.setattr(retrieval.View, "search", broken)
    answer = asked("zelfmoord en samen wandelen")

    assert [urgent.key for urgent in answer.urgent] == ["suicide"]
    assert not answer.is_complete
    assert "ValueError" in caplog.text
    assert "zelfmoord" not in caplog.text


def test_what_is_over_today_makes_room_for_what_still_comes(town: Town, asked: Callable[..., Answer]) -> None:
    for number in range(30):
        town.offer(f"over-{number}", name="Knikkeren", place="house", times=(weekly("SA", 6),))
    town.offer("still", name="Knikkeren laat", place="house", times=(weekly("SA", 19),))

    answer = asked("knikkeren", filters=Filters(when="today"), limit=1, at=datetime(2026, 11, 21, 15, tzinfo=UTC))

    assert names(answer) == ["Knikkeren laat"]


def test_a_process_can_warm_up_before_there_is_an_index_and_after(town: Town) -> None:
    warm()
    write()
    warm()


def test_browsing_without_an_index_says_that_nothing_means_nothing(town: Town) -> None:
    assert not browse(near=town.near(), at=AT).is_complete


def test_urgent_help_is_not_followed_by_nothing_found(asked: Callable[..., Answer]) -> None:
    assert asked("zelfmoord").note == ""


def test_a_professional_can_be_asked_for(asked: Callable[..., Answer]) -> None:
    wanted = "samen wandelen"

    assert names(asked(wanted))[0] == "Ommetje met thermoskan"
    assert names(asked(wanted, filters=Filters(professional=True)))[0] == "Een maatje"


def test_the_reason_is_told_in_english_on_request(asked: Callable[..., Answer]) -> None:
    assert asked("going for a walk", language="en").results[0].reason.startswith("Fits: walking together.")


@pytest.mark.parametrize("question", ["", " ", "?!", "🙂", "a\x00b", "OR AND NOT", 'name:"x" +(', "*", "x" * 5000])
def test_any_text_gets_an_answer(asked: Callable[..., Answer], question: str) -> None:
    assert asked(question).results == ()


def test_the_number_of_queries_does_not_depend_on_what_is_found(town: Town, asked: Callable[..., Answer]) -> None:
    for number in range(20):
        town.offer(f"more-{number}", name=f"Thermoskan nummer {number}", needs=["walking_buddy"])
    asked("thermoskan")

    with CaptureQueriesContext(
        connection,
    ) as many:
        assert len(ask("wandelen met thermoskan", near=town.near(), at=AT, limit=50).results) > 20
    with CaptureQueriesContext(connection) as none:
        assert ask("xylofoonkwartet", near=town.near(), at=AT).results == ()

    assert len(many) == 0
    assert len(none) == 1


def test_where_more_is_found_than_can_be_ranked_what_is_nearby_comes_in(
    town: Town, asked: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrieval, "MOST_CANDIDATES", 5)
    far = PlaceFacts(name="Ver weg", latitude=52.9, longitude=5.9, city="Rietkoog")
    town.places["far"] = actions.add_meeting_place(municipality=town.municipality, facts=far, by=BY, at=AT)
    for number in range(40):
        town.offer(f"far-{number}", name="Zandkasteel", needs=["music"], place="far")
    town.offer("near", name="Zandkasteel", needs=["music"], place="house")

    assert asked("zandkasteel", limit=1).results[0].entry.place == "Buurthuis De Roef"
    assert asked("muziek maken", limit=1).results[0].entry.place == "Buurthuis De Roef"


def test_the_answer_as_data_has_the_agreed_keys(asked: Callable[..., Answer]) -> None:
    data = as_data(asked("samen wandelen, ik wil niet meer leven"))

    assert list(data) == ["question", "near", "urgent", "needs", "rights", "results", "note"]
    assert list(data["results"][0]) == [
        "id", "name", "summary", "kind", "layer", "area", "distance_m", "reason", "confirmed_on",
    ]  # fmt: skip
    assert data["near"] == "Oosterkwartier"


def test_equal_offerings_come_in_the_same_order_whatever_the_order_of_writing(
    town: Town, asked: Callable[..., Answer]
) -> None:
    for number in range(6):
        town.offer(f"same-{number}", name="Knikkeren", place="house", times=(weekly("WE", 14),))
    first = [result.entry.id for result in asked("knikkeren").results]
    for key in ("same-3", "same-0", "same-5"):
        town.change(key, summary="Op het plein.")
        town.change(key, summary="Knikkeren")

    assert [result.entry.id for result in asked("knikkeren").results] == first
    assert len(first) == 6
