"""The products of the store, and the indexes by which they are found: id, SKU, time of change."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sandbox.bigcommerce.catalog.defaults import PRODUCT_DEFAULTS

Json = dict[str, Any]


@dataclass(slots=True)
class Product:
    """A product: its own fields as given, and its parts; nothing holds the API's defaults."""

    fields: Json
    variants: list[Json] = field(default_factory=list)
    options: list[Json] = field(default_factory=list)
    modifiers: list[Json] = field(default_factory=list)
    images: list[Json] = field(default_factory=list)
    custom_fields: list[Json] = field(default_factory=list)
    channels: list[int] = field(default_factory=lambda: [1])
    prepared: tuple[str, bytes] | None = None
    """The JSON that was shown last, under the names of its parts; None after a change."""

    @property
    def id(self) -> int:
        """The product's id."""
        return int(self.fields["id"])

    @property
    def tracking(self) -> str:
        """`none`, `product` or `variant`."""
        return str(self.get("inventory_tracking"))

    @property
    def is_simple(self) -> bool:
        """Whether the only variant is the base variant."""
        return self.fields.get("base_variant_id") is not None

    def get(self, name: str) -> Any:
        """A field, or the API's default for it."""
        return self.fields.get(name, PRODUCT_DEFAULTS.get(name))

    def variant(self, variant_id: int) -> Json | None:
        """One of its variants."""
        return next((v for v in self.variants if v["id"] == variant_id), None)


class ProductIndex:
    """All products and variants, each findable without a walk over all."""

    def __init__(self) -> None:
        self._products: dict[int, Product] = {}
        self._ids: list[int] = []
        self._by_modified: list[tuple[str, int]] = []
        self._product_ids_by_sku: dict[str, int] = {}
        self._variants: dict[int, Json] = {}
        self._variant_ids: list[int] = []
        self._variant_ids_by_sku: dict[str, int] = {}

    def __iter__(self) -> Iterator[Product]:
        """The products by id."""
        return (self._products[product_id] for product_id in self._ids)

    def __len__(self) -> int:
        return len(self._products)

    def get(self, product_id: int) -> Product | None:
        """The product of that id."""
        return self._products.get(product_id)

    def get_many(self, product_ids: Sequence[int]) -> list[Product]:
        """The products of ids that are known to exist."""
        return [self._products[product_id] for product_id in product_ids]

    def variant(self, variant_id: int) -> Json | None:
        """The variant of that id."""
        return self._variants.get(variant_id)

    def product_of(self, variant: Json) -> Product:
        """The product that a variant belongs to."""
        return self._products[variant["product_id"]]

    def ids(self) -> list[int]:
        """All product ids in order; not to be changed."""
        return self._ids

    def variant_ids(self) -> list[int]:
        """All variant ids in order; not to be changed."""
        return self._variant_ids

    def ids_modified_from(self, moment: str) -> list[int]:
        """The ids of products changed at or after an ISO time, in the order of their change."""
        start = bisect_left(self._by_modified, (moment, 0))
        return [product_id for _, product_id in self._by_modified[start:]]

    def id_by_product_sku(self, sku: str) -> int | None:
        """The product whose own SKU this is; the variants' SKUs are not looked at."""
        return self._product_ids_by_sku.get(sku.lower())

    def id_by_variant_sku(self, sku: str) -> int | None:
        """The variant whose SKU this is, without regard to case."""
        return self._variant_ids_by_sku.get(sku.lower())

    def add(self, product: Product) -> None:
        """Put in a product with its variants."""
        self.add_all([product])

    def add_all(self, products: Sequence[Product]) -> None:
        """Put in many products; sorts once."""
        for product in products:
            self._products[product.id] = product
            self._ids.append(product.id)
            self._by_modified.append((product.fields["date_modified"], product.id))
            self.index_skus(product)
            for variant in product.variants:
                self._variants[variant["id"]] = variant
                self._variant_ids.append(variant["id"])
        self._ids.sort()
        self._by_modified.sort()
        self._variant_ids.sort()

    def index_skus(self, product: Product) -> None:
        """Make a product's SKUs findable, after they were set or changed."""
        if product.get("sku"):
            self._product_ids_by_sku[product.get("sku").lower()] = product.id
        for variant in product.variants:
            if variant.get("sku"):
                self._variant_ids_by_sku[variant["sku"].lower()] = variant["id"]

    def forget_skus(self, product: Product) -> None:
        """Take a product's SKUs out, before they change or the product goes."""
        self._product_ids_by_sku.pop(product.get("sku").lower(), None)
        for variant in product.variants:
            self._variant_ids_by_sku.pop(str(variant.get("sku", "")).lower(), None)

    def mark_modified(self, product: Product, moment: str) -> None:
        """Move the product's time of change."""
        self._by_modified.pop(self._modified_place(product))
        product.fields["date_modified"] = moment
        product.prepared = None
        insort(self._by_modified, (moment, product.id))

    def remove(self, product: Product) -> None:
        """Take a product out with its variants."""
        self.forget_skus(product)
        self._by_modified.pop(self._modified_place(product))
        self._ids.pop(bisect_left(self._ids, product.id))
        for variant in product.variants:
            self._variant_ids.pop(bisect_left(self._variant_ids, variant["id"]))
            del self._variants[variant["id"]]
        del self._products[product.id]

    def _modified_place(self, product: Product) -> int:
        return bisect_left(self._by_modified, (product.fields["date_modified"], product.id))
