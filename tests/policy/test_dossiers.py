"""An open choice: criteria first, then options, then one with a reason."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from samenspel.people.checks import FactRefused, OtherMunicipality
from samenspel.policy.dossiers import (
    ChoiceFacts,
    DossierFacts,
    OptionFacts,
    choose_option,
    lines,
    publish_dossier,
    set_dossier,
    set_option,
)
from samenspel.policy.models import FormDossier, FormOption
from tests.people.rows import BY, ELSEWHERE, an_organization
from tests.policy.planted import AT, TODAY
from tests.policy.test_agenda import a_moment, a_process

pytestmark = pytest.mark.django_db

FACTS = DossierFacts(
    question="Waar beleggen wij de welzijnstaken?",
    tasks="Opbouwwerk\nOntmoeting",
    criteria="Dichtbij inwoners\nRuimte voor kleine clubs",
    procedure="Iedereen kan meedoen tot 1 mei.",
)


def a_dossier(*, is_public: bool = True, **facts: Any) -> FormDossier:
    dossier = set_dossier(process=a_process(), facts=replace(FACTS, **facts), by=BY, at=AT)
    return publish_dossier(dossier=dossier, by=BY, at=AT) if is_public else dossier


def an_option(dossier: FormDossier, name: str = "In huis", **facts: Any) -> FormOption:
    stated = {"kind": "form", "name": name, "tasks": "Alles", "continuity": "Niets verandert.", **facts}
    return set_option(dossier=dossier, facts=OptionFacts(**stated), by=BY, at=AT)


def a_choice(because: str = "Dichtbij inwoners.", **facts: Any) -> ChoiceFacts:
    known = {"body": "executive", "reference": "B&W 2026-118", "decided_on": TODAY, **facts}
    return ChoiceFacts(because=because, **known)


def test_nobody_is_an_option_before_the_criteria_are_public():
    dossier = a_dossier(is_public=False)
    with pytest.raises(FactRefused, match="eerst de criteria openbaar"):
        an_option(dossier)

    publish_dossier(dossier=dossier, by=BY, at=AT)
    assert an_option(dossier).dossier.published_on == TODAY


def test_what_is_public_is_no_longer_changed_nor_made_public_again():
    dossier = a_dossier()
    with pytest.raises(FactRefused) as refused:
        set_dossier(process=dossier.process, facts=FACTS, dossier=dossier, by=BY, at=AT)
    assert refused.value.field == "criteria"
    with pytest.raises(FactRefused):
        publish_dossier(dossier=dossier, by=BY, at=AT)


def test_a_draft_may_change():
    dossier = a_dossier(is_public=False)
    changed = replace(FACTS, criteria="Goedkoop")
    set_dossier(process=dossier.process, facts=changed, dossier=dossier, by=BY, at=AT)
    assert DossierFacts.of(FormDossier.objects.get()) == changed


@pytest.mark.parametrize("field", ["question", "tasks", "criteria", "procedure"])
def test_a_dossier_without_a_part_is_refused_by_field(field: str):
    with pytest.raises(FactRefused) as refused:
        a_dossier(**{field: ""})
    assert refused.value.field == field


def test_one_form_is_chosen_with_a_reason():
    dossier = a_dossier()
    first, second = an_option(dossier), an_option(dossier, "Stichting")
    with pytest.raises(FactRefused) as refused:
        choose_option(option=first, facts=a_choice(" "), by=BY, at=AT)
    assert refused.value.field == "because"

    choose_option(option=first, facts=a_choice("Dichtbij inwoners."), by=BY, at=AT)
    with pytest.raises(FactRefused, match="al een organisatievorm gekozen"):
        choose_option(option=second, facts=a_choice("Toch."), by=BY, at=AT)
    with pytest.raises(FactRefused, match="al gekozen"):
        choose_option(option=first, facts=a_choice("Nog eens."), by=BY, at=AT)


@pytest.mark.parametrize(
    ("field", "wrong", "why"),
    [
        ("because", "  ", "schrijf waarom"),
        ("body", "advisory_council", "is er nog niet besloten, leg dan niets vast"),
        ("body", "", "is er nog niet besloten, leg dan niets vast"),
        ("reference", " ", "noem het nummer van het besluit"),
        ("decided_on", TODAY + timedelta(days=1), "deze dag moet nog komen"),
        ("decided_on", TODAY - timedelta(days=1), "toen waren de criteria nog niet openbaar"),
    ],
    ids=["no reason", "who only advises", "nobody", "nowhere", "a day to come", "before the criteria"],
)
def test_a_choice_says_who_decided_where_that_stands_and_when(field: str, wrong: Any, why: str):
    option = an_option(a_dossier())
    with pytest.raises(FactRefused, match=why) as refused:
        choose_option(option=option, facts=replace(a_choice(), **{field: wrong}), by=BY, at=AT)
    assert refused.value.field == field
    assert FormOption.objects.get().chosen_because == ""
    assert not option.dossier.process.moments.exists()


def test_the_decision_stands_on_the_agenda_with_its_body_day_and_number():
    dossier = a_dossier()
    choose_option(option=an_option(dossier), facts=a_choice(body="council", reference=" R 2026-12 "), by=BY, at=AT)

    moment, document = dossier.process.moments.get(), dossier.process.documents.get()
    assert (moment.body, moment.held_on, moment.what) == ("council", TODAY, "Keuze: In huis")
    assert (document.kind, document.title, document.dated_on) == ("decision", "R 2026-12", TODAY)


def test_one_decision_about_two_partners_stands_there_once_and_what_stood_there_stays():
    dossier = a_dossier()
    a_moment(dossier.process, what="Keuze van de partners", body="executive", held_on=TODAY, result="Twee partners.")
    for name in ("Welzijn Oost", "Sportbedrijf"):
        choose_option(option=an_option(dossier, name, kind="partner"), facts=a_choice(), by=BY, at=AT)

    assert dossier.process.moments.get().result == "Twee partners."
    assert dossier.process.documents.get().title == "B&W 2026-118"


def test_the_database_too_holds_one_form():
    dossier = a_dossier()
    choose_option(option=an_option(dossier), facts=a_choice("Dichtbij."), by=BY, at=AT)
    second = an_option(dossier, "Stichting")
    second.chosen_because = "Toch."
    constraint = next(one for one in FormOption._meta.constraints if one.name == "form_option_one_form_chosen")
    with pytest.raises(Exception, match="al een organisatievorm"):
        constraint.validate(FormOption, second)


def test_several_partners_may_be_chosen():
    dossier = a_dossier()
    for name in ("Welzijn Oost", "Sportbedrijf"):
        choose_option(option=an_option(dossier, name, kind="partner"), facts=a_choice("Past."), by=BY, at=AT)
    assert FormOption.objects.exclude(chosen_because="").count() == 2


def test_a_chosen_option_is_not_changed():
    dossier = a_dossier()
    option = choose_option(option=an_option(dossier), facts=a_choice("Dichtbij."), by=BY, at=AT)
    with pytest.raises(FactRefused, match="al gekozen"):
        set_option(dossier=dossier, facts=OptionFacts.of(option), option=option, by=BY, at=AT)


def test_a_name_stands_once_and_an_organization_is_of_here():
    dossier = a_dossier()
    an_option(dossier)
    with pytest.raises(FactRefused) as refused:
        an_option(dossier)
    assert refused.value.field == "name"
    with pytest.raises(OtherMunicipality):
        an_option(dossier, "Elders", organization=an_organization(municipality=ELSEWHERE))


def test_tasks_are_a_line_each():
    assert lines(" Opbouwwerk \n\n Ontmoeting\r\n") == ["Opbouwwerk", "Ontmoeting"]
