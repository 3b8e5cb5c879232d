"""An Amazon order as an order of the store: prices and taxes in pairs, lines by SKU."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from affluent.domain.account import FulfilledBy
from affluent.domain.money import Money
from affluent.domain.order import (
    AmazonOrder,
    AmazonOrderLine,
    DraftLine,
    OptionAnswer,
    OrderDraft,
    Recipient,
    RecordedOrder,
)
from affluent.domain.order_policy import OrderPolicy
from affluent.domain.product import Modifier, ResolvedSku
from affluent.orders.notes import staff_notes
from affluent.ports.bigcommerce import StoreCatalogPort
from affluent.ports.storage import UnitsOfWork

#: BigCommerce keeps four decimals: enough for the tax of one unit of a line.
_UNIT: Final = Decimal("0.0001")


#: Kinds of modifiers whose answers BigCommerce does not take through its API.
_UNANSWERABLE: Final = ("file", "product_list", "product_list_with_images")


@dataclass(frozen=True)
class SkuResolution:
    """Where Amazon's SKUs stand in the store: by the SKU mapping, else by the same SKU, else by
    the link of the listing (`links`)."""

    mapping: Mapping[str, str]
    resolved: Mapping[str, ResolvedSku]
    links: Mapping[str, str] = field(default_factory=dict)

    def store_sku(self, sku: str) -> str:
        """The store's SKU for Amazon's."""
        return self.mapping.get(sku, sku)

    def find(self, sku: str) -> ResolvedSku | None:
        """The product and variant of Amazon's SKU, if the store has them."""
        found = self.resolved.get(self.store_sku(sku))
        return found or self.resolved.get(self.links.get(sku, ""))


def resolve_skus(
    orders: Collection[AmazonOrder],
    mapping: Mapping[str, str],
    links: Mapping[str, str],
    catalog: StoreCatalogPort,
) -> SkuResolution:
    """Ask the store, in bulk, where the orders' SKUs stand."""
    skus = {mapping.get(line.sku, line.sku) for order in orders for line in order.lines}
    found = catalog.resolve(sorted(skus | set(links.values())))
    return SkuResolution(mapping, found, links)


def linked_skus(
    account: str, orders: Collection[AmazonOrder | RecordedOrder], units: UnitsOfWork
) -> dict[str, str]:
    """The store's SKUs to which the orders' listings are linked, by Amazon's SKU."""
    sold: dict[str, set[str]] = defaultdict(set)
    for order in orders:
        sold[order.marketplace_id] |= {line.sku for line in order.lines}
    with units() as work:
        return {
            sku: listing.store_sku
            for marketplace_id, skus in sold.items()
            for sku, listing in work.listings.named(account, marketplace_id, sorted(skus)).items()
            if listing.store_sku
        }


def draft_order(order: AmazonOrder, skus: SkuResolution, policy: OrderPolicy) -> OrderDraft:
    """The order to create. A line that matches nothing becomes a custom line, as does every line
    of an order that Amazon ships, and of an old one: the store's stock is not what leaves. A line
    of which all units were cancelled is left out."""
    shipping = _total(order, "shipping")
    shipping_tax = _total(order, "shipping_tax")
    total, tax = _paid(order)
    return OrderDraft(
        external_order_id=order.order_id,
        lines=tuple(
            _written(_line(line, _match(line.sku, order.fulfilled_by, skus)), policy)
            for line in order.lines
            if line.quantity
        ),
        recipient=_recipient(order),
        email=policy.email.written(order.order_id, order.buyer.email),
        shipping_ex_tax=shipping,
        shipping_inc_tax=Money(shipping.amount + shipping_tax.amount, order.currency),
        wrapping=_total(order, "gift_wrap"),
        fees=_total(order, "fees"),
        discount=_total(order, "discount"),
        total_ex_tax=Money(total, order.currency),
        total_inc_tax=Money(total + tax, order.currency),
        status_id=policy.status_id,
        payment_method=policy.payment_method,
        staff_notes=staff_notes(order),
        created_at=order.created_at,
    )


def written_sku(sku: str, fulfilled_by: FulfilledBy, skus: SkuResolution) -> str:
    """The SKU that the store's order shows: the product's, or Amazon's on a custom line."""
    found = _match(sku, fulfilled_by, skus)
    return found.sku if found else sku


def _match(sku: str, fulfilled_by: FulfilledBy, skus: SkuResolution) -> ResolvedSku | None:
    return skus.find(sku) if fulfilled_by is FulfilledBy.MERCHANT else None


def answer_modifiers(
    modifiers: Sequence[Modifier], answers: Mapping[str, str]
) -> tuple[tuple[OptionAnswer, ...], tuple[str, ...]]:
    """Answers for a line's required modifiers, and the names of those that have none.

    A merchant's answer counts before the modifier's own default.
    """
    given: list[OptionAnswer] = []
    missing: list[str] = []
    for modifier in modifiers:
        value = _answer(modifier, answers.get(modifier.display_name))
        if value is not None:
            given.append(OptionAnswer(modifier.modifier_id, value))
        elif modifier.required:
            missing.append(modifier.display_name)
    return tuple(given), tuple(missing)


def _answer(modifier: Modifier, wanted: str | None) -> str | None:
    if modifier.kind in _UNANSWERABLE:
        return None
    if modifier.choices:
        for choice in modifier.choices:
            if choice.label == wanted if wanted is not None else choice.is_default:
                return str(choice.value_id)
        return None
    return wanted if wanted is not None else modifier.default_text


def _line(line: AmazonOrderLine, found: ResolvedSku | None) -> DraftLine:
    tax = _of_one(line.tax.amount, line.quantity)
    price = Money(_of_one(line.units_cost, line.quantity), line.unit_price.currency)
    return DraftLine(
        name=line.title or line.sku,
        sku=found.sku if found else line.sku,
        quantity=line.quantity,
        price_ex_tax=price,
        price_inc_tax=Money(price.amount + tax, price.currency),
        product_id=found.product_id if found else None,
        variant_id=found.variant_id if found else None,
    )


def _written(line: DraftLine, policy: OrderPolicy) -> DraftLine:
    """The line as it is sent: what takes no stock is written without its product."""
    return line if policy.takes_stock else replace(line, product_id=None, variant_id=None)


def _recipient(order: AmazonOrder) -> Recipient:
    """Where it goes; the company that bought, where the address names none."""
    if order.recipient == Recipient() or order.recipient.company:
        return order.recipient
    return replace(order.recipient, company=order.buyer.company)


def _of_one(amount: Decimal, quantity: int) -> Decimal:
    return (amount / quantity).quantize(_UNIT, rounding=ROUND_HALF_UP)


def _paid(order: AmazonOrder) -> tuple[Decimal, Decimal]:
    """What was paid without tax, and the tax. No total is below zero, to the store at least."""
    units = sum((line.units_cost for line in order.lines if line.quantity), Decimal(0))
    added = sum(_total(order, part).amount for part in ("shipping", "gift_wrap", "fees"))
    total = units + added - _total(order, "discount").amount
    taxes = [line.tax.amount for line in order.lines if line.quantity]
    tax = sum(taxes, _total(order, "shipping_tax").amount)
    return max(total, Decimal(0)), tax


def _total(order: AmazonOrder, part: str) -> Money:
    parts = [getattr(line, part) for line in order.lines]
    amounts = [money.amount for money in parts if money is not None]
    return Money(sum(amounts, Decimal(0)), order.currency)
