"""Questions of the council and inbreng of residents at work: the list, writing one down or away, and its answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy
from django.utils import timezone

from samenspel.cockpit.areas.around import FILL_IN
from samenspel.cockpit.areas.forms import areas_of
from samenspel.cockpit.forms import a_day, edited
from samenspel.people.checks import MAX_TEXT
from samenspel.policy.models import PublicQuestion
from samenspel.policy.permissions import may_note_questions, may_see_blocks
from samenspel.policy.questions import (
    ANSWER_WITHIN,
    QuestionFacts,
    answer_question,
    change_question,
    late,
    note_question,
    put_down_today,
    questions_of,
    set_past_question,
    withdraw_question,
)
from samenspel.socialmap.wijk import Wijk, wijken
from samenspel.sources.vocabulary import BuildingBlock
from samenspel.staff.access import actor, page, show, who
from samenspel.staff.forms import WorkForm, sent
from samenspel.strength.missed import OftenMissed, often_missed

LARGEST_AREAS = 3
A_PAGE = 25
BACK = (reverse_lazy("areas:questions"), "Vragen")
_NO_RESIDENTS = "Iedereen kan dit lezen. Schrijf geen namen van bewoners op, en niets over één bewoner."


@dataclass(frozen=True)
class Listed:
    """A question with the name of its wijk ("" for the whole municipality), and whether it is late."""

    question: PublicQuestion
    wijk: str
    is_late: bool


def _an_answer() -> forms.CharField:
    return forms.CharField(
        label="Antwoord, of wat u ermee deed",
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_NO_RESIDENTS,
    )


class QuestionForm(WorkForm):
    origin = forms.ChoiceField(label="Waar komt het vandaan", choices=PublicQuestion.Origin.choices)
    title = forms.CharField(label="De vraag in één zin", max_length=160, help_text=_NO_RESIDENTS)
    text = forms.CharField(
        label="Toelichting",
        max_length=MAX_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Ook hier: geen namen van bewoners.",
    )
    asked_by = forms.CharField(
        label="Van wie",
        max_length=120,
        help_text="Een fractie of een bijeenkomst, zoals: bewonersavond van 3 maart. Nooit een bewoner.",
    )
    area = forms.ChoiceField(label="Wijk", required=False)
    block = forms.TypedChoiceField(
        label="Bouwsteen",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "geen"), *BuildingBlock.choices],
    )
    asked_on = a_day("Gesteld op")
    due_on = a_day(
        "Antwoord uiterlijk op",
        help_text="Vaak 30 dagen na de vraag. Uw eigen reglement van orde gaat voor.",
    )

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["area"]).choices = [("", "de hele gemeente"), *areas]


class AnswerForm(WorkForm):
    answer = _an_answer()
    answered_on = a_day("Beantwoord op")


class PastForm(QuestionForm):
    answer = _an_answer()
    answered_on = a_day("Beantwoord op")


@page(may_see_blocks)
def questions(request: HttpRequest) -> HttpResponse:
    """Open questions by their day, the answered ones, and what residents often missed; by origin with ?herkomst=."""
    home, today = who(request).municipality, timezone.localdate()
    origin = request.GET.get("herkomst", "")
    origin = origin if origin in PublicQuestion.Origin.values else ""
    rows = listed(questions_of(home, origin=origin), wijken(home), today)
    answered = [one for one in rows if one.question.answered_on]
    may_note = may_note_questions(who(request)).allowed
    context = {
        "open": [one for one in rows if not one.question.answered_on],
        "part": Paginator(answered, A_PAGE).get_page(request.GET.get("p")),
        "origins": PublicQuestion.Origin,
        "origin": origin,
        "missed": [(one, one.areas[:LARGEST_AREAS]) for one in often_missed(home, at=timezone.now())]
        if may_note
        else [],
        "may_note": may_note,
        "of_today": put_down_today(home, timezone.now()) if may_note else set(),
    }
    return show(request, "cockpit/areas/questions.html", context)


@page(may_note_questions, "GET", "POST")
def edit(request: HttpRequest, question_id: UUID | None = None) -> HttpResponse:
    """Write a question down, or change one that waits; `?gemist=` begins with what was often missed."""
    home = who(request).municipality
    row = _question(request, question_id) if question_id else None
    begin = vars(QuestionFacts.of(row)) if row else _new(home, request.GET.get("gemist", ""))
    form = QuestionForm(sent(request), initial=begin, areas=areas_of(home, row.area if row else ""))

    def act() -> str:
        facts, by, at = QuestionFacts(**form.cleaned_data), actor(request), timezone.now()
        if row:
            change_question(question=row, facts=facts, by=by, at=at)
        else:
            note_question(municipality=home, facts=facts, by=by, at=at)
        return f"Opgeslagen: {facts.title}"

    context = {
        "heading": "Een vraag wijzigen" if row else "Een vraag opschrijven",
        "lead": "Wijzigen kan tot er een antwoord is." if row else "De vraag staat meteen op de openbare pagina.",
        "back": BACK,
        "button": "Opslaan",
    }
    return edited(request, form, act, FILL_IN, context, "areas:questions")


@page(may_note_questions, "GET", "POST")
def answer(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Write the answer down, or correct it."""
    row = _question(request, question_id)
    begin = {"answer": row.answer, "answered_on": row.answered_on or timezone.localdate()}
    form = AnswerForm(sent(request), initial=begin)

    def act() -> str:
        given = form.cleaned_data
        said, on = given["answer"], given["answered_on"]
        answer_question(question=row, answer=said, on=on, by=actor(request), at=timezone.now())
        return f"Beantwoord: {row.title}"

    context = {
        "heading": "Een antwoord verbeteren" if row.answered_on else "Een vraag beantwoorden",
        "back": BACK,
        "button": "Opslaan",
        "question": row,
    }
    return edited(request, form, act, "cockpit/areas/question_answer.html", context, "areas:questions")


@page(may_note_questions, "GET", "POST")
def edit_past(request: HttpRequest, question_id: UUID | None = None) -> HttpResponse:
    """Write down a question that had its answer before it came here, with the days of then, or correct one."""
    home = who(request).municipality
    row = _question(request, question_id) if question_id else None
    begin = {**vars(QuestionFacts.of(row)), "answer": row.answer, "answered_on": row.answered_on} if row else {}
    form = PastForm(sent(request), initial=begin, areas=areas_of(home, row.area if row else ""))

    def act() -> str:
        given = dict(form.cleaned_data)
        said, on = given.pop("answer"), given.pop("answered_on")
        when = {"on": on, "by": actor(request), "at": timezone.now()}
        set_past_question(municipality=home, facts=QuestionFacts(**given), answer=said, question=row, **when)
        return f"Opgeslagen: {given['title']}"

    context = {
        "heading": "Een oude vraag wijzigen" if row else "Een oude vraag opschrijven",
        "lead": "Voor een vraag die al een antwoord had. Vul de dagen van toen in. "
        "Op de openbare pagina staat dat u haar later opschreef.",
        "back": BACK,
        "button": "Opslaan",
    }
    return edited(request, form, act, FILL_IN, context, "areas:questions")


@page(may_note_questions, "GET", "POST")
def withdraw(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Take a question away that was put down today."""
    row = _question(request, question_id)
    form = WorkForm(sent(request))

    def act() -> str:
        withdraw_question(question=row, by=actor(request), at=timezone.now())
        return "De vraag is weg."

    context = {
        "heading": "Deze vraag terugtrekken?",
        "lead": f"“{row.title}” gaat weg, ook van de openbare pagina. Dit kan alleen op de dag zelf. "
        "In het logboek blijft staan dat er een vraag was, zonder de tekst.",
        "back": BACK,
        "button": "Trek de vraag terug",
    }
    return edited(request, form, act, FILL_IN, context, "areas:questions")


def listed(rows: Iterable[PublicQuestion], of: Iterable[Wijk], today: date) -> list[Listed]:
    """Questions as they are listed; a wijk that is gone stays a code."""
    names = {one.area.code: one.name for one in of}
    return [Listed(row, names.get(row.area, row.area), late(row, today)) for row in rows]


def _new(municipality: str, key: str) -> dict[str, Any]:
    """What a new question begins with."""
    today = timezone.localdate()
    begin: dict[str, Any] = {"asked_on": today, "due_on": today + ANSWER_WITHIN}
    missed = (
        next((one for one in often_missed(municipality, at=timezone.now()) if one.key == key), None) if key else None
    )
    return {**begin, **_from_missed(missed)} if missed else begin


def _from_missed(missed: OftenMissed) -> dict[str, Any]:
    """An inbreng by what was often missed; its figures may be told."""
    where = ", ".join(f"{name} ({figure})" for name, figure in missed.areas[:LARGEST_AREAS])
    told = [f"Inwoners zochten dit in het {missed.period.label.lower()} minstens {missed.total} keer op Samenspel."]
    told += [f"Het meest in: {where}."] if where else []
    return {
        "origin": PublicQuestion.Origin.UNMET,
        "title": missed.title,
        "text": " ".join([*told, "Getallen zijn naar beneden afgerond."]),
        "asked_by": "Zoekvragen van inwoners op Samenspel",
        "block": BuildingBlock.PROVISIONS,
    }


def _question(request: HttpRequest, question_id: UUID) -> PublicQuestion:
    return get_object_or_404(PublicQuestion, municipality=who(request).municipality, pk=question_id)
