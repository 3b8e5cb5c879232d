"""What the admin port shows of products and orders, and the shipments that it makes."""

from __future__ import annotations

from typing import Any

from sandbox.bigcommerce.catalog.products import Product
from sandbox.bigcommerce.money import wire_money
from sandbox.bigcommerce.orders.order import Order, OrderLine, Shipment
from sandbox.bigcommerce.orders.statuses import ORDER_STATUSES

Json = dict[str, Any]


def product_summary(product: Product) -> Json:
    """A product with its variants, without texts and pictures."""
    shown = ("sku", "price", "sale_price", "calculated_price", "inventory_level")
    return {
        "id": product.id,
        "name": product.get("name"),
        "sku": product.get("sku"),
        "price": product.get("price"),
        "inventory_tracking": product.tracking,
        "inventory_level": product.get("inventory_level"),
        "is_visible": product.get("is_visible"),
        "date_modified": product.get("date_modified"),
        "variants": [
            {"id": variant["id"], **{name: variant.get(name) for name in shown}}
            for variant in product.variants
        ],
    }


def order_summary(order: Order) -> Json:
    """An order without its buyer."""
    return {
        "id": order.id,
        "status_id": order.status_id,
        "status": ORDER_STATUSES[order.status_id].name,
        "is_archived": order.is_archived,
        "channel_id": order.channel_id,
        "external_order_id": order.texts.get("external_order_id"),
        "external_source": order.texts.get("external_source"),
        "currency": order.currency,
        "total_inc_tax": wire_money(order.total.inc_tax),
        "total_ex_tax": wire_money(order.total.ex_tax),
        "products": [_line_summary(line) for line in order.lines],
        "shipments": [_shipment_summary(shipment) for shipment in order.shipments.values()],
    }


def _line_summary(line: OrderLine) -> Json:
    return {
        "id": line.id,
        "product_id": line.product_id,
        "variant_id": line.variant_id,
        "sku": line.sku,
        "name": line.name,
        "quantity": line.quantity,
        "quantity_shipped": line.quantity_shipped,
        "price_inc_tax": wire_money(line.price.inc_tax),
    }


def _shipment_summary(shipment: Shipment) -> Json:
    shown = ("tracking_number", "shipping_provider", "tracking_carrier", "shipping_method")
    return {
        "id": shipment.id,
        **{name: shipment.fields[name] for name in shown},
        "items": [
            {"order_product_id": line_id, "quantity": quantity}
            for line_id, quantity in shipment.items.items()
        ],
    }


def shipment_request(order: Order, body: Json) -> Json:
    """The request for a shipment, with the order's address and all open items by default."""
    left = [
        {"order_product_id": line.id, "quantity": line.unshipped}
        for line in order.lines
        if line.unshipped
    ]
    address_id = order.addresses[0].id if order.addresses else None
    return {"order_address_id": address_id, "items": left, **body}
