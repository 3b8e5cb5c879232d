"""The demo's last words: one table for a person, one JSON line for a program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from affluent.bootstrap import Application
from affluent.cli.demo.journal import Journal
from affluent.cli.demo.settings import ACCOUNT
from affluent.cli.demo.verdict import Verdict
from affluent.domain.effect import EffectState
from affluent.domain.order import OrderState, RecordedOrder
from affluent.domain.plan import Operation

_SENT_STATES: Final = (
    EffectState.SENT,
    EffectState.ACCEPTED,
    EffectState.EFFECTIVE,
    EffectState.REFUSED,
    EffectState.UNKNOWN,
)

#: Narrow enough for a terminal of 80 columns.
_LOOK: Final[dict[str, Any]] = {"box": SIMPLE_HEAD, "padding": (0, 1, 0, 0), "pad_edge": False}
_FIGURES: Final = ("read", "planned", "held", "sent", "refused", "effective")


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
    console.print(_steps(journal.reports), _states(orders))
    console.print(
        f"{figures['products']} products, {figures['effective']} listings effective, "
        f"{figures['orders_imported']} orders imported, {figures['orders_waiting']} waiting, "
        f"{figures['seconds']} s."
    )


def _steps(reports: Mapping[str, Mapping[str, Any]]) -> Table:
    """One row a step; what was held stands by its reason, one a line."""
    table = Table("step", **_LOOK)
    for figure in _FIGURES:
        table.add_column(figure, justify="left" if figure == "held" else "right", no_wrap=True)
    for step, report in reports.items():
        held = "\n".join(f"{count:>3} {reason}" for reason, count in report["held"].items())
        table.add_row(step, *(str(report[one]) if one != "held" else held for one in _FIGURES))
    return table


def _states(orders: Sequence[RecordedOrder]) -> Table:
    table = Table("Amazon order", "state", "store order", "why", **_LOOK)
    for order in orders:
        table.add_row(
            order.order_id, order.state.value, str(order.store_order_id or ""), order.reason
        )
    return table
