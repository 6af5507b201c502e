"""Where rows came from, and what an import did, so that it can be looked at first and undone after."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from samenspel.audit.action import ActionModel
from samenspel.engine.privacy import Registered


class SourceRecord(ActionModel):
    """One record of a source and the row it became; several may point at one row, as when duplicates are merged.

    The `fingerprint` of what was read tells whether reading it again changes anything. The `remainder` holds what the
    social map has no column for, so that it can leave again as it came.
    """

    class Kind(models.TextChoices):
        ORGANIZATION = "organization"
        PLACE = "place"
        OFFERING = "offering"

    municipality = models.CharField(max_length=6)
    source = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=Kind)
    source_id = models.CharField(max_length=200)
    object_id = models.UUIDField()
    fingerprint = models.CharField(max_length=64)
    remainder = models.JSONField(default=dict, blank=True)
    read_at = models.DateTimeField()

    registry: ClassVar = Registered(
        processing="imports",
        purpose="Weten waar een gegeven vandaan komt, en het opnieuw lezen zonder dubbele",
        retention="samen met wat het werd; daarna alleen nummer en vingerafdruk, zodat het niet nieuw lijkt",
        export="samen met de organisatie waar het bij hoort",
        erasure="leeg zodra de organisatie haar vermelding intrekt of de regel gewist wordt",
        internal=("id", "municipality", "source", "kind", "source_id", "object_id", "fingerprint", "read_at"),
        personal=("remainder",),
    )

    class Meta(ActionModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["municipality", "source", "kind", "source_id"], name="source_record_once"),
        ]
        indexes = [models.Index(fields=["municipality", "kind", "object_id"], name="source_record_of_a_row")]

    def __str__(self) -> str:
        return f"{self.source} {self.kind} {self.source_id}"


class ImportRun(ActionModel):
    """One file that was read: first looked at (`previewed`), then carried out, and perhaps undone.

    `draft` holds the accepted lines until they are carried out or the preview is thrown away; `steps` what was done to
    which row ([{"kind", "id", "verb": "add" | "change", "before": {…}}]), by which it is undone.
    """

    class State(models.TextChoices):
        PREVIEWED = "previewed"
        DONE = "done"
        UNDONE = "undone"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.CharField(max_length=6)
    kind = models.CharField(max_length=20)
    file_name = models.CharField(max_length=200)
    state = models.CharField(max_length=9, choices=State)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    draft = models.JSONField(default=list, blank=True)
    steps = models.JSONField(default=list, blank=True)
    report = models.JSONField(default=dict, blank=True)

    registry: ClassVar = Registered(
        processing="imports",
        purpose="Een bestand bekijken voor het inlezen, en het daarna kunnen terugdraaien",
        retention="het concept 1 dag; de stappen 30 dagen, daarna kan terugdraaien niet meer",
        export="samen met de organisatie waar het bij hoort",
        erasure="het contact gaat eruit als de organisatie haar vermelding intrekt; na de termijn wist Samenspel alles",
        internal=(
            "id", "municipality", "kind", "file_name", "state", "created_at", "done_at", "undone_at", "report",
        ),
        personal=("draft", "steps"),
    )  # fmt: skip

    class Meta(ActionModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(state="previewed", done_at__isnull=True, undone_at__isnull=True)
                | Q(state="done", done_at__isnull=False, undone_at__isnull=True)
                | Q(state="undone", done_at__isnull=False, undone_at__isnull=False),
                name="import_run_state_has_its_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name} {self.state}"
