"""SKU mappings as a file: our own, and the maps that other connectors export."""

from __future__ import annotations

from collections.abc import Collection

from affluent.domain.sku_mapping import EVERY_ACCOUNT, SkuPair
from affluent.selling.tables.cells import (
    AMAZON_SKU_LENGTH,
    STORE_SKU_LENGTH,
    account_in,
    sku_in,
)
from affluent.selling.tables.form import SOURCE, Cells, Column, Form

_STORE_NAMES = (
    "bigcommerce_sku",
    "magento_sku",
    "store_product_sku",
    "shopify_sku",
    "product_sku",
    "sku",
)
_AMAZON_NAMES = ("marketplace_sku", "channel_sku", "amazon_seller_sku", "seller_sku", "listing_sku")
_COLUMNS = (
    Column("account", required=False),
    Column("amazon_sku", _AMAZON_NAMES),
    Column("store_sku", _STORE_NAMES),
    Column(SOURCE, required=False),
)


def sku_pairs_form(accounts: Collection[str], account: str, source: str) -> Form[SkuPair]:
    """The form of SKU pairs: ours, with a line of names; Salestio's two columns, with or without
    one; M2E's, by the names of its columns.

    A row without an account is for `account`; `source` is told of a row that tells none.
    """

    def read(cells: Cells) -> SkuPair:
        own = cells.get("account", "")
        return SkuPair(
            amazon_sku=sku_in(cells, "amazon_sku", AMAZON_SKU_LENGTH),
            store_sku=sku_in(cells, "store_sku", STORE_SKU_LENGTH),
            account=account_in(cells, "account", accounts) if own else account,
            source=cells.get(SOURCE, "") or source,
        )

    return Form(_COLUMNS, read, _written, _key, unnamed=("store_sku", "amazon_sku"))


def _written(pair: SkuPair) -> Cells:
    return {
        "account": pair.account if pair.account != EVERY_ACCOUNT else "",
        "amazon_sku": pair.amazon_sku,
        "store_sku": pair.store_sku,
        SOURCE: pair.source,
    }


def _key(pair: SkuPair) -> tuple[str, ...]:
    return pair.account, pair.amazon_sku
