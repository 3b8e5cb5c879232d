"""Tracking numbers as merchants write them."""

from __future__ import annotations

import pytest

from affluent.shipments.tracking import tracking_numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", ()),
        ("  ", ()),
        (" 1Z 999 AA1 01 2345 6784 ", ("1Z999AA10123456784",)),
        ("1Z1, 1Z2", ("1Z1", "1Z2")),
        ("1Z1;1Z2\n1Z3", ("1Z1", "1Z2", "1Z3")),
        ("1Z1 / 1Z2 and 1Z3", ("1Z1", "1Z2", "1Z3")),
        ("1Z1,,1Z1", ("1Z1",)),
        (
            "9400100000000000000000 9400100000000000000017",
            ("9400100000000000000000", "9400100000000000000017"),
        ),
        ("9400 1000 0000 0000 0000 00", ("9400100000000000000000",)),
        ("ANDREA-12", ("ANDREA-12",)),
    ],
)
def test_numbers_lose_their_spaces_and_are_parted(text: str, numbers: tuple[str, ...]) -> None:
    assert tracking_numbers(text) == numbers
