"""What if: steps that close, stop and open, read strictly, worked out before and after, and never stored as a state."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samenspel.audit.models import AuditEvent
from samenspel.places.models import Area
from samenspel.policy.blocks.exploring import Explored, explore
from samenspel.policy.blocks.steps import (
    AddHours,
    AddPlace,
    ClosePlace,
    Idle,
    Step,
    StopOffering,
    StopOrganization,
)
from samenspel.policy.models import BlockState
from samenspel.socialmap.models import Offering
from samenspel.sources.vocabulary import BuildingBlock
from tests.people.rows import AT, ELSEWHERE, GM, a_contact, an_organization
from tests.policy.block_rows import (
    EAST,
    IN_EAST,
    IN_WEST,
    WEST,
    a_confirmed,
    a_meeting_place,
    a_town,
    the_norms,
)
from tests.socialmap.rows import a_place

pytestmark = pytest.mark.django_db
PEOPLE, PROVISIONS, PLACES = BuildingBlock.PEOPLE, BuildingBlock.PROVISIONS, BuildingBlock.MEETING_PLACES
ONE_THEME = {"provisions": {"themes": ("move",), "amount": 1}}
CONNECTOR = BuildingBlock.CONNECTOR
MORNINGS = [{"weekday": day, "opens": "09:00", "closes": "13:00", "note": ""} for day in range(2)]


def explored(*steps: Step) -> Explored:
    return explore(GM, steps, at=AT)


def states(found: Explored) -> dict[tuple[str, int], tuple[str, str]]:
    """Of what changes state: before and after."""
    return {
        (one.before.area, one.before.block): (one.before.state.value, one.after.state.value)
        for one in found.turned
        if one.has_another_state
    }


def lost(found: Explored) -> dict[tuple[str, int], tuple[float, float]]:
    return {(one.area, one.block): (one.lost, one.lost_older) for one in found.shifts if one.lost}


def test_closing_the_only_place_loses_its_whole_wijk_and_nobody_else():
    a_town()
    the_norms()
    place, other = a_meeting_place(**IN_WEST), a_meeting_place(name="De Schuur", **IN_EAST)

    found = explored(ClosePlace(place.pk))

    assert states(found) == {(WEST, PLACES): ("present", "unknown")}
    assert lost(found) == {(WEST, PLACES): (2000, 400)}
    (total,) = found.totals
    assert (total.area, total.people, total.older, total.lost, total.won) == ("", 4000, 800, 2000, 0)
    assert lost(explored(ClosePlace(other.pk))) == {(EAST, PLACES): (2000, 400)}


def test_what_is_held_at_a_place_stops_with_it():
    a_town()
    the_norms(**ONE_THEME)
    place = a_meeting_place(**IN_WEST)
    a_confirmed(place=place, delivery="at_place")

    found = lost(explored(ClosePlace(place.pk)))
    assert found == {(WEST, block): (2000, 400) for block in (PEOPLE, PROVISIONS, PLACES)}


def test_a_second_place_nearby_keeps_everyone_within_reach_but_the_hours_are_fewer():
    a_town()
    the_norms()
    place = a_meeting_place(**IN_WEST)
    a_meeting_place(name="De Schuur", **IN_WEST)

    found = explored(ClosePlace(place.pk))

    assert (states(found), lost(found)) == ({}, {})
    (turned,) = found.turned
    assert (turned.before.amount, turned.after.amount) == (130, 65)


def test_stopping_an_offering_leaves_the_place_open():
    a_town()
    the_norms(**ONE_THEME)
    offering = a_confirmed(place=a_meeting_place(**IN_WEST), delivery="at_place")

    assert set(lost(explored(StopOffering(offering.pk)))) == {(WEST, PEOPLE), (WEST, PROVISIONS)}


def test_a_cut_subsidy_stops_all_offerings_and_takes_the_host_of_a_place_but_not_what_others_do_there():
    a_town()
    the_norms(**ONE_THEME)
    place = a_meeting_place(**IN_WEST)
    club = an_organization(name="Koor")
    a_confirmed(place=place, delivery="at_place", organization=place.host, name="Soep")
    a_confirmed(place=place, delivery="at_place", organization=club, name="Zingen")

    found = explored(StopOrganization(place.host.pk))

    assert states(found) == {(WEST, PLACES): ("present", "unknown")}
    assert set(lost(found)) == {(WEST, PLACES)}
    assert lost(explored(StopOrganization(club.pk))) == {}
    assert set(lost(explored(StopOrganization(club.pk), StopOrganization(place.host.pk)))) == {
        (WEST, PEOPLE), (WEST, PROVISIONS), (WEST, PLACES),
    }  # fmt: skip


def hours_of(found: Explored) -> dict[str, tuple[float | None, float | None]]:
    """Hours of a verbinder for 1,000 residents, before and after, where they differ."""
    return {
        one.before.area: (one.before.amount, one.after.amount)
        for one in found.turned
        if one.before.block == CONNECTOR and one.before.amount != one.after.amount
    }


def test_a_verbinder_who_works_for_what_stops_leaves_and_the_step_counts_without_anything_on_the_map():
    wijken = a_town()
    the_norms()
    welfare = an_organization(name="Welzijn")
    a_contact(wijken[WEST], organization=welfare, hours=MORNINGS)
    a_contact(wijken[EAST], hours=MORNINGS)

    found = explored(StopOrganization(welfare.pk))

    assert states(found) == {(WEST, CONNECTOR): ("present", "unknown")}
    assert (found.not_counted, found.idle) == ((), {})


def test_of_two_verbinders_in_a_wijk_the_hours_and_the_deputy_of_the_other_stay():
    wijken = a_town()
    the_norms()
    first, second = an_organization(name="Welzijn"), an_organization(name="Zorg")
    a_contact(wijken[WEST], organization=first, hours=MORNINGS)
    a_contact(wijken[WEST], organization=second, hours=MORNINGS[:1], job_title="prevention_worker",
              away=True, deputy_name="Bo", deputy_phone="0320-555102")  # fmt: skip

    assert hours_of(explored(StopOrganization(first.pk))) == {WEST: (6, 2)}
    assert hours_of(explored(StopOrganization(second.pk))) == {WEST: (6, 4)}
    assert states(explored(StopOrganization(first.pk))) == {(WEST, CONNECTOR): ("present", "partly")}
    assert hours_of(explored(StopOrganization(first.pk), StopOrganization(second.pk))) == {WEST: (6, 0)}


def test_where_somebody_of_a_wider_area_may_stand_in_it_is_not_worked_out():
    wijken = a_town()
    the_norms()
    welfare = an_organization(name="Welzijn")
    a_contact(wijken[WEST], organization=welfare, hours=MORNINGS)
    a_contact(Area.objects.get(code=GM), hours=MORNINGS)

    found = explored(StopOrganization(welfare.pk))
    assert (found.not_counted, hours_of(found)) == ((WEST,), {})


def test_a_theme_that_falls_is_named_with_its_shares_and_the_others_are_not():
    a_town()
    the_norms(provisions={"themes": ("move", "care"), "amount": 2})
    place = a_meeting_place(**IN_WEST)
    a_confirmed(place=place, delivery="at_place", themes=["move"], name="Ommetje")
    a_confirmed(place=place, delivery="at_place", themes=["care"], name="Zorgcafé")
    stops = a_confirmed(place=a_place(name="De Schuur", **IN_WEST), delivery="at_place", themes=["care"], name="Praat")

    assert explored(StopOffering(stops.pk)).parts == ()
    care = Offering.objects.get(name="Zorgcafé")
    (part,) = explored(StopOffering(stops.pk), StopOffering(care.pk)).parts
    assert (part.area, part.block, part.part) == (WEST, PROVISIONS, "care")
    assert (part.before, part.after, part.asked) == (1, 0, 0.8)


def test_a_theme_that_falls_is_told_also_where_nobody_had_them_all():
    a_town()
    the_norms(provisions={"themes": ("move", "care"), "amount": 2})
    offering = a_confirmed(place=a_meeting_place(**IN_WEST), delivery="at_place", themes=["move"])

    found = explored(StopOffering(offering.pk))
    assert {one.part for one in found.parts} == {"move"}
    assert (WEST, PROVISIONS) not in lost(found)


def test_more_hours_count_as_hosted_and_confirmed_and_old_hours_stay_old():
    a_town()
    the_norms(meeting_places={"amount": 10})
    empty = a_place(**IN_WEST)
    stale = a_meeting_place(name="De Schuur", confirmed=AT - timedelta(days=800), **IN_EAST)

    found = explored(AddHours(empty.pk, 12, True), AddHours(stale.pk, 8, True))

    assert states(found) == {(WEST, PLACES): ("unknown", "present"), (EAST, PLACES): ("unknown", "partly")}
    assert {(one.after.area, one.after.amount) for one in found.turned} == {(WEST, 12), (EAST, 8)}
    assert {(one.area, one.won, one.won_older) for one in found.shifts} == {(WEST, 2000, 400), (EAST, 2000, 400)}


def test_hours_without_an_evening_do_not_make_an_evening():
    a_town()
    the_norms()
    place = a_place(**IN_WEST)

    assert explored(AddHours(place.pk, 60, False)).shifts == ()
    assert explored(AddHours(place.pk, 60, True)).shifts[0].won == 2000


def test_a_new_place_stands_in_the_wijk_of_its_point():
    a_town()
    the_norms()

    found = explored(AddPlace("De Nieuwe Schuur", IN_EAST["longitude"], IN_EAST["latitude"], 40, True))

    assert states(found) == {(EAST, PLACES): ("unknown", "present")}
    assert [one.after.fresh for one in found.turned] == [1]


def test_closing_after_adding_hours_leaves_nothing_and_hours_after_closing_are_skipped():
    a_town()
    the_norms()
    place = a_meeting_place(**IN_WEST)
    close, more = ClosePlace(place.pk), AddHours(place.pk, 8, True)

    assert (lost(explored(more, close)), explored(more, close).idle) == (lost(explored(close)), {})
    assert (lost(explored(close, more)), explored(close, more).idle) == (lost(explored(close)), {more: Idle.GONE})


def test_a_step_about_what_is_gone_or_of_elsewhere_changes_nothing_and_is_named():
    a_town()
    the_norms()
    a_meeting_place(**IN_WEST)
    there = a_place(municipality=ELSEWHERE, **IN_WEST)
    steps = (ClosePlace(uuid4()), ClosePlace(there.pk), StopOffering(uuid4()), StopOrganization(uuid4()))

    found = explored(*steps)

    assert (found.turned, found.shifts, found.idle) == ((), (), dict.fromkeys(steps, Idle.GONE))


def test_a_step_that_the_norms_do_not_ask_for_or_that_is_too_old_is_named():
    a_town()
    the_norms(**ONE_THEME)
    empty, stale = a_place(**IN_WEST), a_meeting_place(name="De Schuur", confirmed=AT - timedelta(days=800), **IN_EAST)
    close, old = ClosePlace(empty.pk), ClosePlace(stale.pk)

    found = explored(close, old)

    assert found.idle == {close: Idle.NOT_ASKED, old: Idle.TOO_OLD}
    assert (found.shifts, states(found)) == ((), {})
    assert explored(AddHours(empty.pk, 8, True), close).idle == {}


def test_an_offering_on_no_theme_of_the_norm_still_is_something():
    a_town()
    the_norms(**ONE_THEME)
    shop = an_organization(name="Zaak", kind="business")
    sings = a_confirmed(place=a_place(**IN_WEST), delivery="at_place", themes=["create"], organization=shop)

    found = explored(StopOffering(sings.pk))

    assert (found.idle, found.parts, states(found)) == ({}, (), {(WEST, PROVISIONS): ("partly", "unknown")})


def test_hours_without_the_evening_of_the_norm_count_in_part_unless_the_place_has_one():
    a_town()
    the_norms()
    empty, full = a_place(**IN_WEST), a_meeting_place(name="De Schuur", **IN_EAST)
    more, other = AddHours(empty.pk, 8, False), AddHours(full.pk, 8, False)
    new = AddPlace("Nieuw", IN_WEST["longitude"], IN_WEST["latitude"], 8, False)

    assert explored(more, other, new).idle == {more: Idle.NO_EVENING, new: Idle.NO_EVENING}
    assert explored(AddHours(empty.pk, 2, True), more).idle == {}


def test_hours_without_an_evening_count_whole_where_the_norm_asks_for_none():
    a_town()
    the_norms(meeting_places={"evening": False})

    assert explored(AddHours(a_place(**IN_WEST).pk, 8, False)).idle == {}


def test_without_norms_nobody_loses_reach_and_without_areas_there_is_nothing():
    place = a_meeting_place(**IN_WEST)
    assert explored(ClosePlace(place.pk)).before == ()

    a_town()
    found = explored(ClosePlace(place.pk))
    assert (found.shifts, found.totals, found.turned) == ((), (), ())


def test_nothing_is_written_and_the_number_of_queries_is_fixed():
    a_town()
    the_norms()
    place = a_meeting_place(**IN_WEST)
    before = AuditEvent.objects.count()
    with CaptureQueriesContext(
        connection,
    ) as one:
        explored(ClosePlace(place.pk))
    a_meeting_place(name="De Schuur", **IN_EAST)
    with CaptureQueriesContext(connection) as two:
        explored(ClosePlace(place.pk), StopOrganization(place.host.pk), AddPlace("Schuur", 5.2, 52.5, 12, False))

    assert not [query for query in one.captured_queries if not query["sql"].startswith("SELECT")]
    assert len(two) <= 18
    assert not BlockState.objects.exists()
    assert AuditEvent.objects.count() > before  # the second place, and nothing of the exploration
    assert not AuditEvent.objects.filter(action__contains="explor").exists()
