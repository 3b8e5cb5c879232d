"""confirmShipment of Orders v0: the package that a request describes, checked on its order."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sandbox.amazon.orders.order import (
    AMAZON,
    PARTIALLY_SHIPPED,
    SHIPPED,
    UNSHIPPED,
    Order,
    Package,
)
from sandbox.amazon.wire import BadRequest, Json, parse_timestamp

OTHER_CARRIER = "Other"
CLOCK_TOLERANCE = timedelta(minutes=5)


def confirm_shipment(order: Order, body: Json, moment: datetime) -> None:
    """Add the package to the order, or edit the one with its id. Raises BadRequest."""
    detail = body.get("packageDetail")
    if not isinstance(detail, dict):
        raise BadRequest("packageDetail is required.")
    if body.get("marketplaceId") != order.marketplace_id:
        raise BadRequest("marketplaceId does not match the order.")
    reference_id = _reference_id(detail)
    _check_status(order, reference_id)
    earlier = order.packages.get(reference_id)
    package = Package(
        reference_id=reference_id,
        created_at=earlier.created_at if earlier else moment,
        carrier=_carrier(detail),
        shipping_method=detail.get("shippingMethod"),
        tracking_number=_text(detail, "trackingNumber"),
        shipped_at=_ship_date(detail, order, moment),
        quantities=_quantities(order, detail.get("orderItems"), reference_id),
    )
    order.add_package(package, moment)


def _reference_id(detail: Json) -> str:
    reference_id = detail.get("packageReferenceId")
    is_numeric = isinstance(reference_id, str) and reference_id.isdecimal()
    if not is_numeric or int(str(reference_id)) == 0:
        raise BadRequest("PackageReferenceId: is invalid, must be a positive numeric value.")
    return str(reference_id)


def _check_status(order: Order, reference_id: str) -> None:
    if order.fulfilled_by == AMAZON:
        raise BadRequest("The order is fulfilled by Amazon.")
    if order.status not in (UNSHIPPED, PARTIALLY_SHIPPED, SHIPPED):
        raise BadRequest(f"The order cannot be shipped: it is {order.status}.")
    if order.status == SHIPPED and reference_id not in order.packages:
        raise BadRequest(
            "Failed to create package due to not finding a matching package or order already "
            "fulfilled. (PackageToUpdateNotFound)"
        )


def _carrier(detail: Json) -> str:
    code = _text(detail, "carrierCode")
    return _text(detail, "carrierName") if code == OTHER_CARRIER else code


def _ship_date(detail: Json, order: Order, moment: datetime) -> datetime:
    try:
        shipped_at = parse_timestamp(_text(detail, "shipDate"))
    except ValueError:
        raise BadRequest("shipDate must be in ISO 8601 format.") from None
    if shipped_at > moment + CLOCK_TOLERANCE:
        raise BadRequest("shipDate must not lie in the future.")
    if shipped_at < order.created_at - CLOCK_TOLERANCE:
        raise BadRequest("shipDate must not lie before the purchase.")
    return shipped_at


def _text(detail: Json, name: str) -> str:
    value = detail.get(name)
    if not isinstance(value, str) or not value:
        raise BadRequest(f"{name} is required.")
    return value


def _quantities(order: Order, items: Any, reference_id: str) -> dict[str, int]:
    if not isinstance(items, list) or not items:
        raise BadRequest("orderItems must be an array that is not empty.")
    quantities: dict[str, int] = {}
    for item in items:
        order_item_id = item.get("orderItemId") if isinstance(item, dict) else None
        line = next((one for one in order.lines if one.order_item_id == order_item_id), None)
        quantity = item.get("quantity") if line else None
        if line is None or not isinstance(quantity, int) or quantity < 1:
            raise BadRequest("orderItems: an orderItemId or a quantity is invalid.")
        quantities[line.order_item_id] = quantities.get(line.order_item_id, 0) + quantity
        shipped = order.shipped_quantity(line.order_item_id, without=reference_id)
        if shipped + quantities[line.order_item_id] > order.to_ship(line):
            raise BadRequest("orderItems: a quantity exceeds what is left to ship.")
    return quantities
