"""`affluent link`: a person says which product a SKU on Amazon stands for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Annotated
from uuid import uuid4

import typer

from affluent.bootstrap import Application
from affluent.cli.opening import opened_application
from affluent.cli.options import DEFAULT_CONFIG, ConfigOption
from affluent.domain.effect import Run
from affluent.domain.errors import AffluentError, ConfigurationError
from affluent.domain.inventory import InventoryItem, LinkState
from affluent.domain.listing import Listing, ListingStatus
from affluent.domain.marketplace import find_marketplace
from affluent.explanations.places import country_of
from affluent.links.assign import RulesOf, assign, find_product, forget, link_anew
from affluent.links.plan import LinkRules
from affluent.ports.storage import UnitOfWork


def link_command(
    sku: Annotated[str, typer.Argument(help="A SKU on Amazon.")],
    to: Annotated[str, typer.Option("--to", help="The store's SKU that it stands for.")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Take a link by hand back.")] = False,
    account: Annotated[str, typer.Option(help="An account, where several have the SKU.")] = "",
    marketplace: Annotated[str, typer.Option(help="Only there; else wherever it is.")] = "",
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Link a SKU on Amazon to a product of the store by hand, or take that back.

    The link holds at once, and the pair is kept for the account: no download loses it.
    """
    if bool(to) == undo:
        raise ConfigurationError(
            "Nothing says what the SKU stands for.", fix="Give either --to STORE_SKU or --undo."
        )
    with opened_application(config) as application:
        with application.units() as work:
            items = _items(sku, account, marketplace, work)
        changed = _undo(items, application) if undo else _link(items, to, application)
    for listing in changed:
        typer.echo(_told(listing))


def _link(items: Sequence[InventoryItem], to: str, application: Application) -> list[Listing]:
    with application.units() as work:
        product = find_product(to, work)
        linked = assign(items, product, _rules(application), work, _run(), application.clock.now())
        work.commit()
    return linked


def _undo(items: Sequence[InventoryItem], application: Application) -> list[Listing]:
    with application.units() as work:
        forget(items, work)
        work.commit()
    with application.units() as work:
        changed = link_anew(items, _rules(application), work, _run(), application.clock.now())
        work.commit()
    return changed


def _rules(application: Application) -> RulesOf:
    @cache
    def rules(account: str, marketplace_id: str) -> LinkRules:
        return application.link_rules(account, application.marketplace(account, marketplace_id))

    return lambda item: rules(item.account, item.marketplace_id)


def _items(sku: str, account: str, marketplace: str, work: UnitOfWork) -> list[InventoryItem]:
    place = find_marketplace(marketplace)
    if marketplace and place is None:
        raise ConfigurationError(f"There is no marketplace {marketplace}.", fix="Write US, DE, …")
    found = [
        item
        for item in work.inventory.places_of(sku)
        if item.state is not LinkState.ENDED
        and account in ("", item.account)
        and (place is None or item.marketplace_id == place.marketplace_id)
    ]
    accounts = sorted({item.account for item in found})
    if not found:
        raise AffluentError(
            f"The inventory, as last downloaded, has no SKU {sku} there.",
            fix="Check its spelling; `affluent run link_inventory` downloads the inventory.",
        )
    if len(accounts) > 1:
        raise ConfigurationError(
            f"Several accounts have the SKU {sku}: {', '.join(accounts)}.",
            fix="Say which one with --account.",
        )
    return found


def _run() -> Run:
    return Run(str(uuid4()), "affluent link")


def _told(listing: Listing) -> str:
    place = f"{listing.sku} ({listing.account}, {country_of(listing.marketplace_id)})"
    if listing.status is ListingStatus.DRAFT:
        return f"{place} is linked to nothing now."
    return f"{place} is linked to {listing.store_sku}, in the list {listing.selling_list}."
