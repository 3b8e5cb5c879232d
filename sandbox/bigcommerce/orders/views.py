"""Orders and their parts as V2 shows them: RFC-2822 times, money as text with four decimals."""

from __future__ import annotations

from typing import Any

from sandbox.bigcommerce.moments import rfc2822
from sandbox.bigcommerce.money import ZERO, wire_money
from sandbox.bigcommerce.orders.fees import fee_view
from sandbox.bigcommerce.orders.order import (
    COSTS,
    Order,
    OrderAddress,
    OrderLine,
    Price,
    Shipment,
)
from sandbox.bigcommerce.orders.statuses import ORDER_STATUSES

Json = dict[str, Any]

NO_MONEY = wire_money(ZERO)
TEXT_DEFAULTS: Json = {
    "payment_method": "",
    "payment_provider_id": "",
    "ip_address": "",
    "ip_address_v6": "",
    "geoip_country": "",
    "geoip_country_iso2": "",
    "staff_notes": "",
    "customer_message": "",
    "ebay_order_id": "0",
    "external_source": None,
    "external_merchant_id": None,
    "external_order_id": "",
    "tax_provider_id": "",
    "customer_locale": "en",
    "order_is_digital": False,
}
PROVIDER_NAMES = {
    "auspost": "Australia Post",
    "canadapost": "Canada Post",
    "endicia": "Endicia",
    "fedex": "FedEx",
    "royalmail": "Royal Mail",
    "shipperhq": "ShipperHQ",
    "ups": "UPS",
    "upsready": "UPS® Ready",
    "usps": "USPS",
}


class OrderViews:
    """Shows the orders of one store."""

    def __init__(self, store_hash: str, currency: str) -> None:
        self._root = f"https://api.bigcommerce.com/stores/{store_hash}/v2"
        self._currency = currency

    def order(self, order: Order) -> Json:
        """The whole order; its sub-resources are links."""
        status = ORDER_STATUSES[order.status_id].name
        texts = {name: order.texts.get(name, default) for name, default in TEXT_DEFAULTS.items()}
        return {
            "id": order.id,
            "customer_id": 0,
            "date_created": rfc2822(order.created_at),
            "date_modified": rfc2822(order.modified_at),
            "date_shipped": rfc2822(order.shipped_at) if order.shipped_at else "",
            "status_id": order.status_id,
            "status": status,
            "custom_status": status,
            "channel_id": order.channel_id,
            "cart_id": "",
            "order_source": "external",
            "external_id": None,
            "is_deleted": order.is_archived,
            "is_email_opt_in": False,
            "payment_status": "",
            "credit_card_type": None,
            **texts,
            **self._money(order),
            **self._currencies(order),
            "items_total": sum(line.quantity for line in order.lines),
            "items_shipped": sum(line.quantity_shipped for line in order.lines),
            "shipping_address_count": len(order.addresses),
            "billing_address": {**order.billing_address, "form_fields": []},
            "fees": [fee_view(fee) for fee in order.fees],
            "products": self._link(order, "products"),
            "shipping_addresses": self._link(order, "shippingaddresses"),
            "coupons": self._link(order, "coupons"),
        }

    def _money(self, order: Order) -> Json:
        money = {
            **_pair("subtotal", order.subtotal),
            **_pair("total", order.total),
            "discount_amount": wire_money(order.discount),
            "coupon_discount": NO_MONEY,
            "refunded_amount": wire_money(order.refunded),
            "store_credit_amount": NO_MONEY,
            "gift_certificate_amount": NO_MONEY,
            "is_tax_inclusive_pricing": False,
        }
        for name in COSTS:
            cost = order.cost(name)
            base = order.texts.get(f"base_{name}", cost.ex_tax)
            money |= _pair(name, cost) | {
                f"base_{name}": wire_money(base),
                f"{name}_tax_class_id": 0,
            }
        return money

    def _currencies(self, order: Order) -> Json:
        return {
            "currency_id": 1,
            "currency_code": order.currency,
            "currency_exchange_rate": "1.0000000000",
            "default_currency_id": 1,
            "default_currency_code": order.currency,
            "store_default_currency_code": self._currency,
            "store_default_to_transactional_exchange_rate": "1.0000000000",
        }

    def _link(self, order: Order, name: str) -> Json:
        resource = f"/orders/{order.id}/{name}"
        return {"url": f"{self._root}{resource}", "resource": resource}

    def address(self, order: Order, address: OrderAddress) -> Json:
        """A shipping address; all products go to the first one, with all the cost."""
        is_first = address.id == order.addresses[0].id
        shipping = order.cost("shipping_cost") if is_first else Price()
        handling = order.cost("handling_cost") if is_first else Price()
        lines = order.lines if is_first else []
        return {
            "id": address.id,
            "order_id": order.id,
            **address.fields,
            "items_total": sum(line.quantity for line in lines),
            "items_shipped": sum(line.quantity_shipped for line in lines),
            "shipping_method": address.shipping_method,
            "base_cost": wire_money(shipping.ex_tax),
            **_pair("cost", shipping),
            "cost_tax_class_id": 0,
            "base_handling_cost": wire_money(handling.ex_tax),
            **_pair("handling_cost", handling),
            "handling_cost_tax_class_id": 0,
            "shipping_zone_id": 0,
            "shipping_zone_name": "",
            "shipping_quotes": self._link(order, f"shippingaddresses/{address.id}/shippingquotes"),
            "form_fields": [],
        }

    def shipment(self, order: Order, shipment: Shipment) -> Json:
        """A shipment with its addresses and items."""
        address = order.address(shipment.order_address_id)
        products = {line.id: line.product_id for line in order.lines}
        provider = shipment.fields["shipping_provider"]
        return {
            "id": shipment.id,
            "order_id": order.id,
            "customer_id": 0,
            "order_address_id": shipment.order_address_id,
            "date_created": rfc2822(shipment.created_at),
            **shipment.fields,
            "merchant_shipping_cost": wire_money(shipment.fields["merchant_shipping_cost"]),
            "shipping_provider_display_name": PROVIDER_NAMES.get(provider, ""),
            "generated_tracking_link": _tracking_link(shipment.fields),
            "billing_address": order.billing_address,
            "shipping_address": {} if address is None else address.fields,
            "items": [
                {
                    "order_product_id": line_id,
                    "product_id": products.get(line_id, 0),
                    "quantity": quantity,
                }
                for line_id, quantity in shipment.items.items()
            ],
        }


def line_view(order: Order, line: OrderLine) -> Json:
    """An order product."""
    base = line.price.ex_tax
    total = line.price.times(line.quantity)
    cost = Price(line.cost_price, line.cost_price)
    sizes = {name: wire_money(line.dimensions.get(name, ZERO)) for name in _SIZES}
    return {
        "id": line.id,
        "order_id": order.id,
        "product_id": line.product_id,
        "variant_id": line.variant_id,
        "order_pickup_method_id": 0,
        "order_address_id": order.addresses[0].id if order.addresses else 0,
        "name": line.name,
        "name_customer": line.name,
        "name_merchant": line.name,
        "sku": line.sku,
        "upc": line.upc,
        "type": "digital" if order.texts.get("order_is_digital") else "physical",
        "base_price": wire_money(base),
        **_pair("price", line.price),
        "base_total": wire_money(base * line.quantity),
        **_pair("total", total),
        **sizes,
        "quantity": line.quantity,
        "base_cost_price": wire_money(line.cost_price),
        **_pair("cost_price", cost),
        "quantity_shipped": line.quantity_shipped,
        "quantity_refunded": line.quantity_refunded,
        "brand": line.brand,
        "product_options": [{**option, "order_product_id": line.id} for option in line.options],
        **_LINE_CONSTANTS,
    }


_SIZES = ("weight", "width", "height", "depth")
_LINE_CONSTANTS: Json = {
    "is_refunded": False,
    "refund_amount": NO_MONEY,
    "return_id": 0,
    "wrapping_id": 0,
    "wrapping_name": "",
    "base_wrapping_cost": NO_MONEY,
    "wrapping_cost_ex_tax": NO_MONEY,
    "wrapping_cost_inc_tax": NO_MONEY,
    "wrapping_cost_tax": NO_MONEY,
    "wrapping_message": "",
    "event_name": None,
    "event_date": None,
    "fixed_shipping_cost": NO_MONEY,
    "ebay_item_id": "",
    "ebay_transaction_id": "",
    "option_set_id": None,
    "parent_order_product_id": None,
    "is_bundled_product": False,
    "bin_picking_number": "",
    "external_id": None,
    "applied_discounts": [],
    "configurable_fields": [],
    "gift_certificate_id": None,
}


def _pair(name: str, price: Price) -> Json:
    return {
        f"{name}_ex_tax": wire_money(price.ex_tax),
        f"{name}_inc_tax": wire_money(price.inc_tax),
        f"{name}_tax": wire_money(price.tax),
    }


def _tracking_link(fields: Json) -> str:
    carrier = fields["tracking_carrier"] or fields["shipping_provider"]
    if not fields["tracking_number"] or not carrier or fields["tracking_link"]:
        return ""
    return f"https://track.aftership.com/{carrier}/{fields['tracking_number']}"
