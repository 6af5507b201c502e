"""The open choice of an organizational form for welfare tasks, and of strategic partners.

Question, tasks and criteria are public before anyone can be an option, and then stay as they are: who takes part knows
by what is chosen. The college or the council chooses; its decision stands on the agenda of the process, for anyone to
read. Source: denkkader §5.C (herijking welzijnstaken) and §6; startnotitie sociale basis (strategische partners).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from samenspel.audit.action import Actor, action, record
from samenspel.engine.calendar import ZONE
from samenspel.people.checks import FactRefused, check_row, check_same_municipality
from samenspel.people.facts import differences, lock, names, state, stated
from samenspel.people.models import Organization
from samenspel.policy.agenda import DocumentFacts, MomentFacts, set_document, set_moment
from samenspel.policy.days import check_past
from samenspel.policy.models import DecisionMoment, FormDossier, FormOption, PolicyDocument, PolicyProcess

CHOOSERS = (DecisionMoment.Body.EXECUTIVE, DecisionMoment.Body.COUNCIL)
"""The bodies that decide; who else speaks on the agenda, advises."""


@dataclass(frozen=True, kw_only=True)
class DossierFacts:
    """What is asked and by what is chosen; `tasks` and `criteria` are a line each."""

    question: str
    tasks: str
    criteria: str
    procedure: str

    @classmethod
    def of(cls, dossier: FormDossier) -> Self:
        return cls(**stated(cls, dossier))


@dataclass(frozen=True, kw_only=True)
class OptionFacts:
    """The whole of what is stated about one option."""

    kind: str
    name: str
    tasks: str
    continuity: str
    speaks_for: str = ""
    speaks_against: str = ""
    organization: Organization | None = None

    @classmethod
    def of(cls, option: FormOption) -> Self:
        return cls(**stated(cls, option))


@dataclass(frozen=True, kw_only=True)
class ChoiceFacts:
    """Why an option was chosen, by the criteria; the decision: of which body, where it can be read, of which day."""

    because: str
    body: str
    reference: str
    decided_on: date


@action
def set_dossier(
    *, process: PolicyProcess, facts: DossierFacts, by: Actor, at: datetime, dossier: FormDossier | None = None
) -> FormDossier:
    """Begin a dossier, or replace what it asks as long as it is not public; raises FactRefused."""
    if dossier:
        lock(dossier)
        if dossier.published_on:
            raise FactRefused("criteria", "dit is al openbaar; de criteria veranderen niet meer")
    row = dossier or FormDossier(process=process)
    changed = differences(DossierFacts.of(dossier), facts) if dossier else names(facts)
    state(row, facts)
    check_row(row)
    row.save()
    record(action="set_dossier", on=row, by=by, at=at, municipality=process.municipality, fields=changed)
    return row


@action
def publish_dossier(*, dossier: FormDossier, by: Actor, at: datetime) -> FormDossier:
    """Make the criteria public, before anyone is asked; raises FactRefused."""
    lock(dossier)
    if dossier.published_on:
        raise FactRefused("criteria", "dit is al openbaar")
    dossier.published_on = at.astimezone(ZONE).date()
    check_row(dossier)
    dossier.save(update_fields=["published_on"])
    record(action="publish_dossier", on=dossier, by=by, at=at, municipality=dossier.process.municipality)
    return dossier


@action
def set_option(
    *, dossier: FormDossier, facts: OptionFacts, by: Actor, at: datetime, option: FormOption | None = None
) -> FormOption:
    """Add an option to a public dossier, or replace what is stated about one not chosen yet; raises FactRefused."""
    lock(dossier)
    if not dossier.published_on:
        raise FactRefused("name", "maak eerst de criteria openbaar; daarna kan dit")
    check_same_municipality(dossier.process.municipality, organization=facts.organization)
    if option:
        lock(option)
        if option.chosen_because:
            raise FactRefused("name", "deze mogelijkheid is al gekozen en verandert niet meer")
    row = option or FormOption(dossier=dossier)
    changed = differences(OptionFacts.of(option), facts) if option else names(facts)
    state(row, facts)
    check_row(row)
    row.save()
    record(action="set_option", on=row, by=by, at=at, municipality=dossier.process.municipality, fields=changed)
    return row


@action
def choose_option(*, option: FormOption, facts: ChoiceFacts, by: Actor, at: datetime) -> FormOption:
    """Write down what was decided: one form, or one of the partners; the agenda says who, where and when.

    Raises FactRefused with the field.
    """
    lock(option)
    if option.chosen_because:
        raise FactRefused("because", "deze mogelijkheid is al gekozen")
    _check_choice(option.dossier, facts, at)
    option.chosen_because = facts.because.strip()
    _refuse_second_form(option)
    check_row(option)
    option.save(update_fields=["chosen_because"])
    record(action="choose_option", on=option, by=by, at=at, municipality=option.dossier.process.municipality)
    _put_on_the_agenda(option, facts, by, at)
    return option


def lines(text: str) -> list[str]:
    """The tasks or criteria of a text, a line each."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _check_choice(dossier: FormDossier, facts: ChoiceFacts, at: datetime) -> None:
    if not facts.because.strip():
        raise FactRefused("because", "schrijf waarom dit is gekozen, aan de hand van de criteria")
    if facts.body not in CHOOSERS:
        raise FactRefused("body", "het college of de gemeenteraad kiest; is er nog niet besloten, leg dan niets vast")
    if not facts.reference.strip():
        raise FactRefused("reference", "noem het nummer van het besluit")
    check_past("decided_on", facts.decided_on, at)
    if not dossier.published_on or facts.decided_on < dossier.published_on:
        raise FactRefused("decided_on", "toen waren de criteria nog niet openbaar")


def _put_on_the_agenda(option: FormOption, facts: ChoiceFacts, by: Actor, at: datetime) -> None:
    """The decision as a moment and a document of the process; where they are already, they stay as they are."""
    process, day, reference = option.dossier.process, facts.decided_on, facts.reference.strip()
    if not process.moments.filter(body=facts.body, held_on=day).exists():
        held = MomentFacts(
            body=facts.body,
            what=f"Keuze: {option.name}",
            planned_on=day,
            precision=DecisionMoment.Precision.DAY.value,
            held_on=day,
            result=f"Gekozen: {option.name}.",
        )
        set_moment(process=process, facts=held, by=by, at=at)
    if not process.documents.filter(kind=PolicyDocument.Kind.DECISION, title=reference).exists():
        document = DocumentFacts(kind=PolicyDocument.Kind.DECISION.value, title=reference, dated_on=day)
        set_document(process=process, facts=document, by=by, at=at)


def _refuse_second_form(option: FormOption) -> None:
    """The same as the constraint, with the field at which the page says so."""
    forms = FormOption.objects.filter(dossier=option.dossier, kind=FormOption.Kind.FORM).exclude(chosen_because="")
    if option.kind == FormOption.Kind.FORM and forms.exists():
        raise FactRefused("because", "er is al een organisatievorm gekozen")
