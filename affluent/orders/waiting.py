"""Orders that wait for stock, woken once the store has it.

The store tells of each movement of stock, and most of them concern no order that waits. So one call
asks for the stock of all that waits, and none is made where nothing does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from affluent.domain.account import Account
from affluent.domain.error_book import explain
from affluent.domain.issue import Reason
from affluent.domain.order import OrderState, RecordedOrder
from affluent.orders.draft import linked_skus
from affluent.orders.extract import Recorded, gather_these
from affluent.ports.bigcommerce import StoreStockPort
from affluent.submissions.context import Sender


def gather_stocked(
    account: Account, sku_mapping: Mapping[str, str], stock: StoreStockPort, sender: Sender
) -> Recorded:
    """The account's orders that wait for stock which the store has by now."""
    with sender.units() as work:
        waiting = work.orders.in_states(account.name, [OrderState.WAITING])
    short = [one for one in waiting if _waits_for_stock(one)]
    if not short:
        return Recorded(0, {}, {})
    links = linked_skus(account.name, short, sender.units)
    sold = {line.sku for order in short for line in order.lines}
    names = {sku: (sku_mapping.get(sku, sku), links.get(sku, "")) for sku in sold}
    wanted = sorted({name for pair in names.values() for name in pair if name})
    available = stock.available(wanted)
    stocked = [one for one in short if _is_stocked(one, names, available)]
    return gather_these(stocked, account, {}, sender)


def _waits_for_stock(order: RecordedOrder) -> bool:
    entry = explain(order.reason)
    return entry is not None and Reason.OUT_OF_STOCK in entry.reasons


def _is_stocked(
    order: RecordedOrder, names: Mapping[str, tuple[str, str]], available: Mapping[str, int]
) -> bool:
    """Whether the store has all units of the order; what it does not know asks for no stock."""
    units = Counter[str]()
    for line in order.lines:
        known = [name for name in names[line.sku] if name in available]
        units.update(dict.fromkeys(known[:1], line.quantity))
    return all(available[name] >= wanted for name, wanted in units.items())
