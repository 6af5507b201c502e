"""Counts about no one, and the numbers that a group keeps about itself."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from samenspel.audit.action import ActionModel
from samenspel.engine.privacy import Registered
from samenspel.socialmap.models import Offering

MOST = 10_000
"""The largest number that a group can keep: more is a slip of the finger."""
LEAST_MEETINGS = 3
"""Fewer meetings are not shared: a mean of two would nearly show each."""


def _is_between(name: str, least: int, most: int) -> Q:
    """A number that may be unknown lies between these."""
    return Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": least, f"{name}__lte": most})


_POSSIBLE = (
    Q(came__gte=0, came__lte=MOST)
    & _is_between("helpers", 0, MOST)
    & _is_between("members", 0, MOST)
    & _is_between("load", 1, 5)
)


class UnmetNeed(models.Model):
    """How often, in one week, a need was asked for in one area and not found.

    A plain counter: of a question it keeps no words, time, day, postcode or buurt. It leaves no event, for an event
    has a moment, and with it single questions could be followed in time (decision 0020).
    """

    class Why(models.TextChoices):
        NOTHING_NEAR = "nothing_near", "niets in de buurt"
        ALL_FULL = "all_full", "alles vol"
        NOT_UNDERSTOOD = "not_understood", "vraag niet begrepen"

    municipality = models.CharField(max_length=6)
    week = models.DateField()
    """The Monday of the week."""
    area = models.CharField(max_length=40)
    """The code of a wijk; the municipality's own where no place was given."""
    need = models.CharField(max_length=40, blank=True)
    """A key of the vocabulary; "" when the question was not understood."""
    why = models.CharField(max_length=16, choices=Why)
    times = models.PositiveIntegerField(default=0)

    registry: ClassVar = Registered(
        processing="unmet_needs",
        purpose="Weten wat inwoners zoeken en niet vinden, voor het beleid",
        retention="5 hele jaren; het gaat over niemand, dus er is niets te geven of te wissen",
        internal=("id", "municipality", "week", "area", "need", "why", "times"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "week", "area", "need", "why"], name="unmet_need_counted_in_one_row"
            ),
            models.CheckConstraint(
                condition=Q(need="", why="not_understood") | (~Q(need="") & ~Q(why="not_understood")),
                name="unmet_need_is_named_when_understood",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.week} {self.area} {self.need or self.why}"


class OwnCircle(models.Model):
    """How often, in one week and one wijk, somebody pressed that it worked out with their own people.

    A plain counter as `UnmetNeed` is, and for the same reason without an event.
    """

    municipality = models.CharField(max_length=6)
    week = models.DateField()
    """The Monday of the week."""
    area = models.CharField(max_length=40)
    """The code of a wijk; the municipality's own where none was chosen."""
    times = models.PositiveIntegerField(default=0)

    registry: ClassVar = Registered(
        processing="own_circle",
        purpose="Weten hoe vaak het lukt met hulp van eigen mensen",
        retention="5 hele jaren; het gaat over niemand, dus er is niets te geven of te wissen",
        internal=("id", "municipality", "week", "area", "times"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "week", "area"], name="own_circle_counted_in_one_row")
        ]

    def __str__(self) -> str:
        return f"{self.week} {self.area}"


class GroupCount(ActionModel):
    """What a group noted of one meeting, as numbers only. It is the group's own: only its link reads it.

    There is no way back from an offering to these rows, and `outcomes.own_counts` is all that reads them.
    """

    municipality = models.CharField(max_length=6)
    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    came = models.PositiveSmallIntegerField()
    helpers = models.PositiveSmallIntegerField(null=True, blank=True)
    members = models.PositiveSmallIntegerField(null=True, blank=True)
    load = models.PositiveSmallIntegerField(null=True, blank=True)
    """How heavy it is for who runs it, from 1 (light) to 5 (too heavy)."""

    registry: ClassVar = Registered(
        processing="group_figures",
        purpose="Een groep houdt voor zichzelf bij hoe het gaat; de gemeente ziet dit niet",
        retention="2 jaar na de bijeenkomst, of tot de groep het wist",
        internal=("id", "municipality", "offering", "on", "came", "helpers", "members", "load"),
    )

    class Meta(ActionModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["offering", "on"], name="group_count_one_a_day"),
            models.CheckConstraint(condition=_POSSIBLE, name="group_count_is_possible"),
        ]

    def __str__(self) -> str:
        return f"{self.offering_id} {self.on}"


class ReleasedFigure(ActionModel):
    """What a group shared of one quarter: means over its meetings, never a meeting. Taking it back deletes the row."""

    municipality = models.CharField(max_length=6)
    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="released_figures")
    begins = models.DateField()
    ends = models.DateField()
    """The first day after the quarter."""
    meetings = models.PositiveSmallIntegerField()
    came = models.PositiveSmallIntegerField()
    helpers = models.PositiveSmallIntegerField(null=True, blank=True)
    members = models.PositiveSmallIntegerField(null=True, blank=True)
    load = models.PositiveSmallIntegerField(null=True, blank=True)
    released_at = models.DateTimeField()
    by_request = models.UUIDField()
    """The "klopt dit?" whose link shared it; kept when that request is erased."""

    registry: ClassVar = Registered(
        processing="group_figures",
        purpose="De gemeente ziet wat een groep zelf deelde, als gemiddelde over een kwartaal",
        retention="2 jaar na het kwartaal, of tot de groep het terugneemt",
        internal=(
            "id", "municipality", "offering", "begins", "ends", "meetings", "came", "helpers", "members", "load",
            "released_at", "by_request",
        ),
    )  # fmt: skip

    class Meta(ActionModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["offering", "begins"], name="released_figure_one_a_quarter"),
            models.CheckConstraint(
                condition=_POSSIBLE & Q(begins__lt=F("ends"), meetings__gte=LEAST_MEETINGS),
                name="released_figure_is_possible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offering_id} {self.begins}"
