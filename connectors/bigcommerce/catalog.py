"""The port StoreCatalogPort: Catalog V3, with stock, brands and units joined in.

Catalog V3: https://docs.bigcommerce.com/docs/rest-catalog/products
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from affluent.domain.category import Category
from affluent.domain.errors import NotFound
from affluent.domain.lane import Lane
from affluent.domain.product import Modifier, ResolvedSku, Variant
from affluent.ports.bigcommerce import CatalogPage
from connectors.bigcommerce.api import Query, StoreApi
from connectors.bigcommerce.categories import fetch_categories
from connectors.bigcommerce.fields import as_iso_8601, text, whole
from connectors.bigcommerce.inventory import fetch_ids, fetch_stock
from connectors.bigcommerce.metafields import Metafields, fetch_metafields
from connectors.bigcommerce.modifiers import map_modifier
from connectors.bigcommerce.product_records import ProductRecord, read_products
from connectors.bigcommerce.settings import SettingsReader
from connectors.bigcommerce.variants import is_assigned, map_product_to_variants

#: What comes with a product at no cost. `options` and `modifiers` would cut the page to ten.
_INCLUDE: Final = "variants,images,custom_fields"
_INCLUDE_CHANNELS: Final = f"{_INCLUDE},channels"


@dataclass(frozen=True, slots=True)
class CatalogScope:
    """What of the catalog counts for us.

    Stock counts at `location_ids`, at every enabled one where there are none. The metafields of
    `metafield_namespaces` are read. With an `assigned_to`, a product that is not assigned to
    this channel counts as hidden.
    """

    location_ids: tuple[int, ...] = ()
    metafield_namespaces: tuple[str, ...] = ()
    assigned_to: int | None = None


WHOLE_CATALOG: Final = CatalogScope()


class StoreCatalog:
    """The store's catalog. Thread-safe; every run of `variants` reads all of it anew."""

    def __init__(self, api: StoreApi, settings: SettingsReader, scope: CatalogScope) -> None:
        self._api = api
        self._for_orders = api.in_lane(Lane.ORDERS)
        self._settings = settings
        self._scope = scope

    def variants(self, modified_since: datetime | None = None) -> Iterator[CatalogPage]:
        """Every sellable variant (or those of products modified since), a page at a time, with
        what of it cannot be read."""
        query = {"include": _INCLUDE if self._scope.assigned_to is None else _INCLUDE_CHANNELS}
        if modified_since is not None:
            query["date_modified:min"] = as_iso_8601(modified_since)
        settings = self._settings.fetch()
        brands = self._brands({}) if modified_since is None else {}
        metafields = fetch_metafields(self._api, self._scope.metafield_namespaces)
        path = "/v3/catalog/products"
        for page in self._api.v3_pages_by_id("getProducts", path, query, read_products):
            self._add_unknown_brands(brands, page.products)
            stock = fetch_stock(self._api, page.products, self._scope.location_ids)
            variants = [
                self._completed(variant, product, metafields)
                for product in page.products
                for variant in map_product_to_variants(
                    product, settings, brands[product.brand_id or 0], stock.of
                )
            ]
            if variants or page.held:
                yield CatalogPage(variants, page.held)

    def categories(self) -> Iterator[Category]:
        """Every category of every tree, in no promised order."""
        return fetch_categories(self._api)

    def resolve(self, skus: Sequence[str]) -> dict[str, ResolvedSku]:
        """Where SKUs stand, asked in bulk; unknown ones are left out."""
        return fetch_ids(self._for_orders, skus)

    def modifiers(self, product_id: int) -> tuple[Modifier, ...]:
        """The modifiers that an order line of this product must or may answer."""
        path = f"/v3/catalog/products/{product_id}/modifiers"
        try:
            pages = list(self._for_orders.v3_pages("getProductModifiers", path, {}))
        except NotFound:
            return ()
        return tuple(map_modifier(modifier) for page in pages for modifier in page)

    def _completed(
        self, variant: Variant, product: ProductRecord, metafields: Metafields
    ) -> Variant:
        if found := metafields.of(variant.product_id, variant.variant_id):
            variant = replace(variant, metafields=found)
        channel_id = self._scope.assigned_to
        if variant.is_visible and channel_id is not None and not is_assigned(product, channel_id):
            variant = replace(variant, is_visible=False)
        return variant

    def _add_unknown_brands(self, brands: dict[int, str], products: list[ProductRecord]) -> None:
        brands.setdefault(0, "")
        unknown = {product.brand_id or 0 for product in products} - brands.keys()
        if unknown:
            brands.update(dict.fromkeys(unknown, ""))
            brands.update(self._brands({"id:in": ",".join(map(str, sorted(unknown)))}))

    def _brands(self, query: Query) -> dict[int, str]:
        return {
            whole(brand, "id") or 0: text(brand, "name")
            for page in self._api.v3_pages("getBrands", "/v3/catalog/brands", query)
            for brand in page
        }
