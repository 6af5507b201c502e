"""Questions and inbreng: written down at work by griffie or policy, and read by anyone with their day and answer."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samenspel.outcomes.periods import finished
from samenspel.places.models import Area
from samenspel.policy.models import PublicQuestion
from samenspel.policy.questions import ANSWER_WITHIN, answer_question
from tests.outcomes.rows import a_count
from tests.people.rows import BY, ELSEWHERE, a_contact, an_area
from tests.policy.test_questions import a_question as noted
from tests.workspace.accounts import signed_in

pytestmark = pytest.mark.django_db
WORK, URL = "/werk/wijken/vragen", "/raad/vragen"
NOW = datetime.now(UTC)
TODAY = timezone.localdate(NOW)
HEADING = re.compile(r"<h([1-6])")
GIVEN = {
    "origin": "meeting",
    "title": "Kan de bus vaker rijden?",
    "text": "Na zes uur rijdt er niets.",
    "asked_by": "Bewonersavond Rietkoog",
    "area": "",
    "block": "2",
    "asked_on": "2026-11-01",
    "due_on": (TODAY + timedelta(days=30)).isoformat(),
}


def a_wijk() -> None:
    box = {"west": 5.2, "east": 5.3, "south": 52.5, "north": 52.6, "longitude": 5.25, "latitude": 52.55}
    an_area("WK990101", "district", name="Wijk 01 Dorp", boundary=b"", **box)


def a_question(title: str = "Blijft het dorpshuis open?", *, days: int = 10, **facts: Any) -> PublicQuestion:
    """A question whose answer is due so many days from today."""
    return noted(title, **{"due_on": TODAY + timedelta(days=days), **facts})


def answered(question: PublicQuestion, answer: str = "Ja, tot en met 2028.") -> PublicQuestion:
    return answer_question(question=question, answer=answer, on=TODAY, by=BY, at=NOW)


def page(path: str = URL) -> str:
    answer = Client().get(path)
    assert (answer.status_code, len(answer.cookies)) == (200, 0)
    return answer.content.decode()


def words(path: str = URL) -> str:
    """The text of the page in one line, without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page(path)).split())


# At work


@pytest.mark.parametrize("role", ["clerk", "policy_adviser"])
def test_a_question_is_written_down_changed_answered_and_corrected(role: str):
    client = signed_in(role)
    assert "Er wacht nu niets op een antwoord." in client.get(WORK).content.decode()
    assert client.post(f"{WORK}/nieuw", GIVEN)["Location"] == WORK
    question = PublicQuestion.objects.get()
    assert GIVEN["title"] in page(f"{URL}/{question.pk}")

    client.post(f"{WORK}/{question.pk}", {**GIVEN, "title": "Rijdt de bus vaker?"})
    assert "Rijdt de bus vaker?" in page()
    client.post(f"{WORK}/{question.pk}/antwoord", {"answer": "Vanaf mei.", "answered_on": TODAY.isoformat()})
    assert "Vanaf mei." in page(f"{URL}/{question.pk}")
    client.post(f"{WORK}/{question.pk}/antwoord", {"answer": "Vanaf juni.", "answered_on": TODAY.isoformat()})
    assert "Vanaf juni." in page(f"{URL}/{question.pk}")
    answer = client.post(f"{WORK}/{question.pk}", {**GIVEN, "title": "Toch anders"})
    assert (answer.status_code, "deze vraag is beantwoord" in answer.content.decode()) == (400, True)


def test_the_form_begins_with_today_and_thirty_days_and_says_who_may_not_be_named():
    text = signed_in("clerk").get(f"{WORK}/nieuw").content.decode()
    assert f'value="{TODAY.isoformat()}"' in text
    assert f'value="{(TODAY + ANSWER_WITHIN).isoformat()}"' in text
    assert "Schrijf geen namen van bewoners op" in text
    assert "Uw eigen reglement van orde gaat voor." in text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"title": ""}, "De vraag in één zin: vul dit in"),
        ({"asked_by": ""}, "Van wie: vul dit in"),
        ({"due_on": "2026-11-01"}, "Antwoord uiterlijk op: deze dag is al voorbij"),
        ({"due_on": "2099-01-01"}, "Antwoord uiterlijk op: deze dag is meer dan 10 jaar vooruit"),
        ({"asked_on": "2099-01-01"}, "Gesteld op: deze dag moet nog komen"),
        ({"area": "WK000000"}, "Wijk: "),
    ],
    ids=["title", "asked by", "due", "far", "asked", "wijk"],
)
def test_what_is_wrong_is_said_by_field_and_nothing_is_kept(given: dict[str, str], said: str):
    answer = signed_in("clerk").post(f"{WORK}/nieuw", {**GIVEN, **given})
    assert (answer.status_code, said in answer.content.decode()) == (400, True)
    assert not PublicQuestion.objects.exists()


def test_at_work_what_waits_comes_first_and_late_is_said_in_words():
    answered(a_question("Klaar"))
    a_question("Straks", days=20)
    overdue = a_question("Te laat", days=-3)
    text = signed_in("clerk").get(WORK).content.decode()
    assert text.index("Te laat</a>") < text.index("Straks</a>") < text.index("Klaar</a>")
    assert f"te laat sinds {overdue.due_on.day} " in text
    assert text.count("work-late") == 1


def test_at_work_questions_are_chosen_by_where_they_come_from():
    a_question("Van de raad")
    a_question("Van bewoners", origin="meeting")
    client = signed_in("clerk")
    text = client.get(f"{WORK}?herkomst=meeting").content.decode()
    assert "Van bewoners</a>" in text
    assert "Van de raad</a>" not in text
    assert "Van de raad</a>" in client.get(f"{WORK}?herkomst=iets").content.decode()


def test_an_old_question_is_written_down_with_the_days_of_then_mended_and_marked():
    client = signed_in("clerk")
    given = {
        **GIVEN,
        "asked_on": "2025-03-04",
        "due_on": "2025-04-03",
        "answer": "Vanaf mei.",
        "answered_on": "2025-04-01",
    }
    assert f'href="{WORK}/eerder"' in client.get(WORK).content.decode()
    wrong = client.post(f"{WORK}/eerder", {**given, "answered_on": "2025-03-03"})
    assert (wrong.status_code, "Beantwoord op: het antwoord komt na de vraag" in wrong.content.decode()) == (400, True)
    assert client.post(f"{WORK}/eerder", given)["Location"] == WORK
    question = PublicQuestion.objects.get()
    text = words(f"{URL}/{question.pk}")
    assert "Beantwoord op 1 april 2025 later opgeschreven" in text
    assert "Hier opgeschreven op" in text
    assert "Gesteld op 4 maart 2025" in text

    path = f"{WORK}/eerder/{question.pk}"
    page_at_work = client.get(WORK).content.decode()
    assert f'href="{path}"' in page_at_work
    assert "Later opgeschreven, op" in page_at_work
    assert "Antwoord verbeteren" not in page_at_work
    assert 'value="2025-04-01"' in client.get(path).content.decode()
    client.post(path, {**given, "answer": "Vanaf juni.", "answered_on": "2025-04-08"})
    assert "Beantwoord op 8 april 2025, later dan 3 april 2025 later opgeschreven Vanaf juni." in words()
    (row,) = list(csv.reader(io.StringIO(page(f"{URL}.csv").lstrip("\ufeff")), delimiter=";"))[1:]
    today = timezone.localdate().isoformat()
    assert (row[6:9], row[11]) == (["2025-03-04", "2025-04-03", "2025-04-08"], today)
    assert Client().get(f"{URL}.json").json()[0]["entered_on"] == today


def test_a_question_that_was_put_here_is_not_marked_as_written_down_later():
    question = answered(a_question())
    assert "opgeschreven op" not in page() + page(f"{URL}/{question.pk}")
    assert "later opgeschreven" not in page() + page(f"{URL}/{question.pk}")
    assert Client().get(f"{URL}.json").json()[0]["entered_on"] is None


def test_what_residents_often_missed_is_one_step_from_an_inbreng():
    quarter = next(one for one in finished(TODAY - timedelta(days=200), TODAY) if one.quarter)
    a_wijk()
    a_count(42, need="transport", week=quarter.begins)
    client = signed_in("clerk")
    text = client.get(WORK).content.decode()
    assert "Minstens 40 keer. Het meest in: Dorp (40)" in text
    path = f"{WORK}/nieuw?gemist=vervoer-en-meerijden-niets-in-de-buurt"
    assert f'href="{path}"' in text

    form = client.get(path).content.decode()
    assert 'value="Vervoer en meerijden: niets in de buurt"' in form
    assert "minstens 40 keer op Samenspel. Het meest in: Dorp (40)." in form
    assert not PublicQuestion.objects.exists()
    client.post(path, {**GIVEN, "origin": "unmet", "title": "Vervoer en meerijden: niets in de buurt"})
    assert "Minstens 40 keer" not in client.get(WORK).content.decode()


@pytest.mark.parametrize("role", ["connector", "advisory_council", "administrator"])
def test_who_only_looks_sees_no_way_to_write(role: str):
    question, client = a_question(), signed_in(role)
    text = client.get(WORK).content.decode()
    assert question.title in text
    for path in (f"{WORK}/nieuw", f"{WORK}/eerder", f"{WORK}/{question.pk}", f"{WORK}/{question.pk}/antwoord"):
        assert path not in text
        assert client.get(path).status_code == 403


def test_a_question_of_elsewhere_is_not_there():
    there, client = a_question("Elders", municipality=ELSEWHERE), signed_in("clerk")
    assert "Elders" not in client.get(WORK).content.decode() + page()
    for path in (f"{WORK}/{there.pk}", f"{WORK}/{there.pk}/antwoord", f"{URL}/{there.pk}"):
        assert client.get(path).status_code == 404


def test_a_question_of_today_is_withdrawn_after_a_page_that_asks_whether_it_goes():
    client, before = signed_in("clerk"), a_question("Van eerder", days=-20)
    client.post(f"{WORK}/nieuw", GIVEN)
    again = client.post(f"{WORK}/nieuw", GIVEN)
    assert (again.status_code, "De vraag in één zin: deze vraag van" in again.content.decode()) == (400, True)
    question = PublicQuestion.objects.get(title=GIVEN["title"])
    path = f"{WORK}/{question.pk}/terug"
    assert client.get(WORK).content.decode().count("/terug") == 1
    assert GIVEN["title"] in client.get(path).content.decode()

    assert client.post(path)["Location"] == WORK
    assert Client().get(f"{URL}/{question.pk}").status_code == 404
    late = client.post(f"{WORK}/{before.pk}/terug")
    assert (late.status_code, "alleen op de dag zelf" in late.content.decode()) == (400, True)
    assert list(PublicQuestion.objects.all()) == [before]
    assert signed_in("connector").get(path).status_code == 403


def test_only_wijken_that_are_judged_are_offered_and_a_question_elsewhere_keeps_its_area():
    a_wijk()
    question = a_question(area="WK990101")
    Area.objects.filter(code="WK990101").update(kind="village")
    client = signed_in("clerk")
    assert "WK990101" not in client.get(f"{WORK}/nieuw").content.decode()
    form = client.get(f"{WORK}/{question.pk}").content.decode()
    assert '<option value="WK990101" selected>Dorp (wordt niet bekeken)</option>' in form
    assert 'value="dorp"' not in page()
    assert "Wijk of kern Dorp" in words(f"{URL}/{question.pk}")


# For anyone


def test_an_empty_page_says_so_and_how_to_ask_or_bring_in_something():
    text = words()
    for said in (
        "Er wacht nu niets op antwoord.",
        "Er is nog geen antwoord.",
        "Mail of bel de griffie van uw gemeente.",
        "Kom naar een bijeenkomst in uw wijk.",
        "Stel uw vraag dan niet hier",
    ):
        assert said in text


def test_the_number_of_the_municipality_is_there_once_it_is_known():
    assert "Liever bellen?" not in words()
    a_contact(an_area("GM9901", "municipality", name="Markerwaard"), phone="0320-55 51 00")
    assert 'href="tel:0320555100"' in page()
    assert "Liever bellen? 0320-55 51 00" in words()
    assert "Zit u in de raad? Bel 0320-55 51 00 en vraag naar de griffie." in words()
    assert "Mail of bel de griffie" not in words()


def test_what_waits_says_its_day_and_what_was_answered_says_when():
    soon, overdue = a_question("Straks", days=5), a_question("Vergeten", days=-1)
    answered(a_question("Op tijd"))
    answered(a_question("Na de dag", days=-2))
    text = words()
    assert text.index("Vergeten te laat sinds") < text.index("Straks Antwoord uiterlijk op") < text.index("Dit deden")
    assert text.count("te laat sinds") == 1
    assert text.count("Beantwoord op") == 2
    assert text.count(", later dan") == 1
    assert "Er is nog geen antwoord. Het komt op deze pagina te staan." in words(f"{URL}/{soon.pk}")
    assert "te laat sinds" in words(f"{URL}/{overdue.pk}")


def test_a_question_has_its_own_page_with_where_it_comes_from_and_what_was_done():
    a_wijk()
    question = answered(a_question(origin="meeting", area="WK990101", block=3, text="Regel een.\n\nRegel twee."))
    text = words(f"{URL}/{question.pk}")
    for said in (
        "Regel een. Regel twee.",
        "Herkomst Van een bijeenkomst met bewoners",
        "Van wie Fractie Dorpsbelang",
        "Wijk of kern Dorp",
        "Bouwsteen Ontmoetingsplekken",
        "Dit deden we ermee Ja, tot en met 2028.",
    ):
        assert said in text
    assert "Antwoord van het college" in words(f"{URL}/{answered(a_question('B')).pk}")


def test_the_list_is_chosen_by_wijk_and_block_and_so_are_the_files():
    a_wijk()
    a_question("Overal")
    a_question("Hier", area="WK990101", block=3)
    for chosen in ("?wijk=dorp", "?bouwsteen=3", "?wijk=dorp&bouwsteen=3"):
        assert ("Hier</a>" in page(URL + chosen), "Overal</a>" in page(URL + chosen)) == (True, False)
        assert "Overal" not in page(f"{URL}.csv{chosen}") + page(f"{URL}.json{chosen}")
        assert f'href="{URL}.csv{chosen.replace("&", "&amp;")}"' in page(URL + chosen)
    assert "Overal</a>" in page(f"{URL}?wijk=nergens&bouwsteen=99")
    assert "Hier wacht nu niets op antwoord." in words(f"{URL}?bouwsteen=1")


def test_the_files_say_what_the_page_says():
    a_wijk()
    question = answered(a_question("=1+1", area="WK990101", block=3), "Eén; twee")
    answer = Client().get(f"{URL}.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert answer["Content-Disposition"] == 'attachment; filename="samenspel-vragen.csv"'
    assert rows[0][:2] == ["vraag", "toelichting"]
    assert rows[1][0] == "'=1+1"
    assert rows[1][4:6] == ["Dorp", "ontmoetingsplekken"]
    assert rows[1][9] == "Eén; twee"
    assert rows[1][10].endswith(f"{URL}/{question.pk}")

    data = Client().get(f"{URL}.json")
    assert data["Content-Type"] == "application/json; charset=utf-8"
    (found,) = data.json()
    assert (found["id"], found["title"], found["area"], found["block"]) == (str(question.pk), "=1+1", "WK990101", 3)
    assert found["answered_on"] == TODAY.isoformat()


def test_what_is_typed_stays_text():
    question = answered(a_question("<script>alert(1)</script>", text="<b>vet</b>"), "<img src=x>")
    text = page() + page(f"{URL}/{question.pk}")
    for tag in ("<script>", "<b>vet", "<img src=x"):
        assert tag not in text
    assert "&lt;script&gt;" in text


def test_a_long_word_and_the_longest_texts_are_shown_whole():
    question = answered(a_question("w" * 160, text="x" * 4000), "y" * 4000)
    text = page(f"{URL}/{question.pk}")
    assert ("w" * 160 in text, "x" * 4000 in text, "y" * 4000 in text) == (True, True, True)


def test_many_answers_are_shown_by_the_page_and_the_choice_goes_along():
    for number in range(26):
        answered(a_question(f"Vraag {number:02}", block=3))
    first, second = page(f"{URL}?bouwsteen=3"), page(f"{URL}?bouwsteen=3&p=2")
    assert "?bouwsteen=3&amp;p=2" in first
    assert (first.count(f'href="{URL}/'), second.count(f'href="{URL}/')) == (25, 1)


def test_a_search_engine_keeps_each_part_of_the_list_once_and_no_choice():
    for number in range(26):
        answered(a_question(f"Vraag {number:02}", block=3))
    for path, kept in {"": "", "?p=2": "?p=2", "?p=99": "?p=2", "?bouwsteen=3": "", "?bouwsteen=3&p=2": ""}.items():
        assert f'<link rel="canonical" href="{settings.ADDRESS}{URL}{kept}">' in page(URL + path), path
    assert "nofollow" not in page()
    assert page(f"{URL}?bouwsteen=3").count('rel="nofollow"') == 3


def test_more_questions_take_no_more_queries():
    a_question()
    with CaptureQueriesContext(
        connection,
    ) as few:
        page()
    for number in range(20):
        a_question(f"Vraag {number}")
    with CaptureQueriesContext(connection) as many:
        page()
    assert len(many) == len(few) <= 7


def test_in_english_the_page_is_english_and_what_was_written_stays_dutch_and_is_marked_so():
    question = a_question()
    text = page(f"/en{URL}")
    assert '<html lang="en"' in text
    assert 'lang="nl">Blijft het dorpshuis open?</a>' in text
    assert f'href="/en{URL}/{question.pk}"' in text
    assert f'href="{URL}" lang="nl"' in text
    assert f'href="/en{URL}" lang="en"' in page()


@pytest.mark.parametrize("path", ["", "/{pk}"], ids=["list", "question"])
def test_headings_go_down_one_level_at_a_time(path: str):
    question = answered(a_question())
    a_question("Wacht")
    levels = [int(level) for level in HEADING.findall(page(URL + path.format(pk=question.pk)))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(levels, levels[1:], strict=False))


def test_nothing_can_be_sent_to_it():
    question = a_question()
    for path in (URL, f"{URL}/{question.pk}", f"{URL}.csv", f"{URL}.json"):
        assert Client().post(path).status_code == 405


def test_at_work_many_answers_are_shown_by_the_page_and_the_choice_goes_along():
    for number in range(26):
        answered(a_question(f"Vraag {number:02}"))
    client = signed_in("clerk")
    assert "?herkomst=council&amp;p=2" in client.get(f"{WORK}?herkomst=council").content.decode()
    assert client.get(f"{WORK}?herkomst=council&p=2").content.decode().count("Antwoord verbeteren") == 1
