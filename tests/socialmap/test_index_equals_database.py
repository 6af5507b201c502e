"""An index that grew change by change is the same as one built anew, in what it holds and in what it answers."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from samenspel.people.facts import OrganizationFacts
from samenspel.socialmap import actions, listing, retrieval
from samenspel.socialmap.ask import Filters, as_data, ask, browse
from samenspel.socialmap.facts import PlaceFacts
from samenspel.socialmap.index import IndexFolder, Reader, Writer, difference
from samenspel.socialmap.models import MeetingPlace, Offering
from tests.socialmap.index_cast import AT, BY, Town, town_with_offerings, weekly

pytestmark = pytest.mark.django_db(transaction=True)

QUESTIONS = (
    "iemand die met mijn moeder wil wandelen",
    "ik wil schaken",
    "ik snap mijn post niet",
    "samen eten op donderdag",
    "een rondje om de plas",
    "Waardwerk",
    "nieuw aanbod met koffie",
)


def answers(town: Town, data: Path, settings: Any) -> list[Any]:
    settings.DATA = data
    asked = [as_data(ask(question, near=town.near(), at=AT)) for question in QUESTIONS]
    return [*asked, as_data(browse(near=town.near("west"), at=AT, filters=Filters(free_only=True)))]


def add(town: Town, dice: random.Random) -> None:
    number = len(town.offerings)
    town.offer(f"new-{number}", name=f"Nieuw aanbod {number} met koffie", needs=["coffee"], place="house")


def rename(town: Town, dice: random.Random) -> None:
    word = dice.choice(["Schaken", "Wandelen", "Koffie", "Post"])
    town.change(dice.choice(list(town.offerings)), name=f"{word} voor iedereen")


def fill(town: Town, dice: random.Random) -> None:
    verb = dice.choice([actions.mark_full, actions.mark_available])
    verb(offering=dice.choice(list(town.offerings.values())), by=BY, at=AT)


def confirm(town: Town, dice: random.Random) -> None:
    offering = dice.choice(list(town.offerings.values()))
    moment = AT - timedelta(days=dice.randrange(400))
    actions.confirm_offering(
        offering=offering, method="phone", confirmed_by="penningmeester", by=BY, at=AT, confirmed_at=moment
    )


def reschedule(town: Town, dice: random.Random) -> None:
    offering = dice.choice(list(town.offerings.values()))
    times = [weekly(dice.choice(["MO", "TH", "SA"]), dice.randrange(8, 20), skips_school_holidays=True)]
    actions.set_schedules(offering=offering, schedules=times[: dice.randrange(2)], by=BY, at=AT)


def end(town: Town, dice: random.Random) -> None:
    offering = dice.choice(list(town.offerings.values()))
    actions.end_offering(offering=offering, on=AT.date() + timedelta(days=dice.randrange(-2, 3)), by=BY, at=AT)


def move_place(town: Town, dice: random.Random) -> None:
    place = MeetingPlace.objects.get(pk=dice.choice(list(town.places.values())).pk)
    facts = replace(PlaceFacts.of(place), name=dice.choice(["De Roef", "De Loods"]), latitude=52.5 + dice.random() / 10)
    actions.change_meeting_place(place=place, facts=facts, by=BY, at=AT)


def change_group(town: Town, dice: random.Random) -> None:
    group = dice.choice(list(town.groups.values()))
    group.refresh_from_db()
    if not group.is_listed:
        listing.agree_to_listing(organization=group, via="phone", by=BY, at=AT)
    elif dice.random() < 0.5:
        listing.withdraw_listing(organization=group, by=BY, at=AT)
    else:
        facts = replace(OrganizationFacts.of(group), name=dice.choice(["Waardwerk", "De Wandelclub"]))
        listing.change_organization(organization=group, facts=facts, by=BY, at=AT)


STEPS: tuple[Callable[[Town, random.Random], None], ...] = (
    add, rename, fill, confirm, reschedule, end, move_place, change_group,
)  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_an_index_that_grew_equals_one_built_anew(seed: int, tmp_path: Path, settings: Any) -> None:
    dice = random.Random(seed)
    town = town_with_offerings()
    grown, anew = IndexFolder(tmp_path / "grown" / "index"), IndexFolder(tmp_path / "anew" / "index")

    with grown.writing():
        writer = Writer(grown)
        for _ in range(30):
            dice.choice(STEPS)(town, dice)
            if dice.random() < 0.4:
                writer.bring_up_to_date(at=AT)
        writer.bring_up_to_date(at=AT)
        commits = Reader(grown).view().state.commits
    with anew.writing():
        Writer(anew).rebuild(at=AT)

    assert commits > 3  # it did grow
    assert Reader(grown).view().documents() == Reader(anew).view().documents()
    assert answers(town, tmp_path / "grown", settings) == answers(town, tmp_path / "anew", settings)


def test_of_more_equal_offerings_than_are_ranked_the_same_ones_are_taken(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrieval, "MOST_CANDIDATES", 5)
    town = town_with_offerings()
    keys = [f"same-{number}" for number in range(20)]
    grown, anew = IndexFolder(tmp_path / "grown" / "index"), IndexFolder(tmp_path / "anew" / "index")

    with grown.writing():
        writer = Writer(grown)
        for key in keys:
            town.offer(key, name="Zandkasteel", needs=["crafts"])
            writer.bring_up_to_date(at=AT)
        for key in keys[::3]:
            town.change(key, name="Zandkasteel bouwen")
            town.change(key, name="Zandkasteel")
            writer.bring_up_to_date(at=AT)
    with anew.writing():
        Writer(anew).rebuild(at=AT)

    def found(folder: IndexFolder, question: str) -> list[str]:
        settings.DATA = folder.path.parent
        return [result.entry.id for result in ask(question, near=town.near(), at=AT, limit=50).results]

    for question in ("zandkasteel", "knutselen"):
        assert len(found(grown, question)) == 5
        assert found(grown, question) == found(anew, question)


def test_a_difference_names_what_is_missing_different_and_superfluous(tmp_path: Path) -> None:
    town = town_with_offerings()
    folder = IndexFolder(tmp_path)
    with folder.writing():
        Writer(folder).bring_up_to_date(at=AT)

    assert difference(folder).is_equal

    added = town.offer("late", name="Laatkomer")
    actions.mark_full(offering=town.offerings["chess"], by=BY, at=AT)
    actions.end_offering(offering=town.offerings["meal"], on=AT.date(), by=BY, at=AT)
    found = difference(folder)

    assert found.missing == (str(added.pk),)
    assert found.different == (str(town.offerings["chess"].pk),)
    assert found.superfluous == (str(town.offerings["meal"].pk),)
    assert found.equal == Offering.objects.count() - 3
