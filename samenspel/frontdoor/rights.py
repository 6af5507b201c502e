"""Someone on the resident's own side: free independent support, complaint and objection, on every page of help."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from samenspel.frontdoor import words
from samenspel.frontdoor.parts import rendered
from samenspel.people.models import Recourse


@dataclass(frozen=True, slots=True)
class Way:
    """One way to stand up for yourself, in words; `name` is empty when it is not known who does it here."""

    kind: str
    title: str
    meaning: str
    name: str = ""
    text: str = ""
    address: str = ""
    phone: str = ""
    phone_link: str = ""
    email: str = ""
    website: str = ""
    site: str = ""


def ways(known: Iterable[Recourse]) -> tuple[Way, ...]:
    """Give all three ways, whatever is known of them."""
    by_kind = {one.kind: one for one in known}
    return tuple(_way(kind, by_kind.get(kind)) for kind in Recourse.Kind.values)


def panel(shown: Iterable[Way]) -> SafeString:
    """Show the ways that are known in short, with the page that tells more; the right itself is always told."""
    context = {"recourse": [one for one in shown if one.name], "href": reverse("frontdoor:help-and-rights")}
    return rendered("frontdoor/rights.inc.html", context)


def _way(kind: str, known: Recourse | None) -> Way:
    title, meaning = _words(kind)
    if known is None:
        return Way(kind, title, meaning)
    return Way(
        kind=kind,
        title=title,
        meaning=meaning,
        name=known.name,
        text=known.text,
        address=known.address,
        phone=known.phone,
        phone_link=words.dialled(known.phone),
        email=known.email,
        website=known.website,
        site=words.site(known.website),
    )


def _words(kind: str) -> tuple[str, str]:
    return {
        Recourse.Kind.CLIENT_SUPPORT: (
            gettext("Onafhankelijke cliëntondersteuner"),
            gettext(
                "Deze persoon denkt met u mee en gaat met u mee naar gesprekken. "
                "Dat is gratis. Hij of zij werkt niet voor de gemeente."
            ),
        ),
        Recourse.Kind.COMPLAINT: (
            gettext("Een klacht"),
            gettext("Bent u niet goed behandeld? Vertel het. U krijgt altijd antwoord."),
        ),
        Recourse.Kind.OBJECTION: (
            gettext("Bezwaar maken"),
            gettext(
                "Bent u het niet eens met een besluit van de gemeente? Dan kunt u bezwaar maken. "
                "Doe dat binnen zes weken. Een cliëntondersteuner kan u helpen."
            ),
        ),
    }[Recourse.Kind(kind)]
