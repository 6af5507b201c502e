"""The sketch of the demo: one dorpshuis that closes, and a wijk that loses what it has there."""

import pytest

from samenspel.demo.exploration import TITLE, load_exploration
from samenspel.demo.load import BY, MARKERWAARD, load_demo
from samenspel.demo.questions import load_questions
from samenspel.policy.blocks.exploring import explore
from samenspel.policy.blocks.steps import read_steps
from samenspel.policy.models import Exploration
from tests.people.rows import AT

pytestmark = pytest.mark.django_db


def test_closing_het_oude_schooltje_costs_wierhaven_a_block_and_is_made_once():
    load_demo(AT)
    load_questions(MARKERWAARD, BY, AT)
    for _ in range(2):
        load_exploration(MARKERWAARD, BY, AT)
    row = Exploration.objects.get()
    assert row.title == TITLE

    found = explore(MARKERWAARD, read_steps(row.steps), at=AT)

    names = {found.wijken.names[found.wijken.number[one.before.area]] for one in found.turned if one.has_another_state}
    assert "Wierhaven" in names
    assert max(one.lost for one in found.totals) > 1000
