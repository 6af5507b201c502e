"""What there is for who has no network: a door, a person, a phone, and where nobody minds that you come alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from samenspel.people.models import AreaContact
from samenspel.places.models import Area
from samenspel.policy.blocks.local import JOBS
from samenspel.socialmap.models import Entrance, Offering
from samenspel.socialmap.vocabulary import vocabulary
from samenspel.socialmap.wijk import Wijk

URGENT = ("112", "113", "0800-2000", "0800-0432")
"""Emergency, suicide prevention, Veilig Thuis and the Kindertelefoon: of everyone, everywhere."""


@dataclass(frozen=True, slots=True)
class Phone:
    """Whom to call: a sentence and a number; `place` is where they are, "" for the phone only."""

    title: str
    phone: str
    place: str = ""

    @property
    def words(self) -> str:
        """Both, the number once."""
        return self.title if self.phone in self.title else f"{self.title}: {self.phone}"


@dataclass(frozen=True, slots=True)
class SafetyNet:
    """Everything of it that is known in a wijk; what a list lacks is not there, or nobody told us."""

    entrances: tuple[Phone, ...]
    connectors: tuple[Phone, ...]
    teams: tuple[Phone, ...]
    come_alone: tuple[Offering, ...]
    at_home: tuple[Offering, ...]
    urgent: tuple[Phone, ...]

    @property
    def count(self) -> int:
        """How many there are, without the numbers that everyone has."""
        return sum(map(len, (self.entrances, self.connectors, self.teams, self.come_alone, self.at_home)))


def safety_net(wijk: Wijk, offerings: Iterable[Offering], *, municipality: str) -> SafetyNet:
    """Read it, beside the offerings that a resident sees in this wijk; 4 queries."""
    around = _around(wijk, municipality)
    entrances = Entrance.objects.filter(municipality=municipality, area__code__in=around).select_related("place")
    contacts = AreaContact.objects.filter(municipality=municipality, area__code__in=around).order_by(
        "job_title", "name"
    )
    known = list(contacts)
    here = list(offerings)
    return SafetyNet(
        entrances=tuple(Phone(one.place.name, one.phone, one.place.slug) for one in entrances),
        connectors=tuple(_person(one) for one in known if one.job_title in JOBS),
        teams=tuple(_person(one) for one in known if one.job_title == AreaContact.JobTitle.TEAM),
        come_alone=tuple(one for one in here if one.alone_welcome),
        at_home=tuple(one for one in here if one.delivery != Offering.Delivery.AT_PLACE),
        urgent=tuple(_urgent(municipality)),
    )


def _around(wijk: Wijk, municipality: str) -> set[str]:
    """The wijk, the kernen and working areas that hold one of its buurten, and the municipality; one query."""
    wider = Area.objects.filter(
        municipality=municipality,
        members__code__in=wijk.buurten,
        kind__in=[Area.Kind.VILLAGE, Area.Kind.WORKING_AREA],
    )
    return {wijk.area.code, municipality, *wider.values_list("code", flat=True)}


def _person(contact: AreaContact) -> Phone:
    """Who answers now: the deputy of who is away (a constraint: there is one)."""
    if contact.away:
        return Phone(f"{contact.deputy_name}, {contact.get_job_title_display()}", contact.deputy_phone)
    return Phone(f"{contact.name}, {contact.get_job_title_display()}", contact.phone)


def _urgent(municipality: str) -> list[Phone]:
    known = {one.phone: one for one in reversed(vocabulary(municipality).urgent)}
    in_english = get_language() == "en"
    return [Phone(known[it].title_en if in_english else known[it].title, it) for it in URGENT if it in known]
