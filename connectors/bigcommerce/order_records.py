"""Orders answers -> `StoreOrder`, its lines, shipments and refunds; no address is ever read.

Orders V2: https://docs.bigcommerce.com/docs/rest-management/orders
"""

from __future__ import annotations

from decimal import Decimal

from affluent.domain.cancellation import StoreRefund
from affluent.domain.order import StoreOrder, StoreOrderLine
from affluent.domain.shipment import ShippedLine, StoreShipment
from connectors.bigcommerce.fields import Record, amount, moment, records, text, whole


def map_order(order: Record) -> StoreOrder:
    """One order of GET or POST /v2/orders."""
    return StoreOrder(
        order_id=whole(order, "id") or 0,
        status_id=whole(order, "status_id") or 0,
        external_order_id=text(order, "external_order_id"),
        modified_at=moment(order, "date_modified"),
        currency=text(order, "currency_code"),
    )


def map_refund(refund: Record) -> StoreRefund:
    """One refund of GET /v3/orders/payment_actions/refunds; nothing of its reason is kept."""
    return StoreRefund(
        refund_id=whole(refund, "id") or 0,
        order_id=whole(refund, "order_id") or 0,
        amount=amount(refund, "total_amount") or Decimal(0),
        created_at=moment(refund, "created"),
    )


def map_line(line: Record) -> StoreOrderLine:
    """One line of GET /v2/orders/{id}/products; a custom line has the product id 0."""
    return StoreOrderLine(
        line_id=whole(line, "id") or 0,
        sku=text(line, "sku"),
        name=text(line, "name"),
        product_id=whole(line, "product_id") or 0,
        quantity=whole(line, "quantity") or 0,
        quantity_shipped=whole(line, "quantity_shipped") or 0,
    )


def map_shipment(shipment: Record) -> StoreShipment:
    """One shipment of GET /v2/orders/{id}/shipments."""
    return StoreShipment(
        shipment_id=whole(shipment, "id") or 0,
        order_id=whole(shipment, "order_id") or 0,
        created_at=moment(shipment, "date_created"),
        tracking_number=text(shipment, "tracking_number"),
        provider=_provider(shipment),
        tracking_carrier=text(shipment, "tracking_carrier"),
        method=text(shipment, "shipping_method"),
        lines=tuple(
            ShippedLine(whole(item, "order_product_id") or 0, whole(item, "quantity") or 0)
            for item in records(shipment, "items")
        ),
    )


def _provider(shipment: Record) -> str:
    """The provider's code; of one that a merchant connected himself (carrier_7), its name."""
    code = text(shipment, "shipping_provider")
    shown = text(shipment, "shipping_provider_display_name")
    return shown if shown and code.startswith("carrier_") else code
