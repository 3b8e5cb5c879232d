"""`affluent explain`: why a SKU or an order stands so, from our own store only."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from affluent.cli.opening import opened_application
from affluent.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption, print_json
from affluent.cli.views import order_view, sku_view
from affluent.domain.errors import AffluentError
from affluent.explanations.order import explain_order
from affluent.explanations.sku import explain_sku

commands = typer.Typer(no_args_is_help=True, add_completion=False)


@commands.callback()
def explain() -> None:
    """Say why a SKU or an order stands so."""


@commands.command("sku")
def sku_command(
    sku: Annotated[str, typer.Argument(help="A SKU, Amazon's or the store's.")],
    config: ConfigOption = DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Print a SKU's listings, why each is held or in error, and the log of what was sent."""
    with opened_application(config) as application, application.units() as work:
        explanation = explain_sku(sku, work)
    if not explanation.is_known:
        raise AffluentError(
            f"Nothing is known of the SKU {sku}.",
            fix="Check its spelling; run `affluent run extract_catalog` if the product is new.",
        )
    if as_json:
        print_json(explanation)
    else:
        Console().print(sku_view(explanation))


@commands.command("order")
def order_command(
    order_id: Annotated[str, typer.Argument(help="An Amazon order id: 123-1234567-1234567.")],
    config: ConfigOption = DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Print where an Amazon order stands, why, and its timeline."""
    with opened_application(config) as application, application.units() as work:
        explanations = explain_order(order_id, work)
    if not explanations:
        raise AffluentError(
            f"The order {order_id} is not known here.",
            why="Orders are recorded by import_orders, as far back as `orders.first_days` says.",
            fix="Check the id and the account; run `affluent run import_orders` to fetch new ones.",
        )
    if as_json:
        print_json(explanations)
    else:
        Console().print(*map(order_view, explanations), sep="\n\n")
