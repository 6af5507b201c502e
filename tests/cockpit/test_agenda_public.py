"""The agenda for anyone: what runs and who decides when, and of dossiers only what is public."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samenspel.policy.agenda import ProcessFacts, set_process
from samenspel.policy.dossiers import choose_option, publish_dossier, set_dossier
from samenspel.policy.models import FormDossier
from tests.people.rows import BY, ELSEWHERE
from tests.policy.planted import AT
from tests.policy.test_agenda import a_document, a_moment, a_process
from tests.policy.test_dossiers import FACTS, a_choice, a_dossier, an_option
from tests.workspace.accounts import signed_in

pytestmark = pytest.mark.django_db
URL = "/rolgesprek/agenda"
HEADING = re.compile(r"<h([1-6])")


def page(path: str = URL) -> str:
    answer = Client().get(path)
    assert (answer.status_code, len(answer.cookies)) == (200, 0)
    return answer.content.decode()


def words(path: str = URL) -> str:
    """The text of the page in one line, without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page(path)).split())


def on_the_agenda(title: str, *, municipality: str, is_public: bool = True) -> FormDossier:
    """A process with a moment, a document and a dossier, told apart from another by its title."""
    process = a_process(title, municipality=municipality)
    a_moment(process, what=f"Avond over {title}")
    a_document(process, title=f"Startnotitie {title}")
    facts = replace(FACTS, question=f"Hoe kiezen wij {title}?")
    dossier = set_dossier(process=process, facts=facts, by=BY, at=AT)
    if is_public:
        publish_dossier(dossier=dossier, by=BY, at=AT)
        choose_option(option=an_option(dossier, f"Vorm {title}"), facts=a_choice("Dichtbij."), by=BY, at=AT)
    return dossier


def test_an_empty_agenda_says_so():
    assert "Er staat nu niets op de agenda." in words()


def test_a_process_says_how_far_it_follows_the_framework_and_who_decides_when():
    process = a_process(framework_use="partly", text="Klaar voor de begroting.")
    a_moment(process, what="Besluit", planned_on=date(2099, 4, 1), precision="quarter")
    a_moment(process, what="Gesprekken", body="residents", planned_on=date(2099, 2, 1), precision="month")
    a_moment(process, what="Vergeten", planned_on=date(2026, 1, 5))
    a_moment(process, what="Opdracht", planned_on=date(2026, 9, 1), held_on=date(2026, 9, 2), result="Akkoord.")
    text = words()

    assert "Gebruikt delen van het kader Klaar voor de begroting." in text
    said = [
        "Vergeten nog geen uitkomst 5 januari 2026, gemeenteraad",
        "Opdracht geweest 2 september 2026, gemeenteraad Akkoord.",
        "Gesprekken komt nog februari 2099, inwoners",
        "Besluit komt nog 2e kwartaal 2099, gemeenteraad",
    ]
    places = [text.find(one) for one in said]
    assert -1 not in places
    assert places == sorted(places)


def test_a_document_is_named_with_the_place_where_it_stands():
    a_document(a_process(), website="https://raad.example/stuk")
    assert '<a class="nl-link samenspel-tall" href="https://raad.example/stuk">Startnotitie</a>' in page()


def test_a_public_dossier_shows_by_what_is_chosen_and_the_choice_with_its_reason():
    dossier = a_dossier()
    an_option(dossier, speaks_for="Kort overleg.", speaks_against="Verder weg.")
    chosen = an_option(dossier, "Stichting", continuity="Clubs houden hun ruimte.")
    choose_option(option=chosen, facts=a_choice("Past bij de criteria."), by=BY, at=AT)
    text = words()

    for said in (
        "De criteria zijn openbaar sinds 21 november 2026.",
        "Opbouwwerk Ontmoeting",
        "Dichtbij inwoners Ruimte voor kleine clubs",
        "Iedereen kan meedoen tot 1 mei.",
        "Pleit ervoor Kort overleg. Pleit ertegen Verder weg.",
        "Stichting gekozen Organisatievorm Waarom deze Past bij de criteria.",
        "Clubs houden hun ruimte.",
    ):
        assert said in text
    assert text.count("gekozen") == 1


def test_nothing_of_a_dossier_that_is_not_public_is_shown():
    dossier = a_dossier(is_public=False)
    text = words()

    assert dossier.process.title in text
    for line in vars(FACTS).values():
        assert not [part for part in line.splitlines() if part in text]
    assert "openbaar sinds" not in text


def test_nothing_of_another_municipality_is_shown():
    on_the_agenda("Elders", municipality=ELSEWHERE)
    assert "Elders" not in page()
    assert "Er staat nu niets op de agenda." in words()


def test_a_process_is_shown_until_the_day_it_ends():
    a_process("Voorbij", ended_on=date(2026, 1, 1))
    a_process("Eindigt later", ended_on=date(2099, 1, 1))
    assert "Eindigt later" in page()
    assert "Voorbij" not in page()


def test_a_choice_that_was_public_stays_when_its_process_ends():
    process = on_the_agenda("Gekozen", municipality="GM9901").process
    ended = ProcessFacts(title="Gekozen", framework_use="full", ended_on=date(2026, 1, 1))
    set_process(municipality="GM9901", facts=ended, by=BY, at=AT, process=process)

    assert "Hoe kiezen wij Gekozen?" in page()


def test_more_on_the_agenda_asks_no_more_queries():
    asked = []
    for number in range(4):
        on_the_agenda(f"Proces {number}", municipality="GM9901", is_public=number != 1)
        with CaptureQueriesContext(connection) as caught:
            assert f"Proces {number}" in page()
        asked.append(len(caught))
    assert len(set(asked)) == 1, asked


def test_headings_go_down_one_level_at_a_time_and_ids_are_there_once():
    on_the_agenda("Een", municipality="GM9901")
    on_the_agenda("Twee", municipality="GM9901")
    text = page()
    levels = [int(level) for level in HEADING.findall(text)]
    ids = re.findall(r' id="([^"]+)"', text)

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    assert len(ids) == len(set(ids))


def test_in_english_what_the_municipality_wrote_stays_dutch_and_is_marked_so():
    dossier = on_the_agenda("Welzijn", municipality="GM9901")
    a_moment(dossier.process, what="Besluit", planned_on=date(2099, 3, 1), precision="month")
    text = page(f"/en{URL}")

    assert '<html lang="en"' in text
    assert 'lang="nl">Welzijn</h2>' in text
    assert '<p lang="nl">maart 2099, gemeenteraad</p>' in text
    assert f'href="{URL}" lang="nl"' in text
    assert f'href="/en{URL}" lang="en"' in page()


def test_nothing_can_be_sent_to_it():
    assert Client().post(URL).status_code == 405


def test_a_public_dossier_at_work_leads_to_it_and_a_draft_does_not():
    dossier, client = a_dossier(is_public=False), signed_in("policy_adviser")
    path, link = f"/werk/beleid/agenda/{dossier.process_id}/dossier", f'href="{URL}#p{dossier.process_id}"'
    assert link not in client.get(path).content.decode()
    publish_dossier(dossier=dossier, by=BY, at=AT)

    assert link in client.get(path).content.decode()
    assert f'id="p{dossier.process_id}"' in page()


@pytest.mark.parametrize("path", ["/rolgesprek/", "/rolgesprek/kader"], ids=["start", "framework"])
def test_other_public_pages_lead_to_it(path: str):
    assert f'href="{URL}"' in page(path)
