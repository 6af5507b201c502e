"""Every wijk under its gemeente and every buurt under its wijk of the same year, whatever the order of the files."""

from collections import defaultdict
from itertools import islice

from django.db import transaction

from samenspel.places.codes import parent_of
from samenspel.places.models import Area

_CHUNK = 200
"""Parents per transaction. One statement for the whole country took PostgreSQL 20 s, all in one transaction."""


def link_parents() -> None:
    """Give the areas without a parent the one that their code names, where it is known by now."""
    children = defaultdict(list)
    for pk, code, year in Area.objects.without_parent().values_list("pk", "code", "year"):
        children[parent_of(code), year].append(pk)
    if not children:
        return
    parents = Area.objects.filter(kind__in=[Area.Kind.MUNICIPALITY, Area.Kind.DISTRICT])
    known = iter(
        [
            (pk, children[code, year])
            for pk, code, year in parents.values_list("pk", "code", "year")
            if (code, year) in children
        ]
    )
    while chunk := list(islice(known, _CHUNK)):
        with transaction.atomic():
            for parent, below in chunk:
                Area.objects.filter(pk__in=below).update(parent=parent)
