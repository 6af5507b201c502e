"""Pages of norms, prices and the total: nothing holds until a person wrote down what the council adopted."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from samenspel.outcomes.models import UnitPrice
from samenspel.policy.models import BlockNorm, BlockState, StrengthChoice
from samenspel.policy.norms import EXAMPLE_NORMS, set_norm
from samenspel.sources.vocabulary import BuildingBlock
from tests.people.rows import BY, ELSEWHERE, GM
from tests.policy.block_rows import WEST, a_town
from tests.workspace.accounts import signed_in

pytestmark = pytest.mark.django_db
MAKER = "policy_adviser"
URL = "/werk/wijken/normen"
NOW = datetime.now(UTC)
TODAY = timezone.localdate(NOW)
GIVEN = {
    "amount": "20",
    "evening": "on",
    "metres": "800",
    "share": "80",
    "months": "12",
    "since": "2026-01-01",
    "document": "Raadsbesluit 2026-61, artikel 2",
}
FILLED = {
    BuildingBlock.PEOPLE: {"amount": "1,5", "metres": "3000", "share": "80"},
    BuildingBlock.PROVISIONS: {"themes": ["meet", "care"], "metres": "3000", "share": "80"},
    BuildingBlock.MEETING_PLACES: {"amount": "20", "metres": "800", "share": "80"},
    BuildingBlock.NETWORK: {"directions": "1"},
    BuildingBlock.CONNECTOR: {"amount": "4"},
}


def a_norm(since: date = TODAY, *, municipality: str = GM, document: str = "Raadsbesluit 1") -> BlockNorm:
    """A norm that was written down on the day on which it begins, or today when that day is still to come."""
    facts = replace(EXAMPLE_NORMS[BuildingBlock.MEETING_PLACES], since=since, document=document)
    at = NOW + min(since - TODAY, timedelta())
    return set_norm(municipality=municipality, facts=facts, by=BY, at=at)


def test_without_norms_every_block_says_so_and_offers_the_example():
    page = signed_in(MAKER).get(URL).content.decode()
    assert page.count("Er geldt nu geen norm.") == 5
    assert page.count("Begin met het voorbeeld") == 5
    assert not BlockNorm.objects.exists()


def test_looking_at_the_example_adopts_nothing_and_asks_for_the_document():
    client = signed_in(MAKER)
    page = client.get(f"{URL}/3?voorbeeld").content.decode()
    assert "Niemand stelde het vast." in page
    assert 'name="amount" value="20"' in page
    answer = client.post(f"{URL}/3?voorbeeld", {**GIVEN, "document": ""})
    assert "In welk stuk staat het: vul dit in" in answer.content.decode()
    assert not BlockNorm.objects.exists()


def test_a_norm_is_written_down_and_every_wijk_is_judged_by_it():
    a_town()
    client = signed_in(MAKER)
    assert client.post(f"{URL}/3", GIVEN)["Location"] == URL
    page = client.get(URL).content.decode()

    assert "Vastgelegd: de norm voor ontmoetingsplekken." in page
    assert "binnen 800 meter" in page
    assert "Staat in: Raadsbesluit 2026-61, artikel 2." in page
    assert BlockState.objects.filter(area=WEST, block=3).exists()


@pytest.mark.parametrize("block", BuildingBlock, ids=[block.name for block in BuildingBlock])
def test_every_block_asks_only_what_belongs_to_it(block: BuildingBlock):
    client = signed_in(MAKER)
    rest = {"months": "6", "since": "2026-01-01", "document": "Raadsbesluit 1"}
    assert client.post(f"{URL}/{block}", {**FILLED[block], **rest}).status_code == 302
    norm = BlockNorm.objects.get()
    expected = {1: 1.5, 2: 2, 3: 20, 4: 1, 5: 4}[block]
    assert (norm.block, norm.amount, norm.months, norm.evening) == (block, expected, 6, False)

    page = client.get(f"{URL}/{block}").content.decode()
    asked = {name for name in (*GIVEN, "themes", "directions") if f'name="{name}"' in page}
    optional = {"evening"} if block == 3 else set()
    assert asked == {*FILLED[block], *rest} | optional


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"share": "101"}, "Voor welk deel van de inwoners: kies een getal boven 0 en tot en met 100"),
        ({"metres": "ver"}, "Binnen hoeveel meter: vul een heel getal in"),
        ({"amount": "nan"}, "Hoeveel uur per week is er iets open"),
        ({"amount": ""}, "Hoeveel uur per week is er iets open: vul dit in"),
        ({"since": "morgen"}, "Vanaf welke dag geldt dit: dit is geen datum"),
    ],
    ids=["share", "metres", "not a number", "no amount", "day"],
)
def test_what_is_wrong_is_said_by_field_and_nothing_is_kept(given: dict[str, str], said: str):
    answer = signed_in(MAKER).post(f"{URL}/3", {**GIVEN, **given})
    assert (answer.status_code, said in answer.content.decode()) == (400, True)
    assert not BlockNorm.objects.exists()


def test_what_holds_what_is_to_come_and_what_held_stand_apart():
    a_norm(TODAY - timedelta(days=400), document="Besluit A")
    a_norm(TODAY - timedelta(days=4), document="Besluit B")
    coming = a_norm(TODAY + timedelta(days=40), document="Besluit C")
    client = signed_in(MAKER)
    page = client.get(URL).content.decode()

    assert "Staat in: Besluit B." in page
    assert "Stond in: Besluit A." in page
    assert page.index("Besluit B") < page.index("Besluit C") < page.index("Besluit A")
    assert page.count("/weg") == 1

    path = f"{URL}/{coming.pk}/weg"
    assert "Deze norm weghalen?" in client.get(path).content.decode()
    client.post(path)
    assert not BlockNorm.objects.filter(pk=coming.pk).exists()


def test_the_form_says_that_distance_is_a_straight_line_and_does_not_rewrite_what_holds():
    held, client = a_norm(TODAY - timedelta(days=40)), signed_in(MAKER)
    page = client.get(f"{URL}/3").content.decode()
    assert "In een rechte lijn." in page
    assert "Over de weg." not in page

    answer = client.post(f"{URL}/3", {**GIVEN, "share": "1", "since": held.since.isoformat()})
    assert (answer.status_code, "kies vandaag of een latere dag" in answer.content.decode()) == (400, True)
    assert BlockNorm.objects.get().share == held.share


def test_a_norm_that_holds_is_not_taken_away():
    norm = a_norm()
    answer = signed_in(MAKER).post(f"{URL}/{norm.pk}/weg")
    assert (answer.status_code, "deze norm is al ingegaan" in answer.content.decode()) == (400, True)
    assert BlockNorm.objects.exists()


def test_norms_of_elsewhere_and_blocks_that_are_none_are_not_there():
    there, client = a_norm(municipality=ELSEWHERE, document="Besluit Elders"), signed_in(MAKER)
    assert "Besluit Elders" not in client.get(URL).content.decode()
    assert client.get(f"{URL}/{there.pk}/weg").status_code == 404
    assert client.get(f"{URL}/6").status_code == 404


@pytest.mark.parametrize("role", ["clerk", "subsidy_adviser", "connector"])
def test_who_only_looks_sees_no_way_to_change(role: str):
    coming, client = a_norm(TODAY + timedelta(days=40)), signed_in(role)
    page = client.get(URL).content.decode() + client.get("/werk/wijken/totaalcijfer").content.decode()
    assert "/weg" not in page
    assert "vastleggen" not in page
    assert "Kies opnieuw" not in page
    for path in (f"{URL}/3", f"{URL}/{coming.pk}/weg", "/werk/wijken/totaalcijfer/kiezen"):
        assert client.get(path).status_code == 403


def test_there_is_no_total_until_it_is_chosen_with_a_reason():
    client, path = signed_in(MAKER), "/werk/wijken/totaalcijfer"
    page = client.get(path).content.decode()
    assert "Uw gemeente toont geen totaalcijfer." in page
    assert "Een totaal verbergt een gat." in page

    answer = client.post(f"{path}/kiezen", {"shows": "ja", "reason": ""})
    assert "Waarom: vul dit in" in answer.content.decode()
    assert not StrengthChoice.objects.exists()
    client.post(f"{path}/kiezen", {"shows": "ja", "reason": "De raad wil het."})
    page = client.get(path).content.decode()
    assert "Uw gemeente toont een totaalcijfer, sinds" in page
    assert "De raad wil het." in page
    client.post(f"{path}/kiezen", {"shows": "nee", "reason": "Te grof."})
    assert "Uw gemeente toont geen totaalcijfer, sinds" in client.get(path).content.decode()


def test_the_form_begins_with_what_holds_now_not_with_what_is_to_come():
    a_norm(TODAY - timedelta(days=4))
    facts = replace(
        EXAMPLE_NORMS[BuildingBlock.MEETING_PLACES], since=TODAY + timedelta(days=9), document="C", amount=33
    )
    set_norm(municipality=GM, facts=facts, by=BY, at=NOW)
    page = signed_in(MAKER).get(f"{URL}/3").content.decode()
    assert "Hieronder staat wat nu geldt." in page
    assert 'name="amount" value="20"' in page


def test_prices_are_written_down_shown_with_their_source_and_kept():
    client, path = signed_in(MAKER), "/werk/wijken/prijzen"
    assert client.get(path).content.decode().count("Nog geen prijs") == 5
    given = {"layer": "3", "low": "420", "high": "1900", "since": "2026-01-01", "source": "Jaarrekening 2025"}
    assert client.post(f"{path}/nieuw", {**given, "since": "2025-01-01", "high": "950"})["Location"] == path
    too_early = client.post(f"{path}/nieuw", given)
    client.post(f"{path}/nieuw", {**given, "since": f"{timezone.localdate()}"})
    client.post(f"{path}/nieuw", {**given, "layer": "0", "low": "0", "high": "0"})
    page = client.get(path).content.decode()

    assert too_early.status_code == 400
    assert "vanaf 01-01-2025 geldt al een prijs voor deze laag: kies vandaag" in too_early.content.decode()

    assert "420 tot 1.900 euro" in page
    assert 'data-label="Prijs">0 euro' in page
    assert page.count("Nog geen prijs") == 3
    assert "Vanaf 1 januari 2025: 420 tot 950 euro" in page
    assert "Jaarrekening 2025" in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"low": "2000"}, "Hoogste bedrag: de hoogste prijs is lager dan de laagste"),
        ({"low": "-1"}, "Laagste bedrag: schrijf nul of meer"),
        ({"low": "veel"}, "Laagste bedrag: schrijf hele euro&#x27;s, zonder teken"),
        ({"high": "99999999999"}, "Hoogste bedrag: dit bedrag is te hoog"),
        ({"source": ""}, "Waar komt het bedrag vandaan: vul dit in"),
    ],
    ids=["upside down", "negative", "words", "too much", "no source"],
)
def test_a_price_that_cannot_be_is_refused_by_field(given: dict[str, str], said: str):
    whole = {"layer": "3", "low": "420", "high": "950", "since": "2026-01-01", "source": "Jaarrekening 2025", **given}
    answer = signed_in(MAKER).post("/werk/wijken/prijzen/nieuw", whole)
    assert (answer.status_code, said in answer.content.decode()) == (400, True)
    assert not UnitPrice.objects.exists()


@pytest.mark.parametrize("role", ["clerk", "subsidy_adviser"])
def test_who_only_looks_at_prices_cannot_set_them(role: str):
    client = signed_in(role)
    assert "nieuw" not in client.get("/werk/wijken/prijzen").content.decode()
    assert client.get("/werk/wijken/prijzen/nieuw").status_code == 403


def test_a_second_norm_for_the_same_coming_day_says_that_it_replaces_the_first():
    client, since = signed_in(MAKER), TODAY + timedelta(days=40)
    given, said = {**GIVEN, "since": since.isoformat()}, "Dit vervangt wat u vastlegde voor"
    assert said not in client.post(f"{URL}/3", given, follow=True).content.decode()
    page = client.post(f"{URL}/3", given, follow=True).content.decode()
    assert f"{said} {date_format(since)}." in page


def test_a_norm_does_not_begin_more_than_ten_years_ahead():
    answer = signed_in(MAKER).post(f"{URL}/3", {**GIVEN, "since": "9999-12-31"})
    assert (answer.status_code, "deze dag is meer dan 10 jaar vooruit" in answer.content.decode()) == (400, True)
