"""`affluent profile`: write a creation profile, try it on the catalog, find its product type."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from affluent.bootstrap import Application
from affluent.cli.files import write_file
from affluent.cli.opening import opened_application
from affluent.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption, print_json
from affluent.cli.profile_text import profile_text
from affluent.domain.effect import Run
from affluent.domain.errors import ConfigurationError
from affluent.domain.listing import Requirements
from affluent.domain.marketplace import Marketplace
from affluent.listings.coverage import Coverage, Gap, survey
from affluent.listings.extract import Profiles, rules_alone
from affluent.listings.outline import outline
from affluent.listings.schemas import fetch_definition
from affluent.spreadsheets.writing import written_table
from affluent.submissions.context import Sender

commands = typer.Typer(no_args_is_help=True, add_completion=False)

_COLUMNS = ("attribute", "products", "message", "examples")

AccountOption = Annotated[str, typer.Option(help="The account; the first one without.")]
MarketplaceOption = Annotated[str, typer.Option(help="Its marketplace; the first one without.")]


@commands.callback()
def profile() -> None:
    """Write a creation profile, try it on the catalog, or find its product type."""


@commands.command()
def new(
    product_type: Annotated[str, typer.Option(help="Amazon's product type, such as LUGGAGE.")],
    account: AccountOption = "",
    marketplace: MarketplaceOption = "",
    out: Annotated[Path | None, typer.Option(help="Write it to this file.")] = None,
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Write a creation profile in which Amazon's required attributes are named already."""
    with opened_application(config) as application:
        sender = _sender(account, marketplace, application)
        definition = fetch_definition(product_type, Requirements.LISTING, sender)
        with application.units() as work:
            fields = {name for one in work.variants.all() for name in one.custom_fields}
    text = profile_text(product_type, outline(definition, fields))
    if out is None:
        typer.echo(text)
    else:
        write_file(out, text.encode())


@commands.command()
def check(
    name: Annotated[str, typer.Argument(help="The name of a creation profile.")],
    account: AccountOption = "",
    marketplace: MarketplaceOption = "",
    csv: Annotated[Path | None, typer.Option("--csv", help="Write every gap to this file.")] = None,
    config: ConfigOption = DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Say which products of the last extraction the profile cannot describe, and why.

    Nothing is sent or changed; Amazon is asked for the schema alone, if none is fresh.
    """
    with opened_application(config) as application:
        coverage = _coverage(name, account, marketplace, application)
    gaps = coverage.sorted_gaps()
    if csv is not None:
        write_file(csv, written_table(_COLUMNS, map(_row, gaps)))
    if as_json:
        print_json({"products": coverage.products, "whole": coverage.whole, "gaps": gaps})
        return
    typer.echo(f"{name}: {coverage.whole} of {coverage.products} products are whole.")
    if gaps:
        table = Table(*_COLUMNS)
        for gap in gaps:
            table.add_row(*map(Text, _row(gap)))
        Console().print(table)


@commands.command()
def suggest(
    sku: Annotated[str, typer.Argument(help="A SKU of the store, for its name.")] = "",
    title: Annotated[str, typer.Option(help="A title in place of a SKU.")] = "",
    account: AccountOption = "",
    marketplace: MarketplaceOption = "",
    config: ConfigOption = DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Suggest Amazon's product types for a product of the store, or for a title."""
    if bool(sku) == bool(title):
        raise ConfigurationError("Either a SKU or a --title is needed.", fix="Give one of the two.")
    with opened_application(config) as application:
        sender = _sender(account, marketplace, application)
        item_name = title or _name_of(sku, application)
        found = sender.amazon.product_types.search(sender.marketplace_id, item_name=item_name)
    if as_json:
        print_json(found)
    elif not found:
        typer.echo(f"Amazon suggests no product type for: {item_name}")
    for one in () if as_json else found:
        typer.echo(f"{one.name}  {one.display_name}")


def _coverage(name: str, account: str, marketplace: str, application: Application) -> Coverage:
    known_profiles = application.creation_profiles
    if name not in known_profiles:
        raise ConfigurationError(
            f"There is no creation profile {name}.",
            fix=f"Known are: {', '.join(known_profiles) or 'none'}.",
        )
    sender = _sender(account, marketplace, application)
    here = application.marketplace(sender.account, sender.marketplace_id)
    profiles = Profiles(application.offer_profiles, {name: known_profiles[name]})
    with application.units() as work:
        variants = work.variants.all()
    known = rules_alone(here, profiles, sender)
    return survey(name, variants, sender.account, known, application.gate)


def _sender(account: str, marketplace: str, application: Application) -> Sender:
    name = account or application.settings.accounts[0].name
    chosen = application.account(name)
    here: Marketplace = (
        application.marketplace(name, marketplace) if marketplace else chosen.marketplaces[0]
    )
    return application.sender(name, here, Run(str(uuid4()), "profile"))


def _name_of(sku: str, application: Application) -> str:
    with application.units() as work:
        found = work.variants.by_skus([sku])
    if sku not in found:
        raise ConfigurationError(
            f"The store's catalog, as last extracted, has no SKU {sku}.",
            fix="Check its spelling, or give a --title.",
        )
    return found[sku].name


def _row(gap: Gap) -> tuple[str, str, str, str]:
    return gap.attribute, str(gap.products), gap.message, ", ".join(gap.examples)
