"""What must be true when the storm is over, whatever it did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from affluent.cli.demo.settings import ACCOUNT
from affluent.domain.effect import UNRESOLVED, EffectState, LogEntry
from affluent.domain.order import OrderState
from affluent.domain.plan import Operation
from affluent.explanations.order import explain_order
from affluent.explanations.reasons import explain_reasons
from affluent.ports.storage import UnitsOfWork
from connectors.sandbox_admin import SandboxAdmin
from tests.chaos.buyers import LISTED, SOLD, Placed

_TROUBLED = (EffectState.HELD, EffectState.REFUSED, EffectState.UNKNOWN)


@dataclass(frozen=True)
class Verdict:
    """Everything that is wrong, by invariant; nothing where all holds.

    `paths` counts the orders by how they came into the store.
    """

    lost: list[str] = field(default_factory=list)
    duplicated: list[str] = field(default_factory=list)
    unwanted: list[str] = field(default_factory=list)
    stock_wrong: list[str] = field(default_factory=list)
    timelines_incomplete: list[str] = field(default_factory=list)
    unresolved: list[str] = field(default_factory=list)
    paths: Counter[str] = field(default_factory=Counter)

    def wrongs(self) -> dict[str, list[str]]:
        """Each invariant with what breaks it."""
        return {
            "lost": self.lost,
            "duplicated": self.duplicated,
            "unwanted": self.unwanted,
            "stock_wrong": self.stock_wrong,
            "timelines_incomplete": self.timelines_incomplete,
            "unresolved": self.unresolved,
        }

    @property
    def is_clean(self) -> bool:
        """Whether every invariant holds."""
        return not any(self.wrongs().values())


def judge(
    placed: Placed, stock_before: Mapping[str, int], admin: SandboxAdmin, units: UnitsOfWork
) -> Verdict:
    """Hold both vendors and our own store against what was ordered."""
    in_store = Counter(order["external_order_id"] for order in admin.bigcommerce_orders())
    paths: Counter[str] = Counter()
    return Verdict(
        lost=sorted(order for order in placed.to_import if not in_store[order]),
        duplicated=sorted(order for order, count in in_store.items() if count > 1),
        unwanted=sorted(order for order in in_store if order not in placed.to_import),
        stock_wrong=list(_wrong_stock(placed, stock_before, admin, units)),
        timelines_incomplete=sorted(
            order for order in placed.to_import if not _is_complete(order, units, paths)
        ),
        unresolved=_unresolved(units),
        paths=paths,
    )


def stock_of(admin: SandboxAdmin) -> dict[str, int]:
    """The store's stock by SKU."""
    return {
        variant["sku"]: variant["inventory_level"]
        for product in admin.bigcommerce_products()
        for variant in product["variants"]
    }


def _wrong_stock(
    placed: Placed, before: Mapping[str, int], admin: SandboxAdmin, units: UnitsOfWork
) -> list[str]:
    """The store's stock by what was ordered, our record of it, and Amazon's quantity by it."""
    taken = sum(placed.to_import.values(), Counter[str]())
    left = {sku: before[sku] - units for sku, units in taken.items() if sku in before}
    now = stock_of(admin)
    with units() as work:
        known = work.variants.by_skus(sorted(left))
    offered = {one["sku"]: one for one in admin.amazon_listings()}
    wrong = []
    for sku, count in left.items():
        if now[sku] != count:
            wrong.append(f"{sku}: the store has {now[sku]}, not {count}")
        if sku in SOLD and known[sku].quantity != count:
            wrong.append(f"{sku}: we know of {known[sku].quantity}, not {count}")
        if sku in LISTED and offered[sku]["quantity"] != count:
            wrong.append(f"{sku}: Amazon offers {offered[sku]['quantity']}, not {count}")
    return wrong


def _is_complete(order_id: str, units: UnitsOfWork, paths: Counter[str]) -> bool:
    """Recorded first, created last, and a fix for each trouble between."""
    with units() as work:
        found = explain_order(order_id, work)
    if len(found) != 1 or not found[0].timeline:
        return False
    [order] = found
    first, last = order.timeline[0], order.timeline[-1]
    paths[_path(order.timeline)] += 1
    return (
        order.state is OrderState.IMPORTED
        and order.store_order_id is not None
        and any(words.startswith("Recorded:") for words in first.messages)
        and last.state is EffectState.EFFECTIVE
        and last.reference == str(order.store_order_id)
        and all(_has_fix(entry) for entry in order.timeline if entry.state in _TROUBLED)
    )


def _has_fix(entry: LogEntry) -> bool:
    return any(reason.fix for reason in explain_reasons(entry.messages))


def _path(timeline: tuple[LogEntry, ...]) -> str:
    """How an order came into the store, as its timeline tells."""
    states = [entry.state for entry in timeline]
    sent = states.count(EffectState.SENT)
    was_found = any(words.startswith("Found in") for words in timeline[-1].messages)
    if EffectState.HELD in states:
        return "held, then created"
    if was_found:
        return "found there, nothing sent again" if sent else "found there, sent by another worker"
    return "sent once" if sent == 1 else "sent again after looking"


def _unresolved(units: UnitsOfWork) -> list[str]:
    with units() as work:
        return [
            f"{effect.operation} {effect.key}: {effect.state}"
            for operation in Operation
            for effect in work.ledger.in_states(operation, ACCOUNT, UNRESOLVED)
        ]
