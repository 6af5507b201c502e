"""A person decides about the role, beside the advice of that day. What was decided stays: a later decision follows it.

It is a view on the role (standpunt), not a decision about a subsidy or a provision.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from samenspel.audit.action import Actor, action, record
from samenspel.engine.calendar import ZONE
from samenspel.engine.frameworks import Framework
from samenspel.engine.roles.advice import Advice, as_data
from samenspel.engine.roles.rules import Outcome as Advised
from samenspel.people.checks import FactRefused, check_row
from samenspel.people.facts import lock
from samenspel.people.models import Mandate
from samenspel.policy.advice import advice_on
from samenspel.policy.cases import as_it_stands
from samenspel.policy.equal import decided_otherwise
from samenspel.policy.frameworks import framework_of_version
from samenspel.policy.models import FrameworkVersion, RoleCase, RoleDecision, YearAmount
from samenspel.socialmap.actions import note_role

MOST_EUROS = 2_000_000_000
"""What the column holds on every database."""


class AlreadyDecided(ValueError):
    """The very same decision was recorded before: a form that was sent twice."""


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What a person decided; `amounts` are euros by year, `conditions` sentences."""

    decided: str
    body: str
    reference: str
    decided_on: date
    mandate: Mandate | None = None
    reason: str = ""
    unequal_reason: str = ""
    conditions: Sequence[str] = ()
    evaluate_on: date | None = None
    amounts: Mapping[int, int] = field(default_factory=dict)


def framework_on(municipality: str, on: date) -> FrameworkVersion:
    """The version of the municipality's own framework that was in force; raises FactRefused where there was none."""
    versions = FrameworkVersion.objects.filter(municipality=municipality, published_at__isnull=False)
    known: list[FrameworkVersion] = [
        version for version in versions.order_by("number") if version.published_at.astimezone(ZONE).date() <= on
    ]
    if known:
        return known[-1]
    if versions.exists():
        raise FactRefused("decided_on", "op deze dag gold nog geen vastgesteld kader")
    raise FactRefused("decided", "stel eerst een kader vast")


def advice_for(case: RoleCase, version: FrameworkVersion, on: date) -> Advice:
    """The advice on a case by a version, as a decision of that day keeps it."""
    return advice_on(
        as_it_stands(case),
        municipality=case.municipality,
        on=on,
        framework=framework_of_version(version),
        leave_out=case,
    )


@action
def decide_role(*, case: RoleCase, decision: Decided, by: Actor, at: datetime) -> RoleDecision:
    """Record a decision with the advice of that day; the offering of the case gets its role.

    Raises FactRefused naming the field, AlreadyDecided for the same decision again.
    """
    lock(case)
    if _is_there(case, decision):
        raise AlreadyDecided(decision.reference)
    if decision.decided_on > at.astimezone(ZONE).date():
        raise FactRefused("decided_on", "deze dag is nog niet geweest")
    version = framework_on(case.municipality, decision.decided_on)
    advice = advice_for(case, version, decision.decided_on)
    _check_mandate(case, decision)
    if {str(advice.outcome.key), decision.decided} == {str(Advised.NO_INVOLVEMENT.key)}:
        raise FactRefused("decided", "dit is van mensen zelf: leg er niets over vast en gooi de zaak weg")
    row = RoleDecision(
        case=case,
        framework=version,
        facts=case.facts,
        measures=case.measures,
        advised=str(advice.outcome.key),
        advice=as_data(advice),
        decided=decision.decided,
        body=decision.body,
        mandate=decision.mandate,
        reference=decision.reference.strip(),
        decided_on=decision.decided_on,
        reason=decision.reason.strip(),
        unequal_reason=decision.unequal_reason.strip(),
        conditions=_written(decision.conditions),
        evaluate_on=decision.evaluate_on,
        recorded_at=at,
    )
    check_row(row, skip=["facts", "measures", "advice", "conditions"])
    _check_equal(advice, row, framework_of_version(version))
    row.save(force_insert=True)
    _keep_amounts(row, decision.amounts)
    _tell_the_map(case, row, by, at)
    record(action="decide_role", on=row, by=by, at=at, municipality=case.municipality, case=str(case.pk))
    return row


def _is_there(case: RoleCase, decision: Decided) -> bool:
    """Whether this very decision was recorded before; another amount or condition makes it a new one."""
    same = {name: getattr(decision, name) for name in ("decided", "body", "mandate", "decided_on", "evaluate_on")}
    same |= {name: getattr(decision, name).strip() for name in ("reference", "reason", "unequal_reason")}
    return any(
        row.conditions == _written(decision.conditions)
        and {amount.year: amount.euros for amount in row.amounts.all()} == dict(decision.amounts)
        for row in case.decisions.filter(**same).prefetch_related("amounts")
    )


def _written(conditions: Sequence[str]) -> list[str]:
    return [one.strip() for one in conditions if one.strip()]


def _check_mandate(case: RoleCase, decision: Decided) -> None:
    if decision.mandate is None:
        return
    of_here = Mandate.objects.filter(
        pk=decision.mandate.pk, team__municipality=case.municipality, in_name_of=Mandate.InNameOf.EXECUTIVE
    )
    if not of_here.in_force(decision.decided_on).exists():
        raise FactRefused("mandate", "dit mandaat van het college gold niet op de dag van het besluit")


def _check_equal(advice: Advice, row: RoleDecision, framework: Framework) -> None:
    otherwise = decided_otherwise(row.case, advice.answers, row.decided, framework)
    if otherwise and not row.unequal_reason:
        raise FactRefused(
            "unequal_reason",
            f"bij dezelfde feiten is eerder iets anders besloten: {otherwise}. Schrijf waarom het nu anders is",
        )


def _keep_amounts(row: RoleDecision, amounts: Mapping[int, int]) -> None:
    for year, euros in sorted(amounts.items()):
        if not 0 <= euros <= MOST_EUROS:
            raise FactRefused("amounts", f"{year}: het bedrag is te groot of kleiner dan nul")
        if not 2000 <= year <= 2100:
            raise FactRefused("amounts", f"{year} is geen jaar tussen 2000 en 2100")
        YearAmount(decision=row, year=year, euros=euros).save(force_insert=True)


def _tell_the_map(case: RoleCase, row: RoleDecision, by: Actor, at: datetime) -> None:
    """The newest decision is what the social map says; one that was recorded late changes nothing there."""
    if case.offering is None or case.decisions.exclude(pk=row.pk).filter(decided_on__gt=row.decided_on).exists():
        return
    role = int(row.decided) if row.decided.isdecimal() else None
    note_role(offering=case.offering, role=role, by=by, at=at)
