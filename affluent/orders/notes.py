"""What the staff reads at an order in the store; it may name what a buyer wrote."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from affluent.domain.money import Money
from affluent.domain.order import AmazonOrder, AmazonOrderLine


def staff_notes(order: AmazonOrder) -> str:
    """A line for each thing that the order's own fields have no place for."""
    return "\n".join(_notes(order))


def _notes(order: AmazonOrder) -> Iterator[str]:
    yield f"Amazon order {order.order_id}"
    if order.programs:
        yield f"Programs: {', '.join(order.programs)}"
    if order.ship_by is not None:
        yield f"Ship by {order.ship_by:%Y-%m-%d %H:%M} UTC"
    if order.buyer.purchase_order:
        yield f"The buyer's purchase order {order.buyer.purchase_order}"
    yield from _tax_notes(order)
    for line in order.lines:
        if line.gift_wrap_level or line.gift_wrap.amount:
            yield f"Gift wrap for {line.sku}: {line.gift_wrap_level or 'yes'}"
    for line in order.lines:
        if line.gift_message:
            yield f"Gift message with {line.sku}: {line.gift_message}"


def _tax_notes(order: AmazonOrder) -> Iterator[str]:
    """The tax that the seller must not pay once more, by who pays it."""
    collected: dict[tuple[str, str], list[AmazonOrderLine]] = {}
    for line in order.lines:
        if line.quantity and line.tax_collector:
            collected.setdefault((line.tax_collector, line.tax_scheme), []).append(line)
    for (collector, scheme), lines in collected.items():
        tax = sum((line.tax.amount + line.shipping_tax.amount for line in lines), Decimal(0))
        under = f" under {scheme}" if scheme else ""
        skus = ", ".join(line.sku for line in lines)
        told = Money(tax, order.currency)
        yield f"Tax of {told} on {skus} is paid to the authority by {collector}{under}"
