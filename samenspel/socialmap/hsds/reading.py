"""What the parts of one import share: the rows of a feed by the ids of that feed, and the report."""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import MISSING, dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from django.db import models, transaction

from samenspel.audit.action import Actor
from samenspel.people.actions import add_organization
from samenspel.people.checks import FactRefused
from samenspel.people.facts import OrganizationFacts
from samenspel.people.models import Organization
from samenspel.places.importers.report import ImportReport, LineRefused
from samenspel.places.models import Area
from samenspel.socialmap.actions import add_meeting_place, add_offering, change_meeting_place, change_offering
from samenspel.socialmap.facts import OfferingFacts, PlaceFacts
from samenspel.socialmap.hsds.feed import KEY, ours_of
from samenspel.socialmap.hsds.mapping import KeptOffering, KeptOrganization, KeptPlace, text, uuid_of
from samenspel.socialmap.hsds.package import Entry
from samenspel.socialmap.hsds.profile import Record
from samenspel.socialmap.hsds.sources import keep_id, keep_source
from samenspel.socialmap.listing import change_organization
from samenspel.socialmap.models import MeetingPlace, Offering, SourceRecord

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Part:
    """How one kind of row is stated: `name` is how the actions call it, `kept` are its facts with an id."""

    kind: SourceRecord.Kind
    model: type[Organization] | type[MeetingPlace] | type[Offering]
    name: str
    facts: Any
    kept: Any
    add: Callable[..., Any]
    change: Callable[..., Any]


ORGANIZATION = Part(
    SourceRecord.Kind.ORGANIZATION,
    Organization,
    "organization",
    OrganizationFacts,
    KeptOrganization,
    add_organization,
    change_organization,
)
PLACE = Part(
    SourceRecord.Kind.PLACE, MeetingPlace, "place", PlaceFacts, KeptPlace, add_meeting_place, change_meeting_place
)
OFFERING = Part(
    SourceRecord.Kind.OFFERING, Offering, "offering", OfferingFacts, KeptOffering, add_offering, change_offering
)
PARTS = (ORGANIZATION, PLACE, OFFERING)


@dataclass
class Reading:
    """One import; `rows` are those of this feed, by kind and by the id in the feed."""

    municipality: str
    source: str
    by: Actor
    at: datetime
    report: ImportReport
    known: dict[tuple[str, str], SourceRecord] = field(default_factory=dict)
    rows: dict[tuple[str, str], Any] = field(default_factory=dict)
    areas: dict[tuple[str, int], Area] = field(default_factory=dict)
    own: set[tuple[str, str]] = field(default_factory=set)
    """All rows of the municipality before this reading, by kind and id."""

    def start(self) -> None:
        """Read what is known of this feed, and what there is in the municipality; eight queries."""
        sources = SourceRecord.objects.filter(municipality=self.municipality, source=self.source)
        self.known = {(one.kind, one.source_id): one for one in sources}
        for part in PARTS:
            here = {key: one.object_id for key, one in self.known.items() if key[0] == part.kind}
            found = part.model._default_manager.in_bulk(set(here.values()))
            every = part.model._default_manager.filter(municipality=self.municipality).values_list("pk", flat=True)
            self.own |= {(part.kind, str(pk)) for pk in every}
            self.rows |= {key: found[pk] for key, pk in here.items() if pk in found}
        areas = Area.objects.filter(municipality=self.municipality).defer("boundary")
        self.areas = {(area.code, area.year): area for area in areas}

    def row(self, part: Part, key: str) -> Any:
        """The row that a record of this feed became, or None."""
        return self.rows.get((part.kind, key))

    def refuse_withdrawn(self, key: str) -> None:
        """Raise LineRefused when the group of this id took its yes back, or was erased after that."""
        row: Organization | None = self.row(ORGANIZATION, key)
        is_gone = row is None and (ORGANIZATION.kind, key) in self.known
        if is_gone or (row is not None and row.listing_withdrawn_at is not None):
            raise LineRefused("organization_id", "deze groep wil niet vermeld staan; er is niets van overgenomen")

    def is_unchanged(self, part: Part, entry: Entry) -> bool:
        """Whether a record was read before in the same words."""
        known = self.known.get((part.kind, entry.key))
        return known is not None and self.row(part, entry.key) is not None and known.fingerprint == _mark(entry.record)

    def is_our_own(self, part: Part, entry: Entry) -> bool:
        """Whether a record is a row of ours that came from no feed, as when a feed brings our own open data back."""
        if (part.kind, entry.key) in self.known or (part.kind, entry.key) not in self.own:
            return False
        self.note(entry, "", "staat hier al als eigen gegeven; een bestand verandert dat niet")
        return True

    def write(self, part: Part, entry: Entry, to_facts: Callable[[Record], Any]) -> "Written":
        """Add the row of a record, or change in it what the feed changed; raises FactRefused."""
        facts = to_facts(entry.record)
        row = self.row(part, entry.key)
        stated = {"by": self.by, "at": self.at}
        if row is None:
            slug = _free_slug(entry.record, part.model._default_manager.filter(municipality=self.municipality))

            def add(facts: Any) -> Any:
                return part.add(municipality=self.municipality, facts=facts, slug=slug, **stated)

            return Written(self._fitting(entry, _with_id(part, facts, entry.key), add), {}, is_new=True)
        ours = ours_of(part.model, [row.pk])[row.pk]
        came = self.known[part.kind, entry.key].remainder.get(KEY, {}).get("came")
        facts = _merged(part.facts.of(row), to_facts(came) if came else None, facts)

        def change(facts: Any) -> Any:
            return part.change(**{part.name: row}, facts=facts, **stated)

        return Written(self._fitting(entry, facts, change), ours, is_new=False)

    def keep(self, part: Part, taken: list[tuple[Entry, "Written"]]) -> None:
        """Keep what records said beside the rows that they became."""
        ours = ours_of(part.model, [written.row.pk for _entry, written in taken])
        for entry, written in taken:
            known = self.known.get((part.kind, entry.key)) or self._new_source(part, entry.key)
            self.known[part.kind, entry.key] = keep_source(
                source=known,
                row=written.row,
                came=entry.record,
                ours=ours[written.row.pk],
                ours_before=written.ours_before,
                fingerprint=_mark(entry.record),
                by=self.by,
                at=self.at,
            )
            self.rows[part.kind, entry.key] = written.row
            for key in written.other_keys:
                self._keep_key(part, key, written)

    def _keep_key(self, part: Part, key: str, written: "Written") -> None:
        if (part.kind, key) not in self.known:
            source = self._new_source(part, key)
            source.object_id = written.row.pk
            keep_id(source=source, by=self.by, at=self.at)
            self.known[part.kind, key] = source

    def _new_source(self, part: Part, key: str) -> SourceRecord:
        return SourceRecord(municipality=self.municipality, source=self.source, kind=part.kind, source_id=key)

    def note(self, entry: Entry, name: str, reason: str) -> None:
        self.report.note(entry.number, name, f"{reason} ({entry.key})")

    def _fitting(self, entry: Entry, facts: Any, write: Callable[[Any], Any]) -> Any:
        """Write facts; what need not be there and is refused is left out, and told. Raises FactRefused."""
        while True:
            try:
                with transaction.atomic():
                    return write(facts)
            except FactRefused as refused:
                name = refused.field.partition(".")[0]
                defaults = _defaults(facts)
                if name not in defaults or getattr(facts, name) == defaults[name]:
                    raise
                facts = replace(facts, **{name: defaults[name]})
                self.note(entry, name, f"{refused.reason}; blijft bewaard zoals het kwam")


@dataclass(frozen=True)
class Written:
    """A row that was added or changed, and what we said of it before."""

    row: Any
    ours_before: Record
    is_new: bool
    other_keys: tuple[str, ...] = ()
    """Other ids by which the feed knows the row."""


def _with_id(part: Part, facts: Any, key: str) -> Any:
    """The facts, with the id of the record when that is one of ours and free."""
    wanted = uuid_of(key)
    if wanted is None or part.model._default_manager.filter(pk=wanted).exists():
        return facts
    return part.kept(**vars(facts), id=wanted)


def _free_slug(record: Record, rows: models.QuerySet[Any]) -> str:
    """The address that a record asks for, when it can be and nobody here has it; else ""."""
    slug = text(record, "slug")
    return slug if _SLUG.fullmatch(slug) and not rows.filter(slug=slug).exists() else ""


def _mark(record: Record) -> str:
    """A mark of what a record says."""
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()


def _merged(now: Any, before: Any, after: Any) -> Any:
    """The facts of a row with what a feed changed between two readings; what it repeats stays as it is here."""
    changed = {
        fact.name: getattr(after, fact.name)
        for fact in fields(after)
        if before is None or getattr(before, fact.name) != getattr(after, fact.name)
    }
    return replace(now, **changed)


def _defaults(facts: Any) -> dict[str, Any]:
    given = {one.name: one.default for one in fields(facts) if one.default is not MISSING}
    made = {one.name: one.default_factory() for one in fields(facts) if one.default_factory is not MISSING}
    return given | made
