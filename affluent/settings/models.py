"""The models of affluent.yaml. Every key is named here; an unknown one is an error.

`description` texts go into the JSON Schema for editors (`affluent config schema`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import Field, StringConstraints, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from affluent.domain.account import FulfilledBy
from affluent.domain.marketplace import Region
from affluent.settings.approval import ApprovalSettings
from affluent.settings.backfill import BackfillSettings
from affluent.settings.before_sending import BeforeSendingSettings
from affluent.settings.cancellations import CancellationSettings
from affluent.settings.creation import CreationProfileSettings
from affluent.settings.currencies import RatesFileSettings, RateTable
from affluent.settings.endings import EndingSettings
from affluent.settings.notices import AlarmSettings, NoticeSettings
from affluent.settings.notifications import NotificationSettings
from affluent.settings.offers import OfferProfileSettings
from affluent.settings.orders import OrderSettings
from affluent.settings.privacy import PrivacySettings
from affluent.settings.problems import Location, flaw
from affluent.settings.quality import QualitySettings
from affluent.settings.reconcile import ReconcileSettings
from affluent.settings.reports import ReportSettings
from affluent.settings.secrets import SecretReference
from affluent.settings.section import MarketplaceName, Section, marketplace_named
from affluent.settings.selling import SellingListSettings
from affluent.settings.shipments import ShipmentSettings

#: BigCommerce parts a list of namespaces at its commas.
MetafieldNamespace = Annotated[str, StringConstraints(min_length=1, pattern=r"^[^,]+$")]

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class StoreSettings(Section):
    """The BigCommerce store."""

    hash: str = Field(min_length=1, description="The store hash, as in stores/{hash}.")
    access_token: SecretReference = Field(description="The API account's access token, by name.")
    endpoint: str = Field("https://api.bigcommerce.com", description="Only for the sandbox.")
    channel_id: int = Field(1, description="The channel that Amazon orders belong to.")
    location_ids: tuple[int, ...] = Field(
        (), description="Inventory locations whose stock is sold; empty means every enabled one."
    )
    metafields: tuple[MetafieldNamespace, ...] = Field(
        (), description="Namespaces whose metafields of products and variants are read, too."
    )
    only_assigned: bool = Field(
        False, description="Whether a product that is not assigned to channel_id counts as hidden."
    )
    keep_versions_days: int = Field(
        400, ge=1, description="How long it is known what a variant was before it changed."
    )
    clock_speed: float = Field(1.0, gt=0, description="Only for the sandbox: its clock's speed.")


class SyncSettings(Section):
    """What may be written to live offers."""

    quantity: bool = Field(True, description="Whether quantities are kept in step.")
    price: bool = Field(True, description="Whether prices are kept in step.")


class AccountSettings(Section):
    """One Amazon seller in one region."""

    name: str = Field(min_length=1, description="Your own name for the account.")
    seller_id: str = Field(
        min_length=1, description="Seller Central > Account info > merchant token."
    )
    region: Region | None = Field(None, description="Amazon's selling region: na, eu or fe.")
    endpoint: str = Field("", description="Instead of a region: only for the sandbox.")
    lwa_endpoint: str = Field("", description="Beside an endpoint: where tokens are fetched.")
    client_id: SecretReference = Field(description="The application's LWA client id, by name.")
    client_secret: SecretReference = Field(
        description="The application's LWA client secret, by name."
    )
    refresh_token: SecretReference = Field(
        description="The token of the seller's authorisation, by name."
    )
    # min_length would count only the valid ones, and so make two errors of one.
    marketplaces: tuple[MarketplaceName, ...] = Field(
        description="Country codes (US, GB, DE, ...) or marketplace ids, all of one region.",
        json_schema_extra={"minItems": 1},
    )
    order_types: tuple[FulfilledBy, ...] = Field(
        (FulfilledBy.MERCHANT,), description="Which orders are imported: FBM, FBA or both."
    )
    sync: SyncSettings = Field(SyncSettings(), description="What is kept in step on live offers.")
    price_list_id: int | None = Field(
        None, ge=1, description="A price list of the store that goes before the catalog's prices."
    )
    longest_plan_hours: float | None = Field(
        None, gt=0, description="A plan that takes Amazon's quotas longer is refused whole."
    )
    sku_mapping: dict[str, str] = Field(
        default_factory=dict,
        description="Store SKU to Amazon SKU, for this account before what holds for all.",
    )
    authorised_on: date | None = Field(
        None, description="When the seller authorised the application; ends after 365 days."
    )
    secret_made_on: date | None = Field(
        None, description="When the client secret was made; ends after 180 days."
    )
    clock_speed: float = Field(1.0, gt=0, description="Only for the sandbox: its clock's speed.")

    @model_validator(mode="after")
    def _is_reached_one_way(self) -> Self:
        if self.region is None and not self.endpoint:
            raise flaw("is missing.", "Add the region: na, eu or fe.", ("region",))
        if self.region is not None and self.endpoint:
            raise flaw("stands beside a region.", "Remove one of the two.", ("endpoint",))
        if self.endpoint and not self.lwa_endpoint:
            raise flaw("is missing.", "An endpoint needs its own.", ("lwa_endpoint",))
        if self.clock_speed != 1 and urlsplit(self.endpoint).hostname not in _LOOPBACK:
            fix = "Remove it; Amazon's clock runs at 1."
            raise flaw("is for a sandbox on this machine.", fix, ("clock_speed",))
        return self

    @model_validator(mode="after")
    def _stands_in_one_region(self) -> Self:
        if not self.marketplaces:
            raise flaw("names none.", "Name at least one of the region.", ("marketplaces",))
        regions = [marketplace_named(name).region for name in self.marketplaces]
        home = self.region or regions[0]
        for position, (name, region) in enumerate(zip(self.marketplaces, regions, strict=True)):
            if region is not home:
                raise flaw(
                    f"{name} is a marketplace of region {region}, not of {home}.",
                    f"Remove it, or make an account of its own for region {region}.",
                    ("marketplaces", position),
                )
        return self


class HookSettings(Section):
    """How the store's webhooks prove to be the store's."""

    client_secret: SecretReference | None = Field(
        None, description="The API account's client secret, by name: it signs every call."
    )
    header_name: str = Field(
        "X-Affluent-Secret",
        pattern=r"^[A-Za-z0-9-]+$",
        description="The header in which the store sends the secret back.",
    )
    header_value: SecretReference | None = Field(
        None, description="A secret of your own that every call must bring, by name."
    )

    @model_validator(mode="after")
    def _proves_something(self) -> Self:
        if self.client_secret is None and self.header_value is None:
            fix = "Name a client_secret, a header_value, or best both."
            raise flaw("lets anybody call.", fix)
        return self


class Settings(BaseSettings):
    """The whole of affluent.yaml. AFFLUENT_DATABASE overrides the database."""

    model_config = SettingsConfigDict(
        extra="forbid", frozen=True, env_prefix="AFFLUENT_", title="affluent.yaml"
    )

    database: str = Field(
        "sqlite:///affluent.db",
        description="sqlite:///path or postgresql+psycopg://user@host/database.",
    )
    data_docs: str = Field(
        ".affluent/data_docs",
        min_length=1,
        description="The folder for pages on the catalog's quality; beside this file if relative.",
    )
    store: StoreSettings = Field(description="The BigCommerce store.")
    accounts: tuple[AccountSettings, ...] = Field(
        description="The Amazon accounts: one for each seller and region."
    )
    selling_lists: tuple[SellingListSettings, ...] = Field(
        (), description="Which products are sold where."
    )
    offer_profiles: dict[str, OfferProfileSettings] = Field(
        default_factory=lambda: {"default": OfferProfileSettings()},
        description="Rules for quantity and price, by name.",
    )
    currency_rates: RateTable = Field(
        default_factory=dict,
        description="From one currency to others: {USD: {EUR: 0.92}} makes 0.92 EUR of 1 USD.",
    )
    currency_rates_file: RatesFileSettings | None = Field(
        None, description="A file of exchange rates, beside those above."
    )
    creation_profiles: dict[str, CreationProfileSettings] = Field(
        default_factory=dict, description="How new products are described to Amazon, by name."
    )
    before_sending: BeforeSendingSettings = Field(
        BeforeSendingSettings(), description="What Amazon is asked before a listing is sent."
    )
    sku_mapping: dict[str, str] = Field(
        default_factory=dict,
        description="Store SKU to Amazon SKU where they differ, for every account.",
    )
    orders: OrderSettings = Field(
        OrderSettings(), description="How Amazon orders arrive in the store."
    )
    shipments: ShipmentSettings = Field(
        ShipmentSettings(), description="How shipments are confirmed on Amazon."
    )
    cancellations: CancellationSettings = Field(
        CancellationSettings(), description="What becomes of cancellations and refunds."
    )
    backfill: BackfillSettings = Field(
        BackfillSettings(), description="What becomes of orders that were shipped long ago."
    )
    reconcile: ReconcileSettings = Field(
        ReconcileSettings(), description="What becomes of what Amazon shows otherwise."
    )
    approval: ApprovalSettings = Field(
        ApprovalSettings(), description="Which plans wait until a person has approved them."
    )
    endings: EndingSettings = Field(
        EndingSettings(), description="How much may end on Amazon at once."
    )
    quality: QualitySettings = Field(
        QualitySettings(), description="What the gate lets pass, and when it stops a batch."
    )
    hooks: HookSettings | None = Field(
        None, description="How `affluent serve-hooks` knows the store's calls."
    )
    notifications: NotificationSettings | None = Field(
        None, description="The queue through which Amazon tells of changed orders."
    )
    notices: NoticeSettings = Field(
        NoticeSettings(), description="Who is told of what failed, and by which channels."
    )
    alarms: AlarmSettings = Field(AlarmSettings(), description="From when on silence is an alarm.")
    reports: ReportSettings = Field(ReportSettings(), description="How reports of days are signed.")
    privacy: PrivacySettings = Field(
        PrivacySettings(), description="How buyers' data is sealed, and for how long it is kept."
    )

    def secrets(self) -> Iterator[tuple[Location, SecretReference]]:
        """Every secret that the file names, and where it does."""
        yield ("store", "access_token"), self.store.access_token
        for position, account in enumerate(self.accounts):
            for name in ("client_id", "client_secret", "refresh_token"):
                yield ("accounts", position, name), getattr(account, name)
        for name in ("client_secret", "header_value"):
            if reference := getattr(self.hooks, name, None):
                yield ("hooks", name), reference
        for name in ("access_key_id", "secret_access_key"):
            if reference := getattr(self.notifications, name, None):
                yield ("notifications", name), reference
        for location, secret in self.notices.secrets():
            yield ("notices", *location), secret
        if self.reports.signing_key:
            yield ("reports", "signing_key"), self.reports.signing_key
        for position, key in enumerate(self.privacy.keys):
            yield ("privacy", "keys", position), key

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
