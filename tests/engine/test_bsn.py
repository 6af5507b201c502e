"""A BSN is found however it is written, and longer numbers are left alone."""

import pytest

from samenspel.engine.bsn import holds_bsn


@pytest.mark.parametrize("text", ["111222333", "mijn bsn is 111222333.", "111 222 333", "1112.22.333", "BSN:123456782"])
def test_nine_digits_that_pass_the_test_are_found(text: str):
    assert holds_bsn(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0320-55 51 01",
        "+31 320 55 50 11",
        "111222334",
        "000000000",
        "NL91ABNA0417164300",
        "1112223330",
        "01112223333",
    ],
)
def test_other_numbers_are_left_alone(text: str):
    assert not holds_bsn(text)
