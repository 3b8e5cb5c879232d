"""The tables of Amazon's answers to what is asked before sending."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from affluent.domain.listing import Requirements
from affluent.storage.columns import Document, Word
from affluent.storage.schema import Base


class CatalogMatchesRow(Base):
    """What Amazon's catalog has for one barcode; a match holds all but the barcode."""

    __tablename__ = "catalog_matches"

    marketplace_id: Mapped[str] = mapped_column(primary_key=True)
    barcode: Mapped[str] = mapped_column(primary_key=True)
    matches: Mapped[list[dict[str, Any]]] = mapped_column(Document)
    asked_at: Mapped[datetime]


class DefinitionVersionRow(Base):
    """A schema that another one has taken the place of."""

    __tablename__ = "definition_versions"

    account: Mapped[str] = mapped_column(primary_key=True)
    marketplace_id: Mapped[str] = mapped_column(primary_key=True)
    product_type: Mapped[str] = mapped_column(primary_key=True)
    requirements: Mapped[Requirements] = mapped_column(Word(Requirements), primary_key=True)
    checksum: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str]
    schema: Mapped[dict[str, Any]] = mapped_column(JSON)
    replaced_at: Mapped[datetime]


class SchemaDriftRow(Base):
    """What the latest check found of one schema; the document is the drift itself."""

    __tablename__ = "schema_drifts"

    account: Mapped[str] = mapped_column(primary_key=True)
    marketplace_id: Mapped[str] = mapped_column(primary_key=True)
    product_type: Mapped[str] = mapped_column(primary_key=True)
    requirements: Mapped[Requirements] = mapped_column(Word(Requirements), primary_key=True)
    drift: Mapped[dict[str, Any]] = mapped_column(Document)


class PermissionRow(Base):
    """Whether an account may list an ASIN in one condition: it may where nothing restricts it."""

    __tablename__ = "permissions"
    __table_args__ = (
        Index(
            "ix_permissions_refused",
            "account",
            "marketplace_id",
            sqlite_where=text("refusals > 0"),
            postgresql_where=text("refusals > 0"),
        ),
    )

    account: Mapped[str] = mapped_column(primary_key=True)
    marketplace_id: Mapped[str] = mapped_column(primary_key=True)
    asin: Mapped[str] = mapped_column(primary_key=True)
    condition: Mapped[str] = mapped_column(primary_key=True)
    restrictions: Mapped[list[dict[str, Any]]] = mapped_column(Document)
    asked_at: Mapped[datetime]
    ask_again_at: Mapped[datetime]
    refusals: Mapped[int]
