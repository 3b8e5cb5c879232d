"""The units of the store's shipments as units of Amazon's order items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter

from affluent.domain.order import RecordedLine, RecordedOrder, StoreOrderLine
from affluent.domain.shipment import StoreShipment
from affluent.shipments.packages import Assigned, Units


def wanted_units(
    shipments: Sequence[StoreShipment], lines: Sequence[StoreOrderLine], order: RecordedOrder
) -> dict[int, Units]:
    """By shipment, what it holds of Amazon's order; lines that Amazon did not sell are left out."""
    items = _items_by_line(lines, order.lines)
    wanted: dict[int, Units] = {}
    for shipment in shipments:
        units = wanted.setdefault(shipment.shipment_id, {})
        for line in shipment.lines:
            if line.line_id in items:
                item = items[line.line_id]
                units[item] = units.get(item, 0) + line.quantity
    return wanted


def fitting_units(
    wanted: Mapping[int, Units], assigned: Assigned, order: RecordedOrder
) -> dict[int, Units]:
    """Of these units, those that Amazon's order has left: never more than were ordered.

    First come the shipments that Amazon has a package of, because that package keeps its place
    until it is changed; then the others. A package that nothing stands for keeps its units.
    """
    left = {line.order_item_id: line.quantity for line in order.lines}
    for orphan in assigned.orphans:
        _take(left, orphan.units)
    fitting: dict[int, Units] = {}
    for shipment_id in sorted(wanted, key=lambda one: (one not in assigned.known, one)):
        package = assigned.known.get(shipment_id)
        fitting[shipment_id] = _as_far_as(left, wanted[shipment_id])
        _take(left, _larger(fitting[shipment_id], package.units if package else {}))
    return fitting


def _as_far_as(left: Units, wanted: Units) -> Units:
    fitting = {item: min(units, left[item]) for item, units in wanted.items()}
    return {item: units for item, units in fitting.items() if units > 0}


def _take(left: Units, units: Units) -> None:
    for item, quantity in units.items():
        left[item] = left.get(item, 0) - quantity


def _larger(some: Units, others: Units) -> Units:
    items = dict.fromkeys([*some, *others])
    return {item: max(some.get(item, 0), others.get(item, 0)) for item in items}


def _items_by_line(
    store_lines: Sequence[StoreOrderLine], order_lines: Sequence[RecordedLine]
) -> dict[int, str]:
    """The store's lines matched to Amazon's by SKU, first by the one that was written into the
    store; equal SKUs in the order they stand, and a line that was split in the store to the same.
    """
    waiting = list(order_lines)
    items: dict[int, str] = {}
    for sku_of in (attrgetter("store_sku"), attrgetter("sku")):
        for store_line in store_lines:
            match = next((line for line in waiting if sku_of(line) == store_line.sku), None)
            if match is not None and store_line.line_id not in items:
                waiting.remove(match)
                items[store_line.line_id] = match.order_item_id
    for store_line in store_lines:
        same = [line for line in order_lines if store_line.sku in (line.store_sku, line.sku)]
        if same and store_line.sku:
            items.setdefault(store_line.line_id, same[0].order_item_id)
    return items
