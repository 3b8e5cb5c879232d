"""SKU mappings: which SKU of the store a SKU of Amazon's stands for, where the two differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

#: The account of what holds for every account.
EVERY_ACCOUNT = ""


@dataclass(frozen=True, slots=True)
class SkuPair:
    """A SKU of Amazon's and the store's that it stands for; several may stand for one.

    `account` is empty where the pair holds for every account. `source` says who gave it: a file,
    or a person.
    """

    amazon_sku: str
    store_sku: str
    account: str = EVERY_ACCOUNT
    source: str = ""


def sku_mapping_of(
    account: str, written: Iterable[SkuPair], kept: Iterable[SkuPair]
) -> dict[str, str]:
    """Amazon's SKU to the store's, for one account.

    Of several pairs for one of Amazon's SKUs, the account's own counts before that of every
    account, then what our store keeps (`kept`) before what the settings say (`written`).
    """
    pairs = [*written, *kept]
    mapping: dict[str, str] = {}
    for scope in (EVERY_ACCOUNT, account):
        mapping.update({one.amazon_sku: one.store_sku for one in pairs if one.account == scope})
    return mapping
