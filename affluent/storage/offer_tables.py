"""The tables that say which offers have to be planned anew."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from affluent.storage.schema import Base


class DueOfferRow(Base):
    """A mark: something that this offer follows from has changed.

    Marks are only ever added, also to an offer that has one, and removed one by one by the plan
    that has seen them: a change that comes while a plan is made leaves a mark of its own.
    """

    __tablename__ = "due_offers"
    __table_args__ = (Index(None, "account", "marketplace_id", "sku"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str]
    marketplace_id: Mapped[str]
    sku: Mapped[str]


class OfferRulesRow(Base):
    """The rules that the offers of a selling list were last marked for, as a digest."""

    __tablename__ = "offer_rules"

    account: Mapped[str] = mapped_column(primary_key=True)
    marketplace_id: Mapped[str] = mapped_column(primary_key=True)
    selling_list: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
