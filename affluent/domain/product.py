"""The store's side: one sellable variant, everything inherited already resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from affluent.domain.money import Money


@dataclass(frozen=True, slots=True)
class Size:
    """A product's measures in the store's own units (`unit` is e.g. centimeters or inches)."""

    length: str | None
    width: str | None
    height: str | None
    unit: str


@dataclass(frozen=True, slots=True)
class Variant:
    """One sellable BigCommerce variant.

    `quantity` is what may be sold now, or None where the store tracks no stock. `barcode` is the
    gtin, else the upc, as the merchant typed it: checked by the gate, never repaired.
    `price` is what the store asks now; while a sale runs, `regular_price` is what it asks
    otherwise. `cost` and `map_price` are None where the merchant entered none.
    `options` are the variant's own values ({"Color": "Blue"}); `custom_fields` the product's.
    `metafields` are those of the namespaces that the settings name, by `namespace.key`, the
    variant's own before the product's.
    """

    variant_id: int
    product_id: int
    sku: str
    name: str
    description: str
    brand: str
    price: Money
    quantity: int | None
    barcode: str
    mpn: str
    condition: str
    is_visible: bool
    category_ids: tuple[int, ...]
    modified_at: datetime
    weight: str | None = None
    weight_unit: str = ""
    size: Size | None = None
    image_urls: tuple[str, ...] = ()
    custom_fields: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)
    metafields: Mapping[str, str] = field(default_factory=dict)
    regular_price: Money | None = None
    cost: Money | None = None
    map_price: Money | None = None

    @property
    def product_name(self) -> str:
        """The name of its product: its own without its options."""
        return self.name.removesuffix(variant_name("", self.options))


def variant_name(product_name: str, options: Mapping[str, str]) -> str:
    """A variant's name: its product's, and its options by their labels."""
    labels = " / ".join(options.values())
    return f"{product_name} - {labels}" if labels else product_name


@dataclass(frozen=True, slots=True)
class ModifierChoice:
    """One value of a choice modifier."""

    value_id: int
    label: str
    is_default: bool


@dataclass(frozen=True, slots=True)
class Modifier:
    """A question that BigCommerce asks with an order line; it bears neither SKU nor stock.

    `default_text` is set for text modifiers that have one. A required modifier without any
    default must be answered from the settings, or the line cannot be a catalog line.
    """

    modifier_id: int
    display_name: str
    kind: str
    required: bool
    choices: tuple[ModifierChoice, ...] = ()
    default_text: str | None = None


@dataclass(frozen=True, slots=True)
class ResolvedSku:
    """Where a SKU stands in the store."""

    sku: str
    product_id: int
    variant_id: int
