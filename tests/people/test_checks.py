"""A number that rings nowhere is refused before a row is written."""

import pytest

from samenspel.people.checks import FactRefused, check_phone


@pytest.mark.parametrize(
    "number", ["", "112", "113", "14 0320", "116123", "0800-2000", "0320-555000", "+31 320 555 000"]
)
def test_a_number_that_rings_somewhere_is_taken(number: str):
    check_phone("phone", number)


@pytest.mark.parametrize("number", ["123", "0320", "555-000", "111", "bel ons", "14 1234567a"])
def test_a_number_that_rings_nowhere_is_refused_by_field(number: str):
    with pytest.raises(FactRefused) as refused:
        check_phone("phone", number)
    assert refused.value.field == "phone"
