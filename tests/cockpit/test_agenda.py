"""Pages of the long-term agenda."""

import pytest

from samenspel.policy.models import DecisionMoment, PolicyDocument, PolicyProcess
from tests.people.rows import ELSEWHERE
from tests.policy.test_agenda import a_document, a_moment, a_plan, a_process
from tests.workspace.accounts import signed_in

pytestmark = pytest.mark.django_db
PROCESS = {"title": "Herijking subsidies", "text": "", "framework_use": "full", "ended_on": ""}
MOMENT = {
    "what": "Raadsavond",
    "body": "council",
    "planned_on": "2027-02-03",
    "precision": "quarter",
    "held_on": "",
    "result": "",
}
DOCUMENT = {"kind": "action_plan", "title": "Actieplan", "dated_on": "2026-01-15", "year": "2026", "website": ""}


def test_a_process_gets_moments_and_documents():
    client = signed_in("policy_adviser")
    assert "De agenda is nog leeg." in client.get("/werk/beleid/agenda").content.decode()
    client.post("/werk/beleid/agenda/nieuw", PROCESS)
    path = f"/werk/beleid/agenda/{PolicyProcess.objects.get().pk}"
    assert client.post(f"{path}/moment", MOMENT)["Location"] == path
    client.post(f"{path}/stuk", DOCUMENT)

    page = client.get(path).content.decode()
    assert "1e kwartaal 2027, gemeenteraad" in page
    assert "Actieplan 2026, 15 januari 2026" in page
    assert "1e kwartaal 2027" in client.get("/werk/beleid/agenda").content.decode()


def test_what_was_held_moves_to_what_was():
    process = a_process()
    moment, client = a_moment(process), signed_in("policy_adviser")
    path = f"/werk/beleid/agenda/{process.pk}/moment/{moment.pk}"
    assert 'value="2027-02-03"' in client.get(path).content.decode()
    client.post(path, {**MOMENT, "held_on": "2026-10-02", "result": "Akkoord."})

    assert DecisionMoment.objects.get().result == "Akkoord."
    assert "Wat er was" in client.get(f"/werk/beleid/agenda/{process.pk}").content.decode()


@pytest.mark.parametrize(
    ("part", "given", "said"),
    [
        ("moment", {**MOMENT, "planned_on": ""}, "Gepland op: vul dit in"),
        ("moment", {**MOMENT, "result": "Ja."}, "Geweest op: noem de dag waarop dit eruit kwam"),
        ("moment", {**MOMENT, "held_on": "2026-10-02"}, "Wat kwam eruit: schrijf wat eruit kwam"),
        ("stuk", {**DOCUMENT, "year": ""}, "Jaar van het actieplan: noem het jaar van het actieplan"),
        ("stuk", {**DOCUMENT, "year": "volgend"}, "Jaar van het actieplan: schrijf een jaar als 2027"),
        ("stuk", {**DOCUMENT, "website": "javascript:alert(1)"}, "Waar staat het: dit is geen webadres"),
        ("wijzigen", {**PROCESS, "title": ""}, "Proces: vul dit in"),
    ],
    ids=["no day", "result without a day", "day without a result", "no year", "odd year", "odd address", "no title"],
)
def test_what_is_wrong_is_said_by_field_and_nothing_is_kept(part: str, given: dict[str, str], said: str):
    process = a_process()
    answer = signed_in("policy_adviser").post(f"/werk/beleid/agenda/{process.pk}/{part}", given)

    assert (answer.status_code, said in answer.content.decode()) == (400, True)
    assert not DecisionMoment.objects.exists()
    assert not PolicyDocument.objects.exists()


def test_a_document_is_changed():
    process = a_process()
    document = a_document(process)
    given = {"kind": "start_note", "title": "Startnotitie 2", "dated_on": "2026-09-01", "year": "", "website": ""}
    signed_in("policy_adviser").post(f"/werk/beleid/agenda/{process.pk}/stuk/{document.pk}", given)
    assert PolicyDocument.objects.get().title == "Startnotitie 2"


def test_a_year_without_an_action_plan_is_warned_of():
    a_plan(a_process(), 2024)
    assert "is er geen actieplan" in signed_in("administrator").get("/werk/beleid/agenda").content.decode()


def test_parts_of_another_process_are_not_there():
    process, other = a_process(), a_process("Inkoop")
    moment, document, client = a_moment(other), a_document(other), signed_in("policy_adviser")
    assert client.get(f"/werk/beleid/agenda/{process.pk}/moment/{moment.pk}").status_code == 404
    assert client.get(f"/werk/beleid/agenda/{process.pk}/stuk/{document.pk}").status_code == 404


def test_a_process_of_elsewhere_is_not_there():
    process, client = a_process("Elders", municipality=ELSEWHERE), signed_in("policy_adviser")
    for part in ("", "/wijzigen", "/moment", "/stuk", "/dossier", "/dossier/wijzigen"):
        assert client.get(f"/werk/beleid/agenda/{process.pk}{part}").status_code == 404
    assert "Elders" not in client.get("/werk/beleid/agenda").content.decode()


@pytest.mark.parametrize("role", ["administrator", "advisory_council"])
def test_who_only_looks_sees_no_way_to_change(role: str):
    process = a_process()
    a_moment(process)
    a_document(process)
    page = signed_in(role).get(f"/werk/beleid/agenda/{process.pk}").content.decode()
    assert "Raadsavond" in page
    assert "ijzigen" not in page
    assert "toevoegen" not in page
