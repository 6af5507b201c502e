"""Objects with an id in an address, made in a place of their own, each full of words that must not leak."""

import secrets
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from samenspel.audit.action import Actor, action, record
from samenspel.handover.grounds import fix_ground, proposal
from samenspel.handover.handing import Proposal, propose
from samenspel.handover.melding import mark
from samenspel.handover.models import HelpRequest, LegalGround
from samenspel.handover.shared import Shared
from samenspel.handover.signs import Worry, tell_sign
from samenspel.handover.states import Word
from samenspel.people.mandates import MandateFacts, set_mandate
from samenspel.people.models import HOLDING_ROLES, OUTSIDE_ROLES, AccessRole, Organization, Team, User
from samenspel.places.models import Area
from samenspel.policy.agenda import DocumentFacts, MomentFacts, ProcessFacts, set_document, set_moment, set_process
from samenspel.policy.cases import open_case
from samenspel.policy.challenges import PromiseFacts, set_promise
from samenspel.policy.dossiers import DossierFacts, OptionFacts, publish_dossier, set_dossier, set_option
from samenspel.policy.explorations import make_exploration
from samenspel.policy.gaps import GapFacts, set_gap_action
from samenspel.policy.goals import GoalFacts, set_goal
from samenspel.policy.networks import MeetingFacts, set_meeting
from samenspel.policy.norms import NormFacts, set_norm
from samenspel.policy.questions import QuestionFacts, note_question
from samenspel.policy.reviews import open_review
from samenspel.socialmap.confirm import start_round
from samenspel.socialmap.models import ConfirmationRequest, ImportRun
from samenspel.socialmap.wording import PhraseFacts, add_phrase
from tests.handover.rows import a_request, a_team, told
from tests.people.rows import BY, an_area, an_organization
from tests.policy.wijk_rows import a_challenge, a_gap_action, a_network, a_partner, a_promise, a_wijk
from tests.socialmap.rows import an_offering

OF_A_TEAM = ("request_id", "handover_id", "melding_id", "sign_id")
"""What is seen by its own team or organization only; all else by its municipality."""


@dataclass(frozen=True)
class Place:
    """A team, a club and the people of a municipality, with an object for each kind of id; `mark` is in its words."""

    municipality: str
    mark: str
    people: dict[str, User]
    objects: dict[str, UUID]


def a_place(municipality: str) -> Place:
    """A place with all its objects; nothing of it is shared with another place."""
    mark, at = "q" + "".join(secrets.choice("bdfghklmnprst") for _ in range(11)), datetime.now(UTC)
    code = f"BU{secrets.randbelow(10**8):08}"
    area = an_area(code, "neighborhood", municipality=municipality, name=f"Buurt {mark}")
    club = an_organization(name=f"Club {mark}", municipality=municipality, email=f"club@{mark}.example")
    people = {role: _person(role, municipality, mark, club) for role in AccessRole.values}
    holding = tuple(people[role] for role in HOLDING_ROLES)
    team = a_team(f"Team {mark}", area, members=holding, municipality=municipality)
    by = Actor("person", str(holding[0].pk))
    question = _question(area, municipality, mark, at)
    objects = {
        "request_id": question.pk,
        "handover_id": _handover(question, club, mark, by, at).pk,
        "melding_id": mark_one(question, at).pk,
        "sign_id": _sign(area, municipality, mark, at).pk,
        **_of_the_municipality(municipality, mark, team, club, at),
        "account_id": people["editor"].pk,
        **_of_policy(municipality, mark, at),
        **_of_a_wijk(municipality, mark, at),
    }
    return Place(municipality, mark, people, objects)


def mark_one(question: HelpRequest, at: datetime) -> Any:
    return mark(request=question, kind="wmo", word=Word.CARD, by=Actor("resident"), at=at)


def _person(role: str, municipality: str, mark: str, club: Organization) -> User:
    return User.objects.create(
        email=f"{role}@{mark}.example",
        name=f"{role} {mark}",
        municipality=municipality,
        access_role=role,
        organization=club if role in OUTSIDE_ROLES else None,
    )


def _question(area: Area, municipality: str, mark: str, at: datetime) -> HelpRequest:
    words = told(text=f"Over {mark} wil ik praten.", name=f"An {mark}", reach="0320-555777")
    return a_request(area, at=at, told=words, municipality=municipality)[0]


def _handover(question: HelpRequest, club: Organization, mark: str, by: Actor, at: datetime) -> Any:
    for facts in proposal():
        fix_ground(municipality=question.municipality, facts=facts, by=BY, at=at)
    ground = LegalGround.objects.filter(municipality=question.municipality, for_sharing=True, ended_at=None)[0]
    shared = Shared(text=f"Zoekt hulp bij x{mark}.")
    wanted = Proposal(kind="holder", shared=shared, ground=ground, until=question.ends_on, organization=club)
    return propose(request=question, proposal=wanted, spoken=True, by=by, at=at)


def _sign(area: Area, municipality: str, mark: str, at: datetime) -> Any:
    facts = {"municipality": municipality, "area": area, "about": "place", "person_knows": False, "token": uuid4()}
    return tell_sign(worry=Worry(text=f"Het gaat niet goed bij {mark}."), by=BY, at=at, **facts)[0]  # type: ignore[arg-type]


def _of_the_municipality(municipality: str, mark: str, team: Team, club: Organization, at: datetime) -> dict[str, UUID]:
    offering = an_offering(municipality=municipality, name=f"Lopen {mark}", organization=club)
    start_round(municipality=municipality, organizations=[club], by=BY, at=at)
    phrase = PhraseFacts(text=f"{mark} zegt men", effect="names", target="walking_buddy", reason=mark)
    mandate = MandateFacts(decision=mark, in_name_of="executive", reference=mark, valid_from=date(2026, 1, 1))
    return {
        "answer": ConfirmationRequest.objects.get(organization=club).pk,
        "offering_id": offering.pk,
        "phrase_id": add_phrase(municipality=municipality, facts=phrase, by=BY, at=at).pk,
        "team_id": team.pk,
        "mandate_id": set_mandate(team=team, facts=mandate, by=BY, at=at).pk,
        "run_id": _run(municipality=municipality, name=f"{mark}.csv", by=BY, at=at).pk,
    }


def _of_policy(municipality: str, mark: str, at: datetime) -> dict[str, UUID]:
    here, when = {"municipality": municipality, "by": BY, "at": at}, {"by": BY, "at": at}
    case = open_case(title=f"Zaak {mark}", **here)
    goal = GoalFacts(title=f"Doel {mark}", document=mark, adopted_on=date(2026, 1, 1))
    process = set_process(facts=ProcessFacts(title=f"Proces {mark}", framework_use="full"), **here)
    moment = MomentFacts(body="council", what=f"Avond {mark}", planned_on=date(2027, 1, 1), precision="day")
    document = DocumentFacts(kind="start_note", title=f"Notitie {mark}", dated_on=date(2026, 1, 1))
    dossier = set_dossier(
        process=process, facts=DossierFacts(question=mark, tasks=mark, criteria=mark, procedure=mark), **when
    )
    publish_dossier(dossier=dossier, **when)
    option = OptionFacts(kind="form", name=f"Vorm {mark}", tasks=mark, continuity=mark)
    return {
        "case_id": case.pk,
        "goal_id": set_goal(facts=goal, **here).pk,
        "review_id": open_review(case=case, trigger="policy_changed", note=mark, **when).pk,
        "process_id": process.pk,
        "moment_id": set_moment(process=process, facts=moment, **when).pk,
        "document_id": set_document(process=process, facts=document, **when).pk,
        "option_id": set_option(dossier=dossier, facts=option, **when).pk,
        **_of_the_council(mark, here),
    }


def _of_the_council(mark: str, here: dict[str, Any]) -> dict[str, UUID]:
    days = {"asked_on": date(2026, 11, 1), "due_on": date(2036, 1, 1)}
    question = QuestionFacts(origin="council", title=f"Vraag {mark}", asked_by=mark, **days)
    norm = NormFacts(block=5, since=date(2036, 1, 1), amount=4, months=12, document=f"Besluit {mark}")
    return {
        "question_id": note_question(facts=question, **here).pk,
        "norm_id": set_norm(facts=norm, **here).pk,
        "exploration_id": make_exploration(title=f"Verkenning {mark}", **here).pk,
    }


def _of_a_wijk(municipality: str, mark: str, at: datetime) -> dict[str, UUID]:
    wijk = a_wijk(f"WK{secrets.randbelow(10**6):06}", f"Wijk {mark}", municipality=municipality).code
    challenge = a_challenge(f"Opgave {mark}", municipality=municipality, area=wijk)
    partner = a_partner(challenge, f"Partner {mark}")
    network = a_network(wijk, municipality=municipality, name=f"Netwerk {mark}")
    promise = a_promise(partner, f"Eerst {mark}")
    said = PromiseFacts(what=f"Belofte {mark}", due_on=promise.due_on)
    set_promise(partner=partner, facts=said, promise=promise, by=BY, at=at)
    gap_action = a_gap_action(f"Eerst {mark}", municipality=municipality, area=wijk)
    done = replace(GapFacts.of(gap_action), what=f"Actie {mark}")
    set_gap_action(municipality=municipality, facts=done, gap_action=gap_action, by=BY, at=at)
    held = MeetingFacts(on=date(2026, 1, 8), organizations=4, agreed=mark)
    return {
        "challenge_id": challenge.pk,
        "partner_id": partner.pk,
        "promise_id": promise.pk,
        "meeting_id": set_meeting(network=network, facts=held, by=BY, at=at).pk,
        "action_id": gap_action.pk,
    }


@action
def _run(*, municipality: str, name: str, by: Actor, at: datetime) -> ImportRun:
    report = {"rows_shown": [], "refusals": [], "late_refusals": [], "refused": 0, "new": 0}
    run = ImportRun(municipality=municipality, kind="offerings", file_name=name, state="previewed", created_at=at)
    run.report = report
    run.save(force_insert=True)
    record(action="plant", on=run, by=by, at=at, municipality=municipality)
    return run
