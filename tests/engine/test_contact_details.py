"""Telephone numbers and e-mail addresses are found in a text, and days, years and amounts are not."""

import pytest

from samenspel.engine.contact_details import holds_contact


@pytest.mark.parametrize(
    "text",
    [
        "Mevrouw Jansen, 0612345678",
        "bel 06-12 34 56 78",
        "06.12.34.56.78",
        "(0320) 555 123",
        "+31 6 12345678",
        "+31 (0)320 555123",
        "0031612345678",
        "jan@voorbeeld.nl",
    ],
)
def test_what_somebody_can_be_reached_by_is_found(text: str):
    assert holds_contact(text)


@pytest.mark.parametrize(
    "text",
    [
        "Blijft het dorpshuis open in 2026 en 2027?",
        "de begroting 2025-2026 van 12.000.000 euro",
        "op 06-01-2026 10 uur en 07-02-2026",
        "bel 112, 0800-2000 of 14 0320",
        "het nummer 123456783 van het stuk",
        "de post van @wijkteam",
    ],
)
def test_what_is_no_number_of_a_person_passes(text: str):
    assert not holds_contact(text)
