"""What the council asks of each building block, what is known of it in each area, and what is done about a gap."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from samenspel.audit.action import ActionModel
from samenspel.engine.privacy import Registered
from samenspel.people.models import Organization
from samenspel.policy.models.commitments import Commitment
from samenspel.sources.vocabulary import BuildingBlock

KEPT = "zolang de gemeente beleid maakt"
_PERCENT = Q(share__range=(0, 100))


class BlockNorm(ActionModel):
    """What is enough of a building block from a day on, as the council adopted it (the texts name no numbers)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.CharField(max_length=6)
    block = models.PositiveSmallIntegerField(choices=BuildingBlock)
    since = models.DateField()
    share = models.PositiveSmallIntegerField()
    """The part of the residents that must be within reach, 0 to 100."""
    metres = models.PositiveIntegerField()
    """Within reach: so many metres in a straight line at most (decision 0035)."""
    amount = models.FloatField()
    """What an average resident must have within reach; in the unit of the block (`policy.blocks.UNITS`)."""
    months = models.PositiveSmallIntegerField()
    """What was confirmed longer ago is too old to count."""
    themes = models.JSONField(default=list, blank=True)
    """Of PROVISIONS: every one of these themes must be within reach; keys of `Theme`."""
    evening = models.BooleanField(default=False)
    """Of MEETING_PLACES: also one that is open in an evening."""
    document = models.CharField(max_length=200)
    """What adopted it, with its place in it."""

    registry: ClassVar = Registered(
        processing="policy",
        purpose="Weten wat de raad genoeg vindt in een wijk",
        retention=KEPT,
        public=(
            "id", "municipality", "block", "since", "share", "metres", "amount", "months", "themes", "evening",
            "document",
        ),
    )  # fmt: skip

    class Meta(ActionModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "block", "since"],
                name="block_norm_once_a_day",
                violation_error_code="since",
                violation_error_message="vanaf die dag geldt al een norm voor deze bouwsteen",
            ),
            models.CheckConstraint(
                condition=_PERCENT & Q(metres__gte=1, amount__gte=0, months__gte=1) & ~Q(document=""),
                name="block_norm_is_possible",
                violation_error_code="share",
                violation_error_message="een deel is 0 tot 100, een afstand en een termijn minstens 1",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_block_display()} {self.since}"


class BlockEvidence(ActionModel):
    """What is known of a block in an area beside the social map: somebody looked, or the work itself left it.

    Of handovers it says only that there were some in a quarter, in which direction: no number, no day.
    """

    class Kind(models.TextChoices):
        NONE_FOUND = "none_found", "gekeken en niets gevonden"
        MET = "met", "het wijknetwerk kwam bij elkaar"
        TO_INFORMAL = "to_informal", "professionals gaven door aan vrijwilligers of een groep"
        TO_FORMAL = "to_formal", "vrijwilligers of een groep gaven door aan professionals"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.CharField(max_length=6)
    area = models.CharField(max_length=40)
    """The code of a wijk or kern."""
    block = models.PositiveSmallIntegerField(choices=BuildingBlock)
    kind = models.CharField(max_length=12, choices=Kind)
    on = models.DateField()
    """The day; of handovers the first day of the quarter."""
    note = models.CharField(max_length=200, blank=True)
    """How somebody looked; never about a person."""

    registry: ClassVar = Registered(
        processing="policy",
        purpose="Weten waarop een oordeel over een wijk rust",
        retention=KEPT,
        public=("id", "municipality", "area", "block", "kind", "on", "note"),
    )

    class Meta(ActionModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "area", "block", "kind", "on"],
                name="block_evidence_once",
                violation_error_code="on",
                violation_error_message="dit staat er van die dag al",
            ),
            models.CheckConstraint(
                condition=Q(kind="none_found") | Q(block=4),
                name="block_evidence_of_the_network",
                violation_error_code="block",
                violation_error_message="dit hoort bij het netwerk",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.block} {self.kind} {self.on}"


class BlockState(ActionModel):
    """The state of a block in an area between two days, with the figures behind it; the row without an end is now.

    A disposable answer of `policy.blocks`: worked out again when something changes, kept to show what changed when.
    """

    class State(models.TextChoices):
        PRESENT = "present", "aanwezig"
        PARTLY = "partly", "deels"
        MISSING = "missing", "ontbreekt"
        UNKNOWN = "unknown", "onbekend"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.CharField(max_length=6)
    area = models.CharField(max_length=40)
    block = models.PositiveSmallIntegerField(choices=BuildingBlock)
    state = models.CharField(max_length=8, choices=State)
    why = models.CharField(max_length=20)
    """What decided it: `engine.coverage.states.Why`."""
    reached = models.FloatField(null=True)
    reached_older = models.FloatField(null=True)
    """The part (0 to 1) of the residents, and of those of 65 and over, within reach; null where nobody lives."""
    amount = models.FloatField(null=True)
    """What an average resident has within reach, in the unit of the block."""
    per_thousand = models.FloatField(null=True)
    """Capacity per 1,000 residents by the floating catchment (decision 0035); null where there is none to measure."""
    fresh = models.PositiveIntegerField()
    old = models.PositiveIntegerField()
    """How many records are fresh, and how many too old to count."""
    confirmed_on = models.DateField(null=True)
    """The newest confirmation of any of them."""
    remedies = models.JSONField(default=list)
    """What could fill a gap, nearest first: {"kind", "id", "metres"} (`engine.coverage.remedies.Kind`)."""
    since = models.DateField()
    until = models.DateField(null=True)
    """The first day on which it is no longer so."""

    registry: ClassVar = Registered(
        processing="policy",
        purpose="Zien of elke wijk haar vijf bouwstenen heeft, en wat er verandert",
        retention=KEPT,
        public=(
            "id", "municipality", "area", "block", "state", "why", "reached", "reached_older", "amount", "per_thousand",
            "fresh", "old", "confirmed_on", "remedies", "since", "until",
        ),
    )  # fmt: skip

    class Meta(ActionModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "area", "block"], condition=Q(until__isnull=True), name="block_state_one_now"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="block_state_ends_after_it_began"
            ),
        ]
        indexes = [models.Index(fields=["municipality", "until", "since"], name="block_state_of_a_day")]

    def __str__(self) -> str:
        return f"{self.area} {self.block} {self.state}"


class GapAction(Commitment):
    """What is done about a gap: by whom, by when, with what money, and what came of it."""

    class Status(models.TextChoices):
        PLANNED = "planned", "gepland"
        BUSY = "busy", "bezig"
        DONE = "done", "klaar"
        STOPPED = "stopped", "gestopt"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.CharField(max_length=6)
    area = models.CharField(max_length=40)
    block = models.PositiveSmallIntegerField(choices=BuildingBlock)
    owner = models.CharField(max_length=120)
    """The function that does it ("verbinder Rietkoog"), never a name."""
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.SET_NULL, related_name="gap_actions"
    )
    amount = models.PositiveIntegerField(null=True, blank=True)
    """Whole euros; null while nobody knows, 0 when it costs nothing."""
    status = models.CharField(max_length=8, choices=Status, default=Status.PLANNED)
    result = models.CharField(max_length=400, blank=True)
    """What came of it, or why it stopped."""
    began_on = models.DateField()

    registry: ClassVar = Registered(
        processing="policy",
        purpose="Laten zien wat er aan een gat wordt gedaan",
        retention=KEPT,
        public=(
            "id", "municipality", "area", "block", "what", "owner", "organization", "due_on", "first_due", "amount",
            "status", "progress", "earlier", "result", "began_on",
        ),
    )  # fmt: skip

    class Meta(Commitment.Meta):
        constraints = [
            *Commitment.Meta.constraints,
            models.CheckConstraint(
                condition=Q(status__in=("planned", "busy")) | ~Q(result=""),
                name="gap_action_ended_says_what_came_of_it",
                violation_error_code="result",
                violation_error_message="schrijf wat eruit kwam, of waarom het stopte",
            ),
        ]
        indexes = [models.Index(fields=["municipality", "status", "due_on"], name="gap_action_due")]

    def __str__(self) -> str:
        return self.what


class Exploration(ActionModel):
    """A "what if" (verkenning): a draft that is no plan. It is read behind the login only and changes nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.CharField(max_length=6)
    title = models.CharField(max_length=120)
    steps = models.JSONField(default=list, blank=True)
    """What would change, in order (`policy.blocks.steps.Step`)."""
    made_on = models.DateField()

    registry: ClassVar = Registered(
        processing="policy",
        purpose="Vooraf zien wie iets verliest als een plek of aanbod stopt",
        retention="tot iemand haar weghaalt, en uiterlijk 1 jaar",
        internal=("id", "municipality", "title", "steps", "made_on"),
    )

    class Meta(ActionModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="exploration_has_a_title",
                violation_error_code="title",
                violation_error_message="geef de verkenning een naam",
            )
        ]

    def __str__(self) -> str:
        return self.title


class StrengthChoice(ActionModel):
    """Whether a municipality shows one total for a wijk; without a row it does not."""

    municipality = models.CharField(max_length=6, primary_key=True)
    shows_total = models.BooleanField(default=False)
    reason = models.CharField(max_length=400)
    since = models.DateField()

    registry: ClassVar = Registered(
        processing="policy",
        purpose="Een totaalcijfer verbergt veel; een gemeente kiest er bewust voor",
        retention=KEPT,
        public=("municipality", "shows_total", "reason", "since"),
    )

    class Meta(ActionModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="strength_choice_has_a_reason",
                violation_error_code="reason",
                violation_error_message="schrijf waarom",
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.shows_total}"
