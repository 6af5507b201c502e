"""The role conversation for anyone: from the first question to the advice on paper, and nothing of it kept."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samenspel.audit.models import AuditEvent
from samenspel.engine.roles.facts import DECIDING
from samenspel.policy.models import RoleCase

pytestmark = pytest.mark.django_db
URL, PAPER = "/rolgesprek/", "/rolgesprek/papier"
CHOIR = {
    "individual_right": "no", "statutory_task": "no", "own_circle": "no", "open_to_others": "yes", "organized": "yes",
    "meets_law": "yes", "meets_conditions": "yes", "institutional_choice": "no", "residents_decide": "yes",
    "can_alone": "unknown", "fits_policy": "yes",
}  # fmt: skip
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
RADIO = re.compile(r'name="(f-[a-z_]+)" value="([a-z]*)" checked')


def words(response: Any) -> str:
    """The text of a page in one line, without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def carried(response: Any) -> dict[str, Any]:
    """What the main form of a page would send by itself."""
    page = response.content.decode()
    form = page[page.index("<main") :]
    form = form[form.index("<form") : form.index("</form>")]
    found: dict[str, Any] = {}
    for name, value in HIDDEN.findall(form):
        found.setdefault(name, []).append(value)
    return found | {name: [value] for name, value in RADIO.findall(form)}


def talk_through(client: Client, facts: dict[str, str], **more: str) -> Any:
    """Answer every question as a browser would, leave the rounds empty, and give the page of the advice."""
    response = client.post(URL, {"naam": "Een koor vraagt een piano"})
    for _ in range(len(DECIDING) + 3):
        sent = carried(response)
        if "vraag" in sent:
            response = client.post(URL, {**sent, "antwoord": facts.get(sent["vraag"][0], "unknown")})
        elif "rond" in sent and 'class="policy-round"' in response.content.decode():
            response = client.post(URL, {**sent, **more})
        else:
            return response
    raise AssertionError("the conversation did not end")


def test_the_start_says_that_it_is_advice_and_that_nothing_is_kept(client: Client):
    page = words(client.get(URL))

    assert "Dit is een advies. Een mens beslist." in page
    assert "Wij bewaren niets." in page


def test_the_choir_with_its_piano_ends_at_role_1_possible_but_not_automatic(client: Client):
    page = words(talk_through(client, CHOIR))

    assert "Rol 1 De gemeenschap is eigenaar" in page
    assert "Steun van de gemeente is mogelijk, maar niet automatisch." in page
    assert "Een koor vraagt een piano" in page


def test_the_advice_says_which_answers_would_lead_to_another_role(client: Client):
    page = words(talk_through(client, CHOIR))

    assert "Wat zou dit veranderen?" in page
    assert "Lukt het de bewoners om dit zelf draaiend te krijgen of te houden? niet bekend → wordt nee" in page


def test_a_question_says_why_it_is_asked_and_where_it_stands(client: Client):
    page = words(client.post(URL, {"naam": ""}))

    assert "Kan een inwoner hier bij de wet om vragen?" in page
    assert "Een recht gaat voor alles." in page
    assert "§5.A" in page


def test_a_right_ends_the_questions_that_can_no_longer_matter_and_says_so(client: Client):
    response = client.post(URL, {"vraag": "individual_right", "antwoord": "yes"})

    asked = DECIDING.index(carried(response)["vraag"][0])
    assert asked > 2
    assert f"{asked - 1} vragen overgeslagen" in words(response)


def test_the_advice_so_far_stands_beside_the_question(client: Client):
    page = words(client.post(URL, {"vraag": "individual_right", "antwoord": "yes"}))

    assert "Advies tot nu toe Rol 4" in page
    assert "antwoorden kunnen dit nog veranderen" in page


def test_a_skipped_question_is_unknown_and_not_asked_again(client: Client):
    response = client.post(URL, {"vraag": "individual_right", "antwoord": "unknown"})

    assert carried(response)["vraag"] == ["statutory_task"]
    assert carried(response)["f-individual_right"] == ["unknown"]


def test_one_step_back_shows_the_question_before_with_its_answer(client: Client):
    sent = {"f-individual_right": "no", "f-statutory_task": "no", "ga": "vraag:statutory_task"}
    response = client.post(URL, sent)

    assert carried(response)["vraag"] == ["statutory_task"]
    assert "U zei eerder: nee." in words(response)


def test_an_answer_that_is_changed_from_the_advice_leads_back_to_the_advice(client: Client):
    facts = {f"f-{fact}": answer for fact, answer in CHOIR.items()}
    response = client.post(URL, {**facts, "rond": ["vorm", "cijfers"], "vraag": "can_alone", "antwoord": "yes"})

    assert "De gemeenschap kan dit zelf." in words(response)


def test_numbers_make_a_reason_to_look_again(client: Client):
    facts = {f"f-{fact}": answer for fact, answer in CHOIR.items()}
    numbers = {"m-participants": "12", "m-target_group": "1.250"}
    page = words(client.post(URL, {**facts, **numbers, "ga": "uitslag"}))

    assert "Redenen om opnieuw te kijken" in page
    assert "Er doen weinig mensen mee" in page
    assert "Mensen in de doelgroep 1.250" in page


@pytest.mark.parametrize(
    ("numbers", "says"),
    [
        pytest.param({"m-participants": "veel"}, "“veel” is geen getal van nul of meer.", id="no number"),
        pytest.param({"m-amount": "-3"}, "“-3” is geen getal van nul of meer.", id="below zero"),
        pytest.param(
            {"m-participants": "9", "m-target_group": "3"}, "meer deelnemers dan mensen in de doelgroep", id="too many"
        ),
        pytest.param({"f-new_initiative": "yes", "m-years_running": "30"}, "het is al 30 jaar bezig", id="not new"),
        pytest.param(
            {"m-participants": "2", "m-target_group": "900", "f-few_participants": "no"},
            "Uw cijfers spreken uw antwoord tegen",
            id="contradiction",
        ),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_what_was_typed_stays(
    client: Client, numbers: dict[str, str], says: str
):
    response = client.post(URL, {**numbers, "rond": ["vorm", "cijfers"]})
    page = response.content.decode()

    assert response.status_code == 400
    assert says in words(response)
    for field in re.findall(r'class="nl-link" href="#([^"]+)"', page):
        assert f'id="{field}"' in page
    assert all(f'value="{typed}"' in page for name, typed in numbers.items() if name.startswith("m-"))


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param({"vraag": "nonsense", "antwoord": "yes"}, id="unknown fact"),
        pytest.param({"vraag": "proven", "antwoord": "<script>"}, id="no answer"),
        pytest.param({"ga": "vraag:nonsense"}, id="unknown place"),
        pytest.param({"f-proven": "maybe", "rol": "9", "rond": "alles"}, id="hidden fields by hand"),
        pytest.param({"naam": "\x00" * 40 + "x" * 5000}, id="long title with odd signs"),
    ],
)
def test_what_means_nothing_is_left_out(client: Client, sent: dict[str, str]):
    response = client.post(URL, sent)

    assert response.status_code == 200
    assert carried(response)["vraag"] == ["individual_right"]


def test_a_title_cannot_become_part_of_the_page(client: Client):
    assert b"<b>koor</b>" not in client.post(URL, {"naam": "<b>koor</b>"}).content


def test_nothing_of_a_conversation_is_kept_anywhere(client: Client):
    client.get(URL)
    with CaptureQueriesContext(connection) as caught:
        response = talk_through(client, CHOIR)
        client.post(PAPER, carried(response))

    assert [one["sql"] for one in caught if not one["sql"].startswith("SELECT")] == []
    assert not RoleCase.objects.exists()
    assert not AuditEvent.objects.exists()
    assert not client.cookies
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"


def test_no_answer_and_no_title_stands_in_an_address(client: Client):
    page = talk_through(client, CHOIR).content.decode()

    for address in re.findall(r'(?:href|action|formaction)="([^"]*)"', page):
        assert "?" not in address
        assert "koor" not in address


def test_the_paper_is_a_tagged_pdf_of_what_was_answered(client: Client):
    response = client.post(PAPER, carried(talk_through(client, CHOIR)))

    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "no-store"
    assert b"/MarkInfo" in response.content


def test_the_paper_without_answers_leads_to_the_start(client: Client):
    assert client.get(PAPER).headers["Location"] == URL


def test_the_conversation_goes_on_in_english_with_the_same_answers(client: Client):
    response = client.post("/en/rolgesprek/", {"f-individual_right": "no", "ga": "vraag:statutory_task"})
    page = response.content.decode()

    assert 'lang="nl">Moet de gemeente' in page
    assert carried(response)["f-individual_right"] == ["no"]
    assert 'action="/rolgesprek/"' in page


def test_a_sphere_in_doubt_says_why(client: Client):
    page = words(talk_through(client, CHOIR, **{"f-organized": "no"}))

    assert "De tekst noemt bewonersinitiatieven bij de persoonlijke leefsfeer" in page


def test_the_personal_sphere_ends_with_no_role_and_nothing_to_write_down(client: Client):
    facts = {"individual_right": "no", "statutory_task": "no", "own_circle": "yes", "open_to_others": "no"}
    page = words(talk_through(client, facts | {"organized": "no", "institutional_choice": "no"}))

    assert "Geen bemoeienis" in page
    assert "Leg er niets over vast." in page


def test_what_was_typed_stands_in_no_title_which_a_browser_keeps():
    page = talk_through(Client(), CHOIR).content.decode()
    title = page.partition("<title>")[2].partition("</title>")[0]

    assert "Een koor vraagt een piano" in page
    assert title == "Advies over de rol - Samenspel"
