"""Orders as Amazon answers them, and as we record them."""

from __future__ import annotations

from typing import Any

from affluent.domain.account import Account, FulfilledBy
from affluent.domain.order import (
    AmazonOrder,
    AmazonOrderLine,
    Buyer,
    OrderState,
    OrderStatus,
    Recipient,
    RecordedLine,
    RecordedOrder,
)
from tests.builders.catalog import ACCOUNT, US, usd
from tests.fakes.clock import NOON

ORDER_ID = "123-0000444-0000444"


def account(**fields: Any) -> Account:
    values: dict[str, Any] = {"name": ACCOUNT, "seller_id": "A1SELLER", "marketplaces": (US,)}
    return Account(**{**values, **fields})


def order_line(number: int = 1, **fields: Any) -> AmazonOrderLine:
    """A line of two units of variant `number`."""
    values: dict[str, Any] = {
        "order_item_id": f"item-{number}",
        "sku": f"SKU-{number}",
        "asin": f"B0-SKU-{number}",
        "title": f"Suitcase {number}",
        "quantity": 2,
        "unit_price": usd("19.90"),
        "tax": usd("3.18"),
        "shipping": usd("4.99"),
        "shipping_tax": usd("0.40"),
        "gift_wrap": usd("0"),
        "discount": usd("0"),
    }
    return AmazonOrderLine(**{**values, **fields})


def amazon_order(order_id: str = ORDER_ID, **fields: Any) -> AmazonOrder:
    """A paid order of one line that the merchant ships."""
    values: dict[str, Any] = {
        "order_id": order_id,
        "marketplace_id": US.marketplace_id,
        "status": OrderStatus.UNSHIPPED,
        "fulfilled_by": FulfilledBy.MERCHANT,
        "created_at": NOON,
        "last_updated_at": NOON,
        "currency": "USD",
        "lines": (order_line(),),
        "buyer": Buyer("Ada Buyer", "ada@marketplace.example"),
        "recipient": Recipient("Ada Buyer", "", "1 Main St", "", "Reno", "NV", "89501", "US"),
    }
    return AmazonOrder(**{**values, **fields})


def recorded_order(order_id: str = ORDER_ID, **fields: Any) -> RecordedOrder:
    """An order that stands in the store as order 100."""
    values: dict[str, Any] = {
        "account": ACCOUNT,
        "order_id": order_id,
        "marketplace_id": US.marketplace_id,
        "status": OrderStatus.UNSHIPPED,
        "fulfilled_by": FulfilledBy.MERCHANT,
        "state": OrderState.IMPORTED,
        "created_at": NOON,
        "last_updated_at": NOON,
        "lines": (RecordedLine("item-1", "SKU-1", 2, "SKU-1"),),
        "store_order_id": 100,
    }
    return RecordedOrder(**{**values, **fields})
