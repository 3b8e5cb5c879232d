"""ASINs by SKU as a file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from affluent.domain.given import GivenAsin
from affluent.domain.marketplace import find_marketplace
from affluent.selling.tables.cells import (
    STORE_SKU_LENGTH,
    account_in,
    asin_in,
    marketplace_in,
    sku_in,
)
from affluent.selling.tables.form import SOURCE, CellRefused, Cells, Column, Form

_COLUMNS: Final = (
    Column("account", required=False),
    Column("marketplace", required=False),
    Column("store_sku", ("bigcommerce_sku", "product_sku", "sku")),
    Column("asin", ("amazon_asin",)),
    Column(SOURCE, required=False),
)


def asins_form(
    marketplaces: Mapping[str, Collection[str]], account: str, source: str
) -> Form[GivenAsin]:
    """The form of ASINs. `marketplaces` are the ids of each account's marketplaces.

    A row without an account is for `account`; one without a marketplace is for the account's only
    one.
    """

    def read(cells: Cells) -> GivenAsin:
        named = {**cells, "account": cells.get("account", "") or account}
        owner = account_in(named, "account", marketplaces)
        return GivenAsin(
            account=owner,
            marketplace_id=_marketplace(cells, owner, marketplaces[owner]),
            store_sku=sku_in(cells, "store_sku", STORE_SKU_LENGTH),
            asin=asin_in(cells, "asin"),
            source=cells.get(SOURCE, "") or source,
        )

    return Form(_COLUMNS, read, _written, _key)


def _marketplace(cells: Cells, account: str, connected: Collection[str]) -> str:
    if not cells.get("marketplace", "") and len(connected) == 1:
        [only] = connected
        return only
    found = marketplace_in(cells, "marketplace")
    if found not in connected:
        raise CellRefused(
            "marketplace",
            cells["marketplace"],
            f"is not connected to account {account}",
            "use one of the account's marketplaces",
        )
    return found


def _written(given: GivenAsin) -> Cells:
    marketplace = find_marketplace(given.marketplace_id)
    return {
        "account": given.account,
        "marketplace": marketplace.country if marketplace else given.marketplace_id,
        "store_sku": given.store_sku,
        "asin": given.asin,
        SOURCE: given.source,
    }


def _key(given: GivenAsin) -> tuple[str, ...]:
    return given.account, given.marketplace_id, given.store_sku
