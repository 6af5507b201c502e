"""Questions that residents left, who holds them, and what is kept of them."""

from samenspel.handover.models.circle import Handover
from samenspel.handover.models.counts import EndedQuestion
from samenspel.handover.models.grounds import LegalGround
from samenspel.handover.models.hands import ContactTry, Hand
from samenspel.handover.models.melding import Melding
from samenspel.handover.models.request import HelpRequest, HelpRequestQuerySet, SecondCode
from samenspel.handover.models.signs import EarlySign, EarlySignQuerySet
from samenspel.handover.models.watch import TeamWatch

__all__ = [
    "ContactTry",
    "EarlySign",
    "EarlySignQuerySet",
    "EndedQuestion",
    "Hand",
    "Handover",
    "HelpRequest",
    "HelpRequestQuerySet",
    "LegalGround",
    "Melding",
    "SecondCode",
    "TeamWatch",
]
