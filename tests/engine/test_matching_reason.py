"""The reason that is told of a result."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from samenspel.engine.matching import FoundNeed, Reason, reason_sentence

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
AT = datetime(2026, 11, 21, 9, 0, tzinfo=AMSTERDAM)  # a Saturday
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=AMSTERDAM)
WALKING = FoundNeed("walking_buddy", "samen wandelen", "walking together", "samen wandelen", 1.0)
COMPANY = FoundNeed("company", "iemand om mee te praten", "someone to talk to", "eenzaam", 0.5)
GOOD = Reason(
    needs=(WALKING,),
    distance_m=556,
    next_date=TUESDAY,
    at=AT,
    delivery="at_place",
    area_name="Oostdijk",
    is_full=False,
    freshness="fresh",
)


@pytest.mark.parametrize(
    ("fields", "dutch", "english"),
    [
        (
            {},
            "Past bij: samen wandelen. 600\N{NO-BREAK SPACE}meter van u vandaan, dinsdag om 10.00 uur.",
            "Fits: walking together. 600\N{NO-BREAK SPACE}metres from you, Tuesday at 10:00.",
        ),
        (
            {"needs": (WALKING, COMPANY), "next_date": AT + timedelta(hours=5)},
            "Past bij: samen wandelen en iemand om mee te praten. "
            "600\N{NO-BREAK SPACE}meter van u vandaan, vandaag om 14.00 uur.",
            "Fits: walking together and someone to talk to. 600\N{NO-BREAK SPACE}metres from you, today at 14:00.",
        ),
        (
            {"distance_m": 1334, "next_date": AT + timedelta(days=1), "is_full": True},
            "Past bij: samen wandelen. 1,3\N{NO-BREAK SPACE}kilometer van u vandaan, morgen om 9.00 uur. "
            "Het is nu vol. Vraag of u op de lijst kunt.",
            "Fits: walking together. 1.3\N{NO-BREAK SPACE}kilometres from you, tomorrow at 09:00. "
            "It is full now. Ask to be put on the list.",
        ),
        (
            {"needs": (), "delivery": "remote", "next_date": None, "freshness": "stale"},
            "Lijkt op wat u vraagt. Per telefoon of online. Wij hebben dit lang niet nagevraagd. Bel eerst even.",
            "Looks like what you ask for. By telephone or online. "
            "We have not checked this for a long time. Please call first.",
        ),
        (
            {"delivery": "at_home", "next_date": TUESDAY + timedelta(days=7), "freshness": "unconfirmed"},
            "Past bij: samen wandelen. Komt bij u thuis, dinsdag 1 december om 10.00 uur. "
            "Wij hebben dit nog niet nagevraagd. Bel eerst even.",
            "Fits: walking together. Comes to your home, Tuesday 1 December at 10:00. "
            "We have not checked this yet. Please call first.",
        ),
        (
            {"delivery": "fetched", "next_date": None},
            "Past bij: samen wandelen. Haalt u thuis op.",
            "Fits: walking together. Fetches you at home.",
        ),
        (
            {"distance_m": None, "next_date": None},
            "Past bij: samen wandelen. In Oostdijk.",
            "Fits: walking together. In Oostdijk.",
        ),
        (
            {"distance_m": 0, "next_date": None},
            "Past bij: samen wandelen. Vlak bij u.",
            "Fits: walking together. Very near you.",
        ),
        (
            {"distance_m": None, "area_name": "", "next_date": None},
            "Past bij: samen wandelen.",
            "Fits: walking together.",
        ),
    ],
)
def test_the_reason_is_told_in_plain_words_from_the_facts(fields, dutch, english):
    reason = replace(GOOD, **fields)

    assert reason_sentence(reason) == dutch
    assert reason_sentence(reason, "en") == english


def test_today_is_the_day_of_the_offering_and_not_of_the_server():
    late = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)  # already Sunday in Amsterdam
    reason = replace(GOOD, at=late, next_date=datetime(2026, 11, 22, 10, 0, tzinfo=AMSTERDAM))

    assert "vandaag om 10.00 uur" in reason_sentence(reason)
