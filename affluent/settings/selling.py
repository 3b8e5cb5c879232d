"""The sections that say what is sold where."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from affluent.domain.ending import WhenLeft
from affluent.domain.listing import SubmissionPath
from affluent.settings.problems import flaw
from affluent.settings.section import MarketplaceName, Section


def _as_values(written: object) -> object:
    """A single value is a set of one."""
    return [written] if isinstance(written, str) else written


#: The values that count of a custom field: one, or a list of them.
CustomFieldValues = Annotated[
    frozenset[str],
    BeforeValidator(_as_values, json_schema_input_type=str | list[str]),
    Field(min_length=1),
]


class PriceSpanSettings(Section):
    """Prices from `min` to `max`, both included, in the store's currency."""

    min: Decimal | None = Field(None, ge=0, description="The lowest price; unset is open.")
    max: Decimal | None = Field(None, ge=0, description="The highest price; unset is open.")

    @model_validator(mode="after")
    def _is_not_empty(self) -> Self:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise flaw("holds no price: min is above max.", "Swap the two.", ("max",))
        return self


class SellingListSettings(Section):
    """Products chosen for one account and marketplace."""

    name: str = Field(min_length=1, description="Your own name for the list.")
    account: str = Field(description="The name of an account above.")
    marketplace: MarketplaceName = Field(description="One of that account's marketplaces.")
    offer_profile: str = Field("default", description="The offer profile of its items.")
    creation_profiles: dict[int, str] = Field(
        default_factory=dict,
        description="Category id to creation profile; 0 stands for every other category.",
    )
    send: SubmissionPath = Field(SubmissionPath.AUTO, description="auto, feed or single.")
    categories: frozenset[int] = Field(
        frozenset(), description="Categories whose products are in the list, by id."
    )
    include_subcategories: bool = Field(
        True, description="Whether a category stands for all that lie below it, too."
    )
    brands: frozenset[str] = Field(
        frozenset(), description="Brands whose products are in the list."
    )
    custom_fields: dict[str, CustomFieldValues] = Field(
        default_factory=dict,
        description="Custom field to the value, or the values, whose products are in the list.",
    )
    skus: frozenset[str] = Field(frozenset(), description="SKUs that are in the list.")
    price: PriceSpanSettings = Field(
        PriceSpanSettings(), description="Of what is not named by its SKU: only at these prices."
    )
    in_stock_only: bool = Field(
        False, description="Of what is not named by its SKU: only what the store has in stock."
    )
    exclude_categories: frozenset[int] = Field(
        frozenset(), description="Categories whose products are not, whatever else names them."
    )
    exclude_brands: frozenset[str] = Field(
        frozenset(), description="Brands whose products are not, whatever else names them."
    )
    exclude_skus: frozenset[str] = Field(
        frozenset(), description="SKUs that are not, whatever else names them."
    )
    exclude_price: PriceSpanSettings = Field(
        PriceSpanSettings(), description="Prices at which products are not, whatever names them."
    )
    asins: dict[str, str] = Field(
        default_factory=dict, description="SKU to ASIN, for products without a barcode."
    )
    variations: bool = Field(
        False, description="Whether the variants of a new product become parent and children."
    )
    when_left: WhenLeft = Field(
        WhenLeft.KEEP,
        description="What becomes of what leaves the list: keep, zero, end or delete.",
    )
