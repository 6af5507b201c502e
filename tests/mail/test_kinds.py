"""A mail of a known kind is in plain words, in two languages, and takes only what it may say."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from samenspel.mail.kinds import KINDS, Value, WrongValue, words_of
from samenspel.mail.models import OutgoingMessage
from samenspel.mail.outbox import queue_template
from tests.pages.reading import measure, sentences

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
EVERY: dict[str, Value] = {
    "code": "KW7-4QX",
    "link": f"{settings.ADDRESS}/vraag/volgen",
    "team": "Wijkteam Noord & Zuid",
    "phone": "0320-55 51 07",
    "on": date(2026, 11, 22),
    "next_on": date(2026, 11, 24),
    "ends_on": date(2027, 1, 21),
    "minutes": 15,
    "days": 3,
}


def context_of(kind: str) -> dict[str, Value]:
    return {name: EVERY[name] for name in KINDS[kind]}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_all_that_it_takes_in_each_language(kind: str, language: str):
    subject, body = words_of(kind, context_of(kind), language)

    assert 0 < len(subject) <= 40
    assert subject == subject.strip()
    for name in KINDS[kind] - {"on", "next_on", "ends_on"}:
        assert str(EVERY[name]) in body
    assert not set("{}%") & set(subject + body)


@pytest.mark.parametrize("kind", KINDS)
def test_every_mail_is_in_plain_dutch(kind: str):
    body = words_of(kind, context_of(kind), "nl")[1]

    assert measure(sentences(body.replace("\n", "<p>"))).is_easy


def test_days_are_written_in_the_language_of_the_mail():
    assert "21 januari 2027" in words_of("password", context_of("password"), "nl")[1]
    assert "21 January 2027" in words_of("password", context_of("password"), "en")[1]


WRONG: dict[str, dict[str, Any]] = {
    "a value too many": {"note": "mijn moeder is ziek"},
    "another site": {"link": "https://example.org/vraag"},
    "an address that only begins as ours": {"link": f"{settings.ADDRESS}.example.org/"},
    "two lines": {"team": "Team\nBcc: x@example.org"},
    "nothing": {"team": ""},
    "a story": {"team": "x" * 121},
    "a moment for a day": {"ends_on": AT},
    "a word for a day": {"ends_on": "morgen"},
}


@pytest.mark.parametrize("what", WRONG)
def test_a_value_that_a_mail_may_not_be_given_is_refused_and_not_repeated(what: str):
    with pytest.raises(WrongValue) as refused:
        words_of("offered", context_of("offered") | WRONG[what], "nl")

    value = str(next(iter(WRONG[what].values())))
    assert not value or value not in str(refused.value)


def test_a_value_that_is_missing_is_refused():
    with pytest.raises(WrongValue, match="takes"):
        words_of("returned", {"link": EVERY["link"]}, "nl")


@pytest.mark.parametrize(("kind", "language"), [("gossip", "nl"), ("returned", "fr")])
def test_a_kind_or_language_without_a_template_is_refused(kind: str, language: str):
    with pytest.raises(WrongValue):
        words_of(kind, {}, language)


@pytest.mark.django_db
def test_a_mail_of_a_kind_goes_in_the_outbox_with_its_words():
    with transaction.atomic():
        queue_template(
            kind="unread", context=context_of("unread"), language="en", municipality="GM9901", to="an@example.nl", at=AT
        )

    row = OutgoingMessage.objects.get()
    assert (row.kind, row.language, row.subject) == ("unread", "en", "A sign has not been read yet")
    assert "a sign came in for Wijkteam Noord & Zuid" in row.body
