"""`affluent asin`: the pages that Amazon's catalog has for a SKU, and the choice among them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table

from affluent.bootstrap import Application
from affluent.cli.opening import opened_application
from affluent.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption, print_json
from affluent.domain.amazon_catalog import is_asin
from affluent.domain.errors import AffluentError, ConfigurationError
from affluent.domain.list_place import ListPlace
from affluent.explanations.places import country_of
from affluent.selling.asins import AsinChoice, asin_choices, choose_asin, forget_asin

_SOURCE: Final = "affluent asin"


def asin_command(
    sku: Annotated[str, typer.Argument(help="A SKU of the store.")],
    choose: Annotated[str, typer.Option("--choose", help="Sell it on this page.")] = "",
    forget: Annotated[bool, typer.Option("--forget", help="Let its barcode decide again.")] = False,
    account: Annotated[str, typer.Option(help="Only this account.")] = "",
    marketplace: Annotated[str, typer.Option(help="Only this marketplace.")] = "",
    config: ConfigOption = DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Show the pages that Amazon has for a SKU's barcode, and choose the one that it is sold on.

    Amazon is not called: the pages are those that publish_listings found.
    """
    if choose and forget:
        raise ConfigurationError(
            "--choose and --forget exclude each other.", fix="Give one of the two."
        )
    if choose and not is_asin(choose):
        raise ConfigurationError(
            f"{choose} is no ASIN.", fix="An ASIN is ten capital letters and digits: copy it."
        )
    with opened_application(config) as application:
        choices = _choices(sku, account, marketplace, application)
        if choose or forget:
            _decide(_only(choices), choose, application)
            choices = _choices(sku, account, marketplace, application)
    if as_json:
        print_json(choices)
    else:
        for choice in choices:
            _print(choice)


def _choices(
    sku: str, account: str, marketplace: str, application: Application
) -> list[AsinChoice]:
    names = [account] if account else [one.name for one in application.settings.accounts]
    places = [
        ListPlace(name, here.marketplace_id)
        for name in names
        for here in application.account(name).marketplaces
        if not marketplace or here == application.marketplace(name, marketplace)
    ]
    with application.units() as work:
        choices = asin_choices(sku, places, work)
    if not choices:
        raise AffluentError(
            f"The store's catalog, as last extracted, has no SKU {sku}.",
            fix="Check its spelling; `affluent run extract_catalog` reads the catalog.",
        )
    return choices


def _only(choices: Sequence[AsinChoice]) -> AsinChoice:
    if len(choices) > 1:
        places = ", ".join(f"{one.account} {country_of(one.marketplace_id)}" for one in choices)
        raise ConfigurationError(
            f"It is not said where the ASIN holds: {places}.",
            fix="Add --account and --marketplace.",
        )
    return choices[0]


def _decide(choice: AsinChoice, asin: str, application: Application) -> None:
    with application.units() as work:
        if asin:
            choose_asin(choice, asin, _SOURCE, work, application.clock.now())
        else:
            forget_asin(choice, work)
        work.commit()


def _print(choice: AsinChoice) -> None:
    place = f"{choice.sku} ({choice.account}, {country_of(choice.marketplace_id)})"
    chosen = f"; sold on {choice.chosen}, which was chosen" if choice.chosen else ""
    typer.echo(f"{place}: {_found(choice)}{chosen}.")
    if choice.candidates:
        table = Table("ASIN", "title", "brand", "product type")
        for one in sorted(choice.candidates, key=lambda match: match.asin):
            table.add_row(one.asin, one.item_name, one.brand, one.product_type)
        Console().print(table)


def _found(choice: AsinChoice) -> str:
    if not choice.barcode:
        return "it has no barcode to look for"
    if choice.asked_at is None:
        return f"Amazon was not asked for the barcode {choice.barcode} yet"
    when = f"{choice.asked_at:%Y-%m-%d %H:%M} UTC"
    pages = {0: "no page", 1: "one page"}.get(
        len(choice.candidates), f"{len(choice.candidates)} pages"
    )
    return f"Amazon had {pages} for the barcode {choice.barcode} at {when}"
