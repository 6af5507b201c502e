"""What is known of a building block in an area beside the social map."""

from datetime import date, datetime

from samenspel.audit.action import Actor, action, record
from samenspel.engine.bsn import holds_bsn
from samenspel.engine.calendar import ZONE
from samenspel.people.checks import FactRefused, check_row
from samenspel.policy.blocks.local import quarter_begin
from samenspel.policy.models import BlockEvidence
from samenspel.socialmap.wijk import wijken
from samenspel.sources.vocabulary import BuildingBlock


@action
def note_none_found(
    *, municipality: str, area: str, block: int, on: date, note: str = "", by: Actor, at: datetime
) -> BlockEvidence:
    """Say that somebody looked in a wijk or kern (its code) on a day, and found nothing of a block.

    Without it what is not on the map is unknown, never missing. `note` tells how somebody looked. Raises FactRefused.
    """
    if area not in {wijk.area.code for wijk in wijken(municipality)}:
        raise FactRefused("area", "kies een wijk of kern van deze gemeente")
    if on > at.astimezone(ZONE).date():
        raise FactRefused("on", "deze dag is nog niet geweest")
    if holds_bsn(note):
        raise FactRefused("note", "hier staat een burgerservicenummer; schrijf nooit iets over een persoon")
    row = BlockEvidence(
        municipality=municipality,
        area=area,
        block=block,
        kind=BlockEvidence.Kind.NONE_FOUND,
        on=on,
        note=" ".join(note.split()),
    )
    check_row(row)
    row.save(force_insert=True)
    record(action="note_none_found", on=row, by=by, at=at, municipality=municipality, area=area)
    return row


def note_handover(*, municipality: str, area: str, kind: str, at: datetime) -> None:
    """Keep that questions of a wijk were given on in the direction `kind`, once a quarter, in a running action.

    No event of its own and no day, and no page tells it before the quarter is over: nobody sees when it was.
    """
    row = BlockEvidence(
        municipality=municipality,
        area=area,
        block=BuildingBlock.NETWORK,
        kind=BlockEvidence.Kind(kind),
        on=quarter_begin(at.astimezone(ZONE).date()),
    )
    BlockEvidence.objects.bulk_create([row], ignore_conflicts=True)
