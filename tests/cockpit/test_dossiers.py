"""Pages of a dossier: criteria first, then options, then a choice with its reason."""

import pytest
from django.utils import timezone

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


def a_choice(**given: str) -> dict[str, str]:
    decided = {"body": "executive", "decided_on": timezone.localdate().isoformat(), "reference": "B&W 2026-118"}
    return {**decided, "because": "Dichtbij inwoners.", **given}


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
    client.post(f"{path}/mogelijkheid/{option.pk}/kiezen", a_choice())

    page = client.get(path).content.decode()
    for said in (
        "Hier staat het besluit: B&amp;W 2026-118",
        "Keuze: Stichting",
        "Criteria vastgesteld",
        "Ruimte voor kleine clubs",
        "Dichtbij inwoners.",
        "gekozen",
    ):
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


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("body", "", "Wie besloot: vul dit in"),
        ("body", "residents", "Wie besloot: "),
        ("decided_on", "", "Op welke dag: vul dit in"),
        ("decided_on", "2999-01-01", "Op welke dag: deze dag moet nog komen"),
        ("reference", "", "Waar staat het besluit: vul dit in"),
        ("because", "", "Waarom deze: vul dit in"),
    ],
    ids=["nobody", "who does not choose", "no day", "a day to come", "nowhere", "no reason"],
)
def test_a_choice_that_is_not_whole_is_refused_by_field(field: str, typed: str, said: str):
    option = an_option(a_dossier())
    path = f"/werk/beleid/agenda/{option.dossier.process_id}/dossier/mogelijkheid/{option.pk}/kiezen"
    answer = signed_in("policy_adviser").post(path, a_choice(**{field: typed}))
    assert (answer.status_code, said in answer.content.decode()) == (400, True)
    assert FormOption.objects.get().chosen_because == ""


def test_a_dossier_says_that_nobody_decided_yet():
    option = an_option(a_dossier())
    client, path = signed_in("policy_adviser"), f"/werk/beleid/agenda/{option.dossier.process_id}/dossier"
    assert "nog niet besloten" in client.get(path).content.decode()
    assert (
        "Is er nog niet besloten? Leg dan niets vast."
        in client.get(f"{path}/mogelijkheid/{option.pk}/kiezen").content.decode()
    )


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
