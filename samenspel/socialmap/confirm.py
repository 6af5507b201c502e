"""Asking organizations "klopt dit?": a round of links and letters, and how many answered.

The secret of a link has 128 bits and is kept as a hash only: who reads the store cannot answer for a club. It opens the
entries of one organization, ends after 60 days, and ends at once when a newer round asks again.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db.models import Count, F, Max, Prefetch, Q, QuerySet

from samenspel.audit.action import Actor, action, record
from samenspel.engine.calendar import ZONE
from samenspel.mail.outbox import queue
from samenspel.people.checks import check_same_municipality
from samenspel.people.contacts import contact_for
from samenspel.people.models import AreaContact, Organization
from samenspel.places.models import Area
from samenspel.socialmap.models import ConfirmationRequest, MeetingPlace, Offering

VALID = timedelta(days=60)
ANSWER_IN = timedelta(days=14)
SMALL = 10
"""Below this many organizations a percentage says nothing."""

Way = ConfirmationRequest.Way


class NobodyToAsk(ValueError):
    """A round without organizations, or with one that does not want to be listed."""


class LinkEnded(ValueError):
    """A link that is wrong, too old, or replaced by a newer one."""


@dataclass(frozen=True, slots=True)
class Round:
    """What a round sent: so many mails, and so many letters that are still to be printed."""

    asked_at: datetime
    mailed: int
    letters: int


@dataclass(frozen=True, slots=True)
class Share:
    """How many organizations answered within 14 days; `by_way` gives (asked, answered)."""

    asked: int
    answered: int
    by_way: dict[Way, tuple[int, int]]

    @property
    def percent(self) -> int | None:
        """None below 10 organizations: then only the counts say something."""
        return round(100 * self.answered / self.asked) if self.asked >= SMALL else None


@dataclass(frozen=True, slots=True)
class Asked:
    """An organization with the entries it is asked about, where it can be found, and whom it can call."""

    organization: Organization
    entries: tuple[Offering, ...]
    place: MeetingPlace | None
    contact: AreaContact | None


def to_ask(*, municipality: str, at: datetime) -> "QuerySet[Organization]":
    """The organizations with something to confirm, by name, listed or not yet; never one that withdrew.

    With `entries` (how many), `last_asked_at` and `last_answered_at`.
    """
    rows: QuerySet[Organization] = (
        Organization.objects.filter(municipality=municipality, listing_withdrawn_at__isnull=True)
        .annotate(
            entries=Count("offerings", filter=_is_there("offerings__", at), distinct=True),
            last_asked_at=Max("confirmation_requests__asked_at"),
            last_answered_at=Max("confirmation_requests__answered_at"),
        )
        .filter(entries__gt=0)
        .order_by("name", "pk")
    )
    return rows


def way_of(organization: Organization) -> Way:
    """A mail when there is an address that is not shielded, else a letter."""
    return Way.LINK if organization.public_contact["email"] else Way.LETTER


@action
def start_round(*, municipality: str, organizations: Iterable[Organization], by: Actor, at: datetime) -> Round:
    """Ask each organization once, by mail or by letter; their older links end. Raises NobodyToAsk, OtherMunicipality.

    The letters are made by `letters.letter_round`: until then nobody knows their secret.
    """
    chosen = list({one.pk: one for one in organizations}.values())
    _check_askable(chosen, municipality)
    ConfirmationRequest.objects.filter(organization__in=chosen, ends_at__gt=at).update(ends_at=at)
    known = {one.pk: secrets.token_urlsafe(16) for one in chosen}
    rows = [_request(one, known[one.pk], at) for one in chosen]
    ConfirmationRequest.objects.bulk_create(rows)
    for row in rows:
        record(action="ask_to_confirm", on=row, by=by, at=at, municipality=municipality, way=row.way)
    linked = [one for one in chosen if way_of(one) == Way.LINK]
    name = municipality_name(municipality)
    for asked in asked_about(linked, municipality=municipality, at=at):
        send_link(asked, name, known[asked.organization.pk], asked_at=at, at=at)
    return Round(asked_at=at, mailed=len(linked), letters=len(chosen) - len(linked))


def _check_askable(chosen: Sequence[Organization], municipality: str) -> None:
    if not chosen:
        raise NobodyToAsk("Kies eerst wie u wilt vragen.")
    for one in chosen:
        check_same_municipality(municipality, organization=one)
        if one.listing_withdrawn_at is not None:
            raise NobodyToAsk(f"{one.name} wil niet op de kaart. Vraag deze groep niets meer.")


def _request(organization: Organization, secret: str, at: datetime) -> ConfirmationRequest:
    return ConfirmationRequest(
        municipality=organization.municipality,
        organization=organization,
        secret_hash=hashed(secret),
        way=way_of(organization),
        asked_at=at,
        ends_at=at + VALID,
    )


def hashed(secret: str) -> str:
    """What is kept of a secret. It has 128 random bits, so a plain hash cannot be guessed back."""
    return sha256(secret.encode()).hexdigest()


def link(secret: str) -> str:
    return settings.LINKS["confirm"].format(secret=secret)


def send_link(asked: Asked, municipality: str, secret: str, *, asked_at: datetime, at: datetime) -> None:
    """Mail a link; a later mail than the first (`at` after `asked_at`) says that it is about the same question."""
    organization = asked.organization
    standing = "Ook wat u doet staat erop." if organization.is_listed else "U staat er nog niet op. Wij vragen uw ja."
    again = f"Op {asked_at.astimezone(ZONE):%d-%m-%Y} vroegen wij u of alles klopt. Wij hoorden nog niets van u."
    parts = [
        f"Beste mensen van {organization.name},",
        *([again] if at > asked_at else []),
        f"Op de kaart van {municipality} staat wat er te doen is. {standing}",
        f"Wilt u kijken of alles klopt? Dat kost een paar minuten. Kijk hier:\n{link(secret)}",
        "U kunt ook zeggen dat iets vol is, even stil ligt of is gestopt.",
        "Wilt u niet op de kaart? Dat kan met één knop.",
        f"De link werkt tot {ends_on(asked_at)}. Houd hem voor uzelf: met de link kan iemand uw gegevens wijzigen.",
        *_by_phone(asked.contact),
        f"Met vriendelijke groet,\nGemeente {municipality}",
    ]
    queue(
        municipality=organization.municipality,
        to=organization.email,
        subject=f"{'Herinnering: klopt' if at > asked_at else 'Klopt'} dit nog? {organization.name}",
        body="\n\n".join(parts) + "\n",
        at=at,
    )


def _by_phone(contact: AreaContact | None) -> list[str]:
    return [f"Belt u liever? Bel {contact.helper}: {contact.helper_phone}."] if contact else []


def ends_on(asked_at: datetime) -> str:
    """The day on which a link stops, as "20-01-2027"."""
    return f"{(asked_at + VALID).astimezone(ZONE):%d-%m-%Y}"


def municipality_name(municipality: str) -> str:
    areas = Area.objects.filter(municipality=municipality, kind=Area.Kind.MUNICIPALITY).order_by("-year")
    return areas.values_list("name", flat=True).first() or ""


def asked_about(organizations: Sequence[Organization], *, municipality: str, at: datetime) -> list[Asked]:
    """What organizations are asked about; 6 queries, and one for the contact of each neighborhood."""
    rows = Organization.objects.filter(pk__in=[one.pk for one in organizations]).order_by("name", "pk")
    found = rows.prefetch_related("hosts__neighborhood", Prefetch("offerings", entries_of(at), to_attr="asked_entries"))
    contacts: dict[int | None, AreaContact | None] = {}
    asked = []
    for one in found:
        entries = tuple(one.asked_entries)
        place = next(iter(one.hosts.all()), None) or next((entry.place for entry in entries if entry.place), None)
        area = place.neighborhood if place else None
        key = area.pk if area else None
        if key not in contacts:
            contacts[key] = contact_for(area, municipality=municipality)
        asked.append(Asked(organization=one, entries=entries, place=place, contact=contacts[key]))
    return asked


def entries_of(at: datetime) -> "QuerySet[Offering]":
    """Entries that have not ended, complete, by name; listed or not yet, but not of a group that said no."""
    asked = Offering.objects.filter(_is_there("", at), organization__listing_withdrawn_at__isnull=True)
    return asked.complete().order_by("name", "pk")


def _is_there(prefix: str, at: datetime) -> Q:
    today = at.astimezone(ZONE).date()
    is_endless, lasts = {f"{prefix}active_until__isnull": True}, {f"{prefix}active_until__gt": today}
    return Q(**is_endless) | Q(**lasts)


def find_request(secret: str, *, municipality: str, at: datetime) -> ConfirmationRequest:
    """The request that a link opens, with its organization; one query. Raises LinkEnded."""
    either = Q(secret_hash=hashed(secret)) | Q(reminder_hash=hashed(secret))
    rows = ConfirmationRequest.objects.filter(either, municipality=municipality, ends_at__gt=at)
    found: ConfirmationRequest | None = rows.select_related("organization").first()
    if found is None:
        raise LinkEnded
    return found


def open_requests(*, municipality: str, at: datetime) -> "QuerySet[ConfirmationRequest]":
    """Asked, not answered and not ended, longest ago first; with their organizations: whom to call."""
    rows = ConfirmationRequest.objects.filter(municipality=municipality, answered_at__isnull=True, ends_at__gt=at)
    return rows.select_related("organization").order_by("asked_at", "organization__name")


@action
def renew_letters(*, requests: dict[ConfirmationRequest, str], by: Actor, at: datetime) -> None:
    """Give open requests a new secret (by request), as when their letter is printed; the ones before stop working.

    Raises LinkEnded when one was answered or replaced in the meantime.
    """
    for request, secret in requests.items():
        rows = open_requests(municipality=request.municipality, at=at).filter(pk=request.pk)
        if not rows.order_by().update(secret_hash=hashed(secret)):
            raise LinkEnded
        record(action="renew_letter", on=request, by=by, at=at, municipality=request.municipality)


def share_confirmed(*, municipality: str, at: datetime) -> Share:
    """Which share answered within 14 days; one query.

    Counted are requests that have had their 14 days, of each organization the newest.
    """
    rows = ConfirmationRequest.objects.filter(
        municipality=municipality, asked_at__lte=at - ANSWER_IN, ends_at__gte=F("asked_at") + ANSWER_IN
    ).order_by("asked_at")
    newest = {
        organization: (Way(way), answered is not None and answered <= asked + ANSWER_IN)
        for organization, way, asked, answered in rows.values_list("organization_id", "way", "asked_at", "answered_at")
    }
    by_way = {way: _counted(is_answer for one, is_answer in newest.values() if one == way) for way in Way}
    asked, answered = (sum(counts) for counts in zip(*by_way.values(), strict=True))
    return Share(asked=asked, answered=answered, by_way=by_way)


def _counted(answers: Iterable[bool]) -> tuple[int, int]:
    known = list(answers)
    return len(known), sum(known)
