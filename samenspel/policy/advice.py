"""Advice for a municipality: the engine's, by its own framework, beside the cases it decided before."""

from datetime import date

from samenspel.engine.frameworks import Framework
from samenspel.engine.roles.advice import Advice, advise
from samenspel.engine.roles.cases import Case, answers_of
from samenspel.engine.roles.shipped import precedents_of, with_roles
from samenspel.policy.earlier import beside, named
from samenspel.policy.frameworks import framework_in_force
from samenspel.policy.models import RoleCase


def advice_on(
    case: Case, *, municipality: str, on: date, framework: Framework | None = None, leave_out: RoleCase | None = None
) -> Advice:
    """The advice on a case beside the municipality's own decisions and the cases of the framework that ships.

    Of own equal cases the newest few of each outcome are in it (`policy.earlier.MOST_EQUAL`).
    """
    by = framework or framework_in_force(municipality)
    own = beside(answers_of(case, by, on), municipality=municipality, framework=by, leave_out=leave_out)
    return advise(case, by, on, (*named([*own.equal, *own.near]), *precedents_of(with_roles())))
