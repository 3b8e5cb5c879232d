"""All orders, and GET /v2/orders over them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from starlette.datastructures import QueryParams

from sandbox.bigcommerce.behaviour import StoreBehaviour
from sandbox.bigcommerce.catalog.conditions import read_flag
from sandbox.bigcommerce.moments import parse_moment
from sandbox.bigcommerce.orders.order import Order
from sandbox.bigcommerce.refusals import invalid_field, resource_not_found
from sandbox.clock import SandboxClock

OrderTest = Callable[[Order, Any], bool]
Reader = Callable[[str], Any]

_FILTERS: dict[str, tuple[Reader, OrderTest]] = {
    "is_deleted": (read_flag, lambda order, archived: order.is_archived == archived),
    "min_id": (int, lambda order, bound: order.id >= bound),
    "max_id": (int, lambda order, bound: order.id <= bound),
    "min_total": (Decimal, lambda order, bound: order.total.inc_tax >= bound),
    "max_total": (Decimal, lambda order, bound: order.total.inc_tax <= bound),
    "min_date_created": (parse_moment, lambda order, bound: order.created_at >= bound),
    "max_date_created": (parse_moment, lambda order, bound: order.created_at <= bound),
    "min_date_modified": (parse_moment, lambda order, bound: order.modified_at >= bound),
    "max_date_modified": (parse_moment, lambda order, bound: order.modified_at <= bound),
    "status_id": (int, lambda order, status: order.status_id == status),
    "channel_id": (int, lambda order, channel: order.channel_id == channel),
    "customer_id": (int, lambda _, customer: bool(customer == 0)),
    "email": (str.lower, lambda order, email: order.billing_address["email"].lower() == email),
    "payment_method": (str, lambda order, method: order.texts.get("payment_method") == method),
    "cart_id": (str, lambda _, cart_id: cart_id == ""),
    "external_order_id": (str, lambda order, text: order.texts.get("external_order_id") == text),
}
_ORDERINGS: dict[str, Callable[[Order], Any]] = {
    "id": lambda order: order.id,
    "customer_id": lambda _: 0,
    "date_created": lambda order: order.created_at,
    "date_modified": lambda order: order.modified_at,
    "status_id": lambda order: order.status_id,
    "channel_id": lambda order: order.channel_id,
    "external_id": lambda _: "",
}
_NOT_FILTERS = {"page", "limit", "sort", "include", "consignment_structure"}


class OrderBook:
    """The orders by id; the external_order_id filter lags behind."""

    def __init__(self, clock: SandboxClock, behaviour: StoreBehaviour) -> None:
        self._clock = clock
        self._behaviour = behaviour
        self._orders: dict[int, Order] = {}

    def __iter__(self) -> Iterator[Order]:
        return iter(self._orders.values())

    def add(self, order: Order) -> None:
        """Put in a new order."""
        self._orders[order.id] = order
        self.index_later(order)

    def index_later(self, order: Order, *, is_late: bool = False) -> None:
        """Let the external_order_id filter find the order only after the index lag."""
        behaviour = self._behaviour
        lag = behaviour.late_index_lag_seconds if is_late else behaviour.index_lag_seconds
        order.found_by_external_id_from = self._clock.seconds() + lag

    def get(self, order_id: int) -> Order:
        """The order of that id, archived or not.

        Raises:
            V2Refusal: 404.
        """
        order = self._orders.get(order_id)
        if order is None:
            raise resource_not_found()
        return order

    def select(self, query: QueryParams) -> list[Order]:
        """The orders that a query asks for, sorted; archived ones only by `is_deleted`.

        Raises:
            V2Refusal: 400 for a filter that is unknown or cannot be read.
        """
        asked = {"is_deleted": "false", **query}
        found = list(self._orders.values())
        for name, text in asked.items():
            if name not in _NOT_FILTERS:
                found = self._filtered(found, name, text)
        return _sorted(found, query.get("sort", "id:asc"))

    def _filtered(self, orders: list[Order], name: str, text: str) -> list[Order]:
        if name not in _FILTERS:
            raise invalid_field(name)
        read, accepts = _FILTERS[name]
        try:
            wanted = read(text)
        except (ValueError, TypeError, InvalidOperation) as error:
            raise invalid_field(name) from error
        found = [order for order in orders if accepts(order, wanted)]
        if name != "external_order_id":
            return found
        now = self._clock.seconds()
        return [order for order in found if order.found_by_external_id_from <= now]


def _sorted(orders: list[Order], sort: str) -> list[Order]:
    name, _, direction = sort.partition(":")
    if name not in _ORDERINGS or direction not in ("", "asc", "desc"):
        raise invalid_field("sort")
    return sorted(orders, key=_ORDERINGS[name], reverse=direction == "desc")
