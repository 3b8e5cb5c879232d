"""Reading a catalog of BigCommerce v3 products, and what of it Amazon would call an item.

Here stand the few facts of a product that both vendors must agree on at the start: SKU, brand,
title, barcode, price and stock of each sellable variant.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

DEMO_CATALOG = Path(__file__).parent / "data" / "demo" / "catalog.ndjson"

IDENTIFIER_TYPE_BY_LENGTH = {8: "EAN", 12: "UPC", 13: "EAN", 14: "GTIN"}

Product = dict[str, Any]


class UnreadableCatalog(ValueError):
    """A catalog file that does not hold one product a line."""


@dataclass(frozen=True)
class SellableItem:
    """What is sold under one SKU; its barcode is None where the product has no valid one."""

    sku: str
    title: str
    brand: str
    category_ids: tuple[int, ...]
    barcode: str | None
    price: Decimal
    quantity: int

    @property
    def identifiers(self) -> dict[str, str]:
        """The barcode under the name that Amazon's catalog has for its kind."""
        if self.barcode is None:
            return {}
        return {IDENTIFIER_TYPE_BY_LENGTH[len(self.barcode)]: self.barcode}


def read_products(path: Path) -> list[Product]:
    """The products of a .ndjson or .ndjson.gz file.

    Raises:
        UnreadableCatalog: with the number of the first line that is no product.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [
            _product(line, number, path) for number, line in enumerate(lines, 1) if line.strip()
        ]


def _product(line: str, number: int, path: Path) -> Product:
    try:
        product = json.loads(line)
    except ValueError as error:
        raise UnreadableCatalog(f"{path}, line {number}: not JSON: {error}") from error
    if not isinstance(product, dict) or "variants" not in product:
        raise UnreadableCatalog(f"{path}, line {number}: not a product with its variants")
    return product


def sellable_items(products: Iterable[Product]) -> list[SellableItem]:
    """Every variant of every product, with what it inherits from its product."""
    return [_item(product, variant) for product in products for variant in product["variants"]]


def _item(product: Product, variant: dict[str, Any]) -> SellableItem:
    labels = [value["label"] for value in variant["option_values"]]
    price = product["price"] if variant["price"] is None else variant["price"]
    return SellableItem(
        sku=variant["sku"],
        title=", ".join([product["name"], *labels]),
        brand=product.get("brand_name") or "Unbranded",
        category_ids=tuple(product["categories"]),
        barcode=_barcode(variant, product),
        price=Decimal(str(price)),
        quantity=variant["inventory_level"],
    )


def _barcode(*holders: dict[str, Any]) -> str | None:
    given = [holder[field] for holder in holders for field in ("gtin", "upc") if holder[field]]
    return given[0] if given and is_valid_barcode(given[0]) else None


def is_valid_barcode(text: str) -> bool:
    """Whether a text is a GTIN of 8, 12, 13 or 14 digits with the right check digit."""
    if not (text.isascii() and text.isdigit() and len(text) in IDENTIFIER_TYPE_BY_LENGTH):
        return False
    weighted = (int(digit) * (3, 1)[place % 2] for place, digit in enumerate(reversed(text[:-1])))
    return (sum(weighted) + int(text[-1])) % 10 == 0
