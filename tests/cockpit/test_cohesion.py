"""The public page of cohesion and its file: figures, words for what is not known, and no name of who is alone."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samenspel.cockpit.overview import cohesion
from samenspel.cockpit.overview.cohesion import HEADINGS
from tests.people.rows import an_organization
from tests.policy.test_dossiers import a_dossier, an_option
from tests.strength.linked import a_challenge, a_network, a_party, a_wijk, chosen, held_in

pytestmark = pytest.mark.django_db
URL = "/raad/samenhang"


@pytest.fixture(autouse=True)
def markerwaard(settings: object) -> None:
    settings.MUNICIPALITY = "GM9901"  # type: ignore[attr-defined]


def page(path: str = URL) -> str:
    answer = Client().get(path)
    assert (answer.status_code, len(answer.cookies)) == (200, 0)
    return answer.content.decode()


def words(path: str = URL) -> str:
    """The text of the page in one line, without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page(path)).split())


def test_without_anything_on_the_map_it_says_so_for_every_theme():
    text = words()

    assert "Zorg en mantelzorg geen bekend niet te zeggen niet te zeggen niet te zeggen" in text
    assert "kennen wij nog geen plek, netwerk of wijkopgave die zij delen" in text
    assert "Op de kaart sta" not in text


def test_one_party_has_no_pairs_and_all_of_it():
    a_party("Stichting Welzijn")
    text = words()

    assert "Zorg en mantelzorg 1 er is maar één partij 1,00 alles bij één partij minder dan 10" in text
    assert "Op de kaart staat 1 organisatie." in text


def test_a_theme_tells_its_parties_what_both_do_and_how_it_is_divided():
    a_party("Stichting Welzijn", needs=["carer_support", "respite"])
    a_party("Stichting Welzijn")
    a_party("Thuiszorg")
    a_party("Wijkverpleging", needs=["dementia"])
    text = words()

    assert "Zorg en mantelzorg 3 1 van 3 paren 0,38 zoals bij 3 even grote partijen" in text
    assert "Partijen Stichting Welzijn, Thuiszorg, Wijkverpleging Strategische partner niet gekozen" in text
    assert "1 paar met hetzelfde aanbod voor dezelfde mensen" in text
    assert "Stichting Welzijn en Thuiszorg Allebei: steun voor mantelzorgers" in text


def test_only_the_most_alike_pairs_are_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cohesion, "SHOWN", 1)
    a_party("Een", needs=["carer_support", "respite"])
    a_party("Twee", needs=["carer_support", "respite"])
    a_party("Drie", needs=["carer_support"])
    text = words()

    assert "Een en Twee Allebei:" in text
    assert "Allebei:" not in text.partition("Drie en")[2]
    assert "En nog 2 paren die minder op elkaar lijken." in text


def test_a_wijk_has_its_own_figures_and_tells_not_how_many_are_alone():
    _wijk, buurt = a_wijk()
    a_wijk("WK990102", "Wijk 02 De Slikken")
    held_in(buurt, "Stichting Welzijn")
    text = words(f"{URL}?wijk=de-boomgaarden")

    assert "Zorg en mantelzorg 1 er is maar één partij" in text
    assert "vertellen wij niet per wijk" in text
    assert "minder dan 10 kennen" not in text
    assert "geen bekend" in words(f"{URL}?wijk=de-slikken")
    assert 'selected lang="nl">De Boomgaarden' in page(f"{URL}?wijk=de-boomgaarden")


def test_a_wijk_that_is_not_there_is_not_found():
    assert Client().get(f"{URL}?wijk=nergens").status_code == 404
    assert Client().post(URL).status_code == 405


def test_who_is_alone_is_named_nowhere_unless_it_does_funded_work():
    a_wijk()
    a_party("Koor Zonder Buren", kind="association", themes=["create"])
    a_party("Stichting Welzijn")
    everywhere = page() + page(f"{URL}?wijk=de-boomgaarden") + Client().get(f"{URL}.csv").content.decode("utf-8")

    assert "Koor Zonder Buren" not in everywhere
    assert "Stichting Welzijn" in everywhere


def test_the_picture_has_who_is_linked_and_leaves_out_who_is_not():
    one, other = a_party("Stichting Welzijn").organization, a_party("Thuiszorg").organization
    a_party("Wijkverpleging")
    a_network(one, other, an_organization(name="Koor", kind="association"))
    found = page()
    picture = found.partition("<figure")[2].partition("</figure>")[0]

    assert "2 van de 3 partijen zijn verbonden. De meeste verbindingen heeft Stichting Welzijn: 1." in picture
    assert "Wijkverpleging" not in picture
    assert "Koor" not in picture
    assert "Stichting Welzijn en Thuiszorg" in words().partition("Alle verbindingen op een rij")[2]


def test_the_picture_draws_those_with_most_links_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cohesion, "DRAWN", 2)
    one, other, third = (a_party(name).organization for name in ("Een", "Twee", "Drie"))
    a_challenge(one, other)
    a_challenge(one, third, title="Schone straat")
    table = page().partition("<figure")[2].partition("<table")[2].partition("</table>")[0]

    assert re.findall(r"Een|Twee|Drie", table) == ["Drie", "Een"]
    assert "De 2 met de meeste verbindingen staan in het beeld." in words()


def test_a_strategic_partner_is_named_with_its_theme():
    welfare = a_party("Stichting Welzijn").organization
    chosen(an_option(a_dossier(), "Welzijn", kind="partner", organization=welfare))

    assert "Strategische partner Stichting Welzijn Verdeling van het geld Niet te zeggen." in words()


def test_a_long_name_is_shown_whole_and_signs_in_it_do_no_harm():
    name = "Stichting " + "Samenwerkingsverbandmantelzorgondersteuning" * 2 + " <b>"
    a_party(name)

    assert name.replace("<", "&lt;").replace(">", "&gt;") in page()


def test_it_takes_as_many_queries_with_more_organizations():
    _wijk, buurt = a_wijk()
    held_in(buurt, "Een")
    with CaptureQueriesContext(connection) as few:
        page()
    for number in range(8):
        held_in(buurt, f"Partij {number}")
    with CaptureQueriesContext(connection) as many:
        page()

    assert len(few) == len(many)


def test_the_file_has_every_theme_of_every_wijk_and_no_cell_calculates():
    _wijk, buurt = a_wijk(name="Wijk 01 =1+1")
    welfare = held_in(buurt, "=2+2").organization
    a_party("Thuiszorg", needs=["carer_support"])
    chosen(an_option(a_dossier(), "Welzijn", kind="partner", organization=welfare))
    answer = Client().get(f"{URL}.csv")
    lines = [line.split(";") for line in answer.content.decode("utf-8-sig").splitlines()]

    assert lines[0] == list(HEADINGS)
    assert len(lines) == 1 + 2 * 6
    assert lines[1][2:] == (
        ["GM9901", "hele gemeente", "care", "2", "2", "1", "1", "0,500", "", "", "'=2+2", "minder dan 10"]
    )
    assert [lines[7][3], lines[7][13]] == ["'=1+1", "niet per wijk"]
    assert answer["Content-Disposition"] == 'attachment; filename="samenspel-samenhang.csv"'


def test_in_english_the_words_of_needs_are_english():
    a_party("Een")
    a_party("Twee")

    assert "support for informal carers" in words(f"/en{URL}")
    assert f'href="{URL}?wijk="' in page(f"/en{URL}?wijk=")
