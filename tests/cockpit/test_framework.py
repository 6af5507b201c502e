"""Pages of the municipality's own framework: who sees what, and what is refused by field."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samenspel.people.models import AccessRole
from samenspel.policy.drafting import add_case, add_threshold, reword_part
from samenspel.policy.frameworks import draft_of, framework_of_version, published
from samenspel.policy.models import FrameworkVersion
from tests.people.rows import AT, BY, ELSEWHERE, GM
from tests.policy.framework_rows import BASE, a_draft, adopted, advised, decided, example, part, threshold
from tests.workspace.accounts import signed_in

pytestmark = pytest.mark.django_db
HEAD = {
    "title": "Ons kader",
    "of": "gemeente Markerwaard",
    "document": "Kader 2026",
    "summary": "Zo kiezen wij.",
    "since": "2026-01-01",
    "extends": [BASE],
}
WORDS = {"name": "Steun", "text": "Wij steunen wat werkt.", "source": "§2"}
THRESHOLD = {
    "id": "", "since": "2026-07-01", "fact": "proven", "measure": "years_running", "comparison": "at_least",
    "value": "3", "text": "", "source": "besluit 12",
}  # fmt: skip
CASE = {
    "title": "Repaircafé", "story": "Het loopt.", "shows": "Steun.", "source": "§2", "expect": "2",
    "codesign": "unknown", "proven": "yes",
    **example().answers,
}  # fmt: skip


@pytest.fixture
def adviser() -> Client:
    return signed_in(AccessRole.POLICY_ADVISER)


def page(client: Client, path: str, status: int = 200, **posted: Any) -> str:
    address = reverse("cockpit:start") + path
    answer = client.post(address, posted) if posted else client.get(address)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def test_without_an_own_framework_the_page_says_what_holds_and_how_to_begin(adviser: Client):
    text = page(adviser, "kader")

    assert "nog geen eigen kader" in text
    assert "Begin een concept" in text
    for path in ("concept", "drempel", "voorbeeld", "onderdeel", "wat-verandert", "adviesraad", "vaststellen"):
        page(adviser, f"kader/{path}", 404)


def test_a_draft_begins_and_can_be_thrown_away(adviser: Client):
    page(adviser, "kader/beginnen", 302, **HEAD)
    assert "Concept: Ons kader" in page(adviser, "kader/concept")

    page(adviser, "kader/beginnen", 302, weg="ja")
    assert not FrameworkVersion.objects.exists()


def test_a_head_without_rules_is_refused_at_its_field(adviser: Client):
    text = page(adviser, "kader/beginnen", 400, **(HEAD | {"extends": ["maashorst"]}))

    assert "Bouwt op: kies ook een kader dat regels voor de rol heeft" in text
    assert not FrameworkVersion.objects.exists()


def test_a_wording_is_changed_with_the_old_one_beside_it_and_put_back(adviser: Client):
    a_draft()
    path = "kader/onderdeel/principle/2"
    assert "Dat gaat nooit vanzelf" in page(adviser, path)

    page(adviser, path, 302, **WORDS)
    text = page(adviser, path)
    assert "Wij steunen wat werkt." in text
    assert "Dat gaat nooit vanzelf" in text
    page(adviser, path, 302, weg="ja")
    assert "principle" not in draft_of(GM).content


@pytest.mark.parametrize("path", ["principle/99", "draak/2", "principle/x-y"])
def test_a_part_that_is_not_there_is_not_found(adviser: Client, path: str):
    a_draft()

    page(adviser, f"kader/onderdeel/{path}", 404)


def test_a_question_of_the_conversation_has_its_own_two_fields(adviser: Client):
    a_draft()

    page(adviser, "kader/onderdeel/fact/proven", 302, **WORDS, question="Werkt het?", why="Daarom.")

    assert framework_of_version(draft_of(GM)).part("fact", "proven").question == "Werkt het?"


def test_a_part_is_added_and_taken_out(adviser: Client):
    a_draft()
    page(adviser, "kader/onderdeel", 302, kind="principle", **WORDS)
    assert "toegevoegd" in page(adviser, "kader/concept")

    page(adviser, "kader/onderdeel/principle/steun", 302, weg="ja")
    assert "principle" not in draft_of(GM).content


def test_a_threshold_reads_as_a_sentence_and_can_be_taken_back(adviser: Client):
    a_draft()
    page(adviser, "kader/drempel", 302, **THRESHOLD)
    assert "het aantal jaren dat het loopt minstens 3 is." in page(adviser, "kader/concept")

    page(adviser, "kader/drempel", 302, weg="proven", vanaf="2026-07-01")
    assert draft_of(GM).content["threshold"] == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        pytest.param({"value": "drie"}, "Getal: vul een getal in, zoals 10", id="no number"),
        pytest.param({"value": "-1"}, "Getal: vul een getal van nul of meer in", id="below zero"),
        pytest.param({"since": "31-31-2026"}, "Vanaf: kies een dag die bestaat", id="no day"),
        pytest.param({"source": ""}, "Waar staat dit: vul dit in", id="no source"),
        pytest.param(
            {"fact": "few_participants", "measure": "participants_share"},
            "Is het een nieuwe drempel: hiervoor is al een drempel; kies welke u vervangt",
            id="a twin",
        ),
    ],
)
def test_a_threshold_that_cannot_be_says_so_at_its_field(adviser: Client, wrong: dict[str, str], said: str):
    a_draft()

    assert said in page(adviser, "kader/drempel", 400, **(THRESHOLD | wrong))


@pytest.mark.parametrize("since", ["", "gisteren", "2025-01-01"])
def test_what_this_draft_did_not_add_cannot_be_taken_back(adviser: Client, since: str):
    a_draft()

    page(adviser, "kader/drempel", 400, weg="few_participants", vanaf=since)


def test_an_example_is_added_by_choosing_answers_and_its_advice_is_checked(adviser: Client):
    a_draft()
    assert "met deze antwoorden is het advies: Rol 2" in page(
        adviser, "kader/voorbeeld", 400, **(CASE | {"expect": "4"})
    )

    page(adviser, "kader/voorbeeld", 302, **CASE, measure_years_running="4,5")

    (kept,) = draft_of(GM).content["cases"]
    assert (kept["expect"], kept["measures"]) == ({"advice": 2}, {"years_running": 4.5})
    page(adviser, "kader/voorbeeld", 302, weg="Repaircafé")
    page(adviser, "kader/voorbeeld", 400, weg="Repaircafé")


def test_what_would_change_is_counted_named_and_paged(adviser: Client):
    first = adopted(a_draft())
    for number in range(60):
        decided(version=first, title=f"Club {number}", measures={"years_running": 4})
    add_threshold(version=a_draft(), facts=threshold(), by=BY, at=AT)

    text = page(adviser, "kader/wat-verandert")

    assert "60 zaken krijgen een ander advies" in text
    assert "Er verandert niets vanzelf" in text
    assert "Bladzijde 1 van 2" in text
    assert "“Genoeg (bewezen) succes” was niet bekend en wordt ja." in text


def test_the_whole_way_from_question_to_a_published_framework(adviser: Client):
    council = signed_in(AccessRole.ADVISORY_COUNCIL)
    version = a_draft()
    page(adviser, "kader/vaststellen", 400, adopted_by="raad", note="eerste")
    page(adviser, "kader/adviesraad", 302, stap="vraag")
    assert "leest nu dit concept" in page(adviser, "kader/drempel", 400, **THRESHOLD)
    page(adviser, "kader/adviesraad", 403, stap="advies", advice="Voor.", advised_on="2026-11-01")
    today = version.council_advices.get().asked_on.isoformat()
    page(council, "kader/adviesraad", 302, stap="advies", advice="Wij zijn voor.", advised_on=today)
    page(council, "kader/adviesraad", 403, stap="reactie", reaction="Dank.", reacted_on=today)
    page(adviser, "kader/adviesraad", 302, stap="reactie", reaction="Dank u.", reacted_on=today)
    page(adviser, "kader/vaststellen", 302, adopted_by="raad, besluit 7", note="eerste")

    assert published(GM) == version
    public = Client().get("/rolgesprek/kader")
    assert public.status_code == 200
    assert not public.cookies
    for words in ("Wij zijn voor.", "Dank u.", "raad, besluit 7", "Persoonlijke sociale basis", "geldt nu"):
        assert words in public.content.decode()
    assert "Dank u." in page(council, "kader/versie/1")


@pytest.mark.parametrize("step", ["", "draak", "trek-in"])
def test_a_step_that_is_not_there_is_refused_and_changes_nothing(adviser: Client, step: str):
    a_draft()

    page(adviser, "kader/adviesraad", 400, stap=step)


def test_advice_without_words_says_so_at_its_field():
    version, council = a_draft(), signed_in(AccessRole.ADVISORY_COUNCIL)
    page(signed_in(AccessRole.POLICY_ADVISER), "kader/adviesraad", 302, stap="vraag")

    text = page(council, "kader/adviesraad", 400, stap="advies", advice="", advised_on="2020-01-01")

    assert "Het advies: vul dit in" in text
    assert version.council_advices.get().advice == ""


def test_a_draft_of_another_municipality_is_not_there(adviser: Client):
    far = a_draft(ELSEWHERE, title="Kader van elders")
    reword_part(version=far, kind="role", part_id="1", words=part(text="Geheim van elders."), by=BY, at=AT)
    adopted(far)
    a_draft(ELSEWHERE, title="Volgende van elders")

    assert "elders" not in page(adviser, "kader")
    page(adviser, "kader/concept", 404)
    page(adviser, "kader/versie/1", 404)
    assert "elders" not in Client().get("/rolgesprek/kader").content.decode()


def test_who_only_reads_sees_no_way_to_change():
    version = a_draft()
    add_case(version=version, facts=example(), by=BY, at=AT)
    reader = signed_in(AccessRole.SUBSIDY_ADVISER)

    text = page(reader, "kader/concept")
    assert "Repaircafé" in text
    assert "<form" not in text.partition("<main")[2]
    page(reader, "kader/drempel", 403)


def test_words_of_a_framework_are_shown_as_text(adviser: Client):
    version = a_draft()
    reword_part(version=version, kind="role", part_id="1", words=part(text="<b>Vet</b>"), by=BY, at=AT)
    advised(version)

    assert "&lt;b&gt;Vet" in page(adviser, "kader/concept")
