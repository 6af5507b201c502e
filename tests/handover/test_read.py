"""Only who works in the team that holds a question reads it, and every reading leaves an event."""

import itertools
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenspel.audit.action import Actor
from samenspel.audit.models import AuditEvent
from samenspel.handover import keys
from samenspel.handover.actions import read_help, withdraw_help
from samenspel.handover.models import Hand, HelpRequest
from samenspel.handover.permissions import may_read
from samenspel.handover.steps import NotAllowed
from samenspel.people.models import AccessRole, User
from samenspel.places.models import Area
from tests.handover.rows import AT, RESIDENT, a_person, a_request, a_team, a_town, told
from tests.people.rows import ELSEWHERE, GM, an_area, employer

pytestmark = pytest.mark.django_db


def known_area(code: str, municipality: str) -> Area:
    found = Area.objects.filter(code=code).first()
    return found or an_area(code, "neighborhood", municipality=municipality)


def as_actor(user: User) -> Actor:
    return Actor("person", str(user.pk))


def test_a_member_of_the_team_reads_what_was_told_and_leaves_an_event_without_it():
    member = a_person("gulsen")
    area = an_area("BU99010101", "neighborhood")
    a_team("West", area, members=(member,))
    request, _ = a_request(area)

    opened = read_help(request=request, by=as_actor(member), at=AT)

    assert opened.told == told()
    event = AuditEvent.objects.get(action="read_help")
    assert (event.actor_id, event.object_id, event.detail) == (str(member.pk), str(request.pk), {"state": "waiting"})


@pytest.mark.parametrize("role", AccessRole)
def test_nobody_outside_the_team_reads_it_whatever_the_account(role: str):
    town = a_town()
    request, _ = a_request(town.west)
    outsider = a_person("buiten", role)

    with pytest.raises(NotAllowed):
        read_help(request=request, by=as_actor(outsider), at=AT)

    assert not AuditEvent.objects.filter(action="read_help").exists()


@pytest.mark.parametrize("actor", [RESIDENT, Actor("system"), Actor("person", "0d9f8b54-0000-4000-8000-000000000000")])
def test_only_an_account_reads(actor: Actor):
    request, _ = a_request(a_town().west)

    with pytest.raises(NotAllowed):
        read_help(request=request, by=actor, at=AT)


def test_what_is_withdrawn_ended_or_without_key_can_no_longer_be_read():
    member = a_person("gulsen")
    area = an_area("BU99010101", "neighborhood")
    a_team("West", area, members=(member,))
    ended, _ = a_request(area, days=14)
    keyless, _ = a_request(area)
    withdrawn, code = a_request(area)
    withdrawn = withdraw_help(municipality=GM, code=code, by=RESIDENT, at=AT)
    keys.destroy(keyless.pk)

    for request, days in ((ended, 15), (keyless, 0), (withdrawn, 0)):
        with pytest.raises(keys.Unreadable):
            read_help(request=request, by=as_actor(member), at=AT + timedelta(days=days))
    assert read_help(request=ended, by=as_actor(member), at=AT + timedelta(days=14)).told == told()


@pytest.fixture(scope="module")
def everyone() -> list[tuple[str, str, bool]]:
    return list(itertools.product(AccessRole.values, (GM, ELSEWHERE), (True, False)))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_someone_sees_in_a_list_is_exactly_what_they_may_read(
    everyone: list[tuple[str, str, bool]], data: st.DataObject
):
    for model in (Hand, HelpRequest):
        model._base_manager.all()._raw_delete("default")
    people = [
        User.objects.get_or_create(
            email=f"p{number}@example.nl",
            defaults={
                "name": "p",
                "access_role": role,
                "municipality": place,
                "organization": employer(role, place),
                "is_active": active,
            },
        )[0]
        for number, (role, place, active) in enumerate(everyone)
    ]
    areas = [
        known_area(code, place) for code, place in (("BU99010101", GM), ("BU99010201", GM), ("BU99020101", ELSEWHERE))
    ]
    for number, area in enumerate(areas):
        a_team(f"Team {number}", area, members=tuple(people), municipality=area.municipality)
        for _ in range(data.draw(st.integers(0, 2))):
            a_request(area, municipality=area.municipality)
        members = data.draw(st.lists(st.sampled_from(people), unique_by=lambda user: user.pk))
        a_team(f"Team {number}", area, members=tuple(members), municipality=area.municipality)

    for person in people:
        listed = set(HelpRequest.objects.visible_to(person).values_list("pk", flat=True))
        allowed = {one.pk for one in HelpRequest.objects.all() if may_read(person, one).allowed}
        assert listed == allowed
        assert person.access_role != AccessRole.ADMINISTRATOR or not listed
