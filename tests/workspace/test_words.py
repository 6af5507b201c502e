"""The words of the municipality in the browser: write a draft, see what it changes, publish, withdraw."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from samenspel.audit.models import AuditEvent
from samenspel.socialmap.models import OwnPhrase
from samenspel.socialmap.wording import PhraseFacts, add_phrase
from tests.people.rows import BY, ELSEWHERE, GM
from tests.socialmap.index_cast import AT, Town, bring_up_to_date, town_with_offerings
from tests.workspace.accounts import signed_in

pytestmark = pytest.mark.django_db

DRAFT = {"text": "Xqzwv kjbhq", "effect": "names", "target": "walking_buddy", "reason": "zo heet wandelen hier"}
ALARM = {"text": "de dijk breekt", "effect": "alarms", "target": "emergency", "reason": "wij wonen laag"}


@pytest.fixture
def town(tmp_path: Path, settings: Any) -> Town:
    settings.DATA = tmp_path
    town = town_with_offerings()
    bring_up_to_date()
    return town


@pytest.fixture
def work() -> Client:
    return signed_in("editor")


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def after(client: Client, answer: Any) -> str:
    assert answer.status_code == 302, answer.content.decode()
    return text_of(client.get(answer["Location"]))


def the_draft(client: Client, **changed: str) -> OwnPhrase:
    assert client.post("/werk/woorden/nieuw", DRAFT | changed).status_code == 302
    return OwnPhrase.objects.latest("written_at")


def publish_form(client: Client, note: str = "voor de campagne") -> dict[str, str]:
    shown = re.search(r'name="drafts" value="(\w+)"', client.get("/werk/woorden/publiceren").content.decode())
    assert shown
    return {"drafts": shown[1], "note": note}


def test_the_start_page_of_an_editor_leads_to_the_words(work: Client):
    page = work.get("/werk/").content.decode()

    assert 'href="/werk/woorden"' in page
    assert "Inrichten" not in page


def test_the_overview_counts_the_phrases_of_each_need_and_shows_drafts(work: Client):
    the_draft(work)
    page = work.get("/werk/woorden")
    row = next(one for one in page.context["needs"] if one.key == "walking_buddy")

    assert row.shipped > 5
    assert (row.own, row.drafts) == (0, 1)
    assert "xqzwv kjbhq" in text_of(page)
    assert {one.key for one in page.context["helps"]} >= {"suicide", "emergency"}


@pytest.mark.parametrize(
    ("typed", "found"),
    [("wandelmaatje", "Samen wandelen"), ("wie gaat er samen lopen", "Samen lopen"), ("xqzwv", "eigen zin, concept")],
)
def test_a_phrase_is_looked_up_by_the_words_it_holds_or_that_hold_it(work: Client, typed: str, found: str):
    the_draft(work)
    answer = work.post("/werk/woorden", {"words": typed})

    assert answer.context["found"]
    assert found.lower() in text_of(answer).lower()


def test_looking_up_what_is_nowhere_says_so_and_keeps_nothing(work: Client):
    before = AuditEvent.objects.count()
    page = text_of(work.post("/werk/woorden", {"words": "fnuikblarf"}))

    assert "“fnuikblarf” staat nog nergens bij." in page
    assert AuditEvent.objects.count() == before


def test_a_need_shows_what_samenspel_knows_and_what_is_our_own(work: Client):
    the_draft(work)
    page = text_of(work.get("/werk/woorden/over/walking_buddy"))

    assert "wandelmaatje" in page
    assert "xqzwv kjbhq Concept" in page
    assert "Waarom: zo heet wandelen hier" in page
    assert work.get("/werk/woorden/over/verzonnen").status_code == 404


def test_urgent_help_says_why_its_phrases_cannot_be_taken_away(work: Client):
    page = text_of(work.get("/werk/woorden/over/suicide"))

    assert "zelfmoord*" in page
    assert "wie om hulp roept, moet overal gehoord worden" in page


def test_a_draft_is_written_and_changed_and_the_form_shows_what_stood_there(work: Client):
    phrase = the_draft(work)
    page = work.get(f"/werk/woorden/zin/{phrase.pk}").content.decode()
    assert 'value="xqzwv kjbhq"' in page
    assert "merkt er nog niets van" in after(
        work, work.post(f"/werk/woorden/zin/{phrase.pk}", DRAFT | {"effect": "hints"})
    )
    phrase.refresh_from_db()

    assert phrase.effect == "hints"


def test_a_form_from_a_need_has_that_need_chosen(work: Client):
    assert work.get("/werk/woorden/nieuw?over=coffee").context["form"]["target"].value() == "coffee"
    assert work.get("/werk/woorden/nieuw?over=suicide").context["form"]["effect"].value() == "alarms"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"text": "ik ben"}, "Zin of woord: hier staan alleen kleine woorden"),
        ({"text": "<buren> koffie"}, "Zin of woord: de groep &lt;buren&gt; bestaat niet"),
        ({"reason": ""}, "Waarom: vul dit in"),
        ({"target": "emergency"}, "Behoefte of hulplijn: kies een behoefte"),
        ({"effect": "alarms"}, "Behoefte of hulplijn: kies bij dringende hulp een hulplijn"),
    ],
    ids=["small words", "group", "no reason", "help as need", "need as help"],
)
def test_a_mistake_names_its_field_and_keeps_what_was_typed(work: Client, typed: dict[str, str], problem: str):
    answer = work.post("/werk/woorden/nieuw", DRAFT | typed)

    assert answer.status_code == 400
    assert problem in answer.content.decode()
    assert (DRAFT | typed)["text"].split()[-1] in answer.content.decode()
    assert not OwnPhrase.objects.exists()


def test_a_draft_is_thrown_away(work: Client):
    phrase = the_draft(work)

    assert "is weg" in after(work, work.post(f"/werk/woorden/zin/{phrase.pk}", {"do": "remove"}))
    assert not OwnPhrase.objects.exists()


def test_a_question_is_tried_side_by_side_and_kept_nowhere(town: Town, work: Client):
    the_draft(work)
    before = AuditEvent.objects.count()
    answer = work.post("/werk/woorden/proberen", {"question": "wie wil er xqzwv kjbhq"})
    (_, now), (_, then) = answer.context["sides"]

    assert now.needs == ()
    assert then.needs == ("samen wandelen",)
    assert "Dit verandert er" in text_of(answer)
    assert "Ommetje met thermoskan" in text_of(answer)
    assert AuditEvent.objects.count() == before
    assert "xqzwv" not in str(dict(work.session))
    assert work.post("/werk/woorden/proberen", {"question": ""}).status_code == 400


def test_a_question_in_the_address_is_not_read(town: Town, work: Client):
    assert "schaken" not in work.get("/werk/woorden/proberen?question=schaken").content.decode()


def test_drafts_are_published_from_the_page_that_shows_what_changes(town: Town, work: Client):
    the_draft(work, text="wiskunde", target="games")
    page = text_of(work.get("/werk/woorden/publiceren"))
    assert "1 van de" in page
    assert "wie helpt mijn zoon met zijn wiskunde" in page

    said = after(work, work.post("/werk/woorden/publiceren", publish_form(work)))
    assert "1 zin is gepubliceerd. Over een paar seconden zichtbaar voor inwoners." in said
    assert OwnPhrase.objects.get().note == "voor de campagne"


def test_publishing_without_a_note_names_the_field(town: Town, work: Client):
    the_draft(work)
    answer = work.post("/werk/woorden/publiceren", publish_form(work, note=""))

    assert answer.status_code == 400
    assert "Waarom nu: vul dit in" in text_of(answer)
    assert OwnPhrase.objects.get().stage == "draft"


def test_what_changed_after_the_page_was_shown_is_looked_at_again_first(town: Town, work: Client):
    phrase = the_draft(work)
    seen = publish_form(work)
    work.post(f"/werk/woorden/zin/{phrase.pk}", DRAFT | {"text": "iets heel anders"})
    answer = work.post("/werk/woorden/publiceren", seen)

    assert answer.status_code == 409
    assert "intussen veranderd" in text_of(answer)
    assert 'value="voor de campagne"' in answer.content.decode()
    assert OwnPhrase.objects.get().stage == "draft"


def test_an_alarm_waits_for_a_colleague_who_publishes_it(town: Town, work: Client):
    the_draft(work)
    the_draft(work, **ALARM)
    page = text_of(work.get("/werk/woorden/publiceren"))
    assert "Wacht op een collega" in page
    after(work, work.post("/werk/woorden/publiceren", publish_form(work)))
    assert OwnPhrase.objects.get(effect="alarms").stage == "draft"

    colleague = signed_in("administrator")
    after(colleague, colleague.post("/werk/woorden/publiceren", publish_form(colleague)))
    assert OwnPhrase.objects.get(effect="alarms").stage == "published"


def test_a_wide_phrase_and_a_new_alarm_are_warned_for(town: Town, work: Client):
    add_phrase(
        municipality=GM, facts=PhraseFacts(**(ALARM | {"text": "mooi weer"})), by=BY, at=AT
    )  # by another than the editor
    the_draft(work, text="wil", effect="hints")
    page = text_of(work.get("/werk/woorden/publiceren"))

    assert re.search(r"Let op: “wil” komt voor in \d+ van de \d+ proefvragen \(\d+%\)", page)
    assert "Let op: deze vraag laat straks dringende hulp zien." in page


def test_a_phrase_that_is_too_wide_is_left_out_of_what_is_published(town: Town, work: Client):
    the_draft(work)
    the_draft(work, text="=ik", effect="hints")
    page = text_of(work.get("/werk/woorden/publiceren"))
    assert re.search(r"Te ruim .*=ik : in \d+ van de \d+ proefvragen \(\d+%\)", page)

    assert "1 zin is gepubliceerd" in after(work, work.post("/werk/woorden/publiceren", publish_form(work)))
    assert OwnPhrase.objects.get(text="=ik").stage == "draft"
    assert "verder geen concept om te publiceren" in text_of(work.get("/werk/woorden/publiceren"))


def test_without_drafts_there_is_nothing_to_publish(town: Town, work: Client):
    page = work.get("/werk/woorden/publiceren").content.decode()

    assert "Er is geen concept om te publiceren." in page
    assert "<button" not in page.partition("<main")[2]


def test_a_published_phrase_is_withdrawn_with_a_reason(town: Town, work: Client):
    phrase = the_draft(work)
    work.post("/werk/woorden/publiceren", publish_form(work))
    address = f"/werk/woorden/zin/{phrase.pk}"

    assert "Waarom trekt u dit in: vul dit in" in text_of(work.post(address, {"withdrawn_because": ""}))
    assert "is ingetrokken" in after(work, work.post(address, {"withdrawn_because": "niemand zegt het"}))
    page = text_of(work.get(address))
    assert "Ingetrokken op" in page
    assert "niemand zegt het" in page
    assert "Trek deze zin in" not in page
    assert "intussen ingetrokken" in text_of(work.post(address, {"withdrawn_because": "nog eens"}))


def test_an_alarm_is_withdrawn_by_two(town: Town, work: Client):
    phrase, colleague = the_draft(work, **ALARM), signed_in("administrator")
    colleague.post("/werk/woorden/publiceren", publish_form(colleague))
    address = f"/werk/woorden/zin/{phrase.pk}"
    assert "Daarom moet een collega hem ook intrekken." in text_of(work.get(address))

    said = after(work, work.post(address, {"withdrawn_because": "vals alarm"}))
    assert "Een collega moet “de dijk breekt” nu ook intrekken." in said
    assert "Voorgesteld om in te trekken" in said
    assert "Trek deze zin in" not in text_of(work.get(address))
    assert "met een collega" in text_of(work.post(address, {"do": "withdraw"}))
    assert OwnPhrase.objects.get().stage == "published"

    assert "Waarom: vals alarm" in text_of(colleague.get(address))
    assert "is ingetrokken" in after(colleague, colleague.post(address, {"do": "withdraw"}))
    assert OwnPhrase.objects.get().stage == "withdrawn"


def test_a_colleague_leaves_an_alarm_that_somebody_wants_withdrawn(town: Town, work: Client):
    phrase, colleague = the_draft(work, **ALARM), signed_in("administrator")
    colleague.post("/werk/woorden/publiceren", publish_form(colleague))
    work.post(f"/werk/woorden/zin/{phrase.pk}", {"withdrawn_because": "vals alarm"})
    said = after(colleague, colleague.post(f"/werk/woorden/zin/{phrase.pk}", {"do": "keep"}))

    assert "blijft staan" in said
    assert "Voorgesteld om in te trekken" not in said
    assert OwnPhrase.objects.get().stage == "published"


def test_the_words_of_another_municipality_do_not_exist_here(town: Town, work: Client):
    other = add_phrase(municipality=ELSEWHERE, facts=PhraseFacts(**DRAFT), by=BY, at=AT)

    assert work.get(f"/werk/woorden/zin/{other.pk}").status_code == 404
    assert "xqzwv" not in work.get("/werk/woorden").content.decode()
    assert "Er is geen concept om te publiceren." in text_of(work.get("/werk/woorden/publiceren"))


def test_without_boundaries_the_page_says_what_is_missing(work: Client):
    for page in ("proberen", "publiceren"):
        answer = work.get(f"/werk/woorden/{page}")
        assert answer.status_code == 409
        assert "grenzen" in text_of(answer)


def test_what_someone_types_is_shown_as_text(work: Client):
    page = work.post("/werk/woorden", {"words": "<script>alert(1)</script>"}).content.decode()

    assert "&lt;script&gt;" in page
    assert "<script" not in page
