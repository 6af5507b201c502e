"""For which wijk something is counted: never for one where so few live that a count could lead to somebody."""

from samenspel.places.models import Area, AreaFigures

LEAST_RESIDENTS = 1000
"""Of a wijk, for what is counted there to be kept by wijk; of a smaller one it counts for the municipality."""


def wijk_to_count(area: Area | None) -> str:
    """The code of the wijk of an area, or "" where few live; unknown counts as few; at most 2 queries."""
    if area is None:
        return ""
    wijk = area.parent_id if area.kind == Area.Kind.NEIGHBORHOOD and area.parent_id else area.pk
    for rows in (
        AreaFigures.objects.filter(area=wijk).values_list("area", "area__code", "values"),
        AreaFigures.objects.filter(area__parent=wijk).values_list("area", "area__parent__code", "values"),
    ):
        newest = {one: (code, values.get("residents", 0)) for one, code, values in rows.order_by("year")}
        if total := sum(residents for _code, residents in newest.values()):
            return next(iter(newest.values()))[0] if total >= LEAST_RESIDENTS else ""
    return ""
