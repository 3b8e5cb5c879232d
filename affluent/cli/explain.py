"""`affluent explain`: why a SKU or an order stands so, from our own store only."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from affluent.cli.explain_rules import rules_of
from affluent.cli.opening import opened_application
from affluent.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption, print_json
from affluent.cli.origin_view import origins_view
from affluent.cli.sync_views import market_view
from affluent.cli.views import order_view, sku_view
from affluent.domain.errors import AffluentError
from affluent.explanations.market import explain_market
from affluent.explanations.order import explain_order
from affluent.explanations.origins import explain_attribute
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
    ask_amazon: Annotated[
        bool, typer.Option("--ask-amazon", help="Ask whether the accounts are expired, too.")
    ] = False,
    attribute: Annotated[
        str,
        typer.Option(
            help="Say instead where each value came from that was sent of this attribute."
        ),
    ] = "",
) -> None:
    """Print a SKU's listings, why each is not in sync, held or in error, and the log."""
    if attribute:
        _explain_attribute(sku, attribute, config, as_json)
        return
    with opened_application(config) as application, application.units() as work:
        explanation = explain_sku(sku, work, rules_of(application, ask_amazon=ask_amazon))
    if not explanation.is_known:
        raise AffluentError(
            f"Nothing is known of the SKU {sku}.",
            fix="Check its spelling; run `affluent run extract_catalog` if the product is new.",
        )
    if as_json:
        print_json(explanation)
    else:
        Console().print(sku_view(explanation))


def _explain_attribute(sku: str, attribute: str, config: Path, as_json: bool) -> None:
    with opened_application(config) as application, application.units() as work:
        values = explain_attribute(sku, attribute, work)
    if not values:
        raise AffluentError(
            f"Nothing was sent of the attribute {attribute} of {sku}.",
            why="What a listing has that was not sent from here is not ours, or was linked.",
            fix="Name it as Amazon does (item_dimensions.height), or price, quantity or"
            f" lead_time_days; `affluent explain sku {sku}` shows what was sent.",
        )
    if as_json:
        print_json(values)
    else:
        Console().print(origins_view(values))


@commands.command("sync")
def sync_command(
    account: Annotated[str, typer.Option(help="Name of an account in the settings.")],
    marketplace: Annotated[str, typer.Option(help="Country code or marketplace id.")],
    config: ConfigOption = DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Print how many listings are out of sync and why, the oldest reason first."""
    with opened_application(config) as application, application.units() as work:
        market = application.marketplace(account, marketplace)
        rules = rules_of(application)[account]
        reasons = explain_market(account, market.marketplace_id, rules, work)
    if as_json:
        print_json(reasons)
    else:
        Console().print(market_view(reasons))


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
