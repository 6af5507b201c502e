"""What groups shared about themselves: means over a quarter. What they keep to themselves is not read here."""

from django.db.models import QuerySet

from samenspel.outcomes.models import ReleasedFigure


def released_figures(*, municipality: str) -> "QuerySet[ReleasedFigure]":
    """What groups that did not leave the map share now, newest quarter first, with their entry; one query."""
    rows = ReleasedFigure.objects.filter(
        municipality=municipality, offering__organization__listing_withdrawn_at__isnull=True
    )
    return rows.select_related("offering__organization").order_by("-begins", "offering__name", "pk")
