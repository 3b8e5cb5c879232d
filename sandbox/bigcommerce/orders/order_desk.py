"""Taking, changing and archiving orders."""

from __future__ import annotations

from typing import Any

from sandbox.bigcommerce.channels import Channels
from sandbox.bigcommerce.money import ZERO
from sandbox.bigcommerce.numbering import Numbering
from sandbox.bigcommerce.orders import fields
from sandbox.bigcommerce.orders.addresses import (
    billing_address,
    changed_address,
    shipping_address,
)
from sandbox.bigcommerce.orders.fees import fees_in
from sandbox.bigcommerce.orders.lines import LineReader, line_price, quantity_in
from sandbox.bigcommerce.orders.order import COSTS, Order, OrderAddress, OrderLine
from sandbox.bigcommerce.orders.order_book import OrderBook
from sandbox.bigcommerce.orders.statuses import PENDING, SHIPPED
from sandbox.bigcommerce.orders.stocktaking import Stocktaking
from sandbox.bigcommerce.refusals import V2Refusal, invalid_field, missing_field, read_only_field
from sandbox.bigcommerce.settings import StoreSettings
from sandbox.clock import SandboxClock

Json = dict[str, Any]

FIRST_ORDER_ID = 100


class OrderDesk:
    """POST, PUT and DELETE /v2/orders; refusals leave everything as it was."""

    def __init__(
        self,
        clock: SandboxClock,
        numbering: Numbering,
        book: OrderBook,
        lines: LineReader,
        stocktaking: Stocktaking,
        channels: Channels,
        settings: StoreSettings,
    ) -> None:
        self._clock = clock
        self._numbering = numbering
        self._book = book
        self._lines = lines
        self._stocktaking = stocktaking
        self._channels = channels
        self._settings = settings
        numbering.taken("order", FIRST_ORDER_ID)

    def create(self, body: Json) -> Order:
        """Take an order; the stock of tracked products falls.

        Raises:
            V2Refusal: 400 for fields and options, 409 for quantities.
        """
        fields.refuse_unwritable(body)
        for name in ("billing_address", "products"):
            if not body.get(name):
                raise missing_field(name)
        if "consignments" in body:
            raise V2Refusal(400, "Products and consignments cannot be combined in one order.")
        now = self._clock.now()
        order = Order(
            id=0,
            status_id=PENDING,
            created_at=fields.moment_in(body, "date_created") or now,
            modified_at=now,
            channel_id=1,
            currency=self._settings.currency,
            billing_address=billing_address(body["billing_address"]),
            lines=[],
            addresses=[],
        )
        self._write(order, body)
        order.addresses = self._new_addresses(order, body)
        order.lines = self._lines.read(fields.objects_in(body, "products"))
        self._stocktaking.check(order.lines, order.channel_id)
        order.id = self._numbering.next("order")
        self._book.add(order)
        self._stocktaking.follow(order)
        return order

    def update(self, order: Order, body: Json) -> None:
        """Change an order; lines without id are added, those of quantity 0 go.

        Raises:
            V2Refusal: 400 for fields and options, 409 for quantities of changed lines.
        """
        fields.refuse_unwritable(body)
        if "external_merchant_id" in body:
            raise read_only_field("external_merchant_id")
        changed = None
        if "products" in body:
            changed = self._changed_lines(order, fields.objects_in(body, "products"))
            self._stocktaking.check(changed, order.channel_id, own=order)
        addresses = self._changed_addresses(order, body)
        billing = order.billing_address
        if "billing_address" in body:
            billing = billing_address(changed_address(billing, body["billing_address"]))
        self._write(order, body)
        order.billing_address = billing
        order.addresses = addresses
        if changed is not None:
            order.lines = changed
            order.discount = ZERO
        if "external_order_id" in body:
            self._book.index_later(order)
        if changed is None or self._settings.edit_order_stock_adjustment:
            self._stocktaking.follow(order)
        self.touch(order)

    def move_to(self, order: Order, status_id: int) -> None:
        """Set the status, and what follows from it."""
        self._set_status(order, status_id)
        self._stocktaking.follow(order)
        self.touch(order)

    def refunded(self, order: Order, status_id: int) -> None:
        """Set the status after a refund, which leaves the stock as it is."""
        self._set_status(order, status_id)
        self.touch(order)

    def archive(self, order: Order) -> None:
        """Take the order out of the lists; the stock stays as it is."""
        order.is_archived = True
        self.touch(order)

    def touch(self, order: Order) -> None:
        """Date the order's change to now."""
        order.modified_at = self._clock.now()

    def _write(self, order: Order, body: Json) -> None:
        """Check the plain fields of a request, then set them all."""
        texts = fields.texts_in(body)
        costs = {name: fields.pair_in(body, name) for name in COSTS}
        subtotal, total = fields.pair_in(body, "subtotal"), fields.pair_in(body, "total")
        base_costs = {n: fields.money_in(body, n) for n in fields.MONEY_FIELDS if n in body}
        fees = fees_in(body, self._numbering)
        status_id = fields.status_in(body)
        digital = fields.digital_in(body)
        discount = fields.money_in(body, "discount_amount") if "discount_amount" in body else None
        fields.customer_in(body)
        channel_id, currency = self._channel(body, order), self._currency(body, order)

        order.texts |= texts | base_costs
        order.costs |= {name: price for name, price in costs.items() if price is not None}
        order.given_subtotal = subtotal or order.given_subtotal
        order.given_total = total or order.given_total
        order.fees = order.fees if fees is None else fees
        order.discount = order.discount if discount is None else discount
        order.channel_id, order.currency = channel_id, currency
        if "payment_provider_id" in body:
            order.texts["payment_provider_id"] = body["payment_provider_id"]
        if digital is not None:
            order.texts["order_is_digital"] = digital
        if status_id is not None:
            self._set_status(order, status_id)

    def _set_status(self, order: Order, status_id: int) -> None:
        if status_id == SHIPPED and order.shipped_at is None:
            order.shipped_at = self._clock.now()
        order.status_id = status_id

    def _channel(self, body: Json, order: Order) -> int:
        if "channel_id" not in body:
            return order.channel_id
        channel_id = fields.whole_number(body["channel_id"])
        if channel_id is None or not self._channels.takes_orders(channel_id):
            raise invalid_field("channel_id")
        return channel_id

    def _currency(self, body: Json, order: Order) -> str:
        code = body.get("default_currency_code", order.currency)
        if not isinstance(code, str) or not self._settings.accepts_currency(code):
            raise invalid_field("default_currency_code")
        return code

    def _new_addresses(self, order: Order, body: Json) -> list[OrderAddress]:
        if order.texts.get("order_is_digital"):
            return []
        given = []
        if "shipping_addresses" in body:
            given = fields.objects_in(body, "shipping_addresses")
        return [
            OrderAddress(
                self._numbering.next("order_address"),
                shipping_address(each),
                each.get("shipping_method", ""),
            )
            for each in given or [order.billing_address]
        ]

    def _changed_addresses(self, order: Order, body: Json) -> list[OrderAddress]:
        if "shipping_addresses" not in body:
            return order.addresses
        given = {each.get("id"): each for each in fields.objects_in(body, "shipping_addresses")}
        if not given.keys() <= {address.id for address in order.addresses}:
            raise invalid_field("shipping_addresses.id")
        return [
            OrderAddress(
                known.id,
                changed_address(known.fields, given.get(known.id, {})),
                given.get(known.id, {}).get("shipping_method", known.shipping_method),
            )
            for known in order.addresses
        ]

    def _changed_lines(self, order: Order, given: list[Json]) -> list[OrderLine]:
        changes = {each["id"]: each for each in given if each.get("id")}
        if not changes.keys() <= {line.id for line in order.lines}:
            raise invalid_field("products.id")
        kept = [
            _changed_line(line, changes.get(line.id, {}))
            for line in order.lines
            if changes.get(line.id, {}).get("quantity") != 0
        ]
        return kept + self._lines.read([each for each in given if not each.get("id")])


def _changed_line(line: OrderLine, change: Json) -> OrderLine:
    return OrderLine(
        **{
            **vars(line),
            "name": change.get("name", line.name),
            "quantity": quantity_in(change) if "quantity" in change else line.quantity,
            "price": line_price(change, line.price),
        }
    )
