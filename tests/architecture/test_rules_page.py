"""docs/rules.md says what the rules and the framework that ships say."""

from tests.architecture.write_rules import FILE, rules_page


def test_the_page_of_the_rules_is_current() -> None:
    assert FILE.read_text(encoding="utf-8") == rules_page(), "run `make docs`"
