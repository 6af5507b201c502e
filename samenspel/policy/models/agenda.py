"""The long-term agenda (LTA): processes, who decides when, documents, and the choice of an organizational form."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from samenspel.audit.action import ActionModel
from samenspel.engine.privacy import Registered
from samenspel.people.models import Organization

KEPT = "zolang de gemeente beleid maakt"


class PolicyProcess(ActionModel):
    """A process on the agenda, such as the herijking of subsidies (denkkader §6)."""

    class FrameworkUse(models.TextChoices):
        """The denkkader is used "in meer of mindere mate"."""

        FULL = "full", "volgt het kader"
        PARTLY = "partly", "gebruikt delen van het kader"
        NOT = "not", "gebruikt het kader niet"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.CharField(max_length=6)
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    framework_use = models.CharField(max_length=6, choices=FrameworkUse)
    ended_on = models.DateField(null=True, blank=True)

    registry: ClassVar = Registered(
        processing="policy",
        purpose="Laten zien wat er aan beleid op de agenda staat",
        retention=KEPT,
        public=("id", "municipality", "title", "text", "framework_use", "ended_on"),
    )

    class Meta(ActionModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "title"],
                name="policy_process_title_once",
                violation_error_code="title",
                violation_error_message="er is al een proces met deze naam",
            )
        ]

    def __str__(self) -> str:
        return self.title


class DecisionMoment(ActionModel):
    """When a body speaks about a process: planned, and once it did, with what came out."""

    class Body(models.TextChoices):
        COUNCIL = "council", "gemeenteraad"
        EXECUTIVE = "executive", "college"
        ADVISORY_COUNCIL = "advisory_council", "adviesraad"
        RESIDENTS = "residents", "inwoners"
        REGION = "region", "regio"

    class Precision(models.TextChoices):
        DAY = "day", "op de dag"
        MONTH = "month", "in die maand"
        QUARTER = "quarter", "in dat kwartaal"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    process = models.ForeignKey(PolicyProcess, on_delete=models.CASCADE, related_name="moments")
    body = models.CharField(max_length=16, choices=Body)
    what = models.CharField(max_length=200)
    planned_on = models.DateField()
    precision = models.CharField(max_length=7, choices=Precision, default=Precision.DAY)
    held_on = models.DateField(null=True, blank=True)
    result = models.TextField(blank=True)

    registry: ClassVar = Registered(
        processing="policy",
        purpose="Laten zien wanneer wie besluit, en wat eruit kwam",
        retention=KEPT,
        public=("id", "process", "body", "what", "planned_on", "precision", "held_on", "result"),
    )

    class Meta(ActionModel.Meta):
        ordering = ["planned_on", "what"]
        constraints = [
            models.CheckConstraint(
                condition=Q(held_on__isnull=True) | ~Q(result=""),
                name="decision_moment_held_has_a_result",
                violation_error_code="result",
                violation_error_message="schrijf wat eruit kwam",
            )
        ]

    def __str__(self) -> str:
        return self.what


class PolicyDocument(ActionModel):
    """A document of a process; it stands elsewhere, here is where."""

    class Kind(models.TextChoices):
        START_NOTE = "start_note", "startnotitie"
        COUNCIL_LETTER = "council_letter", "raadsbrief"
        ACTION_PLAN = "action_plan", "actieplan"
        DECISION = "decision", "besluit"
        ADVICE = "advice", "advies van de adviesraad"
        REACTION = "reaction", "reactie van het college"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    process = models.ForeignKey(PolicyProcess, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=14, choices=Kind)
    title = models.CharField(max_length=200)
    dated_on = models.DateField()
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    """Of an action plan: the year it is for."""
    website = models.URLField(blank=True)

    registry: ClassVar = Registered(
        processing="policy",
        purpose="De stukken van een proces terugvinden",
        retention=KEPT,
        public=("id", "process", "kind", "title", "dated_on", "year", "website"),
    )

    class Meta(ActionModel.Meta):
        ordering = ["dated_on", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="action_plan", year__isnull=False) | (~Q(kind="action_plan") & Q(year__isnull=True)),
                name="policy_document_plan_has_a_year",
                violation_error_code="year",
                violation_error_message="noem het jaar van het actieplan, en alleen daarvan",
            )
        ]

    def __str__(self) -> str:
        return self.title


class FormDossier(ActionModel):
    """The choice of an organizational form for welfare tasks, or of strategic partners, made in the open.

    Its steps are moments of the process. Source: denkkader §5.C; startnotitie sociale basis.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    process = models.OneToOneField(PolicyProcess, on_delete=models.CASCADE, related_name="dossier")
    question = models.CharField(max_length=300)
    tasks = models.TextField()
    """What must be done, a line each."""
    criteria = models.TextField()
    """By what the options are compared, a line each; published before anyone is asked."""
    procedure = models.TextField()
    """How one can take part, and how to object."""
    published_on = models.DateField(null=True, blank=True)

    registry: ClassVar = Registered(
        processing="policy",
        purpose="Open kiezen hoe welzijn wordt georganiseerd en met wie",
        retention=KEPT,
        public=("id", "process", "question", "tasks", "criteria", "procedure", "published_on"),
    )

    def __str__(self) -> str:
        return self.question


class FormOption(ActionModel):
    """One form or partner to choose from."""

    class Kind(models.TextChoices):
        FORM = "form", "organisatievorm"
        PARTNER = "partner", "strategische partner"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(FormDossier, on_delete=models.CASCADE, related_name="options")
    kind = models.CharField(max_length=7, choices=Kind)
    name = models.CharField(max_length=120)
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.SET_NULL, related_name="form_options"
    )
    tasks = models.TextField()
    """Which of the tasks it would take on, and which not."""
    continuity = models.TextField()
    """What it means for small clubs and for what runs today."""
    speaks_for = models.TextField(blank=True)
    speaks_against = models.TextField(blank=True)
    chosen_because = models.TextField(blank=True)
    """Why it was chosen; "" where it was not (yet)."""

    registry: ClassVar = Registered(
        processing="policy",
        purpose="Laten zien wat er te kiezen was, en waarom iets is gekozen",
        retention=KEPT,
        public=(
            "id", "dossier", "kind", "name", "organization", "tasks", "continuity", "speaks_for", "speaks_against",
            "chosen_because",
        ),
    )  # fmt: skip

    class Meta(ActionModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "name"],
                name="form_option_name_once",
                violation_error_code="name",
                violation_error_message="deze naam staat er al",
            ),
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(kind="form") & ~Q(chosen_because=""),
                name="form_option_one_form_chosen",
                violation_error_message="er is al een organisatievorm gekozen",
            ),
        ]

    def __str__(self) -> str:
        return self.name
