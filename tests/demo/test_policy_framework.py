"""Markerwaard's own framework: two versions, each advised on, adopted and public on its own days."""

import pytest

from samenspel.audit.models import AuditEvent
from samenspel.demo.policy_framework import FIRST, load_framework
from samenspel.engine.roles.shipped import names
from samenspel.policy.council import settled
from samenspel.policy.frameworks import framework_in_force
from samenspel.policy.models import FrameworkVersion
from tests.people.rows import AT, BY, GM

pytestmark = pytest.mark.django_db


def test_two_versions_are_published_once_with_advice_and_reaction_before_them():
    load_framework(GM, BY, AT)
    events = AuditEvent.objects.count()
    load_framework(GM, BY, AT)

    assert AuditEvent.objects.count() == events
    versions = list(FrameworkVersion.objects.order_by("number"))
    assert [row.published_at.year for row in versions] == [2024, 2026]
    for row in versions:
        advice = settled(row)
        assert advice.asked_on < advice.advised_on < advice.reacted_on < row.published_at.date()


def test_the_newest_builds_on_all_five_and_has_own_words_numbers_and_a_case():
    load_framework(GM, BY, AT)

    framework = framework_in_force(GM)
    assert set(framework.extends) == set(names())
    assert {each.value for each in framework.in_force(AT.date())} >= {8, 5}
    assert framework.part("principle", "klein_mag_klein_blijven").text
    assert len(FrameworkVersion.objects.get(number=2).content["cases"]) == 1


def test_nothing_is_made_before_its_day():
    load_framework(GM, BY, FIRST)

    assert not FrameworkVersion.objects.exists()
