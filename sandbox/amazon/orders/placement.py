"""Placing an order: what the admin port's body leaves out is filled in."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation

from sandbox.amazon.identifiers import NumberSource
from sandbox.amazon.listings import offer
from sandbox.amazon.listings.listing import Listing, ListingBook
from sandbox.amazon.marketplaces import MARKETPLACES
from sandbox.amazon.orders.buyers import made_up_address, made_up_buyer
from sandbox.amazon.orders.order import (
    AMAZON,
    FULFILLMENT_STATUSES,
    MERCHANT,
    UNSHIPPED,
    Order,
    OrderBook,
    OrderLine,
)
from sandbox.amazon.seller import SellerIdentity
from sandbox.amazon.wire import BadRequest, Json, parse_timestamp


class OrderPlacement:
    """Buyers' side of the store: places orders on the seller's listings."""

    def __init__(
        self,
        seller: SellerIdentity,
        orders: OrderBook,
        listings: ListingBook,
        numbers: NumberSource,
    ) -> None:
        self._seller = seller
        self._orders = orders
        self._listings = listings
        self._numbers = numbers

    def place(self, body: Json, moment: datetime) -> Order:
        """Place the order and take its quantities off the listings. Raises BadRequest."""
        marketplace_id = _one_of(
            body, "marketplaceId", self._seller.marketplace_ids, self._seller.marketplace_ids[0]
        )
        order_id = body.get("orderId") or self._numbers.order_id(str(len(self._orders)))
        created_at = _created_time(body) or moment
        marketplace = MARKETPLACES[marketplace_id]
        order = Order(
            order_id=order_id,
            marketplace_id=marketplace_id,
            currency=marketplace.currency,
            fulfilled_by=_one_of(body, "fulfilledBy", (MERCHANT, AMAZON), MERCHANT),
            status=_one_of(body, "status", FULFILLMENT_STATUSES, UNSHIPPED),
            created_at=created_at,
            updated_at=created_at,
            programs=tuple(body.get("programs", ())),
            buyer=_buyer(body) or made_up_buyer(self._numbers, order_id),
            recipient=body.get("recipient")
            or made_up_address(self._numbers, order_id, marketplace.country_code),
            lines=self._lines(body, order_id, marketplace_id),
            notices=body.get("notices", 1),
            index_seconds=body.get("indexSeconds", 0.0),
        )
        self._orders.add(order)
        self._take_stock(order, moment)
        return order

    def _lines(self, body: Json, order_id: str, marketplace_id: str) -> tuple[OrderLine, ...]:
        items = body.get("items")
        if not isinstance(items, list) or not items:
            raise BadRequest("items: at least one is needed")
        return tuple(
            self._line(item, f"{order_id}:{number}", marketplace_id)
            for number, item in enumerate(items)
        )

    def _line(self, item: Json, key: str, marketplace_id: str) -> OrderLine:
        sku = str(item.get("sku", ""))
        quantity = item.get("quantity")
        if not sku or not isinstance(quantity, int) or quantity < 1:
            raise BadRequest("items: each needs a sku and a quantity of 1 or more")
        listing = self._listings.get(sku, marketplace_id)
        return OrderLine(
            order_item_id=self._numbers.digits("order item", key, 14),
            sku=sku,
            asin=(listing and listing.asin) or self._numbers.asin(f"sku:{sku}"),
            title=item.get("title") or (listing.title if listing else sku),
            quantity=quantity,
            unit_price=_unit_price(item, listing),
            shipping=_amount(item.get("shipping", "0")),
            tax=_amount(item.get("tax", "0")),
        )

    def _take_stock(self, order: Order, moment: datetime) -> None:
        take = _take_own if order.fulfilled_by == MERCHANT else _take_from_amazon
        for line in order.lines:
            listing = self._listings.get(line.sku, order.marketplace_id)
            if listing is not None:
                take(listing, line.quantity)
                listing.updated_at = moment
                self._listings.put(listing)


def _take_own(listing: Listing, quantity: int) -> None:
    if listing.quantity is not None:
        left = max(0, listing.quantity - quantity)
        listing.attributes = offer.with_quantity(listing.attributes, left)


def _take_from_amazon(listing: Listing, quantity: int) -> None:
    listing.amazon_quantity = max(0, listing.amazon_quantity - quantity)


def _unit_price(item: Json, listing: Listing | None) -> Decimal:
    if "price" in item:
        return _amount(item["price"])
    if listing is None or listing.price is None:
        raise BadRequest(f"items: {item['sku']} has no price on Amazon, so give one")
    return listing.price


def _amount(value: object) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        raise BadRequest(f"{value} is no amount of money") from None


def _created_time(body: Json) -> datetime | None:
    if "createdTime" not in body:
        return None
    try:
        return parse_timestamp(str(body["createdTime"]))
    except ValueError:
        raise BadRequest("createdTime must be in ISO 8601 format") from None


def _buyer(body: Json) -> Json:
    names: dict[str, str] = {"name": "buyerName", "email": "buyerEmail"}
    given = body.get("buyer") or {}
    return {names.get(key, key): value for key, value in given.items()}


def _one_of(body: Json, name: str, allowed: tuple[str, ...], default: str) -> str:
    value: str = body.get(name, default)
    if value not in allowed:
        raise BadRequest(f"{name} must be one of {', '.join(allowed)}")
    return value
