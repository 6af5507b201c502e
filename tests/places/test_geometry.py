"""Points over which the people of an area are spread."""

import pytest
import shapely

from samenspel.places.geometry import spread_over

SQUARE = shapely.box(5.0, 52.0, 5.1, 52.1)


@pytest.mark.parametrize("number", [1, 16, 100])
def test_about_as_many_points_as_asked_lie_inside_at_even_distances(number: int):
    points = spread_over(SQUARE, number)

    assert number / 2 <= len(points) <= number * 2
    assert all(SQUARE.contains(shapely.Point(point)) for point in points)
    assert spread_over(SQUARE, number) == points


def test_nobody_lives_in_the_hole_of_a_ring():
    hole = shapely.box(5.02, 52.02, 5.08, 52.08)

    points = spread_over(SQUARE.difference(hole), 16)

    assert points
    assert not any(hole.contains(shapely.Point(point)) for point in points)


def test_a_sliver_has_at_least_one_point():
    sliver = shapely.Polygon([(5.0, 52.0), (5.1, 52.1), (5.1, 52.10001)])

    assert len(spread_over(sliver, 1)) >= 1
