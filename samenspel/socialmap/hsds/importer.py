"""Reading an HSDS feed into the social map.

The file is read outside a transaction and written in short ones; a record that is refused leaves the others alone.
Nothing becomes visible by it: a new organization is not listed, since a feed is not the group's own yes.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db import transaction

from samenspel.audit.action import Actor
from samenspel.people.checks import FactRefused
from samenspel.people.models import Organization
from samenspel.places.importers.report import FileRefused, ImportReport, LineRefused, Progress
from samenspel.socialmap.hsds.feed import KEY
from samenspel.socialmap.hsds.files import read
from samenspel.socialmap.hsds.mapping import codes, dicts, is_on_the_map, organization_facts, place_facts, text
from samenspel.socialmap.hsds.package import Entry, Package
from samenspel.socialmap.hsds.reading import OFFERING, ORGANIZATION, PLACE, Part, Reading, Written
from samenspel.socialmap.hsds.services import confirm_as_told, take_service
from samenspel.socialmap.hsds.sources import keep_loose

SOURCE = "hsds"
AT_ONCE = 20
"""Records in one transaction, well under a second."""


def import_hsds(
    path: Path,
    *,
    municipality: str,
    by: Actor,
    at: datetime,
    source: str = SOURCE,
    progress: Progress | None = None,
) -> ImportReport:
    """Merge one file or folder; never raises for what it holds.

    A record is known again by `source` and its own id, so that reading a newer file of the same feed changes what the
    feed changed and nothing else.
    """
    report = ImportReport(path.name, unit="record")
    try:
        package = read(path, report)
    except FileRefused as refused:
        report.error = str(refused)
        return report
    reading = Reading(municipality, source, by, at, report)
    reading.start()
    for part, entries, take in (
        (ORGANIZATION, package.organizations, _take_organization),
        (PLACE, package.locations, _take_location),
        (OFFERING, package.services, take_service),
    ):
        _take_all(reading, part, entries.values(), take, progress)
    _keep_loose(reading, package)
    return report


def _take_all(
    reading: Reading,
    part: Part,
    entries: Iterable[Entry],
    take: Callable[[Reading, Entry], Written],
    progress: Progress | None,
) -> None:
    left = iter(entries)
    while group := list(islice(left, AT_ONCE)):
        with transaction.atomic():
            found = [(entry, _take_one(reading, part, entry, take)) for entry in group]
            reading.keep(part, [(entry, written) for entry, written in found if written])
        if progress:
            progress(reading.report.file, reading.report.read)


def _take_one(reading: Reading, part: Part, entry: Entry, take: Callable[[Reading, Entry], Written]) -> Written | None:
    if reading.is_unchanged(part, entry) or reading.is_our_own(part, entry):
        reading.report.merged(unchanged=1)
        return None
    try:
        with transaction.atomic():
            written = take(reading, entry)
    except (LineRefused, FactRefused) as refused:
        reading.report.refuse(entry.number, refused.field, f"{refused.reason} ({part.name} {entry.key})")
        return None
    reading.report.merged(new=written.is_new, changed=not written.is_new)
    return written


def _take_organization(reading: Reading, entry: Entry) -> Written:
    reading.refuse_withdrawn(entry.key)
    written = reading.write(ORGANIZATION, entry, organization_facts)
    if written.is_new and not (text(entry.record, "legal_status") or codes(entry.record).get("organization_kind")):
        reading.note(entry, "kind", "het soort organisatie is niet bekend; voor nu een stichting")
    return written


def _take_location(reading: Reading, entry: Entry) -> Written:
    if not is_on_the_map(entry.record):
        raise LineRefused("latitude", "geen punt in Nederland, dus niet op de kaart; het blijft bewaard bij het aanbod")
    reading.refuse_withdrawn(entry.owner)
    host: Organization | None = reading.row(ORGANIZATION, entry.owner)
    written = reading.write(PLACE, entry, lambda record: place_facts(record, host=host))
    told = dicts(entry.record, "verifications")
    confirm_as_told(reading, entry, told, written.row)
    return written


def _keep_loose(reading: Reading, package: Package) -> None:
    """Keep rows that hang on nothing with the first organization of the feed."""
    if not package.loose:
        return
    sources = (reading.known.get((ORGANIZATION.kind, key)) for key in package.organizations)
    source = next((one for one in sources if one is not None), None)
    if source is None:
        reading.report.note(None, "", f"niet bewaard, hangt nergens aan: {', '.join(sorted(package.loose))}")
    elif source.remainder.get(KEY, {}).get("loose") != package.loose:
        keep_loose(source=source, loose=package.loose, by=reading.by, at=reading.at)
