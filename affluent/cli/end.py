"""`affluent end` and `affluent relist`: listings are taken from sale, and offered again."""

from __future__ import annotations

from typing import Annotated
from uuid import uuid4

import typer

from affluent.bootstrap import Application
from affluent.cli.opening import opened_application
from affluent.cli.options import DEFAULT_CONFIG, ConfigOption
from affluent.cli.outlook import shown_plan
from affluent.cli.plan import plans_of
from affluent.cli.run import print_report, run_flow
from affluent.domain.effect import Run
from affluent.domain.ending import Way
from affluent.domain.errors import ConfigurationError
from affluent.domain.marketplace import Marketplace
from affluent.endings.relisting import Relisted, relist

_FLOW = "end_listings"

SkusArgument = Annotated[list[str] | None, typer.Argument(help="SKUs on Amazon.")]
AccountOption = Annotated[
    str, typer.Option(help="An account of the settings, where there are several.")
]
MarketplaceOption = Annotated[
    str, typer.Option(help="One of its marketplaces, where there are several.")
]


def end_command(
    skus: SkusArgument = None,
    selling_list: Annotated[
        str, typer.Option("--list", help="A selling list all of whose listings end.")
    ] = "",
    delete: Annotated[
        bool, typer.Option("--delete", help="Take them off Amazon, not only out of stock.")
    ] = False,
    apply: Annotated[
        bool, typer.Option("--apply", help="Do it; without this, it is only shown.")
    ] = False,
    approved_hash: Annotated[
        str, typer.Option(help="The hash of a stopped plan that is to pass.")
    ] = "",
    account: AccountOption = "",
    marketplace: MarketplaceOption = "",
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Say which listings end, and how; end them with --apply.

    A listing that has ended offers no units, and nothing of it is kept in step any more.
    """
    if bool(skus) == bool(selling_list):
        raise ConfigurationError(
            "Nothing says which listings end.", fix="Name SKUs, or one list with --list."
        )
    with opened_application(config) as application:
        account, market = _place(application, account, marketplace)
    parameters: dict[str, object] = {
        "account": account,
        "marketplace": market.country,
        "skus": skus or [],
        "selling_list": selling_list,
        "way": Way.DELETE if delete else Way.END,
        "approved_hash": approved_hash,
        "config": str(config),
    }
    if apply:
        print_report(run_flow(_FLOW, parameters))
        return
    plans, _ = plans_of(_FLOW, parameters | {"dry_run": True})
    with opened_application(config) as application:
        shown = [shown_plan(gated, application) for gated in plans]
    from affluent.cli.outlook_view import print_plans

    print_plans(_FLOW, shown)
    typer.echo("Nothing was sent. Add --apply to do it.")


def relist_command(
    skus: SkusArgument = None,
    account: AccountOption = "",
    marketplace: MarketplaceOption = "",
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Offer listings again that were ended here.

    Amazon takes a deleted SKU again only 24 hours after its deletion: until then it is held.
    """
    if not skus:
        raise ConfigurationError("No SKU is named.", fix="Write affluent relist SKU.")
    with opened_application(config) as application:
        account, market = _place(application, account, marketplace)
        run, now = Run(str(uuid4()), "affluent relist"), application.clock.now()
        with application.units() as work:
            relisted = relist(skus, account, market.marketplace_id, work, run, now)
            work.commit()
    for one in relisted:
        typer.echo(_told(one))


def _told(one: Relisted) -> str:
    if one.way is not Way.DELETE:
        return f"{one.sku} is linked again; the next sync_offers sends its quantity."
    when = (
        f"after {one.not_before:%Y-%m-%d %H:%M} UTC, when Amazon takes a deleted SKU again"
        if one.not_before
        else "with its next run"
    )
    return f"{one.sku} is made anew by publish_listings {when}."


def _place(application: Application, account: str, marketplace: str) -> tuple[str, Marketplace]:
    """The account and marketplace that are named, or the only ones. Raises ConfigurationError."""
    names = [one.name for one in application.settings.accounts]
    if not account and len(names) > 1:
        raise ConfigurationError(
            f"There are several accounts: {', '.join(names)}.", fix="Say which with --account."
        )
    chosen = application.account(account or names[0])
    if marketplace:
        return chosen.name, application.marketplace(chosen.name, marketplace)
    if len(chosen.marketplaces) > 1:
        countries = ", ".join(one.country for one in chosen.marketplaces)
        raise ConfigurationError(
            f"The account {chosen.name} sells on several marketplaces: {countries}.",
            fix="Say which with --marketplace.",
        )
    return chosen.name, chosen.marketplaces[0]
