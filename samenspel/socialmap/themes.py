"""How much there is of each theme."""

from collections import Counter
from datetime import datetime

from samenspel.socialmap.models import Offering


def theme_counts(*, municipality: str, at: datetime) -> Counter[str]:
    """Count the offerings that residents may see, by the key of the theme; one query."""
    rows = Offering.objects.visible(at).filter(municipality=municipality).values_list("themes", flat=True)
    return Counter(key for keys in rows for key in keys)
