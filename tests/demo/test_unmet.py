"""The demo has something to show of what was not found, small numbers among it, and loads it once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Max, Min, Sum

from samenspel.demo.load import MARKERWAARD
from samenspel.demo.unmet import load_unmet
from samenspel.engine.privacy import rounded
from samenspel.outcomes.models import UnmetNeed
from samenspel.outcomes.periods import quarter_with
from samenspel.outcomes.unmet import periods_of, unmet_needs
from samenspel.socialmap.vocabulary import vocabulary

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", [(2026, 11, 22), (2027, 1, 1), (2027, 1, 4), (2028, 2, 29)], ids=str)
def test_the_quarters_before_this_one_are_filled_and_a_whole_year_too(day: tuple[int, int, int]):
    at = datetime(*day, 12, tzinfo=UTC)

    load_unmet(at)
    load_unmet(at + timedelta(days=200))

    seen = UnmetNeed.objects.aggregate(first=Min("week"), last=Max("week"))
    assert seen["last"] < quarter_with(at.date()).begins <= seen["last"] + timedelta(weeks=2)
    assert seen["first"] < at.date() - timedelta(days=600)
    assert [period.quarter for period in periods_of(MARKERWAARD, at=at)].count(0) >= 1


def test_the_newest_quarter_has_figures_that_are_hidden_and_figures_that_are_shown():
    at = datetime(2026, 11, 22, 12, tzinfo=UTC)
    load_unmet(at)

    newest = unmet_needs(MARKERWAARD, periods_of(MARKERWAARD, at=at)[0])
    figures = [figure for row in newest.rows for figure in (*row.areas, row.total)]

    assert None in figures
    not_understood = UnmetNeed.objects.filter(need="", week__gte=newest.period.begins)
    assert max(figure or 0 for figure in figures) == rounded(not_understood.aggregate(all=Sum("times"))["all"])
    assert {row.need for row in newest.rows} - {""} <= set(vocabulary().needs)
