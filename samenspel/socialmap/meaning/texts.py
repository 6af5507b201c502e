"""The public text of an offering as the encoder reads it."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.utils.translation import override

from samenspel.socialmap.catalogue import findable
from samenspel.socialmap.models import Offering
from samenspel.socialmap.vocabulary import vocabulary
from samenspel.sources.vocabulary import Audience

TEXT_FORM = "1"
"""Changes with every change of the texts below: then all vectors are made anew."""


class PublicText(NamedTuple):
    """`digest` differs when the text does."""

    id: str
    digest: str
    text: str


def public_texts(municipality: str, *, day: date) -> Iterator[PublicText]:
    """The texts of all offerings of a municipality that may be found; one query."""
    rows = Offering.objects.filter(findable(day), municipality=municipality).order_by("pk")
    with override("nl"):
        for pk, name, summary, description, audiences, needs in rows.values_list(
            "pk", "name", "summary", "description", "audiences", "needs"
        ):
            text = _text(name, summary, description, audiences, needs)
            yield PublicText(str(pk), hashlib.blake2b(text.encode(), digest_size=8).hexdigest(), text)


def _text(name: str, summary: str, description: str, audiences: Iterable[str], needs: Iterable[str]) -> str:
    """Name and own words first, then for whom it is and what it answers, in words of the vocabulary."""
    known = vocabulary().needs
    whom = ", ".join(str(Audience(key).label) for key in audiences if key in Audience.values)
    what = ", ".join(known[key].label for key in needs if key in known)
    parts = (f"{name}.", summary, description, f"Voor {whom}." if whom else "", f"{what}." if what else "")
    return " ".join(part for part in parts if part)
