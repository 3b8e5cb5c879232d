"""What a run leaves in the Prefect UI: its figures, and what it held and why.

No buyer's data: findings and changes hold none by construction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextvars import ContextVar
from typing import Any

from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact
from prefect.logging import get_run_logger

from affluent.domain.marketplace import Marketplace, seller_central
from affluent.domain.plan import Gated
from affluent.domain.report import RunReport
from affluent.orders.windows import BackfillCost
from tasks.figures import keep_figures

_LONGEST_TABLE = 500

#: As `showing`, of what a backfill is going to cost.
showing_costs: ContextVar[Callable[[Sequence[BackfillCost]], None] | None] = ContextVar(
    "showing_costs", default=None
)
#: Set by whoever wants to see the plans of a run in its own process, such as `affluent plan`.
showing: ContextVar[Callable[[Gated], None] | None] = ContextVar("showing", default=None)


def publish_report(report: RunReport) -> RunReport:
    """The run's figures, as an artifact and a line of its log."""
    figures = {name: value for name, value in report.as_dict().items() if name != "flow"}
    rows = "\n".join(f"| {name} | {value} |" for name, value in figures.items())
    create_markdown_artifact(
        key=f"{_key(report.flow)}-report",
        markdown=f"| {report.flow} | |\n|---|---|\n{rows}\n",
        description=f"What {report.flow} read, planned, held, sent and found effective",
    )
    get_run_logger().info("%s: %s", report.flow, figures)
    if drawn := keep_figures(report):
        publish_text(report.flow, "held-over-time", drawn, "What was held, run by run")
    return report


def publish_gated(flow: str, gated: Gated) -> None:
    """The plan's hash, its changes, and every held item with its reasons."""
    if (show := showing.get()) is not None:
        show(gated)
    _table(f"{_key(flow)}-plan", _changes(gated), f"Plan {gated.hash}")
    _table(f"{_key(flow)}-held", _held(gated), "What the gate held, and why")


def publish_backfill(flow: str, costs: Sequence[BackfillCost]) -> None:
    """What is left to read of the past, with the calls and seconds that it takes."""
    if (show := showing_costs.get()) is not None:
        show(costs)
    _table(f"{_key(flow)}-plan", [one.as_dict() for one in costs], "What the backfill takes")


def publish_text(flow: str, name: str, text: str, description: str) -> None:
    """A page of a flow's own, in Markdown."""
    create_markdown_artifact(key=f"{_key(flow)}-{name}", markdown=text, description=description)


def publish_link(flow: str, marketplace: Marketplace, page: str, description: str) -> None:
    """A link to the page of Seller Central where a person sees what the run did."""
    link = f"{seller_central(marketplace)}/{page}"
    create_link_artifact(key=f"{_key(flow)}-seller-central", link=link, description=description)


def publish_rows(flow: str, name: str, rows: Iterable[dict[str, Any]], description: str) -> None:
    """A table of a flow's own."""
    _table(f"{_key(flow)}-{name}", rows, description)


def _changes(gated: Gated) -> Iterable[dict[str, Any]]:
    for change in gated.passed:
        yield {
            "key": change.key,
            "operation": change.operation.value,
            "before": str(dict(change.before)),
            "after": str(dict(change.after)),
            "why": change.why,
        }


def _held(gated: Gated) -> Iterable[dict[str, Any]]:
    for held in gated.held:
        for finding in held.findings:
            yield {
                "key": held.change.key,
                "reason": finding.reason.value,
                "message": finding.message,
                "field": finding.field,
                "value": finding.value[:200],
            }


def _table(key: str, rows: Iterable[dict[str, Any]], description: str) -> None:
    listed = list(rows)
    if len(listed) > _LONGEST_TABLE:
        description = f"{description} (the first {_LONGEST_TABLE} of {len(listed)})"
    create_table_artifact(key=key, table=listed[:_LONGEST_TABLE], description=description)


def _key(flow: str) -> str:
    return flow.replace("_", "-")
