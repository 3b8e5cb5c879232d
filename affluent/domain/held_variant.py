"""A variant of the store that could not be understood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_LONGEST_VALUE: Final = 80


@dataclass(frozen=True, slots=True)
class HeldVariant:
    """What of the store's answer was left out, and why; what we knew of it before stays.

    Without a `variant_id` the whole product is meant; without a `product_id`, nobody knows whose
    it is. `value` is printable and short.
    """

    product_id: int | None
    variant_id: int | None
    sku: str
    field: str
    value: str
    why: str
    fix: str

    @property
    def is_nobodys(self) -> bool:
        """Whether nothing tells which variant or product it is."""
        return self.product_id is None and self.variant_id is None

    @property
    def key(self) -> str:
        """How a person finds it: the SKU, else the ids."""
        if self.sku:
            return self.sku
        if self.variant_id is not None:
            return f"variant {self.variant_id}"
        return "an item without an id" if self.product_id is None else f"product {self.product_id}"


def shown(value: object) -> str:
    """A value that may hold anything, short and safe to print, store and log."""
    text = str(value[:_LONGEST_VALUE] if isinstance(value, str) else value)
    printable = "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)
    return printable[:_LONGEST_VALUE]
