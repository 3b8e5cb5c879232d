"""The sections that say what is sold where, and how it is described to Amazon."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from affluent.domain.listing import Source, SubmissionPath
from affluent.settings.problems import flaw
from affluent.settings.section import MarketplaceName, Section


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
    brands: frozenset[str] = Field(
        frozenset(), description="Brands whose products are in the list."
    )
    skus: frozenset[str] = Field(frozenset(), description="SKUs that are in the list.")
    exclude_categories: frozenset[int] = Field(
        frozenset(), description="Categories whose products are not, whatever else names them."
    )
    exclude_skus: frozenset[str] = Field(
        frozenset(), description="SKUs that are not, whatever else names them."
    )
    asins: dict[str, str] = Field(
        default_factory=dict, description="SKU to ASIN, for products without a barcode."
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
