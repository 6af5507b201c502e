"""No number of a person in what the municipality writes about its wijken: most of it is public at once."""

from collections.abc import Callable
from typing import Any

import pytest

from samenspel.people.checks import FactRefused
from samenspel.policy.models import AreaChallenge, ChallengePartner
from tests.policy.test_norms import a_norm
from tests.policy.test_questions import a_question
from tests.policy.wijk_rows import a_challenge, a_gap_action, a_network, a_partner, a_promise, a_wijk

pytestmark = pytest.mark.django_db
BSN = "Bel mevrouw, 123456782"
NO_BSN = "Bel mevrouw, 123456783"


def _challenge() -> AreaChallenge:
    return AreaChallenge.objects.first() or a_challenge()


WRITTEN: dict[str, tuple[Callable[..., Any], str]] = {
    "the work of an action": (a_gap_action, "what"),
    "the owner of an action": (a_gap_action, "owner"),
    "the title of a wijkopgave": (a_challenge, "title"),
    "who saw a wijkopgave": (a_challenge, "seen_by"),
    "the name of a partner": (lambda **facts: a_partner(_challenge(), **facts), "name"),
    "a promise": (
        lambda **facts: a_promise(ChallengePartner.objects.first() or a_partner(_challenge()), **facts),
        "what",
    ),
    "the name of a network": (a_network, "name"),
    "the title of a question": (a_question, "title"),
    "the text of a question": (a_question, "text"),
    "who asked a question": (a_question, "asked_by"),
}


@pytest.fixture(autouse=True)
def _wijk() -> None:
    a_wijk()


@pytest.mark.parametrize("written", WRITTEN)
def test_a_citizen_service_number_is_refused_by_field_and_another_number_is_not(written: str):
    write, field = WRITTEN[written]
    _refused(write, field)
    write(**{field: NO_BSN})


def _refused(write: Callable[..., Any], field: str) -> None:
    with pytest.raises(FactRefused) as refused:
        write(**{field: BSN})
    assert refused.value.field == field
    assert "burgerservicenummer" in refused.value.reason


def test_the_number_of_a_paper_may_look_like_one():
    assert a_norm(document="Raadsbesluit 123456782").document.endswith("782")
