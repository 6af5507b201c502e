"""The social map: what there is to do and to get nearby, where, when, for whom, and how sure we are of it."""

from samenspel.socialmap.models.changes import Change
from samenspel.socialmap.models.confirmation import ConfirmationRequest
from samenspel.socialmap.models.imports import ImportRun, SourceRecord
from samenspel.socialmap.models.mending import Look, Mending, MendingRule, Part
from samenspel.socialmap.models.offerings import Offering, OfferingQuerySet, Schedule, Verification
from samenspel.socialmap.models.places import Entrance, MeetingPlace, YesNoUnknown
from samenspel.socialmap.models.vocabulary import OwnPhrase

__all__ = [
    "Change",
    "ConfirmationRequest",
    "Entrance",
    "ImportRun",
    "Look",
    "MeetingPlace",
    "Mending",
    "MendingRule",
    "Offering",
    "OfferingQuerySet",
    "OwnPhrase",
    "Part",
    "Schedule",
    "SourceRecord",
    "Verification",
    "YesNoUnknown",
]
