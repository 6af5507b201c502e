"""Cases at work: who may, the conversation with who said what, and a decision that is looked at before it stands."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samenspel.policy.models import RoleCase, RoleDecision
from samenspel.policy.reviews import open_review
from samenspel.socialmap.models import Offering
from tests.architecture.matrix import an_account, inside
from tests.people.rows import BY, ELSEWHERE, GM
from tests.policy.rows import AT, CHOIR, HELPED, a_case, a_decision, a_framework
from tests.socialmap.rows import an_offering

pytestmark = pytest.mark.django_db
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def client() -> Client:
    """A policy adviser at work."""
    return inside(an_account("policy_adviser", GM))


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def url(name: str, case: RoleCase) -> str:
    return reverse(f"cockpit:{name}", args=[case.pk])


def test_without_cases_the_list_says_how_to_begin(client: Client):
    page = words(client.get(reverse("cockpit:cases")))

    assert "Er zijn nog geen zaken" in page
    assert "Begin een zaak" in page


def test_the_list_finds_by_title_and_tells_open_from_decided(client: Client):
    a_framework()
    a_decision(a_case("Koor De Waard", CHOIR))
    a_case("Repair café")
    a_case("Koor van elders", municipality=ELSEWHERE)
    lists = reverse("cockpit:cases")

    assert "Koor De Waard Besloten: rol 1" in words(client.get(lists))
    assert "Repair café" not in words(client.get(lists, {"zoek": "koor"}))
    assert "Koor van elders" not in words(client.get(lists, {"zoek": "koor"}))
    assert "Koor De Waard" not in words(client.get(lists, {"toon": "open"}))
    assert "Er is geen zaak gevonden" in words(client.get(lists, {"zoek": "zwembad"}))


def test_the_list_takes_as_many_queries_with_two_cases_as_with_twenty(client: Client):
    a_framework()
    counts = []
    for number in range(20):
        a_decision(a_case(f"Koor {number}", CHOIR), reference=f"B&W {number}")
        if number in (1, 19):
            client.get(reverse("cockpit:cases"))
            with CaptureQueriesContext(connection) as caught:
                client.get(reverse("cockpit:cases"))
            counts.append(len(caught))

    assert counts[0] == counts[1]


def test_a_case_begins_and_leads_to_the_first_question(client: Client):
    response = client.post(reverse("cockpit:new-case"), {"title": "Koor De Waard", "story": "De piano is op."})
    page = words(client.get(response.headers["Location"], follow=True))

    assert RoleCase.objects.get().story == "De piano is op."
    assert "Kan een inwoner hier bij de wet om vragen?" in page
    assert "Advies tot nu toe" in page


def test_an_activity_is_found_on_the_page_and_linked(client: Client):
    offering = an_offering(name="Zingen in De Waard")
    found = client.post(reverse("cockpit:new-case"), {"title": "Koor", "search": "zingen", "zoek": "1"})
    assert "Zingen in De Waard" in words(found)
    assert not RoleCase.objects.exists()

    client.post(reverse("cockpit:new-case"), {"title": "Koor", "offering": str(offering.pk)})

    assert RoleCase.objects.get().offering == offering


@pytest.mark.parametrize("chosen", ["not-an-id", "00000000-0000-0000-0000-000000000001"])
def test_an_activity_that_is_not_there_is_refused_at_its_field(client: Client, chosen: str):
    response = client.post(reverse("cockpit:new-case"), {"title": "Koor", "offering": chosen})

    assert response.status_code == 400
    assert 'href="#id_offering' in response.content.decode()


def test_a_case_from_an_activity_has_its_name_already(client: Client):
    offering = an_offering(name="Zingen in De Waard")

    page = client.get(reverse("cockpit:new-case"), {"aanbod": str(offering.pk)}).content.decode()

    assert 'value="Zingen in De Waard"' in page
    assert client.get(reverse("cockpit:new-case"), {"aanbod": "x"}).status_code == 200


def test_an_answer_is_kept_with_who_said_it_and_leads_to_the_next_question(client: Client):
    case = a_case()
    talk = url("case-talk", case)

    client.post(f"{talk}?vraag=individual_right", {"antwoord": "no", "by": "juriste", "evidence": "Wmo 2015"})

    kept = RoleCase.objects.get().facts["individual_right"]
    assert (kept["answer"], kept["by"], kept["evidence"]) == ("no", "juriste", "Wmo 2015")
    assert date.fromisoformat(kept["on"])
    assert "Moet de gemeente er bij de wet voor zorgen" in words(client.get(talk))


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        pytest.param({"antwoord": "no", "by": ""}, "vul dit in", id="nobody said it"),
        pytest.param({"antwoord": "maybe", "by": "juriste"}, "kies een antwoord", id="no answer"),
        pytest.param({"by": "juriste"}, "kies een antwoord", id="no button"),
        pytest.param({"antwoord": "no", "by": "juriste", "evidence": "111222333"}, "burgerservicenummer", id="bsn"),
    ],
)
def test_an_answer_that_cannot_be_kept_is_refused(client: Client, sent: dict[str, str], says: str):
    case = a_case()

    response = client.post(f"{url('case-talk', case)}?vraag=individual_right", sent)

    assert response.status_code == 400
    assert says in words(response)
    assert RoleCase.objects.get().facts == {}


def test_after_the_last_question_come_the_numbers_once_and_then_the_case(client: Client):
    case = a_case(facts={**CHOIR, "proven": "unknown", "new_initiative": "unknown", "codesign": "no"})
    talk, numbers = url("case-talk", case), url("case-numbers", case)
    assert client.get(talk).headers["Location"] == numbers

    client.post(numbers, {"by": "bestuur", "participants": "32", "amount": "2.400", "paid_staff": "no"})

    kept = RoleCase.objects.get()
    assert kept.measures == {"participants": 32, "amount": 2400}
    assert kept.facts["paid_staff"]["by"] == "bestuur"
    assert client.get(talk).headers["Location"] == url("case", case)


def test_a_number_that_is_none_is_refused_at_its_field(client: Client):
    case = a_case(facts=CHOIR)

    response = client.post(url("case-numbers", case), {"by": "bestuur", "participants": "veel"})

    assert response.status_code == 400
    assert 'href="#id_participants"' in response.content.decode()
    assert "“veel” is geen getal van nul of meer" in words(response)


def test_the_page_of_a_case_shows_advice_evidence_history_money_and_reviews(client: Client):
    a_framework()
    case = a_case("Buurtkamer", HELPED, measures={"participants": 24})
    a_decision(case, "1", reason="Eerst zelf.", decided_on=date(2025, 2, 3), reference="B&W 2025-7")
    a_decision(case, "2", amounts={2026: 5000, 2027: 4000})
    open_review(case=case, trigger="own_reason", note="Het gebouw sluit.", by=BY, at=AT)

    page = words(client.get(url("case", case)))

    assert "Nu geldt: rol 2" in page
    assert "Rol 2 De gemeenschap is eigenaar, met een bijdrage" in page
    assert "Zegt: beleidsadviseur." in page
    assert "Waarom anders dan het advies: Eerst zelf." in page
    assert "2027 € 4.000" in page
    assert "Het gebouw sluit." in page
    assert "geen besluit over subsidie of een voorziening" in page


def test_who_only_looks_gets_no_way_to_change(client: Client):
    case = a_case(facts=CHOIR)
    council = inside(an_account("advisory_council", GM))

    page = council.get(url("case", case))

    assert page.status_code == 200
    assert "Verander" not in words(page)
    assert council.get(url("decide", case)).status_code == 403


def test_the_annex_is_a_tagged_pdf(client: Client):
    a_framework()
    case = a_case("Buurtkamer", HELPED, story="Wat er speelt.")
    a_decision(case, "2", amounts={2026: 5000})

    response = client.get(url("case-paper", case))

    assert response["Content-Type"] == "application/pdf"
    assert b"/MarkInfo" in response.content


def sent(**facts: str) -> dict[str, str]:
    return {
        "decided": "1", "decided_on": "2026-11-20", "body": "executive", "reference": "B&W 2026-118", **facts
    }  # fmt: skip


def test_a_decision_is_looked_at_first_and_then_recorded_once(client: Client):
    a_framework()
    case = a_case(facts=HELPED, offering=an_offering())
    form = sent(decided="2", evaluate_on="2027-11-20", year_2027="5.000", own_conditions="Open voor het dorp.\n\n")

    preview = client.post(url("decide", case), form)
    assert "Klopt dit besluit?" in words(preview)
    assert not RoleDecision.objects.exists()
    assert Offering.objects.get().municipal_role is None

    again = {**dict(HIDDEN.findall(preview.content.decode())), "zeker": "1"}
    again.pop("csrfmiddlewaretoken", None)
    for _ in range(2):
        assert client.post(url("decide", case), again).headers["Location"] == url("case", case)

    row = RoleDecision.objects.get()
    assert (row.decided, row.conditions, row.amounts.get().euros) == ("2", ["Open voor het dorp."], 5000)
    assert Offering.objects.get().municipal_role == 2


def test_the_preview_says_that_one_deviates(client: Client):
    a_framework()
    case = a_case(facts=CHOIR)

    page = words(client.post(url("decide", case), sent(decided="not_done", reason="Geen geld.")))

    assert "U wijkt af van het advies: Geen geld." in page
    assert "Advies van die dag Rol 1" in page


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        pytest.param({"decided": "not_done"}, "reason", id="deviating without reason"),
        pytest.param({"decided": "2", "reason": "x"}, "evaluate_on", id="no day to look back"),
        pytest.param({"decided_on": "gisteren"}, "decided_on", id="no day"),
        pytest.param({"reference": ""}, "reference", id="nowhere to read"),
        pytest.param({"body": "mandate"}, "mandate", id="no mandate"),
        pytest.param({"year_2027": "veel"}, "year_2027", id="no amount"),
        pytest.param({"decided": "not_enough_known"}, "decided", id="no decision"),
    ],
)
def test_what_cannot_be_decided_is_named_at_its_field_and_what_was_typed_stays(
    client: Client, facts: dict[str, str], field: str
):
    a_framework()
    case = a_case(facts=CHOIR)

    response = client.post(url("decide", case), sent(**facts, own_conditions="Open voor het dorp."))

    assert response.status_code == 400
    assert f'href="#id_{field}"' in response.content.decode()
    assert "Open voor het dorp." in words(response)
    assert not RoleDecision.objects.exists()


def test_an_equal_case_is_named_on_the_form(client: Client):
    a_framework()
    a_decision(a_case("Koor De Waard", CHOIR))
    case = a_case("Koor De Ringdijk", CHOIR)

    page = words(client.post(url("decide", case), sent(decided="not_done", reason="Geen geld.")))

    assert "bij dezelfde feiten is eerder iets anders besloten: “Koor De Waard”" in page


def test_without_a_framework_of_ones_own_the_page_says_to_adopt_one_first(client: Client):
    case = a_case(facts=CHOIR)

    assert "Stel eerst een kader vast." in words(client.get(url("decide", case)))
    assert "nog geen eigen kader vastgesteld" in words(client.get(url("case", case)))


def test_a_case_of_the_personal_sphere_asks_to_be_thrown_away_and_goes(client: Client):
    personal = {"individual_right": "no", "statutory_task": "no", "own_circle": "yes", "open_to_others": "no"}
    case = a_case("Kring", personal | {"organized": "no", "institutional_choice": "no"})
    assert "Leg hier niets over vast." in words(client.get(url("case", case)))

    client.post(url("drop-case", case))

    assert not RoleCase.objects.exists()


def test_a_case_with_a_decision_cannot_be_thrown_away(client: Client):
    a_framework()
    case = a_case(facts=CHOIR)
    a_decision(case)

    response = client.post(url("drop-case", case))

    assert response.status_code == 409
    assert RoleCase.objects.exists()


@pytest.mark.parametrize(
    "name", ["case", "edit-case", "case-talk", "case-numbers", "decide", "case-paper", "drop-case"]
)
def test_a_case_of_another_municipality_is_not_there(client: Client, name: str):
    there = a_case("Geheim koor", CHOIR, municipality=ELSEWHERE)

    response = client.post(url(name, there)) if name == "drop-case" else client.get(url(name, there))

    assert response.status_code == 404
    assert RoleCase.objects.exists()


def test_of_many_equal_cases_the_page_names_the_newest_and_says_how_many_there_are(client: Client):
    a_framework()
    for number in range(5):
        a_decision(a_case(f"Koor {number}", CHOIR), reference=f"B&W {number}", decided_on=date(2026, 3, 1 + number))
    case = a_case("Koor De Ringdijk", CHOIR)
    page = words(client.get(url("case", case)))

    assert "Dit zijn de nieuwste van 5 gelijke gevallen. Besloten is: 5 keer rol 1." in page
    assert [number for number in range(5) if f"Koor {number} " in page] == [2, 3, 4]


def test_of_a_few_equal_cases_the_page_says_no_number(client: Client):
    a_framework()
    a_decision(a_case("Koor De Waard", CHOIR))
    page = words(client.get(url("case", a_case("Koor De Ringdijk", CHOIR))))

    assert "Koor De Waard" in page
    assert "gelijke gevallen" not in page
