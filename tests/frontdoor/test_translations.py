"""Every Dutch text has its English, with the same names to fill in and the same markup."""

import re

from babel.messages.pofile import read_po

from tests.frontdoor.messages import PACKAGE, messages

CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"


def english() -> dict[str, str]:
    with CATALOGUE.open("rb") as file:
        pairs = [(m.id, m.string) for m in read_po(file) if m.id and not m.fuzzy]
    return {
        dutch: english
        for id_, string in pairs
        for dutch, english in (zip(id_, string, strict=True) if isinstance(id_, tuple) else [(id_, string)])
    }


def test_every_text_of_the_interface_is_translated():
    translated = english()
    missing = {text: place for text, place in messages().items() if not translated.get(text)}

    assert missing == {}


def test_no_translation_is_left_of_a_text_that_is_gone():
    known = messages()

    assert [text for text in english() if text not in known] == []


def test_a_translation_fills_in_the_same_names_and_keeps_the_markup():
    unlike = [dutch for dutch, english_text in english().items() if _fixed(dutch) != _fixed(english_text)]

    assert unlike == []


def test_texts_of_templates_and_of_code_are_noticed():
    texts = messages()

    assert "Waar kunnen we mee helpen?" in texts  # a template
    assert "gratis" in texts  # a label of a model
    assert any("class=" in text for text in texts)  # a block with markup


def _fixed(text: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)\d*[sd]|<[^>]+>", text))
