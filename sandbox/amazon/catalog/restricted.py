"""Which brands and product types the seller has no approval for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class Restrictions:
    """The restricted brands (whatever their case) and product types."""

    brands: set[str] = field(default_factory=set)
    product_types: set[str] = field(default_factory=set)

    def restrict_brand(self, brand: str) -> None:
        """From now on the brand needs an approval."""
        self.brands.add(brand.strip().casefold())

    def restrict_product_type(self, name: str) -> None:
        """From now on the product type needs an approval."""
        self.product_types.add(name)

    def approve(self, brands: Iterable[str], product_types: Iterable[str]) -> None:
        """From now on these need no approval."""
        self.brands -= {brand.strip().casefold() for brand in brands}
        self.product_types -= set(product_types)

    def covers_brand(self, brand: str) -> bool:
        """Whether the brand needs an approval."""
        return brand.strip().casefold() in self.brands

    def covers_product_type(self, name: str) -> bool:
        """Whether the product type needs an approval."""
        return name in self.product_types
