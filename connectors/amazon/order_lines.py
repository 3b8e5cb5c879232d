"""From Orders API 2026-01-01 to the domain: an order, its lines and what was paid for them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from affluent.domain.account import FulfilledBy
from affluent.domain.marketplace import find_marketplace
from affluent.domain.money import Money
from affluent.domain.order import (
    AmazonOrder,
    AmazonOrderLine,
    Buyer,
    OrderStatus,
    Package,
    Recipient,
)
from connectors.amazon.wire import Json, moment_from

_DISCOUNTS: Final = frozenset({"DISCOUNT", "PROMOTION"})
_FACILITATOR: Final = "MARKETPLACE_FACILITATOR"
_FEES: Final = frozenset({"COD_FEE", "OTHER"})


def order_from(body: Json) -> AmazonOrder:
    """One order, whatever of it the account's roles and the included data let us see."""
    channel = body.get("salesChannel") or {}
    marketplace_id = str(channel.get("marketplaceId") or "")
    fulfilment = body.get("fulfillment") or {}
    ship_by = (fulfilment.get("shipByWindow") or {}).get("latestDateTime")
    currency = _currency(body, marketplace_id)
    return AmazonOrder(
        order_id=str(body["orderId"]),
        marketplace_id=marketplace_id,
        status=_status(fulfilment.get("fulfillmentStatus")),
        fulfilled_by=_fulfilled_by(fulfilment.get("fulfilledBy")),
        created_at=moment_from(body["createdTime"]),
        last_updated_at=moment_from(body["lastUpdatedTime"]),
        currency=currency,
        lines=tuple(_line(item, currency) for item in body["orderItems"]),
        ship_by=moment_from(ship_by) if ship_by else None,
        programs=tuple(str(program) for program in body.get("programs") or ()),
        buyer=_buyer(body.get("buyer") or {}),
        recipient=_recipient((body.get("recipient") or {}).get("deliveryAddress") or {}),
        packages=tuple(_package(package) for package in body.get("packages") or ()),
    )


def _line(item: Json, currency: str) -> AmazonOrderLine:
    product = item["product"]
    fulfilment = item.get("fulfillment") or {}
    cancellation = item.get("cancellation") or {}
    gift = (fulfilment.get("packing") or {}).get("giftOption") or {}
    paid = _Amounts((item.get("proceeds") or {}).get("breakdowns") or (), currency)
    unit_price = (product.get("price") or {}).get("unitPrice")
    shipping_tax = paid.detail("TAX", "SHIPPING")
    tax = item.get("tax") or {}
    return AmazonOrderLine(
        order_item_id=str(item["orderItemId"]),
        sku=str(product.get("sellerSku") or ""),
        asin=str(product.get("asin") or ""),
        title=str(product.get("title") or ""),
        quantity=_quantity(item, fulfilment, cancellation),
        unit_price=Money(_amount(unit_price), currency),
        tax=Money(paid.total("TAX").amount - shipping_tax.amount, currency),
        shipping=paid.total("SHIPPING"),
        shipping_tax=shipping_tax,
        gift_wrap=paid.total("GIFT_WRAP"),
        discount=Money(abs(paid.total(*_DISCOUNTS).amount), currency),
        item_total=paid.total("ITEM") if paid.has("ITEM") else None,
        fees=paid.total(*_FEES),
        tax_collector=_tax_collector(tax.get("taxCollections") or ()),
        tax_scheme=_tax_scheme(tax.get("taxCalculationBreakdowns") or ()),
        gift_wrap_level=str(gift.get("giftWrapLevel") or ""),
        gift_message=str(gift.get("giftMessage") or ""),
        quantity_shipped=int(fulfilment.get("quantityFulfilled") or 0),
        cancel_requested=bool(cancellation.get("cancellationRequest")),
    )


def _quantity(item: Json, fulfilment: Json, cancellation: Json) -> int:
    """What was ordered; once some of it was cancelled, what has left and is still to leave."""
    ordered = int(item["quantityOrdered"])
    told = (fulfilment.get("quantityFulfilled"), fulfilment.get("quantityUnfulfilled"))
    if not cancellation.get("cancellationExecution") or None in told:
        return ordered
    return min(ordered, sum(int(units or 0) for units in told))


class _Amounts:
    """The breakdown of what a line brings in, each entry for the whole line."""

    def __init__(self, breakdowns: Iterable[Json], currency: str) -> None:
        self._breakdowns = tuple(breakdowns)
        self._currency = currency

    def total(self, *kinds: str) -> Money:
        """The sum of these types."""
        amounts = (_amount(entry["subtotal"]) for entry in self._of(*kinds))
        return Money(sum(amounts, Decimal(0)), self._currency)

    def has(self, kind: str) -> bool:
        """Whether Amazon tells anything of this type."""
        return any(True for _ in self._of(kind))

    def detail(self, kind: str, subtype: str) -> Money:
        """The part of a type that Amazon gives for one subtype."""
        amounts = (
            _amount(detail.get("value"))
            for entry in self._of(kind)
            for detail in entry.get("detailedBreakdowns") or ()
            if detail.get("subtype") == subtype
        )
        return Money(sum(amounts, Decimal(0)), self._currency)

    def _of(self, *kinds: str) -> Iterable[Json]:
        return (entry for entry in self._breakdowns if entry.get("type") in kinds)


def _tax_collector(collections: Iterable[Json]) -> str:
    """Who pays the tax in the seller's stead, if anybody does."""
    for entry in collections:
        if entry.get("model") == _FACILITATOR:
            return str(entry.get("responsibleParty") or "Amazon")
    return ""


def _tax_scheme(breakdowns: Iterable[Json]) -> str:
    return ", ".join(
        sorted({str(one["reportingScheme"]) for one in breakdowns if one.get("reportingScheme")})
    )


def _amount(money: Json | None) -> Decimal:
    return Decimal(str(money["amount"])) if money else Decimal(0)


def _currency(body: Json, marketplace_id: str) -> str:
    """The order's currency: of its total, else of a price, else of its marketplace."""
    total = (body.get("proceeds") or {}).get("grandTotal")
    prices = [(item["product"].get("price") or {}).get("unitPrice") for item in body["orderItems"]]
    for money in (total, *prices):
        if money:
            return str(money["currencyCode"])
    marketplace = find_marketplace(marketplace_id)
    return marketplace.currency if marketplace else ""


def _status(text: Any) -> OrderStatus:
    return OrderStatus(text) if text in set(OrderStatus) else OrderStatus.UNKNOWN


def _fulfilled_by(text: Any) -> FulfilledBy:
    return FulfilledBy.AMAZON if text == "AMAZON" else FulfilledBy.MERCHANT


def _buyer(body: Json) -> Buyer:
    return Buyer(
        name=str(body.get("buyerName") or ""),
        email=str(body.get("buyerEmail") or ""),
        company=str(body.get("buyerCompanyName") or ""),
        purchase_order=str(body.get("buyerPurchaseOrderNumber") or ""),
    )


def _recipient(address: Json) -> Recipient:
    def field(name: str) -> str:
        return str(address.get(name) or "")

    streets = [field(f"addressLine{number}") for number in (1, 2, 3)]
    first, *others = [street for street in streets if street] or [""]
    return Recipient(
        name=field("name"),
        company=field("companyName"),
        street_1=first,
        street_2=", ".join(others),
        city=field("city"),
        state=field("stateOrRegion"),
        postal_code=field("postalCode"),
        country=field("countryCode"),
        phone=field("phone"),
    )


def _package(body: Json) -> Package:
    return Package(
        reference_id=str(body["packageReferenceId"]),
        carrier_code=str(body.get("carrier") or ""),
        tracking_number=str(body.get("trackingNumber") or ""),
        quantities=tuple(
            (str(item["orderItemId"]), int(item["quantity"]))
            for item in body.get("packageItems") or ()
        ),
    )
