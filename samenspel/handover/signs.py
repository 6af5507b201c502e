"""Early signs: told without a name, read by the team, erased in six weeks; its only answer is that it was read.

A sign that nobody reads is called for: by a mail to the deputy, and on the daily screen.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count

from samenspel.audit.action import Actor, action, record
from samenspel.engine.calendar import ZONE
from samenspel.handover import keys
from samenspel.handover.actions import NoTeam
from samenspel.handover.models import EarlySign
from samenspel.handover.models.watch import SILENT_DAYS
from samenspel.handover.notices import tell_unread
from samenspel.handover.permissions import may_read_sign
from samenspel.handover.receipts import hash_of, receipt_for
from samenspel.handover.steps import NotAllowed, demand, person_of
from samenspel.handover.terms import working_days_before
from samenspel.people.checks import FactRefused, check_row
from samenspel.people.contacts import team_for
from samenspel.people.facts import lock
from samenspel.people.models import User
from samenspel.places.models import Area

KEPT = timedelta(weeks=6)
LONGEST = 1000
"""Characters: what somebody saw, not a file."""


@dataclass(frozen=True, kw_only=True)
class Worry:
    """What was told; `name` only when the person knows of it. Printed, it shows nothing."""

    text: str = field(repr=False)
    name: str = field(default="", repr=False)

    def as_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")


@action
def tell_sign(
    *,
    municipality: str,
    area: Area | None,
    about: str,
    person_knows: bool,
    worry: Worry,
    token: UUID,
    by: Actor,
    at: datetime,
) -> tuple[EarlySign, str]:
    """Leave a worry with the team of `area`; give it and the code with which can be seen that it was read.

    The same form sent twice is one sign. Raises NoTeam, FactRefused (a name of a person who does not know of it).
    """
    _check(worry, about=about, person_knows=person_knows)
    team = team_for(area, municipality=municipality)
    if team is None:
        raise NoTeam(area.code if area else municipality)
    plain = worry.as_bytes()
    receipt = receipt_for(token, plain)
    known = EarlySign.objects.filter(pk=receipt.id).first()
    if known is not None:
        record(action="tell_again", on=known, by=by, at=at, municipality=municipality)
        return known, receipt.code
    key = keys.new_key()
    sign = EarlySign(
        id=receipt.id,
        municipality=municipality,
        team=team,
        area=area,
        about=about,
        person_knows=person_knows,
        code_hash=hash_of(receipt.code),
        told_at=at,
        ends_on=at.astimezone(ZONE).date() + KEPT,
        sealed=keys.seal(plain, key=key, owner=receipt.id),
    )
    check_row(sign)
    try:
        with transaction.atomic():
            sign.save(force_insert=True)
    except IntegrityError:  # the same form at the same moment: this one waited for the other
        record(action="tell_again", on=sign, by=by, at=at, municipality=municipality)
        return EarlySign.objects.get(pk=receipt.id), receipt.code
    keys.keep(key, owner=sign.pk)
    record(action="tell_sign", on=sign, by=by, at=at, municipality=municipality, about=about)
    return sign, receipt.code


@action
def read_sign(*, sign: EarlySign, by: Actor, at: datetime) -> Worry:
    """Open a sign, which marks it as read; raises NotAllowed, keys.Unreadable."""
    demand(may_read_sign(person_of(by), sign))
    if at.astimezone(ZONE).date() > sign.ends_on or not sign.sealed:
        raise keys.Unreadable(str(sign.pk))
    worry = Worry(**json.loads(keys.unseal(bytes(sign.sealed), owner=sign.pk).decode("utf-8", "surrogatepass")))
    if sign.read_at is None:
        sign.read_at = at
        sign.save(update_fields=["read_at"])
    record(action="read_sign", on=sign, by=by, at=at, municipality=sign.municipality)
    return worry


@action
def wipe_sign(*, sign: EarlySign, by: Actor, at: datetime) -> None:
    """Destroy the text of a sign that was read; that it was read stays to be seen. Raises NotAllowed."""
    lock(sign)
    demand(may_read_sign(person_of(by), sign))
    if sign.read_at is None:
        raise NotAllowed("Lees het bericht eerst. Wie het schreef, wil weten dat het gelezen is.")
    sign.sealed = b""
    keys.destroy(sign.pk)
    sign.save(update_fields=["sealed"])
    record(action="wipe_sign", on=sign, by=by, at=at, municipality=sign.municipality)


@action
def erase_sign(*, sign: EarlySign, by: Actor, at: datetime) -> None:
    """Destroy a sign with its key, after its six weeks; the event says whether anybody had read it."""
    was_read = sign.read_at is not None
    record(action="erase_sign", on=sign, by=by, at=at, municipality=sign.municipality, was_read=was_read)
    keys.destroy(sign.pk)
    sign.delete()


def alert_unread(*, by: Actor, at: datetime) -> int:
    """Tell the deputy of a team, or the team, once of each sign that nobody read in its working days; how many."""
    waiting = EarlySign.objects.filter(read_at=None, alerted_at=None).select_related("team__watch__deputy")
    return sum(_alert(sign=sign, by=by, at=at) for sign in waiting.order_by("pk") if is_late(sign, at=at))


def is_late(sign: EarlySign, *, at: datetime) -> bool:
    """Whether nobody read it within the working days that its team agreed for silence."""
    watch = getattr(sign.team, "watch", None)
    days = watch.silent_days if watch else SILENT_DAYS
    begun = datetime.combine(working_days_before(at.astimezone(ZONE).date(), days), time(), ZONE)
    return sign.read_at is None and sign.told_at < begun


@action
def _alert(*, sign: EarlySign, by: Actor, at: datetime) -> bool:
    lock(sign)
    if sign.read_at is not None or sign.alerted_at is not None:
        return False
    sign.alerted_at = at
    sign.save(update_fields=["alerted_at"])
    tell_unread(sign, at=at)
    record(action="alert_unread", on=sign, by=by, at=at, municipality=sign.municipality)
    return True


def unread_for(user: User) -> tuple[int, int]:
    """How many signs wait to be read by someone's teams, and how many of them too long."""
    waiting = EarlySign.objects.visible_to(user).filter(read_at=None)
    return tuple(waiting.aggregate(all=Count("pk"), late=Count("alerted_at")).values())


def with_code(code: str, *, municipality: str, on: date) -> EarlySign | None:
    """The sign with this code, unless its six weeks were over before the day `on`."""
    return EarlySign.objects.filter(code_hash=hash_of(code), municipality=municipality, ends_on__gte=on).first()


def _check(worry: Worry, *, about: str, person_knows: bool) -> None:
    if about not in EarlySign.About.values:
        raise FactRefused("about", "kies of het over iemand gaat of over een plek")
    if not worry.text.strip():
        raise FactRefused("text", "vertel kort wat u zag")
    if len(worry.text) > LONGEST:
        raise FactRefused("text", f"gebruik hoogstens {LONGEST} tekens")
    if worry.name and not person_knows:
        raise FactRefused("name", "noem geen naam van iemand die niet weet dat u dit vertelt")
