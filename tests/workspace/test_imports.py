"""Reading a list in from the browser: template, a look before, steps, undo, and clear refusals."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samenspel.audit.models import AuditEvent
from samenspel.people.models import Organization
from samenspel.socialmap.importers import KINDS, MAX_BYTES
from samenspel.socialmap.models import ImportRun, Offering
from samenspel.workspace import imports
from tests.people.rows import ELSEWHERE
from tests.workspace.accounts import signed_in
from tests.workspace.files import a_file, a_line, two_good_two_bad

pytestmark = pytest.mark.django_db


@pytest.fixture
def work() -> Client:
    return signed_in()


def send(client: Client, content: bytes, *, name: str = "aanbod.csv", kind: str = "offerings") -> Any:
    return client.post("/werk/inlezen", {"kind": kind, "file": SimpleUploadedFile(name, content)})


def looked_at(client: Client, content: bytes) -> str:
    """The address of the page that shows what a file would change."""
    answer = send(client, content)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def finish(client: Client, address: str, do: str) -> list[str]:
    """Press a button and follow the pages it leads to; their texts, the last one last."""
    answer, pages = client.post(address, {"do": do}), []
    for _ in range(50):
        if answer.status_code != 302 and "Refresh" not in answer:
            return pages
        answer = client.get(answer.headers.get("Location", f"{address}/bezig"))
        pages.append(answer.content.decode())
    raise AssertionError("it never ends")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("form", "begins"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")])
def test_each_kind_has_a_template_to_take_along(work: Client, kind: str, form: str, begins: bytes):
    answer = work.get(f"/werk/inlezen/sjabloon/{kind}.{form}")

    assert answer.content.startswith(begins)
    assert answer["Content-Disposition"] == f'attachment; filename="samenspel-{KINDS[kind]}.{form}"'
    assert work.get(f"/werk/inlezen/sjabloon/{kind}.exe").status_code == 404
    assert work.get("/werk/inlezen/sjabloon/verzonnen.csv").status_code == 404


def test_a_file_is_looked_at_first_with_what_is_wrong_per_line_and_nothing_on_the_map(work: Client):
    page = work.get(looked_at(work, two_good_two_bad())).content.decode()

    assert "Er is nog niets veranderd." in page
    assert "Dinsdagommetje" in page
    assert '<th scope="row" data-label="Regel">3</th><td data-label="Kolom">soort</td>' in page
    assert '<th scope="row" data-label="Regel">5</th><td data-label="Kolom">kosten</td>' in page
    assert not Offering.objects.exists()
    assert not Organization.objects.exists()


def test_the_lines_that_were_refused_can_be_taken_along(work: Client):
    answer = work.get(looked_at(work, two_good_two_bad()) + "/fouten.csv")

    assert "attachment" in answer["Content-Disposition"]
    assert len(answer.content.decode("utf-8-sig").strip().splitlines()) == 3


def test_after_yes_the_good_lines_are_on_the_map_and_undo_takes_them_off(work: Client):
    address = looked_at(work, two_good_two_bad())
    done = finish(work, address, "carry_out")[-1]

    assert "Dit staat op de kaart." in done
    assert sorted(Offering.objects.values_list("name", flat=True)) == ["Dinsdagommetje", "Eettafel"]
    undone = finish(work, address, "undo")[-1]
    assert "Dit is teruggedraaid." in undone
    assert not Offering.objects.exists()


def test_pressing_twice_does_not_undo_what_was_just_done(work: Client):
    address = looked_at(work, two_good_two_bad())
    for _ in range(2):
        finish(work, address, "carry_out")

    assert ImportRun.objects.get().state == ImportRun.State.DONE
    assert Offering.objects.count() == 2


def test_a_long_list_goes_step_by_step_and_says_how_far_it_is(work: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(imports, "AT_ONCE", 4)
    address = looked_at(work, a_file(*(a_line(f"Groep {n}", club="Eén club") for n in range(9))))

    pages = finish(work, address, "carry_out")
    assert "8 van 10" in pages[0]
    assert 'max="10" value="8"' in pages[0]
    assert Offering.objects.count() == 9
    assert "8 van 10" in finish(work, address, "undo")[0]
    assert not Offering.objects.exists()


def test_a_page_that_only_looks_begins_nothing(work: Client):
    address = looked_at(work, two_good_two_bad())
    answer = work.get(address + "/bezig")

    assert answer["Location"] == address
    assert not Offering.objects.exists()


def test_a_list_half_done_can_be_taken_up_again(work: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(imports, "AT_ONCE", 2)
    address = looked_at(work, a_file(*(a_line(f"Groep {n}", club="Eén club") for n in range(5))))
    work.post(address, {"do": "carry_out"})

    assert "Ga verder" in work.get(address).content.decode()
    assert Offering.objects.count() < 5
    finish(work, address, "carry_out")
    assert Offering.objects.count() == 5


def test_the_same_list_again_changes_nothing(work: Client):
    finish(work, looked_at(work, two_good_two_bad()), "carry_out")
    page = work.get(looked_at(work, two_good_two_bad())).content.decode()

    assert "Er is niets om op de kaart te zetten." in page
    assert 'name="do"' not in page


@pytest.mark.parametrize(
    ("name", "content"),
    [("leeg.csv", b""), ("plaatje.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 99), ("x.xlsx", b"PK\x03\x04")],
)
def test_a_file_that_cannot_be_read_is_refused_at_its_field_and_leaves_nothing(work: Client, name: str, content: bytes):
    answer = send(work, content, name=name)

    assert answer.status_code == 400
    assert 'href="#id_file"' in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_a_text_that_is_called_excel_is_refused_by_its_name(work: Client):
    page = send(work, a_file(a_line("Koffie")), name="aanbod.xlsx").content.decode()

    assert "dit is geen Excel-bestand" in page
    assert not ImportRun.objects.exists()


def test_a_remark_without_a_line_names_its_column(work: Client):
    head, *lines = a_file(a_line("Koffie")).decode().splitlines()
    content = "\n".join([f"{head};kleur", *(f"{line};rood" for line in lines)])

    assert "Kolom “kleur”: deze kolom kennen wij niet" in work.get(looked_at(work, content.encode())).content.decode()


def test_a_form_without_a_file_says_what_is_missing(work: Client):
    page = work.post("/werk/inlezen", {"kind": "offerings"}).content.decode()

    assert "Bestand: kies een bestand" in page


def test_a_file_that_is_too_large_is_refused_before_it_is_read(work: Client):
    answer = work.post("/werk/inlezen", {"kind": "offerings"}, headers={"content-length": str(2 * MAX_BYTES)})

    assert answer.status_code == 413
    assert "16 MB" in answer.content.decode()


def test_a_file_without_the_token_of_the_form_is_refused():
    client = Client(enforce_csrf_checks=True)
    client.cookies = signed_in().cookies

    assert send(client, two_good_two_bad()).status_code == 403
    assert not ImportRun.objects.exists()


def test_text_of_a_file_is_shown_as_text(work: Client):
    page = work.get(looked_at(work, a_file(a_line("<script>alert(1)</script>")))).content.decode()

    assert "<script" not in page


def test_an_import_of_another_municipality_does_not_exist_here(work: Client):
    address = looked_at(work, two_good_two_bad())
    other = signed_in("administrator", email="x@elders.example", municipality=ELSEWHERE)

    for path in (address, f"{address}/bezig", f"{address}/fouten.csv"):
        assert other.get(path).status_code == 404
    assert other.post(address, {"do": "carry_out"}).status_code == 404
    assert "aanbod.csv" not in other.get("/werk/inlezen").content.decode()


def test_events_say_who_read_it_in(work: Client):
    finish(work, looked_at(work, two_good_two_bad()), "carry_out")

    kinds = set(AuditEvent.objects.exclude(action__in=["add_account"]).values_list("actor_kind", flat=True))
    assert kinds == {"person"}
