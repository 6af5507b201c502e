"""What is kept of policy; nothing in it is about a person."""

from samenspel.policy.models.agenda import DecisionMoment, FormDossier, FormOption, PolicyDocument, PolicyProcess
from samenspel.policy.models.decisions import Outcome, RoleCase, RoleDecision, RoleReview, YearAmount
from samenspel.policy.models.frameworks import CouncilAdvice, FrameworkVersion
from samenspel.policy.models.goals import GoalLink, PolicyGoal

__all__ = [
    "CouncilAdvice",
    "DecisionMoment",
    "FormDossier",
    "FormOption",
    "FrameworkVersion",
    "GoalLink",
    "Outcome",
    "PolicyDocument",
    "PolicyGoal",
    "PolicyProcess",
    "RoleCase",
    "RoleDecision",
    "RoleReview",
    "YearAmount",
]
