"""Signals for the team, grounds by the FG, and what a team agrees about silence."""

from typing import Any

import pytest
from django.test import Client

from samenspel.handover.grounds import proposal
from samenspel.handover.models import EarlySign, LegalGround, TeamWatch
from samenspel.people.models import AccessRole
from tests.handover.rows import a_team, a_town
from tests.handover.test_signs import told
from tests.people.rows import GM
from tests.workspace.accounts import an_account, sign_in, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Any, settings: Any) -> None:
    settings.KEYS = tmp_path / "keys"


def page(client: Client, path: str, **posted: str) -> str:
    answer = client.post(path, posted) if posted else client.get(path)
    assert answer.status_code in (200, 302), answer.status_code
    return answer.content.decode()


def test_a_sign_is_opened_by_its_team_and_its_text_stands_in_no_list():
    town, member = a_town(), an_account(AccessRole.CONNECTOR)
    a_team("West", town.west, members=(member,))
    sign, _ = told(town)
    client = Client()
    sign_in(client, member.email)

    assert "gordijnen" not in page(client, "/werk/signalen")
    assert "gordijnen" not in page(client, f"/werk/signalen/{sign.pk}")
    assert "gordijnen" in page(client, f"/werk/signalen/{sign.pk}", open="ja")
    assert EarlySign.objects.get().read_at is not None
    page(client, f"/werk/signalen/{sign.pk}", wis="ja")
    assert bytes(EarlySign.objects.get().sealed) == b""
    assert str(sign.pk) not in page(client, "/werk/signalen")
    assert client.get(f"/werk/signalen/{sign.pk}").status_code == 404


def test_a_sign_of_another_team_is_not_there():
    sign, _ = told(a_town())
    client = signed_in(AccessRole.CONNECTOR)
    assert client.get(f"/werk/signalen/{sign.pk}").status_code == 404
    assert client.post(f"/werk/signalen/{sign.pk}").status_code == 404


def test_the_fg_fixes_a_proposed_ground_rewords_it_and_takes_it_off():
    client, first = signed_in(AccessRole.PRIVACY_OFFICER), proposal()[0]
    assert "Nu kan geen team iets delen" in page(client, "/werk/grondslagen")
    path, words = f"/werk/grondslagen/{first.key}", {"article": first.article, "explanation": "Omdat het moet."}

    page(client, path, name="Onze taak", for_keeping="on", **words)
    page(client, path, name="Onze eigen taak", for_sharing="on", **words)
    row = LegalGround.objects.get(ended_at=None)
    assert (row.name, row.for_keeping, row.for_sharing) == ("Onze eigen taak", False, True)
    assert LegalGround.objects.count() == 2

    page(client, path, weg="ja")
    assert not LegalGround.objects.filter(ended_at=None).exists()


def test_a_ground_for_nothing_and_a_ground_that_nobody_proposed_are_refused():
    client = signed_in(AccessRole.PRIVACY_OFFICER)
    path = f"/werk/grondslagen/{proposal()[0].key}"
    answer = client.post(path, {"name": "x", "article": "y", "explanation": "z"})
    assert answer.status_code == 400
    assert "kies waar de grondslag voor is" in answer.content.decode()
    assert client.get("/werk/grondslagen/eigen").status_code == 404


def test_an_administrator_names_the_deputy_of_a_team_who_works_in_it():
    town = a_town()
    client, lianne, omar = signed_in(), town.team_west.members.get(), town.team_east.members.get()
    path, days = f"/werk/inrichten/team/{town.team_west.pk}/stilte", {"silent_days": "3", "answer_days": "5"}

    assert client.post(path, {"deputy": str(omar.pk), **days}).status_code == 400
    assert client.post(path, {"deputy": "", "silent_days": "0", "answer_days": "5"}).status_code == 400
    page(client, path, deputy=str(lianne.pk), **days)
    watch = TeamWatch.objects.get()
    assert (watch.deputy, watch.silent_days, watch.answer_days, watch.team.municipality) == (lianne, 3, 5, GM)
