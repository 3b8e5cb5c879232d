"""What happens in the demo's world: the store changes, buyers buy, a parcel leaves.

Everything is decided once, before it is done, so that a demo that was killed does the same again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from connectors.sandbox_admin import SandboxAdmin

_CENT: Final = Decimal("0.01")
#: In the demo's own catalog: two products with a mandatory modifier, with and without a default.
_WITH_MODIFIERS: Final = ("KIT-KNIFEBLOCK-OILED", "KIT-BOARD-ENGRAVED")


@dataclass(frozen=True, slots=True)
class OnSale:
    """A listing that can be bought on Amazon, with the store's side of it."""

    sku: str
    variant_id: int
    price: Decimal
    stock: int


def on_sale(admin: SandboxAdmin) -> list[OnSale]:
    """What is buyable on Amazon and tracked in the store under the same SKU, by SKU."""
    variants = {
        variant["sku"]: variant
        for product in admin.bigcommerce_products()
        for variant in product["variants"]
    }
    return [
        OnSale(
            listing["sku"],
            variants[listing["sku"]]["id"],
            Decimal(str(listing["price"])),
            listing["quantity"],
        )
        for listing in sorted(admin.amazon_listings(), key=lambda one: str(one["sku"]))
        if "BUYABLE" in listing["status"] and listing["sku"] in variants and listing["quantity"]
    ]


def decide_store_changes(choices: Sequence[OnSale]) -> list[dict[str, Any]]:
    """Prices rise by 5 %, stocks fall, one sells out."""
    chosen = choices[:9]
    prices: list[dict[str, Any]] = [
        {"variant": one.variant_id, "changes": {"price": str(_raised(one.price))}}
        for one in chosen[:4]
    ]
    stocks = [
        {"variant": one.variant_id, "changes": {"inventory_level": one.stock // 2 + 1}}
        for one in chosen[4:8]
    ]
    sold_out = [
        {"variant": one.variant_id, "changes": {"inventory_level": 0}} for one in chosen[8:9]
    ]
    return [*prices, *stocks, *sold_out]


def change_store(admin: SandboxAdmin, changes: Sequence[dict[str, Any]]) -> None:
    """Make the decided changes; making them twice makes no difference."""
    for change in changes:
        admin.patch_variant(change["variant"], change["changes"])


def decide_orders(choices: Sequence[OnSale], marketplace_id: str) -> list[dict[str, Any]]:
    """Orders of every kind: one line, two lines, an unmatched SKU, one short of stock, one FBA,
    one unpaid, and those with modifiers where the catalog has such products."""
    plain = [one for one in choices if one.stock >= 5 and one.sku not in _WITH_MODIFIERS]
    scarce = min(choices, key=lambda one: (one.stock, one.sku))
    wanted: list[dict[str, Any]] = [
        {"items": [_item(plain[0])]},
        {"items": [_item(plain[1]), _item(plain[2], 2)]},
        {"items": [_item(plain[3], 3), _item(plain[4])]},
        {"items": [_item(plain[5]), _stranger()]},
        {"items": [{"sku": scarce.sku, "quantity": scarce.stock + 2}]},
        {"items": [_item(plain[6])], "fulfilledBy": "AMAZON"},
        {"items": [_item(plain[7])], "status": "PENDING"},
    ]
    special = [one for one in choices if one.sku in _WITH_MODIFIERS]
    wanted += [{"items": [_item(one)]} for one in special]
    return [
        order
        | {
            "orderId": f"701-{4400001 + number:07d}-{1100001 + number:07d}",
            "marketplaceId": marketplace_id,
        }
        for number, order in enumerate(wanted)
    ]


def place_orders(admin: SandboxAdmin, orders: Sequence[dict[str, Any]]) -> None:
    """Place the decided orders that are not there yet."""
    there = {order["orderId"] for order in admin.amazon_orders()}
    for order in orders:
        if order["orderId"] not in there:
            admin.place_order(order)


def ship_first_order(admin: SandboxAdmin, order_id: str) -> None:
    """Ship the store's order for one Amazon order, unless it has left already."""
    for order in admin.bigcommerce_orders():
        if order["external_order_id"] == order_id and not order["shipments"]:
            admin.ship(
                order["id"], {"tracking_number": "1Z999AA10123456784", "shipping_provider": "ups"}
            )


def _item(one: OnSale, quantity: int = 1) -> dict[str, Any]:
    return {"sku": one.sku, "quantity": quantity}


def _stranger() -> dict[str, Any]:
    return {"sku": "NOT-IN-THE-STORE", "quantity": 1, "price": "9.90", "title": "A stranger"}


def _raised(price: Decimal) -> Decimal:
    return (price * Decimal("1.05")).quantize(_CENT)
