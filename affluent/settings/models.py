"""The models of affluent.yaml. Every key is named here; an unknown one is an error.

`description` texts go into the JSON Schema for editors (`affluent config schema`).
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from affluent.domain.account import FulfilledBy
from affluent.domain.listing import Source, SubmissionPath
from affluent.domain.marketplace import MARKETPLACES, Region, find_marketplace
from affluent.domain.offer import PriceMode, QuantityMode
from affluent.settings.secrets import SecretReference

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Section(BaseModel):
    """A part of the file: closed to unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class StoreSettings(Section):
    """The BigCommerce store."""

    hash: str = Field(min_length=1, description="The store hash, as in stores/{hash}.")
    access_token: SecretReference = Field(description="The API account's access token.")
    endpoint: str = Field("https://api.bigcommerce.com", description="Only for the sandbox.")
    channel_id: int = Field(1, description="The channel that Amazon orders belong to.")
    location_ids: tuple[int, ...] = Field(
        (), description="Inventory locations whose stock is sold; empty means every enabled one."
    )
    clock_speed: float = Field(1.0, gt=0, description="Only for the sandbox: its clock's speed.")


class SyncSettings(Section):
    """What may be written to live offers."""

    quantity: bool = True
    price: bool = True


class AccountSettings(Section):
    """One Amazon seller in one region."""

    name: str = Field(min_length=1, description="Your own name for the account.")
    seller_id: str = Field(
        min_length=1, description="Seller Central > Account info > merchant token."
    )
    region: Region | None = Field(None, description="na, eu or fe.")
    endpoint: str = Field("", description="Instead of a region: only for the sandbox.")
    lwa_endpoint: str = Field("", description="Beside an endpoint: where tokens are fetched.")
    client_id: SecretReference
    client_secret: SecretReference
    refresh_token: SecretReference
    marketplaces: Annotated[tuple[str, ...], Field(min_length=1)] = Field(
        description="Country codes (US, GB, DE, ...) or marketplace ids, all of one region."
    )
    order_types: tuple[FulfilledBy, ...] = Field(
        (FulfilledBy.MERCHANT,), description="Which orders are imported: FBM, FBA or both."
    )
    sync: SyncSettings = SyncSettings()
    clock_speed: float = Field(1.0, gt=0, description="Only for the sandbox: its clock's speed.")

    @field_validator("marketplaces")
    @classmethod
    def _are_known(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [name for name in names if find_marketplace(name) is None]
        if unknown:
            known = ", ".join(row.country for row in MARKETPLACES)
            message = f"no such marketplace: {', '.join(unknown)}; the marketplaces are {known}"
            raise ValueError(message)
        return names

    @model_validator(mode="after")
    def _stand_in_one_region(self) -> Self:
        if (self.region is None) == (not self.endpoint):
            message = "name either a region or, for the sandbox, endpoint and lwa_endpoint"
            raise ValueError(message)
        if self.endpoint and not self.lwa_endpoint:
            message = "an endpoint needs its lwa_endpoint"
            raise ValueError(message)
        if self.clock_speed != 1 and urlsplit(self.endpoint).hostname not in _LOOPBACK:
            message = "clock_speed is for the sandbox on this machine; Amazon's clock runs at 1"
            raise ValueError(message)
        found = {name: find_marketplace(name) for name in self.marketplaces}
        regions = {row.region for row in found.values() if row is not None}
        strangers = [
            name for name, row in found.items() if row and self.region not in (None, row.region)
        ]
        if strangers:
            message = (
                f"{', '.join(strangers)} is not in region {self.region}; make an account of its "
                "own for the other region"
            )
            raise ValueError(message)
        if len(regions) > 1:
            message = f"marketplaces of several regions in one account: {', '.join(regions)}"
            raise ValueError(message)
        return self


class SellingListSettings(Section):
    """Products chosen for one account and marketplace."""

    name: str = Field(min_length=1)
    account: str = Field(description="The name of an account above.")
    marketplace: str = Field(description="One of that account's marketplaces.")
    offer_profile: str = "default"
    creation_profiles: dict[int, str] = Field(
        default_factory=dict,
        description="Category id to creation profile; 0 stands for every other category.",
    )
    send: SubmissionPath = Field(SubmissionPath.AUTO, description="auto, feed or single.")
    categories: frozenset[int] = frozenset()
    brands: frozenset[str] = frozenset()
    skus: frozenset[str] = frozenset()
    exclude_categories: frozenset[int] = frozenset()
    exclude_skus: frozenset[str] = frozenset()
    asins: dict[str, str] = Field(
        default_factory=dict, description="SKU to ASIN, for products without a barcode."
    )


class OfferProfileSettings(Section):
    """How quantity and price follow from the store's."""

    quantity_mode: QuantityMode = QuantityMode.PRODUCT
    quantity_value: int = Field(0, ge=0, description="The constant, the cap or the buffer.")
    untracked_quantity: int = Field(0, ge=0, description="Offered where no stock is tracked.")
    price_mode: PriceMode = PriceMode.PRODUCT
    price_value: Decimal = Field(Decimal(1), gt=0, description="The constant or the factor.")
    floor: Decimal = Field(Decimal("0.01"), gt=0)
    ceiling: Decimal = Field(Decimal(100_000), gt=0)
    largest_move: Decimal = Field(Decimal("0.5"), gt=0, description="0.5 holds a move over 50 %.")
    largest_share: Decimal = Field(Decimal("0.2"), gt=0, le=1)
    lead_time_days: int | None = Field(None, ge=0, le=30)


class ValueSource(StrEnum):
    """The keys of which an attribute rule has exactly one."""

    CONSTANT = "constant"
    FIELD = "field"
    CUSTOM_FIELD = "custom_field"
    OPTION = "option"

    @property
    def source(self) -> Source:
        """The domain's name for it."""
        return Source(self.value)


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
    """Where the value of an attribute, or of one of its sub-fields, comes from."""

    constant: str | None = None
    field: StoreField | None = None
    custom_field: str | None = None
    option: str | None = None
    unit: str = Field("", description="Amazon's word for the unit: inches, pounds, ...")
    number: bool = Field(False, description="The attribute wants a number.")

    @model_validator(mode="after")
    def _has_one_source(self) -> Self:
        if len(self._named()) != 1:
            message = "name exactly one of constant, field, custom_field and option"
            raise ValueError(message)
        return self

    def source(self) -> tuple[ValueSource, str]:
        """The one source that the rule names, and what it names there."""
        return self._named()[0]

    def _named(self) -> list[tuple[ValueSource, str]]:
        values = {source: getattr(self, source.value) for source in ValueSource}
        return [(source, str(value)) for source, value in values.items() if value is not None]


class CreationProfileSettings(Section):
    """How products that Amazon does not know are created."""

    product_type: str = Field(min_length=1, description="Amazon's product type, such as LUGGAGE.")
    create: bool = Field(True, description="The switch that allows creation.")
    attributes: dict[str, AttributeRuleSettings] = Field(
        description="Attribute, or attribute.sub_field, to the rule that fills it."
    )


class OrderSettings(Section):
    """How Amazon orders arrive in the store."""

    status_id: int = Field(11, description="BigCommerce's status; 11 is Awaiting Fulfillment.")
    payment_method: str = "Amazon"
    hold_unmatched: bool = Field(
        False, description="Hold orders with an unknown SKU instead of writing a custom line."
    )
    option_answers: dict[str, dict[str, str]] = Field(
        default_factory=dict,
        description="SKU to answers for its modifiers, by their display names.",
    )
    first_days: int = Field(14, ge=1, le=30, description="How far back the first import looks.")


class Settings(BaseSettings):
    """The whole of affluent.yaml. AFFLUENT_DATABASE overrides the database."""

    model_config = SettingsConfigDict(
        extra="forbid", frozen=True, env_prefix="AFFLUENT_", title="affluent.yaml"
    )

    database: str = Field(
        "sqlite:///affluent.db",
        description="sqlite:///path or postgresql+psycopg://user@host/database.",
    )
    store: StoreSettings
    accounts: tuple[AccountSettings, ...]
    selling_lists: tuple[SellingListSettings, ...] = ()
    offer_profiles: dict[str, OfferProfileSettings] = Field(
        default_factory=lambda: {"default": OfferProfileSettings()}
    )
    creation_profiles: dict[str, CreationProfileSettings] = Field(default_factory=dict)
    sku_mapping: dict[str, str] = Field(
        default_factory=dict, description="Store SKU to Amazon SKU, where they differ."
    )
    orders: OrderSettings = OrderSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file, for deployments that share one."""
        return env_settings, init_settings
