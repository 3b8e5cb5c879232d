"""Step 7: both sides read back through the sandbox's own port, and held against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from affluent.domain.listing import Listing, ListingStatus
from affluent.domain.order import OrderState, RecordedOrder
from affluent.domain.reservation import reserved_units
from connectors.sandbox_admin import SandboxAdmin


@dataclass(frozen=True, slots=True)
class Verdict:
    """What both sides show at the end. `disagreements` are sentences; empty means they agree."""

    products: int
    effective: int
    disagreements: tuple[str, ...]


def judge(
    admin: SandboxAdmin, listings: Sequence[Listing], orders: Sequence[RecordedOrder]
) -> Verdict:
    """Hold our records, the store and Amazon against each other."""
    products = admin.bigcommerce_products()
    variants = {one["sku"]: one for product in products for one in product["variants"]}
    shown = {one["sku"]: one for one in admin.amazon_listings()}
    linked = [one for one in listings if one.status is ListingStatus.LINKED]
    reserved = reserved_units(orders, {one.sku: one.store_sku for one in listings})
    wrong = list(_offers_that_differ(linked, variants, shown, reserved))
    wrong_orders = _orders_that_differ(orders, admin.amazon_orders(), admin.bigcommerce_orders())
    return Verdict(
        products=len(products),
        effective=len(linked) - len(wrong),
        disagreements=(*wrong, *wrong_orders),
    )


def _offers_that_differ(
    linked: Sequence[Listing],
    variants: Mapping[str, Any],
    shown: Mapping[str, Any],
    reserved: Mapping[str, int],
) -> Iterator[str]:
    for listing in linked:
        variant, offer = variants[listing.store_sku], shown.get(listing.sku)
        if offer is None:
            yield f"{listing.sku} is not on Amazon."
            continue
        if _decimal(offer["price"]) != _decimal(variant["calculated_price"]):
            yield (
                f"{listing.sku} costs {offer['price']} on Amazon and "
                f"{variant['calculated_price']} in the store."
            )
        free = max(variant["inventory_level"] - reserved.get(listing.store_sku, 0), 0)
        if not listing.fulfilled_by_amazon and offer["quantity"] != free:
            yield f"{listing.sku} has {offer['quantity']} on Amazon and {free} free in the store."


def _orders_that_differ(
    recorded: Sequence[RecordedOrder],
    on_amazon: Sequence[Mapping[str, Any]],
    in_store: Sequence[Mapping[str, Any]],
) -> Iterator[str]:
    times = Counter(order["external_order_id"] for order in in_store)
    packages = {order["orderId"]: order.get("packages") or [] for order in on_amazon}
    shipped = {order["external_order_id"] for order in in_store if order["shipments"]}
    wanted = (OrderState.IMPORTED, OrderState.SHIPPED)
    if len(recorded) != len(on_amazon):
        yield f"Amazon has {len(on_amazon)} orders, and {len(recorded)} are recorded."
    for order in recorded:
        expected = 1 if order.state in wanted else 0
        if times[order.order_id] != expected:
            yield f"Order {order.order_id} is {order.state}, {times[order.order_id]} in the store."
        if bool(packages.get(order.order_id)) != (order.order_id in shipped):
            yield f"Order {order.order_id} is shipped on one side only."


def _decimal(value: object) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.01"))
