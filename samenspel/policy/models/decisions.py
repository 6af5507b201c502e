"""Cases in which a role is chosen, the decisions of people, and the reviews that reopen them."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from samenspel.audit.action import ActionModel
from samenspel.engine.privacy import Registered
from samenspel.people.models import Mandate
from samenspel.policy.models.frameworks import FrameworkVersion
from samenspel.policy.models.goals import PolicyGoal
from samenspel.socialmap.models import Offering

KEPT = "zolang de gemeente beleid maakt: ook een oud besluit moet te verklaren zijn"


class Outcome(models.TextChoices):
    """What is advised or decided (`engine.roles.rules.Outcome`), as text."""

    ROLE_1 = "1", "rol 1"
    ROLE_2 = "2", "rol 2"
    ROLE_3 = "3", "rol 3"
    ROLE_4 = "4", "rol 4"
    NO_INVOLVEMENT = "no_involvement", "geen bemoeienis"
    NOT_DONE = "not_done", "de gemeente doet dit niet"
    NOT_ENOUGH_KNOWN = "not_enough_known", "nog niet genoeg bekend"


ACTIVE = (Outcome.ROLE_2, Outcome.ROLE_3, Outcome.ROLE_4)
"""Where the municipality does something, so that a day to look back is due (principle 5)."""


class RoleCase(ActionModel):
    """One activity, provision or request about which a role is chosen."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.CharField(max_length=6)
    title = models.CharField(max_length=120)
    story = models.TextField(blank=True)
    """What is asked or at stake; never about a person."""
    offering = models.ForeignKey(Offering, null=True, blank=True, on_delete=models.SET_NULL, related_name="role_cases")
    goals = models.ManyToManyField(PolicyGoal, blank=True, related_name="role_cases")
    facts = models.JSONField(default=dict, blank=True)
    """By fact {"answer", "by", "on", "evidence"}, the words of a case file (`engine.roles.cases`)."""
    measures = models.JSONField(default=dict, blank=True)
    """Numbers by the names of `engine.roles.facts.MEASURES`."""
    began_at = models.DateTimeField()

    registry: ClassVar = Registered(
        processing="policy",
        purpose="De rol van de gemeente bewust kiezen",
        retention=KEPT,
        internal=("id", "municipality", "title", "story", "offering", "goals", "facts", "measures", "began_at"),
    )

    class Meta(ActionModel.Meta):
        indexes = [models.Index(fields=["municipality", "-began_at"], name="role_case_newest")]

    def __str__(self) -> str:
        return self.title


class RoleDecision(ActionModel):
    """What a person decided about a case, beside the advice of that day. It is a view on the role (standpunt): no
    decision about a subsidy or a provision."""

    class Body(models.TextChoices):
        EXECUTIVE = "executive", "het college"
        MANDATE = "mandate", "een functie met mandaat"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(RoleCase, on_delete=models.PROTECT, related_name="decisions")
    framework = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="decisions")
    facts = models.JSONField()
    measures = models.JSONField()
    advised = models.CharField(max_length=20, choices=Outcome)
    advice = models.JSONField()
    """The whole advice as it was shown (`engine.roles.advice.as_data`)."""
    decided = models.CharField(max_length=20, choices=Outcome)
    body = models.CharField(max_length=9, choices=Body)
    mandate = models.ForeignKey(Mandate, null=True, blank=True, on_delete=models.PROTECT, related_name="role_decisions")
    reference = models.CharField(max_length=120)
    """Where the decision can be read: number of the decision of the college, or of the letter."""
    decided_on = models.DateField()
    reason = models.TextField(blank=True)
    """Why it differs from the advice; "" only where it does not."""
    unequal_reason = models.TextField(blank=True)
    """Why it differs from an equal case."""
    conditions = models.JSONField(default=list, blank=True)
    evaluate_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()

    registry: ClassVar = Registered(
        processing="policy",
        purpose="Laten zien welke rol is gekozen, door wie en waarom",
        retention=KEPT,
        internal=(
            "id", "case", "framework", "facts", "measures", "advised", "advice", "decided", "body", "mandate",
            "reference", "decided_on", "reason", "unequal_reason", "conditions", "evaluate_on", "recorded_at",
        ),
    )  # fmt: skip

    class Meta(ActionModel.Meta):
        ordering = ["decided_on", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided=F("advised")) | ~Q(reason=""),
                name="role_decision_that_deviates_has_a_reason",
                violation_error_code="reason",
                violation_error_message="u wijkt af van het advies: schrijf waarom",
            ),
            models.CheckConstraint(
                condition=~Q(decided=Outcome.NOT_ENOUGH_KNOWN),
                name="role_decision_decides",
                violation_error_code="decided",
                violation_error_message="kies een rol, of dat de gemeente dit niet doet",
            ),
            models.CheckConstraint(
                condition=Q(body="mandate", mandate__isnull=False) | Q(body="executive", mandate__isnull=True),
                name="role_decision_by_who_may",
                violation_error_code="mandate",
                violation_error_message="kies het mandaat, of laat het college besluiten",
            ),
            models.CheckConstraint(
                condition=~Q(reference=""),
                name="role_decision_can_be_read_somewhere",
                violation_error_code="reference",
                violation_error_message="noem het nummer van het besluit",
            ),
            models.CheckConstraint(
                condition=~Q(decided__in=ACTIVE)
                | Q(evaluate_on__isnull=False, evaluate_on__gt=F("decided_on")),  # null is neither true nor false
                name="role_decision_looks_back",
                violation_error_code="evaluate_on",
                violation_error_message="spreek een dag af om terug te kijken, na de dag van het besluit",
            ),
        ]
        indexes = [models.Index(fields=["evaluate_on"], name="role_decision_by_evaluation")]

    def __str__(self) -> str:
        return f"{self.case}: {self.get_decided_display()}"


class YearAmount(ActionModel):
    """What a decision costs the municipality in one year (principle 4)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.ForeignKey(RoleDecision, on_delete=models.CASCADE, related_name="amounts")
    year = models.PositiveSmallIntegerField()
    euros = models.PositiveIntegerField()

    registry: ClassVar = Registered(
        processing="policy",
        purpose="Open zijn over wat de gemeente over meer jaren bijdraagt",
        retention=KEPT,
        public=("id", "decision", "year", "euros"),
    )

    class Meta(ActionModel.Meta):
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "year"], name="year_amount_once"),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2100), name="year_amount_in_this_age"),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.euros} euro"


class RoleReview(ActionModel):
    """A reason to look at a role again. It changes nothing by itself: a person closes it."""

    class Trigger(models.TextChoices):
        """Those of the denkkader (§5.A, principle 5), and a person's own reason."""

        FEW_PARTICIPANTS = "few_participants", "weinig deelnemers"
        VOLUNTEERS_STOP = "volunteers_stop", "vrijwilligers stoppen"
        COULD_CARRY = "could_carry", "de gemeenschap kan dit dragen"
        POLICY_CHANGED = "policy_changed", "nieuw beleid"
        REVIEW_DUE = "review_due", "de afgesproken dag"
        OWN_REASON = "own_reason", "een andere reden"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(RoleCase, on_delete=models.CASCADE, related_name="reviews")
    trigger = models.CharField(max_length=16, choices=Trigger)
    note = models.CharField(max_length=400, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    conclusion = models.TextField(blank=True)
    decision = models.ForeignKey(RoleDecision, null=True, blank=True, on_delete=models.PROTECT, related_name="reviews")
    """The decision that came of it; null when the role stays as it was."""

    registry: ClassVar = Registered(
        processing="policy",
        purpose="De rol van de gemeente regelmatig opnieuw bekijken",
        retention=KEPT,
        internal=("id", "case", "trigger", "note", "opened_on", "closed_on", "conclusion", "decision"),
    )

    class Meta(ActionModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["case", "trigger"],
                condition=Q(closed_on__isnull=True),
                name="role_review_open_once",
                violation_error_message="om deze reden staat al een herziening open",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | ~Q(conclusion=""),
                name="role_review_ends_with_a_conclusion",
                violation_error_code="conclusion",
                violation_error_message="schrijf wat eruit kwam",
            ),
            models.CheckConstraint(
                condition=~Q(trigger="own_reason") | ~Q(note=""),
                name="role_review_names_its_own_reason",
                violation_error_code="note",
                violation_error_message="schrijf de reden",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.get_trigger_display()}"
