"""The port StoreOrdersPort: Orders V2, and the refunds of V3.

BigCommerce knows no idempotency key: `create` sends one request and leaves it to the caller to
look with `find` wherever the outcome is unknown.
Orders V2: https://docs.bigcommerce.com/docs/rest-management/orders
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from affluent.domain.cancellation import StoreRefund
from affluent.domain.order import OrderDraft, StoreOrder, StoreOrderLine
from affluent.domain.shipment import StoreShipment
from connectors.bigcommerce.api import LARGEST_PAGE, Query, StoreApi, rows_of
from connectors.bigcommerce.fields import Record, as_iso_8601, text
from connectors.bigcommerce.order_bodies import order_body
from connectors.bigcommerce.order_records import map_line, map_order, map_refund, map_shipment
from connectors.bigcommerce.settings import SettingsReader

#: BigCommerce dates orders by the second.
_RESOLUTION = timedelta(seconds=1)


class StoreOrders:
    """The store's orders. Thread-safe."""

    def __init__(self, api: StoreApi, settings: SettingsReader, channel_id: int) -> None:
        self._api = api
        self._settings = settings
        self._channel_id = channel_id

    def find(self, external_order_id: str) -> list[StoreOrder]:
        """The store's orders that carry this Amazon order id."""
        query = {"external_order_id": external_order_id}
        return [
            order
            for page in self._api.v2_pages("getOrders", "/v2/orders", query)
            for row in page
            if (order := map_order(row)).external_order_id == external_order_id
        ]

    def create(self, draft: OrderDraft) -> StoreOrder:
        """Create an order, with one request that is never repeated once it may have been taken."""
        body = order_body(draft, self._channel_id, self._settings.known())
        return self._api.post_once("createOrder", "/v2/orders", body).read(_created)

    def modified_since(self, since: datetime) -> Iterator[StoreOrder]:
        """Orders modified since then, oldest first; one that is modified meanwhile comes again.

        The list moves while it is read. So each page starts a second before the last order of the
        page before, and a page is counted on only where all of it lies within that second.
        """
        start, page = since, 1
        seen: set[tuple[int, datetime]] = set()
        while rows := self._modified_page(start, page):
            orders = [map_order(row) for row in rows]
            for order in orders:
                if (version := (order.order_id, order.modified_at)) not in seen:
                    seen.add(version)
                    yield order
            if len(rows) < LARGEST_PAGE:
                return
            next_start = orders[-1].modified_at - _RESOLUTION
            start, page = (next_start, 1) if next_start > start else (start, page + 1)

    def lines(self, order_id: int) -> tuple[StoreOrderLine, ...]:
        """The order's lines."""
        pages = self._api.v2_pages("getOrderProducts", f"/v2/orders/{order_id}/products", {})
        return tuple(map_line(row) for page in pages for row in page)

    def order(self, order_id: int) -> StoreOrder:
        """One order as it is now."""
        return self._api.get("getOrder", f"/v2/orders/{order_id}").read(map_order)

    def change(self, order_id: int, note: str, status_id: int | None = None) -> StoreOrder:
        """Add a sentence to the staff notes, once, and set the status if one is given.

        The notes, which may speak of the buyer, are read and written back and go nowhere else.
        """
        path = f"/v2/orders/{order_id}"
        answer = self._api.get("getOrder", path)
        order, notes = answer.read(lambda shown: (map_order(shown), text(shown, "staff_notes")))
        body: dict[str, Any] = {}
        if note not in notes:
            body["staff_notes"] = f"{notes}\n{note}".strip()
        if status_id not in (None, order.status_id):
            body["status_id"] = status_id
        return self._api.put("updateOrder", path, body).read(map_order) if body else order

    def refunds_since(self, since: datetime) -> Iterator[StoreRefund]:
        """The refunds of all orders that were made since then, by their ids."""
        query: Query = {"created:min": as_iso_8601(since)}
        path = "/v3/orders/payment_actions/refunds"
        for page in self._api.v3_pages("getOrdersRefunds", path, query):
            yield from map(map_refund, page)

    def shipments(self, order_id: int) -> tuple[StoreShipment, ...]:
        """The order's shipments."""
        pages = self._api.v2_pages("getOrderShipments", f"/v2/orders/{order_id}/shipments", {})
        return tuple(map_shipment(row) for page in pages for row in page)

    def _modified_page(self, start: datetime, page: int) -> list[Record]:
        query: Query = {
            "min_date_modified": as_iso_8601(start),
            "sort": "date_modified:asc",
            "limit": LARGEST_PAGE,
            "page": page,
        }
        return rows_of(self._api.get("getOrders", "/v2/orders", query))


def _created(order: dict[str, Any]) -> StoreOrder:
    """The created order; an answer without its id tells nothing of it."""
    if not order["id"]:
        raise KeyError("id")
    return map_order(order)
