"""Pages of wijkopgaven and actions at work, and the public page of wijkopgaven."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from samenspel.policy.challenges import PromiseFacts, close_promise, end_challenge, set_promise
from samenspel.policy.gaps import end_gap_action
from samenspel.policy.models import AreaChallenge, ChallengePartner, GapAction, PartnerPromise
from tests.people.rows import BY, ELSEWHERE, an_organization
from tests.policy.planted import AT, TODAY
from tests.policy.wijk_rows import WIJK, a_challenge, a_gap_action, a_partner, a_promise, a_wijk
from tests.workspace.accounts import signed_in

pytestmark = pytest.mark.django_db
LIST = "/werk/wijken/opgaven"
PUBLIC = "/raad/wijkopgaven"
CHALLENGE = {"area": WIJK, "title": "Veilig spelen", "text": "", "seen_by": "", "began_on": "2026-03-01"}
FIRST = timezone.localdate() + timedelta(days=300)
SAID = date_format(FIRST)
LATER = FIRST + timedelta(days=9)
PROMISE = {"what": "Elke maand meelopen", "due_on": FIRST.isoformat(), "progress": ""}
ACTION = {
    "area": WIJK,
    "block": "3",
    "what": "Een zaal openen",
    "owner": "verbinder",
    "organization": "",
    "due_on": FIRST.isoformat(),
    "cost": "amount",
    "amount": "2.500",
    "status": "planned",
}


@pytest.fixture(autouse=True)
def _wijk() -> None:
    a_wijk()


def words(page: str) -> str:
    """The text of a page in one line, without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def public(path: str = PUBLIC) -> str:
    answer = Client().get(path)
    assert (answer.status_code, len(answer.cookies)) == (200, 0)
    return answer.content.decode()


@pytest.mark.parametrize("role", ["policy_adviser", "connector", "prevention_worker"])
def test_a_wijkopgave_gets_a_partner_a_promise_and_an_end(role: str):
    client = signed_in(role)
    assert "Er loopt nog geen wijkopgave." in client.get(LIST).content.decode()
    client.post(f"{LIST}/nieuw", CHALLENGE)
    path = f"{LIST}/{AreaChallenge.objects.get().pk}"
    client.post(f"{path}/partner", {"kind": "police", "name": "Politie", "organization": ""})
    partner = ChallengePartner.objects.get()
    assert client.post(f"{LIST}/partner/{partner.pk}/belofte", PROMISE)["Location"] == path
    close = {"outcome": "kept", "progress": "Gedaan.", "on": timezone.localdate().isoformat()}
    client.post(f"{LIST}/belofte/{PartnerPromise.objects.get().pk}/sluiten", close)
    promise = a_promise(partner, due_on=date(2026, 6, 1))
    text = words(client.get(path).content.decode())
    assert re.search(r"Elke maand meelopen \d+ weken te laat", text)
    assert "dat is nog niet gekozen." in text

    on = timezone.localdate() - timedelta(days=9)
    given = {"outcome": "partly", "progress": "Vier van de zes keer.", "on": on.isoformat()}
    client.post(f"{LIST}/belofte/{promise.pk}/sluiten", given)
    text = words(client.get(path).content.decode())
    told = f"Uiterlijk 1 juni 2026. Gesloten op {date_format(on, 'j F Y')}"
    assert f"deels nagekomen, later dan beloofd Vier van de zes keer. {told}" in text
    assert re.search(r"Gesloten op [^.]+, \d+ weken te laat\.", text)

    client.post(f"{path}/einde", {"ended_on": "2026-11-01", "result": "Er is een speelplek."})
    page = client.get(path).content.decode()
    assert "Er is een speelplek." in page
    assert "toevoegen" not in page


def test_a_partner_that_is_on_the_map_is_chosen_there_and_can_go_again():
    challenge, club, client = a_challenge(), an_organization(name="Dorpsbelang"), signed_in("connector")
    client.post(f"{LIST}/{challenge.pk}/partner", {"kind": "club", "organization": str(club.pk), "name": ""})
    partner = ChallengePartner.objects.get()
    assert (partner.name, partner.organization) == ("Dorpsbelang", club)
    assert "Deze partner doet niet mee" in client.get(f"{LIST}/partner/{partner.pk}").content.decode()

    assert client.post(f"{LIST}/partner/{partner.pk}/weg").status_code == 302
    assert not ChallengePartner.objects.exists()


def test_a_partner_that_promised_something_stays():
    partner, client = a_partner(a_challenge()), signed_in("connector")
    a_promise(partner)
    assert "doet niet mee" not in client.get(f"{LIST}/partner/{partner.pk}").content.decode()
    answer = client.post(f"{LIST}/partner/{partner.pk}/weg")

    assert (answer.status_code, "dat blijft te lezen" in answer.content.decode()) == (409, True)
    assert ChallengePartner.objects.exists()


@pytest.mark.parametrize(
    ("part", "given", "said"),
    [
        ("nieuw", {**CHALLENGE, "title": ""}, "Wijkopgave: vul dit in"),
        ("nieuw", {**CHALLENGE, "area": "WK990199"}, "Wijk: "),
        ("{challenge}/partner", {"kind": "police", "name": "", "organization": ""}, "Naam: kies een organisatie"),
        ("{challenge}/einde", {"ended_on": "2026-11-01", "result": "Ja."}, "Wat kwam eruit: er loopt nog een belofte"),
        ("{challenge}/einde", {"ended_on": "2099-01-01", "result": "Ja."}, "Klaar op: deze dag moet nog komen"),
        ("partner/{partner}/belofte", {**PROMISE, "due_on": "ooit"}, "Uiterlijk op: dit is geen datum"),
        ("belofte/{promise}/sluiten", {"outcome": "kept", "progress": "", "on": "2026-11-01"}, "Wat kwam ervan: vul"),
        ("belofte/{promise}/sluiten", {"progress": "Ja.", "on": "2026-11-01"}, "Is het nagekomen: vul dit in"),
    ],
    ids=["no title", "other wijk", "no partner", "open promise", "end to come", "no day", "no words", "no outcome"],
)
def test_what_is_wrong_is_said_by_field_and_nothing_is_kept(part: str, given: dict[str, str], said: str):
    challenge = a_challenge("Bestaat al")
    partner = a_partner(challenge)
    promise = a_promise(partner)
    path = part.format(challenge=challenge.pk, partner=partner.pk, promise=promise.pk)
    answer = signed_in("policy_adviser").post(f"{LIST}/{path}", given)

    assert (answer.status_code, said in answer.content.decode()) == (400, True)
    assert (AreaChallenge.objects.count(), ChallengePartner.objects.count()) == (1, 1)
    assert [(one.state, one.what) for one in PartnerPromise.objects.all()] == [("open", promise.what)]


@pytest.mark.parametrize("role", ["clerk", "advisory_council", "team_member", "subsidy_adviser", "administrator"])
def test_who_only_looks_sees_no_way_to_change(role: str):
    challenge = a_challenge()
    a_promise(a_partner(challenge))
    a_gap_action()
    client = signed_in(role)
    for path in (f"{LIST}/{challenge.pk}", LIST, "/werk/wijken/acties"):
        page = client.get(path).content.decode()
        assert not [one for one in ("toevoegen", "ijzigen", "opschrijven", "beginnen", "fronden") if one in page]


def test_what_is_elsewhere_is_not_there():
    a_wijk("WK990206", municipality=ELSEWHERE)
    elsewhere = a_challenge("Elders", area="WK990206", municipality=ELSEWHERE)
    promise = a_promise(a_partner(elsewhere))
    action = a_gap_action("Elders", area="WK990206", municipality=ELSEWHERE)
    client = signed_in("policy_adviser")
    paths = [
        f"opgaven/{elsewhere.pk}",
        f"opgaven/partner/{promise.partner_id}",
        f"opgaven/belofte/{promise.pk}",
        f"acties/{action.pk}",
    ]
    assert [client.get(f"/werk/wijken/{path}").status_code for path in paths] == [404] * 4
    for path in (LIST, "/werk/wijken/acties"):
        assert "Elders" not in client.get(path).content.decode()
    assert "Elders" not in public()


def test_an_action_begins_at_the_gap_and_says_what_it_costs():
    client = signed_in("connector")
    page = client.get("/werk/wijken/acties/nieuw?wijk=rietkoog&bouwsteen=3").content.decode()
    assert f'<option value="{WIJK}" selected>' in page
    assert '<option value="3" selected>' in page
    client.post("/werk/wijken/acties/nieuw", ACTION)

    assert GapAction.objects.get().amount == 2500
    said = f"Rietkoog, ontmoetingsplekken. Verbinder. Klaar op {SAID}. 2.500 euro."
    assert said in words(client.get("/werk/wijken/acties").content.decode())


@pytest.mark.parametrize(("cost", "amount", "kept"), [("unknown", "", None), ("free", "", 0), ("amount", "300", 300)])
def test_money_is_unknown_free_or_an_amount_and_comes_back_so(cost: str, amount: str, kept: int | None):
    client = signed_in("policy_adviser")
    client.post("/werk/wijken/acties/nieuw", {**ACTION, "cost": cost, "amount": amount})
    row = GapAction.objects.get()
    page = client.get(f"/werk/wijken/acties/{row.pk}").content.decode()

    assert row.amount == kept
    assert re.search(rf'value="{cost}"[^>]*checked', page)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"amount": ""}, "Bedrag in hele euro&#x27;s: noem het bedrag"),
        ({"cost": "free"}, "Wat kost het: kies “Een bedrag”, of haal het bedrag weg"),
        ({"amount": "12,50"}, "schrijf hele euro&#x27;s"),
        ({"amount": "veel"}, "schrijf hele euro&#x27;s"),
        ({"amount": "9999999999"}, "dit bedrag is te hoog"),
        ({"owner": ""}, "Wie doet het: vul dit in"),
    ],
    ids=["no amount", "free with an amount", "cents", "no number", "too much", "no owner"],
)
def test_an_action_that_cannot_be_is_said_by_field(given: dict[str, str], said: str):
    answer = signed_in("policy_adviser").post("/werk/wijken/acties/nieuw", {**ACTION, **given})
    assert (answer.status_code, said in answer.content.decode()) == (400, True)
    assert not GapAction.objects.exists()


@pytest.mark.parametrize("kind", ["promise", "action"])
def test_a_day_that_moves_says_why_and_what_was_promised_first(kind: str):
    row = a_promise(a_partner(a_challenge()), due_on=FIRST) if kind == "promise" else a_gap_action(due_on=FIRST)
    form = f"{LIST}/belofte/{row.pk}" if kind == "promise" else f"/werk/wijken/acties/{row.pk}"
    shown = f"{LIST}/{AreaChallenge.objects.get().pk}" if kind == "promise" else "/werk/wijken/acties"
    given = {
        **(PROMISE if kind == "promise" else ACTION),
        "what": "Elke week meelopen",
        "due_on": (FIRST + timedelta(days=9)).isoformat(),
    }
    client = signed_in("connector")
    assert "Wat u vervangt, blijft te lezen" in client.get(form).content.decode()
    answer = client.post(form, given)
    assert answer.status_code == 400
    assert f"Hoe gaat het: de dag schuift op van {SAID}: schrijf waarom" in answer.content.decode()
    assert "Eerst was" not in client.get(shown).content.decode()

    client.post(form, {**given, "progress": "De zaal is bezet."})
    text = words(client.get(shown).content.decode())
    assert f"{date_format(LATER)}. Eerst was {SAID} beloofd." in text
    assert re.search(rf"Tot [^:]+: {row.what} De dag was {SAID}\.", text)


@pytest.mark.parametrize("kind", ["promise", "action"])
def test_words_that_name_a_person_are_taken_out_after_a_question(kind: str):
    row = a_promise(a_partner(a_challenge())) if kind == "promise" else a_gap_action()
    form = f"{LIST}/belofte/{row.pk}" if kind == "promise" else f"/werk/wijken/acties/{row.pk}"
    shown = f"{LIST}/{AreaChallenge.objects.get().pk}" if kind == "promise" else "/werk/wijken/acties"
    given = {**(PROMISE if kind == "promise" else ACTION), "due_on": "2026-11-30", "what": "Anders"}
    client = signed_in("connector")
    client.post(form, given)
    page = client.get(shown).content.decode()
    assert f'href="{form}/eerder/0"' in page
    assert f'<q lang="nl">{row.what}</q>' in page
    assert "/eerder/" not in signed_in("clerk").get(shown).content.decode()
    assert "Terughalen kan niet." in client.get(f"{form}/eerder/0").content.decode()
    assert client.get(f"{form}/eerder/1").status_code == 404

    assert client.post(f"{form}/eerder/0")["Location"] == shown
    page = client.get(shown).content.decode()
    assert "De tekst is weggehaald." in page
    assert row.what not in page.replace(f"Weg: een eerdere tekst van {row.what}.", "")
    assert "/eerder/" not in page
    assert client.post(f"{form}/eerder/0").status_code == 404


def test_an_action_ends_with_what_came_of_it_and_moves_down():
    row, client = a_gap_action(due_on=date(2026, 1, 5)), signed_in("prevention_worker")
    assert "weken te laat" in client.get("/werk/wijken/acties").content.decode()
    client.post(f"/werk/wijken/acties/{row.pk}/einde", {"status": "done", "result": "De zaal is open."})
    text = words(client.get("/werk/wijken/acties").content.decode())

    assert "Klaar of gestopt Een zaal openen klaar De zaal is open." in text
    assert "te laat" not in text


def test_actions_of_one_wijk_are_shown_by_themselves():
    a_wijk("WK990107", "Ganzewaard")
    a_gap_action("Hier")
    over = a_gap_action("Daar", area="WK990107")
    end_gap_action(gap_action=over, status="stopped", result="Geen geld.", by=BY, at=AT)
    page = signed_in("clerk").get("/werk/wijken/acties?wijk=rietkoog").content.decode()

    assert "Hier" in page
    assert "Daar" not in page


def test_anyone_reads_who_promised_what_and_whether_it_was_kept():
    assert "Er loopt nu geen wijkopgave." in public()
    challenge = a_challenge(text="Kinderen willen spelen.", seen_by="Telling")
    police, school = a_partner(challenge), a_partner(challenge, "School", kind="school")
    a_promise(police, "Laat", due_on=date(2026, 1, 5))
    a_promise(police, "Straks", due_on=date(2036, 1, 1))
    broken = a_promise(school, "Niet", due_on=date(2026, 11, 1))
    close_promise(promise=broken, outcome="broken", progress="Geen tijd.", on=date(2026, 11, 4), by=BY, at=AT)
    text = words(public())

    for said in (
        "Rietkoog Veilig spelen Kinderen willen spelen. Waaraan wij het zien: Telling",
        "0 nagekomen, 0 deels nagekomen, 1 niet nagekomen, 2 lopend. 1 is te laat.",
        "Niet niet nagekomen Geen tijd. Uiterlijk 1 november 2026. Gesloten op 4 november 2026.",
        "Straks loopt nog Uiterlijk 1 januari 2036.",
    ):
        assert said in text
    assert re.search(r"Laat \d+ weken te laat Uiterlijk 5 januari 2026.", text)
    assert "Dat was" not in text


def test_anyone_reads_the_first_day_the_words_before_and_that_it_was_kept_late():
    promise = a_promise(a_partner(a_challenge()), due_on=date(2026, 11, 10))
    stated = PromiseFacts(what="Elke week meelopen", due_on=date(2026, 11, 20), progress="Een week later.")
    set_promise(partner=promise.partner, facts=stated, promise=promise, by=BY, at=AT)
    assert "later dan beloofd" not in public()
    close_promise(promise=promise, outcome="kept", progress="Gedaan.", on=date(2026, 11, 19), by=BY, at=AT)
    text = words(public())

    for said in (
        "0 lopend. 1 is nagekomen, maar later dan beloofd.",
        "Elke week meelopen nagekomen, later dan beloofd Gedaan.",
        "Uiterlijk 20 november 2026. Eerst was 10 november 2026 beloofd. Gesloten op 19 november 2026.",
        "Tot 21 november 2026: Een week later. ",
        "Tot 21 november 2026: Elke maand meelopen De dag was 10 november 2026.",
    ):
        assert said in text
    assert "Dat was" not in text
    assert "weghalen" not in text
    row = Client().get(f"{PUBLIC}.csv").content.decode("utf-8-sig").splitlines()[1]
    assert "2026-11-20" in row
    assert row.endswith("2026-11-10")


def test_a_search_engine_is_told_one_address_of_the_page():
    canonical = f'<link rel="canonical" href="{settings.ADDRESS}{PUBLIC}">'
    assert canonical in public()
    assert canonical in public(f"{PUBLIC}?wijk=rietkoog")
    assert f'href="{settings.ADDRESS}/en{PUBLIC}"' in public(f"/en{PUBLIC}")


def test_anyone_can_read_of_one_wijk_only():
    a_wijk("WK990107", "Ganzewaard")
    a_challenge("Hier")
    a_challenge("Daar", area="WK990107")
    text = words(public(f"{PUBLIC}?wijk=rietkoog"))
    assert ("Hier" in text, "Daar" in text, "Alle wijken" in text) == (True, False, True)
    assert "Daar" in public(f"{PUBLIC}?wijk=nergens")


def test_what_ended_is_public_with_what_came_of_it():
    end_challenge(challenge=a_challenge(), on=TODAY, result="Er is een speelplek.", by=BY, at=AT)
    text = words(public())
    assert "Wat klaar is Veilig spelen Rietkoog. Klaar op 21 november 2026. Er is een speelplek." in text


def test_the_file_has_a_row_for_each_promise_and_no_formula():
    a_promise(a_partner(a_challenge("=1+1")), "Meelopen")
    answer = Client().get(f"{PUBLIC}.csv")
    lines = answer.content.decode("utf-8-sig").splitlines()

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert len(lines) == 2
    assert "Rietkoog" in lines[1]
    assert ";=1+1" not in lines[1]
    assert ",=1+1" not in lines[1]


def test_more_wijkopgaven_ask_no_more_queries():
    asked = []
    for number in range(3):
        a_promise(a_partner(a_challenge(f"Opgave {number}")))
        with CaptureQueriesContext(connection) as caught:
            assert f"Opgave {number}" in public()
        asked.append(len(caught))
    assert len(set(asked)) == 1, asked


def test_in_english_what_the_municipality_wrote_stays_dutch_and_is_marked_so():
    a_promise(a_partner(a_challenge()))
    text = public(f"/en{PUBLIC}")
    assert '<html lang="en"' in text
    assert 'lang="nl">Veilig spelen</h3>' in text


def test_text_of_a_partner_is_text_and_headings_go_down_one_at_a_time():
    hostile: Any = "<script>alert(1)</script>"
    a_promise(a_partner(a_challenge(text=hostile), hostile), hostile)
    page = public()
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]

    assert "<script>alert" not in page
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_nothing_can_be_sent_to_the_public_page():
    assert [Client().post(path).status_code for path in (PUBLIC, f"{PUBLIC}.csv")] == [405, 405]
