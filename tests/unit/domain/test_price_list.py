"""What a price list asks, and for which variants."""

from decimal import Decimal

import pytest

from affluent.domain.price_list import PriceRecord, at_list_price
from tests.builders.catalog import usd, variant


@pytest.mark.parametrize(
    ("price", "sale_price", "asked"),
    [
        ("12.50", "10.00", "10.00"),
        ("12.50", "0", "12.50"),
        ("12.50", None, "12.50"),
        (None, "9", "9"),
        ("0", None, "0"),
        ("0", "0", "0"),
        (None, None, None),
        (None, "0", None),
    ],
)
def test_a_sale_goes_before_the_price_and_nothing_is_nothing(
    price: str | None, sale_price: str | None, asked: str | None
) -> None:
    record = PriceRecord(1, "USD", price and Decimal(price), sale_price and Decimal(sale_price))

    assert record.asked == (None if asked is None else usd(asked))


def test_a_variant_that_the_list_does_not_name_keeps_its_price() -> None:
    prices = {1: usd("12.50")}

    assert at_list_price(variant(1), prices) == variant(1, price=usd("12.50"))
    assert at_list_price(variant(2), prices) == variant(2)
