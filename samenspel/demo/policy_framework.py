"""Markerwaard's own framework: a first version of 2024, and the one of 2026 with the lessons of two years."""

from datetime import date, datetime

from samenspel.audit.action import Actor
from samenspel.engine.calendar import ZONE
from samenspel.engine.roles.shipped import names
from samenspel.policy.council import ask_advice, give_advice, react
from samenspel.policy.drafting import (
    CaseFacts,
    HeadFacts,
    PartFacts,
    ThresholdFacts,
    add_case,
    add_part,
    add_threshold,
    publish,
    reword_part,
    start_draft,
)
from samenspel.policy.models import FrameworkVersion

FIRST, SECOND = datetime(2024, 4, 9, 10, tzinfo=ZONE), datetime(2026, 2, 10, 10, tzinfo=ZONE)
"""When the versions were published."""
_SUMMARY = (
    "Inwoners van Markerwaard doen veel zelf. De gemeente kiest bewust wat zij daarbij doet, en wat niet. Dit kader "
    "bouwt op het werk van vijf andere gemeenten en regio’s. Een recht van een inwoner gaat altijd voor. Wij steunen "
    "wat past en werkt, en wij kijken elk jaar terug."
)


def load_framework(municipality: str, by: Actor, at: datetime) -> None:
    """Publish both versions, once, on their own days; `at` is the day of loading, before which nothing is made."""
    if at < SECOND or FrameworkVersion.objects.filter(municipality=municipality).exists():
        return
    _first(municipality, by)
    _second(municipality, by)


def _first(municipality: str, by: Actor) -> None:
    version = start_draft(municipality=municipality, head=_head("2024", date(2024, 4, 9)), by=by, at=FIRST)
    words = PartFacts(
        name="Steun als het nodig is, past en werkt",
        text="Lukt het bewoners niet alleen? Dan kan de gemeente helpen. Het moet passen bij onze doelen, en het moet "
        "genoeg werken. Wij helpen nooit vanzelf.",
        source="Kader Markerwaard, §3.2",
    )
    reword_part(version=version, kind="principle", part_id="2", words=words, by=by, at=FIRST)
    _settle(
        version,
        by,
        FIRST,
        advised_on=date(2024, 3, 12),
        advice="Wij zijn blij met dit kader. Het is eerlijk dat een recht altijd voorgaat. Wij missen getallen. "
        "Wanneer zijn er weinig deelnemers? Nu beslist iedere medewerker dat zelf.",
        reacted_on=date(2024, 3, 26),
        reaction="Dank voor uw advies. Wij beginnen met de getallen van het denkkader. Over twee jaar kijken wij of "
        "die passen bij onze dorpen.",
        adopted_by="college van B en W, besluit 2024-071 (verzonnen)",
        note="De eerste versie van ons eigen kader.",
    )


def _second(municipality: str, by: Actor) -> None:
    version = start_draft(municipality=municipality, head=_head("2026", date(2026, 2, 10)), by=by, at=SECOND)
    few = ThresholdFacts(
        id="few_participants",
        fact="few_participants",
        measure="participants_share",
        comparison="below",
        value=8,
        since=date(2026, 3, 1),
        text="Minder dan 8 procent van de doelgroep doet mee.",
        source="Kader Markerwaard 2026, §4.1",
    )
    proven = ThresholdFacts(
        fact="proven",
        measure="years_running",
        comparison="at_least",
        value=5,
        since=date(2026, 3, 1),
        text="Wat vijf jaar of langer loopt, heeft laten zien dat het werkt.",
        source="Kader Markerwaard 2026, §4.2",
    )
    for facts in (few, proven):
        add_threshold(version=version, facts=facts, by=by, at=SECOND)
    small = PartFacts(
        name="Klein mag klein blijven",
        text="In een klein dorp is een kleine groep ook waardevol. Weinig deelnemers is een reden om te kijken, geen "
        "reden om te stoppen.",
        source="Kader Markerwaard 2026, §3.6",
    )
    add_part(version=version, kind="principle", words=small, by=by, at=SECOND)
    add_case(version=version, facts=_ICE_RINK, by=by, at=SECOND)
    _settle(
        version,
        by,
        SECOND,
        advised_on=date(2026, 1, 13),
        advice="De getallen zijn nu duidelijk. Wij maken ons zorgen over kleine dorpen. Daar is acht procent al snel "
        "te veel gevraagd. Schrijf op dat klein ook goed is.",
        reacted_on=date(2026, 1, 27),
        reaction="U heeft gelijk. Wij hebben een principe toegevoegd: klein mag klein blijven. Weinig deelnemers is "
        "alleen een reden om te kijken.",
        adopted_by="gemeenteraad, besluit 2026-014 (verzonnen)",
        note="Eigen getallen voor deelnemers en succes, en een principe voor kleine dorpen.",
    )


def _head(year: str, since: date) -> HeadFacts:
    return HeadFacts(
        title=f"Kader sociale basis Markerwaard {year}",
        of="gemeente Markerwaard",
        document=f"Kader sociale basis Markerwaard {year} (verzonnen)",
        summary=_SUMMARY,
        since=since,
        extends=names(),
    )


def _settle(
    version: FrameworkVersion,
    by: Actor,
    at: datetime,
    *,
    advised_on: date,
    advice: str,
    reacted_on: date,
    reaction: str,
    adopted_by: str,
    note: str,
) -> None:
    """Ask advice a month before it came, keep it and the reaction, and publish."""
    asked_at = datetime(advised_on.year - (advised_on.month == 1), advised_on.month - 1 or 12, 10, 10, tzinfo=ZONE)
    ask_advice(version=version, by=by, at=asked_at)
    give_advice(version=version, advice=advice, advised_on=advised_on, by=by, at=at)
    react(version=version, reaction=reaction, reacted_on=reacted_on, by=by, at=at)
    publish(version=version, adopted_by=adopted_by, note=note, by=by, at=at)


_ICE_RINK = CaseFacts(
    title="De ijsbaan van een klein dorp",
    story="Een vereniging houdt al veertig jaar de ijsbaan open. Iedereen is welkom. De pomp is stuk, de kas is leeg.",
    shows="Wat vijf jaar of langer loopt, heeft laten zien dat het werkt.",
    source="Kader Markerwaard 2026, §4.2",
    expect="2",
    answers={
        "individual_right": "no", "statutory_task": "no", "own_circle": "no", "open_to_others": "yes",
        "organized": "yes", "meets_law": "yes", "meets_conditions": "yes", "institutional_choice": "no",
        "residents_decide": "yes", "can_alone": "no", "fits_policy": "yes", "new_initiative": "no",
    },
    measures={"years_running": 40, "participants": 60, "target_group": 900},
)  # fmt: skip
