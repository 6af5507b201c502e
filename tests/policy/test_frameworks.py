"""The municipality's own framework: composed, reworded, published for good."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from samenspel.audit.models import AuditEvent
from samenspel.engine.roles.shipped import names
from samenspel.people.checks import FactRefused
from samenspel.policy.council import ask_advice, give_advice
from samenspel.policy.drafting import (
    ADDABLE,
    add_case,
    add_part,
    add_threshold,
    discard_draft,
    drop_part,
    drop_threshold,
    publish,
    remove_case,
    reword_part,
    set_head,
)
from samenspel.policy.frameworks import draft_of, framework_in_force, framework_of_version, published
from samenspel.policy.models import FrameworkVersion
from tests.people.rows import AT, BY, ELSEWHERE, GM
from tests.policy.framework_rows import a_draft, adopted, advised, example, head, part, threshold

pytestmark = pytest.mark.django_db


def refused(act: Any, **given: Any) -> FactRefused:
    with pytest.raises(FactRefused) as caught:
        act(by=BY, at=AT, **given)
    return caught.value


def test_a_framework_of_all_five_has_the_words_of_each():
    framework = framework_of_version(a_draft(extends=names()))

    assert {"building_block", "layer", "ingang", "theme", "rule"} <= {kind for kind, _ in framework.parts}
    assert framework.part("principle", "2").source == "§5.B, principe 2"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        pytest.param({"extends": ("maashorst",)}, "extends", id="no rules"),
        pytest.param({"extends": ("berkelland", "berkelland")}, "extends", id="twice"),
        pytest.param({"extends": ("atlantis",)}, "extends", id="unknown"),
        pytest.param({"title": "  "}, "title", id="no title"),
        pytest.param({"summary": "x" * 2001}, "summary", id="too long"),
        pytest.param({"document": "a\x00b"}, "document", id="a sign that cannot be"),
    ],
)
def test_a_head_that_makes_no_framework_is_refused_by_field_and_nothing_is_kept(wrong: dict[str, Any], field: str):
    with pytest.raises(FactRefused) as caught:
        a_draft(**wrong)

    assert caught.value.field == field
    assert not FrameworkVersion.objects.exists()


def test_there_is_one_draft_at_a_time_and_each_municipality_has_its_own():
    a_draft()
    a_draft(ELSEWHERE)

    with pytest.raises(FactRefused, match="er is al een concept"):
        a_draft()


def test_own_words_stand_over_those_below_and_can_be_taken_back():
    version = a_draft()
    below = framework_of_version(version).part("principle", "2")

    reword_part(version=version, kind="principle", part_id="2", words=part(), by=BY, at=AT)
    assert framework_of_version(version).part("principle", "2").text == "Wij steunen wat werkt."
    drop_part(version=version, kind="principle", part_id="2", by=BY, at=AT)
    assert framework_of_version(version).part("principle", "2") == below
    assert set(version.content) == {"framework"}


def test_words_that_are_those_below_are_no_words_of_its_own():
    version = a_draft()
    below = framework_of_version(version).part("fact", "proven")
    words = part(name=below.name, text=f" {below.text} ", source=below.source, question=below.question, why=below.why)

    reword_part(version=version, kind="fact", part_id="proven", words=words, by=BY, at=AT)

    assert "fact" not in version.content


def test_a_reworded_term_keeps_its_wider_term():
    version = a_draft()

    reword_part(version=version, kind="term", part_id="community", words=part(), by=BY, at=AT)

    assert framework_of_version(version).part("term", "community").broader == "social_base"


def test_a_new_part_gets_an_id_of_its_name_and_a_second_one_another():
    version = a_draft()

    ids = [add_part(version=version, kind="term", words=part(name="Sámen door!"), by=BY, at=AT) for _ in range(2)]

    assert ids == ["samen_door", "samen_door_2"]
    assert framework_of_version(version).part("term", "samen_door").name == "Sámen door!"


@pytest.mark.parametrize("kind", ["fact", "rule", "condition", "trigger", "role", "sphere", "draak"])
def test_nothing_is_added_to_a_kind_of_which_the_engine_knows_every_id(kind: str):
    assert kind not in ADDABLE
    assert refused(add_part, version=a_draft(), kind=kind, words=part()).field == "kind"


@pytest.mark.parametrize("field", ["name", "text", "source"])
def test_words_that_are_missing_are_refused_by_field(field: str):
    version = a_draft()

    assert refused(reword_part, version=version, kind="role", part_id="1", words=part(**{field: " "})).field == field
    assert set(draft_of(GM).content) == {"framework"}


def test_a_new_value_of_a_threshold_stands_beside_the_old_one_with_its_own_day():
    version = a_draft()
    facts = threshold(id="few_participants", fact="few_participants", measure="participants_share", value=8.0)

    add_threshold(version=version, facts=facts, by=BY, at=AT)

    framework = framework_of_version(version)
    assert [each.value for each in framework.in_force(date(2026, 6, 30)) if each.id == "few_participants"] == [5.0]
    assert [each.value for each in framework.in_force(date(2026, 7, 1)) if each.id == "few_participants"] == [8.0]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        pytest.param({"fact": "draak"}, "fact", id="fact"),
        pytest.param({"measure": "draak"}, "measure", id="measure"),
        pytest.param({"comparison": "draak"}, "comparison", id="comparison"),
        pytest.param({"value": -1.0}, "value", id="below zero"),
        pytest.param({"value": float("nan")}, "value", id="no number"),
        pytest.param({"source": ""}, "source", id="no source"),
        pytest.param({"id": "draak"}, "id", id="replaces what is not there"),
        pytest.param({"fact": "few_participants", "measure": "participants_share"}, "id", id="a twin"),
        pytest.param({"id": "volunteers_stop", "since": date(2025, 1, 1)}, "since", id="the same day"),
    ],
)
def test_a_threshold_that_cannot_be_is_refused_by_field(wrong: dict[str, Any], field: str):
    version = a_draft()

    assert refused(add_threshold, version=version, facts=threshold(**wrong)).field == field
    assert "threshold" not in draft_of(GM).content


def test_a_value_of_this_draft_can_be_taken_back_and_a_published_one_stays():
    version = a_draft()
    name = add_threshold(version=version, facts=threshold(), by=BY, at=AT)
    adopted(version)
    later = a_draft()
    add_threshold(version=later, facts=threshold(id=name, value=5.0, since=date(2027, 1, 1)), by=BY, at=AT)

    drop_threshold(version=later, threshold_id=name, since=date(2027, 1, 1), by=BY, at=AT)

    assert "al vastgesteld" in refused(drop_threshold, version=later, threshold_id=name, since=date(2026, 7, 1)).reason
    assert [each["at_least"] for each in later.content["threshold"]] == [3.0]


def test_a_case_whose_advice_is_another_is_refused_with_the_advice_that_it_gets():
    error = refused(add_case, version=a_draft(), facts=example(expect="4"))

    assert error.field == "expect"
    assert "Rol 2" in error.reason


def test_a_case_is_added_once_and_removed():
    version = a_draft()
    add_case(version=version, facts=example(measures={"years_running": 4.0}), by=BY, at=AT)

    assert refused(add_case, version=version, facts=example()).field == "title"
    remove_case(version=version, title="Repaircafé", by=BY, at=AT)
    assert version.content["cases"] == []
    assert refused(remove_case, version=version, title="Repaircafé").field == "title"


def test_a_threshold_that_contradicts_an_own_case_is_refused():
    version = a_draft(since=date(2026, 7, 1))
    answers = dict(example().answers) | {"proven": "no"}
    facts = example(answers=answers, measures={"years_running": 4.0}, expect="not_done")
    add_case(version=version, facts=facts, by=BY, at=AT)

    assert "proven" in refused(add_threshold, version=version, facts=threshold()).reason


def test_nothing_is_published_without_advice_and_reaction_or_without_who_adopted_it():
    version = a_draft()
    given = {"version": version, "note": ""}
    assert "adviesraad" in refused(publish, adopted_by="raad", **given).reason
    ask_advice(version=version, by=BY, at=AT)
    give_advice(version=version, advice="Voor.", advised_on=AT.date(), by=BY, at=AT)
    assert "adviesraad" in refused(publish, adopted_by="raad", **given).reason

    other = a_draft(ELSEWHERE)
    advised(other)
    assert refused(publish, version=other, note="", adopted_by=" ").field == "adopted_by"
    assert published(GM) is None
    assert published(ELSEWHERE) is None


def test_a_published_version_is_in_force_and_never_changes():
    version = adopted(a_draft())

    assert framework_in_force(GM).title == "Kader Markerwaard"
    for act, given in (
        (reword_part, {"kind": "role", "part_id": "1", "words": part()}),
        (add_threshold, {"facts": threshold()}),
        (set_head, {"head": head()}),
        (discard_draft, {}),
        (publish, {"adopted_by": "raad", "note": ""}),
    ):
        assert "verandert niet meer" in refused(act, version=version, **given).reason


def test_a_next_version_begins_with_the_words_of_the_last():
    version = a_draft()
    reword_part(version=version, kind="role", part_id="1", words=part(), by=BY, at=AT)
    adopted(version)

    later = a_draft(title="Kader 2027", since=date(2027, 1, 1))

    assert (later.number, framework_of_version(later).part("role", "1").text) == (2, "Wij steunen wat werkt.")
    assert framework_in_force(GM).title == "Kader Markerwaard"
    discard_draft(version=later, by=BY, at=datetime(2026, 12, 1, tzinfo=UTC))
    assert draft_of(GM) is None


def test_the_log_names_parts_and_never_their_words():
    version = a_draft()
    reword_part(version=version, kind="principle", part_id="2", words=part(), by=BY, at=AT)

    event = AuditEvent.objects.get(action="reword_part")
    assert event.detail == {"kind": "principle", "part": "2"}
