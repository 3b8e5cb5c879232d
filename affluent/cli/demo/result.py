"""The demo's last words: one table for a person, one JSON line for a program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from affluent.bootstrap import Application
from affluent.cli.demo.journal import Journal
from affluent.cli.demo.settings import ACCOUNT
from affluent.cli.demo.verdict import Verdict
from affluent.domain.effect import EffectState
from affluent.domain.order import OrderState, RecordedOrder
from affluent.domain.plan import Operation

_SENT_STATES = (
    EffectState.SENT,
    EffectState.ACCEPTED,
    EffectState.EFFECTIVE,
    EffectState.REFUSED,
    EffectState.UNKNOWN,
)


def sent_skus(application: Application) -> int:
    """How many SKUs something was sent to Amazon for."""
    with application.units() as work:
        return len(
            {
                effect.key
                for operation in (Operation.PUT_LISTING, Operation.PATCH_OFFER)
                for effect in work.ledger.in_states(operation, ACCOUNT, _SENT_STATES)
            }
        )


def as_json(
    journal: Journal, verdict: Verdict, sent: int, orders: Sequence[RecordedOrder]
) -> Mapping[str, Any]:
    """The figures of the whole run."""
    states = Counter(order.state for order in orders)
    return {
        "products": verdict.products,
        "held": journal.reports["publish"]["held"],
        "sent": sent,
        "effective": verdict.effective,
        "orders_imported": states[OrderState.IMPORTED] + states[OrderState.SHIPPED],
        "orders_waiting": states[OrderState.WAITING] + states[OrderState.RECORDED],
        "seconds": round(journal.seconds, 1),
    }


def print_tables(
    console: Console,
    figures: Mapping[str, Any],
    journal: Journal,
    orders: Sequence[RecordedOrder],
) -> None:
    """What was read, planned, held, sent and effective; the orders; and where to look further."""
    table = Table("step", "read", "planned", "held", "sent", "refused", "effective")
    for name, report in journal.reports.items():
        held = ", ".join(f"{count} {reason}" for reason, count in report["held"].items())
        table.add_row(
            name,
            *(str(report[figure]) for figure in ("read", "planned")),
            held,
            *(str(report[figure]) for figure in ("sent", "refused", "effective")),
        )
    console.print(table)
    states = Table("Amazon order", "state", "BigCommerce order", "why")
    for order in orders:
        states.add_row(
            order.order_id, order.state.value, str(order.store_order_id or ""), order.reason
        )
    console.print(states)
    console.print(
        f"{figures['products']} products, {figures['effective']} listings effective, "
        f"{figures['orders_imported']} orders imported, {figures['orders_waiting']} waiting, "
        f"{figures['seconds']} s."
    )
