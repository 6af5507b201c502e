"""The town that the tests of the open API read."""

from typing import Any

import pytest

from samenspel.opendata import resources
from tests.people.rows import an_organization
from tests.socialmap.index_cast import AT, Town, town_with_offerings
from tests.socialmap.rows import a_neighborhood, a_place


@pytest.fixture
def open_town(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Town:
    """Seven offerings, three listed groups and one that never said yes, and a buurt with a boundary and a place."""
    settings.MUNICIPALITY = "GM9901"
    monkeypatch.setattr(resources.timezone, "now", lambda: AT)
    town = town_with_offerings()
    town.groups["unlisted"] = an_organization(listed=False, name="Breiclub Zonder Ja", phone="0320555099")
    town.areas["district"] = town.areas["east"].parent
    town.areas["square"] = a_neighborhood("BU99010101", name="Het Vierkant", parent=town.areas["district"])
    town.places["square"] = a_place(host=town.groups["unlisted"], host_note="koffie bij Bea")
    return town
