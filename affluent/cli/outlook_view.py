"""How `affluent plan` looks in a terminal. Names and messages come from outside: never markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from affluent.explanations.places import country_of

_LONGEST_TABLE: Final = 50


def print_plans(flow: str, plans: Sequence[Mapping[str, Any]]) -> None:
    """Each plan: its changes, what is held or stopped, and the forecast."""
    console = Console()
    if not plans:
        console.print(f"{flow} plans no writes to the outside.")
    for plan in plans:
        console.print(Text(f"Plan {plan['plan_hash']}", "bold"))
        console.print(f"{len(plan['changes'])} changes, {plan['unchanged']} need none.")
        for note in plan["notes"]:
            console.print(Text(note))
        if plan["changes"]:
            console.print(_changes(plan["changes"]))
        if plan["held"]:
            console.print(_held(plan["held"]))
        for message in plan["stopped"]:
            console.print(Text(f"Stopped: {message}", "red"))
        for forecast in plan["forecasts"]:
            console.print(_forecast(forecast))


def print_costs(costs: Sequence[Mapping[str, Any]]) -> None:
    """What is to be read of the past, account by account."""
    if not costs:
        return
    columns = ("account", "windows", "orders", "search calls", "store calls", "hours")
    table = Table(*columns, title="What is left to read", title_justify="left")
    for one in costs:
        orders = "unknown" if one["orders"] is None else f"{one['orders']:,}"
        calls = (f"{one['search_calls']:,}", f"{one['store_calls']:,}")
        hours = f"{one['seconds'] / 3600:,.1f}"
        table.add_row(*map(Text, (one["account"], str(one["windows"]), orders, *calls, hours)))
    console = Console()
    console.print(table)
    if any(one["orders"] is None for one in costs):
        console.print("Nothing is known of an account's sales yet: its calls are the fewest.")


def _changes(changes: Sequence[Mapping[str, Any]]) -> Table:
    table = _table("Changes", len(changes), "key", "operation", "lane", "before", "after", "why")
    for one in changes[:_LONGEST_TABLE]:
        before, after = _fields(one["before"]), _fields(one["after"])
        table.add_row(
            *map(Text, (one["key"], one["operation"], one["lane"], before, after, one["why"]))
        )
    return table


def _held(held: Sequence[Mapping[str, Any]]) -> Table:
    table = _table("Held", len(held), "key", "operation", "reasons")
    for one in held[:_LONGEST_TABLE]:
        reasons = "\n".join(one["messages"])
        table.add_row(*map(Text, (one["key"], one["operation"], reasons)))
    return table


def _forecast(forecast: Mapping[str, Any]) -> Table:
    country = country_of(forecast["marketplace_id"])
    table = Table(
        title=Text(
            f"{forecast['account']} {country}: {forecast['changes']} writes, "
            f"path {forecast['path']}"
        ),
        title_justify="left",
    )
    for column in ("path", "seconds", "calls"):
        table.add_column(column)
    for name in ("singly", "as_feed"):
        if (one := forecast[name]) is not None:
            calls = ", ".join(f"{count} {call}" for call, count in one["calls"].items())
            table.add_row(name.replace("_", " "), f"{one['seconds']:,.1f}", calls)
    return table


def _table(title: str, count: int, *columns: str) -> Table:
    shown = f" (the first {_LONGEST_TABLE} of {count})" if count > _LONGEST_TABLE else ""
    table = Table(title=f"{title}{shown}", title_justify="left")
    for column in columns:
        table.add_column(column)
    return table


def _fields(fields: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in fields.items() if value not in ("", None))
