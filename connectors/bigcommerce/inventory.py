"""Inventory V3: what may be sold, and which ids belong to a SKU.

The catalog's own `inventory_level` is of no use: it knows the default location only.
Inventory V3: https://docs.bigcommerce.com/docs/rest-management/inventory/items
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from affluent.domain.product import ResolvedSku
from connectors.bigcommerce.api import StoreApi
from connectors.bigcommerce.fields import Record, child, records, text, whole
from connectors.bigcommerce.product_records import ProductRecord

LARGEST_INVENTORY_PAGE: Final = 1000
_TRACKED: Final = {"product", "variant"}

#: Longer addresses are refused by some proxies, and nobody documents BigCommerce's own limit.
_LONGEST_LIST: Final = 4000


@dataclass(frozen=True, slots=True)
class Stock:
    """What may be sold, summed over the wanted locations."""

    by_variant: Mapping[int, int]
    by_product: Mapping[int, int]

    def of(self, product: ProductRecord, variant_id: int) -> int | None:
        """The variant's quantity; None where the product's stock is not tracked.

        A product tracked as a whole has one quantity, whatever variant is sold. What is tracked
        and has no inventory item was never counted, so there is nothing to sell.
        """
        match product.inventory_tracking:
            case "variant":
                return self.by_variant.get(variant_id, 0)
            case "product":
                return self.by_product.get(product.id, 0)
            case _:
                return None


def fetch_stock(
    api: StoreApi, products: Iterable[ProductRecord], location_ids: tuple[int, ...]
) -> Stock:
    """The stock of those products that are tracked, at most a page of them, in bulk.

    With `location_ids` only those locations count; disabled ones never do.
    """
    tracked = [str(one.id) for one in products if one.inventory_tracking in _TRACKED]
    by_variant: dict[int, int] = {}
    by_product: dict[int, int] = {}
    for names in _comma_lists(tracked):
        for item in _items(api, {"product_id:in": names}):
            identity = child(item, "identity")
            quantity = _available_to_sell(item, location_ids)
            by_variant[whole(identity, "variant_id") or 0] = quantity
            by_product[whole(identity, "product_id") or 0] = quantity
    return Stock(by_variant, by_product)


def fetch_ids(api: StoreApi, skus: Sequence[str]) -> dict[str, ResolvedSku]:
    """Product and variant of each SKU; unknown SKUs are left out.

    Asked in bulk. What cannot be asked so, since commas part the list, or has no inventory item,
    is asked in the catalog one by one. BigCommerce's SKUs are unique whatever their case.
    """
    wanted = {sku.casefold(): sku for sku in skus if sku}
    found: dict[str, ResolvedSku] = {}
    for item in items_by_sku(api, list(wanted.values())):
        _keep(found, wanted, _resolved(child(item, "identity"), "variant_id"))
    for sku in [sku for sku in wanted.values() if sku not in found]:
        for page in api.v3_pages("getVariants", "/v3/catalog/variants", {"sku": sku}):
            for variant in page:
                _keep(found, wanted, _resolved(variant, "id"))
    return {
        sku: found[wanted[sku.casefold()]] for sku in skus if wanted.get(sku.casefold()) in found
    }


def items_by_sku(api: StoreApi, skus: Sequence[str]) -> Iterator[Record]:
    """The inventory items of these SKUs, in bulk; commas part the list, so no SKU has one."""
    for names in _comma_lists(sku for sku in skus if "," not in sku):
        yield from _items(api, {"sku:in": names})


def _items(api: StoreApi, query: dict[str, str]) -> Iterator[Record]:
    pages = api.v3_pages(
        "get-inventory-items", "/v3/inventory/items", query, limit=LARGEST_INVENTORY_PAGE
    )
    for page in pages:
        yield from page


def _available_to_sell(item: Record, location_ids: tuple[int, ...]) -> int:
    return sum(
        whole(location, "available_to_sell") or 0
        for location in records(item, "locations")
        if location.get("location_enabled") is not False
        and (not location_ids or whole(location, "location_id") in location_ids)
    )


def _resolved(record: Record, variant_field: str) -> ResolvedSku | None:
    product_id, variant_id = whole(record, "product_id"), whole(record, variant_field)
    if product_id is None or variant_id is None:
        return None
    return ResolvedSku(text(record, "sku"), product_id, variant_id)


def _keep(
    found: dict[str, ResolvedSku], wanted: Mapping[str, str], resolved: ResolvedSku | None
) -> None:
    if resolved is not None and (sku := wanted.get(resolved.sku.casefold())) is not None:
        found[sku] = resolved


def _comma_lists(names: Iterable[str]) -> Iterator[str]:
    """The names joined by commas, in lists whose encoded form fits an address."""
    batch: list[str] = []
    length = 0
    for name in names:
        size = len(quote(name, safe="")) + len(quote(","))
        if batch and (length + size > _LONGEST_LIST or len(batch) == LARGEST_INVENTORY_PAGE):
            yield ",".join(batch)
            batch, length = [], 0
        batch.append(name)
        length += size
    if batch:
        yield ",".join(batch)
