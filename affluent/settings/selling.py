"""The sections that say what is sold where, and how it is described to Amazon."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from affluent.domain.ending import WhenLeft
from affluent.domain.listing import Source, SubmissionPath
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
    when_left: WhenLeft = Field(
        WhenLeft.KEEP,
        description="What becomes of what leaves the list: keep, zero, end or delete.",
    )


class StoreField(StrEnum):
    """The fields of a product that a rule may name."""

    NAME = "name"
    DESCRIPTION = "description"
    BRAND = "brand"
    MPN = "mpn"
    SKU = "sku"
    PRICE = "price"
    WEIGHT = "weight"
    LENGTH = "length"
    WIDTH = "width"
    HEIGHT = "height"
    IMAGES = "images"


class AttributeRuleSettings(Section):
    """Where the value of an attribute, or of one of its sub-fields, comes from.

    Of several sources the first that has a value counts, in the order they stand in here.
    """

    option: str | None = Field(None, description="An option of the variant, such as Color.")
    custom_field: str | None = Field(None, description="A custom field of the product.")
    metafield: str | None = Field(
        None, description="A metafield of the variant or its product, as namespace.key."
    )
    field: StoreField | None = Field(None, description="A field of the product.")
    constant: str | None = Field(None, description="The value itself.")
    unit: str = Field("", description="Amazon's word for the unit: inches, pounds, ...")
    number: bool = Field(False, description="The attribute wants a number.")

    @model_validator(mode="after")
    def _has_a_source(self) -> Self:
        if not self.sources():
            raise flaw("must name a source.", f"Name one or more of {', '.join(Source)}.")
        return self

    def sources(self) -> tuple[tuple[Source, str], ...]:
        """The sources that the rule names, in their order, and what it names there."""
        values = {source: getattr(self, source.value) for source in Source}
        return tuple((source, str(value)) for source, value in values.items() if value is not None)


class CreationProfileSettings(Section):
    """How products that Amazon does not know are created."""

    product_type: str = Field(min_length=1, description="Amazon's product type, such as LUGGAGE.")
    create: bool = Field(True, description="The switch that allows creation.")
    attributes: dict[str, AttributeRuleSettings] = Field(
        description="Attribute, or attribute.sub_field, to the rule that fills it."
    )
