"""Wijkopgaven: partners, what they promised, whether they kept it, and what came of the whole."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samenspel.audit.models import AuditEvent
from samenspel.people.checks import FactRefused, OtherMunicipality
from samenspel.policy.blocks.reading import wijken_of
from samenspel.policy.challenges import (
    ChallengeFacts,
    PartnerFacts,
    PromiseFacts,
    charter,
    charters,
    close_promise,
    end_challenge,
    judged,
    promised,
    promises_due,
    remove_partner,
    set_challenge,
    set_partner,
    set_promise,
)
from samenspel.policy.models import AreaChallenge, ChallengePartner, PartnerPromise
from samenspel.socialmap.wijk import wijken
from tests.people.rows import BY, ELSEWHERE, GM, an_area, an_organization
from tests.policy.planted import AT, TODAY
from tests.policy.wijk_rows import WIJK, a_challenge, a_partner, a_promise, a_wijk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _wijk() -> None:
    a_wijk()


def closed(promise: PartnerPromise, outcome: str = "kept", **more: Any) -> PartnerPromise:
    given = {"progress": "Gedaan.", "on": TODAY, **more}
    return close_promise(promise=promise, outcome=outcome, by=BY, at=AT, **given)


def test_a_charter_says_who_promised_what_and_what_came_of_it():
    challenge = a_challenge()
    police, school = a_partner(challenge), a_partner(challenge, "De Rietvink", kind="school")
    a_promise(police, "Te laat", due_on=date(2026, 11, 11))
    a_promise(police, "Straks")
    closed(a_promise(school, "Op tijd"), on=date(2026, 11, 20))
    closed(a_promise(school, "Laat", due_on=date(2026, 11, 1)), "partly", on=date(2026, 11, 8))
    closed(a_promise(school, "Niet"), "broken")
    found = charter(challenge, TODAY)

    assert [(side.partner.name, [one.promise.what for one in side.promises]) for side in found.sides] == [
        ("De Rietvink", ["Laat", "Niet", "Op tijd"]),
        ("Politie, basisteam", ["Te laat", "Straks"]),
    ]
    assert (found.kept, found.partly, found.broken, found.running, found.overdue) == (1, 1, 1, 2, 1)
    assert [one.days_late for side in found.sides for one in side.promises] == [7, 0, 0, 10, 0]


def test_a_promise_is_late_the_day_after_its_day():
    promise = a_promise(a_partner(a_challenge()), due_on=TODAY)
    owner = promise.partner.challenge

    assert [charter(owner, day).overdue for day in (TODAY, date(2026, 11, 22))] == [0, 1]


def test_a_promise_that_was_closed_late_is_no_longer_overdue():
    closed(a_promise(a_partner(a_challenge()), due_on=date(2026, 11, 1)))
    (found,) = charters(GM, TODAY)
    (said,) = found.sides[0].promises

    assert (said.days_late, said.is_overdue, found.overdue) == (20, False, 0)


@pytest.mark.parametrize(("outcome", "days"), [("kept", 20), ("partly", 20), ("broken", 0)])
def test_a_promise_that_was_not_kept_is_not_said_to_be_late(outcome: str, days: int):
    promise = closed(a_promise(a_partner(a_challenge()), due_on=date(2026, 11, 1)), outcome)
    assert [one.days_late for one in promised([promise], TODAY)] == [days]


def test_a_partner_of_the_map_needs_no_name_and_another_does():
    challenge = a_challenge()
    club = an_organization(name="Dorpsbelang")
    by_map = set_partner(challenge=challenge, facts=PartnerFacts(kind="club", organization=club), by=BY, at=AT)
    assert (by_map.name, by_map.organization) == ("Dorpsbelang", club)

    with pytest.raises(FactRefused) as refused:
        set_partner(challenge=challenge, facts=PartnerFacts(kind="police"), by=BY, at=AT)
    assert refused.value.field == "name"


def test_a_partner_of_another_municipality_is_refused():
    elsewhere = an_organization(municipality=ELSEWHERE)
    with pytest.raises(OtherMunicipality):
        a_partner(a_challenge(), organization=elsewhere)
    assert not ChallengePartner.objects.exists()


def test_only_a_partner_that_promised_nothing_can_go():
    challenge = a_challenge()
    promised, silent = a_partner(challenge), a_partner(challenge, "School")
    a_promise(promised)
    remove_partner(partner=silent, by=BY, at=AT)
    with pytest.raises(FactRefused):
        remove_partner(partner=promised, by=BY, at=AT)

    assert ChallengePartner.objects.get() == promised


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"outcome": "open"}, "outcome"),
        ({"progress": "  "}, "progress"),
        ({"on": date(2026, 11, 22)}, "closed_on"),
        ({"on": date(2026, 10, 21)}, "closed_on"),
        ({"outcome": "misschien"}, "state"),
    ],
    ids=["still open", "without words", "in the future", "long ago", "no such outcome"],
)
def test_a_promise_is_not_closed_without_an_outcome_its_words_and_a_day(given: dict[str, Any], field: str):
    promise = a_promise(a_partner(a_challenge()))
    with pytest.raises(FactRefused) as refused:
        closed(promise, **{"outcome": "kept", **given})

    assert refused.value.field == field
    assert PartnerPromise.objects.get().state == "open"


def test_a_closed_promise_does_not_change_any_more():
    promise = closed(a_promise(a_partner(a_challenge())))
    facts = PromiseFacts(what="Iets anders", due_on=TODAY)
    for again in (
        lambda: closed(promise, "broken"),
        lambda: set_promise(partner=promise.partner, facts=facts, promise=promise, by=BY, at=AT),
    ):
        with pytest.raises(FactRefused):
            again()
    kept = PartnerPromise.objects.get()
    assert (kept.state, kept.what) == ("kept", "Elke maand meelopen")


def test_who_acts_on_what_they_read_before_a_colleague_did_is_refused():
    challenge = a_challenge()
    partner = a_partner(challenge)
    seen = PartnerPromise.objects.get(pk=a_promise(partner).pk)
    closed(PartnerPromise.objects.get())
    with pytest.raises(FactRefused):
        closed(seen, "broken")
    read_before = ChallengePartner.objects.select_related("challenge").get()
    end_challenge(challenge=challenge, on=TODAY, result="Klaar.", by=BY, at=AT)
    with pytest.raises(FactRefused):
        a_promise(read_before, "Nog een")
    assert PartnerPromise.objects.get().state == "kept"


def test_a_wijkopgave_ends_with_a_result_once_no_promise_is_open():
    challenge = a_challenge()
    promise = a_promise(a_partner(challenge))
    with pytest.raises(FactRefused) as refused:
        end_challenge(challenge=challenge, on=TODAY, result="Klaar.", by=BY, at=AT)
    assert refused.value.field == "result"

    closed(promise)
    with pytest.raises(FactRefused):
        end_challenge(challenge=challenge, on=TODAY, result=" ", by=BY, at=AT)
    end_challenge(challenge=challenge, on=TODAY, result="Er is een speelplek.", by=BY, at=AT)
    kept = AreaChallenge.objects.get()
    assert (kept.ended_on, kept.result) == (TODAY, "Er is een speelplek.")


@pytest.mark.parametrize("on", [date(2026, 11, 22), date(2026, 2, 28)], ids=["in the future", "before it began"])
def test_a_wijkopgave_does_not_end_on_a_day_that_cannot_be(on: date):
    with pytest.raises(FactRefused) as refused:
        end_challenge(challenge=a_challenge(), on=on, result="Klaar.", by=BY, at=AT)
    assert refused.value.field == "ended_on"


@pytest.mark.parametrize(
    "act",
    [
        lambda ended, partner: a_partner(ended, "Nieuw"),
        lambda ended, partner: a_promise(partner),
        lambda ended, partner: remove_partner(partner=partner, by=BY, at=AT),
        lambda ended, partner: end_challenge(challenge=ended, on=TODAY, result="Nog eens.", by=BY, at=AT),
        lambda ended, partner: set_challenge(
            municipality=GM, facts=ChallengeFacts.of(ended), challenge=ended, by=BY, at=AT
        ),
    ],
    ids=["partner", "promise", "partner away", "end", "facts"],
)
def test_nothing_changes_at_a_wijkopgave_that_ended(act: Callable[[AreaChallenge, ChallengePartner], Any]):
    ended = a_challenge()
    partner = a_partner(ended)
    end_challenge(challenge=ended, on=TODAY, result="Klaar.", by=BY, at=AT)
    with pytest.raises(FactRefused):
        act(ended, partner)


@pytest.mark.parametrize("area", ["WK990199", "BU99010601", ""], ids=["unknown", "a buurt", "none"])
def test_a_wijkopgave_is_about_a_wijk_or_kern_of_the_municipality(area: str):
    with pytest.raises(FactRefused) as refused:
        a_challenge(area=area)
    assert refused.value.field == "area"


def test_the_same_name_twice_in_a_wijk_is_refused():
    a_challenge()
    with pytest.raises(FactRefused) as refused:
        a_challenge()
    assert refused.value.field == "title"


def test_a_wijkopgave_of_another_municipality_is_not_changed():
    a_wijk("WK990206", municipality=ELSEWHERE)
    elsewhere = a_challenge(area="WK990206", municipality=ELSEWHERE)
    with pytest.raises(OtherMunicipality):
        set_challenge(municipality=GM, facts=ChallengeFacts.of(elsewhere), challenge=elsewhere, by=BY, at=AT)


def test_due_promises_are_open_late_or_soon_and_of_the_wijk():
    a_wijk("WK990107", "Ganzewaard")
    here = a_partner(a_challenge())
    a_promise(here, "Laat", due_on=date(2026, 11, 1))
    a_promise(here, "Straks", due_on=date(2026, 11, 30))
    a_promise(here, "Veel later", due_on=date(2027, 3, 1))
    closed(a_promise(here, "Klaar", due_on=date(2026, 11, 2)))
    a_promise(a_partner(a_challenge("Elders", area="WK990107")), "Elders")

    found = promises_due(GM, WIJK, on=TODAY, until=date(2026, 12, 21))
    assert [(one.promise.what, one.days_late) for one in found] == [("Laat", 20), ("Straks", 0)]


def test_more_wijkopgaven_ask_no_more_queries():
    asked = []
    for number in range(3):
        challenge = a_challenge(f"Opgave {number}")
        for name in ("Een", "Twee"):
            a_promise(a_partner(challenge, name))
        with CaptureQueriesContext(connection) as caught:
            assert len(charters(GM, TODAY)) == number + 1
        asked.append(len(caught))
    assert asked == [3, 3, 3]


def test_the_event_log_keeps_names_of_fields_and_no_words():
    promise = a_promise(a_partner(a_challenge()), progress="Een geheim van iemand")
    closed(promise, progress="Nog een geheim")
    told = str(list(AuditEvent.objects.values_list("detail", flat=True)))

    assert "progress" in told
    assert "geheim" not in told


def test_a_promise_gets_a_later_day_only_with_new_words():
    promise = a_promise(a_partner(a_challenge()), "Straks", progress="Begonnen.")
    later = replace(PromiseFacts.of(promise), due_on=promise.due_on + timedelta(days=30))

    with pytest.raises(FactRefused) as refused:
        set_promise(partner=promise.partner, facts=later, promise=promise, by=BY, at=AT)
    assert refused.value.field == "progress"

    said = replace(later, progress="De zaal was bezet; het wordt december.")
    assert set_promise(partner=promise.partner, facts=said, promise=promise, by=BY, at=AT).due_on == later.due_on


def test_the_areas_to_choose_are_those_of_the_matrix():
    a_wijk("WK990107", "Ganzewaard")
    an_area("WO9901", "village", name="Zeestede")
    assert {one.area.code for one in judged(wijken(GM))} == set(wijken_of(GM).codes) == {WIJK, "WK990107"}
    with pytest.raises(FactRefused) as refused:
        a_challenge(area="WO9901")
    assert refused.value.field == "area"
