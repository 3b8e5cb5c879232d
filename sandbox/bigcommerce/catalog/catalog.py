"""The catalog as one thing: what may be done to products, and what moves their date of change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sandbox.bigcommerce.catalog.calculated import recalculate
from sandbox.bigcommerce.catalog.checks import refuse_unfit_product, refuse_unfit_variant
from sandbox.bigcommerce.catalog.defaults import VARIANT_DEFAULTS
from sandbox.bigcommerce.catalog.intake import NAMES_BESIDE, PARTS, Intake
from sandbox.bigcommerce.catalog.products import Product, ProductIndex
from sandbox.bigcommerce.catalog.shelves import Shelves
from sandbox.bigcommerce.moments import iso
from sandbox.bigcommerce.numbering import Numbering
from sandbox.bigcommerce.refusals import V3Refusal, unprocessable
from sandbox.clock import SandboxClock

Json = dict[str, Any]

SILENT_VARIANT_FIELDS = {"gtin", "mpn"}
READ_ONLY_FIELDS = {"id", "date_created", "date_modified", "calculated_price", "base_variant_id"}
STOCK_FIELD = "inventory_level"


class Catalog:
    """Products with their parts; raises V3 refusals for what the store would not take."""

    def __init__(self, clock: SandboxClock, numbering: Numbering, shelves: Shelves) -> None:
        self._clock = clock
        self._shelves = shelves
        self.index = ProductIndex()
        self.intake = Intake(numbering, shelves)

    def load(self, given: Iterable[Json]) -> None:
        """Put in products as they are; one of a known id takes the old one's place."""
        now = iso(self._clock.now())
        products = {product.id: product for product in (self.intake.product(g, now) for g in given)}
        for product_id in products:
            known = self.index.get(product_id)
            if known is not None:
                self.index.remove(known)
        self.index.add_all(list(products.values()))

    def product(self, product_id: int) -> Product:
        """The product of that id.

        Raises:
            V3Refusal: 404.
        """
        product = self.index.get(product_id)
        if product is None:
            raise V3Refusal(404, "The product does not exist.", instance="")
        return product

    def variant(self, variant_id: int) -> Json:
        """The variant of that id, the live record.

        Raises:
            V3Refusal: 404.
        """
        variant = self.index.variant(variant_id)
        if variant is None:
            raise V3Refusal(404, "The variant does not exist.", instance="")
        return variant

    def create(self, given: Json) -> Product:
        """A new product.

        Raises:
            V3Refusal: 409 for a name or SKU that is taken, 422 for a missing field.
        """
        missing = [name for name in ("name", "type", "weight", "price") if name not in given]
        if missing:
            raise unprocessable(dict.fromkeys(missing, "error.path.missing"))
        refuse_unfit_product(given)
        self._refuse_taken_name(given["name"], None)
        skus = [given.get("sku"), *(v.get("sku") for v in given.get("variants") or [])]
        for sku in skus:
            self._refuse_taken_sku(sku, None)
        kept = {k: v for k, v in given.items() if k not in READ_ONLY_FIELDS}
        product = self.intake.product(kept, iso(self._clock.now()))
        self.index.add(product)
        return product

    def update(self, product: Product, given: Json) -> None:
        """Change the given fields of a product; parts that are given are put in place."""
        refuse_unfit_product(given)
        if "name" in given:
            self._refuse_taken_name(given["name"], product)
        if "sku" in given:
            self._refuse_taken_sku(given["sku"], product)
        self.index.forget_skus(product)
        skipped = {*PARTS, *NAMES_BESIDE, *READ_ONLY_FIELDS}
        product.fields.update({k: v for k, v in given.items() if k not in skipped})
        if product.is_simple:
            self._follow_in_base_variant(product, given)
        if given.get("brand_name"):
            product.fields["brand_id"] = self._shelves.brand_named(given["brand_name"])["id"]
        if "custom_fields" in given:
            product.custom_fields = [self.intake.custom_field(f) for f in given["custom_fields"]]
        for image in given.get("images") or []:
            product.images.append(self.intake.image(image, product.id, iso(self._clock.now())))
        self.index.index_skus(product)
        recalculate(product)
        self.touch(product)

    def _follow_in_base_variant(self, product: Product, given: Json) -> None:
        for name in ("sku", "inventory_level", "inventory_warning_level"):
            if name in given:
                product.variants[0][name] = given[name]

    def update_variant(self, variant: Json, given: Json) -> None:
        """Change the given fields of a variant; gtin and mpn alone leave the product's date."""
        refuse_unfit_variant(given)
        product = self.index.product_of(variant)
        if "sku" in given:
            self._refuse_taken_sku(given["sku"], product)
        self.index.forget_skus(product)
        changes = {k: v for k, v in given.items() if k in VARIANT_DEFAULTS and k != STOCK_FIELD}
        variant.update({k: v for k, v in changes.items() if k not in ("id", "product_id")})
        if STOCK_FIELD in given:
            set_level(product, variant, given[STOCK_FIELD] or 0)
        self.index.index_skus(product)
        recalculate(product)
        if not set(given) - {"id"} <= SILENT_VARIANT_FIELDS:
            self.touch(product)

    def delete(self, product: Product) -> None:
        """Take a product out of the store."""
        self.index.remove(product)

    def touch(self, product: Product) -> None:
        """Date the product's change to now."""
        self.index.mark_modified(product, iso(self._clock.now()))

    def _refuse_taken_name(self, name: str, own: Product | None) -> None:
        for product in self.index:
            if product is not own and product.get("name").lower() == name.lower():
                raise V3Refusal(409, f"The product name is a duplicate: {name}", {})

    def _refuse_taken_sku(self, sku: str | None, own: Product | None) -> None:
        if not sku:
            return
        holders = [self.index.id_by_product_sku(sku)]
        variant_id = self.index.id_by_variant_sku(sku)
        if variant_id is not None:
            holders.append(self.variant(variant_id)["product_id"])
        if any(holder is not None and (own is None or holder != own.id) for holder in holders):
            raise V3Refusal(409, f"The product sku is a duplicate: {sku}", {})


def set_level(product: Product, variant: Json, quantity: int) -> None:
    """Set the stock at the default location, on the record that the product tracks by."""
    product.prepared = None
    if product.tracking == "variant":
        variant[STOCK_FIELD] = quantity
        levels = (each.get(STOCK_FIELD) or 0 for each in product.variants)
        product.fields[STOCK_FIELD] = sum(levels)
        return
    product.fields[STOCK_FIELD] = quantity
    for each in product.variants:
        each[STOCK_FIELD] = quantity if product.is_simple else 0
