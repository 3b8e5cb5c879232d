"""The catalog's items, found by ASIN, by any form of their barcode, or by words."""

from __future__ import annotations

from dataclasses import dataclass, field

from sandbox.amazon.identifiers import equivalent_forms, gtin14


@dataclass(frozen=True)
class CatalogItem:
    """One item of Amazon's catalog."""

    asin: str
    item_name: str
    brand: str
    product_type: str
    identifiers: dict[str, str] = field(default_factory=dict)


class Catalog:
    """All items, in the order they were added."""

    def __init__(self) -> None:
        self._by_asin: dict[str, CatalogItem] = {}
        self._by_gtin: dict[str, CatalogItem] = {}
        self._by_other_identifier: dict[tuple[str, str], CatalogItem] = {}

    def add(self, item: CatalogItem) -> None:
        """Add an item, or put it in the place of the one with its ASIN."""
        self._by_asin[item.asin] = item
        for kind, value in equivalent_forms(item.identifiers).items():
            if value.isdecimal():
                self._by_gtin[gtin14(value)] = item
            else:
                self._by_other_identifier[kind, value] = item

    def by_asin(self, asin: str) -> CatalogItem | None:
        """The item with this ASIN."""
        return self._by_asin.get(asin)

    def by_identifier(self, kind: str, value: str) -> CatalogItem | None:
        """The item with this identifier; barcodes match with or without leading zeros."""
        if kind == "ASIN":
            return self.by_asin(value)
        if value.isdecimal():
            return self._by_gtin.get(gtin14(value))
        return self._by_other_identifier.get((kind, value))

    def by_keywords(self, keywords: list[str], brands: list[str]) -> list[str]:
        """The ASINs of the items whose name or brand holds every word."""
        words = [word.lower() for keyword in keywords for word in keyword.split()]
        wanted_brands = {brand.lower() for brand in brands}
        return [
            item.asin
            for item in self._by_asin.values()
            if (not wanted_brands or item.brand.lower() in wanted_brands)
            and all(word in f"{item.item_name} {item.brand}".lower() for word in words)
        ]
