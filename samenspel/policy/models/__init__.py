"""What is kept of policy; nothing in it is about a person."""

from samenspel.policy.models.agenda import DecisionMoment, FormDossier, FormOption, PolicyDocument, PolicyProcess
from samenspel.policy.models.blocks import (
    BlockEvidence,
    BlockNorm,
    BlockState,
    Exploration,
    GapAction,
    StrengthChoice,
)
from samenspel.policy.models.decisions import Outcome, RoleCase, RoleDecision, RoleReview, YearAmount
from samenspel.policy.models.frameworks import CouncilAdvice, FrameworkVersion
from samenspel.policy.models.goals import GoalLink, PolicyGoal
from samenspel.policy.models.neighborhoods import (
    AreaChallenge,
    ChallengePartner,
    NeighborhoodNetwork,
    NetworkMeeting,
    PartnerPromise,
)
from samenspel.policy.models.questions import PublicQuestion

__all__ = [
    "AreaChallenge",
    "BlockEvidence",
    "BlockNorm",
    "BlockState",
    "ChallengePartner",
    "CouncilAdvice",
    "DecisionMoment",
    "Exploration",
    "FormDossier",
    "FormOption",
    "FrameworkVersion",
    "GapAction",
    "GoalLink",
    "NeighborhoodNetwork",
    "NetworkMeeting",
    "Outcome",
    "PartnerPromise",
    "PolicyDocument",
    "PolicyGoal",
    "PolicyProcess",
    "PublicQuestion",
    "RoleCase",
    "RoleDecision",
    "RoleReview",
    "StrengthChoice",
    "YearAmount",
]
