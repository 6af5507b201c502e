"""Pages of a dossier: criteria first, then options, then a choice with its reason."""

import pytest

from samenspel.policy.models import FormDossier, FormOption
from tests.policy.test_agenda import a_moment, a_process
from tests.policy.test_dossiers import FACTS, a_dossier, an_option
from tests.workspace.accounts import signed_in

pytestmark = pytest.mark.django_db
OPTION = {
    "kind": "form",
    "name": "Stichting",
    "organization": "",
    "tasks": "Opbouwwerk wel",
    "continuity": "Clubs houden hun ruimte.",
    "speaks_for": "",
    "speaks_against": "",
}


def test_from_question_to_choice():
    process, client = a_process(), signed_in("policy_adviser")
    a_moment(process, what="Criteria vastgesteld")
    path = f"/werk/beleid/agenda/{process.pk}/dossier"
    assert client.get(path).status_code == 404
    assert client.post(f"{path}/wijzigen", vars(FACTS))["Location"] == path
    assert "Maak eerst de criteria openbaar." in client.get(path).content.decode()

    refused = client.post(f"{path}/mogelijkheid", OPTION)
    assert "Naam: maak eerst de criteria openbaar" in refused.content.decode()
    client.post(f"{path}/openbaar")
    client.post(f"{path}/mogelijkheid", OPTION)
    option = FormOption.objects.get()
    client.post(f"{path}/mogelijkheid/{option.pk}", {**OPTION, "speaks_for": "Dichtbij."})
    client.post(f"{path}/mogelijkheid/{option.pk}/kiezen", {"because": "Dichtbij inwoners."})

    page = client.get(path).content.decode()
    for said in ("Criteria vastgesteld", "Ruimte voor kleine clubs", "Dichtbij inwoners.", "gekozen"):
        assert said in page
    assert f"mogelijkheid/{option.pk}" not in page


def test_making_public_twice_is_refused_in_words():
    dossier = a_dossier()
    answer = signed_in("policy_adviser").post(f"/werk/beleid/agenda/{dossier.process_id}/dossier/openbaar")
    assert (answer.status_code, "Dit kan niet: dit is al openbaar." in answer.content.decode()) == (409, True)


def test_criteria_that_are_public_are_not_changed():
    dossier = a_dossier()
    given = {**vars(FACTS), "criteria": "Goedkoop"}
    answer = signed_in("policy_adviser").post(f"/werk/beleid/agenda/{dossier.process_id}/dossier/wijzigen", given)
    assert "Criteria: dit is al openbaar" in answer.content.decode()
    assert FormDossier.objects.get().criteria == FACTS.criteria


def test_a_choice_without_a_reason_is_refused_by_field():
    option = an_option(a_dossier())
    path = f"/werk/beleid/agenda/{option.dossier.process_id}/dossier/mogelijkheid/{option.pk}/kiezen"
    answer = signed_in("policy_adviser").post(path, {"because": ""})
    assert (answer.status_code, "Waarom deze: vul dit in" in answer.content.decode()) == (400, True)


def test_an_option_of_another_process_is_not_there():
    option, other = an_option(a_dossier()), a_process("Inkoop")
    client = signed_in("policy_adviser")
    client.post(f"/werk/beleid/agenda/{other.pk}/dossier/wijzigen", vars(FACTS))
    assert client.get(f"/werk/beleid/agenda/{other.pk}/dossier/mogelijkheid/{option.pk}").status_code == 404


def test_the_council_reads_and_changes_nothing():
    option = an_option(a_dossier())
    client, path = signed_in("advisory_council"), f"/werk/beleid/agenda/{option.dossier.process_id}/dossier"
    page = client.get(path).content.decode()
    assert "In huis" in page
    assert "mogelijkheid/" not in page
    assert client.post(f"{path}/openbaar").status_code == 403
