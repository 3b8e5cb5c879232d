"""Values to store, each whole, each with only the interesting fields to be named."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from affluent.domain.account import FulfilledBy
from affluent.domain.effect import Run
from affluent.domain.listing import Listing, ListingStatus
from affluent.domain.money import Money
from affluent.domain.order import OrderState, OrderStatus, RecordedLine, RecordedOrder
from affluent.domain.plan import Change, Operation
from affluent.domain.product import Size, Variant
from affluent.domain.variation import Kinship, Parentage

NOON = datetime(2026, 11, 24, 12, 0, 0, 123456, tzinfo=UTC)
LATER = NOON + timedelta(minutes=5)
US = "ATVPDKIKX0DER"
RUN = Run("run-1", "publish_listings")


def a_variant(variant_id: int = 1, **fields: Any) -> Variant:
    values: dict[str, Any] = {
        "variant_id": variant_id,
        "product_id": 10,
        "sku": f"SKU-{variant_id}",
        "name": "Suitcase",
        "description": "<p>Rolls.</p>",
        "brand": "Rollwell",
        "price": Money(Decimal("19.90"), "USD"),
        "quantity": 7,
        "barcode": "4006381333931",
        "mpn": "RW-1",
        "condition": "New",
        "is_visible": True,
        "category_ids": (3, 1),
        "modified_at": NOON,
        "weight": "2.50",
        "weight_unit": "kg",
        "size": Size("55", None, "20.5", "centimeters"),
        "image_urls": ("https://example.com/b.jpg", "https://example.com/a.jpg"),
        "custom_fields": {"material": "ABS"},
        "options": {"Color": "Blue"},
        "metafields": {"amazon.asin": "B000TEST01"},
        "regular_price": Money(Decimal("24.90"), "USD"),
        "cost": Money(Decimal("9.50"), "USD"),
        "map_price": Money(Decimal("18.00"), "USD"),
    }
    return Variant(**{**values, **fields})


def a_listing(sku: str = "A-1", **fields: Any) -> Listing:
    values: dict[str, Any] = {
        "account": "acme-us",
        "marketplace_id": US,
        "sku": sku,
        "status": ListingStatus.LINKED,
        "selling_list": "Summer",
        "store_sku": "SKU-1",
        "variant_id": 1,
        "asin": "B000TEST01",
        "product_type": "LUGGAGE",
        "barcode": "4006381333931",
        "created_by_us": True,
        "price": Money(Decimal("24.50"), "USD"),
        "quantity": 0,
        "buyable": True,
        "reasons": ("one", "two"),
        "fingerprint": "f1",
        "beside_price": "b1",
        "lead_time_days": 2,
        "updated_at": NOON,
        "changed_on_amazon_at": LATER,
        "kinship": Kinship(Parentage.CHILD, "A-parent", "COLOR"),
    }
    return Listing(**{**values, **fields})


def an_order(order_id: str = "123-0000444-0000444", **fields: Any) -> RecordedOrder:
    values: dict[str, Any] = {
        "account": "acme-us",
        "order_id": order_id,
        "marketplace_id": US,
        "status": OrderStatus.UNSHIPPED,
        "fulfilled_by": FulfilledBy.MERCHANT,
        "state": OrderState.RECORDED,
        "created_at": NOON,
        "last_updated_at": LATER,
        "lines": (RecordedLine("item-1", "A-1", 2), RecordedLine("item-2", "A-2", 1)),
        "reason": "",
        "ship_by": LATER,
    }
    return RecordedOrder(**{**values, **fields})


def a_change(
    key: str = "A-1", operation: Operation = Operation.PUT_LISTING, **fields: Any
) -> Change:
    values: dict[str, Any] = {
        "operation": operation,
        "account": "acme-us",
        "marketplace_id": US,
        "key": key,
        "before": {"price": "18.00"},
        "after": {"price": "19.90", "quantity": 7},
        "why": "the store's price moved",
        "payload": {"productType": "LUGGAGE"},
    }
    return Change(**{**values, **fields})
