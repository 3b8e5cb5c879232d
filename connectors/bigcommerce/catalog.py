"""The port StoreCatalogPort: Catalog V3, with stock, brands and units joined in.

Catalog V3: https://docs.bigcommerce.com/docs/rest-catalog/products
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from affluent.domain.category import Category
from affluent.domain.errors import NotFound
from affluent.domain.product import Modifier, ResolvedSku, Variant
from connectors.bigcommerce.api import Query, StoreApi
from connectors.bigcommerce.categories import fetch_categories
from connectors.bigcommerce.fields import Record, as_iso_8601, text, whole
from connectors.bigcommerce.inventory import fetch_ids, fetch_stock
from connectors.bigcommerce.modifiers import map_modifier
from connectors.bigcommerce.settings import SettingsReader
from connectors.bigcommerce.variants import map_product_to_variants

#: What comes with a product at no cost. `options` and `modifiers` would cut the page to ten.
_INCLUDE = "variants,images,custom_fields"


class StoreCatalog:
    """The store's catalog. Thread-safe; every run of `variants` reads all of it anew."""

    def __init__(
        self, api: StoreApi, settings: SettingsReader, location_ids: tuple[int, ...]
    ) -> None:
        self._api = api
        self._settings = settings
        self._location_ids = location_ids

    def variants(self, modified_since: datetime | None = None) -> Iterator[list[Variant]]:
        """Every sellable variant (or those of products modified since), a page at a time."""
        query = {"include": _INCLUDE}
        if modified_since is not None:
            query["date_modified:min"] = as_iso_8601(modified_since)
        settings = self._settings.fetch()
        brands = self._brands({}) if modified_since is None else {}
        for products in self._api.v3_pages_by_id("getProducts", "/v3/catalog/products", query):
            self._add_unknown_brands(brands, products)
            stock = fetch_stock(self._api, products, self._location_ids)
            variants = [
                variant
                for product in products
                for variant in map_product_to_variants(
                    product, settings, brands[whole(product, "brand_id") or 0], stock.of
                )
            ]
            if variants:
                yield variants

    def categories(self) -> Iterator[Category]:
        """Every category of every tree, in no promised order."""
        return fetch_categories(self._api)

    def resolve(self, skus: Sequence[str]) -> dict[str, ResolvedSku]:
        """Where SKUs stand, asked in bulk; unknown ones are left out."""
        return fetch_ids(self._api, skus)

    def modifiers(self, product_id: int) -> tuple[Modifier, ...]:
        """The modifiers that an order line of this product must or may answer."""
        path = f"/v3/catalog/products/{product_id}/modifiers"
        try:
            pages = list(self._api.v3_pages("getProductModifiers", path, {}))
        except NotFound:
            return ()
        return tuple(map_modifier(modifier) for page in pages for modifier in page)

    def _add_unknown_brands(self, brands: dict[int, str], products: list[Record]) -> None:
        brands.setdefault(0, "")
        unknown = {whole(product, "brand_id") or 0 for product in products} - brands.keys()
        if unknown:
            brands.update(dict.fromkeys(unknown, ""))
            brands.update(self._brands({"id:in": ",".join(map(str, sorted(unknown)))}))

    def _brands(self, query: Query) -> dict[int, str]:
        return {
            whole(brand, "id") or 0: text(brand, "name")
            for page in self._api.v3_pages("getBrands", "/v3/catalog/brands", query)
            for brand in page
        }
