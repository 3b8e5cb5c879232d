"""An order in the form of the Orders API 2026-01-01."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from sandbox.amazon.marketplaces import MARKETPLACES
from sandbox.amazon.orders.order import (
    BUYER,
    CANCELLED,
    MERCHANT,
    Order,
    OrderLine,
    Package,
)
from sandbox.amazon.wire import Json, money, timestamp

INCLUDED_DATA = (
    "BUYER",
    "RECIPIENT",
    "PROCEEDS",
    "EXPENSE",
    "PROMOTION",
    "CANCELLATION",
    "FULFILLMENT",
    "PACKAGES",
    "TAX",
    "PAYMENT",
    "FULFILLMENT_ORDERS",
)
SHIP_WITHIN = timedelta(days=2)
DELIVER_AFTER = timedelta(days=3)
DELIVER_WITHIN = timedelta(days=7)


def order_json(order: Order, included: Collection[str]) -> Json:
    """The order with the data sets that were asked for; unpaid, it has no price or address."""
    body: Json = {
        "orderId": order.order_id,
        "createdTime": timestamp(order.created_at),
        "lastUpdatedTime": timestamp(order.updated_at),
        "programs": list(order.programs),
        "salesChannel": {
            "channelName": "AMAZON",
            "marketplaceId": order.marketplace_id,
            "marketplaceName": MARKETPLACES[order.marketplace_id].name,
        },
        "orderItems": [_item(order, line, included) for line in order.lines],
    }
    for name, (key, build) in _DATA_SETS.items():
        value = build(order) if name in included else None
        if value is not None:
            body[key] = value
    return body


def _item(order: Order, line: OrderLine, included: Collection[str]) -> Json:
    product: Json = {
        "asin": line.asin,
        "title": line.title,
        "sellerSku": line.sku,
        "condition": {"conditionType": "NEW", "conditionSubtype": "NEW"},
    }
    item: Json = {
        "orderItemId": line.order_item_id,
        "quantityOrdered": line.quantity,
        "product": product,
    }
    if order.is_paid:
        product["price"] = {"unitPrice": money(line.unit_price, order.currency)}
        if "PROCEEDS" in included:
            item["proceeds"] = _item_proceeds(order, line)
    if "FULFILLMENT" in included:
        shipped = order.shipped_quantity(line.order_item_id)
        item["fulfillment"] = {
            "quantityFulfilled": shipped,
            "quantityUnfulfilled": order.to_ship(line) - shipped,
        }
    if "CANCELLATION" in included and (cancellation := _cancellation(order, line)):
        item["cancellation"] = cancellation
    return item


def _cancellation(order: Order, line: OrderLine) -> Json:
    cancellation: Json = {}
    if line.order_item_id in order.cancel_requested:
        cancellation["cancellationRequest"] = {
            "requester": BUYER,
            "cancelReason": "The buyer's own words: call 555-0100",
        }
    if line.order_item_id in order.cancelled_items:
        by = order.cancelled_items[line.order_item_id]
        cancellation["cancellationExecution"] = {"cancelledBy": by}
    elif order.status == CANCELLED:
        execution = {"cancelledBy": order.cancelled_by}
        if order.cancel_reason:
            execution["cancelReason"] = order.cancel_reason
        cancellation["cancellationExecution"] = execution
    return cancellation


def _breakdowns(line: OrderLine) -> Iterator[tuple[str, Decimal]]:
    yield "ITEM", line.unit_price * line.quantity
    if line.shipping:
        yield "SHIPPING", line.shipping
    if line.tax:
        yield "TAX", line.tax


def _item_proceeds(order: Order, line: OrderLine) -> Json:
    return {
        "proceedsTotal": money(line.total, order.currency),
        "breakdowns": [
            {"type": kind, "subtotal": money(amount, order.currency)}
            for kind, amount in _breakdowns(line)
        ],
    }


def _proceeds(order: Order) -> Json | None:
    if not order.is_paid:
        return None
    totals: dict[str, Decimal] = {}
    for line in order.lines:
        for kind, amount in _breakdowns(line):
            totals[kind] = totals.get(kind, Decimal(0)) + amount
    return {
        "grandTotal": money(sum(totals.values(), Decimal(0)), order.currency),
        "breakdowns": [
            {"type": kind, "subtotal": money(amount, order.currency)}
            for kind, amount in totals.items()
        ],
    }


def _buyer(order: Order) -> Json | None:
    if not order.is_paid:
        return None
    buyer = dict(order.buyer)
    if order.fulfilled_by != MERCHANT:
        buyer.pop("buyerEmail", None)
    return buyer


def _recipient(order: Order) -> Json | None:
    if not order.is_paid:
        return None
    address = dict(order.recipient)
    if order.fulfilled_by != MERCHANT:
        address.pop("phone", None)
    return {"deliveryAddress": address}


def _fulfillment(order: Order) -> Json:
    created = order.created_at
    return {
        "fulfillmentStatus": order.status,
        "fulfilledBy": order.fulfilled_by,
        "fulfillmentServiceLevel": "STANDARD",
        "shipByWindow": _window(created, created + SHIP_WITHIN),
        "deliverByWindow": _window(created + DELIVER_AFTER, created + DELIVER_WITHIN),
    }


def _window(earliest: datetime, latest: datetime) -> Json:
    return {"earliestDateTime": timestamp(earliest), "latestDateTime": timestamp(latest)}


def _packages(order: Order) -> list[Json]:
    return [_package(package) for package in order.packages.values()]


def _package(package: Package) -> Json:
    body: Json = {
        "packageReferenceId": package.reference_id,
        "createdTime": timestamp(package.created_at),
        "packageStatus": {"status": "SHIPPED"},
        "carrier": package.carrier,
        "shipTime": timestamp(package.shipped_at),
        "trackingNumber": package.tracking_number,
        "packageItems": [
            {"orderItemId": order_item_id, "quantity": quantity}
            for order_item_id, quantity in package.quantities.items()
        ],
    }
    if package.shipping_method:
        body["shippingService"] = package.shipping_method
    return body


_DATA_SETS: dict[str, tuple[str, Callable[[Order], Json | list[Json] | None]]] = {
    "BUYER": ("buyer", _buyer),
    "RECIPIENT": ("recipient", _recipient),
    "PROCEEDS": ("proceeds", _proceeds),
    "FULFILLMENT": ("fulfillment", _fulfillment),
    "PACKAGES": ("packages", _packages),
}
