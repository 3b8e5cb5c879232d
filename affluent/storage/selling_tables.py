"""The tables of what a merchant chose and gave for his selling lists, beside his settings."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Mapped, mapped_column

from affluent.domain.ending import Way
from affluent.domain.listing import SubmissionPath
from affluent.storage.columns import Document, Word
from affluent.storage.schema import Base


class SellingListRow(Base):
    """A selling list that we made ourselves."""

    __tablename__ = "selling_lists"

    name: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str]
    marketplace_id: Mapped[str]
    offer_profile: Mapped[str]
    creation_profiles: Mapped[dict[str, str]] = mapped_column(Document)
    path: Mapped[SubmissionPath] = mapped_column(Word(SubmissionPath))
    category_ids: Mapped[list[int]] = mapped_column(Document)
    brands: Mapped[list[str]] = mapped_column(Document)
    skus: Mapped[list[str]] = mapped_column(Document)
    excluded_category_ids: Mapped[list[int]] = mapped_column(Document)
    excluded_skus: Mapped[list[str]] = mapped_column(Document)
    asins: Mapped[dict[str, str]] = mapped_column(Document)


class ListPlaceRow(Base):
    """Where a selling list was first used, and is locked to."""

    __tablename__ = "list_places"

    name: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str]
    marketplace_id: Mapped[str]
    used_at: Mapped[datetime]


class SkuMappingRow(Base):
    """A SKU of Amazon's and the store's that it stands for; an empty account means every one."""

    __tablename__ = "sku_mappings"

    account: Mapped[str] = mapped_column(primary_key=True)
    amazon_sku: Mapped[str] = mapped_column(primary_key=True)
    store_sku: Mapped[str] = mapped_column(index=True)
    source: Mapped[str]
    at: Mapped[datetime]


class GivenAsinRow(Base):
    """The ASIN that a merchant gave for a SKU of the store."""

    __tablename__ = "given_asins"

    account: Mapped[str] = mapped_column(primary_key=True)
    marketplace_id: Mapped[str] = mapped_column(primary_key=True)
    store_sku: Mapped[str] = mapped_column(primary_key=True)
    asin: Mapped[str]
    source: Mapped[str]
    at: Mapped[datetime]


class EndingRow(Base):
    """A decision to end a listing, until it is made anew or offered again."""

    __tablename__ = "endings"

    account: Mapped[str] = mapped_column(primary_key=True)
    marketplace_id: Mapped[str] = mapped_column(primary_key=True)
    sku: Mapped[str] = mapped_column(primary_key=True)
    way: Mapped[Way] = mapped_column(Word(Way))
    why: Mapped[str]
    relisting: Mapped[bool]
    at: Mapped[datetime]


class OverrideRow(Base):
    """What goes before the offer profile for a SKU in a list; what is null is left to it."""

    __tablename__ = "offer_overrides"

    selling_list: Mapped[str] = mapped_column(primary_key=True)
    store_sku: Mapped[str] = mapped_column(primary_key=True)
    price: Mapped[Decimal | None]
    quantity: Mapped[int | None]
    lead_time_days: Mapped[int | None]
    floor: Mapped[Decimal | None]
    ceiling: Mapped[Decimal | None]
    source: Mapped[str]
    at: Mapped[datetime]
